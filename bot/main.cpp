// The program `rapport`: its arguments to a verb, its verb to an exit status.
#include "bot/command_line.hpp"
#include "bot/verbs.hpp"

#include <csignal>
#include <exception>
#include <iostream>

int main(int argc, char **argv) {
    using namespace rapport;
    std::signal(SIGPIPE,
                SIG_IGN); // a peer that is gone is an error of its write, never the end of the process
    int status = bot::usage_status;
    const auto asked = bot::read_command_line(argc, argv, std::cout, std::cerr, status);
    if (!asked)
        return status;
    try {
        return bot::run(*asked, {config::system_environment(), std::cout, std::cerr});
    } catch (const std::exception &e) {
        std::cerr << "rapport: " << e.what() << "\n";
        return bot::refused_status;
    }
}
