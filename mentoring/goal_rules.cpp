// Kinds and numbers of goals; see goal_rules.hpp.
#include "mentoring/goal_rules.hpp"

#include <algorithm>

namespace rapport {
namespace {

std::string lower(std::string_view text) {
    std::string out(text);
    for (auto &c : out)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return out;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == ','))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '.' || text.back() == ','))
        text.remove_suffix(1);
    return text;
}

// The kind these words mean: all of it, or the beginning of just one.
std::string kind_meant(std::string_view words, const std::vector<std::string> &kinds) {
    const auto said = lower(trimmed(words));
    std::vector<std::string> begin_so;
    for (const auto &each : kinds) {
        if (lower(each) == said)
            return each;
        if (said.size() >= 3 && lower(each).starts_with(said))
            begin_so.push_back(each);
    }
    return begin_so.size() == 1 ? begin_so.front() : std::string();
}

} // namespace

kinded_title split_kind(std::string_view words, const std::vector<std::string> &kinds) {
    const auto all = lower(words);
    for (auto at = all.rfind(" as "); at != std::string::npos;
         at = at == 0 ? std::string::npos : all.rfind(" as ", at - 1))
        if (auto kind = kind_meant(words.substr(at + 4), kinds); !kind.empty())
            return {std::string(trimmed(words.substr(0, at))), std::move(kind)};
    std::string_view title = words;
    while (!title.empty() && title.front() == ' ')
        title.remove_prefix(1);
    while (!title.empty() && title.back() == ' ')
        title.remove_suffix(1);
    return {std::string(title), {}};
}

bool has_place(const std::optional<goal_rules> &rules, int open) {
    return open < (rules && rules->open_at_once ? *rules->open_at_once : most_goals_without_number);
}

std::string kinds_in_words(const std::vector<std::string> &kinds) {
    std::string out;
    for (std::size_t i = 0; i < kinds.size(); ++i)
        out += (i == 0 ? "" : i + 1 == kinds.size() ? " or " : ", ") + kinds[i];
    return out;
}

} // namespace rapport
