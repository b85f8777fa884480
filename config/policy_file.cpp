// The loops over the table of keys; see policy_file.hpp.
#include "config/policy_file.hpp"

#include "config/policy_keys.hpp"
#include "config/policy_spoken.hpp"
#include "mentoring/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

namespace rapport::config {
namespace {

std::string_view name_in_table(std::string_view key) {
    const auto dot = key.find('.');
    return dot == std::string_view::npos ? key : key.substr(dot + 1);
}

// The tables of the file, and the keys of one of them ("" for the top).
std::vector<std::string_view> tables() {
    std::vector<std::string_view> all;
    for (const auto &row : policy_keys())
        if (const auto table = table_of(row.key);
            !table.empty() && std::find(all.begin(), all.end(), table) == all.end())
            all.push_back(table);
    return all;
}
std::vector<std::string_view> keys_of(std::string_view table) {
    std::vector<std::string_view> all;
    for (const auto &row : policy_keys())
        if (table_of(row.key) == table)
            all.push_back(name_in_table(row.key));
    return all;
}

const key_row *row_of(std::string_view table, std::string_view name) {
    for (const auto &row : policy_keys())
        if (table_of(row.key) == table && name_in_table(row.key) == name)
            return &row;
    return nullptr;
}

std::string known(std::string_view word, const std::vector<std::string_view> &all) {
    if (const auto near = nearest_word(word, all))
        return fmt::format("Did you mean {}?", *near);
    return fmt::format("Known here: {}.", listed({all.begin(), all.end()}));
}

void read_keys(const node &from, std::string_view table, program &to, complaints &out) {
    for (const auto &[name, value] : from.entries) {
        if (const auto *row = row_of(table, name)) {
            if (!row->read(value, to, out))
                out.add(value.at, value.shown(), fmt::format("{} is not {}.", row->key, row->what()),
                        fmt::format("Write {} = {}.", name, row->example));
            continue;
        }
        const auto all = tables();
        const bool is_table = table.empty() && std::find(all.begin(), all.end(), name) != all.end();
        if (is_table)
            continue;
        auto here = keys_of(table);
        if (table.empty())
            here.insert(here.end(), all.begin(), all.end());
        out.add(from.place_of(name), name,
                table.empty() ? fmt::format("There is no key {}.", name)
                              : fmt::format("There is no key {} in [{}].", name, table),
                known(name, here));
    }
}

void read_all(const node &root, program &to, complaints &out) {
    read_keys(root, {}, to, out);
    const auto groups = policy_groups();
    for (const auto table : tables()) {
        const auto *found = root.find(table);
        if (found == nullptr)
            continue;
        if (found->kind != node_kind::table) {
            out.add(found->at, found->shown(),
                    fmt::format("{} is {}, not a table.", table, name_of(found->kind)),
                    fmt::format("Write [{}] on a line of its own, and its keys below.", table));
            continue;
        }
        const auto group = std::find_if(groups.begin(), groups.end(),
                                        [table](const group_row &g) { return g.table == table; });
        if (group != groups.end() && !group->promised(to))
            group->promise(to);
        read_keys(*found, table, to, out);
    }
}

// Where a key stands in the file, or its table where it does not.
place place_of_key(const node &root, std::string_view key) {
    const auto table = table_of(key);
    if (table.empty())
        return root.find(key) != nullptr ? root.place_of(key) : place{1, 1};
    const auto *found = root.find(table);
    return found != nullptr ? found->place_of(name_in_table(key)) : place{1, 1};
}

bool is_written(const node &root, std::string_view key) {
    const auto table = table_of(key);
    const auto *from = table.empty() ? &root : root.find(table);
    return from != nullptr && from->find(name_in_table(key)) != nullptr;
}

void look_for_missing(const node &root, complaints &out) {
    for (const auto &row : policy_keys()) {
        // the one date of a term must be there when the table is
        const bool required = row.required || (row.key == "term.dates" && root.find("term") != nullptr);
        if (required && !is_written(root, row.key))
            out.add(place_of_key(root, row.key), {}, fmt::format("{} is missing.", row.key),
                    fmt::format("Write {} = {}{}.", name_in_table(row.key), row.example,
                                table_of(row.key).empty() ? "" : fmt::format(" in [{}]", table_of(row.key))));
    }
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

std::string capital(std::string word) {
    if (!word.empty() && word[0] >= 'a' && word[0] <= 'z')
        word[0] = static_cast<char>(word[0] - 'a' + 'A');
    return word;
}

// The words of the roles first: a value may hold braces.
std::string told(std::string_view sentence, const program &rules, const std::string &value) {
    std::string text(sentence);
    text = replaced(text, "{mentors}", rules.mentor_word.many);
    text = replaced(text, "{mentor}", rules.mentor_word.one);
    text = replaced(text, "{Mentors}", capital(rules.mentor_word.many));
    text = replaced(text, "{proteges}", rules.protege_word.many);
    text = replaced(text, "{protege}", rules.protege_word.one);
    text = replaced(text, "{Proteges}", capital(rules.protege_word.many));
    const auto at = text.find("{}");
    if (at != std::string::npos)
        text.replace(at, 2, value);
    return text;
}

std::string heading_of(std::string_view table) {
    return table.empty() ? "The program" : capital(replaced(std::string(table), "_", " "));
}

std::string value_of(const key_row &row, const program &rules) {
    return is_promised(rules, row.key) ? row.show(rules) : std::string();
}

// The tables in which there are problems, by the lines where they begin.
std::set<std::string_view> tables_with(const std::vector<problem> &problems, const node &root) {
    std::set<std::string_view> found;
    for (const auto &each : problems) {
        std::string_view table;
        int begins = 0;
        for (const auto &[name, value] : root.entries) {
            const bool is_list = value.kind == node_kind::list && !value.items.empty() &&
                                 value.items.front().kind == node_kind::table;
            if (value.kind != node_kind::table && !is_list)
                continue;
            const auto line = is_list ? value.items.front().at.line : value.at.line;
            if (line <= each.at.line && line > begins) {
                begins = line;
                table = name;
            }
        }
        found.insert(table);
    }
    return found;
}

std::string full_value_of(const key_row &row, const program &rules) {
    return is_promised(rules, row.key) ? row.full(rules) : std::string();
}

} // namespace

policy_reading read_policy(std::string_view toml, const std::string &source) {
    const auto doc = read_document(toml, source);
    if (doc.broken)
        return {{}, {*doc.broken}};
    program found;
    complaints out{source, {}};
    read_all(doc.root, found, out);
    look_for_missing(doc.root, out);
    // A proof about values that could not be read would only repeat that.
    const auto unread = tables_with(out.all, doc.root);
    const bool hours_are_read = !unread.contains("hours") && !unread.contains("term");
    if (hours_are_read) // nearly every proof is about them too
        for (const auto &row : policy_keys())
            if (row.prove != nullptr && !unread.contains(table_of(row.key)) && is_promised(found, row.key))
                if (const auto why = row.prove(found))
                    out.add(place_of_key(doc.root, row.key), value_of(row, found),
                            std::string(row.key) + ": " + why->wrong, why->mend);
    std::stable_sort(out.all.begin(), out.all.end(), [](const problem &a, const problem &b) {
        return std::pair(a.at.line, a.at.column) < std::pair(b.at.line, b.at.column);
    });
    if (out.all.empty())
        return {std::move(found), {}};
    return {{}, std::move(out.all)};
}

std::optional<program> recall_policy(std::string_view toml) {
    const auto doc = read_document(toml, "policy");
    if (doc.broken)
        return std::nullopt;
    program found;
    complaints out{"policy", {}};
    read_all(doc.root, found, out);
    if (found.slug.empty())
        return std::nullopt;
    return found;
}

policy_file load_policy(const std::filesystem::path &file) {
    std::ifstream in(file, std::ios::binary);
    if (!in || std::filesystem::is_directory(file))
        return {{{},
                 {{file.string(),
                   {},
                   {},
                   "This policy file cannot be read.",
                   "Name one that this user may read."}}},
                {}};
    policy_file loaded;
    loaded.text.assign(std::istreambuf_iterator<char>(in), {});
    loaded.reading = read_policy(loaded.text, file.string());
    const auto &rules = loaded.reading.value;
    if (rules && rules->slug.str() != file.stem().string()) {
        const auto doc = read_document(loaded.text, file.string());
        loaded.reading.problems.push_back(
            {file.string(), doc.root.place_of("slug"), rules->slug.str(),
             "The slug is not the name of the file.",
             fmt::format("Write slug = \"{}\", or rename the file.", file.stem().string())});
        loaded.reading.value.reset();
    }
    return loaded;
}

std::vector<explained> explain(const program &rules) {
    std::vector<explained> all;
    const auto under = [&all](std::string_view table) -> explained & {
        const auto heading = heading_of(table);
        if (all.empty() || all.back().heading != heading)
            all.push_back({heading, {}});
        return all.back();
    };
    const auto groups = policy_groups();
    for (const auto &row : policy_keys()) {
        const auto table = table_of(row.key);
        if (!is_promised(rules, row.key)) {
            const auto group = std::find_if(groups.begin(), groups.end(),
                                            [table](const group_row &g) { return g.table == table; });
            if (auto &to = under(table); to.sentences.empty())
                to.sentences.push_back(told(group->unless, rules, {}));
            continue;
        }
        const auto value = row.show(rules);
        const auto meant = sentence_for(row.key, value);
        const auto sentence = meant ? *meant : value.empty() || value == "no" ? row.unless : row.says;
        if (!sentence.empty())
            under(table).sentences.push_back(told(sentence, rules, spoken(row.key, value)));
    }
    return all;
}

std::string text_of(const std::vector<explained> &all) {
    std::string text;
    for (const auto &each : all) {
        text += (text.empty() ? "" : "\n") + each.heading + "\n";
        for (const auto &sentence : each.sentences)
            text += "  " + sentence + "\n";
    }
    return text;
}

std::vector<change> differences(const program &before, const program &after) {
    std::vector<change> all;
    for (const auto &row : policy_keys()) {
        auto was = value_of(row, before), is = value_of(row, after);
        if (was == is) { // what people are told is alike; a link or an id may not be
            was = full_value_of(row, before);
            is = full_value_of(row, after);
        }
        if (was != is)
            all.push_back(
                {std::string(row.key), std::move(was), std::move(is), std::string(text_of(row.whom))});
    }
    return all;
}

std::string text_of(const std::vector<change> &all) {
    if (all.empty())
        return "Nothing changes.\n";
    std::string text;
    for (const auto &each : all) {
        if (each.before.empty())
            text += fmt::format("{}: new, {} ({})\n", each.key, each.after, each.whom);
        else if (each.after.empty())
            text += fmt::format("{}: {} is no longer promised ({})\n", each.key, each.before, each.whom);
        else
            text += fmt::format("{}: {} becomes {} ({})\n", each.key, each.before, each.after, each.whom);
    }
    return text;
}

} // namespace rapport::config
