// Which messages a person's do-not-disturb holds back: reminders, unless their hour was chosen.
#include "tests/handlers/mail_round.hpp"

#include <catch2/catch.hpp>

using namespace rapport;
using namespace rapport::tests;

TEST_CASE("a reminder asks whether its reader may be disturbed; one for an hour they chose does not") {
    office o;
    mail_round mail(o);
    std::vector<std::pair<std::string, std::optional<slack_id>>> sent;
    mail.platform = [&](const shipment &what, const letter &as) {
        if (what.method == "chat.postMessage")
            sent.emplace_back(as.channel, what.reader);
        return delivery_word::sent;
    };
    mail.writes("ana");
    mail.pass(days{3} + hours{2});
    REQUIRE(sent.size() == 1);
    CHECK(sent[0].first == "D0PRIYA");
    CHECK(sent[0].second == office::slack_of("priya"));

    const auto shown = mail.shown(mail.to("D0PRIYA")[0]);
    o.presses("priya", shown, "Remind me tomorrow 9:00");
    sent.clear();
    mail.pass(days{1});
    REQUIRE(sent.size() == 1);
    CHECK_FALSE(sent[0].second);
}

TEST_CASE("a coordinator's message of the day asks it too, the answer to a partner's act does not") {
    office o;
    mail_round mail(o);
    std::vector<std::pair<std::string, std::optional<slack_id>>> sent;
    mail.platform = [&](const shipment &what, const letter &as) {
        if (what.method == "chat.postMessage")
            sent.emplace_back(as.channel, what.reader);
        return delivery_word::sent;
    };
    o.says("ana", "/milestone add Draft résumé by 1 Dec", "G0PAIR");
    mail.pass(minutes{5});
    REQUIRE(sent.size() == 1);
    CHECK_FALSE(sent[0].second);
    mail.writes("ana");
    sent.clear();
    mail.pass(days{9});
    bool told = false;
    for (const auto &[channel, reader] : sent)
        if (channel == "D0NOOR") {
            told = true;
            CHECK(reader == office::slack_of("noor"));
        }
    CHECK(told);
}

TEST_CASE("held back, a reminder comes once, when its time has come again") {
    office o;
    mail_round mail(o);
    int held = 0;
    mail.platform = [&](const shipment &what, const letter &) {
        return what.reader && held++ == 0 ? delivery_word::later : delivery_word::sent;
    };
    mail.reason = "do_not_disturb";
    mail.writes("ana");
    mail.pass(days{4});
    CHECK(mail.to("D0PRIYA").size() == 1);
    CHECK(held == 2);
}
