// Reading cells; see people_rows.hpp.
#include "handlers/people_rows.hpp"

#include "handlers/people_list.hpp"
#include "handlers/surface/characters.hpp"
#include "handlers/usage_shape.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport {
namespace {

constexpr std::size_t most_name = 200;

std::string lower(std::string text) {
    for (auto &c : text)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return text;
}

bool is_member_id(const std::string &text) {
    return text.size() >= 3 && text.size() <= 40 && (text[0] == 'U' || text[0] == 'W') &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
}

std::string cell(const csv_table &table, const csv_row &row, std::string_view column) {
    const auto at = table.column(column);
    return at ? row.cells[*at] : std::string();
}

std::optional<gate_wish> gate_cell(const std::string &raw, bool may_be_done) {
    auto words = lower(raw);
    gate_wish out;
    if (words.empty())
        return out;
    out.said = true;
    if (words == "not cleared" || words == "no" || words == "not done")
        return out;
    out.open = true;
    if (may_be_done && (words == "done" || words == "yes"))
        return out;
    if (words == "cleared")
        return out;
    for (const std::string prefix : {"cleared until ", "done until ", "until "})
        if (words.starts_with(prefix))
            words.erase(0, prefix.size());
    out.until = parse_day(words);
    return out.until ? std::optional(out) : std::nullopt;
}

bool read_role(const std::string &word, role &as) {
    const auto choice = shape::choice_of("mentor|protege", word);
    return !choice.empty() && parse_text(choice, as);
}

// One or several, between them blanks, semicolons or bars.
void read_mentors(const std::string &raw, wanted_row &out) {
    std::string one;
    for (const char c : raw + " ") {
        if (c != ' ' && c != ';' && c != '|' && c != '\n' && c != '\t') {
            one += c;
            continue;
        }
        if (!one.empty())
            out.mentors.push_back(one.find('@') == std::string::npos ? one : lower(one));
        one.clear();
    }
    if (!out.mentors.empty() && out.as == role::mentor && out.wrong.empty())
        out.wrong = "A mentor's row names a mentor; name pairs in the row of the other side.";
}

} // namespace

wanted_row read_people_row(const csv_table &table, const csv_row &row) {
    wanted_row out;
    out.line = row.line;
    out.slack = cell(table, row, "slack");
    out.email = lower(cell(table, row, "email"));
    out.name = surface::one_line(cell(table, row, "name"));
    out.who = !out.slack.empty() ? out.slack : out.email;
    const auto as = cell(table, row, "role");
    const auto application = lower(cell(table, row, "application"));
    const auto check = gate_cell(cell(table, row, "check"), false);
    const auto training = gate_cell(cell(table, row, "training"), true);
    if (out.who.empty())
        out.wrong = "It names nobody: fill slack or email.";
    else if (!out.slack.empty() && !is_member_id(out.slack))
        out.wrong =
            fmt::format("“{}” is no member id; one looks like U0123ABCD.", surface::shortened(out.slack, 40));
    else if (!out.email.empty() && (!shape::looks_like_address(out.email) || out.email.size() > 320 ||
                                    out.email.find(' ') != std::string::npos))
        out.wrong = fmt::format("“{}” is no e-mail address.", surface::shortened(out.email, 40));
    else if (surface::code_points(out.name) > most_name)
        out.wrong = fmt::format("The name is longer than {} characters.", most_name);
    else if (!read_role(as, out.as))
        out.wrong = fmt::format("The role is “{}”; write mentor or protege.", surface::shortened(as, 40));
    else if (!application.empty() && application != "accepted" && application != "declined")
        out.wrong = fmt::format("The application is “{}”; write accepted, declined or nothing.",
                                surface::shortened(application, 40));
    else if (!check)
        out.wrong = "The check is no date; write 2027-05-31, not cleared, or nothing.";
    else if (!training)
        out.wrong = "The training is no date; write done, 2027-05-31, not done, or nothing.";
    if (!application.empty())
        out.accepts = application == "accepted";
    out.check = check.value_or(gate_wish());
    out.training = training.value_or(gate_wish());
    read_mentors(cell(table, row, "mentor"), out);
    return out;
}

std::optional<refusal> wrong_people_header(const csv_table &table) {
    std::string all;
    for (const auto column : list_columns)
        all += (all.empty() ? "" : ",") + std::string(column);
    for (const auto &each : table.header)
        if (std::find(std::begin(list_columns), std::end(list_columns), each) == std::end(list_columns))
            return refusal{"line 1",
                           each.empty() ? std::string("A column has no name.")
                                        : fmt::format("I know no column “{}”.", surface::shortened(each, 40)),
                           all};
    if (!table.column("slack") && !table.column("email"))
        return refusal{"line 1", "The header names neither slack nor email.", all};
    if (!table.column("role"))
        return refusal{"line 1", "The header names no role.", all};
    if (table.rows.empty())
        return refusal{"line 1", "There are no rows below the header.", "kim@example.org,mentor"};
    return std::nullopt;
}

} // namespace rapport
