// Building the town and acting in it; see town.hpp.
#include "tests/scenarios/town.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

#include <atomic>
#include <csignal>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <unistd.h>

namespace rapport::tests {
namespace fs = std::filesystem;
namespace {

// One identity for all towns: making a key takes longer than most scenarios.
const workspace::tls_identity &identity() {
    static const auto made = workspace::make_identity();
    return made;
}

fs::path fresh_folder() {
    static std::atomic<int> number{0};
    auto made = fs::temp_directory_path() /
                ("rapport-town-" + std::to_string(::getpid()) + "-" + std::to_string(++number));
    fs::create_directories(made);
    return made;
}

std::string text_of_file(const fs::path &file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

} // namespace

town::town(workspace::platform_options options)
    : folder(fresh_folder()),
      place(std::move(options), workspace::listen_at{.address = "127.0.0.1", .port = 0, .tls = identity()}) {
    write("ca.pem", identity().certificate);
    fs::create_directories(folder / "programs");
    fs::copy_file("config/programs/starter.toml", folder / "programs" / "starter.toml");
    write("rapport.toml", "owners = [\"U0COORD\"]\n"
                          "programs = [\"programs/starter.toml\"]\n"
                          "database = \"sqlite:data/rapport.db\"\n"
                          "status = \"127.0.0.1:0\"\n");
    environment = {{"SLACK_API_URL", place.api_url()},
                   {"SLACK_APP_TOKEN", "xapp-1-local-workspace"},
                   {"SLACK_BOT_TOKEN", "xoxb-local-workspace"},
                   {"SSL_CERT_FILE", (folder / "ca.pem").string()},
                   {"RAPPORT_CONFIG", (folder / "rapport.toml").string()},
                   {"RAPPORT_TEST_CLOCK_OFFSET", (folder / "clock").string()}};
}

town::~town() {
    program_.reset();
    std::error_code gone;
    fs::remove_all(folder, gone);
}

void town::write(const std::string &file, const std::string &text) const {
    std::ofstream(folder / file) << text;
}

child_process &town::start(const std::vector<std::string> &words) {
    if (program_)
        printed_ += program_->output();
    std::vector<std::string> argv{executable};
    argv.insert(argv.end(), words.begin(), words.end());
    program_ = std::make_unique<child_process>(argv, environment);
    return *program_;
}

void town::serve() {
    start();
    if (!event("started"))
        throw std::runtime_error("the program did not start:\n" + program_->output());
}

int town::end(int signal) {
    program_->signal(signal);
    const auto status = program_->wait();
    if (!status)
        throw std::runtime_error("the program did not end:\n" + program_->output());
    return *status;
}

std::optional<json> town::event(const std::string &name) {
    const auto line = program_->wait_for_line(
        [&](const std::string &one) { return one.find("\"event\":\"" + name + "\"") != std::string::npos; },
        std::chrono::seconds(90));
    return line ? std::optional(json::parse(*line)) : std::nullopt;
}

std::string town::status(const std::string &path) {
    const auto listening = event("status_listening");
    if (!listening)
        return {};
    const auto address = (*listening)["address"].get<std::string>();
    namespace asio = boost::asio;
    asio::io_context io;
    asio::ip::tcp::socket socket(io);
    socket.connect({asio::ip::make_address("127.0.0.1"),
                    static_cast<unsigned short>(std::stoi(address.substr(address.rfind(':') + 1)))});
    asio::write(socket, asio::buffer("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    std::string heard;
    boost::system::error_code end;
    asio::read(socket, asio::dynamic_buffer(heard), end);
    return heard;
}

workspace::outcome town::types(const std::string &who, const std::string &line, const std::string &channel) {
    const auto blank = line.find(' ');
    const auto command = line.substr(0, blank);
    const auto text = blank == std::string::npos ? std::string() : line.substr(blank + 1);
    return place.wait<workspace::outcome>([&](workspace::platform &on, workspace::told then) {
        workspace::hands(on).command(who, channel, command, text, std::move(then));
    });
}

workspace::outcome town::says(const std::string &who, const std::string &channel, const std::string &words) {
    workspace::outcome seen;
    place.with([&](workspace::platform &on) {
        workspace::hands::utterance what;
        what.text = words;
        seen = workspace::hands(on).say(who, channel, what);
    });
    return seen;
}

workspace::outcome town::presses(const std::string &who, const workspace::spot &where,
                                 const std::string &action) {
    return place.wait<workspace::outcome>([&](workspace::platform &on, workspace::told then) {
        workspace::hands(on).press(who, where, action, "", json(), std::move(then));
    });
}

std::optional<json> town::message(const std::string &who, const std::string &channel,
                                  const std::function<bool(const json &)> &wanted) {
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (std::chrono::steady_clock::now() < give_up) {
        json seen;
        place.with([&](workspace::platform &on) { seen = workspace::messages_seen(on, who, channel); });
        for (auto one = seen.rbegin(); one != seen.rend(); ++one)
            if (wanted(*one))
                return *one;
        std::this_thread::yield();
    }
    return std::nullopt;
}

std::string town::direct(const std::string &who) {
    std::string channel;
    place.with([&](workspace::platform &on) { channel = on.state.direct(who, on.time.now()).id; });
    return channel;
}

void town::put_fault(const workspace::fault &what) {
    place.with([&](workspace::platform &on) { on.put_fault(what); });
}

std::size_t town::calls(const std::string &method) {
    std::size_t count = 0;
    place.with([&](workspace::platform &on) { count = on.log.count("request", method); });
    return count;
}

void town::pass(std::chrono::milliseconds span) {
    offset_ += span;
    place.with([&](workspace::platform &on) {
        on.time.advance(span);
        on.moved_clock();
    });
    // the file is replaced whole, so that nobody reads half a number
    write("clock.new", std::to_string(offset_.count()));
    const auto jumps = jumps_seen();
    fs::rename(folder / "clock.new", folder / "clock");
    // the program has noticed, and looks at what is due by the new time
    if (span > std::chrono::seconds(5))
        while (program_->running() && jumps_seen() == jumps)
            std::this_thread::yield();
}

std::string town::jumps_seen() {
    const auto metrics = status("/metrics");
    const auto at = metrics.find("rapport_time_jump_total{");
    return at == std::string::npos ? std::string() : metrics.substr(at, metrics.find('\n', at) - at);
}

std::string town::where_found(const std::string &text) {
    printed_ += program_ ? program_->output() : std::string();
    std::string found;
    if (printed_.find(text) != std::string::npos)
        found += "the log\n";
    std::error_code absent; // a database elsewhere leaves no folder
    for (const auto &entry : fs::recursive_directory_iterator(folder / "data", absent))
        if (entry.is_regular_file() && text_of_file(entry.path()).find(text) != std::string::npos)
            found += entry.path().filename().string() + "\n";
    return found;
}

std::string words_of(const workspace::outcome &seen) {
    const auto reply = seen.seen.find("reply");
    return reply != seen.seen.end() && reply->is_object() ? reply->value("text", "") : std::string();
}

} // namespace rapport::tests
