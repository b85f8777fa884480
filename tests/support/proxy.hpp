// A TCP proxy between a client and a server on loopback, on a thread of its own, that breaks the network by
// name: nothing is forwarded (stall), connections are reset, closed, or refused. Bytes are never looked at.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <thread>

namespace rapport::tests {

// How the network is right now.
enum class network {
    works,
    stalls,  // connections stay open and take bytes, nothing arrives: a black hole
    refuses, // new connections are closed at once; the old ones go on
};

class proxy {
    struct link;
    std::uint16_t to_;
    std::uint16_t port_ = 0;
    int listener_ = -1;
    int wake_[2] = {-1, -1};
    std::atomic<network> state_{network::works};
    std::atomic<bool> reset_all_{false}, drop_all_{false}, stop_{false};
    std::atomic<int> accepted_{0}, cut_{0};
    std::thread thread_;

    void run();
    void wake();

  public:
    explicit proxy(std::uint16_t to); // forwards to 127.0.0.1:to
    proxy(const proxy &) = delete;
    proxy &operator=(const proxy &) = delete;
    ~proxy();

    std::uint16_t port() const {
        return port_;
    }
    void set(network state);
    void reset_all(); // every open connection ends with RST
    void drop_all();  // every open connection is closed in order, at once
    int accepted() const {
        return accepted_;
    }
    int cut() const { // connections ended by reset_all and drop_all
        return cut_;
    }
};

} // namespace rapport::tests
