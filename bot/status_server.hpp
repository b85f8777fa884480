// The small HTTP server of the status address: one request a connection, few connections, short patience.
// What is answered is decided in health.hpp.
#pragma once

#include "bot/health.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace rapport::bot {

struct status_limits {
    std::size_t connections = 32;              // more are closed at once
    std::size_t header_bytes = 8 * 1024;       // more: 431
    std::chrono::milliseconds patience{5000};  // for a whole request, and for taking the answer
    std::chrono::milliseconds rest_least{100}; // after the machine runs out of files: doubling
    std::chrono::milliseconds rest_most{1000};
};

class status_server {
  public:
    // Listens at "127.0.0.1:8080" or "[::1]:0"; port 0 takes a free one. Throws std::runtime_error with what,
    // why and the mend. `accept_failed` hears of each rest of the accept loop.
    status_server(boost::asio::any_io_executor on, const std::string &address, status_sources from,
                  std::function<void(const std::string &why)> accept_failed, status_limits limits = {});
    ~status_server(); // closes everything

    std::string address() const; // with the port that was taken

  private:
    struct inside;
    std::shared_ptr<inside> inside_;
};

} // namespace rapport::bot
