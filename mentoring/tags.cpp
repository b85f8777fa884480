// Folding and splitting; see tags.hpp.
#include "mentoring/tags.hpp"

#include <algorithm>

namespace rapport {
namespace {

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

template <class Each>
void each_between(std::string_view text, std::string_view marks, Each each) {
    std::size_t from = 0;
    while (from <= text.size()) {
        const auto to = std::min(text.find_first_of(marks, from), text.size());
        each(text.substr(from, to - from));
        from = to + 1;
    }
}

} // namespace

std::string folded_tag(std::string_view words) {
    std::string out;
    bool gap = false;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const char c = words[i];
        if (is_blank(c)) {
            gap = !out.empty();
            continue;
        }
        if (gap)
            out += ' ';
        gap = false;
        if (c >= 'A' && c <= 'Z') {
            out += static_cast<char>(c - 'A' + 'a');
        } else if (c == '\xc3' && i + 1 < words.size()) { // À to Þ, but not the sign in between
            const auto next = static_cast<unsigned char>(words[++i]);
            out += c;
            out += static_cast<char>(next >= 0x80 && next <= 0x9e && next != 0x97 ? next + 0x20 : next);
        } else {
            out += c;
        }
    }
    while (!out.empty() && (out.back() == '.' || out.back() == ' '))
        out.pop_back();
    return out;
}

tag_words::tag_words(const std::vector<std::string> &lines) {
    for (const auto &line : lines) {
        std::vector<std::string> words;
        each_between(line, ",", [&](std::string_view word) {
            if (auto one = folded_tag(word); !one.empty())
                words.push_back(std::move(one));
        });
        if (words.empty())
            continue;
        const auto first = meant(words.front());
        for (const auto &word : words) {
            const auto before = meant(word);
            for (auto &[each, stands] : meant_)
                if (stands == before)
                    stands = first;
            meant_[word] = first;
            if (before != word)
                meant_[before] = first;
        }
    }
}

std::string tag_words::meant(std::string_view words) const {
    auto one = folded_tag(words);
    const auto found = meant_.find(one);
    return found == meant_.end() ? one : found->second;
}

result<tag_set> tag_words::read(std::string_view typed) const {
    tag_set out;
    std::string too_long;
    each_between(typed, ",;\n", [&](std::string_view word) {
        if (word.size() > longest_tag && folded_tag(word).size() > longest_tag)
            too_long = std::string(word);
        if (auto one = meant(word); !one.empty())
            out.push_back(std::move(one));
    });
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    if (!too_long.empty())
        return refusal{too_long, "One of these is longer than 60 letters; each is a word or two.",
                       "short ones with commas between: robotics, supply chain"};
    if (out.size() > most_tags)
        return refusal{std::string(typed.substr(0, 100)),
                       "These are more than 20; the fewer there are, the more each counts.",
                       "the ones that matter most, with commas between"};
    return out;
}

std::string text_of(const tag_set &tags) {
    std::string out;
    for (const auto &tag : tags)
        out += (out.empty() ? "" : ", ") + tag;
    return out;
}

} // namespace rapport
