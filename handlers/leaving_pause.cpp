// See leaving_pause.hpp.
#include "handlers/leaving_pause.hpp"

#include "handlers/closing.hpp"
#include "handlers/leaving_dates.hpp"
#include "handlers/leaving_facts.hpp"
#include "handlers/leaving_told.hpp"
#include "handlers/naming.hpp"
#include "handlers/nudging.hpp"
#include "handlers/own_pair.hpp"
#include "handlers/surface/packed.hpp"
#include "handlers/surface/with_buttons.hpp"
#include "handlers/taking_back.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport {
namespace {

using surface::text;

constexpr int usual_pause_days = 14;

storage::pauses pauses_of(desk &at) {
    return at.on_file.open<storage::pauses>();
}

std::string pause_line(const desk &at, const program &rules) {
    return at.line(command_name::mentoring,
                   "leave pause " +
                       rapport::text_of(plus_days(rules.where.day_of(at.now()), usual_pause_days)));
}

// Why a pair cannot rest until that day; none: it can.
std::optional<refusal> cannot_rest(desk &at, const storage::pair &pair, std::optional<day> until) {
    const auto &rules = at.rules().of(pair.program);
    const auto today = rules.where.day_of(at.now());
    const auto read = until ? fmt::format("a pause until {}", full_date(*until)) : std::string("a pause");
    if (pair.state == pair_state::paused) {
        const auto rest = pauses_of(at).running(pair.id);
        return refusal{read,
                       rest && rest->until_at
                           ? fmt::format("You two pause already, until {}.",
                                         full_date(rules.where.day_of(*rest->until_at - milliseconds{1})))
                           : std::string("This pair rests already."),
                       at.line(command_name::mentoring, "continue")};
    }
    if (!until)
        return std::nullopt;
    if (*until < today)
        return refusal{read, "That day is past.", pause_line(at, rules)};
    if (*until > plus_days(today, longest_pause_days))
        return refusal{
            read,
            fmt::format("A pause lasts until {} at most; to be free for longer, `{}` gives notice, and you "
                        "are welcome back.",
                        full_date(plus_days(today, longest_pause_days)),
                        at.line(command_name::mentoring, "leave")),
            pause_line(at, rules)};
    if (const auto end = end_of(at.on_file, rules, pair); end && end->last <= *until)
        return refusal{read, fmt::format("This pair ends on {}, before that.", full_date(end->last)),
                       at.line(command_name::mentoring, "leave")};
    return std::nullopt;
}

answer pause_until(desk &at, const storage::pair &pair, day until) {
    const auto &rules = at.rules().of(pair.program);
    storage::pause rest;
    rest.id = at.on_file.ids.next(at.now());
    rest.pair = pair.id;
    rest.by = at.who.id();
    rest.from_at = at.now();
    rest.until_at = rules.where.start_of(plus_days(until, 1));
    pauses_of(at).add(rest);
    at.on_file.pairs.set_state(pair.id, pair_state::paused);
    ask_for_help(at.on_file, at.here, pair, std::string(leaving_line::pause), rest.id, at.who.id(), at.now(),
                 at.now());
    auto told = tell_privately(at.on_file, pair, pair.partner_of(at.who.id()), leaving_word::pause, rest.id,
                               partner_hears_at(at), at.now());
    note_leaving(at.on_file, at.who.id(), "pause", pair, rest.id, at.now());
    look_at(at.on_file, at.here, pair.id, at.now());
    const auto partner = first_name(partner_in(at, pair));
    return done_with_undo(
        text("You and {} pause until {}. Nothing is asked of either of you until then; {} hears of it "
             "in a minute. `{}` ends it sooner.",
             partner, in_full(until, rules.where), partner, at.line(command_name::mentoring, "continue")),
        undo_button(at, pause_act, rest.id, std::move(told)));
}

result<answer> pause_form_for(desk &at, const storage::pair &pair) {
    if (const auto why = cannot_rest(at, pair, std::nullopt))
        return *why;
    const auto &rules = at.rules().of(pair.program);
    if (!at.asked.can_open_form)
        return refusal{"", "A form cannot be opened from here.", pause_line(at, rules)};
    const auto today = rules.where.day_of(at.now());
    surface::modal form{.callback = std::string(pause_form),
                        .title = "Pause",
                        .submit = "Pause",
                        .close = "Not now",
                        .metadata = pair.id.str()};
    form.blocks.emplace_back(
        surface::section{.text = text("Nothing is asked of you and {} until the day after. {} hears of it in "
                                      "a minute, without a reason; "
                                      "a coordinator sees it.",
                                      first_name(partner_in(at, pair)), first_name(partner_in(at, pair)))});
    form.blocks.emplace_back(surface::input{
        .field = "until",
        .label = "Until and with",
        .asks = surface::datepicker{.chosen = plus_days(today, usual_pause_days)},
        .hint = surface::plain_text("{} at most.", full_date(plus_days(today, longest_pause_days)))});
    return open_form(std::move(form));
}

// --- going on

// What of a pair the caller could let go on now.
enum class to_go_on { rest, others_rest, account, notice, nothing };

to_go_on what_waits(desk &at, const storage::pair &pair) {
    const auto notice = at.on_file.open<storage::notices>().running(pair.id);
    if (notice && notice->by == at.who.id())
        return to_go_on::notice;
    if (pair.state != pair_state::paused)
        return to_go_on::nothing;
    const auto rest = pauses_of(at).running(pair.id);
    if (!rest || rest->cause == pause_cause::account)
        return to_go_on::account;
    return rest->by == at.who.id() ? to_go_on::rest : to_go_on::others_rest;
}

answer stays(desk &at, const storage::pair &pair) {
    const auto notice = at.on_file.open<storage::notices>().running(pair.id).value();
    at.on_file.open<storage::notices>().move(notice.id, storage::notice_state::withdrawn, at.now());
    at.on_file.attention.clear(pair.id, std::string(leaving_line::notice), notice.id, notice.by, std::nullopt,
                               at.now());
    const auto before = fmt::format("{}:{}:{}:", leaving_word_kind, leaving_word::notice, notice.id);
    if (at.on_file.outbox.withdraw_prefix(at.on_file.team, before, "stays", at.now()) == 0)
        tell_privately(at.on_file, pair, pair.partner_of(at.who.id()), leaving_word::notice_back, notice.id,
                       partner_hears_at(at), at.now());
    note_leaving(at.on_file, at.who.id(), "notice_back", pair, notice.id, at.now());
    look_at(at.on_file, at.here, pair.id, at.now());
    return done(text("Good: you and {} go on. {} hears of it in a minute.", first_name(partner_in(at, pair)),
                     first_name(partner_in(at, pair))));
}

result<answer> go_on_with(desk &at, const storage::pair &pair) {
    const auto &rules = at.rules().of(pair.program);
    const auto partner = first_name(partner_in(at, pair));
    const auto rest = pauses_of(at).running(pair.id);
    switch (what_waits(at, pair)) {
    case to_go_on::notice:
        return stays(at, pair);
    case to_go_on::rest:
        break;
    case to_go_on::others_rest:
        return refusal{
            "going on",
            fmt::format("{} asked for this pause; it ends on {} by itself, and sooner if {} says so.",
                        partner,
                        rest->until_at ? full_date(rules.where.day_of(*rest->until_at - milliseconds{1}))
                                       : std::string("a day of their own"),
                        partner),
            at.line(command_name::mentoring)};
    case to_go_on::account:
        return refusal{
            "going on",
            fmt::format("This pair rests because an account is or was deactivated. {} lets it go on.",
                        rules.contact.name),
            at.line(command_name::mentoring, "contact")};
    case to_go_on::nothing:
        return tell(text("You and {} are going on already. Nothing to do.", partner));
    }
    if (!resume(at.on_file, at.here, pair, *rest, at.who.id(), partner_hears_at(at), at.now()))
        return refusal{"going on", fmt::format("The account of {} is deactivated now.", partner),
                       at.line(command_name::mentoring, "contact")};
    return done_with_undo(
        text("Welcome back: you and {} go on. There is no hurry; what waited begins anew. {} hears of "
             "it in a minute.",
             partner, partner),
        undo_button(at, resume_act, rest->id));
}

} // namespace

result<answer> pause_pair(desk &at) {
    const auto date = at.words.date("date");
    if (!date)
        return pause_form_for(at, at.pair());
    if (const auto why = cannot_rest(at, at.pair(), date->date))
        return *why;
    return pause_until(at, at.pair(), date->date);
}

result<answer> press_pause(desk &at) {
    const auto pair = own_pair(at, at.pressed().value);
    return pair ? pause_form_for(at, *pair) : pair.error();
}

result<answer> pause_chosen(desk &at) {
    const auto pair = own_pair(at, at.sent().metadata);
    if (!pair)
        return pair.error();
    const auto until = at.sent().holds.date("until");
    if (!until)
        return answer{.what = outcome::refused,
                      .form = form_errors{{{"until", "Choose a day. Nothing was saved."}}}};
    if (const auto why = cannot_rest(at, *pair, until))
        return *why;
    return pause_until(at, *pair, *until);
}

// Subject: the pause's id.
result<surface::mrkdwn> undo_pause(desk &at, const storage::undo_offer &offer) {
    const auto rest = pauses_of(at).by_id(offer.subject);
    const auto pair = rest ? at.on_file.pairs.by_id(rest->pair) : std::nullopt;
    if (!pair || rest->ended_at || pair->state != pair_state::paused || rest->cause != pause_cause::asked)
        return refusal{"", "That pause does not run any more.", at.line(command_name::mentoring)};
    pauses_of(at).erase(rest->id);
    at.on_file.pairs.set_state(pair->id, pair_state::open);
    at.on_file.attention.clear(pair->id, std::string(leaving_line::pause), rest->id, at.who.id(),
                               std::nullopt, at.now());
    note_leaving(at.on_file, at.who.id(), "pause_back", *pair, rest->id, at.now());
    look_at(at.on_file, at.here, pair->id, at.now());
    return text("Taken back: you two go on as before.");
}

// Subject: the pause's id. What the partner was to hear goes with it.
result<surface::mrkdwn> undo_resume(desk &at, const storage::undo_offer &offer) {
    const auto rest = pauses_of(at).by_id(offer.subject);
    const auto pair = rest ? at.on_file.pairs.by_id(rest->pair) : std::nullopt;
    if (!pair || pair->state != pair_state::open || !rest->ended_at ||
        (rest->until_at && *rest->until_at <= at.now()))
        return refusal{"", "That pause is over by now.", at.line(command_name::mentoring, "leave pause")};
    pauses_of(at).run_again(rest->id);
    at.on_file.pairs.set_state(pair->id, pair_state::paused);
    const auto word = fmt::format("{}:{}:{}:", leaving_word_kind, leaving_word::goes_on, rest->id);
    if (at.on_file.outbox.withdraw_prefix(at.on_file.team, word, "undone", at.now()) == 0)
        tell_privately(at.on_file, *pair, pair->partner_of(at.who.id()), leaving_word::pause, rest->id,
                       at.now(), at.now());
    note_leaving(at.on_file, at.who.id(), "resume_back", *pair, rest->id, at.now());
    look_at(at.on_file, at.here, pair->id, at.now());
    return text("Taken back: the pause runs on.");
}

result<answer> go_on(desk &at) {
    std::vector<storage::pair> waiting;
    for (const auto &pair : at.who.pairs)
        if (what_waits(at, pair) != to_go_on::nothing)
            waiting.push_back(pair);
    auto ended = closings_open(at);
    if (waiting.size() == 1 && ended.empty())
        return go_on_with(at, waiting.front());
    if (waiting.empty() && ended.size() == 1)
        return show_closing(at, ended.front());
    std::vector<surface::element> buttons;
    waiting.insert(waiting.end(), ended.begin(), ended.end());
    for (const auto &pair : waiting)
        if (buttons.size() < 24)
            buttons.emplace_back(
                surface::button{.says = surface::plain_text("{}, {}", first_name(partner_in(at, pair)),
                                                            at.rules().of(pair.program).name),
                                .action = std::string(leaving_button::go_on),
                                .value = pair.id.str()});
    if (buttons.empty())
        return refusal{"", "Nothing of yours rests or is about to end.", at.line(command_name::mentoring)};
    return tell(with_buttons(text("With whom would you like to go on?"), std::move(buttons)));
}

result<answer> press_go_on(desk &at) {
    for (const auto &pair : closings_open(at))
        if (pair.id.str() == at.pressed().value && what_waits(at, pair) == to_go_on::nothing)
            return show_closing(at, pair);
    const auto pair = own_pair(at, at.pressed().value);
    return pair ? go_on_with(at, *pair) : pair.error();
}

result<answer> press_resume(desk &at) {
    const auto pair = at.on_file.pairs.by_id(pair_id{at.pressed().value});
    if (!pair || !at.who.coordinates_program(pair->program) || (at.who.person && pair->side_of(at.who.id())))
        return not_found("pair", at.line(command_name::program));
    const auto rest = pauses_of(at).running(pair->id);
    if (pair->state == pair_state::ended)
        return refusal{"going on", "That pair has ended.", at.line(command_name::program, "people")};
    if (pair->state == pair_state::open || !rest)
        return tell(text("They go on already. Nothing to do."));
    if (!resume(at.on_file, at.here, *pair, *rest, at.who.id(), partner_hears_at(at), at.now()))
        return refusal{"going on", "An account of this pair is still deactivated.",
                       at.line(command_name::program, "people")};
    const auto protege = at.on_file.people.by_id(pair->protege),
               mentor = at.on_file.people.by_id(pair->mentor);
    return done(text("{} and {} go on. Both hear of it in a minute.", first_name(protege.value()),
                     first_name(mentor.value())));
}

void rest_with_account(desk &at, const storage::person &who) {
    for (const auto &pair : at.on_file.pairs.open_of_person(who.id)) {
        auto rest = pauses_of(at).running(pair.id);
        if (rest && rest->cause == pause_cause::account) { // gone again before anybody let the pair go on
            for (const auto &line : at.on_file.attention.open_of_pair(pair.id))
                if (line.kind == leaving_line::came_back && line.person == who.id)
                    at.on_file.attention.clear(pair.id, line.kind, line.occasion, line.person, std::nullopt,
                                               at.now());
            at.on_file.attention.reopen(pair.id, std::string(leaving_line::deactivated), rest->id, who.id);
        } else if (rest) {
            pauses_of(at).for_account(rest->id);
        } else {
            rest.emplace();
            rest->id = at.on_file.ids.next(at.now());
            rest->pair = pair.id;
            rest->cause = pause_cause::account;
            rest->from_at = at.now();
            pauses_of(at).add(*rest);
            at.on_file.pairs.set_state(pair.id, pair_state::paused);
        }
        note_leaving(at.on_file, std::nullopt, "rest", pair, rest->id, at.now());
        look_at(at.on_file, at.here, pair.id, at.now());
        ask_for_help(at.on_file, at.here, pair, std::string(leaving_line::deactivated), rest->id, who.id,
                     at.now(), at.now());
    }
}

void account_is_back(desk &at, const storage::person &who) {
    for (const auto &pair : at.on_file.pairs.open_of_person(who.id)) {
        const auto rest = pauses_of(at).running(pair.id);
        if (pair.state != pair_state::paused || !rest || rest->cause != pause_cause::account)
            continue;
        at.on_file.attention.clear(pair.id, std::string(leaving_line::deactivated), rest->id, who.id,
                                   std::nullopt, at.now());
        ask_for_help(at.on_file, at.here, pair, std::string(leaving_line::came_back),
                     rest->id + "/" + std::to_string(at.now().time_since_epoch().count()), who.id, at.now(),
                     at.now());
        look_at(at.on_file, at.here, pair.id, at.now());
    }
}

} // namespace rapport
