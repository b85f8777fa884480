// References to what is owed; see line_meant.hpp.
#include "handlers/line_meant.hpp"

#include "handlers/owed.hpp"
#include "storage/digest.hpp"

#include <fmt/format.h>

namespace rapport {
namespace {

// The values of menus are short (75 characters) and occasions are not, so a reference is a fingerprint of
// what is owed: it is looked for among what the caller owes now.
constexpr std::string_view mark = "owed ";
constexpr std::size_t digits = 20;

std::string reference(const pair_id &pair, const obligation &owed) {
    const auto whole =
        fmt::format("{} {} {} {}", pair.str(), owed.person.str(), text_of(owed.kind), owed.occasion);
    return std::string(mark) + storage::sha256_of(whole).substr(0, digits);
}

struct owed_in_pair {
    storage::pair pair;
    obligation owed;
};

std::optional<owed_in_pair> owed_by_caller(desk &at, std::string_view carried) {
    for (const auto &pair : at.who.pairs) {
        if (!is_live(at.on_file, at.rules(), pair))
            continue;
        for (auto &owed : owed_in(at.on_file, at.rules(), pair, at.now()).owed)
            if (owed.person == at.who.id() && reference(pair.id, owed) == carried)
                return owed_in_pair{pair, std::move(owed)};
    }
    return std::nullopt;
}

std::optional<storage::nudge> referred_to(desk &at, std::string_view carried) {
    const auto found = at.who.person ? owed_by_caller(at, carried) : std::nullopt;
    if (!found)
        return std::nullopt;
    const auto &[pair, owed] = *found;
    const auto kind = std::string(text_of(owed.kind));
    std::optional<storage::nudge> newest;
    for (auto &each : at.on_file.nudges.of_occasion(pair.id, kind, owed.occasion))
        if (each.person == at.who.id() && !each.closed_at && (!newest || each.rung > newest->rung))
            newest = std::move(each);
    if (newest)
        return newest;
    auto line = line_as_shown(pair, owed);
    line.id = at.on_file.ids.next(at.now());
    line.planned_at = at.now();
    at.on_file.nudges.add(line);
    return at.on_file.nudges.find(pair.id, line.kind, line.occasion, line.person, line.rung);
}

} // namespace

storage::nudge line_as_shown(const storage::pair &pair, const obligation &owed) {
    storage::nudge line;
    line.id = reference(pair.id, owed);
    line.pair = pair.id;
    line.kind = std::string(text_of(owed.kind));
    line.occasion = owed.occasion;
    line.person = owed.person;
    line.act = std::string(text_of(rung_act::listed));
    line.since_at = owed.since_at;
    return line;
}

bool is_reference(std::string_view carried) {
    return carried.starts_with(mark);
}

std::optional<storage::nudge> line_meant(desk &at, std::string_view carried) {
    auto line =
        is_reference(carried) ? referred_to(at, carried) : at.on_file.nudges.by_id(std::string(carried));
    if (!line || !at.who.person || line->person != at.who.id())
        return std::nullopt;
    return line;
}

} // namespace rapport
