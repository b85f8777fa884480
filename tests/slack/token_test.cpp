// Tokens never show; error texts are cleaned of every secret.
#include "bot/slack/redaction.hpp"
#include "bot/slack/token.hpp"

#include <catch2/catch.hpp>

#include <ostream>
#include <type_traits>

using namespace rapport::slack;

namespace {

template <class T>
concept streamable = requires(std::ostream &out, const T &value) {
    out << value;
};

static_assert(streamable<std::string>);
static_assert(!streamable<token>, "a token must not be printable");
static_assert(!std::is_default_constructible_v<fmt::formatter<token>>, "a token must not be formattable");
static_assert(!std::is_copy_constructible_v<token>, "a copy of a token is asked for by name");
static_assert(!std::is_convertible_v<token, std::string> && !std::is_convertible_v<token, std::string_view>);

} // namespace

TEST_CASE("a token takes its text, wipes where it came from and drops the line end of a file") {
    std::string file = "  xoxb-1234567890-abcdefghijklmnop\n";
    const token t(std::move(file));
    CHECK(file.empty()); // NOLINT: the constructor promises it
    CHECK(t.reveal() == "xoxb-1234567890-abcdefghijklmnop");
    CHECK(t.kind() == token_kind::bot);
    CHECK(t.well_formed());
}

TEST_CASE("moving a token leaves nothing behind") {
    token a(std::string("xoxb-short"));
    token b(std::move(a));
    CHECK(a.empty()); // NOLINT
    CHECK(b.reveal() == "xoxb-short");
    a = std::move(b);
    CHECK(b.empty()); // NOLINT
    CHECK(a == token(std::string("xoxb-short")));
    CHECK(a.copy() == a);
}

TEST_CASE("wiping overwrites all the bytes a string holds") {
    std::string text = "xapp-secret-that-is-longer-than-a-short-string";
    const auto *const bytes = text.data();
    const auto size = text.size();
    wipe(text);
    CHECK(text.empty());
    CHECK(std::string(bytes, size) == std::string(size, '\0'));
}

TEST_CASE("an app token tells its app") {
    CHECK(token(std::string("xapp-1-A0123ABCD-999-deadbeef")).app_id() == "A0123ABCD");
    CHECK(token(std::string("xapp-1-A0123ABCD-999-deadbeef")).kind() == token_kind::app);
    CHECK(token(std::string("xapp-1")).app_id().empty());
    CHECK(token(std::string("xoxb-1-A0123ABCD")).app_id().empty());
    CHECK(token(std::string("xoxe.xoxb-1-abc")).kind() == token_kind::bot);
    CHECK(token(std::string("hello")).kind() == token_kind::other);
    CHECK_FALSE(token(std::string("xoxb-1\r\nX-Evil: 1")).well_formed());
    CHECK_FALSE(token().well_formed());
}

TEST_CASE("error texts lose tokens, tickets, response addresses and e-mail addresses", "[scar-57]") {
    CHECK(redacted("bad header: Bearer xoxb-1-2-3") == "bad header: [token]");
    CHECK(redacted("url wss://x/link/?ticket=abc-def&app_id=A1 refused") ==
          "url wss://x/link/?[ticket] refused");
    CHECK(redacted("\"xapp-1-A1-2-3\", next") == "\"[token]\", next");
    CHECK(redacted("xoxe.xoxb-1-aaa xoxp-1 xoxe-1-bb") == "[token] [token] [token]");
    CHECK(redacted("POST https://hooks.slack.com/commands/T1/2/abc failed") ==
          "POST [response address] failed");
    CHECK(redacted("no user ana.smith@example.org here") == "no user [e-mail] here");
    CHECK(redacted("trigger_id=1.2.abc") == "[trigger]");
    CHECK(redacted("two\nlines\r\n") == "two lines  ");
    CHECK(redacted("nothing to hide @ all") == "nothing to hide @ all");
}
