// Commands, presses, forms and shortcuts.
#include "bot/slack/entities.hpp"
#include "tests/slack/fixtures.hpp"

#include <catch2/catch.hpp>

using namespace rapport::slack;
using namespace slack_tests;

namespace {

form_value value_of(const std::vector<form_value> &all, const std::string &block) {
    for (const auto &each : all)
        if (each.block == block)
            return each;
    FAIL("no value for " + block);
    return {};
}

using texts = std::vector<std::string>;

} // namespace

TEST_CASE("a command is read, its words both as sent and unescaped") {
    const auto d = delivery_of(fixture("command"));
    const auto c = std::get<slash_command>(d.what);
    CHECK(c.command == "/milestone");
    CHECK(c.user == "U0ANA");
    CHECK(c.channel == "D0ANABOT");
    CHECK(c.channel_name == "directmessage");
    CHECK(c.escaped == "add R&amp;D plan with <@U0PRIYA|priya> not &lt;@U0SAM&gt; by 1 Dec");
    CHECK(c.text == "add R&D plan with <@U0PRIYA|priya> not <@U0SAM> by 1 Dec");
    int people = 0;
    for (const auto &each : pieces_of(c.escaped))
        people += each.kind == piece_kind::person;
    CHECK(people == 1);
    CHECK(d.accepts_payload);
    CHECK(d.kind == delivery_kind::command);
    CHECK(d.from.team == "T0RAPPORT");
    CHECK_FALSE(d.from.enterprise_install); // the text "false"
    CHECK(d.keys.primary == "command/13345224609.738474920.8088930838d88f008e0");
    CHECK(d.keys.secondary == "envelope/5f0f4a6e-2a86-4c22-9a55-1c1b0e0a7a11");
    CHECK_FALSE(c.response_url.empty());
}

TEST_CASE("a press says what was pressed, where, and what the inputs around it hold") {
    const auto d = delivery_of(fixture("press"));
    const auto p = std::get<block_action>(d.what);
    CHECK(p.user == "U0PRIYA");
    CHECK(p.channel == "D0PRIYABOT");
    CHECK(p.message_ts == "1793000000.000100");
    CHECK_FALSE(p.ephemeral);
    CHECK_FALSE(p.view.has_value());
    REQUIRE(p.presses.size() == 1);
    CHECK(p.presses[0].action == "reply.elsewhere");
    CHECK(p.presses[0].values == texts{"pair=01J&amp;n=3"}); // ours, as it went
    CHECK(value_of(p.form, "when").values.size() == 1);
    CHECK(p.form.size() == 2);
    CHECK(d.keys.primary == "press/1.2.abc/1793000010.123456");
    CHECK(d.from.team == "T0RAPPORT");
}

TEST_CASE("a form's values come as text, unescaped; what was left empty holds nothing") {
    const auto d = delivery_of(fixture("form"));
    const auto f = std::get<view_submission>(d.what);
    CHECK(f.view.id == "V0FORM");
    CHECK(f.view.callback == "check_in");
    CHECK(f.view.private_metadata == "pair=01J");
    CHECK(value_of(f.form, "note").values == texts{"R&D <3"});
    CHECK(value_of(f.form, "note").action == "text");
    CHECK(value_of(f.form, "empty").values.empty());
    CHECK(value_of(f.form, "touch").values == texts{"2"});
    CHECK(value_of(f.form, "who").values == texts{"U0SAM", "U0NOOR"});
    CHECK(value_of(f.form, "ways").values == texts{"email", "phone"});
    CHECK(value_of(f.form, "meet").values == texts{"1793000000"});
    CHECK(value_of(f.form, "none").values.empty());
    CHECK(value_of(f.form, "none").type == "users_select");
    CHECK(d.keys.primary == "form/9.8.xyz/V0FORM/1793000000.h4sh");
}

TEST_CASE("a form corrected after an error is another act; the same press again is not") {
    auto again = fixture("form");
    const auto first = delivery_of(again).keys;
    CHECK(delivery_of(again).keys == first);
    again.replace(again.find("9.8.xyz"), 7, "9.9.new");
    CHECK(delivery_of(again).keys.primary != first.primary);
}

TEST_CASE("blocks and actions may be called what they like") {
    const auto f = delivered_as<view_submission>(interaction_envelope(
        R"({"type":"view_submission","user":{"id":"U1"},"trigger_id":"t","view":{"id":"V","state":{"values":
            {"text":{"blocks":{"type":"plain_text_input","value":"kept"}},"files":{"token":{"type":"static_select","selected_option":{"value":"v"}}}}}}})"));
    CHECK(value_of(f.form, "text").values == texts{"kept"});
    CHECK(value_of(f.form, "files").values == texts{"v"});
}

TEST_CASE("closing a form, shortcuts and asking for options are read") {
    const auto shut = delivery_of(interaction_envelope(
        R"({"type":"view_closed","team":{"id":"T1"},"user":{"id":"U1"},"view":{"id":"V1","hash":"h"},"is_cleared":true})"));
    CHECK(std::get<view_closed>(shut.what).whole_stack);
    CHECK(shut.keys.primary == "closed/V1/h");

    const auto used = delivery_of(interaction_envelope(
        R"({"type":"shortcut","team":{"id":"T1"},"user":{"id":"U1"},"callback_id":"check_in","trigger_id":"1.2","action_ts":"3.4"})"));
    CHECK(std::get<shortcut>(used.what).callback == "check_in");
    CHECK(used.keys.primary == "shortcut/1.2/3.4");

    const auto options = delivered_as<block_suggestion>(interaction_envelope(
        R"({"type":"block_suggestion","user":{"id":"U1"},"action_id":"a","block_id":"b","value":"bio&amp;","view":{"id":"V1"}})"));
    CHECK(options.typed == "bio&");
    CHECK(options.view.has_value());
}

TEST_CASE("a picked message brings the words that were handed over, and only in that case") {
    const auto text =
        R"({"type":"message_action","user":{"id":"U1"},"team":{"id":"T1"},"callback_id":"milestone",
        "trigger_id":"1.2","action_ts":"3.4","message_ts":"5.6","channel":{"id":"C1"},
        "message":{"user":"U2","ts":"5.6","text":"Draft &amp; send","blocks":[{"text":"CANARY"}]},"response_url":"https://x"})";
    const auto m = delivered_as<message_action>(interaction_envelope(text));
    CHECK(m.picked_text == "Draft & send");
    CHECK(m.author == "U2");
    CHECK(m.channel == "C1");
    CHECK(m.message_ts == "5.6");
}

TEST_CASE("an org-wide install has no team; the person's own is taken") {
    const auto d = delivery_of(interaction_envelope(
        R"({"type":"shortcut","team":null,"enterprise":{"id":"E1"},"is_enterprise_install":true,"user":{"id":"U1","team_id":"T7"}})"));
    CHECK(d.from.team == "T7");
    CHECK(d.from.installation() == "E1");
    CHECK(delivery_of(interaction_envelope(
                          R"({"type":"shortcut","is_enterprise_install":"true","enterprise":{"id":"E1"}})"))
              .from.enterprise_install);
}

TEST_CASE("an interaction of a new kind is acknowledged and left alone") {
    CHECK(delivered_as<other_delivery>(interaction_envelope(R"({"type":"workflow_step_edit"})")).type ==
          "workflow_step_edit");
}
