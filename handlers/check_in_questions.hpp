// The questions of a check-in as fields of a form, and what was filled in, checked.
#pragma once

#include "handlers/answer.hpp"
#include "handlers/request.hpp"
#include "mentoring/promises.hpp"

#include <map>
#include <string>
#include <variant>
#include <vector>

namespace rapport {

// A question, with what was chosen before.
surface::input check_in_field(const question &one, const std::map<std::string, std::string> &before);

struct check_in_given {
    std::map<std::string, std::string> answers; // by the question's id
    std::string note;
};
// Refused under the fields: a required one that is empty, an answer that was not offered, a note over its
// limit, nothing at all.
std::variant<check_in_given, form_errors> read_check_in(const fields &holds,
                                                        const std::vector<question> &questions);

inline constexpr std::size_t most_of_a_note = 2000; // code points (settled 18)

} // namespace rapport
