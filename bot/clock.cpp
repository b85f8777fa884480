// Reads of the machine's clock; see clock.hpp.
#include "bot/clock.hpp"

#include <fstream>

namespace rapport::bot {

instant machine_clock::now() const {
    return std::chrono::floor<milliseconds>(std::chrono::system_clock::now());
}

followed_clock::followed_clock(std::string path) : path_(std::move(path)) {
    follow();
}

instant followed_clock::now() const {
    return machine_clock{}.now() + milliseconds{by_};
}

void followed_clock::follow() {
    std::int64_t by = 0;
    std::ifstream file(path_);
    if (!(file >> by))
        by = 0;
    by_ = by;
}

std::optional<span_of_time> jump_watch::look(instant wall, steady_point steady) {
    const auto jumped = (wall - wall_) - std::chrono::floor<milliseconds>(steady - steady_);
    wall_ = wall;
    steady_ = steady;
    if (jumped > tolerance)
        return jumped;
    if (jumped < -tolerance)
        return jumped;
    return std::nullopt;
}

} // namespace rapport::bot
