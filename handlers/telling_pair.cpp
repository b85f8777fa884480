// See telling_pair.hpp.
#include "handlers/telling_pair.hpp"

#include "handlers/surface/packed.hpp"
#include "handlers/taking_back.hpp"

#include <charconv>

namespace rapport {

std::string tell_pair(desk &at, const storage::pair &pair, std::string_view kind, std::string subject,
                      std::string key, const std::map<std::string, std::string> &params, bool at_once) {
    auto all = params;
    all["by"] = at.who.id().str();
    at.on_file.outbox.add({.team = at.asked.team,
                           .id = at.on_file.ids.make<storage::outbox_id>(at.now()),
                           .key = key,
                           .verb = storage::outbox_verb::post,
                           .kind = std::string(kind),
                           .policy = storage::send_policy::at_least_once,
                           .pair = pair.id,
                           .subject = std::move(subject),
                           .params = surface::packed(all),
                           .not_before_at = at_once ? at.now() : partner_hears_at(at),
                           .created_at = at.now()});
    return key;
}

std::string told::operator[](const std::string &name) const {
    const auto found = params.find(name);
    return found == params.end() ? std::string() : found->second;
}

std::int64_t told::number(const std::string &name) const {
    const auto text = (*this)[name];
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

bool told::holds() const {
    return pair && pair->state != pair_state::ended && by;
}

told told_in(storage::records &on_file, const storage::outbox_row &row) {
    told out;
    out.params = surface::unpacked(row.params);
    if (row.pair)
        out.pair = on_file.pairs.by_id(*row.pair);
    out.by = on_file.people.by_id(person_id{out["by"]});
    return out;
}

std::string stamp(const std::optional<instant> &at) {
    return at ? std::to_string(at->time_since_epoch().count()) : std::string("-");
}

std::optional<instant> read_stamp(std::string_view text) {
    std::int64_t count = 0;
    const auto [end, bad] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (bad != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return instant{milliseconds{count}};
}

} // namespace rapport
