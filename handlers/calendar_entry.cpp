// See calendar_entry.hpp.
#include "handlers/calendar_entry.hpp"

#include "handlers/surface/mrkdwn.hpp"
#include "mentoring/zones.hpp"

#include <fmt/format.h>

namespace rapport {
namespace {

constexpr std::size_t longest_line = 75; // octets, without the line break

std::string escaped_text(std::string_view words) {
    std::string out;
    for (const char c : surface::one_line(words)) {
        if (c == '\\' || c == ';' || c == ',')
            out += '\\';
        out += c;
    }
    return out;
}

// A character is never cut: octets 10xxxxxx belong to the one before.
void add_line(std::string &out, std::string_view line) {
    bool first = true;
    while (!line.empty()) {
        auto take = std::min(line.size(), longest_line - (first ? 0U : 1U));
        while (take < line.size() && (static_cast<unsigned char>(line[take]) & 0xC0U) == 0x80U)
            --take;
        if (!first)
            out += ' ';
        out.append(line.substr(0, take));
        out += "\r\n";
        line.remove_prefix(take);
        first = false;
    }
}

std::string in_utc(instant at) {
    const auto wall = zone().local(at);
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(wall.since_midnight).count();
    return fmt::format("{:04}{:02}{:02}T{:02}{:02}{:02}Z", static_cast<int>(wall.date.year()),
                       static_cast<unsigned>(wall.date.month()), static_cast<unsigned>(wall.date.day()),
                       seconds / 3600, seconds / 60 % 60, seconds % 60);
}

} // namespace

std::string calendar_file(const calendar_entry &what) {
    std::string out;
    add_line(out, "BEGIN:VCALENDAR");
    add_line(out, "VERSION:2.0");
    add_line(out, "PRODID:-//Rapport//Mentoring//EN");
    add_line(out, what.is_cancelled ? "METHOD:CANCEL" : "METHOD:PUBLISH");
    add_line(out, "BEGIN:VEVENT");
    add_line(out, "UID:" + what.uid);
    add_line(out, fmt::format("SEQUENCE:{}", what.sequence));
    add_line(out, "DTSTAMP:" + in_utc(what.made_at));
    add_line(out, "DTSTART:" + in_utc(what.starts_at));
    add_line(out, fmt::format("DURATION:PT{}M", what.minutes_long));
    add_line(out, "SUMMARY:" + escaped_text(what.title));
    if (!what.place.empty())
        add_line(out, "LOCATION:" + escaped_text(what.place));
    add_line(out, what.is_cancelled   ? "STATUS:CANCELLED"
                  : what.is_confirmed ? "STATUS:CONFIRMED"
                                      : "STATUS:TENTATIVE");
    add_line(out, "END:VEVENT");
    add_line(out, "END:VCALENDAR");
    return out;
}

} // namespace rapport
