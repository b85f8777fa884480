// Columns of the four files; see linkedin.hpp.
#include "mentoring/linkedin.hpp"

#include <algorithm>

namespace rapport {
namespace {

const std::string &cell(const csv_table &table, const csv_row &row, std::string_view column) {
    static const std::string none;
    const auto at = table.column(column);
    return at && *at < row.cells.size() ? row.cells[*at] : none;
}

bool has(const csv_table &table, std::initializer_list<std::string_view> columns) {
    return std::all_of(columns.begin(), columns.end(),
                       [&](std::string_view each) { return table.column(each).has_value(); });
}

std::size_t code_points(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (c & '\xc0') != '\x80'; }));
}

// Adds words to a field while it holds them: tags that are too long or one too many are left out.
void add(std::map<profile_field, std::string> &to, profile_field which, std::string words) {
    const auto &row = row_of(which);
    const bool tags = row.shape == field_shape::tags;
    if (tags) {
        std::replace_if(
            words.begin(), words.end(), [](char c) { return c == ',' || c == ';' || c == '\n'; }, ' ');
        if (folded_tag(words).empty() || folded_tag(words).size() > longest_tag)
            return;
    }
    if (words.empty())
        return;
    auto &before = to[which];
    auto then = before.empty() ? words : before + (tags ? ", " : "\n") + words;
    const bool fits = code_points(then) <= row.most && read_field(which, then, {}).has_value();
    if (fits)
        before = std::move(then);
    else if (before.empty())
        to.erase(which);
}

std::string joined(std::initializer_list<std::string> parts) {
    std::string out;
    for (const auto &part : parts)
        if (!part.empty())
            out += (out.empty() ? "" : ", ") + part;
    return out;
}

std::map<profile_field, std::string> positions_of(const csv_table &table) {
    std::map<profile_field, std::string> out;
    for (const auto &row : table.rows)
        add(out, profile_field::experience, cell(table, row, "title"));
    for (const auto &row : table.rows)
        if (cell(table, row, "finished on").empty()) {
            add(out, profile_field::team, cell(table, row, "company name"));
            break;
        }
    return out;
}

std::map<profile_field, std::string> education_of(const csv_table &table) {
    std::map<profile_field, std::string> out;
    for (const auto &row : table.rows) {
        add(out, profile_field::education,
            joined({cell(table, row, "degree name"), cell(table, row, "school name"),
                    cell(table, row, "end date")}));
        // "Bachelor of Science - BS, Physics"
        const auto &degree = cell(table, row, "degree name");
        const auto subject = degree.find_first_not_of(" ,", std::min(degree.find(','), degree.size()));
        if (subject != std::string::npos)
            add(out, profile_field::study, degree.substr(subject));
    }
    return out;
}

std::map<profile_field, std::string> profile_of(const csv_table &table) {
    std::map<profile_field, std::string> out;
    for (const auto &row : table.rows) {
        add(out, profile_field::industry, cell(table, row, "industry"));
        add(out, profile_field::accomplishments, cell(table, row, "headline"));
        add(out, profile_field::accomplishments, cell(table, row, "summary"));
        add(out, profile_field::links, cell(table, row, "websites"));
    }
    return out;
}

} // namespace

result<read_export> read_linkedin(std::string_view text) {
    const auto table = read_csv(text);
    if (!table)
        return table.error();
    if (has(*table, {"company name", "title", "started on"}))
        return read_export{export_file::positions, positions_of(*table)};
    if (has(*table, {"school name", "degree name"}))
        return read_export{export_file::education, education_of(*table)};
    if (has(*table, {"first name", "last name", "headline"}))
        return read_export{export_file::about, profile_of(*table)};
    if (table->header.size() == 1 && table->header.front() == "name") {
        read_export out{export_file::skills, {}};
        for (const auto &row : table->rows)
            add(out.says, profile_field::expertise, cell(*table, row, "name"));
        return out;
    }
    return refusal{table->header.empty() ? "" : table->header.front(),
                   "This is none of the files of a LinkedIn export that I read.",
                   "Profile.csv, Positions.csv, Education.csv or Skills.csv, with its first line"};
}

std::map<profile_field, std::string> together(const std::vector<read_export> &files) {
    std::map<profile_field, std::string> out;
    for (const auto &file : files)
        for (const auto &[which, words] : file.says) {
            auto &before = out[which];
            const auto &row = row_of(which);
            const auto then =
                before.empty() ? words : before + (row.shape == field_shape::tags ? ", " : "\n") + words;
            if (code_points(then) <= row.most && read_field(which, then, {}).has_value())
                before = then;
        }
    return out;
}

} // namespace rapport
