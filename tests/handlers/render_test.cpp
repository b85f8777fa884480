// What goes out as JSON: shapes, every limit at its edge, and structures that are refused.
#include "handlers/surface/characters.hpp"
#include "handlers/surface/render.hpp"
#include "tests/handlers/nasty.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace rapport;
using namespace rapport::surface;
using nlohmann::json;

namespace {

json sent(const message &m) {
    return json::parse(to_json(m));
}

message with(block b) {
    return {.summary = text("s"), .blocks = {std::move(b)}};
}

modal form(std::vector<block> blocks) {
    return {.callback = "c", .title = "t", .submit = "Send", .blocks = std::move(blocks)};
}

std::vector<option> options(int n) {
    std::vector<option> all;
    for (int i = 0; i < n; ++i)
        all.push_back({.says = std::to_string(i), .value = "v" + std::to_string(i)});
    return all;
}

// Every '<' begins a whole token, every '&' a whole entity.
bool whole_pieces(const std::string &text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '<' && text.find('>', i) == std::string::npos)
            return false;
        if (text[i] == '&') {
            const auto end = text.find(';', i);
            if (end == std::string::npos || end - i > 4)
                return false;
        }
    }
    return true;
}

} // namespace

TEST_CASE("a message is its text and its blocks, by the platform's names") {
    const message m{.summary = text("How was it?"),
                    .blocks = {header{"How was it?"},
                               section{.text = text("You and {}", mention{slack_id{"U1A"}}),
                                       .fields = {text("a"), text("b")},
                                       .beside = overflow{.action = "more", .options = options(2)}},
                               divider{},
                               actions{{button{.says = "Done",
                                               .action = "milestone.done",
                                               .value = "3",
                                               .look = tone::primary,
                                               .asks_first = confirm{.title = "Sure?", .says = "It stands."}},
                                        button{.says = "Done", .action = "milestone.done", .value = "4"},
                                        datepicker{.chosen = date::year{2026} / 12 / 1, .action = "when"}}},
                               context{{text("Only you see this.")}}}};
    const auto j = sent(m);
    CHECK(j["text"] == "How was it?");
    const auto &b = j["blocks"];
    REQUIRE(b.size() == 5);
    CHECK(b[0] == json::parse(R"({"type":"header","text":{"type":"plain_text","text":"How was it?"}})"));
    CHECK(b[1]["text"] == json::parse(R"({"type":"mrkdwn","text":"You and <@U1A>","verbatim":true})"));
    CHECK(b[1]["fields"].size() == 2);
    CHECK(b[1]["accessory"]["type"] == "overflow");
    CHECK(b[2] == json::parse(R"({"type":"divider"})"));
    CHECK(b[3]["elements"][0]["style"] == "primary");
    CHECK(b[3]["elements"][0]["confirm"]["confirm"]["text"] == "Yes");
    CHECK(b[3]["elements"][0]["action_id"] == "milestone.done");
    CHECK(b[3]["elements"][1]["action_id"] == "milestone.done#2");
    CHECK_FALSE(b[3]["elements"][1].contains("style"));
    CHECK(b[3]["elements"][2]["initial_date"] == "2026-12-01");
    CHECK(b[4]["elements"][0]["text"] == "Only you see this.");
}

TEST_CASE("a form carries its callback, its questions by name and nothing it was not given") {
    auto m =
        form({input{.field = "note",
                    .label = "Note",
                    .asks = plain_text_input{.multiline = true, .max_length = 2000},
                    .hint = "Coordinators read this.",
                    .optional = true},
              input{.field = "who", .label = "Who", .asks = users_select{.chosen = slack_id{"U1A"}}},
              input{.field = "how", .label = "How", .asks = radio{.options = options(3), .chosen = "v1"}},
              input{.field = "what",
                    .label = "What",
                    .asks = checkboxes{.options = options(3), .chosen = {"v0", "v2"}}},
              input{.field = "one", .label = "One", .asks = static_select{.options = options(100)}},
              input{.field = "n", .label = "N", .asks = number_input{.initial = 2, .most = 31}}});
    m.metadata = "P1";
    m.notify_on_close = true;
    const auto j = json::parse(to_json(m));
    CHECK(j["type"] == "modal");
    CHECK(j["callback_id"] == "c");
    CHECK(j["submit"]["text"] == "Send");
    CHECK(j["private_metadata"] == "P1");
    CHECK(j["notify_on_close"] == true);
    const auto &b = j["blocks"];
    CHECK(b[0]["block_id"] == "note");
    CHECK(b[0]["element"]["action_id"] == "value");
    CHECK(b[0]["element"]["max_length"] == 2000);
    CHECK(b[0]["optional"] == true);
    CHECK(b[1]["element"]["initial_user"] == "U1A");
    CHECK(b[2]["element"]["initial_option"]["value"] == "v1");
    CHECK(b[3]["element"]["initial_options"].size() == 2);
    CHECK(b[5]["element"]["initial_value"] == "2");
    CHECK(b[5]["element"]["max_value"] == "31");
    CHECK(json::parse(form_update(m))["response_action"] == "update");
    CHECK(json::parse(form_push(m))["view"]["title"]["text"] == "t");
    CHECK(json::parse(form_clear())["response_action"] == "clear");
    CHECK(json::parse(form_errors({{"note", "Too long."}})) ==
          json::parse(R"({"response_action":"errors","errors":{"note":"Too long."}})"));
}

TEST_CASE("where a message goes decides what goes around it") {
    const auto m = said(text("Saved."));
    CHECK_FALSE(json::parse(to_json(m)).contains("response_type"));
    CHECK(json::parse(to_json(m, delivery::ephemeral))["response_type"] == "ephemeral");
    CHECK(json::parse(to_json(m, delivery::replace_original))["replace_original"] == true);
    CHECK(json::parse(delete_original())["delete_original"] == true);
    CHECK(json::parse(to_json(home{{header{"Hello"}}}))["type"] == "home");
    CHECK(json::parse(blocks_json(m)).is_array());
}

TEST_CASE("a text that is too long is cut with an ellipsis, at its limit and not before") {
    auto title_of = [](std::size_t n) {
        return sent(with(header{std::string(n, 'x')}))["blocks"][0]["text"]["text"].get<std::string>();
    };
    CHECK(title_of(150) == std::string(150, 'x'));
    CHECK(title_of(151) == std::string(149, 'x') + "…");
    const auto long_text = text("{}", std::string(3500, 'y'));
    CHECK(
        utf16_units(sent(with(section{.text = long_text}))["blocks"][0]["text"]["text"].get<std::string>()) ==
        3000);
    CHECK(utf16_units(sent({.summary = text("{}", std::string(5000, 'z'))})["text"].get<std::string>()) ==
          4000);
}

TEST_CASE("a cut never falls inside an entity, a token or a character") {
    const auto seed = std::random_device{}();
    INFO("seed " << seed);
    std::mt19937 chance(seed);
    const mention who{slack_id{"U012AB3CD"}};
    for (int i = 0; i < 3000; ++i) {
        const auto t =
            text("{} {} {}", rapport::tests::nasty_mix(chance), who, rapport::tests::nasty_mix(chance));
        const std::size_t most = 1 + chance() % 60;
        const auto out = trimmed_mrkdwn(t, most);
        CAPTURE(t.text, most, out);
        REQUIRE(utf16_units(out) <= most);
        REQUIRE(whole_pieces(out));
        REQUIRE(cleaned(out) == out);
        const plain p{rapport::tests::nasty_mix(chance)};
        const auto short_plain = trimmed_plain(p, most);
        REQUIRE(utf16_units(escaped(short_plain)) <= most);
        REQUIRE(cleaned(short_plain) == short_plain);
    }
}

TEST_CASE("nobody's words ping a channel, wherever they are put") {
    for (const auto &words : rapport::tests::nasty()) {
        const message m{.summary = text("{}.", words),
                        .blocks = {header{plain_text("{}.", words)},
                                   section{.text = text("*{}*", words), .fields = {text("{}.", words)}},
                                   context{{text("`{}`", words)}}}};
        const auto j = sent(m);
        for (const auto &where :
             {j["text"], j["blocks"][1]["text"]["text"], j["blocks"][1]["fields"][0]["text"],
              j["blocks"][2]["elements"][0]["text"]}) {
            const auto s = where.get<std::string>();
            CAPTURE(s);
            CHECK(s.find('<') == std::string::npos);
        }
        CHECK(j["blocks"][0]["text"]["type"] == "plain_text");
    }
}

TEST_CASE("a structure the platform would refuse is a bug, found before it is sent") {
    auto refused = [](block b) { CHECK_THROWS_AS(to_json(with(std::move(b))), std::logic_error); };
    refused(section{});
    refused(header{""});
    refused(header{"\x01"});
    refused(context{});
    refused(context{std::vector<mrkdwn>(11, text("x"))});
    refused(actions{});
    refused(actions{std::vector<element>(26, button{.says = "x", .action = "a"})});
    refused(actions{{button{.says = "x"}}});
    refused(actions{{button{.says = "x", .action = "a#b"}}});
    refused(actions{{button{.says = "", .action = "a"}}});
    refused(actions{{button{.says = "x", .action = "a", .value = std::string(2001, 'v')}}});
    refused(actions{{overflow{.action = "a", .options = options(6)}}});
    refused(actions{{overflow{.action = "a"}}});
    refused(actions{{static_select{.options = options(101), .action = "a"}}});
    refused(actions{{radio{.options = options(11), .action = "a"}}});
    refused(actions{{checkboxes{.options = options(2), .chosen = {"other"}, .action = "a"}}});
    refused(actions{{static_select{.options = {{.says = "a", .value = "x"}, {.says = "b", .value = "x"}},
                                   .action = "a"}}});
    refused(
        actions{{static_select{.options = {{.says = "a", .value = std::string(76, 'x')}}, .action = "a"}}});
    refused(actions{{datepicker{.chosen = date::year{2026} / 2 / 30, .action = "a"}}});
    refused(section{.text = text("x"), .fields = std::vector<mrkdwn>(11, text("x"))});
    refused(input{.field = "f", .label = "l", .asks = plain_text_input{}});
    CHECK_THROWS_AS(to_json(message{}), std::logic_error);
    CHECK_THROWS_AS(to_json(message{.summary = text("s"), .blocks = std::vector<block>(51, divider{})}),
                    std::logic_error);

    const input note{.field = "note", .label = "Note", .asks = plain_text_input{}};
    CHECK_NOTHROW(to_json(form({note})));
    CHECK_THROWS_AS(to_json(form({})), std::logic_error);
    CHECK_THROWS_AS(to_json(form({note, note})), std::logic_error);
    CHECK_THROWS_AS(to_json(form(std::vector<block>(101, divider{}))), std::logic_error);
    auto without = [&](auto change) {
        auto m = form({note});
        change(m);
        CHECK_THROWS_AS(to_json(m), std::logic_error);
    };
    without([](modal &m) { m.submit = ""; });
    without([](modal &m) { m.callback = ""; });
    without([](modal &m) { m.title = ""; });
    without([](modal &m) { m.metadata = std::string(3001, 'm'); });
    CHECK_THROWS_AS(form_errors({}), std::logic_error);
}

TEST_CASE("a list has at most seven rows and says how many it leaves out") {
    auto rows = [](int n) {
        return std::vector<section>(static_cast<std::size_t>(n), {.text = text("row")});
    };
    CHECK(listed(rows(7), text("/milestone")).size() == 7);
    const auto cut_list = listed(rows(9), text("/milestone"));
    REQUIRE(cut_list.size() == 8);
    CHECK(std::get<context>(cut_list.back()).notes[0].text == "And 2 more: /milestone");
    CHECK(listed({}, text("x")).empty());
}
