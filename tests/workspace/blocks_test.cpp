// Block Kit's limits, each just kept and just broken, through the judge and through the methods.
#include "tests/workspace/bench.hpp"
#include "workspace/blocks.hpp"

#include <catch2/catch.hpp>

using namespace workspace;

namespace {

bool fine(const json &block, surface where = surface::message) {
    return faults_in_blocks(json::array({block}), where).empty();
}

json in_input(const json &element) {
    return {{"type", "input"}, {"block_id", "b"}, {"label", plain("Label")}, {"element", element}};
}

json option(const std::string &value) {
    return {{"text", plain(value)}, {"value", value}};
}

json options(std::size_t count) {
    json out = json::array();
    for (std::size_t i = 0; i < count; ++i)
        out.push_back(option(std::to_string(i)));
    return out;
}

std::string of(std::size_t length) {
    return std::string(length, 'x');
}

} // namespace

TEST_CASE("texts are judged by their block's length") {
    CHECK(fine(section(of(3000))));
    CHECK_FALSE(fine(section(of(3001))));
    CHECK_FALSE(fine(section("")));
    CHECK(fine({{"type", "header"}, {"text", plain(of(150))}}));
    CHECK_FALSE(fine({{"type", "header"}, {"text", plain(of(151))}}));
    CHECK_FALSE(fine({{"type", "header"}, {"text", {{"type", "mrkdwn"}, {"text", "x"}}}}));
}

TEST_CASE("a character outside the basic plane counts as two") {
    std::string smiles;
    for (int i = 0; i < 75; ++i)
        smiles += "\xF0\x9F\x99\x82";
    CHECK(fine({{"type", "header"}, {"text", plain(smiles)}}));
    CHECK_FALSE(fine({{"type", "header"}, {"text", plain(smiles + "x")}}));
}

TEST_CASE("a message holds 50 blocks, a view 100") {
    const std::vector<json> many(51, {{"type", "divider"}});
    CHECK(faults_in_blocks(json(std::vector<json>(many.begin(), many.end() - 1)), surface::message).empty());
    CHECK_FALSE(faults_in_blocks(json(many), surface::message).empty());
    CHECK(faults_in_blocks(json(many), surface::home).empty());
    CHECK_FALSE(faults_in_blocks(json(std::vector<json>(101, {{"type", "divider"}})), surface::home).empty());
}

TEST_CASE("blocks and elements stand only where they may") {
    CHECK_FALSE(fine(text_input("b")));
    CHECK(fine(text_input("b"), surface::modal));
    CHECK(fine(text_input("b"), surface::home));
    CHECK_FALSE(fine({{"type", "carnival"}}));
    CHECK_FALSE(fine(actions(json::array({{{"type", "plain_text_input"}, {"action_id", "a"}}}))));
    CHECK_FALSE(fine({{"type", "markdown"}, {"text", "x"}}, surface::modal));
    CHECK(fine(in_input({{"type", "file_input"}, {"action_id", "f"}}), surface::modal));
    CHECK_FALSE(fine(in_input({{"type", "file_input"}, {"action_id", "f"}}), surface::home));
    CHECK_FALSE(fine(json("a string")));
}

TEST_CASE("an action_id is used once a block, a block_id once a payload") {
    CHECK(fine(actions(json::array({button("a"), button("b")}))));
    CHECK_FALSE(fine(actions(json::array({button("a"), button("a")}))));
    CHECK(faults_in_blocks(json::array({actions(json::array({button("a")}), "r1"),
                                        actions(json::array({button("a")}), "r2")}),
                           surface::message)
              .empty());
    CHECK_FALSE(
        faults_in_blocks(json::array({text_input("same"), text_input("same")}), surface::modal).empty());
    CHECK_FALSE(fine(actions(json::array({button(of(256))}))));
}

TEST_CASE("buttons, menus and fields keep their limits") {
    auto long_button = button("a", of(2001));
    CHECK_FALSE(fine(actions(json::array({long_button}))));
    auto wide = button("a");
    wide["text"] = plain(of(76));
    CHECK_FALSE(fine(actions(json::array({wide}))));
    auto styled = button("a");
    styled["style"] = "loud";
    CHECK_FALSE(fine(actions(json::array({styled}))));
    CHECK_FALSE(fine(actions(json(std::vector<json>(26, {{"type", "overflow"}, {"options", options(2)}})))));
    CHECK_FALSE(fine(actions(json::array())));
    CHECK(fine(actions(json::array({{{"type", "overflow"}, {"action_id", "o"}, {"options", options(5)}}}))));
    CHECK_FALSE(
        fine(actions(json::array({{{"type", "overflow"}, {"action_id", "o"}, {"options", options(6)}}}))));
    CHECK(fine(in_input({{"type", "static_select"}, {"action_id", "s"}, {"options", options(100)}}),
               surface::modal));
    CHECK_FALSE(fine(in_input({{"type", "static_select"}, {"action_id", "s"}, {"options", options(101)}}),
                     surface::modal));
    CHECK_FALSE(fine(in_input({{"type", "static_select"}, {"action_id", "s"}}), surface::modal));
    CHECK_FALSE(fine(in_input({{"type", "radio_buttons"}, {"action_id", "s"}, {"options", options(11)}}),
                     surface::modal));
    CHECK_FALSE(
        fine(in_input({{"type", "static_select"}, {"options", json::array({option("a"), option("a")})}}),
             surface::modal));
    CHECK_FALSE(fine(in_input({{"type", "static_select"}, {"options", json::array({option(of(76))})}}),
                     surface::modal));
    CHECK_FALSE(fine(in_input({{"type", "plain_text_input"}, {"max_length", 3001}}), surface::modal));
    CHECK_FALSE(fine(in_input({{"type", "number_input"}}), surface::modal));
    CHECK_FALSE(fine(in_input({{"type", "datepicker"}, {"initial_date", "1 Dec"}}), surface::modal));
    CHECK_FALSE(fine({{"type", "section"}, {"fields", json(std::vector<json>(11, plain("x")))}}));
    CHECK_FALSE(fine({{"type", "context"}, {"elements", json(std::vector<json>(11, plain("x")))}}));
    auto sure = button("a");
    sure["confirm"] = {
        {"title", plain(of(101))}, {"text", plain("t")}, {"confirm", plain("y")}, {"deny", plain("n")}};
    CHECK_FALSE(fine(actions(json::array({sure}))));
}

TEST_CASE("a view keeps its own limits") {
    const auto faults = [](json changes) {
        auto view = modal(json::array({text_input("b")}));
        view.update(changes);
        return faults_in_view(view).size();
    };
    CHECK(faults(json::object()) == 0);
    CHECK(faults({{"title", plain(of(24))}}) == 0);
    CHECK(faults({{"title", plain(of(25))}}) == 1);
    CHECK(faults({{"submit", plain(of(25))}}) == 1);
    CHECK(faults({{"private_metadata", of(3001)}}) == 1);
    CHECK(faults({{"callback_id", of(256)}}) == 1);
    CHECK(faults({{"type", "popup"}}) == 1);
    auto silent = modal(json::array({text_input("b")}));
    silent.erase("submit");
    CHECK(faults_in_view(silent).size() == 1);
    CHECK(faults_in_view({{"type", "home"}, {"blocks", json::array()}, {"title", plain("x")}}).size() == 1);
}

TEST_CASE("the methods refuse what the judge refuses, with messages that point at it") {
    bench b;
    const auto post = b.call("chat.postMessage",
                             {{"channel", mentoring}, {"text", "x"}, {"blocks", json::array({section("")})}});
    CHECK(post["error"] == "invalid_blocks");
    CHECK(text_in(post["response_metadata"]["messages"], "") == "");
    CHECK(post["response_metadata"]["messages"][0].get<std::string>().find("/blocks/0/text/text") !=
          std::string::npos);
    const auto link = b.connect();
    auto view = modal(json::array());
    view["title"] = plain(of(25));
    const auto open = b.call("views.open", {{"trigger_id", b.trigger(link)}, {"view", view}});
    CHECK(open["error"] == "invalid_arguments");
    CHECK(open["response_metadata"]["messages"][0].get<std::string>().find("/view/title/text") !=
          std::string::npos);
}

TEST_CASE("blocks and elements without ids are given them, those with ids keep theirs") {
    const auto out = with_ids(
        json::array({section("x"), actions(json::array({button("mine"), {{"type", "button"}}}))}), "s");
    CHECK_FALSE(text_in(out[0], "block_id").empty());
    CHECK(out[1]["block_id"] == "row");
    CHECK(out[1]["elements"][0]["action_id"] == "mine");
    CHECK_FALSE(text_in(out[1]["elements"][1], "action_id").empty());
}
