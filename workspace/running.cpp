// A workspace on a thread of its own; see server.hpp.
#include "workspace/server.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <condition_variable>
#include <future>
#include <mutex>
#include <thread>

namespace workspace {

struct running::inner {
    inner(platform_options options, const listen_at &where)
        : on(std::move(options)),
          serving(io, on, where),
          port(serving.port()),
          api_url(serving.api_url()),
          thread([this] { io.run(); }) {}

    ~inner() {
        boost::asio::post(io, [this] {
            serving.stop();
            guard.reset();
        });
        thread.join();
    }

    boost::asio::io_context io{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard{io.get_executor()};
    platform on;
    server serving;
    unsigned short port;
    std::string api_url;
    std::mutex mutex;
    std::condition_variable changed;
    std::thread thread;
};

running::running(platform_options options, const listen_at &where)
    : inner_(std::make_unique<inner>(std::move(options), where)) {}

running::~running() = default;

unsigned short running::port() const {
    return inner_->port;
}

std::string running::api_url() const {
    return inner_->api_url;
}

void running::post(std::function<void(platform &)> what) {
    boost::asio::post(inner_->io, [this, what = std::move(what)] {
        what(inner_->on);
        inner_->serving.wake();
    });
}

void running::with(const std::function<void(platform &)> &what) {
    std::promise<void> done;
    post([&](platform &on) {
        try {
            what(on);
            done.set_value();
        } catch (...) {
            done.set_exception(std::current_exception());
        }
    });
    done.get_future().get();
}

void running::signal(const std::function<void()> &set) {
    const std::lock_guard lock(inner_->mutex);
    set();
    inner_->changed.notify_all();
}

void running::wait_until_set(const bool &set) {
    std::unique_lock lock(inner_->mutex);
    inner_->changed.wait(lock, [&] { return set; });
}

} // namespace workspace
