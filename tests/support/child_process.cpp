// Spawning, reading and ending a child; see child_process.hpp.
#include "tests/support/child_process.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace rapport::tests {
namespace {

using clock = std::chrono::steady_clock;

std::vector<char *> pointers(std::vector<std::string> &texts) {
    std::vector<char *> out;
    for (auto &text : texts)
        out.push_back(text.data());
    out.push_back(nullptr);
    return out;
}

int milliseconds_left(clock::time_point until) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - clock::now()).count();
    return static_cast<int>(std::max<long long>(left, 0));
}

} // namespace

child_process::child_process(const std::vector<std::string> &argv,
                             const std::map<std::string, std::string> &environment,
                             const std::string &working_directory) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        throw std::runtime_error(std::string("pipe: ") + std::strerror(errno));
    auto args = argv;
    std::vector<std::string> env;
    for (const auto &[name, text] : environment)
        env.push_back(name + "=" + text);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 2);
    posix_spawn_file_actions_addchdir_np(&actions, working_directory.c_str());
    const auto failed = posix_spawn(&pid_, argv.at(0).c_str(), &actions, nullptr, pointers(args).data(),
                                    pointers(env).data());
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    out_ = ends[0];
    if (failed != 0) {
        close(out_);
        throw std::runtime_error("cannot start " + argv.at(0) + ": " + std::strerror(failed));
    }
    fcntl(out_, F_SETFL, O_NONBLOCK);
}

child_process::child_process(child_process &&other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      out_(std::exchange(other.out_, -1)),
      pending_(std::move(other.pending_)),
      lines_(std::move(other.lines_)),
      status_(other.status_) {}

child_process::~child_process() {
    if (pid_ > 0)
        kill();
    if (out_ >= 0)
        close(out_);
}

// Reads what has come, waiting for it until then; false when the time is up or the stream has ended.
bool child_process::read_some(clock::time_point until) {
    pollfd ready{out_, POLLIN, 0};
    if (poll(&ready, 1, milliseconds_left(until)) <= 0)
        return false;
    char buffer[16384];
    const auto got = read(out_, buffer, sizeof buffer);
    if (got <= 0)
        return false;
    pending_.append(buffer, static_cast<std::size_t>(got));
    for (auto end = pending_.find('\n'); end != std::string::npos; end = pending_.find('\n')) {
        lines_.push_back(pending_.substr(0, end));
        pending_.erase(0, end + 1);
    }
    return true;
}

std::optional<std::string>
child_process::wait_for_line(const std::function<bool(const std::string &)> &wanted,
                             std::chrono::milliseconds limit) {
    const auto until = clock::now() + limit;
    std::size_t seen = 0;
    do {
        for (; seen < lines_.size(); ++seen)
            if (wanted(lines_[seen]))
                return lines_[seen];
    } while (read_some(until));
    return std::nullopt;
}

void child_process::signal(int number) {
    if (pid_ > 0 && !status_)
        ::kill(pid_, number);
}

std::optional<int> child_process::wait(std::chrono::milliseconds limit) {
    const auto until = clock::now() + limit;
    while (!status_) {
        int raw = 0;
        const auto ended = waitpid(pid_, &raw, WNOHANG);
        if (ended == pid_) {
            status_ = WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
            break;
        }
        if (clock::now() >= until)
            return std::nullopt;
        // the stream closes when the program ends: reading it is how the waiting is done
        if (!read_some(std::min(until, clock::now() + std::chrono::milliseconds(20))))
            poll(nullptr, 0, 2);
    }
    while (read_some(clock::now())) {
    }
    return status_;
}

void child_process::kill() {
    if (pid_ <= 0 || status_)
        return;
    ::kill(pid_, SIGKILL);
    wait(std::chrono::seconds(10));
}

bool child_process::running() {
    return !wait(std::chrono::milliseconds(0));
}

std::string child_process::output() {
    while (read_some(clock::now())) {
    }
    std::string all;
    for (const auto &line : lines_)
        all += line + "\n";
    return all + pending_;
}

} // namespace rapport::tests
