// THE TABLE of reasons; see reasons.hpp. A new kind of message is one row in intents.cpp and one here: a test
// holds the two together.
#include "handlers/reasons.hpp"

#include "handlers/agreement.hpp"
#include "handlers/announcing.hpp"
#include "handlers/applying.hpp"
#include "handlers/asking.hpp"
#include "handlers/away_told.hpp"
#include "handlers/closing.hpp"
#include "handlers/coordinators_message.hpp"
#include "handlers/deciding.hpp"
#include "handlers/feedback.hpp"
#include "handlers/founding.hpp"
#include "handlers/goals.hpp"
#include "handlers/introducing.hpp"
#include "handlers/introductions.hpp"
#include "handlers/inviting.hpp"
#include "handlers/leaving_dates.hpp"
#include "handlers/matching.hpp"
#include "handlers/meetings.hpp"
#include "handlers/milestones.hpp"
#include "handlers/naming.hpp"
#include "handlers/nudge_buttons.hpp"
#include "handlers/nudge_wording.hpp"
#include "handlers/nudging.hpp"
#include "handlers/owed.hpp"
#include "handlers/pairing.hpp"
#include "handlers/passing.hpp"
#include "handlers/plan.hpp"
#include "handlers/preview.hpp"
#include "handlers/profile_import.hpp"
#include "handlers/profiles.hpp"
#include "handlers/request_messages.hpp"
#include "handlers/resources.hpp"
#include "handlers/surface/packed.hpp"
#include "handlers/taking_back.hpp"
#include "storage/told_lately.hpp"

#include <algorithm>
#include <array>

namespace rapport {
namespace {

using surface::text;

constexpr std::string_view by_partner =
    "It stops by itself: it is said once, when the other of your pair does something "
    "that is yours, too.";
constexpr std::string_view answer_ends = "It is said once. An answer, either way, ends it.";
constexpr std::string_view said_once = "It is said once.";
constexpr int most_lately = 7;

constexpr auto reasons = std::to_array<reason>({
    {window_opens_kind, "You asked to be told when applications open.", said_once},
    {decision_kind, "You applied, and whoever applies hears what was decided.", said_once},
    {greeting, "Everybody who is put into a program hears once who put them there and what is kept.",
     "Press *Not me* under it, and a coordinator looks into it."},
    {pair_introduction, "Each new pair is introduced once, where the two talk.", said_once},
    {milestone_notice_kind, "A milestone is both of yours, so a change of it is said here.", by_partner},
    {goal_notice_kind, "A goal is both of yours, so a change of it is said here.", by_partner},
    {agreement_notice_kind, "How you work together is agreed by both, so a proposal is said here.",
     by_partner},
    {paper_notice_kind, "A plan was shared with you, or read.", by_partner},
    {meeting_notice_kind, "A time to meet is both of yours, so a change of it is said at once.", by_partner},
    {referral_notice_kind, "Your mentor pointed you to a place that may help.", by_partner},
    {introduction_word_kind,
     "Somebody offered to introduce you, and nothing happens unless all three like it.", answer_ends},
    {words_lost_kind, "Words of yours did not arrive, and nobody else can tell you.", said_once},
    {ask_notice_kind, "A question was asked here, and the other one pressed a button under it.", by_partner},
    {ending_notice_kind, "A pair that ends is told so, once.", said_once},
    {leaving_word_kind, "Your pair rests, goes on or comes to its end, and both of you hear of it.",
     said_once},
    {closing_word_kind, "Your pair was completed, and each of you chooses how to go on.",
     "Choosing ends it. Without a choice nothing more is asked."},
    {carried_kind, "Both of you chose to go on, and this pair begins with what you had.", said_once},
    {feedback_shared_kind, "Your partner chose that you read their feedback.", said_once},
    {preview_ready_kind, "You asked to see what people of a program will read, and it is worked out.",
     said_once},
    {coordinators_day, "You help run a program: what needs a person comes in one message a day at most.",
     "A line goes when its cause ends or when you say that it is seen to."},
    {request_kind::notice, "Somebody asked you to be their mentor, and the program hopes for an answer soon.",
     answer_ends},
    {request_kind::question, "The one you asked has a question before they answer.", answer_ends},
    {request_kind::reply, "You asked a question first, and here is the reply.", answer_ends},
    {request_kind::ended, "A request has come to its end, and both sides hear of it.", said_once},
    {request_kind::more_fits,
     "Your request waits past the time the program hopes for, so other ways are shown.",
     "Your request stays open. An answer, or taking it back, ends it."},
    {request_kind::as_it_stands, "It is the request you got before, as it stands now.", answer_ends},
    {draft_notice, "You asked for a match of everyone who waits, and it is worked out.", said_once},
    {proposals_notice, "A list told something new about you, and nothing of it is taken without your yes.",
     answer_ends},
    {founding_asked, "Somebody would like to open a program, and an owner of Rapport says yes or no.",
     answer_ends},
    {invitation_kind, "Somebody would like you on record as their mentor or protégé.", answer_ends},
    {invitation_answer_kind, "You invited somebody, and they have answered.", said_once},
    {founding_decided, "You drafted a program, and an owner has decided.", said_once},
    {announcement_kind, "Whoever runs the program wrote to all of its people, or to your side of it.",
     said_once},
    {away_kind, "Your partner is away, and wanted you to know.", said_once},
});

std::string starter_of(storage::records &on_file, const storage::outbox_row &row, const person_id &reader) {
    const auto by = surface::unpacked(row.params);
    const auto found = by.find("by");
    const auto who = found == by.end() ? std::nullopt : on_file.people.by_id(person_id{found->second});
    if (!who)
        return "It was set off";
    return who->id == reader ? "You set it off" : first_name(*who) + " set it off";
}

surface::mrkdwn in_words(const reason &why, const std::string &set_off) {
    return surface::lines({text("{}", why.rule), text("{}", set_off), text("{}", why.stop)});
}

bool concerns(desk &at, const storage::outbox_row &row) {
    if (!at.who.person)
        return false;
    if (row.person)
        return *row.person == at.who.id();
    const auto pair = row.pair ? at.on_file.pairs.by_id(*row.pair) : std::nullopt;
    return pair && pair->side_of(at.who.id());
}

bool is_why(const surface::element &one) {
    const auto *press = std::get_if<surface::button>(&one);
    return press != nullptr && (press->action == nudge_action::why || press->action == why_message);
}

} // namespace

const reason *reason_of(std::string_view kind) {
    const auto found =
        std::find_if(reasons.begin(), reasons.end(), [&](const reason &each) { return each.kind == kind; });
    return found == reasons.end() ? nullptr : &*found;
}

bool keeps_its_reason(std::string_view kind) {
    return kind == shown_again || kind == struck_out;
}

surface::message with_why(surface::message says, const storage::outbox_row &row) {
    if (reason_of(row.kind) == nullptr)
        return says;
    surface::actions *last = nullptr;
    for (auto &block : says.blocks)
        if (auto *these = std::get_if<surface::actions>(&block)) {
            if (std::any_of(these->elements.begin(), these->elements.end(), is_why))
                return says;
            last = these;
        }
    surface::button why{
        .says = "Why this?", .action = std::string(why_message), .value = row.id.str() + " " + row.kind};
    const bool room = last != nullptr && last->elements.size() < 5 &&
                      std::get_if<surface::actions>(&says.blocks.back()) == last;
    if (room)
        last->elements.emplace_back(std::move(why));
    else
        says.blocks.emplace_back(surface::actions{{std::move(why)}});
    return says;
}

result<answer> why_this_message(desk &at) {
    const auto parts = surface::split_words(at.pressed().value);
    const auto *why = parts.size() == 2 ? reason_of(parts[1]) : nullptr;
    if (why == nullptr || !at.who.person)
        return not_found("message", at.line(command_name::mentoring, "why"));
    const auto row = at.on_file.outbox.by_id(at.asked.team, storage::outbox_id{parts[0]});
    if (!row) // kept for a while only; the rule is the same
        return tell(in_words(*why, "When it was set off is not on record any more."));
    if (!concerns(at, *row) || row->kind != parts[1])
        return not_found("message", at.line(command_name::mentoring, "why"));
    return tell(in_words(*why, fmt::format("{} on {}.", starter_of(at.on_file, *row, at.who.id()),
                                           in_full(row->created_at, at.who.where))));
}

result<answer> why_lately(desk &at) {
    std::vector<surface::section> rows;
    if (!at.who.person)
        return tell(text("I have not written to you, and know nothing of you."));
    for (const auto &id : at.on_file.open<storage::told_lately>().to(at.who.id(), most_lately)) {
        const auto row = at.on_file.outbox.by_id(at.asked.team, storage::outbox_id{id.id});
        if (!row || !row->finished_at)
            continue;
        const auto when = in_full(*row->finished_at, at.who.where);
        if (const auto *why = reason_of(row->kind)) {
            rows.push_back(
                {.text = surface::lines(
                     {text("*{}*", when),
                      in_words(*why, fmt::format("{} on {}.", starter_of(at.on_file, *row, at.who.id()),
                                                 in_full(row->created_at, at.who.where)))})});
            continue;
        }
        const auto line = at.on_file.nudges.by_id(row->params.substr(0, row->params.find(' ')));
        const auto why = line ? why_of_line(at, *line) : std::nullopt;
        if (why)
            rows.push_back({.text = surface::lines({text("*{}*", when), *why})});
    }
    if (rows.empty())
        return tell(text("I have not written to you unasked of late. When I do, *Why this?* is under it."));
    surface::message said{.summary = text("Why you heard from me lately, newest first.")};
    for (const auto &row : rows)
        said.summary = surface::lines({said.summary, row.text});
    said.blocks.emplace_back(surface::section{.text = text("Why you heard from me lately, newest first.")});
    for (auto &row : rows)
        said.blocks.emplace_back(std::move(row));
    said.blocks.emplace_back(surface::context{
        {text("Fewer of them: `{}`. None for a while: `{}`.", at.line(command_name::mentoring, "settings"),
              at.line(command_name::mentoring, "snooze"))}});
    return tell(std::move(said));
}

} // namespace rapport
