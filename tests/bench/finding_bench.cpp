// What a person waits for who browses or asks for close fits, among five hundred, two thousand and five
// thousand people with full profiles: the whole unit, from the inbox to the rendered answer, on SQLite in
// memory. Other people's units wait as long, for there is one writer.
#include "handlers/dispatch.hpp"
#include "handlers/registry.hpp"
#include "storage/profiles.hpp"
#include "storage/store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <random>
#include <string>
#include <vector>

using namespace rapport;

namespace {

constexpr instant monday{milliseconds{1'762'164'000'000}};
constexpr int rounds = 9;
const team_id team{"T0BENCH"};
const std::vector<std::string> words = {"robotics",  "law",     "medical devices", "sailing", "supply chain",
                                        "pricing",   "energy",  "teaching",        "music",   "optics",
                                        "marketing", "biology", "start-ups",       "design",  "statistics"};

template <class Work>
auto must(storage::store &db, Work work) {
    return db.write_and_wait({"bench", storage::isolation::serializable, seconds{600}}, std::move(work))
        .value();
}

std::string some(std::mt19937 &chance, int most) {
    std::string out;
    for (int i = 0; i < most; ++i)
        out += (out.empty() ? "" : ", ") + words[chance() % words.size()];
    return out;
}

void fill(storage::records &on_file, const person_id &who, std::mt19937 &chance) {
    auto store = on_file.open<storage::profiles>();
    const auto set = [&](profile_field which, std::string text) {
        store.set(who, which, {std::move(text), seen_by::everyone}, monday);
    };
    set(profile_field::education, "State University, 2019");
    set(profile_field::study, words[chance() % words.size()]);
    set(profile_field::industry, words[chance() % words.size()]);
    set(profile_field::experience, some(chance, 3));
    set(profile_field::expertise, some(chance, 5));
    set(profile_field::interests, some(chance, 5));
    set(profile_field::help, some(chance, 2));
    set(profile_field::goals, some(chance, 3));
    set(profile_field::languages, "English");
    set(profile_field::availability, chance() % 2 == 0 ? "Mon-Fri 17:00-20:00" : "Sat 9:00-12:00");
}

house furnish(storage::session &db, id_source &ids, int people) {
    std::mt19937 chance(5);
    storage::records on_file(db, team, ids);
    program rules;
    rules.slug = program_slug{"bench"};
    rules.name = "Bench";
    rules.where = *zone::named("Europe/London");
    rules.requests.emplace();
    rules.matching.weights = {{"interests", 30}, {"expertise", 30}, {"goals", 20}, {"availability", 20}};
    on_file.programs.apply_policy(rules.slug, "bench", monday, std::nullopt);
    storage::term term;
    term.id = ids.make<term_id>(monday);
    term.program = rules.slug;
    term.name = "all";
    term.opens_at = monday;
    on_file.programs.add_term(term);
    for (int i = 0; i < people; ++i) {
        storage::person one;
        one.id = ids.make<person_id>(monday);
        one.slack = slack_id{fmt::format("U0{}", i)};
        one.name = fmt::format("Person {}", i);
        one.zone = i % 3 == 0 ? "America/New_York" : i % 3 == 1 ? "Europe/Berlin" : "Asia/Kolkata";
        one.created_at = monday;
        on_file.people.save(one);
        storage::enrolment in;
        in.id = ids.make<enrolment_id>(monday);
        in.term = term.id;
        in.person = one.id;
        in.role = i % 2 == 0 ? role::protege : role::mentor;
        in.since_at = monday;
        on_file.programs.enrol(in);
        fill(on_file, one.id, chance);
    }
    house here;
    here.rules.add(1, std::move(rules));
    return here;
}

void measure(storage::store &db, const house &here, int people, const std::string &line) {
    std::vector<double> took;
    for (int i = 0; i < rounds; ++i) {
        request asked{team, slack_id{"U00"}};
        asked.at = monday + minutes{i};
        asked.key = fmt::format("{}-{}-{}", line, people, i);
        asked.channel = channel_id{"C0BENCH"};
        asked.can_open_form = asked.can_reply_later = true;
        asked.what = command_typed{"/mentoring", line};
        const auto from = std::chrono::steady_clock::now();
        const auto said = must(db, [&](storage::session &s) {
            static id_source ids;
            return dispatch(s, ids, here, asked, the_tables());
        });
        took.push_back(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - from).count());
        if ((said.ack + said.respond + said.direct).find("Bench") == std::string::npos)
            fmt::print(stderr, "bench_finding: an answer without its list: {}\n", said.ack);
    }
    std::sort(took.begin(), took.end());
    fmt::print("{:>5} people  {:<22} median {:7.1f} ms, worst {:7.1f} ms\n", people, line, took[rounds / 2],
               took.back());
}

} // namespace

int main() {
    for (const int people : {500, 2000, 5000}) {
        storage::store_settings how;
        how.database = "sqlite::memory:";
        const auto db = storage::open_inline_store(how);
        id_source ids(5);
        const auto here = must(*db, [&](storage::session &s) { return furnish(s, ids, people); });
        for (const auto *line : {"browse", "browse robotics room", "suggest", "profile <@U01>"})
            measure(*db, here, people, line);
        db->stop();
    }
}
