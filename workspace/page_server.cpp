// The page's requests; see page_server.hpp. Everything is served from memory and refers to nothing elsewhere:
// the content policy forbids any other source, and text from people is never markup.
#include "workspace/page_server.hpp"

#include "workspace/page_files.hpp"
#include "workspace/shapes.hpp"

#include <fmt/format.h>

#include <array>
#include <random>

namespace workspace {
namespace {

constexpr std::size_t newest = 300; // messages of a conversation
constexpr span longest_move{400LL * 24 * 60 * 60 * 1000};

constexpr std::string_view policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

struct kind_of_file {
    std::string_view ending;
    std::string_view type;
};
constexpr std::array kinds{
    kind_of_file{".html", "text/html; charset=utf-8"},
    kind_of_file{".css", "text/css; charset=utf-8"},
    kind_of_file{".js", "text/javascript; charset=utf-8"},
    kind_of_file{".svg", "image/svg+xml"},
};

std::string type_of(std::string_view name) {
    for (const auto &each : kinds)
        if (name.ends_with(each.ending))
            return std::string(each.type);
    return "application/octet-stream";
}

http_reply file_reply(const page_file &what, const std::string &known_tag) {
    http_reply out{200,
                   {{"Content-Type", type_of(what.name)},
                    {"Content-Security-Policy", std::string(policy)},
                    {"X-Content-Type-Options", "nosniff"},
                    {"Referrer-Policy", "no-referrer"},
                    {"Cache-Control", "no-cache"},
                    {"ETag", std::string(what.tag)}},
                   {}};
    if (known_tag == what.tag)
        out.status = 304;
    else
        out.body = what.text;
    return out;
}

http_reply json_reply(const json &what, unsigned status = 200) {
    return {status,
            {{"Content-Type", "application/json; charset=utf-8"}, {"Cache-Control", "no-store"}},
            wire(what)};
}

http_reply refusal(unsigned status, const std::string &detail) {
    return json_reply({{"ok", false}, {"error", "bad_request"}, {"detail", detail}}, status);
}

long long milliseconds(instant at) {
    return std::chrono::floor<std::chrono::milliseconds>(at).time_since_epoch().count();
}

json person_seen(const team &of, const person &who) {
    const bool playable = !who.is_bot && !who.deleted && who.id != "USLACKBOT" && who.id != of.who().bot_user;
    return {{"id", who.id},
            {"name", who.name},
            {"real_name", who.real_name},
            {"display_name", who.display_name},
            {"title", who.title},
            {"tz", who.tz},
            {"playable", playable}};
}

json conversation_seen(const team &of, const conversation &where) {
    json messages = json::array();
    const auto first = where.messages.size() > newest ? where.messages.size() - newest : 0;
    for (std::size_t at = first; at < where.messages.size(); ++at) {
        const auto &each = where.messages[at];
        auto seen = shape(of, each);
        if (!each.ephemeral_to.empty())
            seen["ephemeral_to"] = each.ephemeral_to;
        if (each.pinned)
            seen["pinned"] = true;
        messages.push_back(std::move(seen));
    }
    return {{"id", where.id},           {"kind", channel_type(where.kind)},
            {"name", where.name},       {"archived", where.archived},
            {"members", where.members}, {"messages", std::move(messages)}};
}

} // namespace

// The run's name is not drawn from the workspace's seed: that is the same in every run.
page::page(platform &on, page_host host)
    : on_(on),
      host_(std::move(host)),
      run_(fmt::format("{:08x}{:08x}", std::random_device{}(), std::random_device{}())) {}

void page::read_acts() {
    journal_query query;
    query.after = read_to_;
    query.kind = "hand";
    read_to_ = on_.log.last();
    for (const auto &each : on_.log.find(query)) {
        acts_.push_back({{"at", each["at"]}, {"who", text_in(each, "user")}});
        if (acts_.size() > newest)
            acts_.pop_front();
    }
}

json page::snapshot() {
    read_acts();
    const auto &of = on_.state;
    json people = json::array(), conversations = json::array(), modals = json::object(),
         homes = json::object();
    for (const auto &[id, who] : of.people)
        people.push_back(person_seen(of, who));
    for (const auto &[id, where] : of.conversations)
        conversations.push_back(conversation_seen(of, where));
    for (const auto &[user, stack] : of.modals)
        for (const auto &id : stack)
            if (const auto at = of.views.find(id); at != of.views.end())
                modals[user].push_back(shape(of, at->second));
    for (const auto &[user, id] : of.homes)
        if (const auto at = of.views.find(id); at != of.views.end())
            homes[user] = shape(of, at->second);
    const auto &who = on_.settings.who;
    return {{"ok", true},
            {"run", run_},
            {"team", {{"id", who.team}, {"name", who.team_name}}},
            {"bot", {{"user", who.bot_user}, {"name", who.bot_name}}},
            {"app_connected", on_.sockets.links() > 0},
            {"clock", {{"now", milliseconds(on_.time.now())}, {"held", on_.time.held()}}},
            {"people", std::move(people)},
            {"conversations", std::move(conversations)},
            {"acts", acts_},
            {"modals", std::move(modals)},
            {"homes", std::move(homes)},
            {"commands", on_.app.commands()},
            {"shortcuts", on_.app.shortcuts()},
            {"demo", host_.lines ? host_.lines() : json()}};
}

bool page::serve(const http_request &request, const std::shared_ptr<responder> &to) {
    const auto path = request.path();
    const auto reading = request.method == "GET" || request.method == "HEAD";
    if (path == "/local/page") {
        to->reply(reading ? json_reply(snapshot()) : refusal(405, "GET only"));
        return true;
    }
    if (path == "/local/page/move") {
        move(request, to);
        return true;
    }
    const auto name = path == "/"                  ? std::string("index.html")
                      : path == "/favicon.ico"     ? std::string("icon.svg")
                      : path.starts_with("/page/") ? path.substr(6)
                                                   : std::string();
    for (const auto &each : page_files())
        if (each.name == name && reading) {
            to->reply(file_reply(each, request.header("if-none-match")));
            return true;
        }
    return false;
}

void page::move(const http_request &request, const std::shared_ptr<responder> &to) {
    // JSON only: a page of another origin cannot send that without asking first
    if (request.method != "POST" || !request.header("content-type").starts_with("application/json"))
        return to->reply(refusal(415, "POST with Content-Type application/json"));
    const auto body = json::parse(request.body, nullptr, false);
    const span by{body.is_object() ? number_in(body, "ms", 0) : 0};
    if (by <= span::zero() || by > longest_move)
        return to->reply(refusal(400, "ms: how far to move on, above 0 and at most 400 days"));
    const auto done = [this, to](const std::string &wrong) {
        to->reply(wrong.empty() ? json_reply({{"ok", true}, {"now", milliseconds(on_.time.now())}})
                                : json_reply({{"ok", false}, {"error", "not_moved"}, {"detail", wrong}}));
    };
    if (host_.move_on)
        return host_.move_on(by, done);
    on_.time.advance(by);
    on_.moved_clock();
    done({});
}

} // namespace workspace
