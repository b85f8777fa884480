// The workspace on a port: HTTP and WebSocket, plain on loopback or over TLS, on an io_context of the
// caller's or on a thread of its own. It moves bytes; every decision is the platform's.
#pragma once

#include "workspace/platform.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace boost::asio {
class io_context;
}

namespace workspace {

// PEM texts.
struct tls_identity {
    std::string certificate;
    std::string key;
};

// A self-signed certificate for localhost and 127.0.0.1, good for ten years.
tls_identity make_identity();

struct listen_at {
    std::string address = "127.0.0.1";
    unsigned short port = 0; // 0: a free one
    std::optional<tls_identity> tls;
};

// Serves one platform from one thread: the one that runs the io_context, which is then the only one to touch
// the platform. Throws std::runtime_error with the reason if it cannot listen.
class server {
  public:
    server(boost::asio::io_context &io, platform &on, const listen_at &where);
    ~server();
    server(const server &) = delete;
    server &operator=(const server &) = delete;

    unsigned short port() const;
    std::string base_url() const; // "http://127.0.0.1:4711"
    std::string api_url() const;  // base_url() + "/api/"
    void stop();                  // cuts every connection; nothing more is accepted

    // Looks again when the next entry of the agenda falls due; call it after touching the platform yourself.
    void wake();

  private:
    struct inner;
    std::shared_ptr<inner> inner_;
};

// A workspace that runs on a thread of its own, for tests: everything goes through with() and wait().
class running {
  public:
    explicit running(platform_options options = {}, const listen_at &where = {});
    ~running();
    running(const running &) = delete;
    running &operator=(const running &) = delete;

    unsigned short port() const;
    std::string api_url() const;

    // Runs on the workspace's thread and waits for it; what it throws is thrown here.
    void with(const std::function<void(platform &)> &what);
    // The same for an act that the app answers: `what` is given the callback, the outcome comes back.
    template <class Outcome>
    Outcome wait(const std::function<void(platform &, std::function<void(Outcome)>)> &what);

  private:
    struct inner;
    void post(std::function<void(platform &)> what);
    void wait_until_set(const bool &set);
    void signal(const std::function<void()> &set);
    std::unique_ptr<inner> inner_;
};

template <class Outcome>
Outcome running::wait(const std::function<void(platform &, std::function<void(Outcome)>)> &what) {
    auto done = std::make_shared<std::pair<bool, Outcome>>();
    post([this, what, done](platform &on) {
        what(on, [this, done](Outcome outcome) {
            signal([&] {
                done->second = std::move(outcome);
                done->first = true;
            });
        });
    });
    wait_until_set(done->first);
    return done->second;
}

} // namespace workspace
