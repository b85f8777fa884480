// What to say and show to the one who asked, as a value; and the same rendered, which is what is kept until
// it is delivered. What others are told goes through the outbox, not through here.
#pragma once

#include "handlers/request.hpp"
#include "handlers/surface/blocks.hpp"
#include "mentoring/result.hpp"

#include <map>
#include <optional>
#include <string>
#include <variant>

namespace rapport {

// What becomes of the form that was sent; nothing: it closes.
struct form_errors {
    std::map<std::string, std::string> under; // by field: what is wrong, a sentence
};
struct next_form {
    surface::modal form;
    bool on_top = false; // else in its place
};
struct close_all_forms {};
// The callback of the page that stands on top of a form that was refused.
inline constexpr std::string_view refused_form = "refused";
using form_goes_on = std::variant<std::monostate, form_errors, next_form, close_all_forms>;

// Words that pass through once: posted as soon as the unit is committed, never stored on their way. `id` is
// the relay's (storage/relays.hpp), which knows who, to whom and when, and sees to it that lost words are
// told of. Where the conversation is not known yet, it is opened with these people.
struct passing_words {
    std::string id;
    channel_id channel = {};
    std::vector<slack_id> open_with = {};
    surface::message says;
};

// told: nothing was changed. done: the act stands. refused: nothing was saved, and the answer says why.
enum class outcome { told, done, refused };

struct answer {
    outcome what = outcome::told;
    std::optional<surface::message> says = {}; // to the one who asked, seen by nobody else
    bool in_place = false;                     // instead of the message that held the button
    bool takes_away = false;                   // the message that held the button goes
    std::optional<surface::modal> opens = {};  // at once, by the trigger
    form_goes_on form = {};
    std::optional<surface::home> home = {}; // their home page, at once
    std::optional<passing_words> passes = {};
    // It holds words that are never stored: it is said once, and not kept for a second try.
    bool unkept = false;
    // The one who asked is on record no more: nothing of them stays in memory or in the database's side log.
    bool forgets_them = false;
};

// Says nothing and changes nothing one could see.
answer silence();
answer tell(surface::message what);
answer tell(surface::mrkdwn words);
answer done(surface::message what);
answer done(surface::mrkdwn words);
// The four parts of product 9: what was read, what is wrong, what works, that nothing was saved.
answer refuse(const refusal &why);
answer open_form(surface::modal form);
// The same answer, instead of the message whose button was pressed.
answer in_place(answer one);

// The four parts as a message.
surface::message refusal_message(const refusal &why);
// The same under a field of a form, in one line; that nothing was saved shows by the form staying open.
std::string refusal_line(const refusal &why);

// What passes through, rendered: `body` is the message's JSON.
struct rendered_passing {
    std::string id;
    channel_id channel;
    std::vector<slack_id> open_with;
    std::string body;

    bool operator==(const rendered_passing &) const = default;
};

// An answer as it leaves; each part may be empty.
struct rendered_answer {
    std::string ack;           // the payload of the acknowledgement, a JSON object; empty: bare
    std::string respond;       // for the response address of the request
    std::string direct;        // a message for their direct conversation: {"text","blocks"}
    std::string open_view;     // a view for the request's trigger
    std::string publish_home;  // a view for their home page
    std::string form_in_words; // of a form: what became of it, for one who can see it no more

    std::optional<rendered_passing> passes = {}; // never kept

    // The request was answered before and did nothing this time. Of the delivery, not of the answer: it is
    // not kept.
    bool seen_before = false;
    bool forgets_them = false; // not kept either

    bool operator==(const rendered_answer &) const = default;
    bool empty() const; // nothing is to be said or shown
};

// An acknowledgement over this is dropped by the platform, or its connection with it: what is longer goes to
// the response address.
inline constexpr std::size_t most_of_an_ack = 19'000;

// Refused (std::logic_error): a form to open without a trigger, an outcome for a form where none was sent, a
// message to replace where none is.
rendered_answer rendered(const answer &what, const request &to);

// As one text for the inbox, and back; what passes through is left out. Text that is not of this making reads
// as an empty answer.
std::string kept(const rendered_answer &what);
rendered_answer read_kept(std::string_view text);

// What a person still needs to hear when the acknowledgement or trigger was lost: the body of a message for a
// response address or their direct conversation. Empty if nothing was lost by it.
std::string said_late(const rendered_answer &what);

} // namespace rapport
