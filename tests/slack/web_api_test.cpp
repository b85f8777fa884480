// Calls against a scripted API over real sockets: paced, classified, repeated only where nothing was
// executed.
#include "bot/slack/web_api.hpp"
#include "tests/slack/peer.hpp"

#include <boost/asio/co_spawn.hpp>
#include <catch2/catch.hpp>

#include <atomic>

using namespace rapport::slack;
using namespace slack_tests;
using namespace std::chrono_literals;

namespace {

moment soon() {
    return std::chrono::steady_clock::now() + 5s;
}
moment at_once() {
    return std::chrono::steady_clock::now();
}

web_api_options options_for(const std::string &address) {
    web_api_options out;
    out.address = address;
    out.team = "T1";
    out.bot = token(std::string("xoxb-CANARY-bot"));
    out.app = token(std::string("xapp-1-A1-CANARY-app"));
    out.unsent_wait = 1ms;
    out.http.step = 5s;
    return out;
}

struct client {
    asio::io_context &loop;
    std::shared_ptr<resolver> names;
    web_api api;

    client(asio::io_context &on, const std::string &address, resolver::lookup how = {})
        : loop(on),
          names(std::make_shared<resolver>(on.get_executor(), std::move(how))),
          api(on.get_executor(), std::make_shared<tls_context>(trusted().file()), names,
              options_for(address)) {}

    std::shared_ptr<std::optional<reply>> begin(method what, std::string arguments, moment deadline) {
        auto out = std::make_shared<std::optional<reply>>();
        asio::co_spawn(loop, api.call(what, std::move(arguments), priority::interactive, deadline),
                       [out](const std::exception_ptr &, reply got) { *out = std::move(got); });
        return out;
    }
    // The same, asking before it leaves.
    std::shared_ptr<std::optional<reply>> begin(method what, std::string arguments, moment deadline,
                                                leave_to_go may_leave) {
        auto out = std::make_shared<std::optional<reply>>();
        asio::co_spawn(
            loop, api.call(what, std::move(arguments), priority::background, deadline, std::move(may_leave)),
            [out](const std::exception_ptr &, reply got) { *out = std::move(got); });
        return out;
    }
    reply call(method what, std::string arguments, moment deadline = at_once()) {
        const auto out = begin(what, std::move(arguments), deadline);
        run_until(loop, [&] { return out->has_value(); });
        return out->value_or(reply());
    }
    reply respond(const std::string &url, moment deadline = at_once()) {
        auto out = std::make_shared<std::optional<reply>>();
        asio::co_spawn(loop, api.respond(url, R"({"text":"hi"})", deadline),
                       [out](const std::exception_ptr &, reply got) { *out = std::move(got); });
        run_until(loop, [&] { return out->has_value(); });
        return out->value_or(reply());
    }
};

struct canned {
    std::string body = R"({"ok":true})", status = "200 OK", headers;
};

// Gives the answers in turn, the last one for ever.
script answering(std::vector<canned> all) {
    auto next = std::make_shared<std::size_t>(0);
    return [all = std::move(all), next](std::shared_ptr<talk> one) -> asio::awaitable<void> {
        for (;;) {
            auto request = co_await one->read_request();
            if (request.empty())
                co_return;
            const auto now = all[std::min((*next)++, all.size() - 1)];
            co_await one->answer(now.body, now.status, now.headers);
        }
    };
}

reply one_answer(const canned &answer, method what = method::chat_post_message) {
    asio::io_context loop;
    peer p(loop, answering({answer}));
    client c(loop, p.address("https", "/api/"));
    return c.call(what, R"({"channel":"C1","text":"hi"})");
}

const std::string refused = R"({"ok":false,"error":")";

} // namespace

TEST_CASE("a write goes as JSON with the bot's token, a read as a form, opening a socket with the app's") {
    asio::io_context loop;
    peer p(loop, answering({{}}));
    client c(loop, p.address("https", "/api")); // the slash at the end is optional
    CHECK(c.call(method::chat_post_message, R"({"channel":"C1","text":"é & ü"})").what == outcome::sent);
    CHECK(p.heard().find("POST /api/chat.postMessage HTTP/1.1") != std::string::npos);
    CHECK(p.heard().find("Content-Type: application/json; charset=utf-8") != std::string::npos);
    CHECK(p.heard().find("Bearer xoxb-CANARY-bot") != std::string::npos);
    CHECK(p.heard().find(R"("text":"é & ü")") != std::string::npos);
    CHECK(c.call(method::users_list, R"({"limit":200,"cursor":"a=b&c","nothing":null})").what ==
          outcome::sent);
    CHECK(p.heard().find("cursor=a%3Db%26c&limit=200") != std::string::npos);
    CHECK(p.heard().find("nothing") == std::string::npos);
    CHECK(p.heard().find("xapp-") == std::string::npos);
    CHECK(c.call(method::apps_connections_open, "{}").what == outcome::sent);
    CHECK(p.heard().find("Bearer xapp-1-A1-CANARY-app") != std::string::npos);
    CHECK(p.accepted() == 1);
    const auto &of_post = c.api.counts()[static_cast<std::size_t>(method::chat_post_message)];
    CHECK(of_post[static_cast<std::size_t>(outcome::sent)] == 1);
}

TEST_CASE("each answer has the outcome its caller acts on") {
    struct row {
        canned answer;
        outcome what;
        failure why;
    };
    for (const auto &[answer, what, why] : std::vector<row>{
             {{R"({"ok":true,"ts":"1.2"})", "200 OK", ""}, outcome::sent, failure::none},
             {{refused + "already_pinned\"}", "200 OK", ""}, outcome::sent, failure::none},
             {{refused + "channel_not_found\"}", "200 OK", ""}, outcome::refused, failure::target_gone},
             {{refused + "expired_trigger_id\"}", "200 OK", ""}, outcome::refused, failure::outdated},
             {{refused + "invalid_auth\"}", "200 OK", ""}, outcome::failed, failure::token_dead},
             {{refused + "missing_scope\"}", "200 OK", ""}, outcome::failed, failure::configuration},
             {{refused + "invalid_blocks\"}", "200 OK", ""}, outcome::failed, failure::our_bug},
             {{refused + "of_next_year\"}", "200 OK", ""}, outcome::failed, failure::unknown},
             {{refused + "fatal_error\"}", "200 OK", ""}, outcome::maybe, failure::maybe_executed},
             {{"<html>oops</html>", "500 Internal Server Error", ""},
              outcome::maybe,
              failure::maybe_executed},
             {{"", "503 Service Unavailable", ""}, outcome::maybe, failure::maybe_executed},
             {{"<html>a portal</html>", "200 OK", ""}, outcome::maybe, failure::maybe_executed},
             {{"{\"ok\":", "200 OK", ""}, outcome::maybe, failure::maybe_executed},
             {{"[1]", "200 OK", ""}, outcome::maybe, failure::maybe_executed},
             {{"", "302 Found", "Location: http://evil.test/\r\n"}, outcome::failed, failure::configuration},
             {{"", "413 Payload Too Large", ""}, outcome::failed, failure::our_bug},
             {{"", "429 Too Many Requests", "Retry-After: 7\r\n"}, outcome::later, failure::later},
             {{refused + "ratelimited\"}", "200 OK", ""}, outcome::later, failure::later}}) {
        INFO(answer.status << " " << answer.body);
        const auto r = one_answer(answer);
        CHECK(word_of(outcome_words, r.what) == word_of(outcome_words, what));
        CHECK(word_of(failure_words, r.why) == word_of(failure_words, why));
    }
}

TEST_CASE("an ambiguous failure of an idempotent method may simply be made again later", "[scar-54]") {
    CHECK(one_answer({refused + "internal_error\"}", "200 OK", ""}, method::users_info).what ==
          outcome::later);
    CHECK(one_answer({refused + "internal_error\"}", "200 OK", ""}, method::chat_update).what ==
          outcome::later);
    CHECK(one_answer({refused + "internal_error\"}", "200 OK", ""}, method::views_open).what ==
          outcome::maybe);
}

TEST_CASE("hints of the platform reach the operator without secrets") {
    const auto r =
        one_answer({R"({"ok":false,"error":"missing_scope","needed":"im:write","provided":"chat:write",
        "response_metadata":{"messages":["[ERROR] must be xoxb-1-2 string",7]}})",
                    "200 OK", "X-Slack-Req-Id: r-1\r\n"});
    CHECK(r.detail == "needs the scope im:write; [ERROR] must be [token] string");
    CHECK(r.request_id == "r-1");
    CHECK(r.error == "missing_scope");
}

TEST_CASE("what may have been executed is never made twice", "[scar-54][scar-55][scar-60]") {
    for (const auto &answer :
         {canned{refused + "fatal_error\"}", "200 OK", ""}, canned{"", "500 Oops", ""}}) {
        asio::io_context loop;
        peer p(loop, answering({answer}));
        client c(loop, p.address("https", "/api/"));
        CHECK(c.call(method::chat_post_message, R"({"channel":"C1"})", soon()).what == outcome::maybe);
        std::size_t posts = 0;
        for (auto at = p.heard().find("POST "); at != std::string::npos; at = p.heard().find("POST ", at + 1))
            ++posts;
        CHECK(posts == 1);
    }
    asio::io_context loop;
    int requests = 0;
    const auto resets = [&](std::shared_ptr<talk> one) -> asio::awaitable<void> {
        co_await one->read_request();
        ++requests;
        one->reset();
    };
    peer p(loop, resets);
    client c(loop, p.address("https", "/api/"));
    const auto r = c.call(method::chat_post_message, R"({"channel":"C1"})", soon());
    CHECK(r.what == outcome::maybe);
    CHECK(r.error == "read");
    CHECK(requests == 1);
}

TEST_CASE("what certainly was not sent is made again until the deadline", "[scar-13]") {
    // The name cannot be resolved twice, then it can.
    certificate_wish wish;
    wish.names = {"slack.test"};
    asio::io_context loop;
    peer p(loop, answering({{}}), wire::tls, trusted().issue(wish));
    const auto asked = std::make_shared<std::atomic<int>>(0);
    const auto here = asio::ip::tcp::endpoint(asio::ip::address_v4::loopback(), p.port());
    client c(loop, "https://slack.test:" + std::to_string(p.port()) + "/api/",
             [asked, here](const std::string &, const std::string &) {
                 return ++*asked <= 2 ? resolved{{}, "DNS: NXDOMAIN"} : resolved{{here}, {}};
             });
    CHECK(c.call(method::chat_post_message, R"({"channel":"C1"})", soon()).what == outcome::sent);
    CHECK(asked->load() == 3);
    CHECK(p.accepted() == 1);
}

TEST_CASE("without a deadline ahead there is one attempt") {
    asio::io_context loop;
    const auto asked = std::make_shared<std::atomic<int>>(0);
    client c(loop, "https://slack.test/api/", [asked](const std::string &, const std::string &) {
        ++*asked;
        return resolved{{}, "DNS: NXDOMAIN"};
    });
    const auto r = c.call(method::chat_post_message, R"({"channel":"C1"})", at_once());
    CHECK(r.what == outcome::later);
    CHECK(r.why == failure::later);
    CHECK(r.error == "connect");
    CHECK(r.detail == "DNS: NXDOMAIN");
    CHECK(asked->load() == 1);
}

TEST_CASE("a 429 rests its method until the platform's time, and no other", "[scar-52][scar-53]") {
    asio::io_context loop;
    peer p(loop, answering({{"", "429 Too Many Requests", "Retry-After: 40\r\n"}, {}}));
    client c(loop, p.address("https", "/api/"));
    const auto r = c.call(method::users_info, R"({"user":"U1"})", soon());
    CHECK(r.what == outcome::later);
    CHECK(r.retry_at > at_once() + 39s);
    CHECK(r.retry_at <= at_once() + 40s);
    const auto again = c.call(method::users_info, R"({"user":"U1"})", soon());
    CHECK(again.error == "paced");
    CHECK(again.retry_at == r.retry_at);
    CHECK(c.call(method::users_list, "{}").what == outcome::sent);
    CHECK(c.api.rested() == 40s);
}

TEST_CASE("a wait the deadline allows is waited inside") {
    asio::io_context loop;
    peer p(loop, answering({{"", "429 Too Many Requests", "Retry-After: 1\r\n"}, {}}));
    client c(loop, p.address("https", "/api/"));
    CHECK(c.call(method::users_info, R"({"user":"U1"})", soon()).what == outcome::sent);
}

TEST_CASE("a call that waits for its slot is not asked whether it may leave") {
    asio::io_context loop;
    peer p(loop, answering({{"", "429 Too Many Requests", "Retry-After: 40\r\n"}, {}}));
    client c(loop, p.address("https", "/api/"));
    int asked = 0;
    const auto go = [&asked](const std::function<void(bool)> &said) {
        ++asked;
        said(true);
    };
    const auto rested = c.begin(method::users_info, R"({"user":"U1"})", soon(), go);
    run_until(loop, [&] { return rested->has_value(); });
    CHECK(asked == 1);
    CHECK((*rested)->what == outcome::later);
    const auto paced = c.begin(method::users_info, R"({"user":"U1"})", soon(), go);
    run_until(loop, [&] { return paced->has_value(); });
    CHECK((*paced)->error == "paced");
    CHECK(asked == 1);
}

TEST_CASE("nothing is on the wire before the call is let go, and a call withheld never is") {
    asio::io_context loop;
    peer p(loop, answering({{}}));
    client c(loop, p.address("https", "/api/"));
    std::function<void(bool)> said;
    const auto ask = [&said](std::function<void(bool)> then) { said = std::move(then); };
    const auto first = c.begin(method::chat_post_message, R"({"channel":"C1"})", at_once(), ask);
    run_until(loop, [&] { return said && p.secured() == 1; }); // connected, and silent
    CHECK(p.heard().empty());
    said(true);
    run_until(loop, [&] { return first->has_value(); });
    CHECK((*first)->what == outcome::sent);

    said = nullptr;
    const auto before = p.heard();
    const auto second = c.begin(method::chat_post_message, R"({"channel":"C2"})", at_once(), ask);
    run_until(loop, [&] { return static_cast<bool>(said); });
    said(false);
    run_until(loop, [&] { return second->has_value(); });
    CHECK((*second)->what == outcome::later);
    CHECK((*second)->error == "withheld");
    CHECK(p.heard() == before);
    CHECK(c.call(method::auth_test, "{}").what == outcome::sent); // over the same connection
    CHECK(p.accepted() == 1);
}

TEST_CASE("a call that was let go is not made again inside, whatever its deadline allows") {
    asio::io_context loop;
    peer p(loop, answering({{"", "429 Too Many Requests", "Retry-After: 1\r\n"}, {}}));
    client c(loop, p.address("https", "/api/"));
    int asked = 0;
    const auto once = c.begin(method::users_info, R"({"user":"U1"})", soon(),
                              [&asked](const std::function<void(bool)> &said) {
                                  ++asked;
                                  said(true);
                              });
    run_until(loop, [&] { return once->has_value(); });
    CHECK((*once)->what == outcome::later);
    CHECK((*once)->retry_at > at_once());
    CHECK(asked == 1);
}

TEST_CASE("a call that waits to be let go ends when all is stopped, unsent") {
    asio::io_context loop;
    peer p(loop, answering({{}}));
    client c(loop, p.address("https", "/api/"));
    std::function<void(bool)> said;
    const auto held = c.begin(method::chat_post_message, R"({"channel":"C1"})", soon(),
                              [&said](std::function<void(bool)> then) { said = std::move(then); });
    run_until(loop, [&] { return static_cast<bool>(said); });
    c.api.stop();
    run_until(loop, [&] { return held->has_value(); });
    CHECK((*held)->what == outcome::later);
    CHECK(p.heard().empty());
    said(true); // too late, and harmless
    run_for(loop, 5ms);
    CHECK(p.heard().empty());
}

TEST_CASE("how far this machine's clock is from the platform's shows from the last answer") {
    CHECK(read_http_date("Sun, 06 Nov 1994 08:49:37 GMT") ==
          std::chrono::system_clock::from_time_t(784'111'777));
    for (const auto *bad : {"", "yesterday", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 GMT+1"})
        CHECK_FALSE(read_http_date(bad));
    asio::io_context loop;
    peer p(loop, answering({{R"({"ok":true})", "200 OK", "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"}}));
    client c(loop, p.address("https", "/api/"));
    CHECK_FALSE(c.api.clock_skew());
    c.call(method::auth_test, "{}");
    REQUIRE(c.api.clock_skew());
    CHECK(*c.api.clock_skew() > std::chrono::hours(24 * 365 * 20));
}

TEST_CASE("arguments that are no object are refused unsent") {
    asio::io_context loop;
    peer p(loop, answering({{}}));
    client c(loop, p.address("https", "/api/"));
    for (const auto *bad : {"", "[]", "7", "{\"a\":", "null"})
        CHECK(c.call(method::auth_test, bad).why == failure::our_bug);
    CHECK(p.accepted() == 0);
}

TEST_CASE("an address or token that is not fit is refused at construction") {
    asio::io_context loop;
    CHECK_THROWS_AS(client(loop, "http://slack.com/api/"), std::invalid_argument);
    auto options = options_for("https://slack.com/api/");
    options.bot = token(std::string("xoxb-1\r\nX-Evil: 1"));
    const auto names = std::make_shared<resolver>(loop.get_executor());
    const auto tls = std::make_shared<tls_context>(trusted().file());
    CHECK_THROWS_AS(web_api(loop.get_executor(), tls, names, std::move(options)), std::invalid_argument);
}

TEST_CASE("a reply goes to the platform's own hosts only, and carries no token") {
    asio::io_context loop;
    peer p(loop, answering({{"ok", "200 OK", ""}}));
    client c(loop, p.address("https", "/api/"));
    CHECK(c.respond(p.address("https", "/commands/T1/1/abc")).what == outcome::sent);
    CHECK(p.heard().find("Bearer") == std::string::npos);
    for (const auto *elsewhere :
         {"https://evil.test/commands", "http://169.254.169.254/latest", "http://127.0.0.1/x",
          "https://hooks.slack.com.evil.test/x", "https://hooks.slack.com:8443/x", "", "x"}) {
        INFO(elsewhere);
        const auto r = c.respond(elsewhere);
        CHECK(r.what == outcome::failed);
        CHECK(r.error == "not_the_platforms_address");
    }
    CHECK(p.accepted() == 1);
}

TEST_CASE("a response address that is used up or old is an ordinary end") {
    asio::io_context loop;
    peer p(loop, answering({{"ok", "200 OK", ""},
                            {R"({"ok":false,"error":"used_url"})", "200 OK", ""},
                            {"<html>gone</html>", "404 Not Found", ""},
                            {"<html>a portal</html>", "200 OK", ""}}));
    client c(loop, p.address("https", "/api/"));
    const auto url = p.address("https", "/commands/1");
    CHECK(c.respond(url).what == outcome::sent);
    CHECK(c.respond(url).what == outcome::refused);
    CHECK(c.respond(url).why == failure::outdated);
    CHECK(c.respond(url).what == outcome::maybe); // a page is no word of the platform's
}

TEST_CASE("a response address is posted to five times in half an hour, and its number is all that is kept") {
    reply_budget b;
    const moment start{1h};
    for (int i = 0; i < 5; ++i)
        CHECK(b.take("https://hooks.slack.com/a", start));
    CHECK_FALSE(b.take("https://hooks.slack.com/a", start));
    CHECK(b.take("https://hooks.slack.com/b", start));
    CHECK_FALSE(b.take("https://hooks.slack.com/b", start + 31min));
    b.give_back("https://hooks.slack.com/a");
    CHECK(b.take("https://hooks.slack.com/a", start + 1min));
    CHECK_FALSE(b.take("https://hooks.slack.com/a", start + 1min));
    for (int i = 0; i < 20'000; ++i)
        b.take("https://hooks.slack.com/" + std::to_string(i), start + seconds(i));
    CHECK(b.size() <= 4097);
}

TEST_CASE("stopping ends waits and calls under way", "[scar-63]") {
    asio::io_context loop;
    const auto mute = [](std::shared_ptr<talk> one) -> asio::awaitable<void> { co_await one->hear_out(); };
    peer p(loop, mute);
    client c(loop, p.address("https", "/api/"));
    const auto a = c.begin(method::auth_test, "{}", soon());
    run_until(loop, [&] { return !p.heard().empty(); });
    c.api.stop();
    run_until(loop, [&] { return a->has_value(); });
    CHECK((*a)->what == outcome::later); // idempotent: may be made again
    CHECK((*a)->error == "stopped");
    CHECK(c.call(method::auth_test, "{}", soon()).error == "stopped");
}

TEST_CASE("one text of an answer is read by its path") {
    CHECK(text_in(R"({"channel":{"id":"D1"},"ts":"1.2"})", "channel", "id") == "D1");
    CHECK(text_in(R"({"channel":{"id":"D1"},"ts":"1.2"})", "ts") == "1.2");
    CHECK(text_in(R"({"channel":"D1"})", "channel", "id").empty());
    CHECK(text_in("<html>", "channel").empty());
}
