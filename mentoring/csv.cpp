// Reading lists; see csv.hpp.
#include "mentoring/csv.hpp"

#include <algorithm>

namespace rapport {
namespace {

const std::string as_utf8 = "Save the list as “CSV UTF-8” and send it again.";

refusal at_line(std::size_t line, std::string wrong, std::string mend) {
    return {"line " + std::to_string(line), std::move(wrong), std::move(mend)};
}

// The length of the well-formed UTF-8 sequence that begins here; 0 where none does.
std::size_t sequence(std::string_view rest) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(rest[i]); };
    const auto lead = byte(0);
    const std::size_t n = lead < 0x80   ? 1
                          : lead < 0xC2 ? 0
                          : lead < 0xE0 ? 2
                          : lead < 0xF0 ? 3
                          : lead < 0xF5 ? 4
                                        : 0;
    if (n == 0 || n > rest.size())
        return 0;
    for (std::size_t i = 1; i < n; ++i)
        if ((byte(i) & 0xC0) != 0x80)
            return 0;
    const bool wrong = (lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xED && byte(1) > 0x9F) ||
                       (lead == 0xF0 && byte(1) < 0x90) || (lead == 0xF4 && byte(1) > 0x8F);
    return wrong ? 0 : n;
}

std::optional<refusal> badly_encoded(std::string_view text) {
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
        return refusal{"a list in UTF-16", "The list is not in UTF-8.", as_utf8};
    std::size_t line = 1;
    for (std::size_t at = 0; at < text.size();) {
        const auto n = sequence(text.substr(at));
        if (n == 0)
            return at_line(line, "The list is not in UTF-8.", as_utf8);
        if (text[at] == '\0')
            return at_line(line, "There is a NUL character in the list.", as_utf8);
        line += text[at] == '\n' ? 1 : 0;
        at += n;
    }
    return std::nullopt;
}

// The one of the three that the first line has most of.
char separator_of(std::string_view text) {
    const auto line = text.substr(0, text.find_first_of("\r\n"));
    char best = ',';
    std::ptrdiff_t most = -1;
    for (const char each : {',', ';', '\t'})
        if (const auto n = std::count(line.begin(), line.end(), each); n > most) {
            best = each;
            most = n;
        }
    return best;
}

std::string trimmed(std::string_view text) {
    const auto from = text.find_first_not_of(" \t");
    if (from == std::string_view::npos)
        return {};
    return std::string(text.substr(from, text.find_last_not_of(" \t") - from + 1));
}

class reading {
    std::string_view text_;
    char separator_;
    std::size_t at_ = 0, line_ = 1;

    bool over() const {
        return at_ >= text_.size();
    }
    bool at_line_end() const {
        return over() || text_[at_] == '\n' || text_[at_] == '\r';
    }
    void next_line() {
        if (!over() && text_[at_] == '\r')
            ++at_;
        if (!over() && text_[at_] == '\n')
            ++at_;
        ++line_;
    }

    std::optional<refusal> quoted(std::size_t begun, std::string &into) {
        std::string cell;
        for (++at_; !over(); ++at_) {
            if (text_[at_] == '\n')
                ++line_;
            if (text_[at_] != '"') {
                cell += text_[at_];
                continue;
            }
            if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
                cell += text_[++at_];
                continue;
            }
            ++at_;
            while (!at_line_end() && (text_[at_] == ' ' || (text_[at_] == '\t' && separator_ != '\t')))
                ++at_;
            if (!at_line_end() && text_[at_] != separator_)
                return at_line(line_, "After a closing quote there is more text in the cell.",
                               "Write a quote inside a quoted cell twice: \"\".");
            into = trimmed(cell);
            return std::nullopt;
        }
        return at_line(begun, "A quote is opened here and never closed.", "Close it, or take it out.");
    }

    std::optional<refusal> cell(std::string &into) {
        while (!at_line_end() && text_[at_] == ' ')
            ++at_;
        if (!over() && text_[at_] == '"')
            return quoted(line_, into);
        const auto from = at_;
        while (!at_line_end() && text_[at_] != separator_)
            ++at_;
        into = trimmed(text_.substr(from, at_ - from));
        return std::nullopt;
    }

  public:
    explicit reading(std::string_view text) : text_(text), separator_(separator_of(text)) {}

    bool done() const {
        return over();
    }
    result<csv_row> row() {
        csv_row out{line_, {}};
        while (true) {
            if (auto wrong = cell(out.cells.emplace_back()))
                return std::move(*wrong);
            if (at_line_end())
                break;
            ++at_; // the separator
        }
        next_line();
        return out;
    }
};

bool is_empty(const csv_row &row) {
    return std::all_of(row.cells.begin(), row.cells.end(), [](const std::string &c) { return c.empty(); });
}

std::string lower(std::string text) {
    for (auto &c : text)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return text;
}

std::optional<refusal> not_a_header(const std::vector<std::string> &header, std::size_t line) {
    for (std::size_t i = 0; i < header.size(); ++i)
        if (!header[i].empty() && std::find(header.begin(), header.begin() + static_cast<std::ptrdiff_t>(i),
                                            header[i]) != header.begin() + static_cast<std::ptrdiff_t>(i))
            return at_line(line, "The header names “" + header[i] + "” twice.", "Name each column once.");
    return std::nullopt;
}

} // namespace

std::optional<std::size_t> csv_table::column(std::string_view name) const {
    const auto it = std::find(header.begin(), header.end(), name);
    return it == header.end() ? std::nullopt : std::optional(static_cast<std::size_t>(it - header.begin()));
}

result<csv_table> read_csv(std::string_view text) {
    if (auto wrong = badly_encoded(text))
        return std::move(*wrong);
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    csv_table out;
    reading all(text);
    while (!all.done()) {
        auto row = all.row();
        if (!row)
            return std::move(row.error());
        if (is_empty(*row))
            continue;
        if (out.header.empty()) {
            while (!row->cells.empty() && row->cells.back().empty())
                row->cells.pop_back();
            for (auto &cell : row->cells)
                out.header.push_back(lower(std::move(cell)));
            if (auto wrong = not_a_header(out.header, row->line))
                return std::move(*wrong);
            continue;
        }
        while (row->cells.size() > out.header.size() && row->cells.back().empty())
            row->cells.pop_back();
        if (row->cells.size() > out.header.size())
            return at_line(row->line,
                           "There are " + std::to_string(row->cells.size()) +
                               " cells, and the header names " + std::to_string(out.header.size()) +
                               " columns.",
                           "Put quotes around a cell that holds the separator.");
        row->cells.resize(out.header.size());
        if (out.rows.size() == most_csv_rows)
            return at_line(row->line, "There are more than " + std::to_string(most_csv_rows) + " rows.",
                           "Send them in two lists.");
        out.rows.push_back(std::move(*row));
    }
    if (out.header.empty())
        return refusal{"an empty list", "There is nothing in the list.",
                       "Its first line names the columns: email,role"};
    return out;
}

} // namespace rapport
