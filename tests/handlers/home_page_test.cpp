// Home pages kept true by the courier: sent when they read otherwise, and only then.
#include "handlers/home_page.hpp"
#include "storage/home_pages.hpp"
#include "tests/handlers/mail_round.hpp"

#include <catch2/catch.hpp>

using namespace rapport;
using namespace rapport::tests;

namespace {

struct bench {
    office o;
    mail_round mail{o};

    bench() {
        mail.deliver();
        mail.calls.clear();
    }
    void changed(const std::string &who = "ana") {
        const auto id = o.id_of(who);
        o.on_file([&](storage::records &r) { home_changed(r, id, o.now); });
    }
    std::vector<letter> published() {
        mail.deliver();
        std::vector<letter> out;
        for (const auto &each : std::exchange(mail.calls, {}))
            if (each.method == "views.publish")
                out.push_back(each);
        return out;
    }
};

} // namespace

TEST_CASE("a home page that may have changed is published once, with what stands there now") {
    bench b;
    b.o.says("ana", "/milestone add Draft résumé by 1 Dec", "G0PAIR");
    b.changed();
    b.changed();
    const auto sent = b.published();
    REQUIRE(sent.size() == 1);
    CHECK(sent[0].body.starts_with(R"({"user_id":"U0ANA","view":{)"));
    CHECK(sent[0].body.find("Draft résumé") != std::string::npos);
}

TEST_CASE("an unchanged home page is not sent again; a changed one is") {
    bench b;
    b.changed();
    CHECK(b.published().size() == 1);
    b.changed();
    CHECK(b.published().empty());
    CHECK(b.mail.rows("home", "withdrawn") == 1);
    b.o.says("ana", "/milestone add Find three papers by 1 Dec", "G0PAIR");
    b.changed();
    CHECK(b.published().size() == 1);
}

TEST_CASE("what is remembered of a published page is a hash and nothing of its words") {
    bench b;
    b.o.says("ana", "/milestone add Draft résumé by 1 Dec", "G0PAIR");
    b.changed();
    b.published();
    const auto ana = b.o.id_of("ana");
    b.o.on_file([&](storage::records &r) {
        const auto row = r.outbox.find(r.team, storage::home_pages::key_of(ana));
        REQUIRE(row);
        CHECK(row->sent_ts.value_or("").size() == 64);
        CHECK(row->sent_ts->find_first_not_of("0123456789abcdef") == std::string::npos);
        CHECK(row->params.empty());
    });
}

TEST_CASE("a page that somebody opened meanwhile is not taken for the one published before") {
    bench b;
    b.changed();
    b.published();
    const auto opened = b.o.happens("ana", home_opened{});
    CHECK(opened.home);
    b.changed();
    CHECK(b.published().size() == 1);
}

TEST_CASE("a change while the page is on its way is published after it") {
    bench b;
    b.changed();
    bool once = true;
    b.mail.platform = [&](const shipment &what, const letter &) {
        if (what.method == "views.publish" && std::exchange(once, false)) {
            b.o.says("ana", "/milestone add Find three papers by 1 Dec", "G0PAIR");
            b.changed();
        }
        return delivery_word::sent;
    };
    const auto sent = b.published();
    REQUIRE(sent.size() == 2);
    CHECK(sent[0].body.find("three papers") == std::string::npos);
    CHECK(sent[1].body.find("three papers") != std::string::npos);
}

TEST_CASE("a workspace without home pages troubles nobody: no coordinator is asked to help") {
    bench b;
    b.mail.platform = [](const shipment &what, const letter &) {
        return what.method == "views.publish" ? delivery_word::refused : delivery_word::sent;
    };
    b.mail.reason = "not_enabled";
    b.changed();
    CHECK(b.published().size() == 1);
    CHECK(b.mail.rows("home", "missed") == 1);
    CHECK(b.mail.rows("coordinators") == 0);
    b.mail.platform = nullptr;
    b.changed();
    CHECK(b.published().size() == 1);
}

TEST_CASE("nobody's page is published who left the workspace") {
    bench b;
    b.o.happens("ana", person_described{.who = office::slack_of("ana"), .name = "Ana", .deactivated = true});
    b.changed();
    CHECK(b.published().empty());
    CHECK(b.mail.rows("home", "withdrawn") == 1);
}

TEST_CASE("the page of who acts follows at once, the partner's after the minute in which an undo is silent") {
    bench b;
    for (const auto *who : {"ana", "priya"})
        b.o.happens(who, home_opened{});
    const auto said = b.o.says("ana", "/milestone add Draft résumé by 1 Dec", "G0PAIR");
    const auto first = b.published();
    REQUIRE(first.size() == 1);
    CHECK(first[0].body.starts_with(R"({"user_id":"U0ANA")"));
    b.o.advance(minutes{2});
    const auto second = b.published();
    REQUIRE(second.size() == 1);
    CHECK(second[0].body.starts_with(R"({"user_id":"U0PRIYA")"));
    CHECK(second[0].body.find("Draft résumé") != std::string::npos);
    b.o.advance(minutes{2});
    CHECK(b.published().empty());
}

TEST_CASE("an act that is taken back within the minute never reaches the partner's page") {
    bench b;
    b.o.happens("priya", home_opened{});
    const auto said = b.o.says("ana", "/milestone add Draft résumé by 1 Dec", "G0PAIR");
    b.o.presses("ana", said, "Undo");
    b.o.advance(minutes{2});
    CHECK(b.published().empty());
}

TEST_CASE("nobody's page is published who never opened it, and looking at a page sends none") {
    bench b;
    b.o.says("ana", "/milestone add Draft résumé by 1 Dec", "G0PAIR");
    b.o.advance(minutes{2});
    CHECK(b.published().empty());
    b.o.happens("ana", home_opened{});
    b.o.says("ana", "/mentoring");
    b.o.says("ana", "/milestone");
    b.o.advance(hours{1});
    CHECK(b.published().empty());
}

TEST_CASE(
    "a check-in, a message that waits, an enrolment and a thing for the coordinator change their pages") {
    bench b;
    for (const auto *who : {"ana", "priya", "noor", "sam"})
        b.o.happens(who, home_opened{});
    const auto published_to = [&](const std::string &who) {
        bool found = false;
        b.o.advance(minutes{2});
        for (const auto &each : b.published())
            found = found || each.body.starts_with(R"({"user_id":")" + office::slack_of(who).str());
        return found;
    };
    b.o.says("ana", "/nudge @priya");
    CHECK(published_to("ana"));
    b.o.says("noor", "/program pair @sam @mei");
    CHECK(published_to("sam"));
    b.o.says("noor", "/program end @sam @mei");
    CHECK(published_to("sam"));
}
