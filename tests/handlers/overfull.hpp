// A workspace in which everything that can be listed is there nine times: what a list shows of it, it shows
// on two pages.
#pragma once

#include "storage/entering.hpp"
#include "storage/helping.hpp"
#include "storage/match_drafts.hpp"
#include "storage/meetings.hpp"
#include "storage/mentor_requests.hpp"
#include "storage/plans.hpp"
#include "storage/sites.hpp"
#include "tests/handlers/mail_round.hpp"

#include <string>
#include <vector>

namespace rapport::tests {

inline constexpr int all_of_them = 9;

// noor coordinates "starter" and "schools". ana has ten mentors; mei, without one, has asked
// nine.
struct overfull {
    office o;
    std::vector<person_id> mentors, peers, lone;

    overfull() {
        o.here.rules.add(2, full());
        o.here.rules.add(1, schools());
        o.on_file([&](storage::records &r) {
            fill_people(r);
            fill_pair(r);
            fill_program(r);
            fill_schools(r);
        });
    }

    static std::string nth(const std::string &what, int n) {
        return what + " " + std::to_string(n);
    }

    // "Mentor 3" is U0MENTOR3.
    static slack_id account(const std::string &name, int n) {
        auto lower = name;
        lower.front() = static_cast<char>(lower.front() - 'A' + 'a');
        return slack_id{office::slack_of(lower).str() + std::to_string(n)};
    }

  private:
    static program full() {
        auto p = starter_program();
        p.requests.emplace();
        p.requests->open_at_once = all_of_them;
        p.goals = goal_rules{20, {}, false, {}};
        std::vector<std::string> ways;
        for (int i = 1; i <= all_of_them; ++i) {
            p.resources.push_back({"resource-" + std::to_string(i), nth("Resource", i), ""});
            for (const auto to : {side::mentor, side::protege})
                p.prompts.push_back({to, std::nullopt, nth("Thought", i)});
            ways.push_back(nth("Way", i));
        }
        p.entry.mentors = p.entry.proteges = entry_way::application;
        p.entry.eligibility = {{role::protege, "How did you hear of it?", ways, ""}};
        return p;
    }
    static program schools() {
        auto p = starter_program();
        p.slug = program_slug{"schools"};
        p.name = "Schools";
        p.entry.proteges_are = protege_side::sites;
        p.entry.mentors_are = mentor_side::teams;
        return p;
    }

    person_id somebody(storage::records &r, const std::string &name, int n) {
        storage::person one;
        one.id = r.ids.make<person_id>(o.now);
        one.slack = account(name, n);
        one.name = name + std::to_string(n); // known by their first name in some lists
        one.created_at = o.now;
        r.people.save(one);
        return one.id;
    }
    person_id enrolled(storage::records &r, const std::string &name, int n, role as,
                       enrolment_state how = enrolment_state::active) {
        const auto id = somebody(r, name, n);
        storage::enrolment e;
        e.id = r.ids.make<enrolment_id>(o.now);
        e.term = o.term;
        e.person = id;
        e.role = as;
        e.state = how;
        e.since_at = o.now - days{1};
        r.programs.enrol(e);
        return id;
    }

    void fill_people(storage::records &r) {
        for (int i = 1; i <= all_of_them; ++i) {
            mentors.push_back(enrolled(r, "Mentor", i, role::mentor));
            peers.push_back(enrolled(r, "Peer", i, role::protege));
            lone.push_back(enrolled(r, "Lone", i, role::protege));
            storage::application one;
            one.id = r.ids.make<storage::application_id>(o.now);
            one.program = program_slug{"starter"};
            one.term = o.term;
            one.person = enrolled(r, "Keen", i, role::protege, enrolment_state::applied);
            one.made_at = o.now;
            r.open<storage::applications>().add(one);
        }
        const auto ana = r.people.by_slack(office::slack_of("ana"))->id;
        const auto mei = r.people.by_slack(office::slack_of("mei"))->id;
        for (const auto &mentor : mentors) {
            storage::pair p;
            p.id = r.ids.make<pair_id>(o.now);
            p.program = program_slug{"starter"};
            p.term = o.term;
            p.mentor = mentor;
            p.protege = ana;
            p.began_at = o.now;
            r.pairs.add(p);
            storage::mentor_request asked;
            asked.id = r.ids.make<storage::request_id>(o.now);
            asked.program = p.program;
            asked.term = o.term;
            asked.protege = mei;
            asked.mentor = mentor;
            asked.note = "Please.";
            asked.asked_at = o.now;
            r.open<storage::mentor_requests>().add(asked);
        }
    }

    void fill_pair(storage::records &r) {
        const auto ana = r.people.by_slack(office::slack_of("ana"))->id;
        for (int i = 1; i <= all_of_them; ++i) {
            storage::goal aim;
            aim.pair = o.pair;
            aim.number = r.open<storage::goals>().next_number(o.pair);
            aim.title = nth("Goal", i);
            aim.author = ana;
            aim.created_at = aim.changed_at = o.now;
            r.open<storage::goals>().save(aim);
            storage::meeting time;
            time.id = r.ids.next(o.now);
            time.pair = o.pair;
            time.number = i;
            time.starts_at = o.now + days{i};
            time.place = nth("Room", i);
            time.proposed_by = ana;
            time.created_at = time.changed_at = o.now;
            r.open<storage::meetings>().save(time);
            storage::milestone step;
            step.pair = o.pair;
            step.number = i;
            step.title = nth("Step", i);
            step.author = ana;
            step.created_at = step.changed_at = o.now;
            r.milestones.save(step);
        }
    }

    void fill_program(storage::records &r) {
        for (int i = 1; i <= all_of_them; ++i) {
            storage::term t;
            t.id = r.ids.make<term_id>(o.now);
            t.program = program_slug{"starter"};
            t.name = nth("Year", i);
            t.state = term_state::closed;
            t.opens_at = o.now - days{400 * i + 100};
            t.closes_at = o.now - days{400 * i};
            r.programs.add_term(t);
        }
        storage::match_draft draft;
        draft.id = r.ids.make<storage::draft_id>(o.now);
        draft.program = program_slug{"starter"};
        draft.term = o.term;
        draft.state = storage::match_state::draft;
        draft.made_by = r.people.by_slack(office::slack_of("noor"))->id;
        draft.made_at = draft.changed_at = o.now;
        r.open<storage::match_drafts>().add(draft);
        for (std::size_t i = 0; i < peers.size(); ++i)
            r.open<storage::match_drafts>().put(draft.id, {peers[i], mentors[i], static_cast<int>(i), false});
    }

    void fill_schools(storage::records &r) {
        const program_slug slug{"schools"};
        r.programs.apply_policy(slug, "schools", o.now, std::nullopt);
        storage::term t;
        t.id = r.ids.make<term_id>(o.now);
        t.program = slug;
        t.name = "2026";
        t.opens_at = o.now - days{20};
        r.programs.add_term(t);
        r.programs.appoint(slug, r.people.by_slack(office::slack_of("noor"))->id, std::nullopt, o.now);
        for (int i = 1; i <= all_of_them; ++i) {
            r.open<storage::sites>().add({r.ids.next(o.now), slug, nth("School", i), o.now, std::nullopt});
            r.open<storage::mentor_teams>().add(
                {r.ids.next(o.now), slug, nth("Team", i), o.now, std::nullopt});
        }
    }
};

} // namespace rapport::tests
