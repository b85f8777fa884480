// The control surface: reading, acting, the clock, the journal, the stream, and requests that make no sense.
#include "tests/workspace/bench.hpp"

#include <catch2/catch.hpp>

using namespace workspace;

TEST_CASE("the state tells a page what it needs first") {
    bench b;
    b.connect();
    const auto state = b.local("GET", "/local/state");
    CHECK(state["team"]["id"] == "T0LOCAL");
    CHECK(state["app"]["bot_user"] == "U0RAPPORT");
    CHECK(state["links"].size() == 1);
    CHECK(state["registered"] == false);
    CHECK(state["clock"]["now"] == 1'793'613'600'000);
}

TEST_CASE("lists show what the person may see") {
    bench b;
    CHECK(b.local("GET", "/local/people")["people"].size() == 14);
    const auto names = [&](const std::string &user) {
        std::set<std::string> out;
        const auto answer = b.local("GET", "/local/conversations?as=" + user);
        for (const auto &each : answer["conversations"])
            out.insert(text_in(each, "id"));
        return out;
    };
    CHECK(names("U0ANA") == std::set<std::string>{"C0GENERAL", "C0MENTORING"});
    CHECK(names("U0COORD").contains("C0STAFF"));
    CHECK(b.local("GET", "/local/conversations?as=U1")["error"] == "bad_request");
    CHECK(b.local("GET", "/local/messages?as=U0ANA&channel=C1")["error"] == "bad_request");
}

TEST_CASE("one can act through it: say, read, react, open") {
    bench b;
    const auto said =
        b.local("POST", "/local/say", {{"as", "U0ANA"}, {"channel", mentoring}, {"text", "hi @sam"}});
    CHECK(said["ok"] == true);
    const auto list = "/local/messages?as=U0BEN&channel=" + std::string(mentoring);
    CHECK(b.local("GET", list)["messages"][0]["text"] == "hi <@U0SAM>");
    CHECK(b.local("POST", "/local/react",
                  {{"as", "U0BEN"}, {"channel", mentoring}, {"ts", said["ts"]}, {"name", "tada"}})["ok"] ==
          true);
    CHECK(b.local("GET", list)["messages"][0]["reactions"][0]["count"] == 1);
    CHECK(b.local("GET", list + "&after=" + text_in(said, "ts"))["messages"].empty());
    const auto direct = b.local("POST", "/local/open", {{"as", "U0ANA"}});
    CHECK(text_in(direct, "channel").starts_with("D"));
    CHECK(b.local("POST", "/local/say",
                  {{"as", "U0OWNER"}, {"channel", mentoring}, {"text", "x"}})["error"] == "not_in_channel");
}

TEST_CASE("a command answers when the app has, or at once when nobody is there") {
    bench b;
    const json typed{{"as", "U0ANA"}, {"channel", mentoring}, {"line", "/checkin all well"}};
    CHECK(b.local("POST", "/local/command", typed)["error"] == "dispatch_failed");
    const auto link = b.connect();
    const auto waiting = b.post("/local/command", typed);
    CHECK_FALSE(waiting->got);
    CHECK(link.out->last_envelope()["payload"]["text"] == "all well");
    b.ack(link, link.out->last_envelope(), {{"text", "noted"}});
    CHECK(waiting->body()["reply"]["text"] == "noted");
}

TEST_CASE("the clock is read, moved on, set and held") {
    bench b;
    CHECK(b.local("POST", "/local/clock", {{"advance_ms", 60'000}})["now"] == 1'793'613'660'000);
    CHECK(b.local("POST", "/local/clock", {{"at", 1'800'000'000'000}, {"held", true}})["held"] == true);
    b.pass(span(5'000));
    CHECK(b.local("GET", "/local/clock")["now"] == 1'800'000'000'000);
    CHECK(b.local("POST", "/local/clock", {{"held", false}})["now"] == 1'800'000'000'000);
    b.pass(span(5'000));
    CHECK(b.local("GET", "/local/clock")["now"] == 1'800'000'005'000);
    CHECK(b.local("POST", "/local/clock", {{"advance_ms", 9'000'000'000'000'000}})["error"] == "bad_request");
}

TEST_CASE("the journal is asked by kind, method, channel and place") {
    bench b;
    b.call("chat.postMessage", {{"channel", mentoring}, {"text", "one"}});
    b.call("auth.test");
    b.call("chat.postMessage", {{"channel", "C0STAFF"}, {"text", "two"}});
    const auto ask = [&](const std::string &query) {
        return b.local("GET", "/local/journal?" + query)["entries"];
    };
    CHECK(ask("kind=request").size() == 3);
    CHECK(ask("kind=request&method=chat.postMessage").size() == 2);
    CHECK(ask("kind=request&channel=C0STAFF")[0]["args"]["text"] == "two");
    const auto first = ask("kind=request")[0]["seq"].get<int>();
    CHECK(ask("kind=request&after=" + std::to_string(first)).size() == 2);
    CHECK(ask("kind=request&limit=1").size() == 1);
}

TEST_CASE("the stream tells a person what they may hear of, from where they left off") {
    bench b;
    const auto seq = b.local("GET", "/local/state")["change_seq"].get<int>();
    b.act.say("U0COORD", "C0STAFF", {"staff only", {}, {}, {}});
    b.act.say("U0ANA", mentoring, {"all", {}, {}, {}});
    const auto stream = b.send({"GET", "/local/stream?as=U0ANA&after=" + std::to_string(seq), {}, {}});
    REQUIRE(stream->streams);
    REQUIRE(stream->chunks.size() == 2); // ready, and the message in #mentoring
    CHECK(stream->chunks[0].find("event: ready") != std::string::npos);
    CHECK(stream->chunks[1].find("C0MENTORING") != std::string::npos);
    b.call("chat.postEphemeral", {{"channel", mentoring}, {"user", "U0BEN"}, {"text", "psst"}});
    CHECK(stream->chunks.size() == 2);
    b.call("chat.postEphemeral", {{"channel", mentoring}, {"user", "U0ANA"}, {"text", "psst"}});
    CHECK(stream->chunks.back().find("event: ephemeral") != std::string::npos);
    stream->listening = false;
    b.act.say("U0ANA", mentoring, {"more", {}, {}, {}});
    CHECK(b.on.changes.listeners() == 0);
}

TEST_CASE("a manifest and scopes can be put and taken away") {
    bench b;
    CHECK(b.local("PUT", "/local/manifest", json::object())["error"] == "bad_request");
    CHECK(b.local("PUT", "/local/manifest", {{"display_information", {{"name", "R"}}}})["ok"] == true);
    CHECK(b.local("GET", "/local/state")["registered"] == true);
    CHECK(b.call("users.list")["error"] == "missing_scope");
    CHECK(b.local("PUT", "/local/scopes", {{"scopes", {"users:read"}}})["ok"] == true);
    CHECK(flag_in(b.call("users.list"), "ok"));
    b.local("DELETE", "/local/manifest");
    CHECK(b.local("GET", "/local/state")["registered"] == false);
}

TEST_CASE("requests that make no sense are told so") {
    bench b;
    const auto status = [&](const http_request &request) { return b.send(request)->got->status; };
    CHECK(status({"GET", "/local/nothing", {}, {}}) == 404);
    CHECK(status({"GET", "/local/say", {}, {}}) == 405);
    CHECK(status({"POST", "/local/say", {{"content-type", "text/plain"}}, "{}"}) == 415);
    CHECK(status({"POST", "/local/say", {{"content-type", "application/json"}}, "{"}) == 400);
    CHECK(status({"POST", "/local/say", {{"content-type", "application/json"}}, "[]"}) == 400);
    CHECK(status({"GET", "/", {}, {}}) == 404);
    CHECK(b.local("POST", "/local/faults", {{"name", "earthquake"}})["error"] == "bad_request");
}
