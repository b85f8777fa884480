// Who may do what: one table for commands, buttons and forms, one for what people may see of each other
// (product 5). A denial says what the act is for, never whether the thing exists.
#pragma once

#include "handlers/caller.hpp"
#include "handlers/names.hpp"
#include "mentoring/result.hpp"

#include <array>
#include <string_view>

namespace rapport {

enum class permission { anyone, enrolled, paired, mentor, protege, coordinator, owner };

// Any of these standings is enough.
struct permission_row {
    permission may;
    unsigned enough;
    std::string_view who; // "This is for ..."
};
inline constexpr std::array<permission_row, 7> permissions{{
    {permission::anyone, ~0U, "everyone"},
    {permission::enrolled, standing::enrolled, "people who are enrolled in a program"},
    {permission::paired, standing::mentors | standing::mentored, "people in a pair"},
    {permission::mentor, standing::mentors, "mentors in a pair"},
    {permission::protege, standing::mentored, "protégés in a pair"},
    {permission::coordinator, standing::coordinates, "coordinators of a program"},
    {permission::owner, standing::owns, "the owners of Rapport in this workspace"},
}};

constexpr const permission_row &row_of(permission may) {
    return permissions[static_cast<std::size_t>(may)];
}
constexpr bool allowed(permission may, unsigned standing) {
    return may == permission::anyone || (row_of(may).enough & standing) != 0;
}

// The refusal of somebody who may not; the same whatever was asked for.
refusal denied(permission may, const command_names &names);

// The refusal for a number, button or id that is not theirs or not there: the two are never told apart.
refusal not_found(std::string_view kind, const std::string &mend);

// --- what people may see of each other

enum class thing {
    conversation, // what is said there; an ask's words
    check_in,     // answers and note
    milestone,    // goals and plan links too
    contact,      // contacts and reply dates
    profile,
    feedback,
    request_note,
    report,
};
enum class reader { author, partner, coordinator, others };

enum class sight {
    never,
    all,
    in_slack_only,   // the platform shows it; Rapport does not have it
    own,             // their own side of it
    by_field,        // field by field, by what its author chose
    if_chosen,       // if its author chose so
    state_and_dates, // the title only if shared
    dates_and_counts,
    that_it_exists,
    named,          // all of it with the name, as the form says
    groups_of_five, // numbers of groups of five or more
};

struct sight_row {
    thing what;
    sight author, partner, coordinator, others;
};
inline constexpr std::array<sight_row, 8> sights{{
    {thing::conversation, sight::in_slack_only, sight::in_slack_only, sight::never, sight::never},
    {thing::check_in, sight::all, sight::never, sight::named, sight::never},
    {thing::milestone, sight::all, sight::all, sight::state_and_dates, sight::never},
    {thing::contact, sight::own, sight::own, sight::dates_and_counts, sight::never},
    {thing::profile, sight::all, sight::by_field, sight::all, sight::by_field},
    {thing::feedback, sight::all, sight::if_chosen, sight::all, sight::never},
    {thing::request_note, sight::all, sight::all, sight::that_it_exists,
     sight::never}, // partner: the asked mentor
    {thing::report, sight::never, sight::never, sight::groups_of_five, sight::never},
}};

constexpr sight sight_of(thing what, reader who) {
    const auto &row = sights[static_cast<std::size_t>(what)];
    switch (who) {
    case reader::author:
        return row.author;
    case reader::partner:
        return row.partner;
    case reader::coordinator:
        return row.coordinator;
    case reader::others:
        break;
    }
    return row.others;
}

// What somebody is to a thing of a pair. A coordinator in the pair is its author or partner only (settled 4).
reader reader_of(const caller &who, const storage::pair &of, const person_id &author);

} // namespace rapport
