// What somebody asked or what happened, as plain values: who, where, when and what. Made by bot/ from what
// the platform delivered; what people say to each other in a conversation has no field here.
#pragma once

#include "mentoring/ids.hpp"
#include "mentoring/time.hpp"
#include "mentoring/words.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace rapport {

// What came back in one field of a form. Words are as the person typed them (not escaped, not cleaned).
struct choice {
    std::string value;
    bool operator==(const choice &) const = default;
};
struct choices {
    std::vector<std::string> values;
    bool operator==(const choices &) const = default;
};
using field_value = std::variant<std::monostate, std::string, choice, choices, day, slack_id>;

// The fields of a form by their names. A field that is not there, or holds another kind, reads as empty: the
// device of a person decides what comes back.
class fields {
    std::map<std::string, field_value, std::less<>> values_;

    template <class T>
    const T *held(std::string_view name) const {
        const auto it = values_.find(name);
        return it == values_.end() ? nullptr : std::get_if<T>(&it->second);
    }

  public:
    fields() = default;
    fields(std::initializer_list<std::pair<const std::string, field_value>> all) : values_(all) {}

    void set(std::string name, field_value value) {
        values_[std::move(name)] = std::move(value);
    }
    bool has(std::string_view name) const {
        const auto it = values_.find(name);
        return it != values_.end() && !std::holds_alternative<std::monostate>(it->second);
    }
    std::string text(std::string_view name) const { // as typed, untrimmed
        const auto *v = held<std::string>(name);
        return v != nullptr ? *v : std::string();
    }
    std::string chosen(std::string_view name) const { // the value of the option
        const auto *v = held<choice>(name);
        return v != nullptr ? v->value : std::string();
    }
    std::vector<std::string> all_chosen(std::string_view name) const {
        const auto *v = held<choices>(name);
        return v != nullptr ? v->values : std::vector<std::string>();
    }
    std::optional<day> date(std::string_view name) const {
        const auto *v = held<day>(name);
        return v != nullptr ? std::optional<day>(*v) : std::nullopt;
    }
    std::optional<slack_id> person(std::string_view name) const {
        const auto *v = held<slack_id>(name);
        return v != nullptr ? std::optional<slack_id>(*v) : std::nullopt;
    }
    std::size_t size() const {
        return values_.size();
    }
    bool operator==(const fields &) const = default;
};

// --- what it can be

// A slash command. `name` as it was typed ("/checkin", or what the settings renamed it to); `words` as the
// platform escapes them. `listed` are the members of the channel that the words name, where it was asked for;
// `unlisted` is the platform's word where it did not tell them.
struct command_typed {
    std::string name = {};
    std::string words = {};
    std::vector<slack_id> listed = {};
    std::string unlisted = {};
};

// A button or menu that was used. `action` may carry "#2" where a message holds it several times; dispatch
// drops that. `chosen` is what a menu, date or people picker holds; `around` what the form around it holds.
struct button_pressed {
    std::string action = {};
    std::string value = {};
    field_value chosen = {};
    channel_id channel = {};     // of the message; empty in a form or on the home page
    std::string message_ts = {}; // of the message; empty in a form or on the home page
    bool ephemeral = false;      // the message can be changed through the response address only
    std::string view = {};       // the id of the form or home page it was pressed in
    std::string metadata = {};   // of that form
    fields around = {};
};

struct form_sent {
    std::string callback = {};
    std::string metadata = {};
    fields holds = {};
    std::string view = {};
};

struct form_closed {
    std::string callback = {};
    std::string metadata = {};
};

struct home_opened {};

// Somebody wrote, changed or deleted a message where Rapport listens: who and when, never what.
enum class seen_kind { plain, file, me, broadcast, bot, changed, deleted };
RAPPORT_WORDS(seen_kind, 7,
              {{seen_kind::plain, "plain"},
               {seen_kind::file, "file"},
               {seen_kind::me, "me"},
               {seen_kind::broadcast, "broadcast"},
               {seen_kind::bot, "bot"},
               {seen_kind::changed, "changed"},
               {seen_kind::deleted, "deleted"}})
struct message_seen {
    std::string ts = {}; // of the message it is about
    std::string thread_ts = {};
    seen_kind kind = seen_kind::plain;
};

// Somebody came to or left a conversation; `ours`: Rapport itself.
struct member_changed {
    bool joined = true;
    bool ours = false;
};

struct shortcut_used {
    std::string callback = {};
};

// A message that a person picked on purpose. Its words are for the form shown to that person alone: never
// stored, never logged.
struct message_picked {
    std::string callback = {};
    std::string message_ts = {};
    slack_id author = {};
    std::string words = {};
};

struct reaction_changed {
    bool added = true;
    std::string name = {};
    std::string message_ts = {};
};

// A person as the platform describes them; comes when someone joins the workspace or their entry changes.
struct person_described {
    slack_id who = {};
    std::string name = {};
    std::string zone = {};  // IANA, or empty
    std::string email = {}; // or empty
    bool deactivated = false;
    bool guest = false;
    bool bot = false;      // also the platform's own bot
    bool stranger = false; // of a connected workspace
};

using what_happened =
    std::variant<command_typed, button_pressed, form_sent, form_closed, home_opened, message_seen,
                 member_changed, shortcut_used, message_picked, reaction_changed, person_described>;

// One thing that happened, once: `key` is the same for every delivery of it. `at` is the clock, read once.
struct request {
    team_id team = {};
    slack_id from = {};
    channel_id channel = {}; // where; empty where it has no place (forms, home page, global shortcuts)
    bool direct = false;     // in the direct conversation with Rapport
    instant at{};
    std::string key = {};
    std::string second_key = {};  // another name of the same thing; a duplicate if either was seen
    bool can_open_form = false;   // it came with a trigger, which lives three seconds
    bool can_reply_later = false; // it came with a response address, which lives half an hour
    what_happened what = {};
};

// A short word for the kind, for the inbox and the log: "command", "press", ...
std::string_view kind_of(const request &asked);

} // namespace rapport
