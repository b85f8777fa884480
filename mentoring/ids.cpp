// Our own ids; see ids.hpp for what they promise.
#include "mentoring/ids.hpp"

#include <random>

namespace rapport {
namespace {

constexpr char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

std::uint64_t splitmix(std::uint64_t &x) {
    auto z = (x += 0x9e3779b97f4a7c15U);
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31U);
}

std::uint64_t from_the_system() {
    std::random_device device;
    return (static_cast<std::uint64_t>(device()) << 32U) | device();
}

} // namespace

id_source::id_source() : id_source(from_the_system()) {}

id_source::id_source(std::uint64_t seed) : state_{splitmix(seed), splitmix(seed)} {}

// xorshift128+: chance enough for ids, which are not secrets.
std::uint64_t id_source::draw() {
    auto a = state_[0];
    const auto b = state_[1];
    state_[0] = b;
    a ^= a << 23U;
    state_[1] = a ^ b ^ (a >> 18U) ^ (b >> 5U);
    return state_[1] + b;
}

std::string id_source::next(instant now) {
    const auto ms = now.time_since_epoch().count();
    if (ms > last_ms_) {
        last_ms_ = ms;
        high_ = draw() & 0x7fffU; // the top bit is kept clear, so that counting up cannot overflow
        low_ = draw();
    } else if (++low_ == 0) {
        ++high_;
    }
    const auto time = static_cast<std::uint64_t>(last_ms_);
    std::string text(26, '0');
    for (int i = 0; i < 10; ++i)
        text[static_cast<std::size_t>(9 - i)] = alphabet[(time >> (5U * static_cast<unsigned>(i))) & 31U];
    auto high = high_, low = low_;
    for (std::size_t i = 25; i >= 10; --i) {
        text[i] = alphabet[low & 31U];
        low = (low >> 5U) | (high << 59U);
        high >>= 5U;
    }
    return text;
}

} // namespace rapport
