// The routes of /local/; see local_api.hpp and README.md.
#include "workspace/local_api.hpp"

#include "workspace/hands.hpp"

#include <fmt/format.h>

#include <array>

namespace workspace {
namespace {

// One request on its way.
struct ask {
    platform &on;
    std::map<std::string, std::string> query;
    json body;
    std::shared_ptr<responder> to;

    std::string as() const {
        const auto named = query.find("as");
        return named != query.end() ? named->second : text_in(body, "as");
    }
    std::string text(std::string_view key) const {
        const auto named = query.find(std::string(key));
        return named != query.end() ? named->second : text_in(body, key);
    }
    unsigned long long number(std::string_view key, unsigned long long otherwise) const {
        const auto word = text(key);
        return word.empty()
                   ? static_cast<unsigned long long>(number_in(body, key, static_cast<long long>(otherwise)))
                   : std::strtoull(word.c_str(), nullptr, 10);
    }
    void answer(json what, unsigned status = 200) const {
        to->reply({status,
                   {{"Content-Type", "application/json; charset=utf-8"}, {"Cache-Control", "no-store"}},
                   wire(what)});
    }
    void good(json what = json::object()) const {
        what["ok"] = true;
        answer(std::move(what));
    }
    void bad(const std::string &detail, unsigned status = 400) const {
        answer({{"ok", false}, {"error", "bad_request"}, {"detail", detail}}, status);
    }
    told when_told() const {
        return [self = *this](const outcome &what) { self.answer(shape(what)); };
    }
    void now(const outcome &what) const {
        answer(shape(what));
    }
    spot where() const {
        return {text("channel"), text("ts"), text("view")};
    }
};

void state(const ask &a) {
    const auto &who = a.on.settings.who;
    a.good({{"team", {{"id", who.team}, {"name", who.team_name}, {"domain", who.domain}}},
            {"app", {{"id", who.app}, {"bot", who.bot}, {"bot_user", who.bot_user}, {"name", who.bot_name}}},
            {"api_url", a.on.base_url + "/api/"},
            {"clock", a.on.clock()},
            {"links", a.on.sockets.shown()},
            {"registered", a.on.app.registered()},
            {"commands", a.on.app.commands()},
            {"shortcuts", a.on.app.shortcuts()},
            {"scopes", a.on.app.granted_list()},
            {"token_revoked", a.on.bot_token_revoked},
            {"journal_seq", a.on.log.last()},
            {"change_seq", a.on.changes.last()}});
}

void people(const ask &a) {
    a.good({{"people", people_seen(a.on)}});
}

void put_person(const ask &a) {
    a.now(hands(a.on).put_person(a.body));
}

bool knows(const ask &a) {
    if (a.on.state.find_person(a.as()))
        return true;
    a.bad("as: no such person: \"" + a.as() + "\"");
    return false;
}

void conversations(const ask &a) {
    if (knows(a))
        a.good({{"conversations", conversations_seen(a.on, a.as())}});
}

void messages(const ask &a) {
    if (!knows(a))
        return;
    if (!a.on.state.find_conversation(a.text("channel")))
        return a.bad("channel: no such conversation: \"" + a.text("channel") + "\"");
    a.good({{"messages",
             messages_seen(a.on, a.as(), a.text("channel"), a.number("limit", 200), a.text("after"))}});
}

void forms(const ask &a) {
    if (knows(a))
        a.good({{"forms", forms_seen(a.on, a.as())}});
}

void home(const ask &a) {
    if (knows(a))
        a.good({{"view", home_seen(a.on, a.as())}});
}

void say(const ask &a) {
    const auto subtype = flag_in(a.body, "me") ? "me_message" : "";
    a.now(hands(a.on).say(a.as(), a.text("channel"),
                          {a.text("text"), a.text("thread_ts"), subtype, a.text("file")}));
}

void edit(const ask &a) {
    a.now(hands(a.on).edit(a.as(), a.text("channel"), a.text("ts"), a.text("text")));
}

void erase(const ask &a) {
    a.now(hands(a.on).erase(a.as(), a.text("channel"), a.text("ts")));
}

void react(const ask &a) {
    a.now(hands(a.on).react(a.as(), a.text("channel"), a.text("ts"), a.text("name"),
                            !flag_in(a.body, "remove")));
}

void command(const ask &a) {
    auto word = a.text("command"), text = a.text("text");
    if (const auto line = a.text("line"); !line.empty()) {
        const auto blank = std::min(line.find(' '), line.size());
        word = line.substr(0, blank);
        text = line.substr(std::min(blank + 1, line.size()));
    }
    hands(a.on).command(a.as(), a.text("channel"), word, text, a.when_told());
}

void press(const ask &a) {
    hands(a.on).press(a.as(), a.where(), a.text("action_id"), a.text("block_id"), part_of(a.body, "value"),
                      a.when_told());
}

void submit(const ask &a) {
    const auto &values = part_of(a.body, "values");
    if (!values.is_null() && !values.is_object())
        return a.bad("values: an object of block_id to what is put in");
    hands(a.on).submit(a.as(), values, a.when_told());
}

void close(const ask &a) {
    hands(a.on).close(a.as(), flag_in(a.body, "all"), a.when_told());
}

void shortcut(const ask &a) {
    if (a.text("channel").empty())
        hands(a.on).global_shortcut(a.as(), a.text("callback_id"), a.when_told());
    else
        hands(a.on).message_shortcut(a.as(), a.where(), a.text("callback_id"), a.when_told());
}

void open_home(const ask &a) {
    a.now(hands(a.on).open_home(a.as(), a.text("tab").empty() ? "home" : a.text("tab")));
}

void open(const ask &a) {
    std::vector<std::string> others;
    for (const auto &each : part_of(a.body, "with"))
        if (each.is_string())
            others.push_back(each.get<std::string>());
    a.now(others.empty() ? hands(a.on).open_direct(a.as()) : hands(a.on).open_group(a.as(), others));
}

void create_channel(const ask &a) {
    a.now(hands(a.on).create_channel(a.as(), a.text("name"), flag_in(a.body, "private")));
}

void join(const ask &a) {
    a.now(hands(a.on).join(a.as(), a.text("channel")));
}

void leave(const ask &a) {
    a.now(hands(a.on).leave(a.as(), a.text("channel")));
}

void invite(const ask &a) {
    a.now(hands(a.on).invite(a.as(), a.text("channel"), a.text("user")));
}

void archive(const ask &a) {
    a.now(hands(a.on).archive(a.as(), a.text("channel")));
}

void manifest_get(const ask &a) {
    a.good({{"manifest", a.on.app.raw()}});
}

void manifest_put(const ask &a) {
    if (const auto wrong = a.on.app.take(a.body); !wrong.empty())
        return a.bad("manifest: " + wrong);
    a.on.changes.tell("app", {{"what", "manifest"}});
    a.good();
}

void manifest_delete(const ask &a) {
    a.on.app.forget();
    a.on.changes.tell("app", {{"what", "manifest"}});
    a.good();
}

void scopes_put(const ask &a) {
    const auto &list = part_of(a.body, "scopes");
    if (list.is_null()) {
        a.on.app.grant(std::nullopt);
        return a.good();
    }
    if (!list.is_array())
        return a.bad("scopes: a list of words, or null for all");
    std::set<std::string> granted;
    for (const auto &each : list)
        if (each.is_string())
            granted.insert(each.get<std::string>());
    a.on.app.grant(std::move(granted));
    a.good();
}

void revoke(const ask &a) {
    a.on.revoke_tokens();
    a.good();
}

void faults_get(const ask &a) {
    json names = json::array();
    for (const auto &[kind, word] : fault_words)
        names.push_back(word);
    a.good({{"waiting", a.on.faults.shown()}, {"names", names}});
}

void faults_post(const ask &a) {
    const auto what = read_fault(a.body);
    if (!what)
        return a.bad("name: no such fault, or a number out of range; GET /local/faults lists the names");
    a.on.put_fault(*what);
    a.good();
}

void faults_delete(const ask &a) {
    a.on.faults.clear();
    a.good();
}

void journal_get(const ask &a) {
    a.good({{"entries", a.on.log.find({a.number("after", 0), a.text("kind"), a.text("method"),
                                       a.text("channel"), a.number("limit", 1000)})},
            {"last", a.on.log.last()},
            {"forgotten", a.on.log.forgotten()}});
}

void clock_get(const ask &a) {
    a.good(a.on.clock());
}

void clock_post(const ask &a) {
    constexpr long long century = 100LL * 366 * 86'400'000;
    const auto by_ms = number_in(a.body, "advance_ms", 0), at = number_in(a.body, "at", -1);
    if (std::abs(by_ms) > century || at > century)
        return a.bad("advance_ms, at: more than a century");
    if (part_of(a.body, "held").is_boolean())
        a.on.time.hold(flag_in(a.body, "held"));
    if (at >= 0)
        a.on.time.set(instant(std::chrono::milliseconds(at)));
    a.on.time.advance(span(by_ms));
    a.on.moved_clock();
    a.good(a.on.clock());
}

void stream(const ask &a) {
    const auto user = a.as();
    if (!user.empty() && !a.on.state.find_person(user))
        return a.bad("as: no such person: \"" + user + "\"");
    a.to->begin_stream({200, {{"Content-Type", "text/event-stream"}, {"Cache-Control", "no-store"}}, {}});
    const auto after = a.number("after", a.on.changes.last());
    if (!a.to->push(
            fmt::format("retry: 1000\nid: {}\nevent: ready\ndata: {}\n\n", after, wire(a.on.clock()))))
        return;
    a.on.changes.listen(user, after, [to = a.to](const change &each) {
        return to->push(fmt::format("id: {}\nevent: {}\ndata: {}\n\n", each.seq, each.kind, wire(each.what)));
    });
}

struct route {
    std::string_view method;
    std::string_view path;
    void (*run)(const ask &);
};

constexpr std::array routes{
    route{"GET", "/local/state", state},
    route{"GET", "/local/people", people},
    route{"PUT", "/local/people", put_person},
    route{"GET", "/local/conversations", conversations},
    route{"GET", "/local/messages", messages},
    route{"GET", "/local/forms", forms},
    route{"GET", "/local/home", home},
    route{"GET", "/local/stream", stream},
    route{"POST", "/local/say", say},
    route{"POST", "/local/edit", edit},
    route{"POST", "/local/delete", erase},
    route{"POST", "/local/react", react},
    route{"POST", "/local/command", command},
    route{"POST", "/local/press", press},
    route{"POST", "/local/submit", submit},
    route{"POST", "/local/close", close},
    route{"POST", "/local/shortcut", shortcut},
    route{"POST", "/local/open-home", open_home},
    route{"POST", "/local/open", open},
    route{"POST", "/local/channels", create_channel},
    route{"POST", "/local/join", join},
    route{"POST", "/local/leave", leave},
    route{"POST", "/local/invite", invite},
    route{"POST", "/local/archive", archive},
    route{"GET", "/local/manifest", manifest_get},
    route{"PUT", "/local/manifest", manifest_put},
    route{"DELETE", "/local/manifest", manifest_delete},
    route{"PUT", "/local/scopes", scopes_put},
    route{"POST", "/local/revoke", revoke},
    route{"GET", "/local/faults", faults_get},
    route{"POST", "/local/faults", faults_post},
    route{"DELETE", "/local/faults", faults_delete},
    route{"GET", "/local/journal", journal_get},
    route{"GET", "/local/clock", clock_get},
    route{"POST", "/local/clock", clock_post},
};

} // namespace

void serve_local(platform &on, const http_request &request, std::shared_ptr<responder> to) {
    ask a{on, request.query(), json::object(), std::move(to)};
    const auto path = request.path();
    const route *found = nullptr;
    bool known = false;
    for (const auto &each : routes) {
        known = known || each.path == path;
        if (each.path == path && each.method == request.method)
            found = &each;
    }
    if (!found)
        return a.bad(known ? "method not allowed here" : "no such route; workspace/README.md lists them",
                     known ? 405 : 404);
    if (request.method == "POST" || request.method == "PUT") {
        // JSON only: a page of another origin cannot send that without asking, and is never answered
        if (!request.header("content-type").starts_with("application/json"))
            return a.bad("Content-Type must be application/json", 415);
        a.body = json::parse(request.body, nullptr, false);
        if (!a.body.is_object())
            return a.bad("the body must be a JSON object");
    }
    found->run(a);
}

} // namespace workspace
