// The way of a request: once, permitted, read, handled, kept; help, near words, "the same one?" and undo, on
// tables of the test.
#include "handlers/dispatch.hpp"
#include "handlers/surface/characters.hpp"
#include "handlers/taking_back.hpp"
#include "handlers/twice.hpp"
#include "handlers/which_pair.hpp"
#include "storage/inbox.hpp"
#include "storage/outbox.hpp"
#include "tests/support/office.hpp"

#include <catch2/catch.hpp>

using namespace rapport;
using rapport::surface::text;
using rapport::tests::heard;
using rapport::tests::office;

namespace {

int times_run = 0;

result<answer> note(desk &at) {
    ++times_run;
    return done(text("Noted: {}", at.words.text("note")));
}
result<answer> add(desk &at) {
    ++times_run;
    const auto &title = at.words.text("title");
    auto says = surface::said(text("Added *{}*.", title));
    const auto told = "told:" + title;
    storage::outbox(at.on_file.db)
        .add({.team = at.asked.team,
              .id = at.on_file.ids.make<storage::outbox_id>(at.now()),
              .key = told,
              .verb = storage::outbox_verb::post,
              .kind = "test.told",
              .policy = storage::send_policy::at_least_once,
              .person = {},
              .channel = channel_id{"G0PAIR"},
              .pair = {},
              .subject = "milestone:1",
              .params = "",
              .not_before_at = partner_hears_at(at),
              .created_at = at.now()});
    says.blocks.emplace_back(surface::actions{{undo_button(at, "added", title, told)}});
    return done(std::move(says));
}
result<surface::mrkdwn> unadd(desk &, const storage::undo_offer &offer) {
    if (offer.subject == "agreed")
        return refusal{"", "The other side has agreed to it meanwhile.", "/milestone drop 1"};
    return text("Taken back: {}", offer.subject);
}
result<answer> refuses(desk &) {
    return refusal{"", "There is no milestone 9.", ""};
}
result<answer> opens(desk &) {
    return open_form(
        {.callback = "check_in",
         .title = "Check-in",
         .submit = "Send",
         .metadata = "P1",
         .blocks = {surface::input{.field = "note", .label = "Note", .asks = surface::plain_text_input{}}}});
}
result<answer> throws(desk &) {
    throw std::runtime_error("boom");
}
result<answer> writes_then_throws(desk &at) {
    at.on_file.acts.remember(at.who.id(), "half done", at.now());
    throw std::runtime_error("boom");
}
result<answer> say_pair(desk &at) {
    const auto partner = at.on_file.people.by_id(at.pair().partner_of(at.who.id()));
    return tell(text("About {}.", partner->name));
}
result<answer> quiet(desk &) {
    ++times_run;
    return silence();
}
result<answer> sent_form(desk &at) {
    const auto words = at.sent().holds.text("note");
    if (words.empty())
        return refusal{"", "The note is empty.", "a word or two"};
    if (words == "bad") {
        answer out;
        out.what = outcome::refused;
        out.form = form_errors{{{"note", "Not that word."}}};
        return out;
    }
    return done(text("Saved: {}", words));
}

using enum command_name;
constexpr command_row commands[] = {
    {checkin, "", "[note...]", "Check in.", permission::paired, mentors | mentored, note, "All well"},
    {checkin, "history", "", "Earlier ones.", permission::paired, mentors | mentored, quiet, "history"},
    {milestone, "", "", "The list.", permission::paired, mentors | mentored, quiet, ""},
    {milestone, "add", "<title...> [by <date>]", "Log a milestone.", permission::paired, mentors | mentored,
     add, "add Draft résumé by 1 Dec", about::pair, twice::asks},
    {milestone, "done", "<n>", "It is done.", permission::paired, mentors | mentored, refuses, "done 2"},
    {milestone, "drop", "<n>", "Drop it.", permission::paired, mentors | mentored, throws, "drop 2"},
    {milestone, "half", "", "Fails in the middle.", permission::paired, to_nobody, writes_then_throws,
     "half"},
    {nudge, "", "[@person]", "Ask for an answer.", permission::enrolled, enrolled, opens, ""},
    {nudge, "whom", "[@person]", "Say which pair.", permission::paired, to_nobody, say_pair, "whom",
     about::pair},
    {nudge, "guide", "", "For mentors.", permission::mentor, to_nobody, say_pair, "guide", about::pair},
    {mentoring, "", "", "Where you stand.", permission::anyone, to_all, quiet, ""},
    {mentoring, "apply", "[program]", "Apply to a program.", permission::anyone, is_outside, quiet,
     "apply starter"},
    {mentoring, "browse", "", "Browse mentors.", permission::enrolled, is_waiting, quiet, "browse"},
    {mentoring, "log", "<how:call|email>", "Log a contact.", permission::paired, mentors | mentored, quiet,
     "log call"},
    {program, "people", "", "Who is in it.", permission::coordinator, coordinates, quiet, "people"},
    {program, "appoint", "<@person>", "Appoint a coordinator.", permission::owner, owns, quiet,
     "appoint @noor"},
};
constexpr button_row buttons[] = {
    {undo_action, permission::anyone, take_back},  {again_yes, permission::anyone, run_carried},
    {again_no, permission::anyone, leave_it_once}, {pair_chosen, permission::anyone, run_carried},
    {"mentor.only", permission::mentor, quiet},
};
constexpr form_row forms[] = {{"check_in", permission::paired, sent_form, quiet}};
constexpr event_row events[] = {{"home", "app_home_opened", "", false, quiet}};
constexpr undo_row undos[] = {{"added", milestone, "drop 1", unadd}};
constexpr shortcut_row shortcuts[] = {
    {shortcut_kind::global, "check_in", "Check in", "Opens the form.", permission::paired, opens}};
static_assert(no_row_twice(commands) && well_made(commands) && examples_fit(commands));
constexpr tables rows{commands, buttons, forms, shortcuts, events, undos};

void has_four_parts(const heard &h, const std::string &read) {
    CAPTURE(h.text);
    CHECK(h.text.find("I read: " + read) == 0);
    CHECK(h.text.find("\nTry: ") != std::string::npos);
    CHECK(h.text.ends_with("\nNothing was saved."));
}

} // namespace

TEST_CASE("a command is found, read, handled and answered to the caller only") {
    office o(rows);
    const auto h = o.says("ana", "/milestone add Draft résumé by 1 Dec");
    CHECK(h.text == "Added *Draft résumé*.");
    CHECK(h.raw.ack.find("\"response_type\":\"ephemeral\"") != std::string::npos);
    CHECK(o.says("ana", "/MILESTONE   ADD  another").text == "Added *another*.");
    CHECK(o.says("ana", "/checkin All <!channel> well").text == "Noted: All &lt;!channel&gt; well");
}

TEST_CASE("the same delivery again changes nothing and hears the same, later that it was recorded") {
    office o(rows);
    times_run = 0;
    const auto first = o.says("ana", "/checkin All well");
    const auto same_as_first = [&](rendered_answer again) {
        CHECK(again.seen_before);
        again.seen_before = false;
        return again == first.raw;
    };
    CHECK(same_as_first(o.delivers(o.last()).raw));
    auto other_key = o.last();
    other_key.second_key = other_key.key;
    other_key.key = "another";
    CHECK(same_as_first(o.delivers(other_key).raw));
    CHECK(times_run == 1);
    const auto key = o.last().second_key;
    o.on_file([&](storage::records &r) { storage::inbox(r.db).mark_delivered(r.team, key, o.now); });
    CHECK(o.delivers(other_key).text == "That was already recorded.");
    CHECK(times_run == 1);
}

TEST_CASE("a handler that throws leaves nothing behind, and the same request may come again") {
    office o(rows);
    o.says("ana", "/checkin hello");
    auto asked = o.last();
    asked.key = "fails";
    asked.what = command_typed{"/milestone", "half"};
    CHECK(o.fails(asked).find("boom") != std::string::npos);
    const auto ana = o.id_of("ana");
    o.on_file(
        [&](storage::records &r) { CHECK_FALSE(r.acts.done_lately(ana, "half done", o.now - hours{1})); });
    asked.what = command_typed{"/checkin", "hello again"};
    CHECK(o.delivers(asked).text == "Noted: hello again");
}

TEST_CASE("an apology and a busy line keep the four parts and give a reference") {
    office o(rows);
    o.says("ana", "/checkin hello");
    auto asked = o.last();
    for (const auto &line : {sorry(asked, "r-1"), busy(asked)})
        CHECK(rendered(line, asked).ack.find("Nothing was saved.") != std::string::npos);
    CHECK(rendered(sorry(asked, "r-1"), asked).ack.find("r-1") != std::string::npos);
    asked.what = form_sent{"check_in", ""};
    CHECK(rendered(busy(asked), asked).ack.find("\"response_action\":\"push\"") != std::string::npos);
    asked.what = message_seen{"1.2"};
    CHECK(rendered(sorry(asked, "r-1"), asked).empty());
}

TEST_CASE("an unknown verb hears the nearest one as a line that works") {
    office o(rows);
    const auto h = o.says("ana", "/milestone ad Draft");
    has_four_parts(h, "/milestone ad Draft");
    CHECK(h.says("I do not know “ad”; the nearest is “add”."));
    CHECK(h.says("Try: /milestone add Draft résumé by 1 Dec"));
    CHECK(o.says("ana", "/milestone dorp 3").says("Try: /milestone drop 2"));
    CHECK(o.says("ana", "/milestone xyzzy").says("Try: /milestone help"));
    CHECK(o.says("ana", "/program peopel").says("Try: /program help")); // not hers, so never offered
    CHECK(o.says("noor", "/program peopel").says("Try: /program people"));
    has_four_parts(o.says("ana", "/elsewhere do it"), "/elsewhere");
    has_four_parts(o.says("ana", "/milestone " + std::string(40'000, 'x')), "/milestone xxx");
}

TEST_CASE("where a command takes free words, a verb counts only if the rest fits it") {
    office o(rows);
    CHECK(o.says("ana", "/checkin History was fun").text == "Noted: History was fun");
    CHECK(o.says("ana", "/checkin history").text.empty());
    CHECK(o.says("ana", "/checkin").text == "Noted: ");
    CHECK(o.says("ana", "/checkin help me find a lab").text == "Noted: help me find a lab");
    CHECK(o.says("ana", "/nudge please").says("I do not know"));
    CHECK(o.says("ana", "/nudge @priya").form == "check_in");
}

TEST_CASE("a line its row cannot read, and a rule that says no, are refused in four parts") {
    office o(rows);
    has_four_parts(o.says("ana", "/milestone done two"), "/milestone done two");
    const auto h = o.says("ana", "/milestone done 9");
    has_four_parts(h, "/milestone done 9");
    CHECK(h.says("There is no milestone 9."));
    CHECK(h.says("Try: /milestone done 2"));
}

TEST_CASE("every command of the tables answers whoever may and refuses whoever may not, saying only what it "
          "is for") {
    struct cell {
        const char *who;
        unsigned stands;
    };
    const cell people[] = {{"olive", owns | coordinates | is_outside},
                           {"noor", coordinates | is_outside},
                           {"priya", enrolled | mentors},
                           {"ana", enrolled | mentored},
                           {"sam", enrolled | is_waiting},
                           {"mei", enrolled | is_waiting},
                           {"zed", is_outside}};
    const auto walk = [&](const tables &table) {
        for (const auto &[who, stands] : people) {
            office o(table);
            o.on_file([&](storage::records &r) {
                CHECK(who_asks(r, o.here.rules, o.here.owners, office::slack_of(who)).stands == stands);
            });
            for (const auto &row : table.commands) {
                CAPTURE(text_of(row.command), row.verb, who);
                if (row.run == throws || row.run == writes_then_throws)
                    continue;
                office fresh(table); // what one row does must not change who may use the next
                const auto h = fresh.says(who, fresh.here.names.line(row.command, row.example));
                const bool denial = h.says("and you are not among them now.");
                CHECK(denial == !allowed(row.may, stands));
                if (denial) {
                    CHECK(h.says(row_of(row.may).who));
                    has_four_parts(h, "/");
                }
            }
        }
    };
    walk(rows);
    walk(the_tables());
}

TEST_CASE("buttons ask for permission too, and old ones answer politely") {
    office o(rows);
    heard h;
    h.buttons = {{"Mine", "mentor.only#2", ""}, {"Old", "long.gone", "7"}};
    CHECK(o.presses("priya", h, "Mine").text.empty());
    CHECK(o.presses("ana", h, "Mine").says("This is for mentors in a pair"));
    const auto old = o.presses("zed", h, "Old");
    CHECK(old.says("That button is from another time"));
    CHECK_FALSE(old.replaced);
}

TEST_CASE("help shows at most eight verbs that fit where one stands, the contact last") {
    office o(rows);
    const auto ana = o.says("ana", "/milestone help");
    CHECK(ana.says("`/milestone add &lt;title...&gt; [by &lt;date&gt;]` Log a milestone."));
    CHECK_FALSE(ana.says("Fails in the middle."));
    CHECK(ana.blocks.back() == "*Whom to ask*\nStarter: Noor, <mailto:noor@example.org|noor@example.org>");
    CHECK(ana.text.ends_with(ana.blocks.back()));
    CHECK(o.says("ana", "/milestone help all").says("Fails in the middle."));
    CHECK(o.says("ana", "/checkin ?").says("`/checkin history` Earlier ones."));

    const auto zed = o.says("zed", "/mentoring help");
    CHECK(zed.says("/mentoring apply"));
    CHECK_FALSE(zed.says("/mentoring log"));
    CHECK(zed.says("*Whom to ask*"));
    CHECK_FALSE(o.says("zed", "/mentoring help all").says("/mentoring browse"));
    CHECK(o.says("sam", "/mentoring help").says("/mentoring browse"));
    CHECK_FALSE(o.says("sam", "/mentoring help").says("/mentoring apply"));
    CHECK(o.says("ana", "/mentoring help all").says("Other commands: `/checkin`, `/milestone`, `/nudge`"));
    CHECK(o.says("zed", "/mentoring contact").says("I do not know")); // no row of these tables
}

TEST_CASE("help never shows more than eight verbs unasked") {
    static constexpr command_row many[] = {
        {mentoring, "a", "", "A.", permission::anyone, to_all, quiet, "a"},
        {mentoring, "b", "", "B.", permission::anyone, to_all, quiet, "b"},
        {mentoring, "c", "", "C.", permission::anyone, to_all, quiet, "c"},
        {mentoring, "d", "", "D.", permission::anyone, to_all, quiet, "d"},
        {mentoring, "e", "", "E.", permission::anyone, to_all, quiet, "e"},
        {mentoring, "f", "", "F.", permission::anyone, to_all, quiet, "f"},
        {mentoring, "g", "", "G.", permission::anyone, to_all, quiet, "g"},
        {mentoring, "h", "", "H.", permission::anyone, to_all, quiet, "h"},
        {mentoring, "i", "", "I.", permission::anyone, to_all, quiet, "i"},
        {mentoring, "j", "", "J.", permission::anyone, to_all, quiet, "j"}};
    static constexpr tables wide{many, buttons, forms, shortcuts, events, undos};
    office o(wide);
    const auto h = o.says("ana", "/mentoring help");
    CHECK(h.says("`/mentoring h` H."));
    CHECK_FALSE(h.says("`/mentoring i` I."));
    CHECK(o.says("ana", "/mentoring help all").says("`/mentoring j` J."));
    CHECK(o.says("ana", "/mentoring")
              .says("`/mentoring h` H.")); // without a row of its own, help is the useful thing
}

TEST_CASE("renamed commands are found, shown and suggested by their new names") {
    office o(rows);
    REQUIRE(o.here.names.rename(milestone, "/steps"));
    CHECK(o.says("ana", "/steps add Draft").text == "Added *Draft*.");
    CHECK(o.says("ana", "/milestone add Draft").says("That is not a command of mine here."));
    CHECK(o.says("ana", "/steps ad x").says("Try: /steps add Draft résumé by 1 Dec"));
    CHECK(o.says("ana", "/steps help").says("`/steps add"));
    CHECK_FALSE(o.here.names.rename(nudge, "/steps"));
    for (const auto *bad : {"", "/", "steps", "/Steps", "/a b", "/ümlaut"})
        CHECK_FALSE(o.here.names.rename(nudge, bad));
}

TEST_CASE("the same act twice within five minutes asks, and either answer is taken") {
    office o(rows);
    times_run = 0;
    o.says("ana", "/milestone add Draft &amp; résumé");
    o.advance(minutes{2});
    const auto question = o.says("ana", "/milestone ADD  draft &amp; résumé");
    CHECK(times_run == 1);
    CHECK(question.says("You did this 2 minutes ago"));
    CHECK(question.says("Nothing new was saved."));
    CHECK(o.presses("ana", question, "The same one").text == "Good, it stands once.");
    CHECK(times_run == 1);
    const auto again = o.presses("ana", question, "Another one, save it");
    CHECK(times_run == 2);
    CHECK(again.replaced);
    CHECK(again.text == "Added *draft &amp;amp; résumé*.");
    CHECK(o.says("ana", "/milestone add Something else").text.starts_with("Added"));
    CHECK(o.says("priya", "/milestone add Draft &amp; résumé").text.starts_with("Added"));
    o.advance(minutes{6});
    CHECK(o.says("ana", "/milestone add Draft &amp; résumé").text.starts_with("Added"));
}

TEST_CASE("a refused act does not make the next one ask") {
    office o(rows);
    CHECK(o.says("ana", "/milestone add by 1 Dec").says("Nothing was saved."));
    CHECK(o.says("ana", "/milestone add by 1 Dec").says("It needs a title."));
}

TEST_CASE("undo within a minute is silent, later it strikes out what the partner read") {
    office o(rows);
    const auto h = o.says("ana", "/milestone add Draft");
    REQUIRE(o.outgoing().size() == 1);
    CHECK(o.outgoing()[0].not_before_at == o.now + minutes{1});
    const auto undone = o.presses("ana", h, "Undo");
    CHECK(undone.text == "Taken back: Draft");
    CHECK(undone.replaced);
    CHECK(o.outgoing().size() == 1);
    CHECK(o.outgoing()[0].state == "withdrawn");
    CHECK(o.presses("ana", h, "Undo").says("That was taken back already."));

    const auto second = o.says("ana", "/milestone add Poster");
    o.advance(minutes{2});
    o.on_file([&](storage::records &r) {
        storage::outbox box(r.db);
        for (const auto &row : box.claim(o.now, 10, minutes{1}, "token"))
            box.sent(storage::claim_of(row), channel_id{"G0PAIR"}, "1.2", o.now);
    });
    CHECK(o.presses("ana", second, "Undo").text == "Taken back: Poster");
    const auto out = o.outgoing();
    REQUIRE(out.size() == 3);
    CHECK(out.back().kind == "struck_out");
    CHECK(out.back().verb == "update");
    CHECK(out.back().params == "told:Poster");
}

TEST_CASE("undo is for its own person, for ten minutes, and not after the other side acted") {
    office o(rows);
    const auto h = o.says("ana", "/milestone add Draft");
    const auto stranger = o.presses("priya", h, "Undo");
    heard unknown = h;
    unknown.buttons[0].value = "00000000000000000000000000";
    CHECK(stranger.text == o.presses("priya", unknown, "Undo").text); // never told apart
    const auto agreed = o.says("ana", "/milestone add agreed");
    CHECK(o.presses("ana", agreed, "Undo").says("The other side has agreed to it meanwhile."));
    o.advance(minutes{10});
    CHECK(o.presses("ana", h, "Undo").text == "Taken back: Draft");
    const auto late = o.says("ana", "/milestone add Late");
    o.advance(minutes{10} + milliseconds{1});
    const auto refused = o.presses("ana", late, "Undo");
    CHECK(refused.says("The ten minutes for taking it back are over."));
    CHECK(refused.says("/milestone drop 1"));
}

namespace {

// Priya also mentors Mei, in "G0MEI", and is Sam's protégée.
void more_pairs(office &o) {
    o.on_file([&](storage::records &r) {
        const auto add_pair = [&](const char *mentor, const char *protege, const char *channel) {
            storage::pair p;
            p.id = r.ids.make<pair_id>(o.now);
            p.program = program_slug{"starter"};
            p.term = o.term;
            p.mentor = r.people.by_slack(office::slack_of(mentor))->id;
            p.protege = r.people.by_slack(office::slack_of(protege))->id;
            p.began_at = o.now;
            p.channel = channel_id{channel};
            r.pairs.open_conversation(*p.channel, o.now);
            r.pairs.add(p);
        };
        add_pair("priya", "mei", "G0MEI");
        add_pair("sam", "priya", "G0SAM");
    });
}

std::vector<std::string> labels(const heard &h) {
    std::vector<std::string> out;
    for (const auto &b : h.buttons)
        out.push_back(b.label);
    return out;
}

} // namespace

TEST_CASE("a command means the pair of the conversation, the one named, the only one, or asks") {
    office o(rows);
    CHECK(o.says("ana", "/nudge whom").text == "About Priya.");
    more_pairs(o);
    CHECK(o.says("priya", "/nudge whom", "G0MEI").text == "About Mei.");
    CHECK(o.says("priya", "/nudge whom @ana").text == "About Ana.");
    CHECK(o.says("mei", "/nudge whom @zed").text == "About Priya.");
    const auto question = o.says("priya", "/nudge whom");
    CHECK(question.says("Which pair is this for? Nothing is saved until you choose."));
    CHECK(labels(question) == std::vector<std::string>{"Ana", "Mei", "Sam"});
    const auto chosen = o.presses("priya", question, "Sam");
    CHECK(chosen.text == "About Sam.");
    CHECK(chosen.replaced);
    CHECK(labels(o.says("priya", "/nudge guide")) == std::vector<std::string>{"Ana", "Mei"});
}

TEST_CASE("the menu keeps what was typed, and the same one is asked of the pair that was chosen") {
    office o(rows);
    more_pairs(o);
    const std::string line = "/milestone add Draft <!channel> & \"x\" by 1 Dec";
    const auto ana_question = o.says("priya", line);
    CHECK(o.presses("priya", ana_question, "Ana").text == "Added *Draft &lt;!channel&gt; &amp; \"x\"*.");
    CHECK(o.presses("priya", o.says("priya", line), "Mei").text.starts_with("Added"));
    const auto twice_asked = o.presses("priya", o.says("priya", line), "Ana");
    CHECK(twice_asked.says("Is this the same one?"));
    times_run = 0;
    CHECK(o.presses("priya", twice_asked, "Another one, save it").text.starts_with("Added"));
    CHECK(times_run == 1);
}

TEST_CASE(
    "a pair is chosen by its own people only, and words too long for a button go back to their author") {
    office o(rows);
    more_pairs(o);
    const auto question = o.says("priya", "/nudge whom");
    CHECK(o.presses("ana", question, "Mei").says("You have no such pair."));
    heard odd = question;
    odd.buttons[0].value = "nonsense";
    CHECK(o.presses("priya", odd, "Ana").says("from another time"));
    const carried_line small{command_name::nudge, "whom <@U1A|ana>", pair_id{"P"}, true};
    CHECK(from_a_button(*in_a_button(small)) == small);
    CHECK_FALSE(in_a_button({command_name::nudge, std::string(2000, 'x'), std::nullopt, false}));
    o.on_file([&](storage::records &r) {
        auto asked = o.last();
        const auto who = who_asks(r, o.here.rules, o.here.owners, office::slack_of("priya"));
        desk at{asked, o.here, rows, r, who};
        const auto back =
            which_pair(at, who.pairs, {command_name::checkin, std::string(2000, 'x'), std::nullopt, false});
        CHECK(back.says->summary.text.find(std::string(2000, 'x')) != std::string::npos);
        CHECK_THROWS_AS(at.pair(), std::logic_error);
    });
}

TEST_CASE("a form is sent to its row; a refusal stands on top of it so that nothing typed is lost") {
    office o(rows);
    const auto form = o.says("ana", "/nudge");
    REQUIRE(form.form == "check_in");
    CHECK(form.metadata == "P1");
    CHECK(form.fields == std::vector<std::string>{"note"});
    const auto saved = o.submits("ana", form, {{"note", std::string("fine")}});
    CHECK(saved.closed);
    CHECK(saved.text == "Saved: fine");
    CHECK_FALSE(saved.raw.direct.empty());
    const auto empty = o.submits("ana", form, {});
    CHECK(empty.form == "refused");
    CHECK(empty.title == "Not saved");
    CHECK(empty.says("The note is empty."));
    CHECK_FALSE(empty.closed);
    CHECK(o.submits("ana", form, {{"note", std::string("bad")}}).errors.at("note") == "Not that word.");
    CHECK(o.submits("zed", form, {}).says("This is for people in a pair"));
    heard old = form;
    old.form = "gone";
    CHECK(o.submits("ana", old, {}).says("from another time"));
    times_run = 0;
    CHECK(o.happens("ana", form_closed{"check_in", "P1"}).raw.empty());
    CHECK(o.happens("ana", form_closed{"gone", ""}).raw.empty());
    CHECK(times_run == 1);
}

TEST_CASE("shortcuts open what they say; events nobody asked for say nothing") {
    office o(rows);
    CHECK(o.happens("ana", shortcut_used{"check_in"}).form == "check_in");
    CHECK(o.happens("zed", shortcut_used{"check_in"}).says("This is for people in a pair"));
    CHECK(o.happens("ana", shortcut_used{"gone"}).raw.empty());
    times_run = 0;
    CHECK(o.happens("zed", home_opened{}).raw.empty());
    CHECK(times_run == 1);
    CHECK(o.happens("zed", message_seen{"1.2"}, "G0PAIR").raw.empty());
    CHECK(o.happens("zed", reaction_changed{true, "eyes", "1.2"}, "G0PAIR").raw.empty());
}

TEST_CASE("nobody's words can worry dispatch") {
    office o(rows);
    const auto seed = std::random_device{}();
    INFO("seed " << seed);
    std::mt19937 chance(seed);
    const char *starts[] = {"/checkin ", "/milestone ", "/milestone add ",
                            "/nudge ",   "/mentoring ", "/program "};
    const char *who[] = {"ana", "priya", "noor", "zed"};
    for (int i = 0; i < 300; ++i) {
        std::string line = starts[chance() % std::size(starts)];
        for (int n = static_cast<int>(chance() % 30); n > 0; --n)
            line += static_cast<char>(chance() % 256);
        CAPTURE(line);
        const auto h = o.says(who[chance() % std::size(who)], line);
        CHECK(surface::cleaned(h.text) == h.text);
    }
}
