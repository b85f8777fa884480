// First words, planned and worded; see introductions.hpp.
#include "handlers/introductions.hpp"

#include "handlers/agreement.hpp"
#include "handlers/desk.hpp"
#include "handlers/nudge_wording.hpp"
#include "handlers/plan.hpp"
#include "mentoring/obligations.hpp"
#include "storage/outbox.hpp"

#include <algorithm>

namespace rapport {
namespace {

using surface::mrkdwn;
using surface::text;

mrkdwn who_put_them(storage::records &on_file, const std::optional<person_id> &by, const person_id &reader) {
    if (!by || *by == reader)
        return text("You joined it yourself.");
    const auto who = on_file.people.by_id(*by);
    if (!who)
        return text("A coordinator put you here.");
    if (who->slack)
        return text("{} put you here.", surface::mention{*who->slack});
    return text("{} put you here.", who->name.empty() ? "A coordinator" : who->name);
}

// What somebody in this role takes on, in the program's own numbers.
mrkdwn promises(const program &rules, role as) {
    std::vector<std::string> all;
    if (rules.replies.promise)
        all.push_back(fmt::format("an answer within {} days", rules.replies.promise->target_days));
    if (const auto &floor = rules.contacts.floor)
        all.push_back(fmt::format("{} contacts a month", floor->per_month));
    if (rules.check_ins)
        all.push_back("a short check-in each month");
    if (rules.first_meeting)
        all.push_back(fmt::format("a first meeting within {} days", rules.first_meeting->within_days));
    if (as == role::coordinator)
        return text("You help run it. You hear from me when a pair needs a person.");
    if (all.empty())
        return text("There is nothing you must do; I help when you ask.");
    std::string words;
    for (std::size_t i = 0; i < all.size(); ++i)
        words += (i == 0 ? "" : i + 1 == all.size() ? " and " : ", ") + all[i];
    return text("What you promise: {}.", words);
}

mrkdwn how_often(const program &rules) {
    const auto &caps = rules.attention.caps;
    return text("I write at most {} a day and {} a week, in your good hours.",
                caps.per_day == 1 ? std::string("once") : fmt::format("{} times", caps.per_day),
                fmt::format("{} {}", caps.per_week, caps.per_week == 1 ? "time" : "times"));
}

std::optional<storage::enrolment> enrolment_in(storage::records &on_file, const program_slug &program,
                                               const person_id &who) {
    for (const auto &each : on_file.programs.memberships(who))
        if (each.program == program && each.term_is == term_state::open &&
            each.state != enrolment_state::left)
            return on_file.programs.enrolled(each.term, who, each.role);
    return std::nullopt;
}

} // namespace

namespace {

// What was withdrawn, because nobody could read it then, is planned anew under a key of its own.
std::string fresh_key(storage::records &on_file, std::string key) {
    const auto first = key;
    for (int n = 2;; ++n) {
        const auto there = on_file.outbox.find(on_file.team, key);
        if (!there || there->state != storage::outbox_state::withdrawn)
            return key;
        key = first + "~" + std::to_string(n);
    }
}

} // namespace

std::string plan_greeting(storage::records &on_file, const person_id &who, const program_slug &program,
                          instant now) {
    auto key = fresh_key(on_file, "greet:" + who.str() + ":" + program.str());
    on_file.outbox.add({.team = on_file.team,
                        .id = on_file.ids.make<storage::outbox_id>(now),
                        .key = key,
                        .verb = storage::outbox_verb::post,
                        .kind = std::string(greeting),
                        .policy = storage::send_policy::at_least_once,
                        .person = who,
                        .channel = std::nullopt,
                        .pair = std::nullopt,
                        .subject = "person:" + who.str(),
                        .params = program.str(),
                        .not_before_at = now + first_words_after,
                        .created_at = now});
    return key;
}

std::string plan_introduction(storage::records &on_file, const storage::pair &pair, instant now) {
    auto key = fresh_key(on_file, "introduce:" + pair.id.str());
    on_file.outbox.add({.team = on_file.team,
                        .id = on_file.ids.make<storage::outbox_id>(now),
                        .key = key,
                        .verb = storage::outbox_verb::post,
                        .kind = std::string(pair_introduction),
                        .policy = storage::send_policy::at_least_once,
                        .person = std::nullopt,
                        .channel = std::nullopt,
                        .pair = pair.id,
                        .subject = "pair:" + pair.id.str(),
                        .params = "",
                        .not_before_at = now + first_words_after,
                        .created_at = now});
    return key;
}

std::optional<surface::message> greeting_for(storage::records &on_file, const house &here,
                                             const storage::person &to, const program_slug &program) {
    const auto *rules = here.rules.find(program);
    const auto enrolled = enrolment_in(on_file, program, to.id);
    if (!rules || !enrolled)
        return std::nullopt;
    const auto hello =
        text("Hi {}. I am Rapport, and I help the program *{}* along. {} {}", called(to.name, "there"),
             rules->name, rules->purpose, who_put_them(on_file, enrolled->by_person, to.id));
    const auto keep = text("I keep dates and counts, never a word of what you say to each other.");
    auto body = surface::lines({promises(*rules, enrolled->role), how_often(*rules), keep});
    if (enrolled->role == role::mentor)
        body = surface::lines(
            {body, text("You may be one of several people your {} turns to.", rules->protege_word.one)});
    const auto help = text("Type {} to see where you stand. Ask {} about the program.",
                           here.names.line(command_name::mentoring), rules->contact.name);
    surface::message out{.summary = surface::lines({hello, body, help})};
    out.blocks.push_back(surface::section{.text = hello});
    out.blocks.push_back(surface::section{.text = body});
    out.blocks.push_back(surface::section{.text = help});
    const auto button = [&](std::string_view says, std::string_view action) {
        return surface::button{.says = says, .action = std::string(action), .value = program.str()};
    };
    out.blocks.push_back(surface::actions{.elements = {button("That's right", first_words::right),
                                                       button("Not me", first_words::not_me),
                                                       button("When may I write?", first_words::hours),
                                                       button("What do you store?", first_words::stored)}});
    return out;
}

std::optional<surface::message> introduction_of(storage::records &on_file, const house &here,
                                                const storage::pair &pair) {
    const auto *rules = here.rules.find(pair.program);
    const auto mentor = on_file.people.by_id(pair.mentor), protege = on_file.people.by_id(pair.protege);
    if (pair.state != pair_state::open || !rules || !mentor || !protege)
        return std::nullopt;
    const auto who = [](const storage::person &one) {
        return one.slack ? text("{}", surface::mention{*one.slack}) : text("{}", one.name);
    };
    const auto hello =
        text("{}, meet {}. You are {} and {} in *{}*. This is a place for the two of you.", who(*protege),
             who(*mentor), rules->protege_word.one, rules->mentor_word.one, rules->name);
    const auto first = surface::lines({text("*For a first meeting*"), text("• Say hello and pick a time."),
                                       text("• Say what you hope to get out of this."),
                                       text("• Pick one small thing to do before you meet again.")});
    const auto agree =
        surface::lines({text("*Worth agreeing on*"), text("• Where and how often do we talk?"),
                        text("• If we go quiet, who writes first?"), text("• What stays between us?")});
    const auto keep = rules->contacts.hears == listening::conversation
                          ? text("I see who writes here and when, never what.")
                          : text("I do not listen here. Tell me when you were in touch.");
    const auto how = text("{} {} notes what you reach together. {} asks me to remind.", keep,
                          here.names.line(command_name::milestone), here.names.line(command_name::nudge));
    surface::message out{.summary = surface::lines({hello, first, agree, how})};
    for (const auto &part : {hello, first, agree, how})
        out.blocks.push_back(surface::section{.text = part});
    surface::actions below;
    const bool has_agreement =
        std::find(rules->plan.begin(), rules->plan.end(), plan_part::agreement) != rules->plan.end();
    const auto button = [&](std::string_view says, std::string_view action) {
        below.elements.push_back(
            surface::button{.says = says, .action = std::string(action), .value = pair.id.str()});
    };
    if (has_agreement)
        button("Put down our agreement", agreement_open);
    if (!rules->plan.empty())
        button("Our plan", plan_show);
    if (rules->contacts.may_talk_elsewhere)
        button("We mostly talk elsewhere", first_words::elsewhere);
    if (!below.elements.empty())
        out.blocks.push_back(std::move(below));
    return out;
}

mrkdwn what_is_stored(const house &here) {
    return surface::lines(
        {text("*What I keep:* your name, zone and roles; who wrote in your pair's conversation and when; "
              "check-ins, milestones and contacts you log."),
         text("*What I never keep:* what you say to each other. It is dropped before I could store it."),
         text("*Who reads it:* your check-in is for you and the coordinators, never for your partner. "
              "Milestones "
              "are for the two of you; coordinators see state and dates."),
         text("{} shows what stands about you now.", here.names.line(command_name::mentoring))});
}

} // namespace rapport
