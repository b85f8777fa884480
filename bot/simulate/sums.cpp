// Medians and shares; see sums.hpp.
#include "bot/simulate/sums.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport::simulate {
namespace {

constexpr int most_messages = 14, most_taps = 25;
constexpr int most_wrong = 5, least_found = 90, least_precision = 70;
constexpr int lines_of_200_pairs = 10;

std::vector<int> numbers_of(const played &made, side on, habit as, int person_numbers::*which) {
    std::vector<int> out;
    for (const auto &one : made.people)
        if (one.on == on && one.as == as && !one.dropped_out)
            out.push_back(one.*which);
    return out;
}

} // namespace

int median(std::vector<int> all) {
    if (all.empty())
        return 0;
    const auto middle = all.begin() + static_cast<std::ptrdiff_t>((all.size() - 1) / 2);
    std::nth_element(all.begin(), middle, all.end());
    return *middle;
}

int share(std::int64_t part, std::int64_t of) {
    return of == 0 ? 0 : static_cast<int>((part * 200 + of) / (of * 2));
}

std::vector<role_sum> by_role(const played &made) {
    std::vector<role_sum> out;
    for (const auto on : {side::mentor, side::protege})
        for (const auto &[as, word] : habit_words) {
            const auto messages = numbers_of(made, on, as, &person_numbers::messages);
            if (messages.empty())
                continue;
            out.push_back({on, as, static_cast<int>(messages.size()), median(messages),
                           *std::max_element(messages.begin(), messages.end()),
                           median(numbers_of(made, on, as, &person_numbers::taps)),
                           median(numbers_of(made, on, as, &person_numbers::commands))});
        }
    return out;
}

drop_out_sum sum_of_drop_outs(const played &made) {
    drop_out_sum out;
    std::vector<int> ahead;
    for (const auto &one : made.drop_outs) {
        ++out.planted;
        if (!one.heard_at || *one.heard_at > one.lost_at)
            continue;
        ++out.found;
        ahead.push_back(
            static_cast<int>(std::chrono::duration_cast<days>(one.lost_at - *one.heard_at).count()));
        out.found_in_time += ahead.back() >= days_ahead ? 1 : 0;
    }
    out.median_ahead = median(ahead);
    out.precision = share(made.pairs_named_rightly, made.pairs_named);
    return out;
}

std::vector<target> mentor_targets(const played &made) {
    const auto of_mentors = [&](int person_numbers::*which) {
        return median(numbers_of(made, side::mentor, habit::keen, which));
    };
    const int messages = of_mentors(&person_numbers::messages), taps = of_mentors(&person_numbers::taps),
              commands = of_mentors(&person_numbers::commands);
    const std::string who = made.how.all_of ? ", who writes on the platform" : ", among all";
    return {
        {"Messages over the term to a mentor who keeps every promise" + who,
         fmt::format("at most {}", most_messages), std::to_string(messages), messages <= most_messages,
         "The introduction, what the other side puts down, each month's check-in and the closing are "
         "messages; a wrong reply nudge is one more each time."},
        {"Taps of that mentor" + who, fmt::format("at most {}", most_taps), std::to_string(taps),
         taps <= most_taps,
         "A check-in is four taps where a policy asks two questions that need an answer (open, two answers, "
         "send), and every month has one."},
        {"Commands of that mentor" + who, "0", std::to_string(commands), commands == 0, ""}};
}

std::vector<target> targets(const played &made) {
    auto out = mentor_targets(made);
    const auto &replies = made.replies;
    const int wrong = share(replies.wrong, replies.nudges);
    out.push_back(
        {fmt::format("Wrong reply nudges, with {} % of contact off the platform and {} % of last "
                     "messages a thanks",
                     made.how.mix.off_platform, made.how.mix.thanks),
         fmt::format("at most {} %", most_wrong),
         fmt::format("{} % ({} of {}: {} answered elsewhere, {} after a thanks); {} % of the {} "
                     "messages heard",
                     wrong, replies.wrong, replies.nudges, replies.wrong_answered, replies.wrong_thanks,
                     share(replies.wrong, replies.messages), replies.messages),
         wrong <= most_wrong,
         "Who wrote and when cannot tell a thanks from a question, and this policy lets every "
         "message start a firm clock. `loose_messages = \"soft\"` sends no nudge of its own for "
         "them."});
    const int lines = median(made.week_lines);
    const int allowed = std::max(1, lines_of_200_pairs * made.pairs / 200);
    out.push_back({fmt::format("New lines of the queue in the median week, {} pairs", made.pairs),
                   fmt::format("at most {}", allowed), std::to_string(lines), lines <= allowed,
                   "A busy person who misses a day of the policy's ladder stands in it as a lost one does."});
    const auto lost = sum_of_drop_outs(made);
    const int found = share(lost.found_in_time, lost.planted);
    out.push_back(
        {fmt::format("Planted drop-outs named by the queue at least {} days before they are lost",
                     days_ahead),
         fmt::format("at least {} %", least_found),
         fmt::format("{} % ({} of {}; median {} days ahead)", found, lost.found_in_time, lost.planted,
                     lost.median_ahead),
         found >= least_found,
         "Silence shows only when somebody waits for it: a reply, a check-in. Who drops out between "
         "two of them is named by the next."});
    out.push_back(
        {"Pairs named for silence that had dropped out (precision)",
         fmt::format("at least 0.{}", least_precision / 10),
         fmt::format("0.{:02} ({} of {})", lost.precision, made.pairs_named_rightly, made.pairs_named),
         lost.precision >= least_precision,
         "Busy people go a week without an answer too. The queue says since when, not why."});
    return out;
}

} // namespace rapport::simulate
