// Gathering and wording of what needs a person; see coordinators_message.hpp.
#include "handlers/coordinators_message.hpp"

#include "handlers/deciding.hpp"
#include "handlers/desk.hpp"
#include "handlers/home_page.hpp"
#include "handlers/leaving_told.hpp"
#include "handlers/naming.hpp"
#include "handlers/nudge_wording.hpp"
#include "handlers/owed.hpp"
#include "handlers/queue_acts.hpp"
#include "handlers/staff_contact.hpp"
#include "handlers/terms.hpp"
#include "storage/outbox.hpp"

#include <algorithm>

namespace rapport {
namespace {

using surface::mrkdwn;
using surface::text;

constexpr std::string_view line_kind = "queue.";
constexpr int next_days_tried = 400; // a person cannot have more days planned ahead than that

good_hours hours_of_coordinator(const storage::person &who, const program &rules) {
    auto hours = hours_of(who, rules, side::mentor);
    hours.off.clear(); // a program's holidays are its pairs'; whoever runs it says when they are away
    return hours;
}

// Where a line names the attention line it shows: its occasion and whom it is about.
std::string occasion_of(const storage::attention_line &line) {
    return line.occasion + "@" + line.person.str();
}

storage::person owner_on_file(storage::records &on_file, const slack_id &slack, instant now) {
    if (auto known = on_file.people.by_slack(slack))
        return *known;
    storage::person owner;
    owner.id = on_file.ids.make<person_id>(now);
    owner.slack = slack;
    owner.created_at = now;
    on_file.people.save(owner);
    return owner;
}

std::string name_of(storage::records &on_file, const person_id &who) {
    const auto found = on_file.people.by_id(who);
    const auto name = found ? surface::one_line(found->name) : std::string();
    return name.empty() ? "somebody" : name;
}

// "Ana and Priya"
mrkdwn names_of(storage::records &on_file, const storage::attention_line &line) {
    const auto pair = on_file.pairs.by_id(line.pair);
    if (!pair)
        return text("*{}*", name_of(on_file, line.person));
    return text("*{}* and *{}*", name_of(on_file, pair->protege), name_of(on_file, pair->mentor));
}

bool has_an_account(storage::records &on_file, const person_id &id) {
    const auto who = on_file.people.by_id(id);
    return who && who->slack;
}

// "Ana and Priya (E-MAP)"
mrkdwn who_it_is(storage::records &on_file, const house &here, const storage::attention_line &line) {
    const auto *rules = here.rules.find(line.program);
    const auto program = rules ? rules->name : line.program.str();
    return line.kind == by_date || line.kind == staff_contact_line
               ? text("*{}*", program)
               : text("{} ({})", names_of(on_file, line), program);
}

mrkdwn what_it_is(storage::records &on_file, const house &here, const storage::attention_line &line,
                  const zone &where) {
    if (const auto words = date_sentence(on_file, here, line))
        return text("{}", *words);
    if (const auto words = staff_sentence(on_file, here, line))
        return text("{}", *words);
    const auto since = short_date(where.day_of(line.since_at));
    const auto about = name_of(on_file, line.person);
    const auto pair = on_file.pairs.by_id(line.pair);
    obligation_kind kind{};
    if (auto words = entering_sentence(on_file, here, line, where))
        return std::move(*words);
    if (auto words = leaving_sentence(on_file, here, line, where))
        return std::move(*words);
    if (line.kind == asked_for_help)
        return text("{} asked for your help on {}. A short word to them is a start.", about, since);
    if (line.kind == i_am_stuck)
        return text("{} would be glad of a word since {}. They named nobody. Ask how you can help.", about,
                    since);
    if (line.kind == cannot_write)
        return text("Since {} no message reaches {}. Ask them in another way whether they go on.", since,
                    about);
    if (line.kind == they_differ)
        return text("What the two say about being in touch in {} differs. Ask each of them how it goes.",
                    month_in_words(line.occasion));
    if (line.kind == said_not_me)
        return text(
            "{} says this is not for them, and is not reminded until you have seen to it. Ask whether "
            "it was a mix-up.",
            about);
    if (!parse_text(line.kind, kind))
        return text("Something is open since {}. Ask {} how it goes.", since, about);
    switch (kind) {
    case obligation_kind::reply:
        return text("{} has been waiting for {} since {}. {} {}. A word from you helps most now.",
                    pair ? name_of(on_file, pair->partner_of(line.person)) : "Somebody", about, since, about,
                    has_an_account(on_file, line.person) ? "was reminded" : "is known by address only");
    case obligation_kind::check_in:
        return text("The {} check-in of {} is not in. Ask {} how the pairing goes.",
                    month_in_words(line.occasion), about, about);
    case obligation_kind::contact_floor:
        return text("Few contacts are on record in {}. Ask {} whether they talk elsewhere.",
                    month_in_words(line.occasion), about);
    case obligation_kind::first_meeting:
        return text("No first meeting is on record since {}. Offer {} two times to choose from.", since,
                    about);
    case obligation_kind::getting_started:
        return text("Goals and agreement are not there yet, since {}. Offer {} a start together.", since,
                    about);
    case obligation_kind::closing:
        return text("{} has not said how to go on. Thank them both, and ask.", about);
    case obligation_kind::milestone:
        return text("A milestone of {} is open. Ask whether the date still fits.", about);
    default:
        return text("Something is open since {}. Ask {} how it goes.", since, about);
    }
}

struct shown_line {
    storage::nudge nudge;
    storage::attention_line of;
};

surface::message message_of(storage::records &on_file, const house &here, const storage::person &to,
                            std::vector<shown_line> lines, bool again) {
    surface::message out;
    std::vector<shown_line> once; // what is one thing is one line
    for (auto &each : lines)
        if (std::none_of(once.begin(), once.end(), [&](auto &one) { return are_twins(one.of, each.of); }))
            once.push_back(std::move(each));
    lines = std::move(once);
    const auto pairs = lines.size() != 1               ? fmt::format("{} things need", lines.size())
                       : lines.front().of.pair.empty() ? std::string("One thing needs")
                                                       : std::string("One pair needs");
    const auto head = text("Hi {}. {} a person.{}", called(to.name, "there"), pairs,
                           again ? " Again, in case the first did not arrive." : "");
    out.summary = head;
    out.blocks.push_back(surface::section{.text = head});
    for (const auto &[nudge, of] : lines) {
        const auto *rules = here.rules.find(of.program);
        const auto where = rules ? zone_of(to, *rules) : zone();
        auto words = text("{}: {}", who_it_is(on_file, here, of), what_it_is(on_file, here, of, where));
        if (nudge.closed_at)
            words = text("~{}~ Settled.", words);
        out.summary = surface::lines({out.summary, text("• {}", words)});
        out.blocks.push_back(surface::section{.text = words});
        if (nudge.closed_at)
            continue;
        auto buttons = entering_buttons(of);
        if (buttons.empty()) {
            buttons = leaving_buttons(of);
            buttons.emplace_back(surface::button{
                .says = "I'll see to it", .action = std::string(queue_seen), .value = nudge.id});
        }
        out.blocks.push_back(surface::actions{.elements = std::move(buttons)});
    }
    return out;
}

// Its other side's line was told, and stands: it is the same thing.
bool is_told_already(storage::records &on_file, const storage::attention_line &line,
                     const storage::person &to) {
    const auto twins = twins_of(on_file, line);
    return std::any_of(twins.begin(), twins.end(), [&](const storage::attention_line &each) {
        const auto told =
            on_file.nudges.find(each.pair, std::string(line_kind) + each.kind, occasion_of(each), to.id, 1);
        return told && told->given_at;
    });
}

bool is_planned_for(storage::records &on_file, const person_id &who, day date, bool &is_waiting) {
    const auto row = on_file.outbox.find(on_file.team, "coordinators:" + who.str() + ":" + text_of(date));
    is_waiting = row && row->state == storage::outbox_state::waiting;
    return row.has_value();
}

// One message a day: today's if it has not left, else the next day's.
void plan_message_to(storage::records &on_file, const program &rules, const storage::person &who, instant now,
                     bool not_today) {
    const auto hours = hours_of_coordinator(who, rules);
    auto at = not_today ? hours.next_good(hours.where.start_of(plus_days(hours.where.day_of(now), 1)))
                        : hours.next_good(now);
    for (int tried = 0; tried < next_days_tried; ++tried) {
        const auto date = hours.where.day_of(at);
        bool is_waiting = false;
        if (!is_planned_for(on_file, who.id, date, is_waiting)) {
            on_file.outbox.add({.team = on_file.team,
                                .id = on_file.ids.make<storage::outbox_id>(now),
                                .key = "coordinators:" + who.id.str() + ":" + text_of(date),
                                .verb = storage::outbox_verb::post,
                                .kind = std::string(coordinators_day),
                                .policy = storage::send_policy::at_least_once,
                                .person = who.id,
                                .channel = std::nullopt,
                                .pair = std::nullopt,
                                .subject = "coordinator:" + who.id.str(),
                                .params = "",
                                .not_before_at = at,
                                .created_at = now});
            return;
        }
        if (is_waiting)
            return;
        at = hours.next_good(hours.where.start_of(plus_days(date, 1)));
    }
}

} // namespace

bool is_coordinators(const storage::nudge &line) {
    return line.kind.starts_with(line_kind);
}

std::optional<storage::attention_line> shown_by(storage::records &on_file, const storage::nudge &line) {
    const auto at = line.occasion.rfind('@');
    if (!is_coordinators(line) || at == std::string::npos)
        return std::nullopt;
    return on_file.attention.find(line.pair, line.kind.substr(line_kind.size()), line.occasion.substr(0, at),
                                  person_id(line.occasion.substr(at + 1)));
}

bool is_cleared(storage::records &on_file, const storage::nudge &line) {
    const auto shown = shown_by(on_file, line);
    return !shown || shown->cleared_at;
}

std::vector<storage::person> who_hears(storage::records &on_file, const house &here,
                                       const program_slug &program, const pair_id &pair, instant now) {
    const auto of = on_file.pairs.by_id(pair);
    std::vector<storage::person> out;
    const auto may = [&](const storage::person &who) {
        return who.state == person_state::active && who.slack && !(of && of->side_of(who.id));
    };
    for (const auto &id : on_file.programs.coordinators(program))
        if (auto who = on_file.people.by_id(id); who && may(*who))
            out.push_back(std::move(*who));
    if (!out.empty())
        return out;
    for (const auto &slack : here.owners)
        if (auto who = owner_on_file(on_file, slack, now); may(who))
            out.push_back(std::move(who));
    return out;
}

bool may_see(storage::records &on_file, const person_id &reader, const storage::attention_line &line) {
    if (const auto pair = on_file.pairs.by_id(line.pair))
        return !pair->side_of(reader);
    if (line.person == reader)
        return false;
    if (line.kind != i_am_stuck)
        return true;
    const auto theirs = on_file.pairs.open_of_person(line.person);
    return std::none_of(theirs.begin(), theirs.end(),
                        [&](const storage::pair &each) { return each.side_of(reader).has_value(); });
}

std::vector<storage::person> who_hears(storage::records &on_file, const house &here,
                                       const storage::attention_line &line, instant now) {
    const auto all = who_hears(on_file, here, line.program, line.pair, now);
    const auto hearing = [&](std::vector<storage::person> people) {
        std::erase_if(people, [&](const auto &who) { return !may_see(on_file, who.id, line); });
        return people;
    };
    auto out = hearing(all);
    if (!out.empty() || line.kind != i_am_stuck)
        return line.kind == i_am_stuck ? out : all;
    std::vector<storage::person> owners;
    for (const auto &slack : here.owners)
        if (auto who = owner_on_file(on_file, slack, now); who.state == person_state::active)
            owners.push_back(std::move(who));
    return hearing(std::move(owners));
}

void tell_coordinators(storage::records &on_file, const house &here, const storage::attention_line &line,
                       instant now) {
    const auto *rules = here.rules.find(line.program);
    if (!rules)
        return;
    for (const auto &who : who_hears(on_file, here, line, now)) {
        plan_message_to(on_file, *rules, who, now, false);
        home_follows(on_file, who.id, now);
    }
}

std::optional<surface::message> coordinators_message(storage::records &on_file, const house &here,
                                                     const storage::person &to, const std::string &lease,
                                                     bool again, instant now) {
    std::vector<shown_line> lines;
    const program *more_of = nullptr;
    for (const auto &slug : here.rules.slugs())
        for (const auto &open : on_file.attention.open(slug)) {
            if (open.pair.empty() && open.person == to.id)
                continue; // nobody decides about themselves
            const auto hearing = who_hears(on_file, here, open, now);
            if (std::none_of(hearing.begin(), hearing.end(), [&](auto &who) { return who.id == to.id; }))
                continue;
            const auto kind = std::string(line_kind) + open.kind;
            auto nudge = on_file.nudges.find(open.pair, kind, occasion_of(open), to.id, 1);
            if (nudge && nudge->given_at)
                continue;
            if (open.kind == staff_contact_line && pairs_of_line(on_file, here, open) == 0)
                continue;
            if (is_told_already(on_file, open, to))
                continue;
            if (lines.size() == surface::most_in_a_list) {
                more_of = here.rules.find(slug);
                continue;
            }
            if (!nudge) {
                nudge.emplace();
                nudge->id = on_file.ids.next(now);
                nudge->pair = open.pair;
                nudge->kind = kind;
                nudge->occasion = occasion_of(open);
                nudge->person = to.id;
                nudge->rung = 1;
                nudge->act = "told";
                nudge->since_at = open.since_at;
                nudge->planned_at = now;
                on_file.nudges.add(*nudge);
            }
            on_file.nudges.carry(nudge->id, lease);
            lines.push_back({*nudge, open});
        }
    if (lines.empty())
        return std::nullopt;
    auto out = message_of(on_file, here, to, lines, again);
    if (more_of) {
        plan_message_to(on_file, *more_of, to, now, true);
        const auto rest = text("More of it is in {}", here.names.line(command_name::program));
        out.summary = surface::lines({out.summary, rest});
        out.blocks.push_back(surface::context{.notes = {rest}});
    }
    return out;
}

surface::mrkdwn queue_sentence(storage::records &on_file, const house &here,
                               const storage::attention_line &line) {
    const auto *rules = here.rules.find(line.program);
    const auto words = what_it_is(on_file, here, line, rules ? rules->where : zone());
    return line.kind == by_date || line.kind == staff_contact_line
               ? words
               : text("{}: {}", names_of(on_file, line), words);
}

surface::message coordinators_message_now(storage::records &on_file, const house &here,
                                          const storage::person &to,
                                          const std::vector<storage::nudge> &lines) {
    std::vector<shown_line> shown;
    for (const auto &line : lines)
        if (auto of = shown_by(on_file, line))
            shown.push_back({line, std::move(*of)});
    return message_of(on_file, here, to, shown, false);
}

} // namespace rapport
