// What people do with what Rapport shows them: they read it in their own time, press the button that fits the
// truth, fill in the form that opens; see living.hpp. Each press and each answer in a form is a tap.
#include "bot/simulate/living.hpp"
#include "handlers/agreement.hpp"
#include "handlers/check_ins.hpp"
#include "handlers/coordinators_message.hpp"
#include "handlers/goals.hpp"
#include "handlers/introductions.hpp"
#include "handlers/meetings.hpp"
#include "handlers/message_of_the_day.hpp"
#include "handlers/milestones.hpp"
#include "handlers/nudge_wording.hpp"
#include "handlers/plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace rapport::simulate {
namespace {

constexpr std::string_view reply_nudge = "nudge.reply";
constexpr int most_steps_of_a_plan = 6;
constexpr int misremembers = 10;          // of a hundred: a count told in a check-in that is one off
constexpr int wins_back = 15, moves = 70; // of a hundred: what a coordinator's word does

// What stands in a pair's conversation for the other side to press.
constexpr std::array<std::string_view, 4> to_agree = {agreement_agree, goal_agree, milestone_agree,
                                                      meeting_button::confirm};

bool is_action(const offered_press &one, std::string_view action) {
    return std::string_view(one.action).substr(0, one.action.find('#')) == action;
}

// "nudge.help|01J..." of a menu, "01J..." of a button.
std::string line_id(const offered_press &one) {
    return one.in_menu ? one.value.substr(one.value.find('|') + 1) : one.value;
}

int taps_for(const offered_field &field) {
    if (field.type == "static_select" || field.type == "datepicker" || field.type == "users_select")
        return 2;
    return 1;
}

const offered_press *find_press(const std::vector<offered_press> &all, std::string_view action) {
    for (const auto &each : all)
        if (!each.in_menu && is_action(each, action))
            return &each;
    return nullptr;
}

// What of a plan waits for the one who looks at it: not what was done and could be changed.
bool is_step_of_plan(const offered_press &one) {
    if (is_action(one, agreement_open))
        return one.label == "Put it down";
    if (is_action(one, paper_button))
        return one.label != "Change the link";
    return is_action(one, agreement_agree) || is_action(one, goal_add);
}

} // namespace

// --- counting

void living::look_at_screens() {
    for (auto &one : stage_.take_arrived()) {
        count(one);
        const auto direct = person_of_.find(one.channel);
        if (direct != person_of_.end()) {
            const int person = direct->second;
            const auto &manner = manners_of(who(person).as, who(person).on);
            if (who(person).acts_at(clock_.now))
                at(clock_.now + luck_.between(manner.reads_least, manner.reads_most),
                   [this, person, one] { reads(person, one); });
        } else if (one.channel == stage::direct_with(coordinator)) {
            at(clock_.now + luck_.between(hours{1}, hours{20}), [this, one] { coordinator_reads(one); });
        } else if (pair_of_.contains(one.channel)) {
            const int pair = pair_of_[one.channel];
            const auto acted = last_act_by_.find(pair);
            const auto reader = acted == last_act_by_.end() ? side::protege : other_side(acted->second);
            const int person = of(pair).on(reader);
            const auto &manner = manners_of(who(person).as, reader);
            if (who(person).acts_at(clock_.now) && luck_.percent(manner.acts))
                at(clock_.now + luck_.between(manner.reads_least, manner.reads_most),
                   [this, person, one] { reads_in_conversation(person, one); });
        }
    }
}

void living::count(const letter &one) {
    const int week = days_between(how_.from, how_.rules.where.day_of(one.at)) / 7;
    std::set<std::string> kinds;
    int reply_lines = 0;
    bot_.on_file([&](storage::records &r) {
        for (const auto &id : one.rows)
            if (const auto row = r.outbox.by_id(workspace, storage::outbox_id{id})) {
                kinds.insert(row->kind.starts_with("nudge.") ? "message of the day" : row->kind);
                if (row->kind == reply_nudge)
                    if (const auto [line, chosen] = line_of(r, *row); line && !chosen && line->rung > 0)
                        ++reply_lines;
            }
    });
    for (const auto &kind : kinds)
        ++out_.kinds[kind];
    const auto to = [&](int person) {
        auto &numbers = out_.people[static_cast<std::size_t>(person)];
        ++numbers.messages;
        numbers.days_messages += kinds.contains("message of the day") ? 1 : 0;
        notes(who(person), "reads: " + one.shows.text);
        if (week >= 0 && week < static_cast<int>(out_.week_messages.size()))
            ++out_.week_messages[static_cast<std::size_t>(week)];
    };
    if (const auto direct = person_of_.find(one.channel); direct != person_of_.end()) {
        to(direct->second);
        auto &truth = of(who(direct->second).pair).of(who(direct->second).on);
        out_.replies.nudges += reply_lines;
        if (reply_lines > 0 && !truth.owes_answer) {
            ++out_.replies.wrong;
            ++(truth.only_thanks ? out_.replies.wrong_thanks : out_.replies.wrong_answered);
        }
        return;
    }
    if (one.channel == stage::direct_with(coordinator))
        return;
    // a conversation: known by its introduction
    for (int n = 0; !pair_of_.contains(one.channel) && n < static_cast<int>(folk_.pairs.size()); ++n)
        if (conversation(n) == one.channel)
            pair_of_[one.channel] = n;
    const auto pair = pair_of_.find(one.channel);
    if (pair == pair_of_.end())
        return;
    if (kinds.contains(std::string(pair_introduction)))
        introduction_[pair->second] = one;
    to(of(pair->second).mentor);
    to(of(pair->second).protege);
}

// --- reading

void living::reads(int person, const letter &one) {
    if (!who(person).acts_at(clock_.now))
        return;
    if (is_away())
        return at(away_until_ + hours{1}, [this, person, one] { reads(person, one); });
    const auto &manner = manners_of(who(person).as, who(person).on);
    if (const auto *right = find_press(one.shows.presses, first_words::right);
        right && luck_.percent(manner.acts))
        presses(person, {one.channel, one.ts}, *right);
    std::vector<std::string> order;
    std::map<std::string, std::vector<offered_press>> lines;
    for (const auto &each : one.shows.presses)
        if (each.action.starts_with("nudge.")) {
            const auto id = line_id(each);
            if (!lines.contains(id))
                order.push_back(id);
            lines[id].push_back(each);
        }
    for (const auto &id : order)
        if (luck_.percent(manner.acts))
            acts_on_line(person, one, id, lines[id]);
}

void living::acts_on_line(int person, const letter &one, const std::string &id,
                          const std::vector<offered_press> &offered) {
    std::optional<storage::nudge> line;
    bot_.on_file([&](storage::records &r) { line = r.nudges.by_id(id); });
    obligation_kind kind{};
    if (!line || line->closed_at || !parse_text(line->kind, kind))
        return;
    switch (kind) {
    case obligation_kind::reply:
        return settles_reply(person, one, offered);
    case obligation_kind::check_in:
        return press_one(person, one, offered, nudge_action::check_in);
    case obligation_kind::contact_floor:
    case obligation_kind::first_meeting:
        return keeps_in_touch(person, one, offered);
    case obligation_kind::milestone:
        return press_one(person, one, offered, nudge_action::done);
    case obligation_kind::goal:
        return press_one(person, one, offered, nudge_action::goes_on);
    case obligation_kind::meeting:
        return press_one(person, one, offered, nudge_action::met); // offered once its time is over
    case obligation_kind::getting_started:
        if (const auto *plan = find_press(offered, nudge_action::plan))
            if (const auto page = presses(person, {one.channel, one.ts}, *plan))
                works_on_plan(person, *page, {one.channel, one.ts, true});
        return;
    case obligation_kind::feedback:
    case obligation_kind::closing:
    case obligation_kind::outreach:
    case obligation_kind::request:
        break;
    }
    // whatever its own act is: the first button, unless that only offers to log a contact
    for (const auto &each : offered)
        if (!each.in_menu && !is_action(each, nudge_action::log) &&
            !is_action(each, nudge_action::tomorrow) && !is_action(each, nudge_action::why)) {
            if (const auto shown = presses(person, {one.channel, one.ts}, each); shown && shown->is_form())
                fills_in(person, *shown);
            return;
        }
}

void living::settles_reply(int person, const letter &one, const std::vector<offered_press> &offered) {
    const int pair = who(person).pair;
    const auto which = who(person).on;
    auto &truth = of(pair).of(which);
    if (!truth.owes_answer) {
        ++out_.replies.mended;
        return press_one(person, one, offered,
                         truth.only_thanks ? nudge_action::no_reply : nudge_action::elsewhere);
    }
    answers(pair, which);
    if (truth.answered_elsewhere) // by telephone, as it were: one tap tells Rapport
        press_one(person, one, offered, nudge_action::elsewhere);
}

// A line to the other, or a call that is logged.
void living::keeps_in_touch(int person, const letter &one, const std::vector<offered_press> &offered) {
    const int pair = who(person).pair;
    if (luck_.percent(100 - of(pair).off_platform))
        return says(pair, who(person).on, true);
    talks_elsewhere(pair, who(person).on, true);
    press_one(person, one, offered, nudge_action::log);
}

void living::reads_in_conversation(int person, const letter &one) {
    if (is_away() || !who(person).acts_at(clock_.now))
        return;
    const auto &pair = of(who(person).pair);
    for (const auto &each : one.shows.presses) {
        const bool agrees = std::any_of(to_agree.begin(), to_agree.end(),
                                        [&](std::string_view action) { return is_action(each, action); });
        if (agrees || (pair.says_elsewhere && is_action(each, first_words::elsewhere))) {
            presses(person, {one.channel, one.ts}, each);
            return;
        }
    }
}

// The steps that wait for the one who looks, each opened, filled in and sent.
void living::works_on_plan(int person, const screen &first, const press_place &where) {
    std::set<std::string> tried;
    auto page = first;
    for (int n = 0; n < most_steps_of_a_plan; ++n) {
        const auto step =
            std::find_if(page.presses.begin(), page.presses.end(), [&](const offered_press &each) {
                return is_step_of_plan(each) && !tried.contains(each.action + each.value);
            });
        if (step == page.presses.end())
            return;
        const auto what = *step;
        tried.insert(what.action + what.value);
        const auto shown = presses(person, where, what);
        last_act_by_[who(person).pair] = who(person).on;
        if (shown && shown->is_form())
            fills_in(person, *shown);
        else if (shown && !shown->presses.empty())
            page.presses.insert(page.presses.end(), shown->presses.begin(), shown->presses.end());
    }
}

void living::coordinator_reads(const letter &one) {
    if (is_away())
        return at(away_until_ + hours{1}, [this, one] { coordinator_reads(one); });
    for (const auto &each : one.shows.presses) {
        if (!is_action(each, queue_seen))
            continue;
        button_pressed press{each.action, each.value};
        press.channel = channel_id{one.channel};
        press.message_ts = one.ts;
        delivers(coordinator, one.channel, press);
        std::optional<storage::pair> pair;
        std::optional<slack_id> mentor;
        bot_.on_file([&](storage::records &r) {
            if (const auto line = r.nudges.by_id(each.value))
                pair = r.pairs.by_id(line->pair);
            if (pair)
                if (const auto found = r.people.by_id(pair->mentor))
                    mentor = found->slack;
        });
        if (mentor)
            if (const auto found = person_of_.find(stage::direct_with(*mentor)); found != person_of_.end())
                at(clock_.now + luck_.between(hours{1}, hours{24}),
                   [this, n = who(found->second).pair] { hears_from_coordinator(n); });
    }
}

// A person's word is the strongest lever there is.
void living::hears_from_coordinator(int pair) {
    for (const auto which : {side::mentor, side::protege}) {
        auto &one = who(of(pair).on(which));
        if (one.silent_from && clock_.now >= *one.silent_from && luck_.percent(wins_back)) {
            one.silent_from.reset();
            notes(one, "comes back after a word from the coordinator");
        }
        if (one.acts_at(clock_.now) && luck_.percent(moves))
            answers_later(pair, which, hours{2}, hours{48});
    }
}

// --- the keyboard

std::optional<rendered_answer> living::delivers(const slack_id &from, const std::string &channel,
                                                what_happened what) {
    request asked{workspace, from};
    asked.channel = channel_id{channel};
    asked.direct = channel.starts_with("D");
    asked.at = clock_.as_read();
    asked.what = std::move(what);
    asked.can_open_form = !std::holds_alternative<message_seen>(asked.what);
    asked.can_reply_later = std::holds_alternative<command_typed>(asked.what) ||
                            std::holds_alternative<button_pressed>(asked.what);
    for (int attempt = 0; attempt < 3; ++attempt) { // who reads "nothing was saved" tries again
        asked.key = fmt::format("play-{}", ++requests_);
        if (auto made = bot_.deliver(asked))
            return made;
    }
    return std::nullopt;
}

std::optional<screen> living::typed(int person, const std::string &line) {
    if (is_away()) {
        at(away_until_ + hours{2}, [this, person, line] { typed(person, line); });
        return std::nullopt;
    }
    auto &one = who(person);
    ++one.commands;
    const auto blank = line.find(' ');
    notes(one, "types " + line);
    last_act_by_[one.pair] = one.on;
    const auto made = delivers(one.id, conversation(one.pair),
                               command_typed{line.substr(0, blank), line.substr(blank + 1)});
    return made ? std::optional(read_answer(*made)) : std::nullopt;
}

std::optional<screen> living::presses(int person, const press_place &where, const offered_press &what) {
    auto &one = who(person);
    one.taps += what.in_menu ? 2 : 1;
    notes(one, "presses “" + what.label + "”");
    button_pressed press{what.action, what.value};
    if (what.in_menu)
        press.chosen = choice{what.value};
    press.channel = channel_id{where.channel};
    press.message_ts = where.ts;
    press.ephemeral = where.ephemeral;
    const auto made = delivers(one.id, where.channel, press);
    if (!made)
        return std::nullopt;
    auto shown = read_answer(*made);
    if (!shown.text.empty())
        notes(one, "hears: " + shown.text);
    return shown;
}

void living::press_one(int person, const letter &one, const std::vector<offered_press> &all,
                       std::string_view action) {
    const auto *what = find_press(all, action);
    if (what == nullptr)
        return;
    const auto shown = presses(person, {one.channel, one.ts}, *what);
    if (shown && shown->is_form())
        fills_in(person, *shown);
}

std::optional<screen> living::fills_in(int person, const screen &form) {
    auto &one = who(person);
    auto holds = filled(person, form);
    ++one.taps; // to send it
    notes(one, "sends the form");
    const auto made = delivers(one.id, "", form_sent{form.form, form.metadata, std::move(holds), "V0PLAY"});
    if (!made)
        return std::nullopt;
    auto shown = read_answer(*made);
    const bool saved = made->ack.find("\"errors\"") == std::string::npos;
    const auto blank = form.metadata.find(' ');
    if (saved && form.form == check_in_form && blank != std::string::npos)
        sees_.filed(pair_id{form.metadata.substr(0, blank)}, on_record(person),
                    form.metadata.substr(blank + 1));
    if (!saved)
        notes(one, "hears: " + shown.text);
    return shown;
}

fields living::filled(int person, const screen &form) {
    fields out;
    for (const auto &each : form.fields) {
        if (!std::holds_alternative<std::monostate>(each.before)) {
            out.set(each.name, each.before); // what stands there is sent as it stands
            continue;
        }
        if (each.optional)
            continue;
        out.set(each.name, answer_to(person, each));
        who(person).taps += taps_for(each);
    }
    return out;
}

field_value living::answer_to(int person, const offered_field &field) {
    const auto &truth = of(who(person).pair).of(who(person).on);
    if (field.type == "checkboxes")
        return choices{field.values};
    if (field.type == "datepicker")
        return how_.rules.where.day_of(clock_.now);
    if (field.name == "q.touch" || field.name == "q.first-step") {
        const int told = field.name == "q.touch" ? truth.contacts : truth.started;
        const int off = luck_.percent(misremembers) ? 1 : 0;
        const auto at = std::min<std::size_t>(static_cast<std::size_t>(std::max(0, told - off)),
                                              field.values.empty() ? 0 : field.values.size() - 1);
        return field.values.empty() ? field_value{} : field_value{choice{field.values[at]}};
    }
    if (!field.values.empty())
        return choice{field.name == "place" && of(who(person).pair).says_elsewhere && field.values.size() > 1
                          ? field.values[1]
                          : field.values.front()};
    if (field.name == "link")
        return std::string("https://docs.example.org/plan");
    return std::string("As we said");
}

} // namespace rapport::simulate
