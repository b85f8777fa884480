// Nobody's words can do more than be read: escaping, cleaning, mentions, links, moments.
#include "handlers/surface/characters.hpp"
#include "handlers/surface/mrkdwn.hpp"
#include "tests/handlers/nasty.hpp"

#include <catch2/catch.hpp>

using namespace rapport;
using namespace rapport::surface;
using rapport::tests::nasty;
using rapport::tests::nasty_mix;

namespace {

instant at(int y, unsigned m, unsigned d, int h, int min) {
    return date::sys_days{date::year{y} / m / d} + hours{h} + minutes{min};
}

bool harmless(const std::string &text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '<' || text[i] == '>')
            return false;
        if (text[i] == '&' && text.compare(i, 5, "&amp;") != 0 && text.compare(i, 4, "&lt;") != 0 &&
            text.compare(i, 4, "&gt;") != 0)
            return false;
    }
    return true;
}

} // namespace

TEST_CASE("whatever people write is escaped when it goes into a text") {
    for (const auto &words : nasty()) {
        CAPTURE(words);
        CHECK(harmless(text("{}", words).text));
        CHECK(harmless(text("{}", paragraph{words}).text));
        CHECK(harmless(text("{}", plain{words}).text));
    }
    CHECK(text("{}", "<!channel>").text == "&lt;!channel&gt;");
    CHECK(text("{}", "&lt;!channel&gt;").text == "&amp;lt;!channel&amp;gt;");
}

TEST_CASE("mixes of nasty words are escaped, shown on one line, and cleaning twice changes nothing") {
    const auto seed = std::random_device{}();
    INFO("seed " << seed);
    std::mt19937 chance(seed);
    for (int i = 0; i < 2000; ++i) {
        const auto words = nasty_mix(chance);
        const auto shown_words = text("{}", words).text;
        CAPTURE(words);
        REQUIRE(harmless(shown_words));
        REQUIRE(shown_words.find('\n') == std::string::npos);
        REQUIRE(cleaned(cleaned(words)) == cleaned(words));
        REQUIRE(one_line(one_line(words)) == one_line(words));
    }
}

TEST_CASE("typed markup goes in as it is and our own words are not touched") {
    const auto title = std::string("Draft <résumé> & co");
    const auto line = text("*{}* from {}, {} of {}", title, mention{slack_id{"U012AB3CD"}}, 2, 7);
    CHECK(line.text == "*Draft &lt;résumé&gt; &amp; co* from <@U012AB3CD>, 2 of 7");
    CHECK(text("{} again", line).text == line.text + " again");
    CHECK(text("{}", channel_link{channel_id{"C012AB3CD"}}).text == "<#C012AB3CD>");
}

TEST_CASE("an id that is none is never made into a mention") {
    for (const auto *id : {"", "U", "U12|x", "!channel", "C012AB3CD", "U012ab", "U1> <!channel"})
        CHECK(text("{}", mention{slack_id{id}}).text == "someone");
    for (const auto *id : {"", "U012AB3CD", "C1><!here"})
        CHECK(text("{}", channel_link{channel_id{id}}).text == "a channel");
}

TEST_CASE("a link keeps its label from ending it and takes web and mail addresses only") {
    CHECK(text("{}", web_link{"https://a.example/?q=1&r=2", "a | b\n>c"}).text ==
          "<https://a.example/?q=1&amp;r=2|a b &gt;c>");
    CHECK(text("{}", web_link{"mailto:help@a.example", ""}).text ==
          "<mailto:help@a.example|mailto:help@a.example>");
    for (const auto *address : {"javascript:alert(1)", "https://a|b", "!channel", "https://a b", "@U1"})
        CHECK(harmless(text("{}", web_link{address, "label"}).text));
}

TEST_CASE("a moment falls back on words in the reader's zone") {
    const moment when{at(2026, 11, 2, 10, 5), "America/New_York"};
    CHECK(text("{}", when).text ==
          "<!date^1793613900^{date_short}, {time}|Mon 2 Nov 2026, 05:05 (America/New_York)>");
    CHECK(text("{}", moment{when.at, "Europe/London", moment_style::day}).text ==
          "<!date^1793613900^{date_short}|Mon 2 Nov 2026>");
    CHECK(in_words({when.at, "Nowhere/Atlantis"}) == "Mon 2 Nov 2026, 10:05 (Etc/UTC)");
}

TEST_CASE("control and direction characters are taken out, breaks and blanks are made plain") {
    CHECK(cleaned("a\tb\r\nc\rd\xe2\x80\xa8"
                  "e") == "a b\nc\nd\ne");
    CHECK(cleaned("\xe2\x80\xae"
                  "abc\xe2\x81\xa9\xef\xbb\xbf") == "abc");
    CHECK(cleaned(std::string("a\0b\x1b", 4)) == "ab");
    CHECK(cleaned("\xff"
                  "a\xe2\x82") == "\xef\xbf\xbd"
                                  "a\xef\xbf\xbd\xef\xbf\xbd");
    CHECK(one_line("  a \n\n b\xc2\xa0\xe3\x80\x80"
                   "c  ") == "a b c");
    CHECK(one_line("\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d") == "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d");
    const std::string scientist = "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x94\xac";
    CHECK(cleaned(scientist) == scientist);
}

TEST_CASE("lengths are counted in code points and UTF-16 units, and shortening cuts on a code point") {
    const std::string smile = "\xf0\x9f\x99\x82";
    CHECK(code_points("résumé" + smile) == 7);
    CHECK(utf16_units("résumé" + smile) == 8);
    CHECK(shortened("résumé", 6) == "résumé");
    CHECK(shortened("résumé", 4) == "rés…");
    CHECK(shortened(smile + smile + smile, 2) == smile + "…");
}

TEST_CASE("lines leave out what is empty") {
    CHECK(lines({text("a"), {}, text("{}", "b")}).text == "a\nb");
}
