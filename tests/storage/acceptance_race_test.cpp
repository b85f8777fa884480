// Two hundred people say yes to at once, on threads and transactions as in service: a mentor with three
// places has three pairs, on both engines.
#include "handlers/answering.hpp"
#include "handlers/dispatch.hpp"
#include "handlers/registry.hpp"
#include "storage/mentor_requests.hpp"
#include "storage/profiles.hpp"
#include "tests/storage/scratch.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <future>

using namespace rapport;
using namespace rapport::storage;

namespace {

constexpr int askers = 200, places = 3;
const team_id team{"T0RACE"};
const slack_id mentor_slack{"U0MENTOR"};

struct stage {
    house here;
    term_id term;
    person_id mentor;
    std::vector<request_id> requests;
};

storage::person somebody(id_source &ids, const std::string &slack) {
    storage::person out;
    out.id = ids.make<person_id>(monday);
    out.slack = slack_id{slack};
    out.name = slack;
    out.created_at = monday;
    return out;
}

void enrol(records &on_file, const term_id &term, const person_id &who, role as) {
    storage::enrolment row;
    row.id = on_file.ids.make<enrolment_id>(monday);
    row.term = term;
    row.person = who;
    row.role = as;
    row.since_at = monday;
    on_file.programs.enrol(row);
}

stage furnish(session &db, id_source &ids) {
    stage out;
    program rules;
    rules.slug = program_slug{"starter"};
    rules.name = "Starter";
    rules.requests.emplace();
    records on_file(db, team, ids);
    on_file.programs.apply_policy(rules.slug, "starter", monday, std::nullopt);
    storage::term term;
    term.id = out.term = ids.make<term_id>(monday);
    term.program = rules.slug;
    term.name = "2025";
    term.opens_at = monday;
    on_file.programs.add_term(term);
    const auto mentor = somebody(ids, mentor_slack.str());
    on_file.people.save(mentor);
    out.mentor = mentor.id;
    enrol(on_file, out.term, mentor.id, role::mentor);
    on_file.open<profiles>().set(mentor.id, profile_field::room, {std::to_string(places), seen_by::everyone},
                                 monday);
    for (int i = 0; i < askers; ++i) {
        const auto asker = somebody(ids, fmt::format("U0ASK{}", i));
        on_file.people.save(asker);
        enrol(on_file, out.term, asker.id, role::protege);
        mentor_request one;
        one.id = ids.make<request_id>(monday);
        one.program = rules.slug;
        one.term = out.term;
        one.protege = asker.id;
        one.mentor = mentor.id;
        one.note = "Please.";
        one.asked_at = monday;
        on_file.open<mentor_requests>().add(one);
        out.requests.push_back(one.id);
    }
    out.here.rules.add(1, std::move(rules));
    return out;
}

rendered_answer press(session &db, const stage &on, const request_id &which) {
    id_source ids;
    request asked{team, mentor_slack};
    asked.at = monday + minutes{5};
    asked.key = "press-" + which.str();
    asked.what = button_pressed{.action = std::string(request_answer::accept), .value = which.str()};
    asked.can_reply_later = true;
    return dispatch(db, ids, on.here, asked, the_tables());
}

} // namespace

TEST_CASE("two hundred acceptances at once of a mentor with three places make exactly three pairs",
          "[rule-75]") {
    for (const auto &engine : engines()) {
        INFO(engine);
        const scratch_database at(engine);
        auto how = at.settings();
        how.workers = 8;
        const auto db = open_store(how);
        id_source ids(75);
        const auto on = must(*db, [&](session &s) { return furnish(s, ids); });
        auto left = on.requests;
        int accepted = 0, full = 0;
        // a unit that collided for too long is told "busy" and pressed again, as a person would
        for (int round = 0; round < 50 && !left.empty(); ++round) {
            std::vector<std::future<std::optional<rendered_answer>>> told;
            for (const auto &which : left) {
                auto promise = std::make_shared<std::promise<std::optional<rendered_answer>>>();
                told.push_back(promise->get_future());
                db->write(
                    {"press"}, [&on, which](session &s) { return press(s, on, which); },
                    [promise](saved<rendered_answer> made) noexcept {
                        promise->set_value(made ? std::optional(*made) : std::nullopt);
                    });
            }
            std::vector<request_id> again;
            for (std::size_t i = 0; i < told.size(); ++i) {
                const auto answer = told[i].get();
                if (!answer) {
                    again.push_back(left[i]);
                    continue;
                }
                const auto said = answer->ack + answer->respond + answer->direct;
                accepted += said.find("I open a conversation") != std::string::npos ? 1 : 0;
                full += said.find("Your places are all taken") != std::string::npos ? 1 : 0;
            }
            left = std::move(again);
        }
        CHECK(left.empty());
        CHECK(accepted == places);
        CHECK(full == askers - places);
        const auto pairs = must(*db, [&](session &s) {
            id_source more;
            records on_file(s, team, more);
            return on_file.pairs.of_term(on.term).size();
        });
        CHECK(pairs == static_cast<std::size_t>(places));
    }
}
