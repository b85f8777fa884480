// local-workspace: the workspace alone, on loopback, until it is told to stop. Prints one line of JSON when
// it listens: where, and the tokens to use.
#include "workspace/cast.hpp"
#include "workspace/page_server.hpp"
#include "workspace/server.hpp"

#include <CLI/CLI.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/signal_set.hpp>
#include <date/date.h>

#include <array>
#include <fstream>
#include <functional>
#include <iostream>
#include <sstream>
#include <unistd.h>

namespace {

struct wishes {
    unsigned short port = 0;
    std::string address = "127.0.0.1";
    bool tls = false;
    std::string certificate;
    std::string key;
    std::string write_certificate;
    std::string seed_file;
    std::string manifest_file;
    std::string at;
    std::uint64_t random_seed = 1;
    long long ping_ms = 10'000;
    std::vector<long long> retry_ms{0, 60'000, 300'000};
    bool hold = false;
    bool rates = false;
    bool until_eof = false;
};

std::string read_file(const std::string &path) {
    std::ifstream in(path, std::ios::binary);
    if (!in)
        throw std::runtime_error("cannot read " + path);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

workspace::json read_json(const std::string &path) {
    auto out = workspace::json::parse(read_file(path), nullptr, false);
    if (out.is_discarded())
        throw std::runtime_error(path + " is not JSON");
    return out;
}

workspace::instant read_instant(const std::string &text) {
    std::istringstream in(text);
    std::chrono::sys_time<std::chrono::milliseconds> at;
    in >> date::parse("%FT%TZ", at);
    if (in.fail())
        throw std::runtime_error("--at: \"" + text + "\" is not like 2026-11-02T10:00:00Z");
    return at;
}

void add_options(CLI::App &cli, wishes &w) {
    cli.add_option("--port", w.port, "Port on loopback; 0 takes a free one")->capture_default_str();
    cli.add_option("--address", w.address, "127.0.0.1 or ::1")->check(CLI::IsMember({"127.0.0.1", "::1"}));
    cli.add_flag("--tls", w.tls, "Serve https and wss; makes a certificate unless one is given");
    auto *cert =
        cli.add_option("--cert", w.certificate, "PEM certificate chain for --tls")->check(CLI::ExistingFile);
    auto *key = cli.add_option("--key", w.key, "PEM key for --tls")->check(CLI::ExistingFile);
    cert->needs(key);
    key->needs(cert);
    cli.add_option("--write-cert", w.write_certificate,
                   "Write the certificate made to this file, for clients to trust");
    cli.add_option("--seed", w.seed_file, "People and channels (JSON), instead of the default cast")
        ->check(CLI::ExistingFile);
    cli.add_option("--manifest", w.manifest_file,
                   "The app's manifest (JSON); without one everything is delivered")
        ->check(CLI::ExistingFile);
    cli.add_option("--at", w.at,
                   "The workspace's time at the start, like 2026-11-02T10:00:00Z; default: now");
    cli.add_flag("--hold-clock", w.hold, "The workspace's time moves only through /local/clock");
    cli.add_option("--random-seed", w.random_seed, "Seed of link choice and of faults by chance")
        ->capture_default_str();
    cli.add_option("--ping-ms", w.ping_ms, "Time between pings")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    cli.add_option("--retry-ms", w.retry_ms, "Waits before an event is sent again, by the workspace's clock");
    cli.add_flag("--until-eof", w.until_eof,
                 "End when standard input ends, so as not to outlive a test that is killed");
    cli.add_flag("--rates", w.rates, "Answer 429 beyond the platform's published rates");
}

workspace::platform_options options_of(const wishes &w) {
    workspace::platform_options out;
    out.seed = w.random_seed;
    out.default_cast = w.seed_file.empty();
    out.enforce_rates = w.rates;
    out.sockets.ping_every = workspace::span(w.ping_ms);
    out.sockets.retry_after.clear();
    for (const auto ms : w.retry_ms)
        out.sockets.retry_after.emplace_back(ms);
    if (!w.at.empty())
        out.start = read_instant(w.at);
    return out;
}

workspace::listen_at place_of(const wishes &w) {
    workspace::listen_at out{w.address, w.port, std::nullopt};
    if (!w.certificate.empty())
        out.tls = {read_file(w.certificate), read_file(w.key)};
    else if (w.tls)
        out.tls = workspace::make_identity();
    if (out.tls && !w.write_certificate.empty()) {
        std::ofstream to(w.write_certificate);
        to << out.tls->certificate;
        if (!to.flush())
            throw std::runtime_error("cannot write " + w.write_certificate);
    }
    return out;
}

int serve(const wishes &w) {
    boost::asio::io_context io(1);
    workspace::platform on(options_of(w));
    if (!w.seed_file.empty())
        if (const auto wrong = add_cast(on.state, read_json(w.seed_file), on.time.now()); !wrong.empty())
            throw std::runtime_error(w.seed_file + ": " + wrong);
    if (!w.manifest_file.empty())
        if (const auto wrong = on.app.take(read_json(w.manifest_file)); !wrong.empty())
            throw std::runtime_error(w.manifest_file + ": " + wrong);
    on.time.hold(w.hold);
    workspace::page page(on, {});
    on.front_door = [&page](const auto &request, const auto &to) { return page.serve(request, to); };
    workspace::server serving(io, on, place_of(w));
    boost::asio::signal_set signals(io, SIGINT, SIGTERM);
    const auto stop = [&] {
        serving.stop();
        io.stop();
    };
    signals.async_wait([&](const boost::system::error_code &, int) { stop(); });
    boost::asio::posix::stream_descriptor input(io);
    std::array<char, 256> ignored{};
    std::function<void()> read_on = [&] {
        input.async_read_some(boost::asio::buffer(ignored), [&](const boost::system::error_code &ec,
                                                                std::size_t) { ec ? stop() : read_on(); });
    };
    if (w.until_eof) {
        input.assign(dup(STDIN_FILENO));
        read_on();
    }
    const workspace::json line{
        {"event", "workspace_listening"},     {"address", w.address + ":" + std::to_string(serving.port())},
        {"url", serving.base_url()},          {"api_url", serving.api_url()},
        {"app_token", on.settings.app_token}, {"bot_token", on.settings.bot_token}};
    std::cout << line.dump() << std::endl;
    io.run();
    return 0;
}

} // namespace

int main(int argc, char **argv) {
    CLI::App cli("A local workspace that speaks the platform's protocol", "local-workspace");
    wishes w;
    add_options(cli, w);
    try {
        cli.parse(argc, argv);
    } catch (const CLI::ParseError &e) {
        return cli.exit(e) == 0 ? 0 : 2;
    }
    try {
        return serve(w);
    } catch (const std::exception &e) {
        std::cerr << "local-workspace: " << e.what() << '\n';
        return 1;
    }
}
