// Planning and rendering of home pages; see home_page.hpp.
#include "handlers/home_page.hpp"

#include "handlers/overview.hpp"
#include "handlers/surface/render.hpp"
#include "storage/digest.hpp"
#include "storage/home_pages.hpp"

#include <fmt/format.h>

namespace rapport {

void home_changed(storage::records &on_file, const person_id &whose, instant at) {
    on_file.open<storage::home_pages>().want(on_file.ids.make<storage::outbox_id>(at), whose,
                                             std::string(home_kind), at);
}

std::optional<std::string> home_to_publish(storage::records &on_file, const house &here,
                                           const storage::person &whose, instant now) {
    if (whose.state != person_state::active || !whose.slack)
        return std::nullopt;
    request opened;
    opened.team = on_file.team;
    opened.from = *whose.slack;
    opened.at = now;
    opened.what = home_opened{};
    const auto who = who_asks(on_file, here.rules, here.owners, opened.from);
    desk at{opened, here, the_tables(), on_file, who};
    return fmt::format(R"({{"user_id":"{}","view":{}}})", whose.slack->str(), surface::to_json(home_of(at)));
}

std::string home_seal(const std::string &body) {
    return storage::sha256_of(body);
}

} // namespace rapport
