// People's typing, as the platform passes it on; see text.hpp.
#include "workspace/text.hpp"

#include <algorithm>

namespace workspace {
namespace {

enum class piece_kind { plain, user, channel, broadcast, link };

struct piece {
    piece_kind kind;
    std::string word; // as typed, for plain; an id, a range or a URL for the others
    std::string name;
};

bool name_char(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '.' || c == '_' || c == '-' ||
           static_cast<unsigned char>(c) >= 0x80;
}

std::string_view run_of_name(std::string_view text) {
    std::size_t n = 0;
    while (n < text.size() && name_char(text[n]))
        ++n;
    while (n > 0 && (text[n - 1] == '.' || text[n - 1] == '-')) // the end of a sentence, not of a name
        --n;
    return text.substr(0, n);
}

const person *person_called(const team &in, std::string_view name) {
    for (const auto &[id, who] : in.people)
        if (who.name == name || id == name || (!who.display_name.empty() && who.display_name == name))
            return &who;
    return nullptr;
}

const conversation *channel_called(const team &in, std::string_view name) {
    for (const auto &[id, what] : in.conversations)
        if ((what.kind == conversation_kind::channel || what.kind == conversation_kind::group) &&
            (what.name == name || id == name))
            return &what;
    return nullptr;
}

// A mention or link at the start of `text`, and how much of it was read; 0 if there is none.
std::size_t read_special(const team &in, std::string_view text, piece &out) {
    if (text.starts_with("http://") || text.starts_with("https://")) {
        auto end = text.find_first_of(" \t\r\n<>|");
        if (end == std::string_view::npos)
            end = text.size();
        while (end > 0 && (text[end - 1] == '.' || text[end - 1] == ',' || text[end - 1] == ')'))
            --end;
        out = {piece_kind::link, std::string(text.substr(0, end)), {}};
        return end;
    }
    if (text.front() != '@' && text.front() != '#')
        return 0;
    const auto name = run_of_name(text.substr(1));
    if (name.empty())
        return 0;
    if (text.front() == '#') {
        const auto *where = channel_called(in, name);
        if (where)
            out = {piece_kind::channel, where->id,
                   where->kind == conversation_kind::channel ? where->name : std::string()};
        return where ? name.size() + 1 : 0;
    }
    if (name == "here" || name == "channel" || name == "everyone") {
        out = {piece_kind::broadcast, std::string(name), {}};
        return name.size() + 1;
    }
    const auto *who = person_called(in, name);
    if (who)
        out = {piece_kind::user, who->id, who->name};
    return who ? name.size() + 1 : 0;
}

std::vector<piece> pieces_of(const team &in, std::string_view typed) {
    std::vector<piece> out;
    std::string plain;
    const auto flush = [&] {
        if (!plain.empty())
            out.push_back({piece_kind::plain, plain, {}});
        plain.clear();
    };
    for (std::size_t i = 0; i < typed.size();) {
        piece found{piece_kind::plain, {}, {}};
        // after a < it is somebody's own markup, which the platform shows as typed
        const bool at_word = i == 0 || (!name_char(typed[i - 1]) && typed[i - 1] != '<');
        const auto read = at_word ? read_special(in, typed.substr(i), found) : 0;
        if (read == 0) {
            plain += typed[i++];
            continue;
        }
        flush();
        out.push_back(found);
        i += read;
    }
    flush();
    return out;
}

std::string markup(const piece &each, bool with_names) {
    switch (each.kind) {
    case piece_kind::plain:
        return escaped(each.word);
    case piece_kind::user:
        return "<@" + each.word + (with_names ? "|" + each.name : "") + ">";
    case piece_kind::channel:
        return "<#" + each.word + "|" + each.name + ">";
    case piece_kind::broadcast:
        return "<!" + each.word + ">";
    case piece_kind::link:
        return "<" + escaped(each.word) + ">";
    }
    return {};
}

json rich_element(const piece &each) {
    switch (each.kind) {
    case piece_kind::plain:
        return {{"type", "text"}, {"text", each.word}};
    case piece_kind::user:
        return {{"type", "user"}, {"user_id", each.word}};
    case piece_kind::channel:
        return {{"type", "channel"}, {"channel_id", each.word}};
    case piece_kind::broadcast:
        return {{"type", "broadcast"}, {"range", each.word}};
    case piece_kind::link:
        return {{"type", "link"}, {"url", each.word}};
    }
    return {};
}

} // namespace

std::string escaped(std::string_view typed) {
    std::string out;
    for (const char c : typed)
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        default:
            out += c;
        }
    return out;
}

typed_text typed_message(const team &in, std::string_view typed) {
    typed_text out;
    json elements = json::array();
    for (const auto &each : pieces_of(in, typed)) {
        out.text += markup(each, false);
        elements.push_back(rich_element(each));
    }
    out.blocks = json::array();
    out.blocks.push_back(
        {{"type", "rich_text"},
         {"block_id", "typed"},
         {"elements", json::array({{{"type", "rich_text_section"}, {"elements", elements}}})}});
    return out;
}

std::string typed_command(const team &in, std::string_view typed, bool should_escape) {
    if (!should_escape)
        return escaped(typed);
    std::string out;
    for (const auto &each : pieces_of(in, typed))
        out += markup(each, true);
    return out;
}

std::size_t length_of(std::string_view text) {
    std::size_t units = 0;
    for (const char each : text) {
        const auto c = static_cast<unsigned char>(each);
        if ((c & 0xC0) != 0x80)
            units += c >= 0xF0 ? 2 : 1;
    }
    return units;
}

std::string_view first_units(std::string_view text, std::size_t limit) {
    std::size_t units = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if ((c & 0xC0) == 0x80)
            continue;
        units += c >= 0xF0 ? 2 : 1;
        if (units > limit)
            return text.substr(0, i);
    }
    return text;
}

} // namespace workspace
