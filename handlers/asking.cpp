// See asking.hpp. The words go from the form into the answer's `passes` and nowhere else.
#include "handlers/asking.hpp"

#include "handlers/coordinators_message.hpp"
#include "handlers/meetings.hpp"
#include "handlers/naming.hpp"
#include "handlers/nudge_buttons.hpp"
#include "handlers/nudging.hpp"
#include "handlers/own_pair.hpp"
#include "handlers/passing.hpp"
#include "handlers/replies.hpp"
#include "handlers/surface/characters.hpp"
#include "handlers/surface/packed.hpp"
#include "handlers/taking_back.hpp"
#include "handlers/telling_pair.hpp"
#include "storage/relays.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport {
namespace {

using storage::relay;
using storage::relay_kind;
using surface::text;

constexpr std::size_t most_words = 2000; // code points
constexpr int usual_days = 3, longest_days = 90;

storage::relays relays_of(desk &at) {
    return at.on_file.open<storage::relays>();
}

std::string line(const desk &at) {
    return at.line(command_name::mentoring, "ask");
}

bool is_blank(const std::string &words) {
    return words.find_first_not_of(" \n") == std::string::npos;
}

// An answer that holds words of this kind is said once and not kept.
answer unkept(answer one) {
    one.unkept = true;
    return one;
}

surface::input words_asked(std::string field, surface::plain label, std::string initial, bool optional) {
    return {.field = std::move(field),
            .label = std::move(label),
            .asks = surface::plain_text_input{.initial = std::move(initial),
                                              .multiline = true,
                                              .max_length = static_cast<int>(most_words)},
            .optional = optional};
}

// Rules 86 to 89, said on the form.
surface::mrkdwn what_it_is_for(const program &rules, side asking) {
    if (asking == side::mentor)
        return text("One clear question is easier to answer than a long letter.");
    return text("Good for skills, ideas, plans and goals. Your {} is not there to find you a job.",
                rules.mentor_word.one);
}

result<answer> form_for(desk &at, const storage::pair &pair, const std::string &typed) {
    const auto &rules = at.rules().of(pair.program);
    const auto other = partner_in(at, pair);
    const auto name = first_name(other);
    if (pair.state != pair_state::open)
        return refusal{"", "This pair is paused, so nothing is asked.", at.line(command_name::mentoring)};
    if (!other.slack)
        return refusal{"",
                       fmt::format("{} is not in this workspace, so there is no conversation here.", name),
                       at.line(command_name::mentoring, "log email to")};
    if (!at.asked.can_open_form)
        return refusal{"", "A form cannot be opened from here.", line(at)};
    const auto today = at.who.where.day_of(at.now());
    const int usual = rules.replies.promise ? rules.replies.promise->target_days : usual_days;
    surface::modal form{.callback = std::string(ask_form),
                        .title = "Ask",
                        .submit = "Post it",
                        .close = "Not now",
                        .metadata = pair.id.str()};
    form.blocks.emplace_back(
        surface::section{.text = text("Posted to your conversation with {}. {}", name,
                                      what_it_is_for(rules, *pair.side_of(at.who.id())))});
    form.blocks.emplace_back(
        words_asked("what", "What would you like to know?", surface::shortened(typed, most_words), false));
    form.blocks.emplace_back(words_asked("tried", "What have you tried or thought of?", "", true));
    form.blocks.emplace_back(surface::input{.field = "by",
                                            .label = "By when would an answer help?",
                                            .asks = surface::datepicker{.chosen = plus_days(today, usual)}});
    form.blocks.emplace_back(surface::context{
        {text("I keep that you asked and the date, not a word of it. Read by the two of you.")}});
    return unkept(open_form(std::move(form)));
}

surface::button press(std::string_view says, std::string_view action, const std::string &id,
                      surface::tone look = surface::tone::neutral) {
    return {.says = says, .action = std::string(action), .value = id, .look = look};
}

// The words as they are posted. They exist here and on the wire.
surface::message posted_words(desk &at, const std::string &id, const std::string &what,
                              const std::string &tried, day by) {
    const auto who = at.who.slack.empty() ? text("{}", first_name(*at.who.person))
                                          : text("{}", surface::mention{at.who.slack});
    auto words = surface::lines(
        {text("{} asks:", who), text("{}", surface::paragraph{what}),
         is_blank(tried) ? surface::mrkdwn{} : text("Tried so far: {}", surface::paragraph{tried}),
         text("An answer by {} would help.", short_date(by))});
    return with_buttons(std::move(words),
                        {press("Answered", answered_button, id, surface::tone::primary),
                         press("Tomorrow", tomorrow_button, id), press("Let's talk", talk_button, id),
                         press("Not for me", kind_no_button, id)});
}

struct found_ask {
    relay ask;
    storage::pair pair;
};

result<found_ask> ask_pressed(desk &at) {
    auto one = relays_of(at).find(at.pressed().value);
    if (!one || one->kind != relay_kind::ask || !one->pair)
        return not_found("question", at.line(command_name::mentoring));
    auto pair = own_pair(at, one->pair->str());
    if (!pair)
        return not_found("question", at.line(command_name::mentoring));
    return found_ask{std::move(*one), std::move(*pair)};
}

std::optional<storage::reply_clock> running_clock(desk &at, const relay &one) {
    auto clock = one.clock ? at.on_file.clocks.by_id(*one.clock) : std::nullopt;
    if (clock && clock->settled_at)
        clock.reset();
    return clock;
}

refusal for_the_other(desk &at, const found_ask &on) {
    return {
        "",
        fmt::format("It is your own question; that button is for {}.", first_name(partner_in(at, on.pair))),
        line(at)};
}

answer no_longer_open() {
    return tell(text("That question is settled already. Nothing more to do."));
}

void tell_conversation(desk &at, const found_ask &on, std::string_view act) {
    const auto subject = "ask:" + on.ask.id;
    tell_pair(at, on.pair, ask_notice_kind, subject, fmt::format("{}:{}:{}", subject, act, stamp(at.now())),
              {{"act", std::string(act)}}, true);
}

// Whom a private line can go to: who runs the program and is not its author; else the owners.
std::vector<storage::person> hearers(desk &at, const program_slug &program) {
    std::vector<storage::person> out;
    const auto take = [&](std::optional<storage::person> who) {
        if (who && who->state == person_state::active && who->slack && who->id != at.who.id())
            out.push_back(std::move(*who));
    };
    for (const auto &id : at.on_file.programs.coordinators(program))
        take(at.on_file.people.by_id(id));
    if (out.empty())
        for (const auto &slack : at.here.owners)
            take(at.on_file.people.by_slack(slack));
    return out;
}

} // namespace

result<answer> ask(desk &at) {
    return form_for(at, at.pair(), at.words.text("what"));
}

result<answer> press_ask(desk &at) {
    const auto pair = own_pair(at, at.pressed().value);
    if (!pair)
        return pair.error();
    return form_for(at, *pair, "");
}

result<answer> ask_sent(desk &at) {
    const auto &sent = at.sent();
    const auto pair = own_pair(at, sent.metadata);
    if (!pair)
        return pair.error();
    if (pair->state != pair_state::open)
        return refusal{"", "This pair is paused, so nothing is asked.", at.line(command_name::mentoring)};
    const auto other = partner_in(at, *pair);
    if (!other.slack)
        return refusal{"", "There is no conversation of you two here.", at.line(command_name::mentoring)};
    const auto what = surface::cleaned(sent.holds.text("what")),
               tried = surface::cleaned(sent.holds.text("tried"));
    const auto today = at.who.where.day_of(at.now());
    const auto by = sent.holds.date("by");
    form_errors wrong;
    if (is_blank(what))
        wrong.under["what"] = "A question is needed. Nothing was posted.";
    for (const auto &[field, words] : {std::pair{"what", &what}, {"tried", &tried}})
        if (surface::code_points(*words) > most_words)
            wrong.under[field] = fmt::format("At most {} characters. Nothing was posted.", most_words);
    if (!by || *by < today)
        wrong.under["by"] = "Choose today or a day after. Nothing was posted.";
    else if (*by > plus_days(today, longest_days))
        wrong.under["by"] = "That is over three months away. Choose a nearer day. Nothing was posted.";
    if (!wrong.under.empty())
        return unkept(answer{.what = outcome::refused, .form = std::move(wrong)});

    relay row;
    row.kind = relay_kind::ask;
    row.program = pair->program;
    row.pair = pair->id;
    row.by_person = at.who.id();
    row.to_person = other.id;
    row.due_by_at = at.who.where.start_of(plus_days(*by, 1));
    const auto id = will_pass(at.on_file, row, at.now());
    auto made =
        done(text("Your question is on its way to your conversation with {}. I keep the date, not the "
                  "words.",
                  first_name(other)));
    made.passes.emplace();
    made.passes->id = id;
    if (pair->channel)
        made.passes->channel = *pair->channel;
    else
        made.passes->open_with = {at.who.slack, *other.slack};
    made.passes->says = posted_words(at, id, what, tried, *by);
    return made;
}

bool settle_ask(desk &at, const std::string &id) {
    const auto one = relays_of(at).find(id);
    const auto clock = one ? running_clock(at, *one) : std::nullopt;
    if (!clock || !at.who.person || !one->pair || !own_pair(at, one->pair->str()))
        return false;
    settle_clock(at.on_file, *clock, settled_by::answered_ask, at.now());
    look_at(at.on_file, at.here, clock->pair, at.now());
    return true;
}

result<answer> ask_answered(desk &at) {
    const auto on = ask_pressed(at);
    if (!on)
        return on.error();
    const auto clock = running_clock(at, on->ask);
    if (!clock || !settle_ask(at, on->ask.id))
        return no_longer_open();
    return done(
        with_buttons(text("Noted: answered."), {undo_button(at, undo_act::settled, clock->id + " ")}));
}

result<answer> ask_tomorrow(desk &at) {
    const auto on = ask_pressed(at);
    if (!on)
        return on.error();
    if (on->ask.by_person == at.who.id())
        return for_the_other(at, *on);
    const auto clock = running_clock(at, on->ask);
    if (!clock)
        return no_longer_open();
    const auto tomorrow = plus_days(at.who.where.day_of(at.now()), 1);
    relays_of(at).set_due(clock->id, at.who.where.start_of(plus_days(tomorrow, 1)));
    look_at(at.on_file, at.here, clock->pair, at.now());
    tell_conversation(at, *on, "tomorrow");
    return done(text("Noted. {} reads that you answer tomorrow.", first_name(partner_in(at, on->pair))));
}

result<answer> ask_talk(desk &at) {
    const auto on = ask_pressed(at);
    if (!on)
        return on.error();
    if (on->ask.by_person == at.who.id())
        return for_the_other(at, *on);
    return meeting_form_for_ask(at, on->pair, on->ask.id);
}

result<answer> ask_kind_no(desk &at) {
    const auto on = ask_pressed(at);
    if (!on)
        return on.error();
    if (on->ask.by_person == at.who.id())
        return for_the_other(at, *on);
    return tell(
        text("If it is nothing you can help with, words like these are kind and clear:\n>Thank you for "
             "asking me. This is beyond what I can do here, and I would gladly think with you about "
             "how you go about it yourself. Shall we?\nOnly you see this. Answering in the "
             "conversation settles the question."));
}

// --- a private line

std::vector<surface::element> private_line_buttons(const desk &at) {
    std::vector<surface::element> out;
    const auto slugs = at.who.programs();
    for (const auto &slug : slugs) {
        const auto *rules = at.rules().find(slug);
        if (rules == nullptr || out.size() == 3)
            continue;
        const auto says = slugs.size() == 1 ? surface::plain("Write to a coordinator")
                                            : surface::plain_text("Write to {}", rules->name);
        out.emplace_back(
            surface::button{.says = says, .action = std::string(line_button), .value = slug.str()});
    }
    return out;
}

result<answer> write_to_coordinator(desk &at) {
    const program_slug slug{at.pressed().value};
    const auto *rules = at.rules().find(slug);
    const auto mine = at.who.programs();
    if (rules == nullptr || std::find(mine.begin(), mine.end(), slug) == mine.end())
        return not_found("program", at.line(command_name::mentoring, "contact"));
    const auto all = hearers(at, slug);
    if (all.empty())
        return refusal{"", "Nobody who runs this program can be written to here.",
                       at.line(command_name::mentoring, "contact")};
    surface::modal form{.callback = std::string(line_form),
                        .title = "To a coordinator",
                        .submit = "Send",
                        .close = "Not now",
                        .metadata = slug.str()};
    surface::static_select to;
    for (const auto &who : all)
        if (to.options.size() < 25)
            to.options.push_back(
                {.says = who.name.empty() ? first_name(who) : who.name, .value = who.id.str()});
    to.chosen = to.options.front().value;
    form.blocks.emplace_back(surface::input{.field = "to", .label = "To", .asks = to});
    form.blocks.emplace_back(words_asked("words", "What would you like to say?", "", false));
    form.blocks.emplace_back(
        surface::context{{text("Read by that person alone. I keep that you wrote, not a word of it.")}});
    return open_form(std::move(form));
}

result<answer> line_sent(desk &at) {
    const program_slug slug{at.sent().metadata};
    const auto *rules = at.rules().find(slug);
    const auto mine = at.who.programs();
    if (rules == nullptr || std::find(mine.begin(), mine.end(), slug) == mine.end())
        return not_found("program", at.line(command_name::mentoring, "contact"));
    const auto all = hearers(at, slug);
    const auto chosen = at.sent().holds.chosen("to");
    const auto to =
        std::find_if(all.begin(), all.end(), [&](const auto &who) { return who.id.str() == chosen; });
    const auto words = surface::cleaned(at.sent().holds.text("words"));
    form_errors wrong;
    if (to == all.end())
        wrong.under["to"] = "Choose one of these. Nothing was sent.";
    if (is_blank(words))
        wrong.under["words"] = "A word or two is needed. Nothing was sent.";
    else if (surface::code_points(words) > most_words)
        wrong.under["words"] = fmt::format("At most {} characters. Nothing was sent.", most_words);
    if (!wrong.under.empty())
        return unkept(answer{.what = outcome::refused, .form = std::move(wrong)});
    relay row;
    row.kind = relay_kind::line;
    row.program = slug;
    row.by_person = at.who.id();
    row.to_person = to->id;
    const auto id = will_pass(at.on_file, row, at.now());
    auto made = done(text("On its way to {} alone. I keep no word of it.", first_name(*to)));
    made.passes.emplace();
    made.passes->id = id;
    if (to->dm)
        made.passes->channel = *to->dm;
    else
        made.passes->open_with = {*to->slack};
    made.passes->says =
        surface::said(surface::lines({text("{} ({}) writes to you:", named(*at.who.person), rules->name),
                                      text("{}", surface::paragraph{words}),
                                      text("Answer them directly. This is kept nowhere but here.")}));
    return made;
}

std::optional<surface::message> ask_notice(storage::records &on_file, const house &,
                                           const storage::outbox_row &row) {
    const auto told = told_in(on_file, row);
    if (!told.holds() || told["act"] != "tomorrow")
        return std::nullopt;
    return surface::said(text("{} answers tomorrow.", first_name(*told.by)));
}

} // namespace rapport
