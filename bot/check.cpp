// `rapport check`: everything that would keep the service from working, each with its mend, before anybody is
// harmed by it. Reads only: no row is written and no message is sent.
#include "bot/check_platform.hpp"
#include "bot/clock.hpp"
#include "bot/control_socket.hpp"
#include "bot/findings.hpp"
#include "bot/opening.hpp"
#include "bot/verbs.hpp"
#include "storage/look.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <ostream>

namespace rapport::bot {
namespace {

void add_problems(findings &to, const std::string &subject, const std::vector<config::problem> &problems) {
    for (const auto &each : problems)
        to.wrong(subject, text_of(each), each.mend);
}

// The service beside us, if there is one: it holds its database and its status address.
bool runs_already(const config::settings &from) {
    const auto door = control_path(from.database);
    return door && ask_service(*door, "are you there").has_value();
}

void look_at_database(const config::settings &from, bool running, findings &to) {
    const auto seen = storage::look_at(from.database);
    const std::string subject =
        from.database.starts_with("sqlite:") ? "database (SQLite)" : "database (PostgreSQL)";
    if (running && seen.state == storage::database_state::in_use)
        return to.fine(subject, "is held by the rapport that is running");
    if (seen.can_start())
        return to.fine(subject, seen.says);
    to.wrong(subject, seen.says, seen.mend);
}

void look_at_status(const config::settings &from, bool running, findings &to) {
    namespace asio = boost::asio;
    asio::io_context io;
    asio::ip::tcp::acceptor probe(io);
    boost::system::error_code wrong;
    const auto address =
        asio::ip::make_address(from.status.host == "localhost" ? "127.0.0.1" : from.status.host, wrong);
    const asio::ip::tcp::endpoint where(address, from.status.port);
    if (!wrong)
        probe.open(where.protocol(), wrong);
    if (!wrong)
        probe.set_option(asio::socket_base::reuse_address(true), wrong);
    if (!wrong)
        probe.bind(where, wrong);
    if (!wrong)
        probe.listen(1, wrong);
    const auto shown = from.status.host + ":" + std::to_string(from.status.port);
    if (!wrong)
        return to.fine("status", shown + " is free to listen on");
    if (running && wrong == asio::error::address_in_use)
        return to.fine("status", shown + " is held by the rapport that is running");
    to.wrong("status", shown + " cannot be listened on (" + wrong.message() + ")",
             "name an address of this machine and a free port under `status`; port 0 takes a free one");
}

void look_further(const config::settings &from, findings &to) {
    const auto missing = config::missing_for_serving(from);
    add_problems(to, "settings", missing);
    const auto policies = read_policies(from);
    add_problems(to, "policies", policies.problems);
    if (missing.empty())
        to.fine("settings", from.file.string());
    if (policies.all.empty() && policies.problems.empty())
        to.wrong("policies", "no program is named", "write programs = [\"programs/starter.toml\"]");
    else if (policies.problems.empty())
        to.fine("policies", policies.all.size() == 1
                                ? "1 program can be kept"
                                : std::to_string(policies.all.size()) + " programs can be kept");
    const bool running = runs_already(from);
    look_at_database(from, running, to);
    look_at_status(from, running, to);
    try {
        look_at_platform(from, policies.all.empty() || any_listens(policies.all), machine_clock{}.now(), to,
                         any_reacts(policies.all));
    } catch (const std::exception &e) {
        to.wrong("platform", e.what(), "mend SLACK_API_URL or SSL_CERT_FILE");
    }
}

} // namespace

int check(const asked_for &what, const verb::check &how, const surroundings &around) {
    findings all;
    const auto read = config::read_settings(settings_file_of(what, around), around.environment);
    add_problems(all, "settings", read.problems);
    if (read.value)
        look_further(*read.value, all);
    (how.json ? around.out : all.good() ? around.out : around.err) << (how.json ? all.json() : all.lines());
    return all.good() ? done_status : refused_status;
}

} // namespace rapport::bot
