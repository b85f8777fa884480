// The workspace without sockets; see bench.hpp.
#include "tests/workspace/bench.hpp"

#include <catch2/catch.hpp>

namespace workspace {

void wire_end::text(std::string payload) {
    auto parsed = json::parse(payload, nullptr, false);
    if (parsed.is_discarded())
        garbage.push_back(std::move(payload));
    else
        frames.push_back(std::move(parsed));
}

void wire_end::binary(std::string payload) {
    garbage.push_back(std::move(payload));
}

std::vector<json> wire_end::of_type(const std::string &type) const {
    std::vector<json> out;
    for (const auto &each : frames)
        if (text_in(each, "type") == type)
            out.push_back(each);
    return out;
}

json wire_end::last_envelope() const {
    for (auto each = frames.rbegin(); each != frames.rend(); ++each)
        if (each->contains("envelope_id"))
            return *each;
    return nullptr;
}

platform_options bench::stilled(platform_options options, std::shared_ptr<steady_point> steady) {
    options.steady = [steady] { return *steady; };
    options.start = instant(std::chrono::seconds(1'793'613'600)); // Mon 2 Nov 2026, 10:00 UTC
    return options;
}

bench::bench(platform_options options)
    : steady(std::make_shared<steady_point>(steady_point{} + std::chrono::hours(1))),
      on(stilled(std::move(options), steady)),
      act(on) {}

void bench::pass(span wait) {
    // in small steps, so that what falls due on the way happens at its time
    const auto until = *steady + wait;
    on.time.run_due();
    for (;;) {
        const auto next = on.time.until_next();
        if (!next || *steady + *next > until)
            break;
        *steady += *next;
        on.time.run_due();
    }
    *steady = until;
    on.time.run_due();
}

bench::link bench::connect() {
    auto out = std::make_shared<wire_end>();
    const auto id = on.sockets.open(out);
    return {out, id};
}

void bench::receive(const link &by, const std::string &text, bool fragmented, bool masked) {
    on.sockets.received(by.id, {frame_in::type::text, text, fragmented, masked});
}

void bench::ack(const link &by, const json &envelope, const json &payload) {
    json frame{{"envelope_id", envelope.at("envelope_id")}};
    if (!payload.is_null())
        frame["payload"] = payload;
    receive(by, frame.dump());
}

std::shared_ptr<kept_answer> bench::send(const http_request &request) {
    auto answer = std::make_shared<kept_answer>();
    on.serve(request, answer);
    return answer;
}

std::shared_ptr<kept_answer> bench::post(const std::string &target, const json &body,
                                         const std::string &token) {
    http_request request{"POST", target, {{"content-type", "application/json; charset=utf-8"}}, body.dump()};
    if (!token.empty())
        request.headers["authorization"] = "Bearer " + token;
    return send(request);
}

json bench::call(const std::string &method, const json &args) {
    const auto &token = method.starts_with("apps.") ? on.settings.app_token : on.settings.bot_token;
    return post("/api/" + method, args, token)->body();
}

json bench::local(const std::string &method, const std::string &target, const json &body) {
    http_request request{method, target, {}, {}};
    if (!body.is_null()) {
        request.headers["content-type"] = "application/json";
        request.body = body.dump();
    }
    return send(request)->body();
}

std::vector<std::string> bench::violations() const {
    std::vector<std::string> out;
    for (const auto &each : on.log.find({.kind = "violation"}))
        out.push_back(text_in(each, "rule"));
    return out;
}

outcome bench::command(const link &by, const std::string &user, const std::string &words,
                       const json &payload) {
    heard heard_back;
    const auto blank = std::min(words.find(' '), words.size());
    act.command(user, mentoring, words.substr(0, blank), words.substr(std::min(blank + 1, words.size())),
                heard_back);
    if (!heard_back.anything())
        ack(by, by.out->last_envelope(), payload);
    REQUIRE(heard_back.anything());
    return heard_back.only();
}

std::string bench::trigger(const link &by) {
    command(by, "U0ANA", "/form");
    return by.out->last_envelope().at("payload").at("trigger_id").get<std::string>();
}

std::string bench::open_form(const link &by, const json &view) {
    const auto opened = call("views.open", {{"trigger_id", trigger(by)}, {"view", view}});
    INFO(opened.dump());
    REQUIRE(flag_in(opened, "ok"));
    return opened.at("view").at("id").get<std::string>();
}

json plain(const std::string &text) {
    return {{"type", "plain_text"}, {"text", text}};
}

json section(const std::string &text) {
    return {{"type", "section"}, {"text", {{"type", "mrkdwn"}, {"text", text}}}};
}

json button(const std::string &action_id, const std::string &value) {
    return {{"type", "button"}, {"action_id", action_id}, {"value", value}, {"text", plain("Press")}};
}

json actions(const json &elements, const std::string &block_id) {
    return {{"type", "actions"}, {"block_id", block_id}, {"elements", elements}};
}

json text_input(const std::string &block_id, const std::string &action_id, bool optional) {
    return {{"type", "input"},
            {"block_id", block_id},
            {"optional", optional},
            {"label", plain("Label")},
            {"element", {{"type", "plain_text_input"}, {"action_id", action_id}}}};
}

json modal(const json &blocks, const std::string &callback_id) {
    return {{"type", "modal"},
            {"callback_id", callback_id},
            {"title", plain("Title")},
            {"submit", plain("Send")},
            {"blocks", blocks}};
}

} // namespace workspace
