// Text from people: what is dropped, what is refused, how words and names are matched.
#include "mentoring/wording.hpp"

#include <catch2/catch.hpp>

#include <array>

using namespace rapport;

TEST_CASE("characters that hide or turn text are dropped, and what people type on purpose stays") {
    struct row {
        std::string text, clean;
    };
    const std::vector<row> table = {
        {"plain", "plain"},
        {"Résumé 日本語 🎉", "Résumé 日本語 🎉"},
        {std::string("a\0b", 3), "ab"},
        {"a\x01\x1b[31mb\x7f", "a[31mb"},
        {"a\u202Eevil\u202Cb", "aevilb"},
        {"a\u2066b\u2069c\u200F", "abc"},
        {"\uFEFFa\u200Bb\u00ADc", "abc"},
        {"👩\u200D💻", "👩\u200D💻"},
        {"one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"},
        {"a\tb\u00A0c\u3000d", "a b c d"},
        {"bad \xff\xc3 utf \xed\xa0\x80", "bad \uFFFD\uFFFD utf \uFFFD\uFFFD\uFFFD"},
        {"\xc0\xaf over\xf5long", "\uFFFD\uFFFD over\uFFFDlong"},
        {"cut \xf0\x9f\x8e", "cut \uFFFD\uFFFD\uFFFD"},
        {"\U000E0041hidden tag", "hidden tag"},
        {"", ""},
    };
    for (const auto &[text, clean] : table) {
        INFO(text);
        CHECK(cleaned(text) == clean);
        CHECK(cleaned(cleaned(text)) == clean);
    }
}

TEST_CASE("a title is one line of at most 200 code points") {
    CHECK(one_line("  Draft \n\n  résumé\t", "The title").value() == "Draft résumé");
    CHECK(one_line("\u202E\u200B a", "The title").value() == "a");
    std::string longest;
    for (int i = 0; i < 200; ++i)
        longest += "é";
    CHECK(one_line(longest, "The title").value() == longest);
    const auto over = one_line(longest + "é", "The title");
    REQUIRE(over.has_error());
    CHECK(over.error().wrong == "The title has 201 characters; 200 is the most.");
    CHECK(over.error().mend == "Shorten it by 1 character.");
    CHECK(one_line(std::string(40000, 'x'), "The title").error().mend == "Shorten it by 39800 characters.");
    for (const auto *empty : {"", "  ", "\n\n", "\u200B"}) {
        const auto none = one_line(empty, "The title");
        REQUIRE(none.has_error());
        CHECK(none.error().wrong == "The title is empty.");
    }
}

TEST_CASE("a note keeps its lines, at most one of them empty in a row, and 2,000 code points") {
    CHECK(note_text(" All well.\n\n\n\nSee you. \n", "The note").value() == "All well.\n\nSee you.");
    CHECK(note_text("", "The note").value().empty());
    CHECK(note_text(std::string(2000, 'x'), "The note").has_value());
    CHECK(note_text(std::string(2001, 'x'), "The note").has_error());
}

TEST_CASE("smart quotes and dashes of phones read as plain ones") {
    CHECK(with_plain_quotes("\u201Cdone\u201D \u2018x\u2019 in\u2011person \u00ABy\u00BB") ==
          "\"done\" 'x' in-person \"y\"");
}

TEST_CASE("folding ignores case in Latin, Greek and Cyrillic, and accents in names") {
    CHECK(folded("ÄÖÜ Straße ŁÓDŹ") == "äöü straße łódź");
    CHECK(folded("ΟΔΟΣ") == folded("οδος"));
    CHECK(folded("Οδός") == "οδόσ");
    CHECK(folded("МОСКВА Ёлка") == "москва ёлка");
    CHECK(folded("日本") == "日本");
    CHECK(folded_name("  José   NÚÑEZ ") == "jose nunez");
    CHECK(folded_name("Jose\u0301 Nu\u0301n\u0303ez") == "jose nunez");
    CHECK(folded_name("Łukasz Żak") == "lukasz zak");
    CHECK(folded_name("Weiß Ærø Œuvre Þór") == "weiss aero oeuvre thor");
    CHECK(folded_name("Đorđe Čić Ğül İpek Şen") == "dorde cic gul ipek sen");
    CHECK(folded_name("Nguyễn") == folded_name("NGUYỄN"));
}

TEST_CASE("the nearest word is found for a slip, and none for something else") {
    constexpr std::array<std::string_view, 6> verbs = {"add", "done", "edit", "move", "drop", "reopen"};
    struct row {
        std::string typed, meant;
    };
    const std::vector<row> table = {{"doen", "done"},
                                    {"DONE", "done"},
                                    {"ad", "add"},
                                    {"addd", "add"},
                                    {"eddit", "edit"},
                                    {"mvoe", "move"},
                                    {"re-open", "reopen"},
                                    {"zzz", ""},
                                    {"completely", ""},
                                    {"", ""},
                                    {std::string(500, 'a'), ""}};
    for (const auto &[typed, meant] : table) {
        INFO(typed);
        CHECK(nearest_word(typed, verbs).value_or("") == meant);
    }
    CHECK(letters_apart("kitten", "sitting") == 3);
    CHECK(letters_apart("", "abc") == 3);
    CHECK(letters_apart("ab", "ba") == 1);
    CHECK(letters_apart("é", "e") == 1);
}

TEST_CASE("counts, lists and first names read as people write them") {
    CHECK(counted(1, "day") == "1 day");
    CHECK(counted(0, "day") == "0 days");
    CHECK(counted(2, "day") == "2 days");
    CHECK(counted(2, "check-in is", "check-ins are") == "2 check-ins are");
    CHECK(listed({}) == "");
    CHECK(listed({"a"}) == "a");
    CHECK(listed({"a", "b"}) == "a and b");
    CHECK(listed({"a", "b", "c"}, "or") == "a, b or c");
    CHECK(first_name("  Ana  María López") == "Ana");
    CHECK(first_name("Priya") == "Priya");
    CHECK(first_name("") == "");
}
