// What the people of a play do, hour by hour: they write to each other, forget, read what Rapport sends them
// and press its buttons, or fall silent. They know the truth about themselves; Rapport hears only what a
// workspace would tell it.
#pragma once

#include "bot/simulate/population.hpp"
#include "bot/simulate/service.hpp"

#include <functional>
#include <map>
#include <string>
#include <utility>

namespace rapport::simulate {

class living {
  public:
    living(const playing &how, clock_hand &clock, service &bot, stage &where, watch &sees, played &out);

    // When the next of them does something.
    std::optional<instant> next() const;
    // All that they do until now.
    void run_due();
    // What Rapport posted since is on their screens: counted, and read in their own time.
    void look_at_screens();

    // The service does not answer until then: what is written meanwhile it never hears, what is pressed or
    // typed is tried again later.
    void service_is_away_until(instant then) {
        away_until_ = then;
    }
    const population &all() const {
        return folk_;
    }

  private:
    using doing = std::function<void()>;
    struct press_place {
        std::string channel, ts;
        bool ephemeral = false;
    };

    // --- the calendar
    void at(instant when, doing what);
    instant on_some_day(const person_played &who, day from, day until);
    void plan_months();
    void plan_month(int pair, day first, day last);
    void plan_beginning(int pair);
    void plan_extras(int pair);

    // --- beginning
    void enters(int person);
    void become_a_pair(int pair);
    void coordinator_says(const std::string &words, std::string_view wanted);

    // --- talking
    void starts(int pair, side who);
    void says(int pair, side who, bool wants_answer);
    void talks_elsewhere(int pair, side who, bool answers);
    void answers_later(int pair, side who, span_of_time least, span_of_time most);
    void answers(int pair, side who);

    // --- reading
    void count(const letter &one);
    void reads(int person, const letter &one);
    void reads_in_conversation(int person, const letter &one);
    void coordinator_reads(const letter &one);
    void acts_on_line(int person, const letter &one, const std::string &line,
                      const std::vector<offered_press> &presses);
    void settles_reply(int person, const letter &one, const std::vector<offered_press> &presses);
    void keeps_in_touch(int person, const letter &one, const std::vector<offered_press> &presses);
    void works_on_plan(int person, const screen &page, const press_place &where);
    void hears_from_coordinator(int pair);

    // --- the keyboard
    std::optional<screen> typed(int person, const std::string &line);
    std::optional<screen> presses(int person, const press_place &where, const offered_press &what);
    std::optional<screen> fills_in(int person, const screen &form);
    std::optional<rendered_answer> delivers(const slack_id &from, const std::string &channel,
                                            what_happened what);
    fields filled(int person, const screen &form);
    field_value answer_to(int person, const offered_field &field);
    void press_one(int person, const letter &one, const std::vector<offered_press> &all,
                   std::string_view action);

    void notes(const person_played &who, std::string says);
    person_played &who(int person) {
        return folk_.people[static_cast<std::size_t>(person)];
    }
    pair_played &of(int pair) {
        return folk_.pairs[static_cast<std::size_t>(pair)];
    }
    std::string conversation(int pair);
    const person_id &on_record(int person);
    bool is_away() const {
        return clock_.now < away_until_;
    }

    const playing &how_;
    clock_hand &clock_;
    service &bot_;
    stage &stage_;
    watch &sees_;
    played &out_;
    chance luck_;
    population folk_;
    instant begins_, ends_;
    instant away_until_{};
    std::map<std::pair<instant, std::uint64_t>, doing> agenda_;
    std::uint64_t planned_ = 0;
    std::int64_t requests_ = 0;
    std::map<std::string, int> person_of_; // by direct conversation
    std::map<std::string, int> pair_of_;   // by conversation
    std::map<int, letter> introduction_;   // of each pair
    std::map<int, person_id> known_;       // the people as the records have them
    std::map<int, side> last_act_by_;      // what stands in a pair's conversation for the other to press
};

} // namespace rapport::simulate
