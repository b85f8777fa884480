// The client beside the local workspace, which was written from the platform's behaviour alone and judges
// every acknowledgement: no violation may be in its journal, whatever is done to the links.
#include "bot/slack/socket_mode.hpp"
#include "tests/slack/peer.hpp"
#include "workspace/hands.hpp"
#include "workspace/server.hpp"

#include <boost/asio/co_spawn.hpp>
#include <catch2/catch.hpp>

#include <set>

using namespace rapport::slack;
using namespace std::chrono_literals;
using slack_tests::run_until;

namespace {

namespace asio = boost::asio;

constexpr auto ana = "U0ANA";
constexpr auto channel = "C0MENTORING";

workspace::platform_options quick_pings() {
    workspace::platform_options out;
    out.sockets.ping_every = workspace::span(20);
    return out;
}

socket_mode_options quick_links() {
    socket_mode_options out;
    out.seed = 11;
    out.fleet.opens_burst = 100;
    out.fleet.stagger = 1ms;
    out.waits.least = 1ms;
    out.waits.first = 5ms;
    out.waits.network_most = 20ms;
    out.waits.too_many_least = out.waits.disabled_least = 20ms;
    out.link.step = 5s;
    out.link.ping_after = 50ms;
    out.link.dead_after = 5s; // a busy machine is no dead peer
    out.link.close = 100ms;
    out.link.drain_asked = 500ms;
    out.link.stable_after = 10ms;
    out.socket.linger = 20ms;
    return out;
}

struct town {
    asio::io_context loop{1};
    workspace::platform on{quick_pings()};
    workspace::server serving{loop, on, {}};
    workspace::hands act{on};
    std::vector<delivery> got;
    std::vector<ack_result> acks;
    std::string answer = R"({"response_type":"ephemeral","text":"noted"})";
    bool keeps = false;
    std::vector<ack> kept;
    bool gap = false, over = false;
    int foreign = 0;
    std::shared_ptr<tls_context> tls = std::make_shared<tls_context>(slack_tests::trusted().file());
    std::shared_ptr<resolver> names = std::make_shared<resolver>(loop.get_executor());
    web_api api;
    socket_mode mode;

    explicit town(const socket_mode_options &options = quick_links())
        : api(loop.get_executor(), tls, names, api_options()),
          mode(loop.get_executor(), api, tls, names, options, events()) {
        REQUIRE(on.settings.default_cast);
        mode.start();
        wait([&] { return calm(); });
        gap = false;
    }
    web_api_options api_options() {
        web_api_options out;
        out.address = serving.api_url();
        out.team = "T0LOCAL";
        out.bot = token(std::string(on.settings.bot_token));
        out.app = token(std::string(on.settings.app_token));
        out.unsent_wait = 1ms;
        out.http.step = 5s;
        return out;
    }
    socket_mode_events events() {
        socket_mode_events out;
        out.delivered = [this](delivery &&what, ack &&reply) {
            got.push_back(std::move(what));
            if (keeps)
                kept.push_back(std::move(reply));
            else
                acks.push_back(got.back().accepts_payload ? reply.with(answer) : reply.bare());
        };
        out.readiness = [this](bool ready) { gap = gap || !ready; };
        out.told = [this](const notice &n) { foreign += n.kind == notice_kind::foreign_connections; };
        out.over = [this] { over = true; };
        return out;
    }
    void wait(const std::function<bool()> &holds) {
        run_until(loop, holds);
    }
    // Both ends see two good links and no other.
    bool calm() const {
        const auto now = mode.status();
        int up = 0;
        for (const auto &each : now.links)
            up += each.state == link_state::ready;
        return up == 2 && now.links.size() == 2 && on.sockets.links() == 2;
    }
    void fault(workspace::fault_kind kind, const std::function<void(workspace::fault &)> &more = {}) {
        workspace::fault what;
        what.kind = kind;
        if (more)
            more(what);
        on.put_fault(what);
        serving.wake();
    }
    // Ana types a command; what she saw.
    workspace::outcome command() {
        auto seen = std::make_shared<std::optional<workspace::outcome>>();
        act.command(ana, channel, "/checkin", "all well",
                    [seen](workspace::outcome what) { *seen = std::move(what); });
        serving.wake();
        wait([&] { return seen->has_value(); });
        return seen->value_or(workspace::outcome());
    }
    void say(const std::string &text) {
        REQUIRE(act.say(ana, channel, {text, {}, {}, {}}).good());
        serving.wake();
    }
    reply call(method what, std::string arguments, milliseconds within = 5s) {
        auto out = std::make_shared<std::optional<reply>>();
        asio::co_spawn(loop,
                       api.call(what, std::move(arguments), priority::interactive,
                                std::chrono::steady_clock::now() + within),
                       [out](const std::exception_ptr &, reply answered) { *out = std::move(answered); });
        wait([&] { return out->has_value(); });
        return out->value_or(reply());
    }
    std::size_t posted(const std::string &text) {
        std::size_t count = 0;
        const auto *where = on.state.find_conversation(channel);
        REQUIRE(where);
        for (const auto &each : where->messages)
            count += each.text == text;
        return count;
    }
    std::string violations() const {
        return on.log.find({0, "violation", {}, {}, 100}).dump();
    }
};

} // namespace

TEST_CASE("beside the workspace: two links come up and a command is answered through its acknowledgement") {
    town t;
    CHECK(t.mode.status().num_connections == 2);
    const auto seen = t.command();
    CHECK(seen.good());
    CHECK(seen.seen["reply"]["text"] == "noted");
    const auto &c = std::get<slash_command>(t.got.at(0).what);
    CHECK(c.user == ana);
    CHECK(c.text == "all well");
    CHECK(t.violations() == "[]");
}

TEST_CASE("beside the workspace: twenty refreshes under load, and every command is answered", "[scar-65]") {
    town t;
    for (int i = 0; i < 20; ++i) {
        t.fault(i % 2 ? workspace::fault_kind::refresh_requested : workspace::fault_kind::disconnect_warning,
                [&](workspace::fault &f) {
                    f.link = t.on.sockets.shown().at(0).at("link").get<std::uint64_t>(); // the older one
                    f.delay = workspace::span(100);
                });
        const auto seen = t.command();
        INFO(i << " " << seen.error << " " << seen.detail);
        CHECK(seen.good());
        t.wait([&] { return t.calm(); });
    }
    CHECK(t.acks.size() == 20);
    for (const auto each : t.acks)
        CHECK(each == ack_result::sent);
    CHECK(t.violations() == "[]");
    CHECK_FALSE(t.gap);
    t.wait([&] { return websocket::open_tcp() == 2; });
}

TEST_CASE("beside the workspace: an event of a link that was cut comes again with the same keys",
          "[scar-35]") {
    town t;
    t.keeps = true;
    t.say("hello");
    t.wait([&] { return !t.got.empty(); });
    t.fault(workspace::fault_kind::drop_link);
    t.wait([&] { return t.calm(); });
    t.on.time.advance(workspace::span(61'000));
    t.on.moved_clock();
    t.serving.wake();
    t.wait([&] { return t.got.size() >= 2; });
    CHECK(t.got[1].retry_attempt > 0);
    CHECK(t.got[0].keys.primary == t.got[1].keys.primary);
    CHECK(t.got[0].keys.secondary == t.got[1].keys.secondary);
    CHECK(t.kept[0].bare() == ack_result::link_gone);
    CHECK(t.kept[1].bare() == ack_result::sent);
    CHECK(t.violations() == "[]");
}

TEST_CASE("beside the workspace: a doubled delivery has the same keys twice", "[scar-35]") {
    town t;
    t.fault(workspace::fault_kind::duplicate_delivery);
    t.say("hello");
    t.wait([&] { return t.got.size() == 2; });
    CHECK(t.got[0].keys == t.got[1].keys);
    CHECK(t.violations() == "[]");
}

TEST_CASE("beside the workspace: links in trouble are replaced and the bot is reachable again",
          "[scar-6][scar-8][scar-26][scar-31]") {
    using workspace::fault_kind;
    for (const auto kind :
         {fault_kind::drop_link, fault_kind::close_link, fault_kind::garbage_frame, fault_kind::binary_frame,
          fault_kind::unknown_frame, fault_kind::link_disabled, fault_kind::too_many_websockets}) {
        INFO(workspace::text_of(kind));
        town t;
        t.fault(kind);
        t.wait([&] { return t.calm(); });
        CHECK(t.command().good());
        CHECK(t.violations() == "[]");
    }
}

TEST_CASE("beside the workspace: links that swallow everything are found silent, and the ghosts they leave "
          "are noticed",
          "[scar-26][scar-32][scar-33]") {
    auto options = quick_links();
    options.link.dead_after = 300ms;
    town t(options);
    t.fault(workspace::fault_kind::black_hole);
    t.wait([&] {
        const auto now = t.mode.status();
        return now.ready == 2 && now.ended[static_cast<std::size_t>(link_end::silent)] >= 2 &&
               websocket::open_tcp() == 2;
    });
    CHECK(t.mode.status().num_connections > 2);
    CHECK(t.foreign == 1);
}

TEST_CASE("beside the workspace: upgrades refused and sockets without hello are tried again",
          "[scar-6][scar-15]") {
    town t;
    t.fault(workspace::fault_kind::refuse_upgrade, [](workspace::fault &f) { f.times = 2; });
    t.fault(workspace::fault_kind::drop_link);
    t.wait([&] { return t.mode.status().ended[static_cast<std::size_t>(link_end::upgrade_refused)] == 2; });
    t.wait([&] { return t.calm(); });
    CHECK(t.command().good());
}

TEST_CASE("beside the workspace: an answer over the limit goes bare, and the workspace finds nothing wrong",
          "[scar-47]") {
    town t;
    t.answer = R"({"text":")" + std::string(30'000, 'x') + R"("})";
    CHECK(t.command().good());
    CHECK(t.acks.at(0) == ack_result::bare_too_long);
    t.answer = R"({"text":")" + std::string(2'900, 'x') + R"("})";
    CHECK(t.command().good());
    CHECK(t.acks.at(1) == ack_result::sent);
    CHECK(t.violations() == "[]");
}

TEST_CASE("beside the workspace: a delivery of 200 KiB is taken") {
    town t;
    t.fault(workspace::fault_kind::large_delivery);
    t.say("hello");
    t.wait([&] { return t.got.size() == 1; });
    CHECK(std::holds_alternative<message_seen>(t.got[0].what));
}

TEST_CASE("beside the workspace: a 429 is waited out and the message is there once", "[scar-52]") {
    town t;
    t.fault(workspace::fault_kind::rate_limited, [](workspace::fault &f) {
        f.method = "chat.postMessage";
        f.retry_after = 1;
    });
    const auto r = t.call(method::chat_post_message, R"({"channel":"C0MENTORING","text":"one"})");
    CHECK(r.what == outcome::sent);
    CHECK_FALSE(text_in(r.body, "ts").empty());
    CHECK(t.posted("one") == 1);
}

TEST_CASE("beside the workspace: a call executed and never answered is reported as such, and made once",
          "[scar-54][scar-55]") {
    town t;
    for (const auto kind :
         {workspace::fault_kind::execute_then_drop, workspace::fault_kind::execute_then_500}) {
        const std::string text(workspace::text_of(kind));
        t.fault(kind, [](workspace::fault &f) { f.method = "chat.postMessage"; });
        const auto r =
            t.call(method::chat_post_message, R"({"channel":"C0MENTORING","text":")" + text + R"("})");
        CHECK(r.what == outcome::maybe);
        CHECK(t.posted(text) == 1);
    }
}

TEST_CASE("beside the workspace: stopping leaves no registration behind", "[scar-67]") {
    town t;
    t.mode.stop();
    t.wait([&] { return t.over && t.on.sockets.links() == 0; });
    CHECK(websocket::open_tcp() == 0);
}
