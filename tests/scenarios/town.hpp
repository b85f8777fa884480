// A town to try the whole in: a local workspace over TLS in this process, and the real program as a child,
// with its settings, its data folder and a clock that both follow. Nothing of the bot is linked here.
#pragma once

#include "tests/support/child_process.hpp"
#include "workspace/hands.hpp"
#include "workspace/server.hpp"

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace rapport::tests {

using workspace::json;

class town {
  public:
    explicit town(workspace::platform_options options = {});
    ~town(); // ends the program and removes the folder
    town(const town &) = delete;

    std::filesystem::path folder;
    std::map<std::string, std::string> environment; // of the program
    std::string executable = RAPPORT_PROGRAM;
    workspace::running place;

    void write(const std::string &file, const std::string &text) const;

    // Starts `rapport VERB...`; without words: serve.
    tests::child_process &start(const std::vector<std::string> &words = {"serve"});
    tests::child_process &program() {
        return *program_;
    }
    // Starts to serve and waits until it says "started"; throws with its log if it does not.
    void serve();
    // Ends the program by a signal and gives its exit status.
    int end(int signal);
    // The line of this event as JSON; waits for it.
    std::optional<json> event(const std::string &name);
    // GET of the status address: status line and body.
    std::string status(const std::string &path);

    // Acts of people, each waiting for what the person saw.
    workspace::outcome types(const std::string &who, const std::string &line,
                             const std::string &channel = "C0GENERAL");
    workspace::outcome says(const std::string &who, const std::string &channel, const std::string &words);
    workspace::outcome presses(const std::string &who, const workspace::spot &where,
                               const std::string &action);
    // The newest message of a conversation, as this person sees it, of which `wanted` says yes; waits for it.
    std::optional<json> message(const std::string &who, const std::string &channel,
                                const std::function<bool(const json &)> &wanted);
    std::string direct(const std::string &who); // the conversation with the app
    void put_fault(const workspace::fault &what);
    std::size_t calls(const std::string &method);

    // Both clocks forward, and the program has seen it.
    void pass(std::chrono::milliseconds span);

    // Files of the data folder and the log that hold this text; empty: none does.
    std::string where_found(const std::string &text);

  private:
    std::string jumps_seen();

    std::unique_ptr<tests::child_process> program_;
    std::string printed_;
    std::chrono::milliseconds offset_{0};
};

// The words of what a person saw at once.
std::string words_of(const workspace::outcome &seen);

} // namespace rapport::tests
