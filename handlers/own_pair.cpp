// See own_pair.hpp.
#include "handlers/own_pair.hpp"

#include "handlers/naming.hpp"
#include "handlers/permission.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport {

result<storage::pair> own_pair(const desk &at, std::string_view id) {
    const auto found = std::find_if(at.who.pairs.begin(), at.who.pairs.end(),
                                    [&](const storage::pair &one) { return one.id.str() == id; });
    if (found != at.who.pairs.end())
        return *found;
    const auto pair = at.who.person ? at.on_file.pairs.by_id(pair_id{std::string(id)}) : std::nullopt;
    if (!pair || !pair->side_of(at.who.id()))
        return not_found("pair", at.line(command_name::mentoring));
    const auto partner = first_name(partner_in(at, *pair));
    return refusal{fmt::format("something of your time with {}", partner),
                   fmt::format("Your pair with {} ended on {}.", partner,
                               full_date(at.who.where.day_of(pair->ended_at.value_or(at.now())))),
                   at.line(command_name::mentoring)};
}

storage::person partner_in(const desk &at, const storage::pair &pair) {
    auto found = at.on_file.people.by_id(pair.partner_of(at.who.id()));
    if (!found)
        throw std::logic_error("a pair without its person: " + pair.id.str());
    return std::move(*found);
}

} // namespace rapport
