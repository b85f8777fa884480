// See feedback.hpp.
#include "handlers/feedback.hpp"

#include "handlers/leaving_facts.hpp"
#include "handlers/line_meant.hpp"
#include "handlers/naming.hpp"
#include "handlers/nudge_wording.hpp"
#include "handlers/nudging.hpp"
#include "handlers/owed.hpp"
#include "handlers/own_pair.hpp"
#include "handlers/surface/characters.hpp"
#include "handlers/surface/packed.hpp"
#include "handlers/surface/with_buttons.hpp"
#include "handlers/taking_back.hpp"
#include "storage/closing.hpp"

#include <fmt/format.h>

namespace rapport {
namespace {

using surface::text;

constexpr std::size_t most_words = 1000; // code points of an answer

storage::feedbacks feedbacks_of(desk &at) {
    return at.on_file.open<storage::feedbacks>();
}

bool is_open(const storage::pair &pair, instant now) {
    return pair.state != pair_state::ended ||
           (pair.ended_at && now < *pair.ended_at + days{closing_open_days});
}

// The caller's pair, where its feedback can still be given; else in four parts what became of it.
result<storage::pair> pair_of(desk &at, const std::string &id) {
    auto pair = at.on_file.pairs.by_id(pair_id{id});
    if (!pair || !at.who.person || !pair->side_of(at.who.id()) || !at.rules().find(pair->program))
        return not_found("pair", at.line(command_name::mentoring));
    if (is_open(*pair, at.now()))
        return std::move(*pair);
    const auto partner = first_name(partner_in(at, *pair));
    const auto term = at.on_file.programs.term_by_id(pair->term);
    return refusal{fmt::format("feedback about the time with {}", partner),
                   term && term->state == term_state::closed
                       ? fmt::format("That term closed on {}, and its feedback two weeks later.",
                                     full_date(at.who.where.day_of(term->closes_at.value_or(at.now()))))
                       : fmt::format("Your pair with {} ended on {}, and its feedback two weeks later.",
                                     partner,
                                     full_date(at.who.where.day_of(pair->ended_at.value_or(at.now())))),
                   at.line(command_name::mentoring, "contact")};
}

feedback_time moment_now(desk &at, const storage::pair &pair) {
    if (pair.state == pair_state::ended)
        return feedback_time::end;
    const auto &rules = at.rules().of(pair.program);
    const auto end = end_of(at.on_file, rules, pair);
    return feedback_moment(rules.where.day_of(pair.began_at), end ? std::optional(end->last) : std::nullopt,
                           rules.where.day_of(at.now()));
}

std::string_view words_of(feedback_time when) {
    switch (when) {
    case feedback_time::start:
        return "at the start";
    case feedback_time::middle:
        return "in the middle";
    case feedback_time::end:
        break;
    }
    return "at the end";
}

std::string readers_of(desk &at, const storage::pair &pair) {
    const auto &rules = at.rules().of(pair.program);
    const auto partner = first_name(partner_in(at, pair));
    return rules.leaving.feedback_to_partner
               ? fmt::format(
                     "Read by you and the coordinators of {}, with your name; by {} only if you say so here.",
                     rules.name, partner)
               : fmt::format("Read by you and the coordinators of {}, with your name. {} never sees it.",
                             rules.name, partner);
}

result<answer> form_for(desk &at, const storage::pair &pair, feedback_time when) {
    if (!at.asked.can_open_form)
        return refusal{"", "A form cannot be opened from here.",
                       at.line(command_name::mentoring, "feedback")};
    const auto &rules = at.rules().of(pair.program);
    const auto partner = first_name(partner_in(at, pair));
    const auto before = feedbacks_of(at).of(pair.id, *pair.side_of(at.who.id()), when);
    surface::modal form{.callback = std::string(feedback_form),
                        .title = "Feedback",
                        .submit = before ? "Change" : "Send",
                        .close = "Not now",
                        .metadata = fmt::format("{} {}", pair.id.str(), text_of(when))};
    form.blocks.emplace_back(surface::section{
        .text = text("How it is with {}, {}. How you two work together, not what you talk about.", partner,
                     words_of(when))});
    const auto asks = [&](const char *field, surface::plain label, const std::string &initial) {
        form.blocks.emplace_back(surface::input{
            .field = field,
            .label = std::move(label),
            .asks =
                surface::plain_text_input{.initial = initial, .multiline = true, .max_length = most_words},
            .optional = true});
    };
    asks("well", "What helps you most?", before ? before->went_well : "");
    asks("help", "What would help you more?", before ? before->would_help : "");
    if (rules.leaving.feedback_to_partner) {
        surface::radio menu;
        menu.options = {{.says = "The coordinators", .value = "no"},
                        {.says = surface::plain_text("The coordinators and {}", partner), .value = "yes"}};
        menu.chosen = before && before->to_partner ? "yes" : "no";
        form.blocks.emplace_back(
            surface::input{.field = "readers", .label = "Who may read it?", .asks = std::move(menu)});
    }
    form.blocks.emplace_back(surface::context{{text("{}", readers_of(at, pair))}});
    return open_form(std::move(form));
}

std::string shared_key(const storage::feedback_row &row) {
    return fmt::format("{}:{}:{}:{}:{}", feedback_shared_kind, row.pair.str(), text_of(row.side),
                       text_of(row.moment), row.given_at.time_since_epoch().count());
}

// The partner hears of it in their next good hour, a minute later at the earliest.
std::string plan_sharing(desk &at, const storage::pair &pair, const storage::feedback_row &row) {
    const auto &rules = at.rules().of(pair.program);
    const auto partner = partner_in(at, pair);
    auto key = shared_key(row);
    at.on_file.outbox.add(
        {.team = at.asked.team,
         .id = at.on_file.ids.make<storage::outbox_id>(at.now()),
         .key = key,
         .verb = storage::outbox_verb::post,
         .kind = std::string(feedback_shared_kind),
         .policy = storage::send_policy::at_least_once,
         .person = partner.id,
         .channel = std::nullopt,
         .pair = pair.id,
         .subject = fmt::format("feedback:{}:{}", pair.id.str(), text_of(row.side)),
         .params = fmt::format("{} {} {}", text_of(row.side), text_of(row.moment),
                               row.given_at.time_since_epoch().count()),
         .not_before_at = hours_of(partner, rules, other_side(row.side)).next_good(partner_hears_at(at)),
         .created_at = at.now()});
    return key;
}

} // namespace

result<answer> feedback(desk &at) {
    std::vector<storage::pair> mine;
    if (at.who.person)
        for (const auto &pair : at.on_file.pairs.of_person(at.who.id()))
            if (is_open(pair, at.now()) && at.rules().find(pair.program))
                mine.push_back(pair);
    if (mine.empty())
        return refusal{"", "There is no pair of yours to give feedback about.",
                       at.line(command_name::mentoring)};
    if (mine.size() > 1 && !at.asked.channel.empty())
        for (const auto &pair : mine)
            if (pair.channel == at.asked.channel && pair.state != pair_state::ended)
                return form_for(at, pair, moment_now(at, pair));
    if (mine.size() == 1)
        return form_for(at, mine.front(), moment_now(at, mine.front()));
    std::vector<surface::element> buttons;
    for (const auto &pair : mine)
        if (buttons.size() < 24)
            buttons.emplace_back(
                surface::button{.says = surface::plain_text("{}, {}", first_name(partner_in(at, pair)),
                                                            at.rules().of(pair.program).name),
                                .action = std::string(feedback_button),
                                .value = pair.id.str()});
    return tell(with_buttons(text("About which pair?"), std::move(buttons)));
}

result<answer> press_feedback(desk &at) {
    const auto pair = pair_of(at, at.pressed().value);
    return pair ? form_for(at, *pair, moment_now(at, *pair)) : pair.error();
}

result<answer> feedback_from_line(desk &at) {
    const auto line = line_meant(at, at.pressed().value);
    if (!line)
        return not_found("reminder", at.line(command_name::mentoring));
    const auto pair = pair_of(at, line->pair.str());
    if (!pair)
        return pair.error();
    feedback_time when{};
    if (!parse_text(line->occasion.substr(0, line->occasion.find('/')), when)) // "middle/2027-01-05"
        when = moment_now(at, *pair);
    return form_for(at, *pair, when);
}

result<answer> feedback_given(desk &at) {
    const auto parts = surface::split_words(at.sent().metadata);
    feedback_time when{};
    if (parts.size() != 2 || !parse_text(parts[1], when))
        return not_found("pair", at.line(command_name::mentoring, "feedback"));
    const auto pair = pair_of(at, parts[0]);
    if (!pair)
        return pair.error();
    const auto &rules = at.rules().of(pair->program);
    const auto &holds = at.sent().holds;
    storage::feedback_row row;
    row.pair = pair->id;
    row.side = *pair->side_of(at.who.id());
    row.moment = when;
    row.person = at.who.id();
    row.went_well = surface::cleaned(holds.text("well"));
    row.would_help = surface::cleaned(holds.text("help"));
    row.to_partner = rules.leaving.feedback_to_partner && holds.chosen("readers") == "yes";
    row.given_at = at.now();
    form_errors wrong;
    for (const auto &[field, words] : {std::pair("well", &row.went_well), {"help", &row.would_help}})
        if (surface::code_points(*words) > most_words)
            wrong.under[field] = fmt::format("At most {} characters; this has {}. Nothing was saved.",
                                             most_words, surface::code_points(*words));
    if (surface::one_line(row.went_well).empty() && surface::one_line(row.would_help).empty())
        wrong.under["well"] = "Nothing is filled in yet. One word is enough. Nothing was saved.";
    if (!wrong.under.empty())
        return answer{.what = outcome::refused, .form = std::move(wrong)};
    const auto before = feedbacks_of(at).of(pair->id, row.side, when);
    feedbacks_of(at).give(row);
    at.on_file.journal.append(at.asked.team, {.at = at.now(),
                                              .actor = at.who.id().str(),
                                              .act = "feedback",
                                              .subject_kind = "pair",
                                              .subject = pair->id.str(),
                                              .detail = std::string(text_of(when))});
    if (pair->state != pair_state::ended)
        look_at(at.on_file, at.here, pair->id, at.now());
    std::optional<std::string> told;
    if (row.to_partner)
        told = plan_sharing(at, *pair, row);
    const auto partner = first_name(partner_in(at, *pair));
    auto words =
        text("Thank you. Your feedback is recorded{}.", before ? ", in place of what you gave before" : "");
    if (row.to_partner)
        words = text("{} {} reads it, too.", words, partner);
    std::vector<surface::element> buttons;
    if (!before)
        buttons.emplace_back(undo_button(
            at, feedback_act, fmt::format("{} {} {}", pair->id.str(), text_of(row.side), text_of(when)),
            std::move(told)));
    auto said = with_buttons(std::move(words), std::move(buttons));
    said.blocks.emplace_back(surface::context{{text("{}", readers_of(at, *pair))}});
    return done(std::move(said));
}

// Subject: "pair side moment".
result<surface::mrkdwn> undo_feedback(desk &at, const storage::undo_offer &offer) {
    const auto parts = surface::split_words(offer.subject);
    side by{};
    feedback_time when{};
    if (parts.size() != 3 || !parse_text(parts[1], by) || !parse_text(parts[2], when))
        throw std::logic_error("feedback: an undo that was not written here");
    const pair_id pair{parts[0]};
    if (!feedbacks_of(at).of(pair, by, when))
        return refusal{"", "That was taken back already.", at.line(command_name::mentoring, "feedback")};
    feedbacks_of(at).erase(pair, by, when);
    look_at(at.on_file, at.here, pair, at.now());
    return text("Taken back: nothing of it is kept.");
}

std::optional<surface::message> feedback_shared(storage::records &on_file, const house &here,
                                                const storage::outbox_row &row) {
    const auto parts = surface::split_words(row.params);
    const auto pair = row.pair ? on_file.pairs.by_id(*row.pair) : std::nullopt;
    const auto to = row.person ? on_file.people.by_id(*row.person) : std::nullopt;
    side by{};
    feedback_time when{};
    if (!pair || !to || parts.size() != 3 || !parse_text(parts[0], by) || !parse_text(parts[1], when) ||
        !here.rules.find(pair->program))
        return std::nullopt;
    const auto given = on_file.open<storage::feedbacks>().of(pair->id, by, when);
    const auto author = on_file.people.by_id(pair->on(by));
    if (!given || !author || !given->to_partner ||
        std::to_string(given->given_at.time_since_epoch().count()) != parts[2])
        return std::nullopt;
    auto words = text("Hi {}. {} lets you read what they said about working together {}.",
                      called(to->name, "there"), first_name(*author), words_of(when));
    if (!surface::one_line(given->went_well).empty())
        words = surface::lines({words, text("What helps most: “{}”", surface::paragraph{given->went_well})});
    if (!surface::one_line(given->would_help).empty())
        words = surface::lines(
            {words, text("What would help more: “{}”", surface::paragraph{given->would_help})});
    return surface::said(words);
}

} // namespace rapport
