// Every text that people can be shown, read by a linter: the bench is walked by everybody through every line
// of the tables, every form and button that comes up, a year of messages; and each intent has its reason.
//
// Grade is Flesch and Kincaid's (plain_words.hpp), of texts of 20 words or more; code, mentions and
// addresses, lines that only show what was typed or what to type, and lists of eight names or more are left
// out of it.
#include "handlers/intents.hpp"
#include "handlers/reasons.hpp"
#include "handlers/usage_shape.hpp"
#include "tests/handlers/mail_round.hpp"
#include "tests/handlers/plain_words.hpp"

#include <nlohmann/json.hpp>

#include <map>
#include <set>
#include <sstream>

using namespace rapport;
using namespace rapport::tests;

namespace {

program full_program() {
    auto rules = starter_program();
    rules.contacts.floor =
        contact_floor{2, counted_contacts::any, {{-5, rung_act::nudge}, {2, rung_act::queue}}};
    rules.first_meeting = first_meeting_rules{30, {}, {{-7, rung_act::nudge}, {0, rung_act::queue}}};
    rules.getting_started = getting_started_rules{30, {{-7, rung_act::nudge}, {3, rung_act::queue}}};
    rules.plan = {plan_part::agreement, plan_part::goals, plan_part::development_plan};
    rules.goals = goal_rules{2, {"personal growth", "academic"}, true, 30};
    rules.milestone_steps = {{-2, rung_act::listed}, {0, rung_act::nudge}};
    rules.check_ins->steps = {{-2, rung_act::nudge}, {2, rung_act::softer}, {7, rung_act::queue}};
    rules.check_ins->mentor_questions = {
        {"touch", "How many times were you in touch this month?", question_kind::count, {}, true}};
    rules.check_ins->protege_questions = rules.check_ins->mentor_questions;
    rules.check_ins->readers = "You and the program's coordinators. Your partner does not see it.";
    rules.requests = request_rules{};
    rules.requests->outreach = outreach_rules{7, {{5, rung_act::nudge}, {7, rung_act::queue}}};
    rules.attention.staff = {{2, 14, 28}, true};
    rules.resources = {{"career-office", "Career office", "https://example.org/careers"}};
    rules.prompts = {{side::mentor, {}, "Name one thing they did well."}};
    rules.entry.mentors = rules.entry.proteges = entry_way::application;
    return rules;
}

// What was shown, and to whom.
struct seen_text {
    std::string where, text;
};

class walk {
    office &o_;
    std::set<std::string> pressed_, submitted_;
    int presses_ = 0;

  public:
    std::vector<seen_text> texts;
    std::vector<seen_text> labels;   // of buttons, titles and fields
    std::vector<std::string> broken; // messages that lack their text

    explicit walk(office &o) : o_(o) {}

    void take(const std::string &where, const heard &h) {
        if (!h.text.empty())
            texts.push_back({where, h.text});
        for (const auto &each : h.blocks)
            texts.push_back({where, each});
        for (const auto &[field, wrong] : h.errors)
            texts.push_back({where + " (" + field + ")", wrong});
        for (const auto &each : h.buttons)
            labels.push_back({where, each.label});
        if (!h.title.empty())
            labels.push_back({where, h.title});
        const bool says_something = !h.blocks.empty() && h.form.empty() && !h.home;
        if (says_something && h.text.empty())
            broken.push_back(where);
    }

    void visit(const std::string &who, const std::string &where, const heard &h, int depth) {
        take(who + ": " + where, h);
        if (depth == 0)
            return;
        if (!h.form.empty() && submitted_.insert(who + h.form).second)
            visit(who, where + " > (sent empty)", o_.submits(who, h, {}), depth - 1);
        for (const auto &each : h.buttons)
            if (presses_ < 4000 && pressed_.insert(who + each.action).second) {
                ++presses_;
                visit(who, where + " > " + each.label, o_.presses(who, h, each.label, choice{each.value}),
                      depth - 1);
            }
    }
};

// The lines that are prose.
std::string prose(const std::string &text) {
    std::string out;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);)
        if (!line.starts_with("I read:") && !line.starts_with("Try:") &&
            std::count(line.begin(), line.end(), ',') < 8)
            out += line + "\n";
    return out;
}

std::string without_code(std::string_view text) {
    std::string out;
    bool in_code = false;
    for (const char c : text) {
        if (c == '`')
            in_code = !in_code;
        else if (!in_code)
            out += c;
    }
    for (std::size_t from; (from = out.find('<')) != std::string::npos;) { // mentions, links
        const auto until = out.find('>', from);
        if (until == std::string::npos)
            break;
        out.erase(from, until - from + 1);
    }
    return out;
}

int emoji_in(std::string_view text) {
    int n = 0;
    for (std::size_t i = 0; i + 3 < text.size(); ++i) // four bytes, from U+1F000 on
        if (static_cast<unsigned char>(text[i]) == 0xF0 && static_cast<unsigned char>(text[i + 1]) == 0x9F)
            ++n;
    return n;
}

// Words that product 4.9 keeps from people, as words of their own.
const std::vector<std::string> &banned_words() {
    static const std::vector<std::string> all = {"overdue", "unreachable", "orphan",     "orphaned",
                                                 "streak",  "ignored",     "guilty",     "fault",
                                                 "failed",  "shame",       "delinquent", "violation"};
    return all;
}

std::string first_fault(const std::string &text, bool unasked) {
    const auto words = words_of(without_code(text));
    for (const auto &banned : banned_words())
        if (std::find(words.begin(), words.end(), banned) != words.end())
            return "says " + banned;
    std::string lower;
    for (const auto &word : words)
        lower += word + " ";
    for (const auto *banned : {"at risk", "you should have", "still not", "disappoint", "no excuse"})
        if (lower.find(banned) != std::string::npos)
            return std::string("says ") + banned;
    if (text.find("!!") != std::string::npos || std::count(text.begin(), text.end(), '!') > 1)
        return "shouts";
    if (emoji_in(text) > 1)
        return "more than one emoji";
    if (text.size() > 3000)
        return "is over 3000 bytes";
    if (text.find("{}") != std::string::npos)
        return "holds a hole";
    const auto read = without_code(prose(text));
    if (words_of(read).size() >= 20 && grade(read) > 8.0)
        return "reads at grade " + std::to_string(grade(read));
    if (unasked && words.size() > 120)
        return "has " + std::to_string(words.size()) + " words";
    return {};
}

} // namespace

TEST_CASE("every text that can be shown is whole, short, plain and kind", "[every_text]") {
    office o;
    o.here.rules.add(2, full_program());
    mail_round mail(o);
    walk all(o);
    mail.writes("ana");
    o.says("ana", "/milestone add Draft a plan by 2026-11-12", "G0PAIR");
    for (const auto &row : the_tables().commands)
        for (const auto *who : {"priya", "ana", "noor", "sam", "mei", "olive", "zed"}) {
            const auto verb = std::string(row.verb);
            const auto rest = std::string(example_words(row));
            for (const auto &words : {verb + (verb.empty() || rest.empty() ? "" : " ") + rest, verb,
                                      verb + (verb.empty() ? "" : " ") + "zzz @nobody 31 Feb"}) {
                const auto line = o.here.names.line(row.command, words);
                all.visit(who, line, o.says(who, line), 3);
                o.advance(milliseconds{10});
            }
        }
    for (const auto *who : {"priya", "ana", "noor", "mei", "olive"})
        all.visit(who, "home", o.happens(who, home_opened{}), 2);

    for (const auto &each : all.broken)
        FAIL_CHECK("no text for a screen reader: " << each);
    std::set<std::string> told;
    for (const auto &each : all.texts)
        if (const auto fault = first_fault(each.text, false); !fault.empty() && told.insert(each.text).second)
            FAIL_CHECK(each.where << " " << fault << ":\n" << each.text);
    for (const auto &each : all.labels) {
        INFO(each.where << ": " << each.text);
        CHECK(each.text.size() <= 75);
        CHECK(each.text.find("…") == std::string::npos); // none of ours is cut
        CHECK(each.text.find('!') == std::string::npos);
    }
    CHECK(all.texts.size() > 800);
}

TEST_CASE("every message of a term that goes badly is short, plain, kind, and tells no side about the other",
          "[every_text]") {
    office o;
    o.here.rules.add(2, full_program());
    mail_round mail(o);
    o.says("noor", "/program pair @sam @mei");
    o.says("ana", "/milestone add Draft a plan by 2026-11-12", "G0PAIR");
    o.says("mei", "/mentoring meet fri 3pm 30m the library");
    o.says("priya", "/mentoring away until 2026-11-08");
    o.submits("priya", o.says("priya", "/mentoring away"),
              {{"until", day{date::year{2026} / 11 / 8}}, {"tells", choices{{"tell"}}}});
    for (int week = 0; week < 12; ++week) {
        mail.writes(week % 3 == 2 ? "priya" : "ana");
        o.says("ana", "/nudge", "G0PAIR");
        if (week == 3)
            o.says("mei", "/mentoring stuck");
        if (week == 5)
            o.says("noor", "/program remind @priya");
        mail.pass(days{7});
    }
    std::set<std::string> told;
    std::vector<std::size_t> lengths;
    for (const auto &each : mail.calls) {
        if (each.method != "chat.postMessage")
            continue;
        if (const auto fault = first_fault(each.text, true); !fault.empty() && told.insert(each.text).second)
            FAIL_CHECK("to " << each.channel << " " << fault << ":\n" << each.text);
        CHECK_FALSE(each.text.empty());
        const auto body = nlohmann::json::parse(each.body);
        CHECK(body["blocks"].size() <= 50);
        if (each.channel != "D0NOOR" && each.channel != "D0OLIVE")
            for (const auto *words : {"was reminded", "did not answer", "has not answered", "is late"})
                CHECK_FALSE(each.says(words));
        lengths.push_back(words_of(each.text).size());
    }
    std::sort(lengths.begin(), lengths.end());
    REQUIRE(lengths.size() > 20);
    CHECK(lengths[lengths.size() / 2] <= 60);
}

TEST_CASE("every sentence of the tables is plain", "[every_text]") {
    for (const auto &row : the_tables().commands) {
        const std::string does(row.does);
        INFO(does);
        CHECK(first_fault(does, false).empty());
        CHECK(does.size() <= 150);
    }
    for (const auto &each : all_intents())
        if (const auto *why = reason_of(each.kind)) {
            const auto text = std::string(why->rule) + " " + std::string(why->stop);
            INFO(text);
            CHECK(first_fault(text, false).empty());
        }
}
