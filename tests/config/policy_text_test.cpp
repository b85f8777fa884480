// A policy's text changed key by key: values, comments, tables that are not there yet.
#include "config/policy_file.hpp"
#include "config/policy_text.hpp"

#include <catch2/catch.hpp>

using namespace rapport;
using namespace rapport::config;

namespace {

const std::string text = R"(# A program of our own.
slug = "x"   # short
name = "X"
purpose = "To try."
zone = "UTC"
[contact]
name = "Noor"  # whom to ask
[floor]   # a month
per_month = 2   # as résumé says
ladder = ["day -10: listed",
          "day -5: nudge"]   # two
)";

std::string with(const std::string &key, const std::string &value) {
    const std::vector<policy_setting> keys{{key, value}};
    return rewritten(text, keys).value();
}

program read(const std::string &toml) {
    const auto made = read_policy(toml, "policy");
    INFO(toml << text_of(made.problems));
    REQUIRE(made.value);
    return *made.value;
}

} // namespace

TEST_CASE("a key's new value takes the place of the old one, and every comment stays") {
    const auto made = with("floor.per_month", "3");
    CHECK(made.find("per_month = 3   # as résumé says\n") != std::string::npos);
    CHECK(made.find("# A program of our own.") != std::string::npos);
    CHECK(read(made).contacts.floor->per_month == 3);
}

TEST_CASE("a list over several lines is one value; texts get their quotes") {
    const auto made = with("floor.ladder", "day -8: listed, day -4: nudge");
    CHECK(made.find("ladder = [\"day -8: listed\", \"day -4: nudge\"]   # two\n") != std::string::npos);
    CHECK(read(made).contacts.floor->steps == rung_list{{-8, rung_act::listed}, {-4, rung_act::nudge}});
    CHECK(read(with("name", "Solar \"car\"")).name == "Solar \"car\"");
    CHECK(read(with("name", "\"Solar\"")).name == "Solar");
    CHECK(read(with("purpose", "one\nslug = \"other\"")).slug == program_slug{"x"});
}

TEST_CASE("a key that was not written goes below its table's head, to the top, or into a table of its own") {
    CHECK(read(with("floor.counts", "mentor_initiated")).contacts.floor->counts ==
          counted_contacts::mentor_initiated);
    CHECK_FALSE(read(with("formal", "false")).formal);
    const auto made = with("messages.per_week", "2");
    CHECK(made.ends_with("\n[messages]\nper_week = 2\n"));
    CHECK(read(made).attention.caps.per_week == 2);
}

TEST_CASE("an empty value takes the key out") {
    CHECK(with("floor.per_month", "").find("per_month") == std::string::npos);
    CHECK(with("floor.ladder", " ").find("day -5") == std::string::npos);
    CHECK(with("messages.per_week", "") == text);
}

TEST_CASE("a key that does not exist and a list of tables are refused, with what works") {
    const auto wrong = rewritten(text, std::vector<policy_setting>{{"floor.per_moth", "3"}});
    REQUIRE(wrong.has_error());
    CHECK(wrong.error().mend == "floor.per_month = 2");
    CHECK(rewritten(text, std::vector<policy_setting>{{"entry.gates", "[]"}}).has_error());
    CHECK(rewritten("slug = ", std::vector<policy_setting>{{"name", "Y"}}).has_error());
}

TEST_CASE("a value is shown as it is written, without the quotes of a text") {
    CHECK(written(text, "contact.name") == "Noor");
    CHECK(written(text, "floor.per_month") == "2");
    CHECK(written(text, "floor.ladder") == "day -10: listed, day -5: nudge");
    CHECK(written(text, "floor.counts").empty());
    CHECK(written("slug = ", "slug").empty());
}

TEST_CASE("every key that one line can hold is set by its own example and read back") {
    const auto file = load_policy("config/programs/sloan.toml");
    REQUIRE(file.reading.value);
    for (const auto *key : {"term.dates", "phases.apply", "reply.ladder", "contacts.media", "hours.mentors",
                            "matching.weights", "requests.answer_within", "leaving.celebration"}) {
        const auto now = written(file.text, key);
        if (now.empty())
            continue;
        const auto again = rewritten(file.text, std::vector<policy_setting>{{key, now}});
        INFO(key << " = " << now);
        REQUIRE(again.has_value());
        CHECK(*read_policy(*again, "policy").value == *file.reading.value);
    }
}

TEST_CASE("keys that are wrong and ladders that are impossible are reported together") {
    const auto made =
        read_policy(text + "[reply]\ntarget = \"soon\"\n[milestones]\n"
                           "ladder = [\"day 3: queue\", \"day 1: nudge\"]\n[leaving]\nladdr = 3\n",
                    "x.toml");
    CHECK_FALSE(made.value);
    const auto all = text_of(made.problems);
    INFO(all);
    CHECK(made.problems.size() == 3);
    CHECK(all.find("reply.target") != std::string::npos);
    CHECK(all.find("milestones.ladder: ") != std::string::npos);
    CHECK(all.find("laddr") != std::string::npos);
}

TEST_CASE("what was in force once is recalled without proofs, and a text that is no policy is not") {
    CHECK(recall_policy(text + "ladder = 3\n") == std::nullopt); // a key twice is no TOML
    const auto older = recall_policy(text + "[reply]\nladder = [\"day 9: queue\"]\nforgotten = 1\n");
    REQUIRE(older);
    CHECK(older->replies.steps == rung_list{{9, rung_act::queue}});
}
