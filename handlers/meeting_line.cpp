// See meeting_line.hpp.
#include "handlers/meeting_line.hpp"

#include "handlers/surface/characters.hpp"
#include "handlers/surface/packed.hpp"
#include "handlers/usage_shape.hpp"

#include <fmt/format.h>

#include <vector>

namespace rapport {
namespace {

constexpr std::size_t most_place = 200;

std::string joined(const std::vector<std::string> &words, std::size_t from, std::size_t to) {
    std::string out;
    for (auto i = from; i < to; ++i)
        out += (out.empty() ? "" : " ") + words[i];
    return out;
}

// Takes "30m", "1h30", "45 min" out of the words; 0 if there is none. Never the first word: that is when.
int take_length(std::vector<std::string> &words) {
    for (std::size_t i = words.size(); i-- > 1;) {
        std::size_t count = 0;
        int length = shape::length_in(words[i]);
        if (length > 0)
            count = 1;
        else if (i + 1 < words.size() && (length = shape::length_in(words[i] + " " + words[i + 1])) > 0)
            count = 2;
        if (count == 0 || shape::alike(words[i - 1], "in")) // "in 2 hours" is when
            continue;
        const auto at = words.begin() + static_cast<std::ptrdiff_t>(i);
        words.erase(at, at + static_cast<std::ptrdiff_t>(count));
        return length;
    }
    return 0;
}

} // namespace

result<meeting_words> read_meeting(std::string_view typed, instant now, const zone &where) {
    auto words = surface::split_words(typed);
    const int length = take_length(words);
    std::optional<refusal> first_trouble;
    for (auto count = words.size(); count > 0; --count) {
        const auto read = read_date(joined(words, 0, count), now, where);
        if (read.reading == date_reading::no_date)
            continue;
        if (read.reading != date_reading::understood) {
            if (!first_trouble)
                first_trouble = read.why;
            continue;
        }
        if (!read.value.has_time())
            return refusal{"", fmt::format("At which time on {}?", full_date(read.value.date)), ""};
        if (length > longest_meeting_minutes)
            return refusal{"", "A meeting of more than eight hours is a long day.", ""};
        // words a date can do without ("the") belong to the place
        while (count > 1 && read_date(joined(words, 0, count - 1), now, where).value == read.value)
            --count;
        const auto place = joined(words, count, words.size());
        if (surface::code_points(place) > most_place)
            return refusal{"", fmt::format("The place has more than {} characters.", most_place), ""};
        return meeting_words{read.value.starts_at(where), length > 0 ? length : usual_meeting_minutes, place};
    }
    if (first_trouble)
        return *first_trouble;
    return refusal{"", "I see no day and time in that.", ""};
}

} // namespace rapport
