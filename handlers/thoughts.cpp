// See thoughts.hpp.
#include "handlers/thoughts.hpp"

#include "handlers/lists.hpp"
#include "mentoring/moments.hpp"
#include "storage/helping.hpp"

#include <set>

namespace rapport {

using surface::text;

std::optional<surface::mrkdwn> take_thought(storage::records &on_file, const house &here,
                                            const storage::person &reader, const storage::pair &pair,
                                            instant now) {
    const auto *rules = here.rules.find(pair.program);
    const auto which = pair.side_of(reader.id);
    if (!rules || !which)
        return std::nullopt;
    const auto month = month_of(rules->where, now);
    const auto *one = thought_of(*rules, *which, month);
    auto given = on_file.open<storage::thoughts>();
    if (!one || given.was_given(reader.id, pair.program, text_of(month)))
        return std::nullopt;
    given.give(reader.id, pair.program, text_of(month), now);
    return text("A thought for {}: {}", full_name(month.month()), one->says);
}

result<answer> list_prompts(desk &at) {
    return prompts_from(at, {}, 0);
}

result<answer> prompts_from(desk &at, const std::string &, std::size_t from) {
    surface::message said{.summary = text("Thoughts for the two of you, to take or leave.")};
    std::vector<surface::section> rows;
    std::set<std::pair<program_slug, side>> seen;
    for (const auto &pair : at.who.pairs) {
        const auto which = *pair.side_of(at.who.id());
        if (!seen.emplace(pair.program, which).second)
            continue;
        const auto &rules = at.rules().of(pair.program);
        const auto month = month_of(rules.where, at.now());
        const auto *now = thought_of(rules, which, month);
        if (now)
            rows.push_back({.text = text("*{}*: {}", full_name(month.month()), now->says)});
        for (const auto &each : rules.prompts)
            if (each.to == which && &each != now)
                rows.push_back(
                    {.text =
                         each.in_month
                             ? text("{}: {}", full_name(date::month{static_cast<unsigned>(*each.in_month)}),
                                    each.says)
                             : text("{}", each.says)});
    }
    if (rows.empty())
        return tell(text("Your program offers no thoughts of its own. Curiosity does as well."));
    said.blocks = surface::joined(
        {{surface::section{.text = said.summary}}, list_page(std::move(rows), from, "prompts")});
    return tell(std::move(said));
}

} // namespace rapport
