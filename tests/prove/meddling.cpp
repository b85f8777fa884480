// The page of orders; see meddling.hpp.
#include "tests/prove/meddling.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <new>
#include <stdexcept>
#include <sys/mman.h>
#include <unistd.h>

namespace rapport::prove {

meddling::meddling(const std::filesystem::path &folder) : file_(folder / "orders") {
    const int fd = ::open(file_.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0 || ::ftruncate(fd, sizeof(orders_page)) != 0)
        throw std::runtime_error("no page of orders: " + std::string(std::strerror(errno)));
    void *at = ::mmap(nullptr, sizeof(orders_page), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    ::close(fd);
    if (at == MAP_FAILED)
        throw std::runtime_error("no page of orders: " + std::string(std::strerror(errno)));
    page_ = new (at) orders_page{};
}

meddling::~meddling() {
    ::munmap(page_, sizeof(orders_page));
}

void meddling::into(std::map<std::string, std::string> &environment) const {
    environment["LD_PRELOAD"] = RAPPORT_MEDDLER;
    environment[page_variable] = file_.string();
    // a sanitizer wants to be loaded first; the meddler calls on to whatever comes after it
    environment["ASAN_OPTIONS"] = "verify_asan_link_order=0:detect_leaks=0";
}

void meddling::order(const strike &what, std::size_t place) {
    give(what, place);
    page_->orders[place].on.store(1, std::memory_order_release);
}

void meddling::give(const strike &what, std::size_t place) {
    auto &at = page_->orders.at(place);
    if (what.holding.size() >= sizeof at.holding)
        throw std::length_error("orders hold 47 bytes: " + what.holding);
    at.on = 0;
    std::memcpy(at.holding, what.holding.c_str(), what.holding.size() + 1);
    at.calls = what.calls;
    at.things = what.things;
    at.does = static_cast<std::uint32_t>(what.does);
    at.detail = what.detail;
    at.skip = what.skip;
    at.times = what.times;
    at.struck = 0;
}

void meddling::chain(std::vector<strike> all) {
    take_back();
    for (std::size_t n = 0; n < all.size(); ++n) {
        if (n + 1 < all.size())
            all[n].does = deed::go_on;
        give(all[n], n);
    }
    page_->orders[0].on.store(1, std::memory_order_release);
}

void meddling::take_back() {
    for (auto &each : page_->orders)
        each.on = 0;
}

std::int64_t meddling::struck(std::size_t place) const {
    return page_->orders.at(place).struck;
}

std::int64_t meddling::made(std::uint32_t calls, std::uint32_t things) const {
    std::int64_t all = 0;
    for (std::size_t c = 0; c < call_kinds; ++c)
        for (std::size_t t = 0; t < thing_kinds; ++t)
            if ((calls >> c & 1u) && (things >> t & 1u))
                all += page_->made[c][t];
    return all;
}

void meddling::clear_counts() {
    for (auto &each : page_->made)
        for (auto &count : each)
            count = 0;
}

} // namespace rapport::prove
