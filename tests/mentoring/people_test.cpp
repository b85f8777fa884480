// The words of the closed choices: each goes to text and back, no two share one.
#include "mentoring/people.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace rapport;

namespace {

template <class E, std::size_t N>
void goes_round(const word_table<E, N> &table) {
    std::set<std::string_view> seen;
    for (const auto &[value, word] : table) {
        CHECK(text_of(value) == word);
        E back{};
        REQUIRE(parse_text(word, back));
        CHECK(back == value);
        CHECK(seen.insert(word).second);
        CHECK_FALSE(word.empty());
    }
    E none{};
    CHECK_FALSE(parse_text("", none));
    CHECK_FALSE(parse_text("Mentor", none));
}

} // namespace

TEST_CASE("every closed choice goes to its word and back, and no two share a word") {
    goes_round(side_words);
    goes_round(role_words);
    goes_round(person_state_words);
    goes_round(pair_state_words);
    goes_round(milestone_state_words);
    goes_round(medium_words);
    goes_round(enrolment_state_words);
    goes_round(term_state_words);
    goes_round(clock_strength_words);
    goes_round(settled_by_words);
}

TEST_CASE("each side has its other side and its role") {
    CHECK(other_side(side::mentor) == side::protege);
    CHECK(other_side(side::protege) == side::mentor);
    CHECK(role_of(side::protege) == role::protege);
    CHECK(role_of(side::mentor) == role::mentor);
}
