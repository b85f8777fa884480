// Every command of the README and of docs/real-workspace.md, taken out of the page itself and run: shell
// lines in a shell, workspace lines by people of the local workspace. A page that drifts from the program
// fails here.
#include "tests/scenarios/town.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <catch2/catch.hpp>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

using namespace rapport::tests;
namespace fs = std::filesystem;

namespace {

struct block {
    std::string kind; // what stands behind the three marks: "sh", "workspace"
    std::vector<std::string> lines;
};

std::string text_of(const fs::path &file) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
}

std::string trimmed(const std::string &line) {
    const auto from = line.find_first_not_of(' ');
    return from == std::string::npos ? "" : line.substr(from);
}

// The fenced blocks of a page, also those inside a list.
std::vector<block> blocks_of(const std::string &page) {
    std::vector<block> all;
    std::istringstream in(page);
    bool inside = false;
    for (std::string line; std::getline(in, line);) {
        const auto bare = trimmed(line);
        if (bare.starts_with("```")) {
            if (!inside)
                all.push_back({bare.substr(3), {}});
            inside = !inside;
        } else if (inside && !bare.empty()) {
            all.back().lines.push_back(bare);
        }
    }
    REQUIRE_FALSE(inside);
    return all;
}

std::string replaced(std::string text, const std::string &what, const std::string &by) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
    return text;
}

unsigned short free_port() {
    boost::asio::io_context io;
    boost::asio::ip::tcp::acceptor probe(io, {boost::asio::ip::address_v4::loopback(), 0});
    return probe.local_endpoint().port();
}

// A clone as a reader has it: the settings and policies, and the programs where `./dev build` leaves them.
struct cloned {
    fs::path root;

    explicit cloned(const town &t) : root(t.folder / "clone") {
        fs::create_directories(root / "build" / "release");
        fs::copy("config", root / "config", fs::copy_options::recursive);
        // another test may have the port that the page names
        const auto settings = root / "config" / "rapport.toml";
        const auto any_port = replaced(text_of(settings), "127.0.0.1:8080", "127.0.0.1:0");
        std::ofstream(settings) << any_port;
        fs::create_symlink(fs::absolute(RAPPORT_PROGRAM), root / "build" / "release" / "rapport");
        fs::create_symlink(fs::absolute(LOCAL_WORKSPACE), root / "build" / "release" / "local-workspace");
        fs::create_directories(root / "home");
    }
};

// What a page leaves to the reader, put in: the tokens of the workspace here.
std::string filled_in(const std::string &line) {
    return replaced(replaced(line, "xapp-...", "xapp-1-local-workspace"), "xoxb-...", "xoxb-local-workspace");
}

bool is_word_of_dev(const std::string &word) {
    return text_of("dev").find("./dev " + word) != std::string::npos;
}

// The shell lines of a page up to `rapport serve`, which takes the shell's place.
std::string script_of(const std::vector<block> &blocks) {
    std::string script = "set -eu\n";
    for (const auto &one : blocks) {
        if (one.kind != "sh")
            continue;
        for (const auto &line : one.lines) {
            if (line.starts_with("./dev ")) { // building is what brought us here
                CHECK(is_word_of_dev(line.substr(6, line.find_first_of(" ", 6) - 6)));
                continue;
            }
            if (line.ends_with("rapport serve"))
                return script + "exec " + filled_in(line) + "\n";
            script += filled_in(line) + "\n";
        }
    }
    return script;
}

void follows(const std::string &page) {
    const auto blocks = blocks_of(text_of(page));
    for (const auto &one : blocks) {
        CAPTURE(one.kind);
        CHECK(std::set<std::string>{"sh", "workspace", "toml"}.count(one.kind) == 1);
    }
    town t;
    const cloned at(t);
    auto environment = t.environment;
    environment.erase("SLACK_APP_TOKEN"); // the page sets these
    environment.erase("SLACK_BOT_TOKEN");
    environment.erase("RAPPORT_CONFIG");
    environment["HOME"] = (at.root / "home").string();
    environment["PATH"] = "/usr/bin:/bin";
    child_process shell({"/bin/bash", "-c", script_of(blocks)}, environment, at.root.string());
    const auto started = shell.wait_for_line(
        [](const std::string &line) { return line.find("\"event\":\"started\"") != std::string::npos; },
        std::chrono::seconds(90));
    if (!started)
        FAIL(page << ": " << shell.output());
    CHECK(shell.output().find("WRONG") == std::string::npos);
    std::size_t typed = 0;
    for (const auto &one : blocks)
        for (const auto &line : one.lines) {
            if (one.kind != "workspace")
                continue;
            CAPTURE(line);
            const auto seen = t.types("U0COORD", line);
            CHECK(seen.good());
            CHECK_FALSE(words_of(seen).empty());
            CHECK(words_of(seen).find("Nothing was saved") == std::string::npos);
            ++typed;
        }
    CHECK(typed >= 3);
    shell.signal(SIGTERM);
    CHECK(shell.wait() == 0);
}

} // namespace

TEST_CASE("the README's commands, as they stand there, make a workspace with a pair in it") {
    follows("README.md");
}

TEST_CASE("the commands of a real workspace's ten minutes do, as they stand there") {
    follows("docs/real-workspace.md");
}

TEST_CASE("the rehearsal beside the local workspace runs as it stands in its page") {
    const auto blocks = blocks_of(text_of("docs/real-workspace.md"));
    const auto last = blocks.back();
    REQUIRE(last.kind == "sh");
    town t; // for its folder
    const cloned at(t);
    const auto port = std::to_string(free_port());
    std::string script = "set -eu\nmkdir -p ~/rapport/programs\ncp config/rapport.toml ~/rapport/\n"
                         "cp config/programs/starter.toml ~/rapport/programs/\n"
                         "export RAPPORT_CONFIG=~/rapport/rapport.toml\n"
                         "sed -i 's/^owners = .*/owners = [\"U0COORD\"]/' ~/rapport/rapport.toml\n";
    std::string check;
    for (const auto &line : last.lines) {
        const auto here = replaced(line, "4711", port);
        if (here.find("local-workspace --port") != std::string::npos) // it stays beside the others
            script += "exec 3< <(" + here +
                      ")\nread -r listening <&3\ntrap 'kill %1 $! 2>/dev/null || true' EXIT\n";
        else
            script += here + "\n";
    }
    child_process shell({"/bin/bash", "-c", script},
                        {{"HOME", (at.root / "home").string()}, {"PATH", "/usr/bin:/bin"}}, at.root.string());
    const auto status = shell.wait(std::chrono::seconds(90));
    CAPTURE(shell.output());
    CHECK(status == 0);
    CHECK(shell.output().find("ok     scope chat:write") != std::string::npos);
}
