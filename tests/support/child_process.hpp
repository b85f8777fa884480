// A program run as a child: its environment given whole, its lines read as they come, killed as rudely as a
// test wants.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace rapport::tests {

class child_process {
    pid_t pid_ = -1;
    int out_ = -1;
    std::string pending_;
    std::vector<std::string> lines_;
    std::optional<int> status_;

    bool read_some(std::chrono::steady_clock::time_point until);

  public:
    // Starts `argv[0]` (a path) with exactly this environment. Standard output and standard error come in one
    // stream.
    child_process(const std::vector<std::string> &argv, const std::map<std::string, std::string> &environment,
                  const std::string &working_directory = ".");
    child_process(const child_process &) = delete;
    child_process &operator=(const child_process &) = delete;
    child_process(child_process &&other) noexcept;
    ~child_process(); // SIGKILL if it still runs

    pid_t pid() const {
        return pid_;
    }
    // The first line, old or new, of which `wanted` says yes; none once the program ended or the time is up.
    std::optional<std::string> wait_for_line(const std::function<bool(const std::string &)> &wanted,
                                             std::chrono::milliseconds limit = std::chrono::seconds(20));
    void signal(int number);
    // Waits for the end: the exit status, or 128 + the signal that ended it; none if it still runs after the
    // limit.
    std::optional<int> wait(std::chrono::milliseconds limit = std::chrono::seconds(20));
    // SIGKILL and wait.
    void kill();
    bool running();
    // Everything it printed so far (reads what is there first).
    std::string output();
};

} // namespace rapport::tests
