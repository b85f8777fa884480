// What is played and what came of it, as plain values: the policy and its dates, the people and their habits,
// the numbers, the first broken promise. How it is played is play.cpp's, how it reads report.hpp's.
#pragma once

#include "mentoring/program.hpp"
#include "mentoring/words.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace rapport::simulate {

// How somebody keeps up with what they promised. A silent one does nothing at all from the first day.
enum class habit { keen, ordinary, busy, silent };
RAPPORT_WORDS(
    habit, 4,
    {{habit::keen, "keen"}, {habit::ordinary, "ordinary"}, {habit::busy, "busy"}, {habit::silent, "silent"}})

// The made-up population, in percent. What is left of a hundred is ordinary.
struct population_mix {
    int keen = 35;
    int busy = 20;
    int drop_outs = 10;    // pairs of which one side turns silent on a day that is known
    int off_platform = 40; // contacts made where Rapport cannot see them
    int thanks = 30;       // last messages that only say thanks and want no answer
};

struct playing {
    std::string policy; // its text, as it would be put in force
    program rules;      // the same, read
    day from{}, until{};
    std::uint64_t seed = 1;
    int people = 100; // two a pair; even
    population_mix mix;
    bool faults = false;    // crashes, lost and doubled deliveries, clock jumps, a disk that fails
    std::string transcript; // whose days are written down: a name, "all", or empty for nobody's
    // One pair by its habits instead of a population: what a preview shows.
    std::optional<habit> all_of;
};

// What Rapport promises about its own messages, whatever people do.
enum class promise { good_hours, after_close, caps, forgotten, done, two_at_most, balance, rest };
RAPPORT_WORDS(promise, 8,
              {{promise::good_hours, "nobody is written to outside their good hours"},
               {promise::after_close, "nothing is sent after the close"},
               {promise::caps, "no cap on messages is broken"},
               {promise::forgotten, "no pair is forgotten"},
               {promise::done, "nothing is nudged that was done"},
               {promise::two_at_most, "two nudges an obligation at most"},
               {promise::balance, "planned = sent + cancelled + missed + pending"},
               {promise::rest, "planner and courier come to rest"}})

struct broken_promise {
    promise which{};
    day on{};
    std::string person; // or the pair
    std::uint64_t seed = 0;
    std::string says; // what happened, a sentence
};

// What one person got and did over the term.
struct person_numbers {
    std::string name;
    side on = side::mentor;
    habit as = habit::ordinary;
    bool dropped_out = false;
    int messages = 0; // that Rapport posted to them by itself, first words and the pair's introduction too
    int days_messages = 0; // of these: the message of a day
    int taps = 0;
    int commands = 0;
};

// A pair of which one side turned silent, and when a coordinator heard of it.
struct drop_out {
    std::string name;
    side who = side::protege;
    instant silent_from{};
    instant lost_at{}; // from here on nobody would win them back
    std::optional<instant> heard_at;
};

struct reply_numbers {
    int nudges = 0;         // lines about a reply that reached somebody
    int wrong = 0;          // of these: nothing was owed
    int wrong_answered = 0; // answered where Rapport cannot see it
    int wrong_thanks = 0;   // the last message wanted no answer
    int mended = 0;         // wrong ones that their person set right, each with one tap
    int messages = 0;       // written in conversations, that Rapport heard
};

struct outbox_numbers {
    std::int64_t planned = 0, sent = 0, cancelled = 0, missed = 0, pending = 0;
};

// What a person would read of their own days: one thing that happened.
struct transcript_line {
    instant at{};
    std::string person;
    std::string says;
};

struct played {
    playing how;
    int pairs = 0;
    std::vector<person_numbers> people;
    std::vector<int> week_messages;    // posted in each week, to people of pairs
    std::vector<int> week_lines;       // lines of the queue that came up in each week
    std::vector<int> week_open;        // lines that were open on its Monday
    std::map<std::string, int> kinds;  // messages by kind
    std::map<std::string, int> causes; // lines of the queue by kind
    reply_numbers replies;
    std::vector<drop_out> drop_outs;
    int pairs_named = 0, pairs_named_rightly = 0; // by the queue, for silence
    outbox_numbers outbox;
    std::map<std::string, int> mishaps;
    std::int64_t deliveries = 0, instants = 0;
    std::optional<broken_promise> broken;
    std::vector<transcript_line> transcript;
};

} // namespace rapport::simulate
