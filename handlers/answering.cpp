// Answers to requests; see answering.hpp.
#include "handlers/answering.hpp"

#include "handlers/entering.hpp"
#include "handlers/introductions.hpp"
#include "handlers/naming.hpp"
#include "handlers/owed.hpp"
#include "handlers/permission.hpp"
#include "handlers/replies.hpp"
#include "handlers/request_messages.hpp"
#include "handlers/request_watch.hpp"
#include "handlers/requesting.hpp"
#include "handlers/surface/characters.hpp"
#include "handlers/taking_back.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport {
namespace {

using storage::mentor_request;
using storage::request_state;
using surface::text;

constexpr std::size_t most_question = 1000; // code points

std::string list_line(desk &at) {
    return at.line(command_name::mentoring, "requests");
}

std::string name_of(desk &at, const person_id &id) {
    const auto found = at.on_file.people.by_id(id);
    return found ? first_name(*found) : "someone";
}

// The request an answer is to. What became of it meanwhile is said before anything is written.
result<mentor_request> answerable(desk &at, std::string_view id) {
    auto one = at.on_file.open<storage::mentor_requests>().by_id(storage::request_id{std::string(id)});
    const auto *rules = one ? at.rules().find(one->program) : nullptr;
    if (!one || rules == nullptr || !at.who.person)
        return not_found("request", list_line(at));
    const bool named = one->asked() == at.who.id();
    if (!named && (one->team_name.empty() ||
                   (storage::is_open(one->state) && !may_answer(at.on_file, *rules, *one, at.who.id()))))
        return not_found("request", list_line(at));
    const auto who = name_of(at, one->asker());
    switch (one->state) {
    case request_state::waiting:
    case request_state::question:
        return std::move(*one);
    case request_state::accepted:
        return refusal{"",
                       one->ended_by == at.who.id()
                           ? fmt::format("You said yes to {} already.", who)
                           : fmt::format("Somebody of your team has said yes to {} meanwhile.", who),
                       list_line(at)};
    case request_state::declined:
        return refusal{"", fmt::format("You answered {} already.", who), list_line(at)};
    case request_state::withdrawn:
        return refusal{"", fmt::format("{} has withdrawn it meanwhile.", who), list_line(at)};
    case request_state::lapsed:
        return refusal{"", fmt::format("The time for it is over; {} was told so kindly.", who),
                       list_line(at)};
    case request_state::queued:
    case request_state::passed:
        break;
    }
    return refusal{"", "It is not needed any more.", list_line(at)};
}

result<mentor_request> answerable_pressed(desk &at) {
    return answerable(at, at.pressed().value);
}

// It waits for an answer again, and so does what was said about it.
void wait_again(desk &at, const mentor_request &one) {
    at.on_file.open<storage::mentor_requests>().save(one);
    at.on_file.nudges.reopen(pair_id{one.id.str()}, std::string(text_of(obligation_kind::request)),
                             one.id.str());
}

// Whether the answer may stand in the place of the message that was pressed.
answer in_its_place(desk &at, answer one) {
    if (const auto *pressed = std::get_if<button_pressed>(&at.asked.what))
        one.in_place = !pressed->message_ts.empty();
    return one;
}

} // namespace

result<answer> show_request(desk &at) {
    const auto one = answerable_pressed(at);
    if (!one)
        return one.error();
    storage::outbox_row as_sent;
    as_sent.team = at.asked.team;
    as_sent.kind = request_kind::notice;
    as_sent.person = at.who.id();
    as_sent.params = one->id.str();
    auto shown = request_message(at.on_file, at.here, as_sent, at.now());
    if (!shown)
        return not_found("request", list_line(at));
    return tell(std::move(*shown));
}

result<answer> accept_request(desk &at) {
    const auto one = answerable_pressed(at);
    if (!one)
        return one.error();
    const auto &rules = at.rules().of(one->program);
    const auto mine = other_side(one->asked_by);
    const auto who = name_of(at, one->asker());
    const auto active = [&](const person_id &person, side as) {
        const auto found = at.on_file.programs.enrolled(one->term, person, role_of(as));
        return found && found->state == enrolment_state::active;
    };
    const auto term = at.on_file.programs.term_by_id(one->term);
    if (!term || term->state != term_state::open || !active(one->asker(), one->asked_by))
        return refusal{"", fmt::format("{} does not take part in {} any more.", who, rules.name),
                       list_line(at)};
    if (!active(at.who.id(), mine))
        return refusal{"",
                       fmt::format("You are no active {} in {} just now.", rules.word(mine).one, rules.name),
                       at.line(command_name::mentoring)};
    const auto mentor = mine == side::mentor ? at.who.id() : one->mentor;
    if (at.on_file.pairs.running(one->term, mentor, one->protege))
        return refusal{"", fmt::format("You and {} are a pair already.", who), list_line(at)};
    const auto mentors_row = at.on_file.people.by_id(mentor), theirs = at.on_file.people.by_id(one->protege);
    if (!mentors_row || !theirs ||
        !pairing_bar(at.on_file, rules, *term, *mentors_row, role::mentor, at.now()).empty() ||
        !pairing_bar(at.on_file, rules, *term, *theirs, role::protege, at.now()).empty())
        return refusal{"",
                       fmt::format("Something is still open before you two can be a pair; {} can help.",
                                   rules.contact.name),
                       at.line(command_name::mentoring)};
    if (!has_room_now(at.on_file, rules, one->term, mentor))
        return refusal{"",
                       mine == side::mentor
                           ? std::string("Your places are all taken; your profile says how many there are.")
                           : fmt::format("{} has no room any more.", who),
                       mine == side::mentor ? at.line(command_name::mentoring, "profile") : list_line(at)};
    storage::pair pair;
    pair.id = at.on_file.ids.make<pair_id>(at.now());
    pair.program = one->program;
    pair.term = one->term;
    pair.mentor = mentor;
    pair.protege = one->protege;
    pair.began_at = at.now();
    pair.made_by = at.who.id();
    pair.look_again_at = at.now();
    at.on_file.pairs.add(pair);
    for (const auto &each : {pair.mentor, pair.protege})
        plan_greeting(at.on_file, each, one->program, at.now());
    auto told = plan_introduction(at.on_file, pair, at.now());
    auto answered = *one;
    answered.pair = pair.id;
    answered.mentor = mentor;
    end_request(at.on_file, at.here, answered, request_state::accepted, at.who.id(), at.now());
    send_about(at.on_file, answered, request_kind::ended, one->asker(), partner_hears_at(at), at.now(),
               "accepted");
    note_in_journal(at, "request.accept", *one);
    return in_its_place(
        at, done_with_undo(
                text("You are {}'s {} in {} now. I open a conversation for the three of us in a minute.", who,
                     rules.word(mine).one, rules.name),
                undo_button(at, request_answer::accept_act, one->id.str(), std::move(told))));
}

// Subject: the request's id. The pair is gone, and the request lapses no sooner than a new one would.
result<surface::mrkdwn> undo_acceptance(desk &at, const storage::undo_offer &offer) {
    auto requests = at.on_file.open<storage::mentor_requests>();
    auto one = requests.by_id(storage::request_id{offer.subject});
    const auto pair = one && one->pair ? at.on_file.pairs.by_id(*one->pair) : std::nullopt;
    if (!pair || pair->state == pair_state::ended)
        return refusal{"", "That pair has ended already.", at.line(command_name::mentoring)};
    at.on_file.pairs.end(pair->id, at.who.id(), at.now());
    replies_after_end(at.on_file, at.rules(), *pair, at.now());
    at.on_file.attention.clear_pair(pair->id, at.now());
    one->state = request_state::waiting;
    one->ended_at.reset();
    one->ended_by.reset();
    one->pair.reset();
    one->notified_at = at.now();
    one->look_again_at = at.now();
    wait_again(at, *one);
    show_as_it_stands(
        at.on_file, *one,
        fmt::format("{}:{}:{}:accepted", request_kind::ended, one->id.str(), one->asker().str()), at.now());
    show_as_it_stands(at.on_file, *one,
                      fmt::format("{}:{}:{}", request_kind::notice, one->id.str(), at.who.id().str()),
                      at.now());
    note_in_journal(at, "request.unaccept", *one);
    return text("Taken back: the request waits for you again. `{}` shows it.", list_line(at));
}

result<answer> decline_request(desk &at) {
    const auto one = answerable_pressed(at);
    if (!one)
        return one.error();
    surface::radio words;
    for (const auto &each : kind_words)
        words.options.push_back({.says = std::string(each.label), .value = std::string(each.name)});
    words.chosen = kind_words.front().name;
    surface::modal form{.callback = std::string(request_answer::decline_form),
                        .title = "A kind no",
                        .submit = "Send it",
                        .metadata = one->id.str()};
    form.blocks.emplace_back(surface::section{
        .text = text("{} hears it from me, in words like these, with two more close fits to ask.",
                     name_of(at, one->asker()))});
    form.blocks.emplace_back(
        surface::input{.field = "word", .label = "What fits best?", .asks = std::move(words)});
    return open_form(std::move(form));
}

result<answer> send_decline(desk &at) {
    const auto one = answerable(at, at.sent().metadata);
    if (!one)
        return one.error();
    if (!one->team_name.empty() && one->asked() != at.who.id())
        return refusal{
            "", fmt::format("The others of {} can still say yes; you need do nothing.", one->team_name),
            list_line(at)};
    const auto chosen = at.sent().holds.chosen("word");
    auto answered = *one;
    answered.reply = kind_words.front().name;
    for (const auto &each : kind_words)
        if (each.name == chosen)
            answered.reply = each.name;
    end_request(at.on_file, at.here, answered, request_state::declined, at.who.id(), at.now());
    auto told = send_about(at.on_file, answered, request_kind::ended, one->asker(), partner_hears_at(at),
                           at.now(), "declined");
    note_in_journal(at, "request.decline", *one);
    return done_with_undo(text("{} hears it kindly in a minute.", name_of(at, one->asker())),
                          undo_button(at, request_answer::decline_act, one->id.str(), std::move(told)));
}

result<surface::mrkdwn> undo_request_declined(desk &at, const storage::undo_offer &offer) {
    auto requests = at.on_file.open<storage::mentor_requests>();
    auto one = requests.by_id(storage::request_id{offer.subject});
    if (!one || one->state != request_state::declined)
        return refusal{"", "That request is not as you left it.", list_line(at)};
    for (const auto &each : requests.open_by_asker(one->asker()))
        if (each.term == one->term && each.asked() == one->asked())
            return refusal{"", "They have asked you anew meanwhile.", list_line(at)};
    one->state = request_state::waiting;
    one->ended_at.reset();
    one->ended_by.reset();
    one->reply.clear();
    one->notified_at = at.now();
    one->look_again_at = at.now();
    wait_again(at, *one);
    note_in_journal(at, "request.undecline", *one);
    return text("Taken back: the request waits for you again. `{}` shows it.", list_line(at));
}

// --- a question first

namespace {

surface::modal words_form(std::string_view callback, const char *title, const mentor_request &one,
                          surface::mrkdwn above, const char *label) {
    surface::modal form{
        .callback = std::string(callback), .title = title, .submit = "Send it", .metadata = one.id.str()};
    form.blocks.emplace_back(surface::section{.text = std::move(above)});
    form.blocks.emplace_back(surface::input{
        .field = "words",
        .label = label,
        .asks = surface::plain_text_input{.multiline = true, .max_length = static_cast<int>(most_question)}});
    return form;
}

// The words of the form; an answer that shows what is wrong with them, in their place.
std::optional<answer> wrong_words(const std::string &words) {
    answer out;
    if (surface::one_line(words).empty())
        out.form = form_errors{{{"words", "There is nothing in it yet. Nothing was sent."}}};
    else if (surface::code_points(words) > most_question)
        out.form = form_errors{{{"words", "That is over 1,000 letters. Nothing was sent."}}};
    else
        return std::nullopt;
    return out;
}

} // namespace

result<answer> question_first(desk &at) {
    const auto one = answerable_pressed(at);
    if (!one)
        return one.error();
    if (one->state == request_state::question)
        return refusal{
            "", fmt::format("{} has your question and has not answered it yet.", name_of(at, one->asker())),
            list_line(at)};
    return open_form(words_form(
        request_answer::question_form, "A question first", *one,
        text("Only {} reads it. While it waits for them, no time runs for you.", name_of(at, one->asker())),
        "What would you like to know?"));
}

result<answer> send_question(desk &at) {
    auto one = answerable(at, at.sent().metadata);
    if (!one)
        return one.error();
    const auto words = surface::cleaned(at.sent().holds.text("words"));
    if (auto wrong = wrong_words(words))
        return *wrong;
    one->question = words;
    one->reply.clear();
    one->state = request_state::question;
    one->look_again_at = at.now();
    at.on_file.open<storage::mentor_requests>().save(*one);
    settle_request_lines(at.on_file, *one, at.now());
    send_about(at.on_file, *one, request_kind::question, one->asker(), partner_hears_at(at), at.now(),
               std::to_string(at.now().time_since_epoch().count()));
    note_in_journal(at, "request.question", *one);
    return done(
        text("{} gets your question in a minute. Their request stays open.", name_of(at, one->asker())));
}

namespace {

result<mentor_request> asked_back(desk &at, std::string_view id) {
    auto one = at.on_file.open<storage::mentor_requests>().by_id(storage::request_id{std::string(id)});
    if (!one || !at.who.person || one->asker() != at.who.id())
        return not_found("request", list_line(at));
    if (one->state != request_state::question)
        return refusal{"",
                       storage::is_open(one->state) ? "You answered that question already."
                                                    : "That request is over by now.",
                       list_line(at)};
    return std::move(*one);
}

} // namespace

result<answer> reply_to_question(desk &at) {
    const auto one = asked_back(at, at.pressed().value);
    if (!one)
        return one.error();
    return open_form(words_form(request_answer::reply_form, "Your answer", *one,
                                text("Only {} reads it.", name_of(at, one->asked())), "Your answer"));
}

result<answer> send_reply(desk &at) {
    auto one = asked_back(at, at.sent().metadata);
    if (!one)
        return one.error();
    const auto words = surface::cleaned(at.sent().holds.text("words"));
    if (auto wrong = wrong_words(words))
        return *wrong;
    one->reply = words;
    one->state = request_state::waiting;
    one->notified_at.reset(); // their time begins anew when they have the answer
    one->look_again_at = at.now();
    wait_again(at, *one);
    const auto &rules = at.rules().of(one->program);
    for (const auto &who : asked_people(at.on_file, rules, *one))
        send_about(at.on_file, *one, request_kind::reply, who.id,
                   hours_of(who, rules, other_side(one->asked_by)).next_good(partner_hears_at(at)), at.now(),
                   std::to_string(at.now().time_since_epoch().count()));
    note_in_journal(at, "request.reply", *one);
    return done(text("{} gets your answer in a minute.", name_of(at, one->asked())));
}

} // namespace rapport
