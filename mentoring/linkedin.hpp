// What a LinkedIn data export says about the member it belongs to, as words for profile fields. Four of its
// files are read: Profile.csv, Positions.csv, Education.csv, Skills.csv. Birth dates, addresses, other
// people and everything else in it are passed over.
#pragma once

#include "mentoring/csv.hpp"
#include "mentoring/profile.hpp"

#include <map>
#include <string>
#include <string_view>

namespace rapport {

enum class export_file { about, positions, education, skills };
RAPPORT_WORDS(export_file, 4,
              {{export_file::about, "Profile.csv"},
               {export_file::positions, "Positions.csv"},
               {export_file::education, "Education.csv"},
               {export_file::skills, "Skills.csv"}})

struct read_export {
    export_file which = export_file::about;
    std::map<profile_field, std::string> says; // within the fields' limits

    bool operator==(const read_export &) const = default;
};

// One file's text. Refused: no CSV (csv.hpp), or none of the four by its header.
result<read_export> read_linkedin(std::string_view text);

// What several files say together; where two say something of one field, both stand, as far as it holds.
std::map<profile_field, std::string> together(const std::vector<read_export> &files);

} // namespace rapport
