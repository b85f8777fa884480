// Coming into a program: the form, its window, who is eligible, gates, decisions, withdrawing, being told.
#include "handlers/applying.hpp"
#include "handlers/clearing.hpp"
#include "handlers/deciding.hpp"
#include "handlers/entering.hpp"
#include "handlers/nudging.hpp"
#include "storage/entering.hpp"
#include "tests/handlers/mail_round.hpp"
#include "tests/support/office.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace rapport;
using rapport::tests::heard;
using rapport::tests::office;

namespace {

// In the office it is 2 November 2026; the windows stand around that.
program with_applications() {
    auto p = tests::starter_program();
    p.contact = {"The office", "office@example.org", "+1 555 0100"};
    p.entry.mentors = entry_way::application;
    p.entry.proteges = entry_way::application;
    p.entry.eligibility = {{role::protege,
                            "Which year are you in?",
                            {"sophomore", "junior", "senior"},
                            "The program is for sophomores, juniors and seniors."},
                           {role::mentor,
                            "What brings you here?",
                            {"permanent employee", "alumna or alumnus"},
                            "Mentors come from member companies or partner groups."}};
    p.entry.gates = {{role::mentor, gate_kind::background_check, 12, ""},
                     {role::mentor, gate_kind::training, std::nullopt, "https://example.org/mentors"},
                     {role::protege, gate_kind::training, std::nullopt, "https://example.org/proteges"}};
    p.entry.commitments = {{role::mentor, {}, "I take part for the year, as a volunteer."},
                           {role::protege, {}, "I take part for the year."}};
    p.term = day_range{day{date::year{2026} / 12 / 1}, day{date::year{2027} / 5 / 14}};
    p.phases = {{phase_kind::apply, {day{date::year{2026} / 10 / 1}, day{date::year{2026} / 11 / 15}}},
                {phase_kind::screen, {day{date::year{2026} / 11 / 1}, day{date::year{2026} / 11 / 25}}},
                {phase_kind::match, {day{date::year{2026} / 11 / 20}, day{date::year{2026} / 11 / 30}}}};
    return p;
}

void puts_in_force(office &o, program p) {
    policies rules;
    rules.add(2, std::move(p));
    o.here.rules = std::move(rules);
}

office with_policy(program p = with_applications()) {
    office o;
    puts_in_force(o, std::move(p));
    return o;
}

void comes(office &o, const std::string &who) {
    person_described one;
    one.who = office::slack_of(who);
    one.name = who;
    one.zone = "Europe/London";
    o.happens(who, one);
}

fields protege_answers() {
    fields f;
    f.set("rule.0", choice{"1"});
    f.set("commitment", choices{{"yes"}});
    f.set("outside", choices{{"field", "interests"}});
    f.set("message", std::string("I hope for a first internship."));
    return f;
}

fields mentor_answers() {
    fields f;
    f.set("rule.0", choice{"0"});
    f.set("commitment", choices{{"yes"}});
    return f;
}

heard applies(office &o, const std::string &who, const std::string &as, fields holds) {
    comes(o, who);
    const auto form = o.says(who, "/mentoring apply " + as);
    return o.submits(who, form, std::move(holds));
}

std::optional<storage::enrolment> in_term(office &o, const std::string &who, role as) {
    std::optional<storage::enrolment> found;
    const auto id = o.id_of(who);
    o.on_file([&](storage::records &r) { found = r.programs.enrolled(o.term, id, as); });
    return found;
}

std::vector<storage::application> applications_of(office &o, const std::string &who) {
    std::vector<storage::application> all;
    const auto id = o.id_of(who);
    o.on_file([&](storage::records &r) { all = r.open<storage::applications>().of_person(id); });
    return all;
}

bool four_parts(const heard &h) {
    return h.says("Nothing was saved");
}

// Everything that was posted there, as one text.
std::string all_to(const tests::mail_round &mail, const std::string &channel) {
    std::string all;
    for (const auto &one : mail.to(channel))
        all += one.text + "\n";
    return all;
}

int waiting(office &o, std::string_view kind) {
    const auto all = o.outgoing();
    return static_cast<int>(std::count_if(
        all.begin(), all.end(), [&](const auto &one) { return one.kind == kind && one.state == "waiting"; }));
}

} // namespace

TEST_CASE("an application is a form inside the window, and says by when one hears", "[rule-1][rule-4]") {
    auto o = with_policy();
    comes(o, "kim");
    const auto form = o.says("kim", "/mentoring apply protege");
    CHECK(form.form == apply_form);
    CHECK(form.says("You hear by Wed 25 Nov 2026"));
    CHECK(form.says("Which year are you in?"));
    CHECK(form.says("The office, office@example.org, +1 555 0100"));
    const auto h = o.submits("kim", form, protege_answers());
    CHECK(h.says("Your application to Starter as protégé is in."));
    CHECK(h.says("You hear by Wed 25 Nov 2026."));
    REQUIRE(in_term(o, "kim", role::protege));
    CHECK(in_term(o, "kim", role::protege)->state == enrolment_state::applied);
    const auto all = applications_of(o, "kim");
    REQUIRE(all.size() == 1);
    CHECK(all[0].state == application_state::waiting);
    CHECK(all[0].message == "I hope for a first internship.");
    CHECK(all[0].answers.find("junior") != std::string::npos);
    CHECK(
        o.says("kim", "/mentoring").says("You applied to Starter as protégé. You hear by Wed 25 Nov 2026."));
}

TEST_CASE("a mentor's form asks the mentor's questions", "[rule-5]") {
    auto o = with_policy();
    comes(o, "kim");
    const auto form = o.says("kim", "/mentoring apply mentor");
    CHECK(form.says("What brings you here?"));
    CHECK_FALSE(form.says("Which year are you in?"));
    CHECK(std::find(form.fields.begin(), form.fields.end(), "outside") == form.fields.end());
    o.submits("kim", form, mentor_answers());
    CHECK(applications_of(o, "kim").at(0).role == role::mentor);
}

TEST_CASE("after the window closed the applicant reads that, whom to ask, and can be told when it opens",
          "[rule-1][rule-2]") {
    auto p = with_applications();
    p.phases[0].dates = {day{date::year{2026} / 9 / 1}, day{date::year{2026} / 10 / 30}};
    auto o = with_policy(p);
    comes(o, "kim");
    auto h = o.says("kim", "/mentoring apply protege");
    CHECK(four_parts(h));
    CHECK(h.says("closed on Fri 30 Oct 2026"));
    CHECK(h.says("The office, office@example.org, +1 555 0100"));
    h = o.presses("kim", h, "Tell me then");
    CHECK(h.says("I tell you when Starter opens"));
    CHECK(o.says("kim", "/mentoring").says("closed on Fri 30 Oct 2026"));
    CHECK(in_term(o, "kim", role::protege) == std::nullopt);

    // no date was known: the policy gets one, and they hear on that day, in good hours
    p.phases[0].dates = {day{date::year{2026} / 11 / 14}, day{date::year{2026} / 11 / 30}};
    puts_in_force(o, p);
    o.on_file([&](storage::records &r) { plan_openings(r, o.here, program_slug{"starter"}, o.now); });
    tests::mail_round mail(o);
    mail.until(zone::named("Europe/London")->at(day{date::year{2026} / 11 / 13}, hours{20}));
    CHECK(mail.to("D0KIM").empty());
    mail.until(zone::named("Europe/London")->at(day{date::year{2026} / 11 / 14}, hours{9}));
    REQUIRE(mail.to("D0KIM").size() == 1);
    CHECK(mail.to("D0KIM")[0].text.find("takes applications now, until Mon 30 Nov 2026") !=
          std::string::npos);
    mail.until(zone::named("Europe/London")->at(day{date::year{2026} / 11 / 25}, hours{9}));
    CHECK(mail.to("D0KIM").size() == 1);
}

TEST_CASE("before the window opens its day is said, and being told can be taken back", "[rule-1]") {
    auto p = with_applications();
    p.phases[0].dates = {day{date::year{2026} / 11 / 9}, day{date::year{2026} / 11 / 30}};
    auto o = with_policy(p);
    comes(o, "kim");
    auto h = o.says("kim", "/mentoring apply");
    h = o.presses("kim", h, "Starter: as protégé");
    CHECK(h.says("open on Mon 9 Nov 2026"));
    CHECK(four_parts(h));
    const auto told = o.presses("kim", h, "Tell me then");
    CHECK(told.says("on Mon 9 Nov 2026"));
    CHECK(o.presses("kim", h, "Tell me then").says("on the list for Starter already"));
    CHECK(waiting(o, window_opens_kind) == 1);
    o.presses("kim", told, "Undo");
    CHECK(waiting(o, window_opens_kind) == 0);
}

TEST_CASE("who is not eligible reads the rule and whom to ask; nothing is saved",
          "[rule-3][rule-37][rule-2]") {
    auto o = with_policy();
    auto none = protege_answers();
    none.set("rule.0", choice{"none"});
    auto h = applies(o, "kim", "protege", none);
    CHECK(h.says("The program is for sophomores, juniors and seniors."));
    CHECK(h.says("The office, office@example.org, +1 555 0100"));
    CHECK(four_parts(h));
    none = mentor_answers();
    none.set("rule.0", choice{"none"});
    h = applies(o, "lou", "mentor", none);
    CHECK(h.says("Mentors come from member companies or partner groups."));
    CHECK(applications_of(o, "kim").empty());
    CHECK(applications_of(o, "lou").empty());
    // any of the answers is enough
    auto second = mentor_answers();
    second.set("rule.0", choice{"1"});
    CHECK(applies(o, "lou", "mentor", second).says("is in"));
}

TEST_CASE("the commitment is a tick with its dates spelled out, for both sides",
          "[rule-10][rule-11][rule-12]") {
    auto o = with_policy();
    comes(o, "kim");
    for (const auto *as : {"mentor", "protege"}) {
        const auto form = o.says("kim", std::string("/mentoring apply ") + as);
        CHECK(form.says("from Tue 1 Dec 2026 to Fri 14 May 2027"));
        auto holds = std::string(as) == "mentor" ? mentor_answers() : protege_answers();
        holds.set("commitment", choices{});
        const auto h = o.submits("kim", form, holds);
        CHECK(h.errors.count("commitment") == 1);
        CHECK(applications_of(o, "kim").empty());
    }
    CHECK(o.says("kim", "/mentoring apply mentor").says("as a volunteer"));
    applies(o, "kim", "mentor", mentor_answers());
    CHECK(applications_of(o, "kim").at(0).committed_until == day{date::year{2027} / 5 / 14});
}

TEST_CASE("where the policy offers lengths, one is chosen", "[rule-10][rule-94]") {
    auto p = with_applications();
    p.entry.commitments = {{role::mentor, {6, 9}, "I mentor for the time I chose."}};
    auto o = with_policy(p);
    auto holds = mentor_answers();
    CHECK(applies(o, "kim", "mentor", holds).errors.count("commitment") == 1);
    holds.set("commitment", choice{"6"});
    applies(o, "kim", "mentor", holds);
    CHECK(applications_of(o, "kim").at(0).committed_until == day{date::year{2027} / 5 / 31});
    holds.set("commitment", choice{"7"});
    CHECK(applies(o, "lou", "mentor", holds).errors.count("commitment") == 1);
}

TEST_CASE("applying twice, or as what one cannot apply for, is answered in four parts", "[rule-4]") {
    auto p = with_applications();
    p.entry.mentors = entry_way::invitation;
    auto o = with_policy(p);
    applies(o, "kim", "protege", protege_answers());
    auto h = o.says("kim", "/mentoring apply protege");
    CHECK(four_parts(h));
    CHECK(h.says("that application stands. You hear by Wed 25 Nov 2026."));
    h = o.says("kim", "/mentoring apply mentor");
    CHECK(four_parts(h));
    CHECK(h.says("come by invitation"));
    CHECK(h.says("/mentoring apply protege starter"));
    h = o.says("ana", "/mentoring apply protege");
    CHECK(four_parts(h));
    CHECK(h.says("You are in Starter as protégé already."));
    CHECK(four_parts(o.says("kim", "/mentoring apply captain")));
    CHECK(four_parts(o.says("kim", "/mentoring apply protege elsewhere")));
    CHECK(applications_of(o, "kim").size() == 1);
}

TEST_CASE("a form that comes back after the window closed is refused and keeps what was typed", "[rule-1]") {
    auto o = with_policy();
    comes(o, "kim");
    const auto form = o.says("kim", "/mentoring apply protege");
    o.advance(days{20});
    const auto h = o.submits("kim", form, protege_answers());
    CHECK(four_parts(h));
    CHECK(h.says("closed on Sun 15 Nov 2026"));
    CHECK_FALSE(h.closed);
    CHECK(applications_of(o, "kim").empty());
}

TEST_CASE("a message that is too long is said under its field", "[rule-4]") {
    auto o = with_policy();
    auto holds = protege_answers();
    holds.set("message", std::string(501, 'x'));
    CHECK(applies(o, "kim", "protege", holds).errors.count("message") == 1);
    CHECK(applications_of(o, "kim").empty());
}

TEST_CASE("what a mentor from outside may see is asked, kept, and can be changed", "[rule-4]") {
    auto o = with_policy();
    applies(o, "kim", "protege", protege_answers());
    const auto fields_shown = [&] {
        std::optional<std::vector<std::string>> out;
        const auto id = o.id_of("kim");
        o.on_file([&](storage::records &r) {
            out = r.open<storage::outside_consents>().of(program_slug{"starter"}, id);
        });
        return out;
    };
    CHECK(fields_shown() == std::vector<std::string>{"field", "interests"});
    const auto opened = o.says("kim", "/mentoring outside-view");
    CHECK(opened.says("Besides your name"));
    fields none;
    none.set("outside", choices{});
    CHECK(o.submits("kim", opened, none).says("and nothing else"));
    CHECK(fields_shown() == std::vector<std::string>{});
}

TEST_CASE("applying can be undone silently, and withdrawing too", "[rule-4]") {
    auto o = with_policy();
    const auto h = applies(o, "kim", "protege", protege_answers());
    o.presses("kim", h, "Undo");
    CHECK(in_term(o, "kim", role::protege)->state == enrolment_state::left);
    CHECK(o.says("noor", "/program applications").says("No application"));
    applies(o, "kim", "protege", protege_answers());
    const auto gone = o.says("kim", "/mentoring withdraw");
    CHECK(gone.says("no longer an applicant in Starter"));
    CHECK(o.says("noor", "/program applications").says("No application"));
    CHECK(four_parts(o.says("kim", "/mentoring withdraw")));
    o.presses("kim", gone, "Undo");
    CHECK(in_term(o, "kim", role::protege)->state == enrolment_state::applied);
    CHECK(o.says("noor", "/program applications").says("1 application waits"));
    // not out of a pair
    CHECK(o.says("ana", "/mentoring withdraw").says("more than an application"));
}

TEST_CASE("coordinators hear of an application with Accept and Decline; accepting says what is still missing",
          "[rule-4][rule-5]") {
    auto o = with_policy();
    applies(o, "kim", "mentor", mentor_answers());
    tests::mail_round mail(o);
    mail.until(o.now + hours{30});
    REQUIRE(mail.to("D0NOOR").size() == 1);
    CHECK(mail.to("D0NOOR")[0].text.find("Applied as mentor on Mon 2 Nov") != std::string::npos);
    const auto queue = o.says("noor", "/program");
    CHECK(queue.says("One person waits for an answer."));
    const auto read = o.presses("noor", queue, "Read it");
    CHECK(read.says("permanent employee"));
    CHECK(read.says("Takes part until Fri 14 May 2027."));
    CHECK(read.says("waiting for check, training not done yet"));
    const auto h = o.presses("noor", queue, "Accept");
    CHECK(h.says("is accepted as mentor in Starter"));
    CHECK(in_term(o, "kim", role::mentor)->state == enrolment_state::waiting);
    CHECK_FALSE(o.says("noor", "/program").says("waits for an answer"));
    CHECK(o.presses("noor", queue, "Decline").says("answered or withdrawn already"));
    mail.until(o.now + hours{2});
    REQUIRE(mail.to("D0KIM").size() >= 1);
    CHECK(all_to(mail, "D0KIM").find("You are in: Starter takes you as mentor.") != std::string::npos);
    CHECK(all_to(mail, "D0KIM").find("Waiting for check") != std::string::npos);
}

TEST_CASE("declining is kind, carries no reason, keeps none, and can be taken back before it is read",
          "[rule-6]") {
    auto o = with_policy();
    applies(o, "kim", "mentor", mentor_answers());
    auto queue = o.says("noor", "/program applications");
    const auto h = o.presses("noor", queue, "Decline");
    CHECK(h.says("No reason is asked or kept."));
    o.presses("noor", h, "Undo");
    CHECK(in_term(o, "kim", role::mentor)->state == enrolment_state::applied);
    CHECK(waiting(o, decision_kind) == 0);
    queue = o.says("noor", "/program applications");
    o.presses("noor", queue, "Decline");
    CHECK(in_term(o, "kim", role::mentor)->state == enrolment_state::left);
    tests::mail_round mail(o);
    mail.until(o.now + hours{2});
    REQUIRE(mail.to("D0KIM").size() == 1);
    CHECK(mail.to("D0KIM")[0].text.find("There is no place for you as mentor this time") !=
          std::string::npos);
    CHECK(mail.to("D0KIM")[0].text.find("check") == std::string::npos);
}

TEST_CASE("nobody decides about themselves, and only coordinators decide", "[rule-4]") {
    auto o = with_policy();
    o.says("olive", "/program appoint @sam");
    applies(o, "sam", "protege", protege_answers());
    CHECK(o.says("sam", "/program applications").says("No application"));
    const auto queue = o.says("noor", "/program applications");
    CHECK(four_parts(o.presses("sam", queue, "Accept")));
    CHECK(four_parts(o.presses("ana", queue, "Accept")));
    CHECK(in_term(o, "sam", role::protege)->state == enrolment_state::applied);
}

TEST_CASE("a pair waits until the check is there, and coordinators read which gate is missing",
          "[rule-6][rule-8]") {
    auto o = with_policy();
    auto h = o.says("noor", "/program pair @sam @mei");
    CHECK(four_parts(h));
    CHECK(h.says("Sam cannot be paired yet: waiting for check, training not done yet."));
    CHECK(o.says("noor", "/program people").says("<@U0SAM>: mentor, in no pair, waiting for check"));
    h = o.says("noor", "/program clear @sam check until 2027-03-01");
    CHECK(h.says("check cleared until Mon 1 Mar 2027. Still missing: training not done yet."));
    o.says("noor", "/program clear @sam training");
    CHECK(o.says("noor", "/program pair @sam @mei").says("Mei cannot be paired yet: training"));
    CHECK(o.says("noor", "/program clear @mei training").says("Nothing is missing"));
    CHECK(o.says("noor", "/program pair @sam @mei").says("are a pair"));
}

TEST_CASE("of a check only until when it holds is kept, and a refusal leaves nothing", "[rule-6]") {
    auto o = with_policy();
    o.says("noor", "/program clear @sam check");
    const auto on_record = [&] {
        std::optional<storage::clearance> out;
        const auto id = o.id_of("sam");
        o.on_file([&](storage::records &r) {
            out =
                r.open<storage::clearances>().find(program_slug{"starter"}, id, gate_kind::background_check);
        });
        return out;
    };
    REQUIRE(on_record());
    CHECK(on_record()->until == day{date::year{2027} / 11 / 1}); // valid for twelve months
    const auto h = o.says("noor", "/program not-cleared @sam check");
    CHECK(h.says("no reason is kept"));
    CHECK_FALSE(on_record());
    CHECK(o.says("noor", "/program people").says("waiting for check"));
    CHECK_FALSE(o.says("noor", "/program people").says("not cleared"));
    o.presses("noor", h, "Undo");
    CHECK(on_record());
}

TEST_CASE("no check is asked of protégés", "[rule-7]") {
    auto o = with_policy();
    const auto h = o.says("noor", "/program clear @mei check");
    CHECK(four_parts(h));
    CHECK(h.says("asks no check of Mei"));
    CHECK_FALSE(o.says("mei", "/mentoring").says("check"));
    CHECK(o.says("noor", "/program people").says("<@U0MEI>: protégé, in no pair, training not done yet"));
}

TEST_CASE("a training is done by one's own word, with its link, on either side", "[rule-8][rule-9]") {
    auto o = with_policy();
    for (const auto *who : {"sam", "mei"}) {
        INFO(who);
        const auto page = o.says(who, "/mentoring");
        CHECK(page.says(std::string("https://example.org/") + (*who == 's' ? "mentors" : "proteges")));
        const auto h = o.presses(who, page, "I did the training");
        CHECK(h.says("by your own word"));
        CHECK_FALSE(o.says(who, "/mentoring").says("Still missing: "));
        o.presses(who, h, "Undo");
        CHECK(o.says(who, "/mentoring").says("Still missing: "));
    }
}

TEST_CASE("what is missing stands on the home page too", "[rule-8]") {
    auto o = with_policy();
    const auto home = o.happens("sam", home_opened{});
    CHECK(home.says("Waiting for check"));
    CHECK(home.says("Still missing: "));
}

TEST_CASE("a gate that ends during a pair goes to the coordinators, and the partner reads nothing of it",
          "[rule-6]") {
    auto p = with_applications();
    p.replies.steps.clear();
    p.check_ins.reset();
    auto o = with_policy(p);
    o.says("noor", "/program clear @priya training");
    o.says("noor", "/program clear @priya check until 2026-11-10");
    tests::mail_round mail(o);
    mail.until(zone::named("Europe/London")->at(day{date::year{2026} / 11 / 10}, hours{20}));
    CHECK(all_to(mail, "D0NOOR").find("ended") == std::string::npos);
    mail.until(zone::named("Europe/London")->at(day{date::year{2026} / 11 / 12}, hours{12}));
    CHECK(all_to(mail, "D0NOOR").find("The check of Priya ended while they are in a pair.") !=
          std::string::npos);
    CHECK(all_to(mail, "D0ANA").find("check") == std::string::npos);
    CHECK_FALSE(o.says("ana", "/mentoring").says("check"));
    CHECK(o.says("priya", "/mentoring").says("held until Tue 10 Nov 2026"));
    CHECK(o.says("noor", "/program").says("The check of Priya ended"));
    o.says("noor", "/program clear @priya check until 2027-11-10");
    CHECK_FALSE(o.says("noor", "/program").says("The check of Priya ended"));
}

TEST_CASE("clearing the application is accepting it; clearing takes a date as people write it", "[rule-4]") {
    auto o = with_policy();
    applies(o, "kim", "protege", protege_answers());
    CHECK(o.says("noor", "/program clear @kim application").says("is accepted as protégé"));
    CHECK(four_parts(o.says("noor", "/program clear @kim application")));
    CHECK(four_parts(o.says("noor", "/program clear @sam check until 3/4")));
    CHECK(four_parts(o.says("noor", "/program clear @sam fingerprint")));
    CHECK(four_parts(o.says("noor", "/program clear @zed check")));
    CHECK(four_parts(o.says("noor", "/program clear nobody@example.org check")));
    CHECK(four_parts(o.says("ana", "/program clear @sam check")));
}

TEST_CASE("a program whose doors are open takes people at once; one that is not formal asks nothing",
          "[rule-51][rule-56]") {
    auto p = with_applications();
    p.entry.proteges = entry_way::open;
    auto o = with_policy(p);
    CHECK(applies(o, "kim", "protege", protege_answers()).says("You are in Starter as protégé."));
    CHECK(in_term(o, "kim", role::protege)->state == enrolment_state::waiting); // the training
    p.formal = false;
    p.entry.mentors = entry_way::open;
    puts_in_force(o, p);
    comes(o, "lou");
    const auto h = o.says("lou", "/mentoring apply mentor");
    CHECK(h.form.empty());
    CHECK(h.says("You are in Starter as mentor."));
    CHECK(in_term(o, "lou", role::mentor)->state == enrolment_state::active);
    CHECK(o.says("noor", "/program pair @lou @kim").says("are a pair")); // no gates
    o.presses("lou", h, "Undo");
    CHECK(in_term(o, "lou", role::mentor)->state == enrolment_state::active); // in a pair by now
}

TEST_CASE(
    "anyone may be on the protégé side, and an offered kind of mentor is chosen from the program's list",
    "[rule-50][rule-54]") {
    auto p = with_applications();
    p.entry.eligibility.clear();
    p.mentor_kinds = {"coach", "older student"};
    auto o = with_policy(p);
    auto holds = mentor_answers();
    holds.set("kind", choice{"1"});
    applies(o, "kim", "mentor", holds);
    CHECK(applications_of(o, "kim").at(0).answers.find("older student") != std::string::npos);
    // a mentor, or a member of staff, may look for guidance too
    CHECK(applies(o, "sam", "protege", protege_answers()).says("is in"));
}

TEST_CASE("the ledger of recruiting counts ways, never people, and no attribute of anybody",
          "[rule-38][rule-40]") {
    auto o = with_policy();
    CHECK(o.says("noor", "/program invited 40 alumni office").says("alumni office: 40 invited"));
    for (const auto *who : {"kim", "lou", "max", "tom"})
        applies(o, who, "mentor", mentor_answers());
    CHECK(o.says("noor", "/program recruiting").says("permanent employee*: fewer than five applied"));
    applies(o, "una", "mentor", mentor_answers());
    const auto h = o.says("noor", "/program recruiting");
    CHECK(h.says("permanent employee*: 5 applied, 0 cleared, 0 matched"));
    CHECK(h.says("alumni office*: 40 invited; nobody applied yet"));
    CHECK(h.says("Ways are counted, never people."));
    CHECK(four_parts(o.says("noor", "/program invited 200000 alumni office")));
    CHECK(four_parts(o.says("ana", "/program recruiting")));
}

TEST_CASE("the calendar of phases says when applications run, whom to ask always", "[rule-2][rule-39]") {
    auto o = with_policy();
    comes(o, "kim");
    const auto h = o.says("kim", "/mentoring");
    CHECK(h.says("Applications until Sun 15 Nov 2026."));
    CHECK(h.says("Whom to ask: The office, office@example.org, +1 555 0100."));
    const auto which = o.presses("kim", h, "Apply");
    CHECK(o.presses("kim", which, "Starter: as mentor").form == apply_form);
}
