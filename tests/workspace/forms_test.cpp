// Forms and the Home: triggers, the stack, hashes, what stands in the fields, and the four answers to a
// submission.
#include "tests/workspace/bench.hpp"
#include "workspace/forms.hpp"

#include <catch2/catch.hpp>

using namespace workspace;

namespace {

json one_field() {
    return modal(json::array({text_input("b")}));
}

json home(const std::string &text) {
    return {{"type", "home"}, {"blocks", json::array({section(text)})}};
}

// Ana submits what is in front of her; the app answers with `answer`.
outcome submitted(bench &b, const bench::link &link, const json &values, const json &answer = nullptr) {
    heard told;
    b.act.submit("U0ANA", values, told);
    if (!told.anything())
        b.ack(link, link.out->last_envelope(), answer);
    REQUIRE(told.anything());
    return told.only();
}

} // namespace

TEST_CASE("a trigger opens one form within three seconds of the act") {
    bench b;
    const auto link = b.connect();
    const auto open = [&](const std::string &trigger) {
        return text_in(b.call("views.open", {{"trigger_id", trigger}, {"view", one_field()}}), "error");
    };
    const auto used = b.trigger(link);
    CHECK(open(used) == "");
    CHECK(open(used) == "exchanged_trigger_id");
    const auto late = b.trigger(link);
    b.pass(span(3'000));
    CHECK(open(late) == "");
    const auto too_late = b.trigger(link);
    b.pass(span(3'001));
    CHECK(open(too_late) == "expired_trigger_id");
    CHECK(open("1.2.3") == "invalid_trigger_id");
    CHECK(text_in(b.call("views.open", {{"view", one_field()}}), "error") == "invalid_arguments");
    CHECK(text_in(b.call("views.open", {{"trigger_id", b.trigger(link)}}), "error") == "invalid_arguments");
}

TEST_CASE("moving the workspace's time does not age a trigger") {
    bench b;
    const auto trigger = b.trigger(b.connect());
    b.on.time.advance(std::chrono::hours(24));
    b.on.moved_clock();
    CHECK(flag_in(b.call("views.open", {{"trigger_id", trigger}, {"view", one_field()}}), "ok"));
}

TEST_CASE("a refused view does not spend the trigger") {
    bench b;
    const auto trigger = b.trigger(b.connect());
    CHECK_FALSE(flag_in(
        b.call("views.open", {{"trigger_id", trigger}, {"view", modal(json::array({section("")}))}}), "ok"));
    CHECK(flag_in(b.call("views.open", {{"trigger_id", trigger}, {"view", one_field()}}), "ok"));
}

TEST_CASE("forms stack three high, each knowing the first and the one below") {
    bench b;
    const auto link = b.connect();
    const auto with_button = modal(json::array({actions(json::array({button("more")}))}));
    const auto first = b.open_form(link, with_button);
    const auto push = [&] {
        const auto top = forms_seen(b.on, "U0ANA").back();
        heard told;
        b.act.press("U0ANA", {{}, {}, text_in(top, "id")}, "more", {}, nullptr, told);
        const auto envelope = link.out->last_envelope();
        b.ack(link, envelope);
        return b.call("views.push",
                      {{"trigger_id", envelope["payload"]["trigger_id"]}, {"view", with_button}});
    };
    const auto second = push();
    CHECK(second["view"]["root_view_id"] == first);
    CHECK(second["view"]["previous_view_id"] == first);
    const auto third = push();
    CHECK(third["view"]["previous_view_id"] == second["view"]["id"]);
    CHECK(text_in(push(), "error") == "push_limit_reached");
    CHECK(forms_seen(b.on, "U0ANA").size() == 3);
}

TEST_CASE("a push needs a form below") {
    bench b;
    CHECK(text_in(b.call("views.push", {{"trigger_id", b.trigger(b.connect())}, {"view", one_field()}}),
                  "error") == "not_found");
}

TEST_CASE("an update needs the right hash if it names one, and a form that is still open") {
    bench b;
    const auto link = b.connect();
    const auto id = b.open_form(link, one_field());
    const auto hash = forms_seen(b.on, "U0ANA")[0]["hash"];
    const auto update = [&](json args) {
        args["view"] = one_field();
        return text_in(b.call("views.update", args), "error");
    };
    CHECK(update({{"view_id", id}, {"hash", "1.other"}}) == "hash_conflict");
    CHECK(update({{"view_id", id}, {"hash", hash}}) == "");
    CHECK(update({{"view_id", id}, {"hash", hash}}) == "hash_conflict");
    CHECK(update({{"view_id", id}}) == "");
    CHECK(update({{"view_id", "V1"}}) == "not_found");
    close_form(b.on, "U0ANA", true);
    CHECK(update({{"view_id", id}}) == "not_found");
}

TEST_CASE("an external_id names one view, and finds it") {
    bench b;
    const auto link = b.connect();
    auto named = one_field();
    named["external_id"] = "mine";
    b.open_form(link, named);
    CHECK(flag_in(b.call("views.update", {{"external_id", "mine"}, {"view", named}}), "ok"));
    heard told;
    b.act.command("U0BEN", mentoring, "/form", "", told);
    const auto envelope = link.out->last_envelope();
    b.ack(link, envelope);
    CHECK(text_in(b.call("views.open", {{"trigger_id", envelope["payload"]["trigger_id"]}, {"view", named}}),
                  "error") == "duplicate_external_id");
}

TEST_CASE("an over-large view and a home where a modal belongs are refused") {
    bench b;
    const auto link = b.connect();
    std::vector<json> much(100, section(std::string(3000, 'x')));
    CHECK(text_in(b.call("views.open", {{"trigger_id", b.trigger(link)}, {"view", modal(json(much))}}),
                  "error") == "view_too_large");
    CHECK(text_in(b.call("views.open", {{"trigger_id", b.trigger(link)}, {"view", home("x")}}), "error") ==
          "invalid_arguments");
}

TEST_CASE("the Home is published to people, with hashes as for forms") {
    bench b;
    const auto publish = [&](json args) { return b.call("views.publish", args); };
    const auto first = publish({{"user_id", "U0ANA"}, {"view", home("one")}});
    CHECK(home_seen(b.on, "U0ANA")["blocks"][0]["text"]["text"] == "one");
    CHECK(home_seen(b.on, "U0BEN").is_null());
    const auto hash = first["view"]["hash"];
    CHECK(flag_in(publish({{"user_id", "U0ANA"}, {"view", home("two")}, {"hash", hash}}), "ok"));
    CHECK(text_in(publish({{"user_id", "U0ANA"}, {"view", home("three")}, {"hash", hash}}), "error") ==
          "hash_conflict");
    CHECK(text_in(publish({{"user_id", "U0BEN"}, {"view", home("x")}, {"hash", "1.a"}}), "error") ==
          "hash_conflict");
    CHECK(text_in(publish({{"user_id", "U1"}, {"view", home("x")}}), "error") == "user_not_found");
    CHECK(text_in(publish({{"user_id", "U0ANA"}, {"view", one_field()}}), "error") == "invalid_arguments");
    CHECK(home_seen(b.on, "U0ANA")["blocks"][0]["text"]["text"] == "two");
}

TEST_CASE("a submission carries what stands in each field, by its kind, and null where nothing does") {
    bench b;
    const auto link = b.connect();
    const auto field = [](const std::string &id, json element) {
        element["action_id"] = "a";
        return json{{"type", "input"},
                    {"block_id", id},
                    {"optional", true},
                    {"label", plain("L")},
                    {"element", element}};
    };
    const json options =
        json::array({{{"text", plain("Yes")}, {"value", "yes"}}, {{"text", plain("No")}, {"value", "no"}}});
    b.open_form(link, modal(json::array(
                          {field("text", {{"type", "plain_text_input"}, {"initial_value", "was here"}}),
                           field("pick", {{"type", "static_select"}, {"options", options}}),
                           field("tick", {{"type", "checkboxes"}, {"options", options}}),
                           field("who", {{"type", "users_select"}}), field("day", {{"type", "datepicker"}}),
                           field("count", {{"type", "number_input"}, {"is_decimal_allowed", false}}),
                           field("empty", {{"type", "multi_users_select"}}),
                           field("none", {{"type", "radio_buttons"}, {"options", options}})})));
    submitted(
        b, link,
        {{"pick", "yes"}, {"tick", {"yes", "no"}}, {"who", "U0SAM"}, {"day", "2026-12-01"}, {"count", 3}});
    const auto values = link.out->last_envelope()["payload"]["view"]["state"]["values"];
    CHECK(values["text"]["a"] == json({{"type", "plain_text_input"}, {"value", "was here"}}));
    CHECK(values["pick"]["a"]["selected_option"]["value"] == "yes");
    CHECK(values["tick"]["a"]["selected_options"].size() == 2);
    CHECK(values["who"]["a"]["selected_user"] == "U0SAM");
    CHECK(values["day"]["a"]["selected_date"] == "2026-12-01");
    CHECK(values["count"]["a"]["value"] == "3");
    CHECK(values["empty"]["a"]["selected_users"] == json::array());
    CHECK(values["none"]["a"]["selected_option"].is_null());
}

TEST_CASE("the person's client refuses a form that is not filled in, and sends nothing") {
    bench b;
    const auto link = b.connect();
    auto limited = text_input("b");
    limited["element"]["max_length"] = 5;
    limited["element"]["min_length"] = 2;
    auto number = text_input("n", "in", true);
    number["element"] = {{"type", "number_input"},
                         {"action_id", "in"},
                         {"is_decimal_allowed", false},
                         {"min_value", "1"},
                         {"max_value", "9"}};
    b.open_form(link, modal(json::array({limited, number})));
    const auto before = link.out->frames.size();
    CHECK(submitted(b, link, json::object()).detail == "is required");
    CHECK(submitted(b, link, {{"b", "x"}}).detail == "is shorter than 2 characters");
    CHECK(submitted(b, link, {{"b", "xxxxxx"}}).detail == "is longer than 5 characters");
    CHECK(submitted(b, link, {{"b", "xx"}, {"n", "ten"}}).detail == "is not a number");
    CHECK(submitted(b, link, {{"b", "xx"}, {"n", "1.5"}}).detail == "is not a whole number");
    CHECK(submitted(b, link, {{"b", "xx"}, {"n", 10}}).detail == "is more than 9");
    CHECK(submitted(b, link, {{"other", "x"}}).error == "no_such_element");
    CHECK(link.out->frames.size() == before);
}

TEST_CASE("a bare ack closes the form; clear closes all; with none open there is nothing to submit") {
    bench b;
    const auto link = b.connect();
    b.open_form(link, one_field());
    CHECK(submitted(b, link, {{"b", "x"}}).seen["response_action"] == "close");
    CHECK(forms_seen(b.on, "U0ANA").empty());
    b.open_form(link, one_field());
    CHECK(submitted(b, link, {{"b", "x"}}, {{"response_action", "clear"}}).seen["response_action"] ==
          "clear");
    CHECK(forms_seen(b.on, "U0ANA").empty());
    CHECK(submitted(b, link, json::object()).error == "view_not_found");
}

TEST_CASE("errors keep the form and what was typed; of an unknown block they are a fault of the app") {
    bench b;
    const auto link = b.connect();
    b.open_form(link, one_field());
    const auto seen =
        submitted(b, link, {{"b", "typed"}}, {{"response_action", "errors"}, {"errors", {{"b", "no"}}}});
    CHECK(seen.seen["errors"]["b"] == "no");
    CHECK(forms_seen(b.on, "U0ANA")[0]["state"]["values"]["b"]["in"]["value"] == "typed");
    const auto wrong =
        submitted(b, link, {{"b", "x"}}, {{"response_action", "errors"}, {"errors", {{"z", "no"}}}});
    CHECK(wrong.error == "invalid_response");
    CHECK(b.violations() == std::vector<std::string>{"submission_error_of_unknown_block"});
}

TEST_CASE("update replaces the form, keeping typed values of the same fields; push stacks another") {
    bench b;
    const auto link = b.connect();
    const auto id = b.open_form(link, one_field());
    submitted(b, link, {{"b", "typed"}},
              {{"response_action", "update"},
               {"view", modal(json::array({text_input("b"), text_input("c", "in", true)}))}});
    auto form = forms_seen(b.on, "U0ANA")[0];
    CHECK(form["id"] == id);
    CHECK(form["state"]["values"]["b"]["in"]["value"] == "typed");
    CHECK(form["state"]["values"]["c"]["in"]["value"].is_null());
    const auto pushed =
        submitted(b, link, json::object(), {{"response_action", "push"}, {"view", one_field()}});
    CHECK(pushed.seen["view"]["previous_view_id"] == id);
    CHECK(forms_seen(b.on, "U0ANA").size() == 2);
    CHECK(submitted(b, link, {{"b", "x"}}, {{"response_action", "dance"}}).error == "invalid_response");
    CHECK(submitted(b, link, {{"b", "x"}}, {{"response_action", "update"}, {"view", home("x")}}).error ==
          "invalid_response");
}

TEST_CASE("a form nobody answers for shows a time-out, and stays") {
    bench b;
    const auto link = b.connect();
    b.open_form(link, one_field());
    heard told;
    b.act.submit("U0ANA", {{"b", "x"}}, told);
    b.pass(span(3'000));
    CHECK(told.only().error == "operation_timeout");
    CHECK(forms_seen(b.on, "U0ANA").size() == 1);
    b.on.sockets.closed(link.id, "gone");
    heard again;
    b.act.submit("U0ANA", {{"b", "x"}}, again);
    CHECK(again.only().error == "dispatch_failed");
}

TEST_CASE("closing tells the app only if it asked, and of the whole stack if it was the whole") {
    bench b;
    const auto link = b.connect();
    b.open_form(link, one_field());
    heard quiet;
    b.act.close("U0ANA", false, quiet);
    CHECK(quiet.only().seen["notified"] == false);
    auto asks = one_field();
    asks["notify_on_close"] = true;
    b.open_form(link, asks);
    heard told;
    b.act.close("U0ANA", true, told);
    const auto payload = link.out->last_envelope()["payload"];
    CHECK(payload["type"] == "view_closed");
    CHECK(payload["is_cleared"] == true);
    CHECK_FALSE(payload.contains("trigger_id"));
    b.ack(link, link.out->last_envelope());
    CHECK(told.only().seen["notified"] == true);
}
