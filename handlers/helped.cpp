// See helped.hpp.
#include "handlers/helped.hpp"

#include "handlers/coordinators_message.hpp"
#include "handlers/which_program.hpp"
#include "storage/coordinator_acts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace rapport {
namespace {

using storage::act_kind;
using surface::text;

constexpr days looked_back{365};

struct counted_acts {
    int all = 0, too_new = 0, in_touch = 0;
};

constexpr std::array<std::pair<act_kind, std::string_view>, 4> names = {
    {{act_kind::wrote, "messages"},
     {act_kind::spoke, "conversations"},
     {act_kind::not_needed, "lines let be"},
     {act_kind::seen, "lines seen to"}}};

bool in_touch_after(desk &at, const program &rules, const storage::coordinator_act &act) {
    const auto from = plus_days(rules.where.day_of(act.done_at), 1);
    const auto contacts = at.on_file.contacts.between(act.pair, from, plus_days(from, 13));
    return !contacts.empty();
}

} // namespace

std::string what_came_of(std::string_view acts, int all, int in_touch) {
    if (all < enough_acts)
        return fmt::format("{} {} so far: too few to say whether it helps. From {} on I count.", all, acts,
                           enough_acts);
    return fmt::format("{} {}: in {} the two were in touch within two weeks.", all, acts, in_touch);
}

result<answer> did_it_help(desk &at) {
    const auto slug =
        coordinated_program(at, at.words.text("program"), at.line(command_name::program, "helped"));
    if (!slug)
        return slug.error();
    const auto &rules = at.rules().of(*slug);
    std::array<counted_acts, names.size()> counts{};
    for (const auto &act :
         at.on_file.open<storage::coordinator_acts>().since(*slug, at.now() - looked_back)) {
        const auto pair = at.on_file.pairs.by_id(act.pair);
        if (!pair || (at.who.person && pair->side_of(at.who.id())))
            continue;
        const auto which =
            std::find_if(names.begin(), names.end(), [&](auto &one) { return one.first == act.act; });
        if (which == names.end())
            continue;
        auto &one = counts[static_cast<std::size_t>(which - names.begin())];
        if (act.done_at + soon_after > at.now()) {
            ++one.too_new;
            continue;
        }
        ++one.all;
        one.in_touch += in_touch_after(at, rules, act) ? 1 : 0;
    }
    auto words = text("*{}*, the last twelve months.", rules.name);
    bool any = false;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (counts[i].all + counts[i].too_new == 0)
            continue;
        any = true;
        words = surface::lines(
            {words,
             text("{}{}", what_came_of(names[i].second, counts[i].all, counts[i].in_touch),
                  counts[i].too_new == 0 ? std::string()
                                         : fmt::format(" {} more {} not two weeks old.", counts[i].too_new,
                                                       counts[i].too_new == 1 ? "is" : "are"))});
    }
    if (!any)
        return tell(text("Nothing is on record yet. The buttons under each line of `{}` keep what you did.",
                         at.line(command_name::program)));
    return tell(surface::lines({words, text("This counts what came after, not why it came.")}));
}

} // namespace rapport
