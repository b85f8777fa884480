// Cleaning, folding and comparing text, one code point at a time; see wording.hpp.
#include "mentoring/wording.hpp"

#include <algorithm>
#include <array>

namespace rapport {
namespace {

constexpr char32_t replacement = 0xfffd;

// The code point at `at`, which moves past it; U+FFFD and one byte on where none is well formed.
char32_t next(std::string_view text, std::size_t &at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto first = byte(at++);
    if (first < 0x80)
        return first;
    const unsigned more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
    if (first < 0xc2 || first > 0xf4 || at + more > text.size())
        return replacement;
    char32_t point = first & (0x3fU >> more);
    for (unsigned i = 0; i < more; ++i) {
        if ((byte(at + i) & 0xc0U) != 0x80)
            return replacement;
        point = (point << 6U) | (byte(at + i) & 0x3fU);
    }
    static constexpr std::array<char32_t, 4> least = {0, 0x80, 0x800, 0x10000};
    if (point < least[more] || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff))
        return replacement;
    at += more;
    return point;
}

void append(std::string &out, char32_t c) {
    const auto put = [&out](char32_t bits) { out += static_cast<char>(static_cast<unsigned char>(bits)); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xc0 | (c >> 6U));
        put(0x80 | (c & 0x3fU));
    } else if (c < 0x10000) {
        put(0xe0 | (c >> 12U));
        put(0x80 | ((c >> 6U) & 0x3fU));
        put(0x80 | (c & 0x3fU));
    } else {
        put(0xf0 | (c >> 18U));
        put(0x80 | ((c >> 12U) & 0x3fU));
        put(0x80 | ((c >> 6U) & 0x3fU));
        put(0x80 | (c & 0x3fU));
    }
}

template <class Change>
std::string each_point(std::string_view text, Change change) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();)
        change(out, next(text, at));
    return out;
}

bool is_blank(char32_t c) {
    return c == ' ' || c == '\t' || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x202f ||
           c == 0x205f || c == 0x3000;
}

// Dropped: controls, what turns the direction of text, what takes no room. U+200D stays, emoji need it.
bool is_hidden(char32_t c) {
    return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0xad || c == 0x61c || c == 0x180e || c == 0x200b ||
           c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x2069) ||
           c == 0xfeff || (c >= 0xfff9 && c <= 0xfffb) || (c >= 0xe0000 && c <= 0xe0fff);
}

bool is_line_end(char32_t c) {
    return c == '\n' || c == '\r' || c == 0x0b || c == 0x0c || c == 0x85 || c == 0x2028 || c == 0x2029;
}

char32_t lower(char32_t c) {
    if ((c >= 'A' && c <= 'Z') || (c >= 0xc0 && c <= 0xde && c != 0xd7) || (c >= 0x391 && c <= 0x3a9) ||
        (c >= 0x410 && c <= 0x42f))
        return c + 32;
    if (c >= 0x400 && c <= 0x40f)
        return c + 80;
    if (c == 0x178)
        return 0xff;
    // pairs of capital and small: capital even in most of Latin Extended-A, odd in the rest
    if ((c >= 0x100 && c <= 0x137 && c != 0x130 && c != 0x131) || (c >= 0x14a && c <= 0x177))
        return c | 1U;
    if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17e))
        return c + (c & 1U);
    if (c == 0x130)
        return 'i';
    if (c >= 0x1e00 && c <= 0x1eff && c != 0x1e9e)
        return c | 1U;
    return c == 0x3c2 ? 0x3c3 : c; // the final sigma is a sigma
}

// The plain letters of U+00E0 to U+017E in lower case; 0 where there are none.
constexpr std::string_view latin_1 = "aaaaaa.ceeeeiiii.nooooo.ouuuuy.y";
constexpr std::string_view latin_a = "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii..jjkk."
                                     "llllllllllnnnnnnnnnoooooo..rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzz";

void append_plain(std::string &out, char32_t c) {
    switch (c) {
    case 0xdf:
    case 0x1e9e:
        out += "ss";
        return;
    case 0xe6:
        out += "ae";
        return;
    case 0x153:
        out += "oe";
        return;
    case 0xfe:
        out += "th";
        return;
    case 0xf0:
        out += 'd';
        return;
    default:
        break;
    }
    char plain = '.';
    if (c >= 0xe0 && c <= 0xff)
        plain = latin_1[c - 0xe0];
    else if (c >= 0x100 && c <= 0x17e)
        plain = latin_a[c - 0x100];
    if (c >= 0x300 && c <= 0x36f) // combining accents
        return;
    if (plain != '.')
        out += plain;
    else
        append(out, c);
}

std::string trimmed(std::string_view text) {
    const auto from = text.find_first_not_of(" \n");
    if (from == std::string_view::npos)
        return {};
    return std::string(text.substr(from, text.find_last_not_of(" \n") - from + 1));
}

// Runs of blanks as one space; with `lines`, line ends too.
std::string squeezed(std::string_view text, bool lines) {
    std::string out;
    for (const char c : text) {
        const bool blank = c == ' ' || (lines && c == '\n');
        if (!blank || out.empty() || out.back() != ' ')
            out += blank ? ' ' : c;
    }
    return out;
}

refusal too_long(std::string_view what, std::size_t is, std::size_t longest) {
    return {{},
            std::string(what) + " has " + std::to_string(is) + " characters; " + std::to_string(longest) +
                " is the most.",
            "Shorten it by " + counted(static_cast<long long>(is - longest), "character") + "."};
}

std::u32string points_of(std::string_view text) {
    std::u32string points;
    for (std::size_t at = 0; at < text.size();)
        points += next(text, at);
    return points;
}

} // namespace

std::size_t length_of(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); ++count)
        next(text, at);
    return count;
}

std::string cleaned(std::string_view text) {
    bool after_return = false; // \r\n is one line end
    return each_point(text, [&](std::string &out, char32_t c) {
        const bool second = c == '\n' && after_return;
        after_return = c == '\r';
        if (second)
            return;
        if (is_line_end(c))
            out += '\n';
        else if (is_blank(c))
            out += ' ';
        else if (!is_hidden(c))
            append(out, c);
    });
}

result<std::string> one_line(std::string_view text, std::string_view what, std::size_t longest) {
    auto line = trimmed(squeezed(cleaned(text), true));
    if (line.empty())
        return refusal{{}, std::string(what) + " is empty.", "Write a few words."};
    if (const auto is = length_of(line); is > longest)
        return too_long(what, is, longest);
    return {boost::system::in_place_value, std::move(line)};
}

result<std::string> note_text(std::string_view text, std::string_view what, std::size_t longest) {
    const auto clean = trimmed(cleaned(text));
    std::string note;
    int ends = 0;
    for (const char c : clean) {
        ends = c == '\n' ? ends + 1 : 0;
        if (ends <= 2)
            note += c;
    }
    if (const auto is = length_of(note); is > longest)
        return too_long(what, is, longest);
    return {boost::system::in_place_value, std::move(note)};
}

std::string with_plain_quotes(std::string_view text) {
    return each_point(text, [](std::string &out, char32_t c) {
        if (c >= 0x2018 && c <= 0x201b)
            out += '\'';
        else if ((c >= 0x201c && c <= 0x201f) || c == 0xab || c == 0xbb)
            out += '"';
        else if (c >= 0x2010 && c <= 0x2015)
            out += '-';
        else
            append(out, c);
    });
}

std::string folded(std::string_view text) {
    return each_point(text, [](std::string &out, char32_t c) { append(out, lower(c)); });
}

std::string folded_name(std::string_view text) {
    const auto plain =
        each_point(cleaned(text), [](std::string &out, char32_t c) { append_plain(out, lower(c)); });
    return trimmed(squeezed(plain, true));
}

std::size_t letters_apart(std::string_view one, std::string_view other) {
    const auto a = points_of(one), b = points_of(other);
    std::vector<std::size_t> before, last(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t cost = a[i - 1] == b[j - 1] ? 0 : 1;
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + cost});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], before[j - 2] + 1);
        }
        before = last;
        last = row;
    }
    return last[b.size()];
}

std::optional<std::string_view> nearest_word(std::string_view misspelt,
                                             std::span<const std::string_view> words) {
    const auto typed = folded(misspelt);
    const auto letters = length_of(typed);
    if (letters > 60) // no word is that long, and comparing costs the product of both lengths
        return std::nullopt;
    std::optional<std::string_view> nearest;
    auto least = std::max<std::size_t>(1, letters / 3) + 1;
    for (const auto word : words)
        if (const auto apart = letters_apart(typed, folded(word)); apart < least) {
            least = apart;
            nearest = word;
        }
    return nearest;
}

std::string counted(long long count, std::string_view one, std::string_view many) {
    auto text = std::to_string(count) + " ";
    if (count == 1)
        return text.append(one);
    return many.empty() ? text.append(one).append("s") : text.append(many);
}

std::string listed(const std::vector<std::string> &all, std::string_view last_join) {
    std::string text;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (i > 0)
            text.append(i + 1 == all.size() ? " " + std::string(last_join) + " " : ", ");
        text += all[i];
    }
    return text;
}

std::string first_name(std::string_view name) {
    const auto clean = trimmed(squeezed(cleaned(name), true));
    return clean.substr(0, clean.find(' '));
}

} // namespace rapport
