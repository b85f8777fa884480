// Finding where a value stands and writing another there; see policy_text.hpp.
#include "config/policy_text.hpp"

#include "config/document.hpp"
#include "config/policy_file.hpp"
#include "config/policy_keys.hpp"
#include "mentoring/wording.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport::config {
namespace {

std::string_view name_in(std::string_view key) {
    const auto dot = key.find('.');
    return dot == std::string_view::npos ? key : key.substr(dot + 1);
}

const key_row *row_of(std::string_view key) {
    for (const auto &row : policy_keys())
        if (row.key == key)
            return &row;
    return nullptr;
}

// Bytes before a line; its length if there are fewer lines.
std::size_t start_of_line(std::string_view text, int line) {
    std::size_t at = 0;
    for (int n = 1; n < line; ++n) {
        const auto end = text.find('\n', at);
        if (end == std::string_view::npos)
            return text.size();
        at = end + 1;
    }
    return at;
}

// Columns count code points.
std::size_t offset_of(std::string_view text, place where) {
    auto at = start_of_line(text, where.line);
    for (int column = 1; column < where.column && at < text.size(); ++column) {
        ++at;
        while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80)
            ++at;
    }
    return at;
}

const node *found_in(const node &root, std::string_view key) {
    const auto table = table_of(key);
    const auto *from = table.empty() ? &root : root.find(table);
    return from != nullptr && from->kind == node_kind::table ? from->find(name_in(key)) : nullptr;
}

std::string trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(' ');
    if (first == std::string_view::npos)
        return {};
    return std::string(text.substr(first, text.find_last_not_of(' ') - first + 1));
}

std::string in_quotes(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    return out + "\"";
}

// The value as TOML, by the form of the key's example: a text or a list gets its quotes where it has none.
std::string as_toml(const key_row &row, std::string_view given) {
    std::string value;
    for (const char c : given)
        value += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    value = trimmed(value);
    const bool has_quotes = value.size() >= 2 && value.front() == '"' && value.back() == '"';
    if (row.example.starts_with('"'))
        return has_quotes ? value : in_quotes(value);
    if (!row.example.starts_with('[') || value.starts_with('['))
        return value;
    std::vector<std::string> items;
    for (std::size_t from = 0; from <= value.size();) {
        const auto comma = std::min(value.find(',', from), value.size());
        if (const auto item = trimmed(std::string_view(value).substr(from, comma - from)); !item.empty())
            items.push_back(item.front() == '"' ? item : in_quotes(item));
        from = comma + 1;
    }
    return fmt::format("[{}]", fmt::join(items, ", "));
}

void erase_line_of(std::string &text, place from, place until) {
    const auto first = start_of_line(text, from.line);
    auto last = text.find('\n', offset_of(text, until));
    last = last == std::string::npos ? text.size() : last + 1;
    text.erase(first, last - first);
}

// Behind the head of its table; a table that is not there is made at the end.
void add_line(std::string &text, const node &root, std::string_view key, const std::string &value) {
    const auto line = fmt::format("{} = {}\n", name_in(key), value);
    const auto table = table_of(key);
    if (const auto *there = root.find(table); !table.empty() && there != nullptr) {
        auto at = text.find('\n', offset_of(text, there->at));
        if (at == std::string::npos) {
            text += '\n';
            at = text.size() - 1;
        }
        text.insert(at + 1, line);
        return;
    }
    if (table.empty()) { // before the first table, whose keys would follow else
        std::size_t at = 0;
        while (at < text.size() && text[at] != '[') {
            const auto end = text.find('\n', at);
            at = end == std::string::npos ? text.size() : end + 1;
        }
        if (at == text.size() && !text.empty() && text.back() != '\n') {
            text += '\n';
            ++at;
        }
        text.insert(at, line);
        return;
    }
    if (!text.empty() && text.back() != '\n')
        text += '\n';
    text += fmt::format("\n[{}]\n{}", table, line);
}

std::optional<refusal> set(std::string &text, const policy_setting &setting) {
    const auto *row = row_of(setting.key);
    if (row == nullptr) {
        std::vector<std::string_view> all;
        for (const auto &each : policy_keys())
            all.push_back(each.key);
        const auto near = nearest_word(setting.key, all);
        return refusal{setting.key, fmt::format("A policy has no key “{}”.", setting.key),
                       near ? fmt::format("{} = {}", *near, row_of(*near)->example)
                            : std::string("floor.per_month = 2")};
    }
    if (row->example.starts_with("a table"))
        return refusal{setting.key,
                       fmt::format("{} is a list with parts, which one line cannot hold.", row->key),
                       "change it in the policy's file, and `rapport policy apply FILE`"};
    const auto doc = read_document(text, "policy");
    if (doc.broken)
        return refusal{setting.key, doc.broken->wrong, doc.broken->mend};
    const auto *there = found_in(doc.root, setting.key);
    if (trimmed(setting.value).empty()) {
        if (there != nullptr) {
            const auto table = table_of(setting.key);
            const auto &from = table.empty() ? doc.root : *doc.root.find(table);
            erase_line_of(text, from.place_of(name_in(setting.key)), there->until);
        }
        return std::nullopt;
    }
    const auto value = as_toml(*row, setting.value);
    if (there == nullptr) {
        add_line(text, doc.root, setting.key, value);
        return std::nullopt;
    }
    const auto first = offset_of(text, there->at), last = offset_of(text, there->until);
    text.replace(first, last - first, value);
    return std::nullopt;
}

policy_text_read read_for_people(std::string_view text) {
    auto read = read_policy(text, "policy");
    policy_text_read out{std::move(read.value), {}};
    for (auto &each : read.problems)
        out.problems.push_back({each.at.line, each.at.column, std::move(each.read), std::move(each.wrong),
                                std::move(each.mend)});
    return out;
}

std::vector<policy_chapter> chapters(const program &rules) {
    std::vector<policy_chapter> out;
    for (auto &each : explain(rules))
        out.push_back({std::move(each.heading), std::move(each.sentences)});
    return out;
}

std::vector<policy_change> changes(const program &before, const program &after) {
    std::vector<policy_change> out;
    for (auto &each : differences(before, after))
        out.push_back(
            {std::move(each.key), std::move(each.before), std::move(each.after), std::move(each.whom)});
    return out;
}

} // namespace

std::string written(std::string_view toml, std::string_view key) {
    const auto doc = read_document(toml, "policy");
    const auto *there = doc.broken ? nullptr : found_in(doc.root, key);
    if (there == nullptr)
        return {};
    if (there->kind == node_kind::text)
        return there->text;
    const bool texts =
        there->kind == node_kind::list &&
        std::all_of(there->items.begin(), there->items.end(),
                    [](const node &each) { // one with a comma is shown as it is written
                        return each.kind == node_kind::text && each.text.find(',') == std::string::npos;
                    });
    if (texts) {
        std::vector<std::string_view> all;
        for (const auto &each : there->items)
            all.push_back(each.text);
        return fmt::format("{}", fmt::join(all, ", "));
    }
    const auto first = offset_of(toml, there->at);
    return std::string(toml.substr(first, offset_of(toml, there->until) - first));
}

result<std::string> rewritten(std::string_view toml, std::span<const policy_setting> keys) {
    std::string text(toml);
    for (const auto &each : keys)
        if (auto wrong = set(text, each))
            return std::move(*wrong);
    return {boost::system::in_place_value, std::move(text)};
}

const policy_scribe &scribe() {
    static constexpr policy_scribe all{read_for_people, recall_policy, chapters, changes,
                                       written,         rewritten,     founded};
    return all;
}

} // namespace rapport::config
