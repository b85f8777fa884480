// Finding secrets by their look; see redaction.hpp.
#include "bot/slack/redaction.hpp"

#include <array>
#include <utility>

namespace rapport::slack {
namespace {

bool ends_secret(char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == '"' || c == '\'' || c == '<' || c == '>' ||
           c == ',' || c == ')' || c == '}' || c == ']';
}

bool part_of_address(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '%' || c == '+' || c == '-';
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 9> marks = {{
    {"xoxb-", "[token]"},
    {"xoxp-", "[token]"},
    {"xoxe", "[token]"},
    {"xapp-", "[token]"},
    {"xoxa-", "[token]"},
    {"ticket=", "[ticket]"},
    {"trigger_id=", "[trigger]"},
    {"https://hooks.", "[response address]"},
    {"Bearer ", "[token]"},
}};

// An '@' with address characters on both sides: cuts what was already written on its left.
bool cut_address(std::string &out, std::string_view text, std::size_t &at) {
    if (text[at] != '@' || at + 1 >= text.size() || !part_of_address(text[at + 1]) || out.empty() ||
        !part_of_address(out.back()))
        return false;
    while (!out.empty() && part_of_address(out.back()))
        out.pop_back();
    out += "[e-mail]";
    for (++at; at < text.size() && part_of_address(text[at]);)
        ++at;
    return true;
}

} // namespace

std::string redacted(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        bool cut = false;
        for (const auto &[mark, word] : marks) {
            if (!text.substr(at).starts_with(mark))
                continue;
            out += word;
            at += mark.size();
            while (at < text.size() && !ends_secret(text[at]))
                ++at;
            cut = true;
            break;
        }
        if (cut || cut_address(out, text, at))
            continue;
        const char c = text[at++];
        out += static_cast<unsigned char>(c) < ' ' || c == '\x7f' ? ' ' : c;
    }
    return out;
}

} // namespace rapport::slack
