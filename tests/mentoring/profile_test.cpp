// Fields of a profile as pure rules, and what the files of an export say.
#include "mentoring/linkedin.hpp"
#include "mentoring/profile.hpp"

#include <catch2/catch.hpp>

namespace rapport {
namespace {

profile_words with(std::initializer_list<std::pair<profile_field, std::string>> all) {
    profile_words out;
    for (const auto &[which, words] : all)
        out[which] = {words, seen_by::everyone};
    return out;
}

} // namespace

TEST_CASE("a field is read by its shape, and what does not fit is refused") {
    CHECK(read_field(profile_field::interests, " Robotics, law ", {}).value().words == "Robotics, law");
    CHECK(read_field(profile_field::interests, "   ", {}).value().words.empty());
    CHECK(read_field(profile_field::room, "Any", {}).value().words == "any");
    CHECK(read_field(profile_field::room, "007", {}).value().words == "7");
    CHECK(read_field(profile_field::availability, "Mon-Fri 17:00-20:00", {}).value().words ==
          "Mon-Fri 17:00-20:00");
    CHECK(read_field(profile_field::room, "many", {}).has_error());
    CHECK(read_field(profile_field::room, "101", {}).has_error());
    CHECK(read_field(profile_field::availability, "whenever", {}).has_error());
    CHECK(read_field(profile_field::team, std::string(101, 'x'), {}).has_error());
    std::string accents;
    for (int i = 0; i < 100; ++i)
        accents += "é"; // a hundred letters, two hundred bytes
    CHECK(read_field(profile_field::team, accents, {}).has_value());
}

TEST_CASE("each reader sees what its author chose, and the next wider circle less") {
    profile_words whole;
    whole[profile_field::interests] = {"a", seen_by::everyone};
    whole[profile_field::links] = {"b", seen_by::partners};
    whole[profile_field::partner] = {"c", seen_by::coordinators};
    CHECK(seen_of(whole, seen_by::everyone).size() == 1);
    CHECK(seen_of(whole, seen_by::partners).size() == 2);
    CHECK(seen_of(whole, seen_by::coordinators) == whole);
}

TEST_CASE("the field named as missing is the one that counts most in matching", "[rule-67]") {
    matching_rules rules;
    rules.weights = {{"interests", 30}, {"goals", 70}};
    const comparing by(rules);
    CHECK(how_complete({}, by) == completeness{0, profile_field::goals});
    CHECK(how_complete(with({{profile_field::goals, "x"}}), by).missing == profile_field::interests);
    CHECK(how_complete(with({{profile_field::goals, "x"}, {profile_field::interests, "x"}}), by).missing ==
          profile_field::education);
}

TEST_CASE("nothing about a person that is of a protected kind has a field") {
    for (const auto &row : profile_rows())
        for (const auto *word : {"gender", "race", "ethnic", "religion", "birth", "health", "nation"})
            CHECK(text_of(row.which).find(word) == std::string_view::npos);
    for (const auto &[part, word] : match_part_words)
        CHECK_FALSE(word.empty());
}

TEST_CASE("the four files of an export say what they say, and nothing of the rest of it", "[rule-66]") {
    const auto about = read_linkedin("First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,"
                                     "Industry,Zip Code,Geo Location,Twitter Handles,Websites\n"
                                     "Ana,Lima,,12 Street,Jan 1,Builds pumps,\"I, too, build\",Medical "
                                     "Devices,1000,Paris,,\n");
    REQUIRE(about.has_value());
    CHECK(about->says.at(profile_field::industry) == "Medical Devices");
    CHECK(about->says.at(profile_field::accomplishments) == "Builds pumps\nI, too, build");
    for (const auto &[which, words] : about->says)
        for (const auto *secret : {"Jan 1", "12 Street", "1000"})
            CHECK(words.find(secret) == std::string::npos);
    const auto school = read_linkedin("School Name,Start Date,End Date,Notes,Degree Name,Activities\n"
                                      "State University,2020,2024,,\"Bachelor of Science - BS, Physics\",\n");
    REQUIRE(school.has_value());
    CHECK(school->says.at(profile_field::study) == "Physics");
    const auto skills = read_linkedin("Name\nPython\n\"R, Stata\"\n" + std::string(80, 'x') + "\n");
    REQUIRE(skills.has_value());
    CHECK(skills->says.at(profile_field::expertise) == "Python, R  Stata");
    CHECK(together({*about, *skills}).size() == 3);
    CHECK(read_linkedin("Date,Message\n1,hello\n").has_error());
    CHECK(read_linkedin("").has_error());
}

TEST_CASE("more skills than a field holds are taken as far as it holds them") {
    std::string csv = "Name\n";
    for (int i = 0; i < 200; ++i)
        csv += "skill number " + std::to_string(i) + "\n";
    const auto skills = read_linkedin(csv);
    REQUIRE(skills.has_value());
    const auto tags = tag_words().read(skills->says.at(profile_field::expertise));
    REQUIRE(tags.has_value());
    CHECK(tags->size() == most_tags);
}

} // namespace rapport
