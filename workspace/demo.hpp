// The demo: the very same bot beside the local workspace in one process and on one thread, with the
// workspace's moved clock as the bot's. Its past is played through the real commands before the page is
// handed out.
#pragma once

#include "workspace/timeline.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace boost::asio {
class io_context;
}

namespace workspace {

struct demo_wishes {
    std::filesystem::path data; // an empty folder; everything the demo keeps is in it
    unsigned short port = 0;    // of the page on loopback; 0: a free one
    instant at{};               // the hour at which the page is handed out
};

struct demo_told {
    std::function<void(const std::string &what)> progress; // "playing the last two weeks"
    std::function<void(const std::string &url)> ready;     // the page can be opened
    std::function<void(int status)> ended;                 // once; after stop(), or when it cannot go on
    std::function<void(const std::string &why)> trouble;   // for standard error
};

class demo {
  public:
    // Throws std::runtime_error where the port cannot be had or a policy cannot stand.
    demo(boost::asio::io_context &io, demo_wishes wishes, demo_told told);
    ~demo();
    demo(const demo &) = delete;

    void start();
    void stop(); // in any phase; `ended` follows

  private:
    struct inside;
    std::shared_ptr<inside> inside_;
};

} // namespace workspace
