// A library that is loaded before libc into the program under test and stands between it and the system: it
// kills, fails, delays or pretends at the call a test names. Without a page of orders it does nothing. It is
// built for tests only; nothing of it is in the program.
#include "tests/prove/orders.hpp"

#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

namespace {

using namespace rapport::prove;

orders_page *page() {
    static orders_page *const shared = [] {
        const char *name = std::getenv(page_variable);
        const int fd = name ? static_cast<int>(::openat(AT_FDCWD, name, O_RDWR | O_CLOEXEC)) : -1;
        if (fd < 0)
            return static_cast<orders_page *>(nullptr);
        void *at = ::mmap(nullptr, sizeof(orders_page), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
        ::close(fd);
        return at == MAP_FAILED ? nullptr : static_cast<orders_page *>(at);
    }();
    return shared;
}

template <class F>
F real(const char *name) {
    return reinterpret_cast<F>(::dlsym(RTLD_NEXT, name));
}

bool ends_with(const char *text, const char *end) {
    const auto length = std::strlen(text), least = std::strlen(end);
    return length >= least && std::strcmp(text + length - least, end) == 0;
}

thing thing_of_path(const char *path) {
    return ends_with(path, "-wal") ? thing::log : ends_with(path, ".db") ? thing::database : thing::other;
}

thing thing_of(int fd) {
    char name[64] = "/proc/self/fd/", path[4096];
    char digits[16];
    int at = 0, rest = fd;
    do
        digits[at++] = static_cast<char>('0' + rest % 10);
    while ((rest /= 10) > 0);
    char *to = name + std::strlen(name);
    while (at > 0)
        *to++ = digits[--at];
    *to = '\0';
    const auto length = ::readlink(name, path, sizeof path - 1);
    if (length <= 0)
        return thing::other;
    path[length] = '\0';
    return thing_of_path(path);
}

bool is_network(int fd) {
    sockaddr_storage name;
    socklen_t size = sizeof name;
    return ::getsockname(fd, reinterpret_cast<sockaddr *>(&name), &size) == 0 &&
           (name.ss_family == AF_INET || name.ss_family == AF_INET6);
}

[[noreturn]] void die() {
    ::kill(::getpid(), SIGKILL);
    for (;;)
        ::pause();
}

void wait_for(std::int32_t milliseconds) {
    timespec left{milliseconds / 1000, (milliseconds % 1000) * 1'000'000L};
    while (::nanosleep(&left, &left) == -1 && errno == EINTR) {
    }
}

struct bytes {
    const void *at = nullptr;
    size_t size = 0;
};

bool hold(const bytes &all, const char *wanted) {
    return *wanted == '\0' || (all.at && ::memmem(all.at, all.size, wanted, std::strlen(wanted)));
}

// The order that strikes this call; none: it is let through.
order *struck_by(call which, thing what, const bytes &written) {
    auto *const all = page();
    if (!all)
        return nullptr;
    ++all->made[static_cast<std::size_t>(which)][static_cast<std::size_t>(what)];
    for (auto &each : all->orders) {
        if (!each.on.load(std::memory_order_acquire) || !(each.calls & bit(which)) ||
            !(each.things & bit(what)) || !hold(written, each.holding))
            continue;
        if (each.skip.fetch_sub(1) > 0)
            continue;
        const auto left = each.times.fetch_sub(1);
        if (left == 0) {
            each.on = 0;
            continue;
        }
        if (left == 1)
            each.on = 0;
        ++each.struck;
        return &each;
    }
    return nullptr;
}

// Makes a call or not, as ordered. `done` is what `pretend` reports; `half` is the call for less of the same.
template <class Result, class Make, class Half>
Result meddled(call which, thing what, Result done, Make make, Half half, const bytes &written = {}) {
    auto *const how = struck_by(which, what, written);
    if (!how)
        return make();
    switch (static_cast<deed>(how->does.load())) {
    case deed::kill_before:
        wait_for(how->detail);
        die();
    case deed::kill_after: {
        make();
        die();
    }
    case deed::fail:
        errno = how->detail;
        return -1;
    case deed::cut_short:
        return half();
    case deed::pretend:
        return done;
    case deed::delay:
        wait_for(how->detail);
        return make();
    case deed::go_on: {
        const auto made = make();
        const auto error = errno;
        if (how + 1 < page()->orders.data() + page()->orders.size())
            how[1].on = 1;
        errno = error;
        return made;
    }
    }
    return make();
}

template <class Result, class Make>
Result meddled(call which, thing what, Result done, Make make) {
    return meddled(which, what, done, make, make);
}

} // namespace

extern "C" {

ssize_t pwrite64(int fd, const void *from, size_t size, off64_t at) {
    static const auto make = real<ssize_t (*)(int, const void *, size_t, off64_t)>("pwrite64");
    return meddled<ssize_t>(
        call::write, thing_of(fd), static_cast<ssize_t>(size), [&] { return make(fd, from, size, at); },
        [&] { return make(fd, from, size / 2, at); }, {from, size});
}

int fdatasync(int fd) {
    static const auto make = real<int (*)(int)>("fdatasync");
    return meddled<int>(call::sync, thing_of(fd), 0, [&] { return make(fd); });
}

int fsync(int fd) {
    static const auto make = real<int (*)(int)>("fsync");
    return meddled<int>(call::sync, thing_of(fd), 0, [&] { return make(fd); });
}

int ftruncate64(int fd, off64_t size) noexcept {
    static const auto make = real<int (*)(int, off64_t)>("ftruncate64");
    return meddled<int>(call::truncate, thing_of(fd), 0, [&] { return make(fd, size); });
}

int unlink(const char *path) noexcept {
    static const auto make = real<int (*)(const char *)>("unlink");
    return meddled<int>(call::remove, thing_of_path(path), 0, [&] { return make(path); });
}

int open64(const char *path, int flags, ...) {
    static const auto make = real<int (*)(const char *, int, mode_t)>("open64");
    mode_t mode = 0;
    if (flags & (O_CREAT | O_TMPFILE)) {
        va_list more;
        va_start(more, flags);
        mode = va_arg(more, mode_t);
        va_end(more);
    }
    const auto what = thing_of_path(path);
    // the program opens many files that are not its own; only the database's are anybody's business
    if (what == thing::other)
        return make(path, flags, mode);
    return meddled<int>(call::open, what, -1, [&] { return make(path, flags, mode); });
}

ssize_t sendmsg(int fd, const msghdr *what, int flags) {
    static const auto make = real<ssize_t (*)(int, const msghdr *, int)>("sendmsg");
    if (!is_network(fd))
        return make(fd, what, flags);
    size_t size = 0;
    for (size_t i = 0; i < what->msg_iovlen; ++i)
        size += what->msg_iov[i].iov_len;
    return meddled<ssize_t>(call::send, thing::network, static_cast<ssize_t>(size),
                            [&] { return make(fd, what, flags); });
}

ssize_t send(int fd, const void *from, size_t size, int flags) {
    static const auto make = real<ssize_t (*)(int, const void *, size_t, int)>("send");
    if (!is_network(fd))
        return make(fd, from, size, flags);
    return meddled<ssize_t>(call::send, thing::network, static_cast<ssize_t>(size),
                            [&] { return make(fd, from, size, flags); });
}

} // extern "C"
