// A bench for the end of a pair: the office whose program has a term, its leaving rules and three ways to go
// on.
#pragma once

#include "handlers/leaving_facts.hpp"
#include "storage/closing.hpp"
#include "storage/leaving.hpp"
#include "tests/handlers/policied.hpp"

#include <algorithm>

namespace rapport::tests {

// It is Monday 2 November 2026; the term runs until 10 May 2027.
inline const std::vector<policy_setting> with_a_term = {{"term.dates", "2026-10-01 to 2027-05-10"},
                                                        {"phases.run", "2026-10-01 to 2027-05-10"}};

inline bool offers(const heard &h, const std::string &label) {
    return std::any_of(h.buttons.begin(), h.buttons.end(), [&](const auto &b) { return b.label == label; });
}

using keys = std::vector<policy_setting>;

struct leaving_bench : policied {
    instant began; // what was due before is read by then

    explicit leaving_bench(const keys &changed = with_a_term) : policied(changed) {
        mail.deliver();
        began = now;
    }
    static std::string upper(std::string text) {
        for (auto &c : text)
            c = static_cast<char>(c - 'a' + 'A');
        return text;
    }
    static instant london(day on, int hour = 0) {
        return zone::named("Europe/London")->at(on, hours{hour});
    }
    pair_state state() {
        return the_pair().state;
    }
    storage::pair the_pair() {
        std::optional<storage::pair> one;
        on_file([&](storage::records &r) { one = r.pairs.by_id(pair); });
        return one.value();
    }
    std::optional<storage::pair_ending> ending() {
        std::optional<storage::pair_ending> one;
        on_file([&](storage::records &r) { one = r.open<storage::endings>().of(pair); });
        return one;
    }
    std::optional<storage::notice> notice() {
        std::optional<storage::notice> one;
        on_file([&](storage::records &r) { one = r.open<storage::notices>().latest(pair); });
        return one;
    }
    std::optional<storage::pause> rest() {
        std::optional<storage::pause> one;
        on_file([&](storage::records &r) { one = r.open<storage::pauses>().running(pair); });
        return one;
    }
    std::vector<storage::attention_line> queue() {
        std::vector<storage::attention_line> all;
        on_file([&](storage::records &r) { all = r.attention.open(slug); });
        return all;
    }
    bool in_queue(std::string_view kind) {
        const auto all = queue();
        return std::any_of(all.begin(), all.end(), [&](const auto &line) { return line.kind == kind; });
    }
    std::optional<enrolment_state> enrolled(const std::string &who, role as) {
        std::optional<enrolment_state> state;
        const auto id = id_of(who);
        on_file([&](storage::records &r) {
            if (const auto one = r.programs.enrolled(term, id, as))
                state = one->state;
        });
        return state;
    }
    // The last that somebody read in private.
    heard last_to(const std::string &who) {
        const auto all = mail.to("D0" + upper(who));
        return all.empty() ? heard{} : mail.shown(all.back());
    }
    std::size_t letters_to(const std::string &who) {
        const auto all = mail.to("D0" + upper(who));
        return static_cast<std::size_t>(
            std::count_if(all.begin(), all.end(), [&](const letter &one) { return one.at > began; }));
    }
    heard gives_notice(const std::string &who, day last, const char *stays = "no") {
        return submits(who, says(who, "/mentoring leave notice"),
                       fields{{"last", last}, {"stays", choice{stays}}});
    }
};

} // namespace rapport::tests
