// Zones over the date library; see zones.hpp for the rules about times that are skipped or happen twice.
#include "mentoring/zones.hpp"

#include <date/tz.h>

#include <stdexcept>

namespace rapport {

zone::zone() {
    static const auto *const utc = date::locate_zone("Etc/UTC");
    data_ = utc;
}

std::optional<zone> zone::named(std::string_view name) {
    // "localtime" is whatever the machine is set to, so it would mean something else after a move.
    if (name.empty() || name == "localtime")
        return std::nullopt;
    try {
        return zone(date::locate_zone(name));
    } catch (const std::runtime_error &) {
        return std::nullopt;
    }
}

const std::string &zone::name() const {
    return data_->name();
}

wall_time zone::local(instant at) const {
    const auto local = data_->to_local(at);
    const auto midnight = date::floor<days>(local);
    return {day{midnight}, local - midnight};
}

day zone::day_of(instant at) const {
    return local(at).date;
}

instant zone::at(day date, milliseconds since_midnight) const {
    const auto wanted = date::local_days{date} + since_midnight;
    return data_->to_sys(wanted, date::choose::earliest);
}

instant zone::start_of(day date) const {
    return at(date, milliseconds{0});
}

} // namespace rapport
