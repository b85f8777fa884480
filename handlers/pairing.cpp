// Pairs begin and end; see pairing.hpp.
#include "handlers/pairing.hpp"

#include "handlers/entering.hpp"
#include "handlers/home_page.hpp"
#include "handlers/introductions.hpp"
#include "handlers/line_again.hpp"
#include "handlers/naming.hpp"
#include "handlers/nudging.hpp"
#include "handlers/replies.hpp"
#include "handlers/taking_back.hpp"
#include "handlers/which_program.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport {
namespace {

using surface::text;

constexpr const char *pair_example = "pair @priya @ana", *end_example = "end @priya @ana";

struct two {
    storage::person mentor, protege;
};

// The two of the line, in its order.
result<two> named_two(desk &at, const std::string &example) {
    auto mentor = person_meant(at, "mentor", example);
    if (!mentor)
        return mentor.error();
    auto protege = person_meant(at, "protege", example);
    if (!protege)
        return protege.error();
    if (mentor->id == protege->id)
        return refusal{"", "A pair is two people, and this is one.", example};
    return two{std::move(*mentor), std::move(*protege)};
}

// What both verbs mean: the two, and where. The rules are those in force.
struct two_in_term {
    two these;
    program_slug slug;
    storage::term term;
};

result<two_in_term> meant(desk &at, const std::string &example) {
    auto these = named_two(at, example);
    if (!these)
        return these.error();
    auto slug = coordinated_program(at, at.words.text("program"), example);
    if (!slug)
        return slug.error();
    auto term = running_term(at, *slug);
    if (!term)
        return term.error();
    return two_in_term{std::move(*these), std::move(*slug), std::move(*term)};
}

void note_in_journal(desk &at, const char *act, const pair_id &pair, const std::string &detail) {
    at.on_file.journal.append(at.asked.team, {.at = at.now(),
                                              .actor = at.who.id().str(),
                                              .act = act,
                                              .subject_kind = "pair",
                                              .subject = pair.str(),
                                              .detail = detail});
}

bool enrolled_as(desk &at, const storage::term &term, const storage::person &who, role as) {
    const auto found = at.on_file.programs.enrolled(term.id, who.id, as);
    return found && found->state != enrolment_state::left;
}

// As one types them: "@priya", or the address of who has no account here.
std::string typed_as(const storage::person &who) {
    return who.slack ? at_name(who) : in_a_line(who);
}

// With several programs a line names its own, or it would be asked back.
std::string which_of_several(desk &at, const program &rules) {
    return at.who.coordinated.size() > 1 ? " " + rules.slug.str() : std::string();
}

// Both enrolled as what they are to be; else the line that enrols them, or the line with the two the other
// way round.
std::optional<refusal> not_fit(desk &at, const storage::term &term, const two &these, const program &rules) {
    if (enrolled_as(at, term, these.mentor, role::protege) &&
        enrolled_as(at, term, these.protege, role::mentor) &&
        !enrolled_as(at, term, these.mentor, role::mentor))
        return refusal{
            "",
            fmt::format("The {} comes first, and {} is the {} of these two.", rules.mentor_word.one,
                        first_name(these.protege), rules.mentor_word.one),
            at.line(command_name::program, fmt::format("pair {} {}{}", typed_as(these.protege),
                                                       typed_as(these.mentor), which_of_several(at, rules)))};
    for (const auto &[who, as] :
         {std::pair(these.mentor, role::mentor), std::pair(these.protege, role::protege)})
        if (auto why = barred_from_pairing(at, rules, term, who, as))
            return why;
    return std::nullopt;
}

} // namespace

result<answer> make_pair_of(desk &at) {
    const auto what = meant(at, at.line(command_name::program, pair_example));
    if (!what)
        return what.error();
    const auto &[these, slug, term] = *what;
    const auto &rules = at.rules().of(slug);
    if (const auto why = not_fit(at, term, these, rules))
        return *why;
    if (at.on_file.pairs.running(term.id, these.mentor.id, these.protege.id))
        return tell(text("{} and {} are a pair in {} already. Nothing changed.", named(these.mentor),
                         named(these.protege), rules.name));
    storage::pair pair;
    pair.id = at.on_file.ids.make<pair_id>(at.now());
    pair.program = slug;
    pair.term = term.id;
    pair.mentor = these.mentor.id;
    pair.protege = these.protege.id;
    pair.began_at = at.now();
    pair.made_by = at.who.id();
    pair.look_again_at = at.now();
    at.on_file.pairs.add(pair);
    for (const auto &who : {these.mentor, these.protege})
        plan_greeting(at.on_file, who.id, slug, at.now());
    auto told = plan_introduction(at.on_file, pair, at.now());
    homes_follow(at.on_file, pair, at.now());
    auto undo = undo_button(at, pairing_act, pair.id.str(), std::move(told));
    note_in_journal(at, "pair", pair.id, slug.str());
    return done_with_undo(
        text("{} ({}) and {} ({}) are a pair in {}. {}", named(these.mentor), rules.mentor_word.one,
             named(these.protege), rules.protege_word.one, rules.name,
             these.mentor.slack && these.protege.slack
                 ? "I open a conversation for the three of us in a minute."
                 : "One of them is known by address only, so I open no conversation; what they tell can be "
                   "recorded for them."),
        std::move(undo));
}

// Subject: the pair's id.
result<surface::mrkdwn> undo_pairing(desk &at, const storage::undo_offer &offer) {
    const auto pair = at.on_file.pairs.by_id(pair_id{offer.subject});
    if (!pair || pair->state == pair_state::ended)
        return refusal{"", "That pair has ended already.", at.line(command_name::program, "people")};
    at.on_file.pairs.end(pair->id, at.who.id(), at.now());
    replies_after_end(at.on_file, at.rules(), *pair, at.now());
    at.on_file.attention.clear_pair(pair->id, at.now());
    note_in_journal(at, "unpair", pair->id, "undone");
    return text("Taken back: they are no pair any more.");
}

result<answer> end_pair(desk &at) {
    const auto what = meant(at, at.line(command_name::program, end_example));
    if (!what)
        return what.error();
    const auto &[these, slug, term] = *what;
    const auto &rules = at.rules().of(slug);
    const auto pair = at.on_file.pairs.running(term.id, these.mentor.id, these.protege.id);
    if (!pair && at.on_file.pairs.running(term.id, these.protege.id, these.mentor.id))
        return refusal{"",
                       fmt::format("The {} comes first: {} is the {} of these two.", rules.mentor_word.one,
                                   first_name(these.protege), rules.mentor_word.one),
                       at.line(command_name::program,
                               fmt::format("end {} {}", typed_as(these.protege), typed_as(these.mentor)))};
    if (!pair)
        return refusal{"",
                       fmt::format("{} and {} are no pair in {}.", first_name(these.mentor),
                                   first_name(these.protege), rules.name),
                       at.line(command_name::program, "people")};
    const auto key =
        end_running_pair(at.on_file, at.here, *pair, at.who.id(), partner_hears_at(at), at.now());
    auto undo = undo_button(at, ending_act, pair->id.str(), key);
    note_in_journal(at, "end", pair->id, slug.str());
    return done_with_undo(
        text("{} and {} are no pair in {} any more. Their conversation hears of it in a minute; what they "
             "put down stays theirs.",
             named(these.mentor), named(these.protege), rules.name),
        std::move(undo));
}

std::string ending_key(const pair_id &pair, instant at) {
    return fmt::format("pair.ended:{}:{}", pair.str(), at.time_since_epoch().count());
}

std::string end_running_pair(storage::records &on_file, const house &here, const storage::pair &pair,
                             const std::optional<person_id> &by, instant heard_at, instant now) {
    on_file.pairs.end(pair.id, by, now);
    replies_after_end(on_file, here.rules, pair, now);
    on_file.attention.clear_pair(pair.id, now);
    homes_follow(on_file, pair, now);
    auto key = ending_key(pair.id, now);
    on_file.outbox.add({.team = on_file.team,
                        .id = on_file.ids.make<storage::outbox_id>(now),
                        .key = key,
                        .verb = storage::outbox_verb::post,
                        .kind = std::string(ending_notice_kind),
                        .policy = storage::send_policy::at_least_once,
                        .pair = pair.id,
                        .subject = "pair.ended:" + pair.id.str(),
                        .not_before_at = heard_at,
                        .created_at = now});
    return key;
}

// Subject: the pair's id. What had stopped with the pair runs on.
result<surface::mrkdwn> undo_ending(desk &at, const storage::undo_offer &offer) {
    const auto pair = at.on_file.pairs.by_id(pair_id{offer.subject});
    if (!pair || pair->state != pair_state::ended || !pair->ended_at)
        return refusal{"", "That pair goes on already.", at.line(command_name::program, "people")};
    if (at.on_file.pairs.running(pair->term, pair->mentor, pair->protege))
        return refusal{"", "The two were paired anew meanwhile.", at.line(command_name::program, "people")};
    at.on_file.pairs.reopen(pair->id, at.now());
    for (const auto &clock : at.on_file.clocks.ended_at(pair->id, *pair->ended_at))
        resume_clock(at.on_file, clock, at.now());
    note_in_journal(at, "reopen", pair->id, "undone");
    return text("Taken back: they are a pair again.");
}

std::optional<surface::message> ending_notice(storage::records &on_file, const house &here,
                                              const storage::outbox_row &row) {
    const auto pair = row.pair ? on_file.pairs.by_id(*row.pair) : std::nullopt;
    if (!pair || pair->state != pair_state::ended || !pair->channel)
        return std::nullopt;
    const auto &rules = here.rules.of(pair->program);
    return surface::said(
        text("This pairing in {} has ended. Thank you both. I no longer look at this conversation for "
             "it; what each of you put down stays yours. Questions: {}.",
             rules.name, rules.contact.name));
}

} // namespace rapport
