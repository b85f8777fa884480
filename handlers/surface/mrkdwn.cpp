// Escaping, cleaning and the platform's own tokens; see mrkdwn.hpp for what each promises.
#include "handlers/surface/mrkdwn.hpp"

#include "handlers/surface/characters.hpp"

#include <date/tz.h>

#include <algorithm>

namespace rapport::surface {
namespace {

bool is_id(std::string_view id, std::string_view first) {
    return id.size() >= 2 && id.size() <= 40 && first.find(id[0]) != std::string_view::npos &&
           std::all_of(id.begin() + 1, id.end(),
                       [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
}

bool is_address(std::string_view url) {
    const bool known =
        url.starts_with("https://") || url.starts_with("http://") || url.starts_with("mailto:");
    return known && std::none_of(url.begin(), url.end(), [](char c) {
               return static_cast<unsigned char>(c) <= ' ' || c == '|' || c == '<' || c == '>' || c == 0x7f;
           });
}

// A character that would end the token it stands in is shown as a blank.
std::string label(std::string_view raw) {
    std::string text(raw);
    std::replace(text.begin(), text.end(), '|', ' ');
    return escaped(one_line(text));
}

const date::time_zone *zone_of(const std::string &name) {
    try {
        return date::locate_zone(name);
    } catch (const std::runtime_error &) {
        return date::locate_zone("Etc/UTC");
    }
}

std::string_view tokens_of(moment_style style) {
    switch (style) {
    case moment_style::day:
        return "{date_short}";
    case moment_style::time:
        return "{time}";
    case moment_style::day_and_time:
        break;
    }
    return "{date_short}, {time}";
}

// What a code point becomes in cleaned text: itself, '\n', ' ', or nothing (0).
char32_t cleaned_point(char32_t c) {
    if (c == '\n' || c == 0x2028 || c == 0x2029 || c == 0x85 || c == 0x0b || c == 0x0c)
        return '\n';
    if (c == '\t')
        return ' ';
    const bool control = c < 0x20 || (c >= 0x7f && c <= 0x9f);
    const bool direction = c == 0x061c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) ||
                           (c >= 0x2066 && c <= 0x206f);
    const bool unseen = c == 0x200b || c == 0x2060 || c == 0xfeff || c == 0x00ad || c == 0x115f ||
                        c == 0x1160 || c == 0x3164 || (c >= 0xe0000 && c <= 0xe0fff) ||
                        (c >= 0xfff9 && c <= 0xfffb);
    const bool not_text = (c & 0xfffeU) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef);
    return control || direction || unseen || not_text ? 0 : c;
}

} // namespace

std::string cleaned(std::string_view raw) {
    std::string out;
    out.reserve(raw.size());
    for (std::size_t at = 0; at < raw.size();) {
        if (raw[at] == '\r') { // CR and CRLF are one line break
            ++at;
            if (at >= raw.size() || raw[at] != '\n')
                out += '\n';
            continue;
        }
        if (const auto point = cleaned_point(next_point(raw, at)))
            append_point(out, point);
    }
    return out;
}

std::string one_line(std::string_view raw) {
    const auto text = cleaned(raw);
    std::string out;
    out.reserve(text.size());
    bool blank = false;
    for (std::size_t at = 0; at < text.size();) {
        const auto point = next_point(text, at);
        if (is_blank(point)) {
            blank = !out.empty();
            continue;
        }
        if (blank)
            out += ' ';
        blank = false;
        append_point(out, point);
    }
    return out;
}

std::string escaped(std::string_view raw) {
    const auto text = cleaned(raw);
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    for (const char c : text) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else
            out += c;
    }
    return out;
}

safe shown(const mrkdwn &v) {
    return {v.text};
}

safe shown(const mention &v) {
    return {is_id(v.who.str(), "UW") ? "<@" + v.who.str() + ">" : "someone"};
}

safe shown(const channel_link &v) {
    return {is_id(v.where.str(), "CGD") ? "<#" + v.where.str() + ">" : "a channel"};
}

safe shown(const web_link &v) {
    const auto words = label(v.label.empty() ? v.address : v.label);
    if (!is_address(v.address))
        return {words};
    return {"<" + escaped(v.address) + "|" + words + ">"};
}

safe shown(const moment &v) {
    const auto seconds_since = std::chrono::floor<seconds>(v.at).time_since_epoch().count();
    return {fmt::format("<!date^{}^{}|{}>", seconds_since, tokens_of(v.style), label(in_words(v)))};
}

safe shown(const paragraph &v) {
    return {escaped(v.words)};
}

safe shown(std::string_view v) {
    return {escaped(one_line(v))};
}

mrkdwn lines(std::initializer_list<mrkdwn> each) {
    mrkdwn all;
    for (const auto &one : each) {
        if (one.text.empty())
            continue;
        if (!all.text.empty())
            all.text += '\n';
        all.text += one.text;
    }
    return all;
}

std::string in_words(const moment &v) {
    const auto *zone = zone_of(v.zone);
    const auto local = date::floor<minutes>(date::make_zoned(zone, v.at).get_local_time());
    const auto form = v.style == moment_style::day    ? "%a %e %b %Y"
                      : v.style == moment_style::time ? "%H:%M"
                                                      : "%a %e %b %Y, %H:%M";
    const auto words = one_line(date::format(form, local));
    return v.style == moment_style::day ? words : words + " (" + zone->name() + ")";
}

} // namespace rapport::surface
