// The text of a policy that was drafted in the workspace; see policy_text.hpp. Modelled on
// programs/starter.toml.
#include "config/policy_text.hpp"
#include "config/policy_values.hpp"
#include "mentoring/calendar.hpp"

#include <fmt/format.h>

namespace rapport::config {
namespace {

std::string quote(std::string_view words) {
    std::string out = "\"";
    for (const char c : words) {
        if (c == '"' || c == '\\')
            out += '\\';
        out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    return out + "\"";
}

std::string quote(const std::vector<std::string> &all) {
    std::vector<std::string> each;
    for (const auto &one : all)
        each.push_back(quote(one));
    return fmt::format("[{}]", fmt::join(each, ", "));
}

constexpr std::string_view followed_up = R"(
[reply]                                 # when somebody waits for an answer
target = "3 days"                       # hoped for
limit = "7 days"                        # then a coordinator lends a hand
loose_messages = "firm"                 # a message without an explicit ask starts the clock, too
ladder = ["day 3: nudge", "day 5: softer", "day 7: queue"]

[first_meeting]                         # soon, and face to face or nearly so
within = "30 days"
media = ["video", "in-person", "meeting"]
ladder = ["day -7: nudge"]

[milestones]                            # dates of a pair's own milestones
ladder = ["day -3: listed", "day 0: nudge"]
)";

constexpr std::string_view informal = R"(
[reply]                                 # nothing is promised: a line in a message that goes out anyway
loose_messages = "soft"
ladder = ["day 7: listed"]
)";

constexpr std::string_view mentors_form = R"(
[check_in]                              # a short form a month: how it goes, never what was said
due_day = 28
grace = "7 days"
ladder = ["day -2: nudge", "day 2: softer"]
readers = "You and the program's coordinators. Your partner does not see it."

[[check_in.mentor_questions]]
id = "touch"
asks = "How many times were you in touch this month?"
kind = "count"
required = true

[[check_in.mentor_questions]]
id = "need-help"
asks = "Would you like a coordinator to get in touch?"
kind = "yes/no"
)";

constexpr std::string_view proteges_form = R"(
[[check_in.protege_questions]]
id = "touch"
asks = "How many times were you in touch this month?"
kind = "count"
required = true

[[check_in.protege_questions]]
id = "comfortable"
asks = "Do you feel comfortable with your mentor?"
kind = "yes/no"
required = true

[[check_in.protege_questions]]
id = "need-help"
asks = "Would you like a coordinator to get in touch?"
kind = "yes/no"
)";

constexpr std::string_view the_rest = R"(
[contacts]                              # everything counts equally as being in touch
media = ["call", "email", "text", "video", "in-person", "slack", "meeting"]
listening = "conversation"              # who wrote and when, never what
talk_elsewhere = true
pairs_set_pace = true

[leaving]                               # the same for both sides
mentor_notice = "30 days"
protege_notice = "30 days"
leave_now = true
closing = ["continue privately", "next cycle", "stop"]

[hours]                                 # when people may be written to; everybody may choose others
mentors = "Mon-Fri 8:00-20:00"
proteges = "daily 8:00-20:00"

[messages]                              # reminders a person gets at most
per_day = 1
per_week = 3
)";

std::string head(const founding_answers &from) {
    auto text = fmt::format("# Drafted in the workspace. What is left out is not promised.\n\n"
                            "slug = {}\nname = {}\n"
                            "purpose = {}   # for whom it is\nzone = {}\n"
                            "formal = {}   # false: informal pairs, no gates, no forms\n",
                            quote(from.slug.str()), quote(from.name), quote("For " + from.audience + "."),
                            quote(from.where.name()), from.formal);
    if (from.formal)
        text += "plan = [\"agreement\", \"goals\"]   # the parts of a pair's plan\n";
    text += fmt::format("\n[contact]   # whom to ask\nname = {}\n", quote(from.contact.name));
    if (!from.contact.email.empty())
        text += fmt::format("email = {}\n", quote(from.contact.email));
    if (!from.mentor_kinds.empty())
        text += fmt::format("\n[offers]\nmentor_kinds = {}   # who can mentor\n", quote(from.mentor_kinds));
    if (from.term)
        text += fmt::format("\n[term]\ndates = \"{} to {}\"\n", rapport::text_of(from.term->from),
                            rapport::text_of(from.term->until));
    const auto *way = from.formal ? "application" : "open";
    return text + fmt::format("\n[entry]   # how one comes in\nmentors = \"{}\"\nproteges = \"{}\"\n"
                              "proteges_are = \"{}\"\nmentors_are = \"{}\"\n",
                              way, from.a_site ? "coordinator" : way, from.a_site ? "sites" : "people",
                              from.teams ? "teams" : "people");
}

} // namespace

std::string founded(const founding_answers &from) {
    auto text = head(from);
    text += from.formal ? followed_up : informal;
    if (from.per_month > 0)
        text +=
            fmt::format("\n[floor]   # at the least so often a calendar month, whoever starts\n"
                        "per_month = {}\ncounts = \"any\"\nladder = {}\n",
                        from.per_month,
                        from.formal ? "[\"day -10: listed\", \"day -5: nudge\"]" : "[\"day -5: listed\"]");
    if (from.formal)
        text += std::string(mentors_form) + std::string(from.a_site ? "" : proteges_form);
    return text + std::string(the_rest);
}

} // namespace rapport::config
