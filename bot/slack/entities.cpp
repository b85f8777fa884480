// Undoing the platform's escaping; see entities.hpp.
#include "bot/slack/entities.hpp"

namespace rapport::slack {
namespace {

piece entity(std::string_view inside) {
    const auto bar = inside.find('|');
    const auto name = inside.substr(0, bar);
    const auto label = bar == std::string_view::npos ? std::string_view() : inside.substr(bar + 1);
    const auto made = [&](piece_kind kind, std::string_view text) {
        return piece{kind, unescaped(text), unescaped(label)};
    };
    if (name.starts_with('@'))
        return made(piece_kind::person, name.substr(1));
    if (name.starts_with('#'))
        return made(piece_kind::channel, name.substr(1));
    if (name.starts_with("!subteam^"))
        return made(piece_kind::group, name.substr(9));
    if (name == "!here" || name == "!channel" || name == "!everyone")
        return made(piece_kind::call_to, name.substr(1));
    if (name.find("://") != std::string_view::npos || name.starts_with("mailto:") || name.starts_with("tel:"))
        return made(piece_kind::link, name);
    return piece{piece_kind::other, "<" + unescaped(inside) + ">", {}};
}

} // namespace

std::string unescaped(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto rest = text.substr(at);
        if (rest.starts_with("&amp;")) {
            out += '&';
            at += 5;
        } else if (rest.starts_with("&lt;")) {
            out += '<';
            at += 4;
        } else if (rest.starts_with("&gt;")) {
            out += '>';
            at += 4;
        } else {
            out += text[at++];
        }
    }
    return out;
}

std::vector<piece> pieces_of(std::string_view escaped) {
    std::vector<piece> out;
    const auto words = [&](std::string_view part) {
        if (part.empty())
            return;
        if (!out.empty() && out.back().kind == piece_kind::words)
            out.back().text += unescaped(part);
        else
            out.push_back({piece_kind::words, unescaped(part), {}});
    };
    while (!escaped.empty()) {
        const auto open = escaped.find('<');
        const auto close = open == std::string_view::npos ? open : escaped.find('>', open);
        if (close == std::string_view::npos) {
            words(escaped);
            break;
        }
        words(escaped.substr(0, open));
        out.push_back(entity(escaped.substr(open + 1, close - open - 1)));
        escaped.remove_prefix(close + 1);
    }
    return out;
}

} // namespace rapport::slack
