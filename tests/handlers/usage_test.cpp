// Lines of words read by a usage: what each kind takes and forgives, and every refusal in its four parts.
#include "handlers/surface/characters.hpp"
#include "handlers/surface/mrkdwn.hpp"
#include "handlers/surface/typed.hpp"
#include "handlers/usage.hpp"
#include "tests/handlers/nasty.hpp"

#include <catch2/catch.hpp>

using namespace rapport;

namespace {

constexpr usage add("<title...> [by <date>]");
constexpr usage log_contact("<how:call|email|text|video|in-person> [from|to <@person>] [past date] [30m]");
constexpr usage done("<n|title...>");
constexpr usage edit("<n> <title...>");
constexpr usage move_to("<n> <date>");
constexpr usage nothing_at_all("");
constexpr usage enrol("<@who|#channel> <as:mentor|protege>");
constexpr usage couple("<@mentor> <@protege>");
constexpr usage away("[from <date>] [until <date>]");

// Shapes are proved while compiling.
static_assert(fits(add, "Draft résumé by 1 Dec"));
static_assert(!fits(add, ""));
static_assert(fits(log_contact, "in person from @ana yesterday 1h30"));
static_assert(!fits(log_contact, "pigeon"));
static_assert(fits(nothing_at_all, ""));
static_assert(!fits(nothing_at_all, "words"));
static_assert(fits(couple, "<@U1> @ana"));
static_assert(!fits(couple, "<@U1>"));
static_assert(fits(away, "until fri"));

// Monday 2 November 2026, 10:00.
reading_place here(std::string line = "/milestone add",
                   std::string example = "/milestone add Draft résumé by 1 Dec") {
    const auto zone_here = *zone::named("Europe/London");
    return {std::move(line), std::move(example), zone_here.at(date::year{2026} / 11 / 2, hours{10}),
            zone_here};
}

day on(int y, unsigned m, unsigned d) {
    return date::year{y} / date::month{m} / date::day{d};
}

arguments read(const usage &by, std::string_view words) {
    auto out = parse(by, words, here());
    if (!out)
        FAIL("refused: " << out.error().wrong);
    return *out;
}

refusal refused(const usage &by, std::string_view words) {
    auto out = parse(by, words, here());
    REQUIRE(out.has_error());
    const auto &why = out.error();
    CHECK(why.read.starts_with("/milestone add"));
    CHECK(surface::code_points(why.read) <= 80);
    CHECK(why.wrong.ends_with('.'));
    CHECK(why.mend.find("/milestone add Draft résumé by 1 Dec") != std::string::npos);
    return why;
}

} // namespace

TEST_CASE("a title takes all words, and a date after its last by") {
    const auto a = read(add, "Draft résumé by 1 Dec");
    CHECK(a.text("title") == "Draft résumé");
    CHECK(a.date("by")->date == on(2026, 12, 1));
    const auto b = read(add, "Stand by me");
    CHECK(b.text("title") == "Stand by me");
    CHECK_FALSE(b.date("by"));
    CHECK_FALSE(b.has("by"));
    CHECK(read(add, "Stand by me by fri").text("title") == "Stand by me");
    CHECK(refused(add, "Draft by 3/4").mend.find("4 Mar") != std::string::npos);
    CHECK(refused(add, "Draft by 30 Feb").mend.find("For example: ") != std::string::npos);
    CHECK(refused(add, "by 1 Dec").wrong == "It needs a title.");
}

TEST_CASE("markup in words becomes words again, once") {
    CHECK(read(add, "Ask &lt;@U1&gt; &amp; <@U012|ana> about <https://a.example/x|this>").text("title") ==
          "Ask <@U1> & @ana about https://a.example/x");
    CHECK(read(add, "&amp;lt;!channel&amp;gt;").text("title") == "&lt;!channel&gt;");
    CHECK(read(add, "<!channel> <#C1|general> <!subteam^S1|@team>").text("title") ==
          "@channel #general @team");
    CHECK(read(add, "&lt;!channel&gt; by 1 Dec").text("title") == "<!channel>");
    CHECK(read(add, "&amp;amp; by 1 Dec").text("title") == "&amp;");
}

TEST_CASE("quotes around a whole title are taken off, others stay") {
    CHECK(read(add, "\"Draft résumé\" by 1 Dec").text("title") == "Draft résumé");
    CHECK(read(add, "\u201cDraft résumé\u201d").text("title") == "Draft résumé");
    CHECK(read(add, "\u201cA\u201d and \u201cB\u201d").text("title") == "\u201cA\u201d and \u201cB\u201d");
    CHECK(read(add, "Read \"Emma\"").text("title") == "Read \"Emma\"");
}

TEST_CASE("a contact is read in whatever order its parts come") {
    for (const auto *words : {"call from <@U012AB|ana> yesterday 30m", "CALL  30m   yesterday FROM <@U012AB>",
                              "phone yesterday 30 min from <@U012AB>", "call 1 Nov from <@U012AB> 30mins",
                              "call from <@U012AB>, 30m 2026\u201311\u201301"}) {
        CAPTURE(words);
        const auto a = read(log_contact, words);
        CHECK(a.text("how") == "call");
        CHECK(a.person("person") == slack_id{"U012AB"});
        CHECK(a.keyword("person") == "from");
        CHECK(a.date("past date")->date == on(2026, 11, 1));
        CHECK(a.length("30m") == minutes{30});
    }
    const auto bare = read(log_contact, "e-mail");
    CHECK(bare.text("how") == "email");
    CHECK_FALSE(bare.person("person"));
    CHECK(bare.keyword("person").empty());
    for (const auto *words : {"in-person", "in person", "In\u2013Person", "inperson"})
        CHECK(read(log_contact, words).text("how") == "in-person");
    CHECK(read(log_contact, "video 1h30").length("30m") == minutes{90});
    CHECK(read(log_contact, "video 2 hours").length("30m") == minutes{120});
    CHECK(read(log_contact, "text to <@U7>").keyword("person") == "to");
}

TEST_CASE("what does not fit a contact is named") {
    CHECK(refused(log_contact, "").wrong == "It needs one of call, email, text, video, in-person.");
    CHECK(refused(log_contact, "pigeon").wrong.find("“pigeon”") != std::string::npos);
    CHECK(refused(log_contact, "call from").wrong == "After “from” it needs a person.");
    CHECK(refused(log_contact, "call from Ana").mend.starts_with("Type @"));
    CHECK(refused(log_contact, "call from @ana").wrong.find("plain text") != std::string::npos);
    CHECK_FALSE(refused(log_contact, "call tomorrow").wrong.empty());
    CHECK_FALSE(refused(log_contact, "call whenever").wrong.empty());
    CHECK(refused(log_contact, "call 90h").wrong == "That is longer than a day.");
}

TEST_CASE("numbers, with what people put around them") {
    for (const auto *words : {"3", "#3", "3.", "3)", " 3 "})
        CHECK(read(done, words).number("title") == 3);
    CHECK_FALSE(read(done, "3 letters").number("title"));
    CHECK(read(done, "3 letters").text("title") == "3 letters");
    CHECK(read(edit, "2 New title").number("n") == 2);
    CHECK(read(edit, "2 New title").text("title") == "New title");
    CHECK(read(move_to, "2 in 2 weeks").date("date")->date == on(2026, 11, 16));
    CHECK(refused(edit, "two New title").wrong == "It needs a number from the list here, and I read “two”.");
    CHECK(refused(edit, "2").wrong == "It needs a title.");
    CHECK(refused(move_to, "2").wrong == "It needs a date.");
    CHECK(refused(edit, "99999999999999999999 x").wrong.find("number") != std::string::npos);
}

TEST_CASE("people and channels are mentions, with or without their names") {
    const auto a = read(couple, "<@U1A|priya>, <@W2B>");
    CHECK(a.person("mentor") == slack_id{"U1A"});
    CHECK(a.person("protege") == slack_id{"W2B"});
    CHECK(refused(couple, "@priya <@U2>").wrong.find("@priya") != std::string::npos);
    CHECK(refused(couple, "<@U1>").wrong == "It needs a person.");
    CHECK(refused(couple, "<@U1> <@U2> <@U3>").wrong == "I cannot tell what “@U3” is for.");
    CHECK(read(enrol, "<#C1A|general> mentee").channel("who") == channel_id{"C1A"});
    CHECK(read(enrol, "<@U1A> Protégé").text("as") == "protege");
    CHECK_FALSE(read(enrol, "<@U1A> mentor").channel("who"));
    for (const auto *id : {"<@>", "<@U1|", "<@u1a>", "<@U1><!channel>", "<@C1A>", "<!channel>"})
        CHECK_FALSE(surface::typed_person(id));
}

TEST_CASE("dates after keywords end at the next keyword") {
    const auto a = read(away, "from 9 Nov until 20 Nov");
    CHECK(a.date("from")->date == on(2026, 11, 9));
    CHECK(a.date("until")->date == on(2026, 11, 20));
    CHECK_FALSE(read(away, "until fri").has("from"));
}

TEST_CASE("words after a command that takes none are named") {
    CHECK(refused(nothing_at_all, "please").wrong == "It takes no words after it, and I read “please”.");
}

TEST_CASE("words over their limit are refused with both lengths, at once and whatever they are") {
    CHECK(read(add, std::string(200, 'x')).text("title").size() == 200);
    std::string accents;
    for (int i = 0; i < 200; ++i)
        accents += "é";
    CHECK(read(add, accents).text("title") == accents);
    CHECK(refused(add, accents + "é").wrong == "The title has 201 characters; the most is 200.");
    CHECK(refused(add, std::string(40'000, 'x')).wrong == "The title has 40000 characters; the most is 200.");
    std::string all_by;
    while (all_by.size() < 40'000)
        all_by += "by ";
    CHECK(refused(add, all_by).wrong.find("the most is 200") != std::string::npos);
    refused(log_contact, "call " + std::string(39'000, '9'));
    refused(couple, std::string(40'000, '<'));
}

TEST_CASE("control and direction characters are taken out before anything is read") {
    CHECK(read(add, "Draft\xe2\x80\xae resume\x01 by 1 Dec").text("title") == "Draft resume");
    CHECK(read(add, "a\nb").text("title") == "a b");
    CHECK(refused(add, "\xe2\x80\xae\x01").wrong == "It needs a title.");
}

TEST_CASE("no line of words can do worse than be refused") {
    const auto seed = std::random_device{}();
    INFO("seed " << seed);
    std::mt19937 chance(seed);
    const usage *all[] = {&add,   &log_contact, &done, &edit, &move_to, &nothing_at_all,
                          &enrol, &couple,      &away};
    const char *ours[] = {"call", "from", "by", "1 Dec", "<@U1>", "3", "until", "in", "person", "30m"};
    for (int i = 0; i < 3000; ++i) {
        std::string words;
        for (auto n = chance() % 5; n > 0; --n)
            words += (chance() % 2 != 0 ? tests::nasty_mix(chance)
                                        : std::string(ours[chance() % std::size(ours)])) +
                     " ";
        const auto &by = *all[chance() % std::size(all)];
        CAPTURE(by.text, words);
        auto out = parse(by, words, here());
        if (out)
            continue;
        REQUIRE_FALSE(out.error().wrong.empty());
        REQUIRE_FALSE(out.error().mend.empty());
        REQUIRE(surface::cleaned(out.error().read) == out.error().read);
    }
}

TEST_CASE("a usage is shown without the names of its choices") {
    CHECK(log_contact.shown() == "<call|email|text|video|in-person> [from|to <@person>] [past date] [30m]");
    CHECK(add.shown() == "<title...> [by <date>]");
    CHECK(nothing_at_all.shown().empty());
}

TEST_CASE("asking for what the usage does not name is a bug") {
    CHECK_THROWS_AS(read(add, "x").text("note"), std::logic_error);
    CHECK_THROWS_AS(arguments{}.number("n"), std::logic_error);
}
