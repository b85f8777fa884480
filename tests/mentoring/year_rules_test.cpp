// The pure rules of a pair's year, as tables: how it begins, how many goals, which months hope for how much,
// what differs, which thought is the month's.
#include "mentoring/comparing.hpp"
#include "mentoring/getting_started.hpp"
#include "mentoring/goal_rules.hpp"
#include "mentoring/moments.hpp"
#include "mentoring/obligations.hpp"

#include <catch2/catch.hpp>

using namespace rapport;

namespace {

const auto london = *zone::named("Europe/London");
const std::vector<std::string> sloan_kinds = {"personal growth", "career management", "academic"};

instant noon(int year, unsigned month, unsigned number) {
    return london.at(date::year{year} / static_cast<int>(month) / static_cast<int>(number), hours{12});
}

calendar_month month(int year, unsigned number) {
    return date::year{year} / date::month{number};
}

program asking_for(std::vector<plan_part> parts) {
    program p;
    p.where = london;
    p.plan = std::move(parts);
    return p;
}

} // namespace

TEST_CASE("what is open of a beginning names the side it waits for [rule-35][rule-36]",
          "[rule-35][rule-36][rule-30]") {
    const auto rules = asking_for({plan_part::development_plan});
    struct row {
        paper_progress how_far;
        std::string mentor, protege;
    };
    const row rows[] = {{paper_progress::none, "", "the development plan"},
                        {paper_progress::draft, "", "the development plan"},
                        {paper_progress::shared, "the development plan to read", ""},
                        {paper_progress::reviewed, "", ""}};
    for (const auto &each : rows) {
        started_facts facts;
        facts.development_plan = each.how_far;
        const auto open = still_open(rules, facts);
        CHECK(open_words(open, side::mentor) == each.mentor);
        CHECK(open_words(open, side::protege) == each.protege);
    }
}

TEST_CASE("agreement and goals wait for both until one begins, then for the other", "[rule-84][rule-97]") {
    auto rules = asking_for({plan_part::agreement, plan_part::goals});
    rules.goals = goal_rules{2, sloan_kinds, true, std::nullopt};
    started_facts facts;
    CHECK(open_words(still_open(rules, facts), side::mentor) == "the agreement and two goals");
    CHECK(open_words(still_open(rules, facts), side::protege) == "the agreement and two goals");

    facts.proposed_by = side::protege;
    facts.goals = {{side::protege, false}, {side::protege, false}};
    CHECK(open_words(still_open(rules, facts), side::mentor) ==
          "the agreement to look at and two goals to agree to");
    CHECK(open_words(still_open(rules, facts), side::protege).empty());

    facts.agreed = true;
    facts.proposed_by.reset();
    facts.goals = {{side::protege, true}, {side::mentor, true}};
    CHECK(still_open(rules, facts).empty());
}

TEST_CASE("a program that asks for no plan leaves nothing open") {
    CHECK(still_open(asking_for({}), started_facts{}).empty());
}

TEST_CASE("the kind of a goal is the last “as” whose rest is one", "[rule-85]") {
    struct row {
        std::string words, title, kind;
    };
    const row rows[] = {
        {"Learn to pitch as career management", "Learn to pitch", "career management"},
        {"Learn to pitch as Career", "Learn to pitch", "career management"},
        {"Work as a team as personal growth", "Work as a team", "personal growth"},
        {"Work as a team", "Work as a team", ""},
        {"Speak up as academic.", "Speak up", "academic"},
        {"Pitch as ca", "Pitch as ca", ""}, // too short to mean one
        {" as academic", "", "academic"},
    };
    for (const auto &each : rows) {
        INFO(each.words);
        CHECK(split_kind(each.words, sloan_kinds) == kinded_title{each.title, each.kind});
    }
    CHECK(split_kind("Pitch as academic", {}) == kinded_title{"Pitch as academic", ""});
}

TEST_CASE("a goal has a place while fewer are open than the program says", "[rule-84]") {
    const std::optional<goal_rules> two = goal_rules{2, {}, true, std::nullopt};
    CHECK(has_place(two, 1));
    CHECK_FALSE(has_place(two, 2));
    CHECK(has_place(std::nullopt, 19));
    CHECK_FALSE(has_place(std::nullopt, 20));
}

TEST_CASE("a month hopes for the part of the floor that is the pair's own", "[rule-26][rule-78]") {
    const contact_floor floor{2, counted_contacts::any, {}};
    struct row {
        instant began;
        std::optional<instant> ends;
        int hoped;
    };
    const row rows[] = {
        {noon(2026, 10, 1), {}, 2},                 // all of November
        {noon(2026, 11, 5), {}, 2},                 // 26 of 30 days
        {noon(2026, 11, 12), {}, 1},                // 19 days
        {noon(2026, 11, 26), {}, 0},                // the last days ask for nothing
        {noon(2026, 10, 1), noon(2026, 11, 15), 1}, // ends in the middle
        {noon(2026, 12, 1), {}, 0},                 // not begun
    };
    for (const auto &each : rows)
        CHECK(contacts_hoped(floor, london, each.began, each.ends, month(2026, 11)) == each.hoped);
}

TEST_CASE("answers differ where one of the two must see it wrongly", "[rule-34]") {
    check_in_rules form;
    const question touch{"touch", "How many times?", question_kind::count, {}, true};
    const question met{"met", "Did you meet?", question_kind::yes_no, {}, false};
    const question need{"need-help", "Would you like a coordinator?", question_kind::yes_no, {}, false};
    const question note{"words", "Anything?", question_kind::text, {}, false};
    form.mentor_questions = {touch, met, need, note};
    form.protege_questions = {
        touch, met, need, note, {"at-ease", "At ease?", question_kind::yes_no, {}, false}};
    struct row {
        answers_by_question mentor, protege;
        bool differ;
    };
    const row rows[] = {
        {{{"touch", "2"}}, {{"touch", "2"}}, false},
        {{{"touch", "2"}}, {{"touch", "3+"}}, false}, // a miscount
        {{{"touch", "1"}}, {{"touch", "3+"}}, true},
        {{{"touch", "1"}}, {{"touch", "0"}}, true}, // something against nothing
        {{{"met", "yes"}}, {{"met", "no"}}, true},
        {{{"met", "yes"}}, {}, false}, // not answered
        {{{"need-help", "yes"}}, {{"need-help", "no"}}, false},
        {{{"words", "good"}}, {{"words", "bad"}}, false},
        {{{"touch", "many"}}, {{"touch", "0"}}, false}, // from another form
    };
    for (const auto &each : rows)
        CHECK(answers_differ(form, each.mentor, each.protege) == each.differ);
}

TEST_CASE("outcomes are asked in the first, the middle and the last month of a pair", "[rule-21]") {
    program p;
    p.where = london;
    p.check_ins = check_in_rules{};
    p.check_ins->last_period = month(2027, 4);
    const auto began = noon(2026, 9, 1);
    CHECK(moment_of(p, began, month(2026, 9)) == feedback_time::start);
    CHECK(moment_of(p, began, month(2026, 10)) == std::nullopt);
    CHECK(moment_of(p, began, month(2027, 1)) == feedback_time::middle);
    CHECK(moment_of(p, began, month(2027, 4)) == feedback_time::end);
    // a pair that begins at the end has a start only
    CHECK(moment_of(p, noon(2027, 4, 1), month(2027, 4)) == feedback_time::start);
    p.check_ins->last_period.reset();
    CHECK(moment_of(p, began, month(2027, 1)) == std::nullopt); // no end in sight
}

TEST_CASE("the month's thought is the one that names it, else one after the other", "[rule-24][rule-92]") {
    program p;
    p.prompts = {{side::mentor, std::nullopt, "a"},
                 {side::mentor, std::nullopt, "b"},
                 {side::mentor, 10, "october"},
                 {side::protege, 9, "september"}};
    CHECK(thought_of(p, side::mentor, month(2026, 10))->says == "october");
    const auto *november = thought_of(p, side::mentor, month(2026, 11));
    const auto *december = thought_of(p, side::mentor, month(2026, 12));
    REQUIRE((november && december));
    CHECK(november->says != december->says);
    CHECK(thought_of(p, side::protege, month(2026, 11)) == nullptr);
}

TEST_CASE("a goal that nothing was done about becomes a line for the mentor alone", "[rule-93]") {
    program p;
    p.where = london;
    p.goals = goal_rules{2, {}, true, 30};
    pair_facts facts;
    facts.id = pair_id{"pair"};
    facts.mentor.id = person_id{"priya"};
    facts.protege.id = person_id{"ana"};
    facts.mentor.hours.week = mentor_default();
    facts.protege.hours.week = protege_default();
    facts.mentor.hours.where = facts.protege.hours.where = london;
    facts.began_at = noon(2026, 9, 1);
    facts.has_started = true;
    facts.goals = {{"1", noon(2026, 10, 1)}};
    const auto early = obligations(p, facts, noon(2026, 10, 20));
    REQUIRE(early.owed.size() == 1);
    CHECK_FALSE(early.owed[0].listed);
    const auto later = obligations(p, facts, noon(2026, 11, 3));
    REQUIRE(later.owed.size() == 1);
    CHECK(later.owed[0].person == facts.mentor.id);
    CHECK(later.owed[0].listed);
    CHECK_FALSE(later.owed[0].due); // never a message of its own
}
