// From deliveries to requests: every kind, and what asks nothing.
#include "bot/call_bodies.hpp"
#include "bot/requests.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace rapport;
using namespace rapport::bot;

namespace {

const own_place home{team_id{"T0HOME"}, slack_id{"U0RAPPORT"}};
const instant noon{milliseconds{1'796'126'400'000}};

slack::delivery carrying(slack::delivered what, slack::delivery_kind kind = slack::delivery_kind::event) {
    slack::delivery made;
    made.envelope_id = "e1";
    made.kind = kind;
    made.from.team = "T0HOME";
    made.keys = {"first", "second"};
    made.what = std::move(what);
    return made;
}

template <class What>
What read(const slack::delivery &from) {
    const auto asked = request_of(from, home, noon);
    REQUIRE(asked);
    CHECK(asked->team == home.team);
    CHECK(asked->at == noon);
    CHECK(asked->key == "first");
    CHECK(asked->second_key == "second");
    return std::get<What>(asked->what);
}

slack::form_value value(const std::string &type, std::vector<std::string> values) {
    return {"field", "value", type, std::move(values), ""};
}

} // namespace

TEST_CASE("a command keeps its words as they were sent, its place and its ways to answer") {
    slack::slash_command typed;
    typed.user = "U0ANA";
    typed.channel = "C0GENERAL";
    typed.command = "/milestone";
    typed.escaped = "add a &lt; b";
    typed.trigger = "t";
    typed.response_url = "https://hooks.example/1";
    const auto from = carrying(typed, slack::delivery_kind::command);
    const auto asked = request_of(from, home, noon);
    REQUIRE(asked);
    CHECK(asked->from == slack_id{"U0ANA"});
    CHECK(asked->channel == channel_id{"C0GENERAL"});
    CHECK(asked->can_open_form);
    CHECK(asked->can_reply_later);
    CHECK(std::get<command_typed>(asked->what).words == "add a &lt; b");
    CHECK(ways_of(from).trigger == "t");
    CHECK(ways_of(from).response_url == "https://hooks.example/1");
}

TEST_CASE("what stands in a form comes in the kind its element has, by the name of its block") {
    slack::view_submission sent;
    sent.user = "U0ANA";
    sent.view.callback = "check_in";
    sent.view.private_metadata = "pair:1";
    struct expectation {
        std::string type;
        std::vector<std::string> values;
        field_value expected;
    };
    const std::vector<expectation> all{
        {"plain_text_input", {"words"}, std::string("words")},
        {"number_input", {"3"}, std::string("3")},
        {"static_select", {"a"}, choice{"a"}},
        {"radio_buttons", {"a"}, choice{"a"}},
        {"checkboxes", {"a", "b"}, choices{{"a", "b"}}},
        {"users_select", {"U0SAM"}, slack_id{"U0SAM"}},
        {"datepicker", {"2026-12-01"}, day{date::year{2026}, date::month{12}, date::day{1}}},
        {"datepicker", {"2026-02-30"}, std::monostate{}},
        {"datepicker", {"tomorrow"}, std::monostate{}},
        {"static_select", {}, std::monostate{}},
    };
    for (const auto &each : all) {
        INFO(each.type);
        sent.form = {value(each.type, each.values)};
        const auto form = read<form_sent>(carrying(sent, slack::delivery_kind::interactive));
        fields expected;
        expected.set("field", each.expected);
        CHECK(form.holds == expected);
        CHECK(form.callback == "check_in");
        CHECK(form.metadata == "pair:1");
    }
}

TEST_CASE("a press keeps its action and value; a menu what was chosen; without an element it is none") {
    slack::block_action pressed;
    pressed.user = "U0ANA";
    pressed.channel = "D0ANA";
    pressed.message_ts = "1.2";
    pressed.presses = {{"b", "settle", "button", {"clock:1"}, "1.3"}};
    const auto button = read<button_pressed>(carrying(pressed, slack::delivery_kind::interactive));
    CHECK(button.action == "settle");
    CHECK(button.value == "clock:1");
    CHECK(button.message_ts == "1.2");

    pressed.presses = {{"b", "pick", "users_select", {"U0SAM"}, "1.3"}};
    CHECK(read<button_pressed>(carrying(pressed)).chosen == field_value{slack_id{"U0SAM"}});
    pressed.presses.clear();
    CHECK_FALSE(request_of(carrying(pressed), home, noon));
}

TEST_CASE("messages of people are seen with who and when; those of bots, and of no known kind, are none") {
    slack::message_seen seen;
    seen.user = "U0ANA";
    seen.channel = "G0PAIR";
    seen.channel_type = "im";
    seen.ts = "1.2";
    seen.kind = slack::message_kind::me;
    CHECK(read<message_seen>(carrying(seen)).kind == seen_kind::me);
    CHECK(request_of(carrying(seen), home, noon)->direct);
    for (auto flag : {&slack::message_seen::is_bot, &slack::message_seen::is_ours}) {
        auto bots = seen;
        bots.*flag = true;
        CHECK_FALSE(request_of(carrying(bots), home, noon));
    }
    seen.kind = slack::message_kind::other;
    CHECK_FALSE(request_of(carrying(seen), home, noon));
    slack::message_deleted gone;
    gone.ts = "1.2";
    CHECK(read<message_seen>(carrying(gone)).kind == seen_kind::deleted);
}

TEST_CASE("deliveries of other workspaces, and kinds that ask nothing, make no request") {
    slack::shortcut used;
    used.user = "U0ANA";
    used.callback = "check_in";
    auto foreign = carrying(used);
    CHECK(request_of(foreign, home, noon));
    foreign.from.team = "T0OTHER";
    CHECK_FALSE(request_of(foreign, home, noon));
    CHECK_FALSE(request_of(carrying(slack::app_uninstalled{}), home, noon));
    CHECK_FALSE(request_of(carrying(slack::other_delivery{"events_api", "new"}), home, noon));
    slack::app_home_opened home_tab;
    home_tab.user = "U0ANA";
    home_tab.tab = "messages";
    CHECK_FALSE(request_of(carrying(home_tab), home, noon));
    home_tab.tab = "home";
    CHECK(request_of(carrying(home_tab), home, noon));
}

TEST_CASE(
    "people are named by mentions that were meant, never by what looks like one, and not without limit") {
    slack::slash_command typed;
    typed.user = "U0ANA";
    typed.escaped = "pair <@U0SAM|sam> &lt;@U0FAKE&gt; <@U0NOOR> <@U0SAM>";
    const auto named = people_named(carrying(typed), 8);
    CHECK(named == std::vector<slack_id>{slack_id{"U0SAM"}, slack_id{"U0NOOR"}});
    CHECK(people_named(carrying(typed), 1).size() == 1);
}

TEST_CASE("a person is read from the platform's answer with what keeps them out of a program") {
    const team_id ours{"T0HOME"};
    const auto read_user = [&](const std::string &user) {
        return bodies::person_of(R"({"ok":true,"user":)" + user + "}", ours);
    };
    const auto ana = read_user(
        R"({"id":"U0ANA","team_id":"T0HOME","name":"ana","real_name":"Ana Duarte","tz":"Europe/Lisbon",)"
        R"("profile":{"display_name":"Ana","email":"ana@example.org"}})");
    REQUIRE(ana);
    CHECK(ana->name == "Ana");
    CHECK(ana->zone == "Europe/Lisbon");
    CHECK(ana->email == "ana@example.org");
    CHECK_FALSE(ana->stranger);
    CHECK(read_user(R"({"id":"U1","is_restricted":true})")->guest);
    CHECK(read_user(R"({"id":"U1","deleted":true})")->deactivated);
    CHECK(read_user(R"({"id":"USLACKBOT"})")->bot);
    CHECK(read_user(R"({"id":"U1","team_id":"T0OTHER"})")->stranger);
    CHECK(read_user(R"({"id":"U1","name":"sam","profile":[]})")->name == "sam");
    for (const auto *broken : {"{}", "[]", "7", R"({"id":7})", "null"})
        CHECK_FALSE(read_user(broken));
    CHECK_FALSE(bodies::person_of("<html>", ours));
}

TEST_CASE("a message for a response address can be posted, without what only that address understands") {
    const auto posted = nlohmann::json::parse(bodies::post(
        channel_id{"D0ANA"}, R"({"text":"hi","replace_original":true,"response_type":"ephemeral"})"));
    CHECK(posted == nlohmann::json({{"channel", "D0ANA"}, {"text", "hi"}}));
    CHECK(bodies::has_words(R"({"text":"hi"})"));
    CHECK_FALSE(bodies::has_words(R"({"delete_original":true})"));
    CHECK_FALSE(bodies::has_words("not json"));
}
