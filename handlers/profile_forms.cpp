// Filling in one's profile and choosing who sees what of it; see profiles.hpp.
#include "handlers/finding.hpp"
#include "handlers/permission.hpp"
#include "handlers/profile_import.hpp"
#include "handlers/profile_page.hpp"
#include "handlers/profiles.hpp"
#include "handlers/surface/characters.hpp"
#include "handlers/which_program.hpp"
#include "storage/profiles.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace rapport {
namespace {

using surface::text;

// The words a policy of theirs offers for a field, for its hint.
std::string offered(desk &at, profile_field which) {
    std::vector<std::string> words;
    for (const auto &slug : at.who.programs())
        if (const auto *rules = at.rules().find(slug)) {
            const auto &from = which == profile_field::help   ? rules->ways_to_help
                               : which == profile_field::kind ? rules->mentor_kinds
                                                              : rules->matching.tags;
            if (which == profile_field::help || which == profile_field::kind ||
                which == profile_field::interests || which == profile_field::expertise)
                words.insert(words.end(), from.begin(), from.end());
        }
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    if (words.size() > 12)
        words.resize(12);
    return words.empty() ? std::string() : fmt::format(" For example: {}.", fmt::join(words, ", "));
}

surface::modal words_form(desk &at, const form_page &page, const profile_words &mine) {
    surface::modal form{.callback = std::string(profile_form),
                        .title = std::string(page.title),
                        .submit = "Save",
                        .metadata = std::string(page.name)};
    for (const auto &row : profile_rows()) {
        if (!is_on(page, row.which))
            continue;
        const auto found = mine.find(row.which);
        surface::plain_text_input asks{.initial = found == mine.end() ? "" : found->second.words,
                                       .multiline = row.shape == field_shape::prose && row.most > 200,
                                       .max_length = static_cast<int>(row.most)};
        form.blocks.emplace_back(
            surface::input{.field = std::string(text_of(row.which)),
                           .label = std::string(row.label),
                           .asks = std::move(asks),
                           .hint = fmt::format("{}.{} Seen by: {}.", row.hint, offered(at, row.which),
                                               seen_in_words(sight_of_field(mine, row))),
                           .optional = true});
    }
    return form;
}

surface::modal sight_form(const profile_words &mine) {
    surface::modal form{.callback = std::string(profile_form),
                        .title = "Who sees what",
                        .submit = "Save",
                        .metadata = std::string(sight_page)};
    form.blocks.emplace_back(surface::section{
        .text = text("Coordinators of your programs see all of it; you choose who else does, field by field. "
                     "What somebody may not see does not count in what they are suggested either.")});
    for (const auto &row : profile_rows()) {
        surface::static_select asks;
        for (const auto &[level, word] : seen_by_words)
            asks.options.push_back({.says = std::string(seen_in_words(level)), .value = std::string(word)});
        asks.chosen = std::string(text_of(sight_of_field(mine, row)));
        form.blocks.emplace_back(surface::input{.field = std::string(text_of(row.which)),
                                                .label = std::string(row.label),
                                                .asks = std::move(asks)});
    }
    return form;
}

result<answer> save_sight(desk &at) {
    profile_change change(at);
    for (const auto &[which, before] : profile_words(change.mine())) {
        seen_by chosen{};
        if (parse_text(at.sent().holds.chosen(text_of(which)), chosen))
            change.set(which, {before.words, chosen});
    }
    return change.saved("profile.sight");
}

} // namespace

result<answer> edit_profile(desk &at) {
    if (!at.who.person)
        return in_no_program(at);
    const auto &wanted = at.pressed().value;
    const auto mine = at.on_file.open<storage::profiles>().of(at.who.id());
    if (wanted == sight_page)
        return open_form(sight_form(mine));
    if (wanted == paste_page)
        return open_form(paste_form());
    const auto page = std::find_if(profile_pages.begin(), profile_pages.end(),
                                   [&](auto &one) { return one.name == wanted; });
    if (page == profile_pages.end())
        return not_found("form", at.line(command_name::mentoring, "profile"));
    return open_form(words_form(at, *page, mine));
}

result<answer> save_profile(desk &at) {
    if (!at.who.person)
        return in_no_program(at);
    const auto &sent = at.sent();
    if (sent.metadata == sight_page)
        return save_sight(at);
    const auto page = std::find_if(profile_pages.begin(), profile_pages.end(),
                                   [&](auto &one) { return one.name == sent.metadata; });
    if (page == profile_pages.end())
        return not_found("form", at.line(command_name::mentoring, "profile"));
    profile_change change(at);
    form_errors wrong;
    std::vector<std::pair<profile_field, profile_entry>> all;
    for (const auto &row : profile_rows()) {
        if (!is_on(*page, row.which))
            continue;
        const auto name = std::string(text_of(row.which));
        auto typed = surface::cleaned(sent.holds.text(name));
        if (row.most <= 200)
            typed = surface::one_line(typed);
        const auto read = read_field(row.which, typed, {});
        if (!read)
            wrong.under[name] = refusal_line(read.error()) + " Nothing was saved.";
        else
            all.push_back({row.which, {read->words, sight_of_field(change.mine(), row)}});
    }
    if (!wrong.under.empty()) {
        answer out;
        out.form = std::move(wrong);
        return out;
    }
    for (const auto &[which, entry] : all)
        change.set(which, entry);
    return change.saved("profile");
}

} // namespace rapport
