// The door by which commands on the same machine ask the running service: a socket in the data folder that
// only its owner can open. One line asks, one answer comes, and the connection ends.
#pragma once

#include <boost/asio/any_io_executor.hpp>

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace rapport::bot {

// Beside an SQLite file; none for other databases, which any process may open.
std::optional<std::filesystem::path> control_path(const std::string &database);

class control_socket {
  public:
    // Asked with the words of a line; answers once, later, on the loop's thread.
    using answering = std::function<void(const std::string &asked, std::function<void(std::string)> then)>;

    // Listens at `path`, readable and writable by its owner only; what an earlier process left there goes.
    // Throws std::runtime_error where that cannot be.
    control_socket(boost::asio::any_io_executor on, std::filesystem::path path, answering by);
    ~control_socket(); // the path goes with it

  private:
    struct inside;
    std::shared_ptr<inside> inside_;
};

// The answer of the service that listens at `path`; none where nobody does.
std::optional<std::string> ask_service(const std::filesystem::path &path, const std::string &line);

} // namespace rapport::bot
