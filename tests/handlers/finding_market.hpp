// A market to find each other in, over the bench: the starter program with requests, mentors sam, priya and
// tom, protégés mei and lee, profiles for some of them.
#pragma once

#include "mentoring/profile.hpp"
#include "storage/mentor_requests.hpp"
#include "storage/profiles.hpp"
#include "tests/handlers/mail_round.hpp"

#include <string>
#include <vector>

namespace rapport::tests {

struct market {
    office o;
    mail_round mail{o};

    explicit market(program rules = with_requests()) {
        o.here.rules.add(2, std::move(rules));
        for (const auto *name : {"tom", "lee"}) {
            person_described one;
            one.who = office::slack_of(name);
            one.name = std::string(1, static_cast<char>(name[0] - 32)) + (name + 1);
            one.zone = "Europe/London";
            o.happens(name, one);
        }
        o.says("noor", "/program enrol @tom mentor");
        o.says("noor", "/program enrol @lee protege");
        fill("sam", profile_field::interests, "robotics, sailing");
        fill("sam", profile_field::help, "coach, connector");
        fill("tom", profile_field::interests, "law");
        fill("mei", profile_field::interests, "robotics, music");
        fill("mei", profile_field::help, "coach");
        mail.pass(hours{2}); // greetings are gone
    }

    static program with_requests() {
        auto p = starter_program();
        p.requests.emplace();
        p.matching.weights = {{"interests", 60}, {"help", 40}};
        return p;
    }
    void fill(const std::string &who, profile_field which, const std::string &words,
              seen_by seen = seen_by::everyone) {
        const auto id = o.id_of(who);
        o.on_file([&](storage::records &r) {
            r.open<storage::profiles>().set(id, which, {words, seen}, o.now);
        });
    }
    heard asks(const std::string &who, const std::string &mentor,
               const std::string &note = "Robots, please.") {
        const auto form = o.says(who, "/mentoring request @" + mentor);
        if (form.form.empty())
            return form;
        return o.submits(who, form, {{"note", note}});
    }
    std::vector<storage::mentor_request> requests() {
        std::vector<storage::mentor_request> out;
        o.on_file([&](storage::records &r) { out = r.open<storage::mentor_requests>().of_term(o.term); });
        return out;
    }
    std::size_t pairs_of(const std::string &who) {
        std::size_t out = 0;
        const auto id = o.id_of(who);
        o.on_file([&](storage::records &r) { out = r.pairs.open_of_person(id).size(); });
        return out;
    }
    // The last thing somebody was sent, with its buttons.
    heard last_to(const std::string &channel) {
        const auto all = mail.to(channel);
        return all.empty() ? heard{} : mail.shown(all.back());
    }
};

} // namespace rapport::tests
