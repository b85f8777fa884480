// See own_pair.hpp.
#include "handlers/own_pair.hpp"

#include "handlers/permission.hpp"

#include <algorithm>

namespace rapport {

result<storage::pair> own_pair(const desk &at, std::string_view id) {
    const auto found = std::find_if(at.who.pairs.begin(), at.who.pairs.end(),
                                    [&](const storage::pair &one) { return one.id.str() == id; });
    if (found == at.who.pairs.end())
        return not_found("pair", at.line(command_name::mentoring));
    return *found;
}

storage::person partner_in(const desk &at, const storage::pair &pair) {
    auto found = at.on_file.people.by_id(pair.partner_of(at.who.id()));
    if (!found)
        throw std::logic_error("a pair without its person: " + pair.id.str());
    return std::move(*found);
}

} // namespace rapport
