// Names in what Rapport says.
#include "handlers/naming.hpp"

#include <catch2/catch.hpp>

using namespace rapport;

namespace {

storage::person called(std::string name) {
    storage::person one;
    one.id = person_id{"01J00000000000000000000000"};
    one.slack = slack_id{"U0ANA"};
    one.name = std::move(name);
    return one;
}

} // namespace

TEST_CASE("a first name is the first word, and there always is one") {
    CHECK(first_name(called("Ana Lima")) == "Ana");
    CHECK(first_name(called("  Ana\n Lima ")) == "Ana");
    CHECK(first_name(called("Priya")) == "Priya");
    auto by_mail = called("");
    by_mail.slack.reset();
    by_mail.email = "noor@example.org";
    CHECK(first_name(by_mail) == "noor");
    CHECK(first_name(called("")) == "someone");
}

TEST_CASE("somebody of the workspace is mentioned, somebody known by e-mail is named with the address") {
    CHECK(named(called("Ana Lima")).text == "<@U0ANA>");
    auto by_mail = called("Noor <!channel>");
    by_mail.slack.reset();
    by_mail.email = "noor@example.org";
    CHECK(named(by_mail).text == "Noor &lt;!channel&gt; (noor@example.org)");
}

TEST_CASE("a side is called by the program's word") {
    program rules;
    rules.protege_word = {"mentee", "mentees"};
    CHECK(your_word(rules, side::protege) == "your mentee");
    CHECK(your_word(rules, side::mentor) == "your mentor");
}
