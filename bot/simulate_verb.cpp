// `rapport simulate`: what was asked for is read and judged here; the play is bot/simulate's.
#include "bot/simulate/play.hpp"
#include "bot/simulate/report.hpp"
#include "bot/verbs.hpp"
#include "config/policy_file.hpp"
#include "mentoring/calendar.hpp"
#include "mentoring/zones.hpp"

#include <fmt/format.h>

#include <charconv>
#include <fstream>
#include <ostream>
#include <unistd.h>

namespace rapport::bot {
namespace {

constexpr int least_people = 2, most_people = 20'000;
constexpr int longest_play = 3 * 366; // days
// Of a policy without dates: an academic year.
constexpr day_range otherwise{day{date::year{2026}, date::month{9}, date::day{1}},
                              day{date::year{2027}, date::month{5}, date::day{31}}};
constexpr int bar_width = 40;

// A sentence that says what is wrong and how it is right.
struct wrong_usage {
    std::string says;
};

template <class Number>
Number number(const std::string &text, const char *option, Number least, Number most) {
    Number out{};
    const auto end = text.data() + text.size();
    const auto [at, error] = std::from_chars(text.data(), end, out);
    if (error != std::errc() || at != end || out < least || out > most)
        throw wrong_usage{fmt::format("{} {}: not a whole number from {} to {}.", option, text, least, most)};
    return out;
}

day date_of(const std::string &text, const char *option, day unless) {
    if (text.empty())
        return unless;
    const auto read = parse_day(text);
    if (!read || *read > last_known_day)
        throw wrong_usage{fmt::format("{} {}: not a day up to 2037. Write it as 2026-08-24.", option, text)};
    return *read;
}

simulate::playing playing_of(const std::string &file, const verb::simulate &asked) {
    auto read = config::load_policy(file);
    if (!read.reading.problems.empty())
        throw wrong_usage{config::text_of(read.reading.problems)};
    simulate::playing how;
    how.policy = std::move(read.text);
    how.rules = std::move(*read.reading.value);
    const auto term = how.rules.term.value_or(otherwise);
    how.from = date_of(asked.from, "--from", term.from);
    how.until = date_of(asked.to, "--to", term.until);
    if (how.from > how.until)
        throw wrong_usage{
            fmt::format("--from {} is after --to {}: give an earlier first day or a later last one.",
                        rapport::text_of(how.from), rapport::text_of(how.until))};
    if (days_between(how.from, how.until) > longest_play)
        throw wrong_usage{"A play lasts three years at most: give --from and --to nearer to each other."};
    how.seed = number<std::uint64_t>(asked.seed, "--seed", 0, ~std::uint64_t{0});
    how.people = number(asked.people, "--people", least_people, most_people);
    if (how.people % 2 != 0)
        throw wrong_usage{fmt::format("--people {}: two make a pair, so give an even number.", how.people)};
    how.faults = asked.faults;
    how.transcript = asked.transcript.empty() && !asked.transcript_file.empty() ? "all" : asked.transcript;
    return how;
}

// On a terminal only, and gone when it is done.
class progress_bar {
    std::ostream &err_;
    bool shows_;
    int shown_ = -1;

  public:
    explicit progress_bar(std::ostream &err) : err_(err), shows_(::isatty(STDERR_FILENO) == 1) {}
    ~progress_bar() {
        if (shown_ >= 0)
            err_ << "\r\033[K" << std::flush;
    }
    progress_bar(const progress_bar &) = delete;
    progress_bar &operator=(const progress_bar &) = delete;

    void at(double part) {
        const int percent = static_cast<int>(part * 100);
        if (!shows_ || percent == shown_)
            return;
        shown_ = percent;
        const auto full = static_cast<std::size_t>(percent * bar_width / 100);
        err_ << fmt::format("\r[{:<{}}] {:>3} %", std::string(full, '#'), bar_width, percent) << std::flush;
    }
};

simulate::played played_by(const simulate::playing &how, std::ostream &err) {
    progress_bar shows(err);
    return simulate::play(how, [&](double part) { shows.at(part); });
}

void write_file(const std::string &file, const std::string &text) {
    if (file.empty())
        return;
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << text;
    out.close();
    if (!out)
        throw std::runtime_error(file + " cannot be written; name a file in a folder that is there");
}

void tell_broken(const simulate::played &made, std::ostream &err) {
    if (made.broken)
        err << fmt::format("rapport: a promise broke, \"{}\": {}, {}, seed {}: {}.\n",
                           simulate::text_of(made.broken->which), rapport::text_of(made.broken->on),
                           made.broken->person, made.broken->seed, made.broken->says);
}

// Two people who do all that they promised, and talk where Rapport hears it.
simulate::playing keen_pair_of(simulate::playing how) {
    how.people = 2;
    how.all_of = simulate::habit::keen;
    how.transcript.clear();
    return how;
}

int play_one(const verb::simulate &asked, const surroundings &around) {
    const auto how = playing_of(asked.policy, asked);
    const auto made = played_by(how, around.err);
    write_file(asked.html, simulate::report_page(made));
    if (!asked.numbers.empty())
        write_file(asked.numbers, simulate::report_numbers(made, simulate::play(keen_pair_of(how))));
    const auto days_of_people = how.transcript.empty() ? std::string() : simulate::transcript_text(made);
    write_file(asked.transcript_file, days_of_people);
    around.out << (asked.json ? simulate::report_json(made) : simulate::report_text(made));
    if (!how.transcript.empty() && days_of_people.empty())
        around.err << fmt::format(
            "rapport: nobody here is called {}; pairs are numbered P001 and M001 onwards.\n", how.transcript);
    else if (asked.transcript_file.empty() && !asked.json && !days_of_people.empty())
        around.out << "\n" << days_of_people;
    tell_broken(made, around.err);
    return made.broken ? refused_status : done_status;
}

int play_two(const verb::simulate &asked, const surroundings &around) {
    if (!asked.html.empty() || !asked.numbers.empty() || !asked.transcript.empty() ||
        !asked.transcript_file.empty())
        throw wrong_usage{
            "--compare tells what differs, as text or with --json; play each alone for the rest."};
    const auto how_a = playing_of(asked.compare[0], asked), how_b = playing_of(asked.compare[1], asked);
    const auto a = played_by(how_a, around.err), b = played_by(how_b, around.err);
    around.out << (asked.json ? simulate::compared_json(a, b) : simulate::compared_text(a, b));
    tell_broken(a, around.err);
    tell_broken(b, around.err);
    return a.broken || b.broken ? refused_status : done_status;
}

} // namespace

int simulate_term(const verb::simulate &how, const surroundings &around) {
    try {
        if (how.policy.empty() == how.compare.empty())
            throw wrong_usage{
                "Name one policy file, or two with --compare: rapport simulate programs/emap.toml"};
        return how.compare.empty() ? play_one(how, around) : play_two(how, around);
    } catch (const wrong_usage &wrong) {
        around.err << "rapport: " << wrong.says << (wrong.says.ends_with('\n') ? "" : "\n");
        return usage_status;
    }
}

} // namespace rapport::bot
