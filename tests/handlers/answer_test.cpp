// Answers on their way out: what goes into the acknowledgement and what after it, what is kept, what is late.
#include "handlers/answer.hpp"
#include "handlers/surface/render.hpp"

#include <catch2/catch.hpp>

using namespace rapport;
using rapport::surface::text;

namespace {

request with(what_happened what, bool later = true, bool trigger = true) {
    request asked{team_id{"T1"}, slack_id{"U1A"}};
    asked.can_reply_later = later;
    asked.can_open_form = trigger;
    asked.what = std::move(what);
    return asked;
}
const auto typed = with(command_typed{"/checkin", ""});
const auto pressed =
    with(button_pressed{.action = "a", .value = "", .channel = channel_id{"C1"}, .message_ts = "1.2"});
const auto in_view = with(button_pressed{.action = "a", .value = "", .view = "V1"}, false);
const auto sent = with(form_sent{"c", ""}, false);

surface::modal form() {
    return {.callback = "c", .title = "T", .blocks = {surface::divider{}}};
}

bool in(const std::string &body, const char *what) {
    return body.find(what) != std::string::npos;
}

} // namespace

TEST_CASE("a command is answered in the acknowledgement, or after it where it is too long") {
    const auto short_one = rendered(tell(text("Hello")), typed);
    CHECK(in(short_one.ack, "Hello"));
    CHECK(short_one.respond.empty());
    surface::message wide{.summary = text("Wide")};
    for (int i = 0; i < 10; ++i)
        wide.blocks.emplace_back(surface::section{.text = text("{}", std::string(2500, 'x'))});
    const auto long_one = rendered(tell(wide), typed);
    CHECK(long_one.ack.empty());
    CHECK(long_one.respond.size() > most_of_an_ack);
    CHECK(in(long_one.respond, "ephemeral"));
}

TEST_CASE("a press is acknowledged bare and answered at its response address, or by a direct message") {
    const auto new_one = rendered(tell(text("Hello")), pressed);
    CHECK(new_one.ack.empty());
    CHECK(in(new_one.respond, "\"response_type\":\"ephemeral\""));
    CHECK_FALSE(in(new_one.respond, "replace_original"));
    CHECK(in(rendered(in_place(tell(text("Hello"))), pressed).respond, "\"replace_original\":true"));
    CHECK(rendered({.takes_away = true}, pressed).respond == R"({"delete_original":true})");
    CHECK(in(rendered(tell(text("Hello")), in_view).direct, "Hello"));
}

TEST_CASE("a form is answered by what becomes of it, and words about it by a direct message") {
    CHECK(rendered(silence(), sent).empty());
    CHECK(in(rendered({.form = form_errors{{{"note", "No."}}}}, sent).ack, R"("errors":{"note":"No."})"));
    CHECK(in(rendered({.form = next_form{form()}}, sent).ack, "\"response_action\":\"update\""));
    CHECK(in(rendered({.form = next_form{form(), true}}, sent).ack, "\"response_action\":\"push\""));
    CHECK(in(rendered({.form = close_all_forms{}}, sent).ack, "clear"));
    CHECK(in(rendered(done(text("Saved")), sent).direct, "Saved"));
}

TEST_CASE("what cannot be done with a request is a bug") {
    CHECK_THROWS_AS(rendered(open_form(form()), with(home_opened{}, false, false)), std::logic_error);
    CHECK_THROWS_AS(rendered({.form = close_all_forms{}}, typed), std::logic_error);
    CHECK_THROWS_AS(rendered(in_place(tell(text("x"))), typed), std::logic_error);
    CHECK_THROWS_AS(rendered(in_place(tell(text("x"))), in_view), std::logic_error);
}

TEST_CASE("a kept answer comes back as it was, and other text as nothing") {
    const rendered_answer all{"{\"a\":1}", "two", "3:x", std::string(30'000, 'v'), "", "late"};
    CHECK(read_kept(kept(all)) == all);
    CHECK(read_kept(kept({})) == rendered_answer{});
    for (const auto *bad :
         {"", ":", "5:abc", "1:a", "-1:", "99999999999999999999:", "0:0:0:0:0:", "0:0:0:0:0:0:x", "{}"})
        CHECK(read_kept(bad).empty());
}

TEST_CASE("what is said late is what the person did not hear") {
    CHECK(in(said_late(rendered(tell(text("Saved")), typed)), "Saved"));
    CHECK(in(said_late(rendered(tell(text("Saved")), pressed)), "Saved"));
    CHECK(in(said_late(rendered(done(text("Saved")), sent)), "Saved"));
    CHECK(in(said_late(rendered(open_form(form()), typed)), "did not"));
    CHECK(in(said_late(rendered({.what = outcome::done}, sent)), "is saved"));
    CHECK(said_late(rendered(silence(), sent)).empty());
    CHECK(said_late({}).empty());
}

TEST_CASE(
    "a form refused late is refused in words: what was read, what is wrong, what works, nothing saved") {
    const auto fields = rendered({.form = form_errors{{{"how", "Choose one of these. Nothing was saved."},
                                                       {"note", "The note is over 2,000 characters."}}}},
                                 sent);
    CHECK(said_late(fields) ==
          surface::to_json(refusal_message(
              {"the form you sent.", "Choose one of these. The note is over 2,000 characters.",
               "the same form: what you typed is still in it. Correct that and send it again."})));
    auto page = form();
    page.callback = refused_form;
    page.blocks = {surface::section{.text = text("There is no 3. Nothing was saved.")}};
    const auto late = said_late(rendered({.form = next_form{page, true}}, sent));
    CHECK(in(late, R"("text":"There is no 3. Nothing was saved.")"));
    CHECK(in(said_late(rendered({.form = next_form{form()}}, sent)), "start it again"));
}

TEST_CASE("a refusal shows its four parts, each once") {
    const refusal why{"/milestone move 3 <!channel>", "There is no 3.", "/milestone move 2 fri"};
    CHECK(refusal_message(why).summary.text ==
          "I read: /milestone move 3 &lt;!channel&gt;\nThere is no 3.\nTry: "
          "/milestone move 2 fri\nNothing was saved.");
    CHECK(refusal_line(why) == "There is no 3. Try: /milestone move 2 fri");
}

TEST_CASE("fields of another kind, or not there, read as empty") {
    const fields f{{"note", std::string("x")},   {"how", choice{"call"}},
                   {"all", choices{{"a", "b"}}}, {"when", day{date::year{2026} / 11 / 2}},
                   {"who", slack_id{"U1A"}},     {"none", std::monostate{}}};
    CHECK(f.text("note") == "x");
    CHECK(f.chosen("how") == "call");
    CHECK(f.all_chosen("all").size() == 2);
    CHECK(f.date("when") == date::year{2026} / 11 / 2);
    CHECK(f.person("who") == slack_id{"U1A"});
    CHECK(f.text("how").empty());
    CHECK(f.chosen("note").empty());
    CHECK_FALSE(f.person("when"));
    CHECK_FALSE(f.has("none"));
    CHECK_FALSE(f.has("other"));
}

TEST_CASE("each kind of request has its word") {
    CHECK(kind_of(typed) == "command");
    CHECK(kind_of(with(message_seen{"1.2"})) == "message");
    CHECK(kind_of(with(person_described{slack_id{"U1A"}, "Ana"})) == "person");
}
