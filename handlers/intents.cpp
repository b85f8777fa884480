// The table of intents; see intents.hpp. A new kind of message is one row and one function.
#include "handlers/intents.hpp"

#include "handlers/agreement.hpp"
#include "handlers/announcing.hpp"
#include "handlers/applying.hpp"
#include "handlers/asking.hpp"
#include "handlers/away_told.hpp"
#include "handlers/closing.hpp"
#include "handlers/coordinators_message.hpp"
#include "handlers/deciding.hpp"
#include "handlers/desk.hpp"
#include "handlers/feedback.hpp"
#include "handlers/founding.hpp"
#include "handlers/goals.hpp"
#include "handlers/introducing.hpp"
#include "handlers/introductions.hpp"
#include "handlers/inviting.hpp"
#include "handlers/leaving_dates.hpp"
#include "handlers/leaving_told.hpp"
#include "handlers/matching.hpp"
#include "handlers/meetings.hpp"
#include "handlers/message_of_the_day.hpp"
#include "handlers/milestones.hpp"
#include "handlers/nudging.hpp"
#include "handlers/pairing.hpp"
#include "handlers/passing.hpp"
#include "handlers/plan.hpp"
#include "handlers/preview.hpp"
#include "handlers/profile_import.hpp"
#include "handlers/profiles.hpp"
#include "handlers/request_messages.hpp"
#include "handlers/resources.hpp"
#include "handlers/taking_back.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace rapport {
namespace {

using surface::text;

std::optional<storage::person> reader_of(const leaving &one) {
    return one.row.person ? one.on_file.people.by_id(*one.row.person) : std::nullopt;
}

std::optional<surface::message> first_message(const leaving &one) {
    const auto to = reader_of(one);
    return to ? greeting_for(one.on_file, one.here, *to, program_slug(one.row.params)) : std::nullopt;
}

std::optional<surface::message> introduced(const leaving &one) {
    const auto pair = one.row.pair ? one.on_file.pairs.by_id(*one.row.pair) : std::nullopt;
    return pair ? introduction_of(one.on_file, one.here, *pair) : std::nullopt;
}

std::optional<surface::message> about_a_milestone(const leaving &one) {
    return milestone_notice(one.on_file, one.here, one.row);
}

std::optional<surface::message> for_coordinators(const leaving &one) {
    const auto to = reader_of(one);
    return to ? coordinators_message(one.on_file, one.here, *to, one.lease, one.row.again, one.now)
              : std::nullopt;
}

std::optional<storage::sent_message> where_shown(const leaving &one) {
    if (!one.row.channel)
        return std::nullopt;
    return storage::sent_message{*one.row.channel, one.row.params};
}

std::optional<surface::message> as_it_stands(const leaving &one) {
    const auto to = reader_of(one);
    const auto at = where_shown(one);
    if (!to || !at)
        return std::nullopt;
    const auto lines = one.on_file.nudges.in_message(to->id, at->channel, at->ts);
    if (lines.empty())
        return std::nullopt;
    if (is_coordinators(lines.front()))
        return coordinators_message_now(one.on_file, one.here, *to, lines);
    return message_of_the_day_now(one.on_file, one.here, *to, lines, one.now);
}

std::optional<storage::sent_message> where_it_was_said(const leaving &one) {
    return one.on_file.outbox.sent_as(one.on_file.team, one.row.params);
}

// What was said stays readable, struck out, without its buttons.
std::optional<surface::message> taken_back(const leaving &one) {
    const auto original = one.on_file.outbox.find(one.on_file.team, one.row.params);
    const auto *row = original ? intent_of(original->kind) : nullptr;
    if (!row || !row->says)
        return surface::said(text("This was taken back."));
    const auto before = row->says({one.on_file, one.here, *original, one.lease, one.now});
    if (!before)
        return surface::said(text("This was taken back."));
    surface::mrkdwn struck;
    std::string_view rest = before->summary.text;
    while (!rest.empty()) {
        const auto end = rest.find('\n');
        const auto part = rest.substr(0, end);
        if (!part.empty())
            struck = surface::lines({struck, text("~{}~", surface::mrkdwn{std::string(part)})});
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    }
    return surface::said(surface::lines({struck, text("This was taken back.")}));
}

std::optional<surface::message> ending_told(const leaving &at) {
    return ending_notice(at.on_file, at.here, at.row);
}

std::optional<surface::message> about_a_request(const leaving &one) {
    return request_message(one.on_file, one.here, one.row, one.now);
}

std::optional<surface::message> about_an_import(const leaving &one) {
    return proposals_told(one.on_file, one.here, one.row);
}

std::optional<surface::message> about_a_draft(const leaving &one) {
    return draft_told(one.on_file, one.here, one.row);
}

// A notice that is read from its row alone.
template <std::optional<surface::message> (*Says)(storage::records &, const house &,
                                                  const storage::outbox_row &)>
std::optional<surface::message> notice(const leaving &at) {
    return Says(at.on_file, at.here, at.row);
}

std::optional<surface::message> lost_words(const leaving &at) {
    return words_lost(at.on_file, at.here, at.row, at.now);
}

std::optional<surface::message> applications_open(const leaving &at) {
    return window_opens(at.on_file, at.here, at.row, at.now);
}

std::optional<surface::message> application_decided(const leaving &at) {
    return decision_notice(at.on_file, at.here, at.row);
}

std::optional<surface::message> may_it_open(const leaving &at) {
    return question_to_owner(at.on_file, at.here, at.row);
}

std::optional<surface::message> what_became_of_it(const leaving &at) {
    return word_to_founder(at.on_file, at.here, at.row);
}

std::optional<surface::message> asked_on_record(const leaving &at) {
    return invitation_message(at.on_file, at.here, at.row);
}

std::optional<surface::message> answered_on_record(const leaving &at) {
    return invitation_answer(at.on_file, at.here, at.row);
}

constexpr auto intents = std::to_array<intent_row>({
    {window_opens_kind, goes_to::person, applications_open, nullptr},
    {decision_kind, goes_to::person, application_decided, nullptr},
    {greeting, goes_to::person, first_message, nullptr},
    {pair_introduction, goes_to::pair, introduced, nullptr},
    {milestone_notice_kind, goes_to::pair, about_a_milestone, nullptr},
    {goal_notice_kind, goes_to::pair, notice<goal_notice>, nullptr},
    {agreement_notice_kind, goes_to::pair, notice<agreement_notice>, nullptr},
    {paper_notice_kind, goes_to::pair, notice<paper_notice>, nullptr},
    {meeting_notice_kind, goes_to::pair, notice<meeting_notice>, nullptr},
    {referral_notice_kind, goes_to::pair, notice<referral_notice>, nullptr},
    {introduction_word_kind, goes_to::person, notice<introduction_word>, nullptr},
    {words_lost_kind, goes_to::person, lost_words, nullptr},
    {ask_notice_kind, goes_to::pair, notice<ask_notice>, nullptr},
    {ending_notice_kind, goes_to::pair, ending_told, nullptr},
    {leaving_word_kind, goes_to::person, notice<leaving_told>, nullptr},
    {closing_word_kind, goes_to::person, notice<closing_told>, nullptr},
    {carried_kind, goes_to::pair, notice<carried_told>, nullptr},
    {feedback_shared_kind, goes_to::person, notice<feedback_shared>, nullptr},
    {coordinators_day, goes_to::person, for_coordinators, nullptr},
    {request_kind::notice, goes_to::person, about_a_request, nullptr},
    {request_kind::question, goes_to::person, about_a_request, nullptr},
    {request_kind::reply, goes_to::person, about_a_request, nullptr},
    {request_kind::ended, goes_to::person, about_a_request, nullptr},
    {request_kind::more_fits, goes_to::person, about_a_request, nullptr},
    {request_kind::as_it_stands, goes_to::message, about_a_request, where_it_was_said, true},
    {draft_notice, goes_to::person, about_a_draft, nullptr},
    {proposals_notice, goes_to::person, about_an_import, nullptr},
    {announcement_kind, goes_to::person, notice<announced>, nullptr},
    {away_kind, goes_to::person, notice<away_notice>, nullptr},
    {shown_again, goes_to::message, as_it_stands, where_shown, true},
    {struck_out, goes_to::message, taken_back, where_it_was_said, true},
    {founding_asked, goes_to::person, may_it_open, nullptr},
    {preview_ready_kind, goes_to::person, notice<preview_ready>, nullptr},
    {invitation_kind, goes_to::person, asked_on_record, nullptr},
    {invitation_answer_kind, goes_to::person, answered_on_record, nullptr},
    {founding_decided, goes_to::person, what_became_of_it, nullptr},
});

} // namespace

std::span<const intent_row> all_intents() {
    return intents;
}

const intent_row *intent_of(std::string_view kind) {
    const auto found = std::find_if(std::begin(intents), std::end(intents),
                                    [&](const intent_row &each) { return each.kind == kind; });
    return found == std::end(intents) ? nullptr : &*found;
}

} // namespace rapport
