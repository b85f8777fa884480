// Addresses: TLS or this very machine, nothing else.
#include "bot/slack/endpoint.hpp"

#include <catch2/catch.hpp>

#include <stdexcept>

using namespace rapport::slack;

TEST_CASE("addresses are read into where a request goes") {
    CHECK(endpoint_of("https://slack.com/api/") == endpoint{true, "slack.com", "443", "/api/"});
    CHECK(endpoint_of("wss://wss-primary.slack.com/link/?ticket=a%2Fb&app_id=A1") ==
          endpoint{true, "wss-primary.slack.com", "443", "/link/?ticket=a%2Fb&app_id=A1"});
    CHECK(endpoint_of("http://127.0.0.1:8080") == endpoint{false, "127.0.0.1", "8080", "/"});
    CHECK(endpoint_of("ws://[::1]:90/x") == endpoint{false, "::1", "90", "/x"});
    CHECK(endpoint_of("ws://localhost/x").port == "80");
    CHECK(endpoint_of("https://slack.com").authority() == "slack.com");
    CHECK(endpoint_of("https://slack.com:8443").authority() == "slack.com:8443");
    CHECK(endpoint_of("https://[::1]:8443").authority() == "[::1]:8443");
}

TEST_CASE("plain text goes to this machine only") {
    for (const auto *bad :
         {"http://slack.com/api/", "ws://slack.com/link", "http://127.0.0.1.evil.org/", "http://10.0.0.1/",
          "http://localhost.evil.org/", "http://0.0.0.0/", "http://[::]/"}) {
        INFO(bad);
        CHECK_THROWS_AS(endpoint_of(bad), std::invalid_argument);
    }
    CHECK_NOTHROW(endpoint_of("http://127.8.9.1/"));
}

TEST_CASE("what is no address of the platform is refused, and not repeated in the reason") {
    for (const auto *bad : {"", "slack.com", "ftp://slack.com/", "https://", "https://user:secret@slack.com/",
                            "https://slack.com:0/", "https://slack.com:99999999/", "https://a b/", "//x/y",
                            "https://1.2.3.4.evil.org/"}) {
        INFO(bad);
        std::string why;
        CHECK_FALSE(read_endpoint(bad, why).has_value());
        CHECK_FALSE(why.empty());
        CHECK(why.find("secret") == std::string::npos);
    }
}

TEST_CASE("a parameter is added whether or not the address has others") {
    CHECK(with_parameter(endpoint_of("wss://x.org/link/?ticket=a"), "debug_reconnects", "true").target ==
          "/link/?ticket=a&debug_reconnects=true");
    CHECK(with_parameter(endpoint_of("wss://x.org/link"), "debug_reconnects", "true").target ==
          "/link?debug_reconnects=true");
}
