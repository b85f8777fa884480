// Lists as spreadsheets write them, and as they should not be written.
#include "mentoring/csv.hpp"

#include <catch2/catch.hpp>

#include <random>

using namespace rapport;

namespace {

std::string wrong(std::string_view text) {
    const auto read = read_csv(text);
    return read ? std::string() : read.error().read + ": " + read.error().wrong;
}

} // namespace

TEST_CASE("commas, semicolons and tabs are read alike, with any line end and a byte order mark") {
    for (const std::string text : {"email,role\nkim@example.org,mentor\n",
                                   "\xEF\xBB\xBF"
                                   "Email;ROLE\r\nkim@example.org;mentor",
                                   "email\trole\n\n  \nkim@example.org\tmentor\r\n\r\n",
                                   "email,role,\r\n kim@example.org , \"mentor\" ,\r\n"}) {
        INFO(text);
        const auto read = read_csv(text);
        REQUIRE(read.has_value());
        CHECK(read->header == std::vector<std::string>{"email", "role"});
        REQUIRE(read->rows.size() == 1);
        CHECK(read->rows[0].cells == std::vector<std::string>{"kim@example.org", "mentor"});
        CHECK(read->column("role") == 1U);
        CHECK_FALSE(read->column("name"));
    }
}

TEST_CASE("quotes hold separators, line ends and quotes; lines are counted as an editor does") {
    const auto read = read_csv("name,role\n\"Diaz, \"\"Kim\"\"\nthe second\",mentor\nLou,protege\n");
    REQUIRE(read.has_value());
    REQUIRE(read->rows.size() == 2);
    CHECK(read->rows[0].cells[0] == "Diaz, \"Kim\"\nthe second");
    CHECK(read->rows[0].line == 2);
    CHECK(read->rows[1].line == 4);
}

TEST_CASE("short rows are filled up, long ones refused with their line") {
    const auto read = read_csv("email,role,name\nkim@example.org,mentor\n");
    REQUIRE(read.has_value());
    CHECK(read->rows[0].cells.size() == 3);
    CHECK(wrong("email,role\na,b\nc,d,e\n") == "line 3: There are 3 cells, and the header names 2 columns.");
}

TEST_CASE("what is no list is refused, with the line") {
    CHECK(wrong("") == "an empty list: There is nothing in the list.");
    CHECK(wrong("\n \n") == "an empty list: There is nothing in the list.");
    CHECK(wrong("email,role\n\"kim,mentor\n") == "line 2: A quote is opened here and never closed.");
    CHECK(wrong("email,role\n\"kim\"x,mentor\n") ==
          "line 2: After a closing quote there is more text in the cell.");
    CHECK(wrong("email,role\nk\xE9m,mentor\n") == "line 2: The list is not in UTF-8.");
    CHECK(wrong("email,role\nk\xC0\x80m,mentor\n") == "line 2: The list is not in UTF-8.");
    CHECK(wrong(std::string_view("\xFF\xFE"
                                 "e\0",
                                 4)) == "a list in UTF-16: The list is not in UTF-8.");
    CHECK(wrong(std::string_view("email\na\0b\n", 10)) == "line 2: There is a NUL character in the list.");
    CHECK(wrong("email,email\n") == "line 1: The header names “email” twice.");
    std::string many = "email\n";
    for (std::size_t i = 0; i <= most_csv_rows; ++i)
        many += "a@b.org\n";
    CHECK(wrong(many) == "line 5002: There are more than 5000 rows.");
}

TEST_CASE("no text makes reading fail other than by a refusal") {
    const auto seed = std::random_device{}();
    INFO("seed " << seed);
    std::mt19937 dice(seed);
    const std::string pieces[] = {",", ";", "\"", "\n", "\r", "\t", "a", "é", " ", "\"\"", "\xff"};
    for (int i = 0; i < 3000; ++i) {
        std::string text;
        for (int n = static_cast<int>(dice() % 40); n > 0; --n)
            text += pieces[dice() % std::size(pieces)];
        const auto read = read_csv(text);
        if (!read)
            continue;
        for (const auto &row : read->rows)
            CHECK(row.cells.size() == read->header.size());
    }
}
