// What people type, as it arrives.
#include "tests/workspace/bench.hpp"
#include "workspace/text.hpp"

#include <catch2/catch.hpp>

using namespace workspace;

TEST_CASE("the three characters are escaped, and no others") {
    CHECK(escaped("a < b && \"c\" > 'd'") == "a &lt; b &amp;&amp; \"c\" &gt; 'd'");
    CHECK(escaped("&amp;") == "&amp;amp;");
    CHECK(escaped("") == "");
}

TEST_CASE("a name typed in a message becomes an id; in a command an id and a name") {
    bench b;
    CHECK(typed_message(b.on.state, "hi @priya, ok?").text == "hi <@U0PRIYA>, ok?");
    CHECK(typed_command(b.on.state, "add @priya", true) == "add <@U0PRIYA|priya>");
    CHECK(typed_command(b.on.state, "add @priya", false) == "add @priya");
    CHECK(typed_command(b.on.state, "in #mentoring", true) == "in <#C0MENTORING|mentoring>");
    CHECK(typed_command(b.on.state, "in #mentoring-staff", true) == "in <#C0STAFF|>");
    CHECK(typed_message(b.on.state, "@Noor.").text == "<@U0NOOR>.");
    CHECK(typed_message(b.on.state, "@U0SAM").text == "<@U0SAM>");
}

TEST_CASE("what is no mention stays as typed, escaped") {
    bench b;
    CHECK(typed_message(b.on.state, "me@priya.example @nobody @ #").text == "me@priya.example @nobody @ #");
    CHECK(typed_message(b.on.state, "<!channel> <@U0ANA>").text == "&lt;!channel&gt; &lt;@U0ANA&gt;");
    CHECK(typed_message(b.on.state, "@channel look").text == "<!channel> look");
    CHECK(typed_message(b.on.state, "see https://example.org/a?b=1&c=2.").text ==
          "see <https://example.org/a?b=1&amp;c=2>.");
}

TEST_CASE("a message of a person carries the same words as rich text, unescaped") {
    bench b;
    const auto typed = typed_message(b.on.state, "a & @ana");
    const auto &elements = typed.blocks[0]["elements"][0]["elements"];
    REQUIRE(elements.size() == 2);
    CHECK(elements[0] == json({{"type", "text"}, {"text", "a & "}}));
    CHECK(elements[1] == json({{"type", "user"}, {"user_id", "U0ANA"}}));
}

TEST_CASE("length is in UTF-16 units, and a cut never splits a code point") {
    CHECK(length_of("résumé") == 6);
    CHECK(length_of("\xF0\x9F\x99\x82") == 2);
    CHECK(first_units("ab\xF0\x9F\x99\x82", 3) == "ab");
    CHECK(first_units("ab\xF0\x9F\x99\x82", 4) == "ab\xF0\x9F\x99\x82");
    CHECK(first_units("é", 0) == "");
}
