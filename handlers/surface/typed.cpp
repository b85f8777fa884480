// Reading the platform's escapes backwards; see typed.hpp.
#include "handlers/surface/typed.hpp"

#include "handlers/surface/mrkdwn.hpp"

#include <algorithm>

namespace rapport::surface {
namespace {

// The id in "<@ID>" or "<@ID|label>"; empty if `word` is not such a token as a whole.
std::string_view id_in(std::string_view word, char mark, std::string_view first) {
    if (word.size() < 4 || word[0] != '<' || word[1] != mark || word.back() != '>')
        return {};
    auto id = word.substr(2, word.size() - 3);
    if (id.find_first_of("<>") != std::string_view::npos)
        return {};
    id = id.substr(0, id.find('|'));
    const bool fine = id.size() >= 2 && id.size() <= 40 && first.find(id[0]) != std::string_view::npos &&
                      std::all_of(id.begin(), id.end(),
                                  [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
    return fine ? id : std::string_view{};
}

// The inside of a token in words: "@U1|ana" is "@ana", "https://a|b" is "https://a", "!here" is "@here".
std::string token_words(std::string_view inside) {
    const auto bar = inside.find('|');
    const auto target = inside.substr(0, bar);
    const auto label = bar == std::string_view::npos ? std::string_view{} : inside.substr(bar + 1);
    const char mark = target.empty() ? '\0' : target[0];
    if (mark != '@' && mark != '#' && mark != '!')
        return std::string(target);
    const std::string sign(1, mark == '#' ? '#' : '@');
    if (label.empty())
        return sign + std::string(target.substr(1));
    return label.starts_with('@') || label.starts_with('#') ? std::string(label) : sign + std::string(label);
}

// One pass, so that "&amp;lt;" is "&lt;" and stays so.
std::string without_entities(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto rest = text.substr(at);
        if (rest.starts_with("&lt;") || rest.starts_with("&gt;")) {
            out += rest[1] == 'l' ? '<' : '>';
            at += 4;
        } else if (rest.starts_with("&amp;")) {
            out += '&';
            at += 5;
        } else {
            out += text[at++];
        }
    }
    return out;
}

} // namespace

std::optional<slack_id> typed_person(std::string_view word) {
    const auto id = id_in(word, '@', "UW");
    return id.empty() ? std::nullopt : std::optional<slack_id>(std::string(id));
}

std::optional<channel_id> typed_channel(std::string_view word) {
    const auto id = id_in(word, '#', "CG");
    return id.empty() ? std::nullopt : std::optional<channel_id>(std::string(id));
}

std::string typed_words(std::string_view typed) {
    std::string text;
    for (std::size_t at = 0; at < typed.size();) {
        const auto end = typed[at] == '<' ? typed.find_first_of("<>", at + 1) : std::string_view::npos;
        if (end != std::string_view::npos && typed[end] == '>') {
            text += token_words(typed.substr(at + 1, end - at - 1));
            at = end + 1;
        } else {
            text += typed[at++];
        }
    }
    return one_line(without_entities(text));
}

} // namespace rapport::surface
