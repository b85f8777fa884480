// The form of an application, made from the policy for one role; and what was filled in, read and checked.
#pragma once

#include "handlers/desk.hpp"
#include "mentoring/entering.hpp"

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace rapport {

// Which program, and as what.
struct wanted_role {
    program_slug slug;
    role as = role::protege;
};

surface::modal application_form(desk &at, const wanted_role &what);

// `answers` by question; `shows` where it was asked what a mentor from outside may see.
struct application_given {
    std::map<std::string, std::string> answers;
    std::string message;
    std::optional<day> committed_until;
    std::optional<std::vector<std::string>> shows;
};
// form_errors: something is missing, said under its field. refusal: somebody is not eligible; it names the
// rule and whom to ask.
std::variant<application_given, form_errors, refusal> read_application(desk &at, const wanted_role &what,
                                                                       const fields &holds);

// The form of one question: what a mentor from outside may see.
surface::modal outside_view_form(desk &at, const program_slug &slug);
std::vector<std::string> outside_fields_of(const fields &holds);
// ", interests and goals"; " and nothing else".
std::string outside_words(const std::vector<std::string> &shows);

} // namespace rapport
