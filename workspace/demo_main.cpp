// rapport-demo: the demo on loopback until Ctrl-C. Prints the one address to open; keeps everything in a
// folder that is temporary and gone at the end, or in the one that was given.
#include "workspace/demo.hpp"

#include <CLI/CLI.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <date/tz.h>

#include <csignal>
#include <cstdlib>
#include <iostream>
#include <sstream>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;
namespace asio = boost::asio;

constexpr unsigned short usual_port = 4400;

// A folder of our own that goes with us, or somebody's that stays.
class data_folder {
  public:
    explicit data_folder(const fs::path &given) : path_(given), ours_(given.empty()) {
        if (ours_) {
            auto name = (fs::temp_directory_path() / "rapport-demo-XXXXXX").string();
            if (!::mkdtemp(name.data()))
                throw std::runtime_error("no temporary folder can be made in " +
                                         fs::temp_directory_path().string());
            path_ = name;
            return;
        }
        fs::create_directories(path_);
        if (fs::exists(path_ / "rapport.db"))
            throw std::runtime_error(
                path_.string() +
                " holds the database of an earlier demo, whose workspace is gone. Give another folder, "
                "or remove that one.");
    }
    ~data_folder() {
        remove();
    }
    data_folder(const data_folder &) = delete;

    void remove() const {
        std::error_code ignored;
        if (ours_)
            fs::remove_all(path_, ignored);
    }
    const fs::path &path() const {
        return path_;
    }

  private:
    fs::path path_;
    bool ours_;
};

// The demo's people live by this zone, or near it.
constexpr auto home_zone = "Europe/Berlin";

workspace::instant read_hour(const std::string &text) {
    std::istringstream in(text);
    date::local_time<std::chrono::milliseconds> at;
    in >> date::parse("%FT%H:%M", at);
    if (in.fail())
        throw CLI::ValidationError("--at", "\"" + text + "\" is not like 2026-11-02T10:00");
    return date::make_zoned(home_zone, at, date::choose::earliest).get_sys_time();
}

bool is_free(unsigned short port) {
    asio::io_context io;
    asio::ip::tcp::acceptor probe(io);
    const asio::ip::tcp::endpoint where(asio::ip::address_v4::loopback(), port);
    boost::system::error_code wrong;
    probe.open(where.protocol(), wrong);
    probe.set_option(asio::socket_base::reuse_address(true), wrong);
    probe.bind(where, wrong);
    if (!wrong)
        probe.listen(1, wrong);
    return !wrong;
}

unsigned short port_for(unsigned short wished, bool said) {
    if (wished == 0 || is_free(wished))
        return wished;
    if (said)
        std::cout << "Port " << wished << " is in use; another one is taken.\n";
    return 0;
}

int run(const fs::path &data, unsigned short port, workspace::instant at) {
    asio::io_context io{1};
    asio::signal_set signals(io, SIGINT, SIGTERM); // before there is anything to tidy up
    const data_folder folder(data);
    int status = 0;
    workspace::demo_told told;
    told.progress = [](const std::string &what) { std::cout << "  " << what << "..." << std::endl; };
    told.trouble = [](const std::string &why) { std::cerr << "rapport-demo: " << why << std::endl; };
    told.ready = [&folder](const std::string &url) {
        std::cout << "\n  Open " << url << " in a browser. Ctrl-C ends the demo.\n"
                  << "  Everything it keeps is in " << folder.path().string() << "\n"
                  << std::endl;
    };
    told.ended = [&](int became) {
        status = became;
        signals.cancel();
        io.stop();
    };
    std::cout << "Rapport, beside a workspace of its own on this machine." << std::endl;
    workspace::demo plays(io, {folder.path(), port, at}, std::move(told));
    int signalled = 0;
    std::function<void()> listen = [&] {
        signals.async_wait([&](boost::system::error_code cancelled, int) {
            if (cancelled)
                return;
            if (++signalled > 1) { // a second Ctrl-C does not wait
                folder.remove();
                std::_Exit(1);
            }
            std::cout << "\n  ending..." << std::endl;
            plays.stop();
            listen();
        });
    };
    listen();
    plays.start();
    io.run();
    // Everything is saved and closed; a thread that still looks up a name is not waited for.
    folder.remove();
    std::_Exit(status);
}

} // namespace

int main(int argc, char **argv) {
    std::signal(SIGPIPE, SIG_IGN);
    CLI::App cli(
        "Rapport beside a local workspace with a web page: nothing to install, nothing leaves this machine",
        "rapport-demo");
    std::string data, at = "2026-11-02T10:00";
    unsigned short port = usual_port;
    cli.add_option("--data", data, "An empty folder for what the demo keeps; default: a temporary one");
    auto *port_option = cli.add_option("--port", port, "Port of the page on loopback; 0 takes a free one")
                            ->capture_default_str();
    cli.add_option("--at", at, "The hour at which it begins, in Berlin")->capture_default_str();
    cli.set_version_flag("--version", RAPPORT_VERSION);
    try {
        cli.parse(argc, argv);
        return run(data, port_for(port, port_option->count() > 0), read_hour(at));
    } catch (const CLI::ParseError &e) {
        return cli.exit(e) == 0 ? 0 : 2;
    } catch (const std::exception &e) {
        std::cerr << "rapport-demo: " << e.what() << '\n';
        return 1;
    }
}
