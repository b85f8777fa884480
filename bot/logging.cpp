// Lines as JSON, written whole; see logging.hpp.
#include "bot/logging.hpp"

#include "bot/clock.hpp"

#include <fmt/format.h>

#include <random>
#include <unistd.h>

namespace rapport::bot {
namespace {

std::int64_t steady_now() {
    return std::chrono::steady_clock::now().time_since_epoch().count();
}

void append_quoted(std::string &line, std::string_view text) {
    line += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            line += '\\';
            line += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            line += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
        } else {
            line += c;
        }
    }
    line += '"';
}

std::string boot_name() {
    std::random_device chance;
    return fmt::format("{:08x}", chance());
}

} // namespace

logger::logger(level least, sink to) : least_(least), to_(std::move(to)), boot_(boot_name()) {}

bool logger::wants(level at) const {
    return at >= least_ || steady_now() < debug_until_;
}

void logger::set_level(level least) {
    least_ = least;
}

void logger::debug_for(span_of_time how_long) {
    debug_until_ = steady_now() + std::chrono::nanoseconds{how_long}.count();
}

void logger::to_standard_error(std::string_view line) {
    // one write a line, so that lines of several threads do not mix; what a closed or full stream does not
    // take is lost
    while (!line.empty()) {
        const auto n = ::write(STDERR_FILENO, line.data(), line.size());
        if (n <= 0)
            return;
        line.remove_prefix(static_cast<std::size_t>(n));
    }
}

std::string logger::opened(event what) const {
    const auto &row = row_of(what);
    // a log line is always stamped by the machine's clock, also where a moved one judges the rules
    const auto now = machine_clock{}.now();
    return fmt::format(R"({{"ts":"{}","level":"{}","event":"{}","boot":"{}")", date::format("%FT%TZ", now),
                       text_of(row.at), row.name, boot_);
}

void logger::closed(std::string &line) const {
    line += "}\n";
    to_(line);
}

void logger::key(std::string &line, std::string_view name, std::string_view unit) const {
    line += fmt::format(R"(,"{}{}":)", name, unit);
}

void logger::append_number(std::string &line, std::string_view name, std::int64_t value) const {
    key(line, name);
    line += fmt::format("{}", value);
}

void logger::append_real(std::string &line, std::string_view name, double value) const {
    key(line, name);
    line += fmt::format("{:.6g}", value);
}

void logger::append_text(std::string &line, std::string_view name, std::string_view value) const {
    key(line, name);
    append_quoted(line, value);
}

void logger::append_id(std::string &line, std::string_view name, const std::string &id) const {
    // below debug a line says that two lines are about the same person, not who that is
    if (wants(level::debug))
        append_text(line, name, id);
    else
        append_text(line, name, "#" + reference(boot_ + id).str());
}

void logger::append_instant(std::string &line, std::string_view name, instant value) const {
    key(line, name, "_at");
    append_quoted(line, date::format("%FT%TZ", value));
}

void logger::append_span(std::string &line, std::string_view name, std::chrono::nanoseconds value) const {
    key(line, name, "_ms");
    line += fmt::format("{}", std::chrono::duration_cast<milliseconds>(value).count());
}

} // namespace rapport::bot
