// Tags: one form for what means the same, and what is refused.
#include "mentoring/tags.hpp"

#include <catch2/catch.hpp>

namespace rapport {

TEST_CASE("a tag has one form whatever its capitals, blanks and closing stop") {
    CHECK(folded_tag("  Machine \t LEARNING. ") == "machine learning");
    CHECK(folded_tag("ÉCOLE × Ça") == "école × ça");
    CHECK(folded_tag(" . ").empty());
}

TEST_CASE("words that the policy calls the same are one tag, through a chain of lines too") {
    const tag_words words({"machine learning, ML, statistical learning", "deep nets, ml"});
    CHECK(words.meant("ml") == words.meant("Machine learning"));
    CHECK(words.meant("deep nets") == words.meant("statistical learning"));
    CHECK(words.meant("sailing") == "sailing");
    CHECK(words.read("ML; machine learning\nSailing,, ").value() == tag_set{words.meant("ml"), "sailing"});
}

TEST_CASE("a tag that is a sentence, and too many of them, are refused") {
    const tag_words words;
    CHECK_FALSE(words.read(std::string(61, 'x')).has_value());
    CHECK(words.read(std::string(60, 'x')).has_value());
    std::string many;
    for (int i = 0; i < 20; ++i)
        many += "tag" + std::to_string(i) + ",";
    CHECK(words.read(many)->size() == 20);
    CHECK_FALSE(words.read(many + "one more").has_value());
}

} // namespace rapport
