// What a profile holds: its fields in the order of the form, who may see each, how full it is, and what of it
// is compared with others. No field is of a protected kind, and the words are the person's own.
#pragma once

#include "mentoring/compatibility.hpp"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace rapport {

enum class profile_field {
    education,
    study,
    experience,
    industry,
    accomplishments,
    expertise,
    interests,
    help,
    goals,
    kind,
    availability,
    languages,
    team,
    partner,
    links,
    room
};
inline constexpr std::size_t profile_fields = 16;
RAPPORT_WORDS(profile_field, profile_fields,
              {{profile_field::education, "education"},
               {profile_field::study, "field"},
               {profile_field::experience, "experience"},
               {profile_field::industry, "industry"},
               {profile_field::accomplishments, "accomplishments"},
               {profile_field::expertise, "expertise"},
               {profile_field::interests, "interests"},
               {profile_field::help, "help"},
               {profile_field::goals, "goals"},
               {profile_field::kind, "kind"},
               {profile_field::availability, "availability"},
               {profile_field::languages, "languages"},
               {profile_field::team, "team"},
               {profile_field::partner, "partner"},
               {profile_field::links, "links"},
               {profile_field::room, "room"}})

// Everyone in one's programs; partners, and those one asked or was asked by; the programs' coordinators
// alone. Each sees what the ones after it see, and oneself sees all.
enum class seen_by { everyone, partners, coordinators };
RAPPORT_WORDS(seen_by, 3,
              {{seen_by::everyone, "everyone"},
               {seen_by::partners, "partners"},
               {seen_by::coordinators, "coordinators"}})

// How what is typed is read: words as they are, tags with commas between, hours of a week, a number.
enum class field_shape { prose, tags, hours_of_week, number };

struct field_row {
    profile_field which;
    std::string_view label; // as the form says it
    std::string_view hint;
    field_shape shape;
    seen_by at_first; // until the person says otherwise
    std::size_t most; // code points
};
const std::array<field_row, profile_fields> &profile_rows();
const field_row &row_of(profile_field which);

struct profile_entry {
    std::string words;
    rapport::seen_by seen = seen_by::everyone;

    bool operator==(const profile_entry &) const = default;
};
// Only fields that hold something.
using profile_words = std::map<profile_field, profile_entry>;

// What was typed into a field, as it is stored; empty empties it. Refused: too long, tags that are too many
// or too long, hours that cannot be read, a number that is none. `words` gives the one form of tags.
struct field_words {
    std::string words;

    bool operator==(const field_words &) const = default;
};
result<field_words> read_field(profile_field which, std::string_view typed, const tag_words &words);

// The fields that somebody with this right may see: `partners` sees partners' and everyone's.
profile_words seen_of(const profile_words &whole, seen_by as);

// How many of the fields hold something, in percent, and the empty one that would tell others most: the one
// with the largest weight in matching, else the next of the form.
struct completeness {
    int percent = 0;
    std::optional<profile_field> missing;

    bool operator==(const completeness &) const = default;
};
completeness how_complete(const profile_words &one, const comparing &with);

// What of a profile is compared, on one side of a pair. `otherwise`: the hours where the profile names none.
// What a mentor offers to goals is their expertise, goals and help; what a protégé seeks in experience is
// what they aim at.
traits traits_of(const profile_words &one, side as, const tag_words &words, const zone &where,
                 const week_hours &otherwise, instant as_of);

// The mentor's own number: none where they gave none, or where it says "any".
struct own_room {
    bool given = false;
    std::optional<int> most; // none: any number
};
own_room room_of(const profile_words &one);

} // namespace rapport
