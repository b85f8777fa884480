// Finding the pair that is meant, or asking; see which_pair.hpp.
#include "handlers/which_pair.hpp"

#include "handlers/surface/typed.hpp"

#include <algorithm>

namespace rapport {
namespace {

using surface::text;

constexpr std::size_t most_buttons = 24;

void keep_if_any(std::vector<storage::pair> &among, auto wanted) {
    std::vector<storage::pair> kept_pairs;
    std::copy_if(among.begin(), among.end(), std::back_inserter(kept_pairs), wanted);
    if (!kept_pairs.empty())
        among = std::move(kept_pairs);
}

// The name people know the pair by; with its program where the two are in several pairs.
std::string label_of(desk &at, const storage::pair &one, const std::vector<storage::pair> &among) {
    const auto &partner = one.partner_of(at.who.id());
    const auto found = at.on_file.people.by_id(partner);
    const auto name = found ? found->name : std::string("Someone");
    const bool several = std::count_if(among.begin(), among.end(), [&](const storage::pair &other) {
                             return other.partner_of(at.who.id()) == partner;
                         }) > 1;
    const auto *rules = at.rules().find(one.program);
    const auto *as = one.side_of(at.who.id()) == side::mentor ? "as mentor" : "as protégé";
    if (!several)
        return name;
    return name + " (" + (rules != nullptr ? rules->name + ", " : std::string()) + as + ")";
}

} // namespace

std::vector<storage::pair> pairs_meant(desk &at, const command_row &row) {
    const auto &me = at.who.id();
    auto among = at.who.pairs;
    if (row.may == permission::mentor || row.may == permission::protege)
        keep_if_any(among, [&](const storage::pair &one) {
            return one.side_of(me) == (row.may == permission::mentor ? side::mentor : side::protege);
        });
    if (among.size() > 1 && !at.asked.channel.empty())
        keep_if_any(among, [&](const storage::pair &one) { return one.channel == at.asked.channel; });
    for (std::size_t i = 0; i < row.words.count && among.size() > 1; ++i) {
        const auto &p = row.words.parameters[i];
        if (p.kind != argument_kind::person || !at.words.person(p.name))
            continue;
        if (const auto named = at.on_file.people.by_slack(*at.words.person(p.name)))
            keep_if_any(among, [&](const storage::pair &one) { return one.partner_of(me) == named->id; });
    }
    return among;
}

answer which_pair(desk &at, const std::vector<storage::pair> &among, const carried_line &line) {
    surface::actions buttons;
    for (const auto &one : among) {
        auto for_it = line;
        for_it.pair = one.id;
        const auto value = in_a_button(for_it);
        if (!value) { // too long for a button: back to its author, to say it where it is clear
            return tell(text(
                "You are in several pairs. Please say this in the conversation of the one you mean; nothing "
                "was saved. Your words:\n{}",
                surface::typed_words(line.words)));
        }
        if (buttons.elements.size() < most_buttons)
            buttons.elements.emplace_back(surface::button{
                .says = label_of(at, one, among), .action = std::string(pair_chosen), .value = *value});
    }
    auto question = surface::said(text("Which pair is this for? Nothing is saved until you choose."));
    question.blocks.emplace_back(std::move(buttons));
    return tell(std::move(question));
}

} // namespace rapport
