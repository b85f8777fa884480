// See meeting_part.hpp.
#include "handlers/meeting_part.hpp"

#include "handlers/meetings.hpp"
#include "handlers/naming.hpp"
#include "handlers/nudging.hpp"
#include "handlers/own_pair.hpp"
#include "handlers/permission.hpp"
#include "handlers/surface/packed.hpp"
#include "handlers/taking_back.hpp"
#include "handlers/telling_pair.hpp"

#include <fmt/format.h>

namespace rapport::meeting_part {

using storage::meeting;
using storage::meeting_state;
using storage::session_kind;
using surface::text;

storage::meetings meetings_of(desk &at) {
    return at.on_file.open<storage::meetings>();
}

std::string line(const desk &at, std::string_view rest) {
    return at.line(command_name::mentoring, rest.empty() ? "meetings" : fmt::format("meetings {}", rest));
}

std::string reference(const meeting &one) {
    return fmt::format("{} {}", one.id, one.sequence);
}

// For everybody who reads it, in their own zone.
surface::moment shown_when(const meeting &one, const zone &where) {
    return {one.starts_at, where.name(), surface::moment_style::day_and_time};
}

surface::mrkdwn shape_of(const meeting &one) {
    const auto place = one.place.empty() ? surface::mrkdwn{} : text(", {}", one.place);
    const auto kind = one.session == session_kind::tutoring ? text(", tutoring")
                      : one.session == session_kind::both   ? text(", mentoring and tutoring")
                                                            : surface::mrkdwn{};
    return text("{} min{}{}", one.minutes, place, kind);
}

surface::mrkdwn one_line(const meeting &one, const zone &where) {
    return text("{}. {}, {}", one.number, shown_when(one, where), shape_of(one));
}

surface::button press(std::string_view says, std::string_view action, const meeting &one,
                      surface::tone look) {
    return {.says = says, .action = std::string(action), .value = reference(one), .look = look};
}

// The state before, for the undo; the place is the rest, for it may hold any words.
std::string undo_subject(const meeting &after, const meeting &before, act what, const storage::pair &pair) {
    return fmt::format("{} {} {} {} {} {} {} {} {}", after.id, after.sequence, text_of(what),
                       stamp(before.starts_at), before.minutes, text_of(before.state),
                       before.proposed_by == pair.mentor ? 'm' : 'p', stamp(before.confirmed_at),
                       before.place);
}

namespace {

std::string subject_of(const meeting &one) {
    return fmt::format("meeting:{}", one.id);
}

} // namespace

// Saves it as a new version and looks at what the pair owes.
void keep(desk &at, const storage::pair &pair, meeting &one) {
    ++one.sequence;
    one.changed_at = at.now();
    meetings_of(at).save(one);
    look_at(at.on_file, at.here, pair.id, at.now());
}

std::string tell_other(desk &at, const storage::pair &pair, const meeting &one, act what, bool at_once) {
    return tell_pair(at, pair, meeting_notice_kind, subject_of(one),
                     fmt::format("{}:{}:{}", subject_of(one), one.sequence, text_of(what)),
                     {{"act", std::string(text_of(what))},
                      {"meeting", one.id},
                      {"sequence", std::to_string(one.sequence)}},
                     at_once);
}

surface::mrkdwn when_for(const desk &at, const meeting &one) {
    return text("{}, {}", in_full(one.starts_at, at.who.where), shape_of(one));
}

result<found_meeting> numbered(desk &at, std::int64_t number) {
    auto one = meetings_of(at).find(at.pair().id, number);
    if (!one)
        return refusal{"", fmt::format("There is no meeting {} in this pair.", number), line(at)};
    return found_meeting{at.pair(), std::move(*one)};
}

refusal is_over(const desk &at, const meeting &one) {
    switch (one.state) {
    case meeting_state::cancelled:
        return {"", fmt::format("Meeting {} was called off.", one.number), line(at)};
    case meeting_state::kept:
        return {"", fmt::format("Meeting {} is noted as kept already.", one.number), line(at)};
    default:
        return {"", fmt::format("Meeting {} is noted as not kept already.", one.number), line(at)};
    }
}

result<found_meeting> pressed(desk &at, const std::string &value, bool as_read) {
    const auto parts = surface::split_words(value);
    if (parts.size() != 2)
        return not_found("meeting", line(at));
    auto one = meetings_of(at).by_id(parts[0]);
    if (!one)
        return not_found("meeting", line(at));
    auto pair = own_pair(at, one->pair.str());
    if (!pair)
        return not_found("meeting", line(at));
    if (as_read && std::to_string(one->sequence) != parts[1])
        return refusal{"", fmt::format("Meeting {} was changed since.", one->number), line(at)};
    return found_meeting{std::move(*pair), std::move(*one)};
}

} // namespace rapport::meeting_part
