// Undoing the platform's escaping without being fooled by what was typed.
#include "bot/slack/entities.hpp"

#include <catch2/catch.hpp>

using namespace rapport::slack;

TEST_CASE("the three escaped characters come back, in one pass") {
    CHECK(unescaped("R&amp;D &lt;3 &gt;") == "R&D <3 >");
    CHECK(unescaped("&amp;lt;") == "&lt;");
    CHECK(unescaped("&amp;amp;") == "&amp;");
    CHECK(unescaped("&quot; & &am") == "&quot; & &am");
    CHECK(unescaped("") == "");
}

TEST_CASE("a mention is told from a typed one") {
    const auto real = pieces_of("pair <@U123|ana> with &lt;@U456&gt;");
    REQUIRE(real.size() == 3);
    CHECK(real[0] == piece{piece_kind::words, "pair ", ""});
    CHECK(real[1] == piece{piece_kind::person, "U123", "ana"});
    CHECK(real[2] == piece{piece_kind::words, " with <@U456>", ""});
}

TEST_CASE("each kind of entity is read") {
    const auto one = [](std::string_view text) {
        const auto all = pieces_of(text);
        REQUIRE(all.size() == 1);
        return all[0];
    };
    CHECK(one("<@U1>") == piece{piece_kind::person, "U1", ""});
    CHECK(one("<#C1|general>") == piece{piece_kind::channel, "C1", "general"});
    CHECK(one("<#C1|>") == piece{piece_kind::channel, "C1", ""});
    CHECK(one("<!subteam^S1|@mentors>") == piece{piece_kind::group, "S1", "@mentors"});
    CHECK(one("<!here>") == piece{piece_kind::call_to, "here", ""});
    CHECK(one("<https://example.org/?a=1&amp;b=2|here>") ==
          piece{piece_kind::link, "https://example.org/?a=1&b=2", "here"});
    CHECK(one("<mailto:ana@example.org|ana@example.org>").kind == piece_kind::link);
    CHECK(one("<!date^1|x>") == piece{piece_kind::other, "<!date^1|x>", ""});
}

TEST_CASE("an unclosed bracket is words") {
    CHECK(pieces_of("a < b") == std::vector<piece>{{piece_kind::words, "a < b", ""}});
    CHECK(pieces_of("").empty());
    CHECK(pieces_of("<>")[0].kind == piece_kind::other);
}
