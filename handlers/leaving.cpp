// See leaving.hpp. Every act is checked again when its form comes back: the days may have moved meanwhile.
#include "handlers/leaving.hpp"

#include "handlers/applying.hpp"
#include "handlers/coordinators_message.hpp"
#include "handlers/leaving_dates.hpp"
#include "handlers/leaving_facts.hpp"
#include "handlers/leaving_told.hpp"
#include "handlers/lists.hpp"
#include "handlers/naming.hpp"
#include "handlers/nudging.hpp"
#include "handlers/own_pair.hpp"
#include "handlers/pages.hpp"
#include "handlers/surface/packed.hpp"
#include "handlers/surface/with_buttons.hpp"
#include "handlers/taking_back.hpp"
#include "handlers/which_program.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport {
namespace {

using surface::text;

constexpr int longest_notice_days = 400;

side side_in(const desk &at, const storage::pair &pair) {
    return *pair.side_of(at.who.id());
}

storage::notices notices_of(desk &at) {
    return at.on_file.open<storage::notices>();
}

std::string notice_line(const desk &at, day last) {
    return at.line(command_name::mentoring, "leave notice " + rapport::text_of(last));
}

std::string days_in_words(int count) {
    return count == 1 ? std::string("1 day") : fmt::format("{} days", count);
}

surface::button press(std::string_view says, std::string_view action, const storage::pair &pair) {
    return {.says = says, .action = std::string(action), .value = pair.id.str()};
}

// --- what is offered

struct offered {
    surface::mrkdwn words;
    std::vector<surface::element> buttons;
};

offered offered_in(desk &at, const storage::pair &pair) {
    const auto &rules = at.rules().of(pair.program);
    const auto by = side_in(at, pair);
    const auto partner = named(partner_in(at, pair));
    const auto notice = notices_of(at).running(pair.id);
    offered out;
    if (notice && notice->by == at.who.id()) {
        out.words = text("*{}, {}*: you leave; your last day is {}. You may stay after all.", partner,
                         rules.name, full_date(notice->last_day));
        out.buttons.emplace_back(press("Stay", leaving_button::go_on, pair));
        if (rules.leaving.leave_now)
            out.buttons.emplace_back(press("Leave now", leaving_button::now, pair));
        return out;
    }
    const auto rest =
        pair.state == pair_state::paused ? at.on_file.open<storage::pauses>().running(pair.id) : std::nullopt;
    if (rest && rest->until_at)
        out.words = text("*{}, {}*: you two pause until {}.", partner, rules.name,
                         full_date(rules.where.day_of(*rest->until_at - milliseconds{1})));
    else
        out.words =
            text("*{}, {}*: a pause of some weeks; a notice of {}, so that your last day is {} or later; or, "
                 "where you must, at once with a coordinator's help. No reason is asked.",
                 partner, rules.name, days_in_words(notice_days(rules.leaving, by)),
                 full_date(earliest_last_day(rules, by, at.now())));
    if (rest)
        out.buttons.emplace_back(press("Go on", leaving_button::go_on, pair));
    else
        out.buttons.emplace_back(press("Pause", leaving_button::pause, pair));
    if (!notice)
        out.buttons.emplace_back(press("Give notice", leaving_button::notice, pair));
    if (rules.leaving.leave_now)
        out.buttons.emplace_back(press("Leave now", leaving_button::now, pair));
    return out;
}

// --- the forms

surface::input stay_asked(const program &rules) {
    surface::radio menu;
    menu.options = {{.says = "No, I leave the program", .value = "no"},
                    {.says = "Yes, I would like another pair", .value = "yes"}};
    menu.chosen = "no";
    return {.field = "stays",
            .label = surface::plain_text("Do you stay in {}?", rules.name),
            .asks = std::move(menu)};
}

refusal no_form(const desk &at, std::string mend) {
    return {"", "A form cannot be opened from here.", at.line(command_name::mentoring, mend)};
}

std::optional<refusal> notice_runs(desk &at, const storage::pair &pair) {
    const auto notice = notices_of(at).running(pair.id);
    if (!notice)
        return std::nullopt;
    if (notice->by == at.who.id())
        return refusal{
            "a notice",
            fmt::format("You gave notice already; your last day is {}.", full_date(notice->last_day)),
            at.line(command_name::mentoring, "continue")};
    return refusal{"a notice", fmt::format("This pair ends on {} already.", full_date(notice->last_day)),
                   at.line(command_name::mentoring, "leave now")};
}

// A last day that cannot be; in the four parts, with the earliest that can and the way out.
std::optional<refusal> wrong_day(desk &at, const storage::pair &pair, day last) {
    const auto &rules = at.rules().of(pair.program);
    const auto by = side_in(at, pair);
    const auto earliest = earliest_last_day(rules, by, at.now());
    const auto read = fmt::format("a notice, last day {}", full_date(last));
    if (const auto end = end_of(at.on_file, rules, pair); end && end->last <= last)
        return refusal{
            read,
            fmt::format("This pair ends on {} by itself, so no notice is needed.", full_date(end->last)),
            at.line(command_name::mentoring, "leave")};
    if (last < earliest)
        return refusal{read,
                       fmt::format("{} asks a {} for a notice of {}: the earliest last day is {}.{}",
                                   rules.name, rules.word(by).one,
                                   days_in_words(notice_days(rules.leaving, by)), full_date(earliest),
                                   rules.leaving.leave_now
                                       ? fmt::format(" If you must go sooner, `{}` ends it at once, with a "
                                                     "coordinator's help and without a reason.",
                                                     at.line(command_name::mentoring, "leave now"))
                                       : fmt::format(" {} helps if you must go sooner.", rules.contact.name)),
                       notice_line(at, earliest)};
    if (last > plus_days(rules.where.day_of(at.now()), longest_notice_days))
        return refusal{read, "That is more than a year ahead.", notice_line(at, earliest)};
    return std::nullopt;
}

result<answer> notice_form_for(desk &at, const storage::pair &pair, std::optional<day> last) {
    const auto &rules = at.rules().of(pair.program);
    if (const auto why = notice_runs(at, pair))
        return *why;
    if (last)
        if (const auto why = wrong_day(at, pair, *last))
            return *why;
    const auto earliest = earliest_last_day(rules, side_in(at, pair), at.now());
    if (const auto end = end_of(at.on_file, rules, pair); end && end->last <= earliest)
        return *wrong_day(at, pair, earliest);
    if (!at.asked.can_open_form)
        return no_form(at, "leave");
    const auto partner = first_name(partner_in(at, pair));
    surface::modal form{.callback = std::string(notice_form),
                        .title = "Give notice",
                        .submit = "Give notice",
                        .close = "Not now",
                        .metadata = pair.id.str()};
    form.blocks.emplace_back(surface::section{
        .text = text(
            "{} hears of it kindly in a minute, and a coordinator sees it. No reason is asked or kept. {}",
            partner,
            side_in(at, pair) == side::mentor
                ? fmt::format("Until your last day you are there for {}; for days on which you cannot be, a "
                              "coordinator names somebody.",
                              partner)
                : std::string("Until then all goes on as it is."))});
    form.blocks.emplace_back(
        surface::input{.field = "last",
                       .label = "Your last day",
                       .asks = surface::datepicker{.chosen = last.value_or(earliest)},
                       .hint = surface::plain_text("{} is the earliest.", full_date(earliest))});
    form.blocks.emplace_back(stay_asked(rules));
    return open_form(std::move(form));
}

refusal no_leaving_now(const desk &at, const storage::pair &pair) {
    const auto &rules = at.rules().of(pair.program);
    return {"leaving at once",
            fmt::format("{} asks for a notice; whom to speak to if you cannot: {}.", rules.name,
                        rules.contact.name),
            notice_line(at, earliest_last_day(rules, side_in(at, pair), at.now()))};
}

result<answer> now_form_for(desk &at, const storage::pair &pair) {
    const auto &rules = at.rules().of(pair.program);
    if (!rules.leaving.leave_now)
        return no_leaving_now(at, pair);
    if (!at.asked.can_open_form)
        return no_form(at, "leave");
    const auto partner = first_name(partner_in(at, pair));
    surface::modal form{.callback = std::string(leave_now_form),
                        .title = "Leave now",
                        .submit = "Leave now",
                        .close = "Not now",
                        .metadata = pair.id.str()};
    form.blocks.emplace_back(surface::section{.text = text("Your pair with {} in {} ends today. {} hears of "
                                                           "it kindly in a minute, and a coordinator sees to "
                                                           "what comes next. No reason is asked or kept.",
                                                           partner, rules.name, partner)});
    form.blocks.emplace_back(stay_asked(rules));
    return open_form(std::move(form));
}

std::optional<bool> stays_said(const desk &at) {
    const auto said = at.sent().holds.chosen("stays");
    if (said != "yes" && said != "no")
        return std::nullopt;
    return said == "yes";
}

answer wrong_field(std::string field, std::string says) {
    return {.what = outcome::refused, .form = form_errors{{{std::move(field), std::move(says)}}}};
}

// A form of a pair that has ended meanwhile: to its own people what it is, to others that there is none.
result<storage::pair> pair_sent(desk &at) {
    return own_pair(at, at.sent().metadata);
}

storage::notice new_notice(desk &at, const storage::pair &pair, day last, bool stays) {
    storage::notice notice;
    notice.id = at.on_file.ids.next(at.now());
    notice.pair = pair.id;
    notice.by = at.who.id();
    notice.given_at = at.now();
    notice.last_day = last;
    notice.bridge_until = last;
    notice.stays = stays;
    return notice;
}

// Puts the line before the coordinators.
void raise(desk &at, const storage::pair &pair, std::string_view kind, const std::string &id) {
    ask_for_help(at.on_file, at.here, pair, std::string(kind), id, at.who.id(), at.now(), at.now());
}

} // namespace

result<answer> leave(desk &at) {
    return at.who.pairs.empty() ? withdraw(at) : leave_from(at, {}, 0);
}

result<answer> leave_from(desk &at, const std::string &, std::size_t from) {
    surface::message said{
        .summary =
            text("How would you like to leave? Nothing is done until you say so. No reason is asked.")};
    std::vector<std::vector<surface::block>> rows;
    for (const auto &pair : at.who.pairs) {
        auto one = offered_in(at, pair);
        said.summary = surface::lines({said.summary, one.words});
        auto &row = rows.emplace_back();
        row.emplace_back(surface::section{.text = std::move(one.words)});
        row.emplace_back(surface::actions{std::move(one.buttons)});
    }
    said.blocks.emplace_back(
        surface::context{{text("Nothing is done until you say so. No reason is asked.")}});
    for (auto &block : paged_blocks(std::move(rows), from, list_turn, list_value("leave", {})))
        said.blocks.push_back(std::move(block));
    return tell(std::move(said));
}

result<answer> leave_with_notice(desk &at) {
    const auto date = at.words.date("date");
    return notice_form_for(at, at.pair(), date ? std::optional(date->date) : std::nullopt);
}

result<answer> leave_at_once(desk &at) {
    return now_form_for(at, at.pair());
}

result<answer> press_notice(desk &at) {
    const auto pair = own_pair(at, at.pressed().value);
    return pair ? notice_form_for(at, *pair, std::nullopt) : pair.error();
}

result<answer> press_now(desk &at) {
    const auto pair = own_pair(at, at.pressed().value);
    return pair ? now_form_for(at, *pair) : pair.error();
}

result<answer> notice_given(desk &at) {
    const auto pair = pair_sent(at);
    if (!pair)
        return pair.error();
    const auto last = at.sent().holds.date("last");
    const auto stays = stays_said(at);
    if (!last)
        return wrong_field("last", "Choose a day. Nothing was saved.");
    if (!stays)
        return wrong_field("stays", "Choose one of these. Nothing was saved.");
    if (const auto why = notice_runs(at, *pair))
        return *why;
    if (const auto why = wrong_day(at, *pair, *last))
        return *why;
    const auto notice = new_notice(at, *pair, *last, *stays);
    notices_of(at).add(notice);
    raise(at, *pair, leaving_line::notice, notice.id);
    auto told = tell_privately(at.on_file, *pair, pair->partner_of(at.who.id()), leaving_word::notice,
                               notice.id, partner_hears_at(at), at.now());
    note_leaving(at.on_file, at.who.id(), "notice", *pair, notice.id, at.now());
    look_at(at.on_file, at.here, pair->id, at.now());
    const auto bridges = hand_over_words(at.on_file, at.here, *pair, notice, at.now());
    const auto partner = first_name(partner_in(at, *pair));
    auto words = text("Your last day with {} is {}. {} hears of it in a minute, without a reason.", partner,
                      full_date(*last), partner);
    if (!bridges.empty())
        words = surface::lines({words, text("There for {}: {}.", partner, bridges)});
    return done_with_undo(
        surface::lines({words, text("`{}` if you stay after all. Thank you for saying it ahead.",
                                    at.line(command_name::mentoring, "continue"))}),
        undo_button(at, notice_act, notice.id, std::move(told)));
}

// Subject: the notice's id.
result<surface::mrkdwn> undo_notice(desk &at, const storage::undo_offer &offer) {
    const auto notice = notices_of(at).by_id(offer.subject);
    const auto pair = notice ? at.on_file.pairs.by_id(notice->pair) : std::nullopt;
    if (!pair || notice->state != storage::notice_state::running)
        return refusal{"", "That notice does not run any more.", at.line(command_name::mentoring, "leave")};
    notices_of(at).move(notice->id, storage::notice_state::withdrawn, at.now());
    at.on_file.attention.clear(pair->id, std::string(leaving_line::notice), notice->id, notice->by,
                               std::nullopt, at.now());
    note_leaving(at.on_file, at.who.id(), "notice_back", *pair, notice->id, at.now());
    look_at(at.on_file, at.here, pair->id, at.now());
    return text("Taken back: you stay.");
}

result<answer> left_at_once(desk &at) {
    const auto pair = pair_sent(at);
    if (!pair)
        return pair.error();
    const auto &rules = at.rules().of(pair->program);
    if (!rules.leaving.leave_now)
        return no_leaving_now(at, *pair);
    const auto stays = stays_said(at);
    if (!stays)
        return wrong_field("stays", "Choose one of these. Nothing was saved.");
    if (const auto running = notices_of(at).running(pair->id))
        notices_of(at).move(running->id, storage::notice_state::withdrawn, at.now());
    const auto by = side_in(at, *pair);
    const auto today = rules.where.day_of(at.now());
    const auto partner = first_name(partner_in(at, *pair));
    auto notice = new_notice(at, *pair, today, *stays);
    notice.bridge_until = std::max(plus_days(today, 1), earliest_last_day(rules, by, at.now()));
    notice.state = storage::notice_state::done;
    notice.ended_at = at.now();
    notices_of(at).add(notice);
    end_as(at.on_file, at.here, *pair,
           {.kind = ending_kind::left,
            .by = at.who.id(),
            .ended_at = at.now(),
            .heard_at = partner_hears_at(at)},
           at.now());
    std::optional<closed_enrolment> closed;
    if (!*stays)
        closed = leave_term(at.on_file, *pair, at.who.id(), at.now());
    raise(at, *pair, leaving_line::left, notice.id);
    auto told = tell_privately(at.on_file, *pair, pair->partner_of(at.who.id()), leaving_word::left,
                               notice.id, partner_hears_at(at), at.now());
    note_leaving(at.on_file, at.who.id(), "leave_now", *pair, notice.id, at.now());
    const auto who = who_hears(at.on_file, at.here, pair->program, pair->id, at.now());
    return done_with_undo(
        text("Your pair with {} has ended. {} hears of it in a minute, without a reason, and {} sees to what "
             "comes "
             "next. Take care of yourself.",
             partner, partner, who.empty() ? rules.contact.name : first_name(who.front())),
        undo_button(at, left_act,
                    fmt::format("{} {} {} {}", pair->id.str(), notice.id, closed ? closed->id.str() : "-",
                                closed ? text_of(closed->was) : "-"),
                    std::move(told)));
}

// Subject: "pair notice enrolment|- state|-".
result<surface::mrkdwn> undo_leaving(desk &at, const storage::undo_offer &offer) {
    const auto parts = surface::split_words(offer.subject);
    if (parts.size() != 4)
        throw std::logic_error("leaving: an undo that was not written here");
    const auto pair = at.on_file.pairs.by_id(pair_id{parts[0]});
    const auto term = pair ? at.on_file.programs.term_by_id(pair->term) : std::nullopt;
    if (!pair || pair->state != pair_state::ended || !pair->ended_at || !term ||
        term->state != term_state::open)
        return refusal{"", "That pair cannot go on as it was.", at.line(command_name::mentoring, "contact")};
    if (at.on_file.pairs.running(pair->term, pair->mentor, pair->protege))
        return refusal{"", "You two were paired anew meanwhile.", at.line(command_name::mentoring)};
    const auto ended_at = *pair->ended_at;
    go_on_after_all(at.on_file, *pair, at.now());
    at.on_file.outbox.withdraw(at.on_file.team, ending_key(pair->id, ended_at), "undone", at.now());
    notices_of(at).move(parts[1], storage::notice_state::withdrawn, at.now());
    if (enrolment_state was{}; parse_text(parts[3], was))
        at.on_file.programs.set_enrolment_state(enrolment_id{parts[2]}, was, std::nullopt);
    at.on_file.attention.clear(pair->id, std::string(leaving_line::left), parts[1], at.who.id(), std::nullopt,
                               at.now());
    note_leaving(at.on_file, at.who.id(), "leave_back", *pair, parts[1], at.now());
    look_at(at.on_file, at.here, pair->id, at.now());
    return text("Taken back: you two are a pair as before.");
}

// --- the bridge

namespace {

struct bridging {
    storage::notice notice;
    storage::pair pair;
};

// A hand-over of a program that the caller coordinates, and not of their own pair.
result<bridging> hand_over_of(desk &at, const std::string &id) {
    const auto notice = notices_of(at).by_id(id);
    auto pair = notice ? at.on_file.pairs.by_id(notice->pair) : std::nullopt;
    if (!pair || !at.who.coordinates_program(pair->program) || (at.who.person && pair->side_of(at.who.id())))
        return not_found("hand-over", at.line(command_name::program));
    const auto &rules = at.rules().of(pair->program);
    if (notice->state == storage::notice_state::withdrawn)
        return refusal{"a bridge person", "That notice was taken back; the pair goes on.",
                       at.line(command_name::program)};
    if (notice->bridge_until < rules.where.day_of(at.now()))
        return refusal{"a bridge person", "That hand-over is over.", at.line(command_name::program)};
    return bridging{*notice, std::move(*pair)};
}

} // namespace

result<answer> open_bridge(desk &at) {
    const auto of = hand_over_of(at, at.pressed().value);
    if (!of)
        return of.error();
    if (!at.asked.can_open_form)
        return refusal{"", "A form cannot be opened from here.", at.line(command_name::program)};
    const auto &rules = at.rules().of(of->pair.program);
    const auto protege = at.on_file.people.by_id(of->pair.protege);
    surface::modal form{.callback = std::string(bridge_form),
                        .title = "Bridge person",
                        .submit = "Name them",
                        .close = "Not now",
                        .metadata = of->notice.id};
    form.blocks.emplace_back(
        surface::section{.text = text("There for {} now: {}. Who is there on which days? Both are told.",
                                      first_name(protege.value()),
                                      hand_over_words(at.on_file, at.here, of->pair, of->notice, at.now()))});
    form.blocks.emplace_back(
        surface::input{.field = "who", .label = "Who is there", .asks = surface::users_select{}});
    form.blocks.emplace_back(
        surface::input{.field = "from",
                       .label = "From",
                       .asks = surface::datepicker{.chosen = rules.where.day_of(at.now())}});
    form.blocks.emplace_back(surface::input{.field = "until",
                                            .label = "Until and with",
                                            .asks = surface::datepicker{.chosen = of->notice.bridge_until}});
    return open_form(std::move(form));
}

result<answer> bridge_named(desk &at) {
    const auto of = hand_over_of(at, at.sent().metadata);
    if (!of)
        return of.error();
    const auto &rules = at.rules().of(of->pair.program);
    const auto &holds = at.sent().holds;
    const auto from = holds.date("from"), until = holds.date("until");
    const auto slack = holds.person("who");
    if (!slack)
        return wrong_field("who", "Choose a person. Nothing was saved.");
    if (!from || *from < rules.where.day_of(at.now()))
        return wrong_field("from", "Choose today or a day after. Nothing was saved.");
    if (!until || *until < *from || *until > of->notice.bridge_until)
        return wrong_field("until", fmt::format("Choose a day from the first one to {}. Nothing was saved.",
                                                full_date(of->notice.bridge_until)));
    const auto who = participant(at, *slack, at.line(command_name::program));
    if (!who)
        return wrong_field("who", who.error().wrong + " Nothing was saved.");
    if (who->id == of->pair.protege)
        return wrong_field("who", "That is whom somebody is to be there for. Nothing was saved.");
    storage::bridge row;
    row.id = at.on_file.ids.next(at.now());
    row.notice = of->notice.id;
    row.person = who->id;
    row.from = *from;
    row.until = *until;
    row.named_by = at.who.id();
    row.named_at = at.now();
    at.on_file.open<storage::bridge_people>().name(row);
    auto told = tell_privately(at.on_file, of->pair, who->id, leaving_word::bridging,
                               of->notice.id + " " + row.id, partner_hears_at(at), at.now());
    tell_privately(at.on_file, of->pair, of->pair.protege, leaving_word::bridge, of->notice.id,
                   partner_hears_at(at), at.now());
    note_leaving(at.on_file, at.who.id(), "bridge", of->pair, row.id, at.now());
    const auto protege = at.on_file.people.by_id(of->pair.protege);
    return done_with_undo(text("There for {}: {}. {} and {} hear of it in a minute.",
                               first_name(protege.value()),
                               hand_over_words(at.on_file, at.here, of->pair, of->notice, at.now()),
                               first_name(*who), first_name(*protege)),
                          undo_button(at, bridge_act, row.id + " " + of->notice.id, std::move(told)));
}

// Subject: "bridge notice". The protégé is told how it stands then, if they were told before.
result<surface::mrkdwn> undo_bridge(desk &at, const storage::undo_offer &offer) {
    const auto parts = surface::split_words(offer.subject);
    if (parts.size() != 2)
        throw std::logic_error("bridge: an undo that was not written here");
    if (!at.on_file.open<storage::bridge_people>().undo(parts[0], at.now()))
        return refusal{"", "That was taken back already.", at.line(command_name::program)};
    const auto notice = notices_of(at).by_id(parts[1]);
    if (const auto pair = notice ? at.on_file.pairs.by_id(notice->pair) : std::nullopt) {
        const auto waiting = at.on_file.outbox.withdraw_prefix(
            at.on_file.team, fmt::format("{}:{}:{}:", leaving_word_kind, leaving_word::bridge, notice->id),
            "undone", at.now());
        if (waiting == 0)
            tell_privately(at.on_file, *pair, pair->protege, leaving_word::bridge, notice->id, at.now(),
                           at.now());
        note_leaving(at.on_file, at.who.id(), "bridge_back", *pair, parts[0], at.now());
    }
    return text("Taken back: those days are as they were before.");
}

} // namespace rapport
