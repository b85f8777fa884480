// The verbs of goals; see goals.hpp. How many and of which kinds is mentoring/goal_rules.
#include "handlers/goals.hpp"

#include "handlers/lists.hpp"
#include "handlers/naming.hpp"
#include "handlers/nudging.hpp"
#include "handlers/own_pair.hpp"
#include "handlers/surface/characters.hpp"
#include "handlers/surface/packed.hpp"
#include "handlers/taking_back.hpp"
#include "handlers/telling_pair.hpp"
#include "mentoring/goal_rules.hpp"
#include "storage/plans.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport {
namespace {

using storage::goal;
using storage::goal_state;
using surface::text;

constexpr std::size_t most_title = 200; // code points (settled 18)

storage::goals goals_of(desk &at) {
    return at.on_file.open<storage::goals>();
}

std::string line(const desk &at, std::string_view rest = {}) {
    return at.line(command_name::mentoring, rest.empty() ? "goals" : fmt::format("goals {}", rest));
}

const std::optional<goal_rules> &rules_for(const desk &at, const storage::pair &pair) {
    return at.rules().of(pair.program).goals;
}

const std::vector<std::string> &kinds_for(const desk &at, const storage::pair &pair) {
    static const std::vector<std::string> none;
    const auto &rules = rules_for(at, pair);
    return rules ? rules->kinds : none;
}

bool both_confirm(const policies &rules, const storage::pair &pair) {
    const auto *of = rules.find(pair.program);
    return of && of->goals && of->goals->both_confirm;
}

// --- showing

surface::mrkdwn one_line(const goal &one) {
    return one.kind.empty() ? text("{}. {}", one.number, one.title)
                            : text("{}. {} ({})", one.number, one.title, one.kind);
}

surface::mrkdwn how_it_stands(desk &at, const storage::pair &pair, const goal &one) {
    const auto partner = first_name(partner_in(at, pair));
    if (one.state == goal_state::done)
        return text("done {}", one.done_at ? full_date(at.who.where.day_of(*one.done_at)) : std::string());
    if (one.agreed_at)
        return text("agreed");
    const bool mine = one.author == at.who.id();
    if (both_confirm(at.rules(), pair))
        return mine ? text("waits for {} to agree", partner) : text("{} would like you to agree", partner);
    return mine ? text("put down by you") : text("put down by {}", partner);
}

// Agreeing is to what was read: the value names the state it was read in.
std::string reference(const goal &one) {
    return fmt::format("{} {} {}", one.pair.str(), one.number, stamp(one.changed_at));
}

surface::button agree_button(const goal &one) {
    return {.says = "Agree",
            .action = std::string(goal_agree),
            .value = reference(one),
            .look = surface::tone::primary};
}

// --- acting

enum class act { added, changed, done, dropped };
RAPPORT_WORDS(
    act, 4,
    {{act::added, "added"}, {act::changed, "changed"}, {act::done, "done"}, {act::dropped, "dropped"}})

char side_letter(const storage::pair &pair, const person_id &who) {
    return who == pair.mentor ? 'm' : 'p';
}

// The state before, for the undo. The kind comes before the title with its length in bytes, for both may hold
// any words.
std::string undo_subject(const storage::pair &pair, const goal &before, act what) {
    return fmt::format("{} {} {} {} {} {} {} {} {} {}{}", before.pair.str(), before.number, text_of(what),
                       text_of(before.state), side_letter(pair, before.author), stamp(before.agreed_at),
                       before.done_by ? side_letter(pair, *before.done_by) : '-', stamp(before.done_at),
                       before.kind.size(), before.kind, before.title);
}

answer stands(desk &at, const storage::pair &pair, const goal &before, goal after, act what,
              surface::mrkdwn said) {
    // an agreement names the state it was read in, so no two states may share a time
    after.changed_at = std::max(at.now(), before.changed_at + milliseconds{1});
    after.touched_at = at.now();
    goals_of(at).save(after);
    look_at(at.on_file, at.here, pair.id, at.now());
    const auto subject = fmt::format("goal:{}:{}", pair.id.str(), after.number);
    auto key = tell_pair(at, pair, goal_notice_kind, subject,
                         fmt::format("{}:{}:{}", subject, text_of(what), stamp(after.changed_at)),
                         {{"act", std::string(text_of(what))},
                          {"number", std::to_string(after.number)},
                          {"changed", stamp(after.changed_at)}});
    return done(with_buttons(std::move(said),
                             {undo_button(at, goal_act, undo_subject(pair, before, what), std::move(key))}));
}

int open_in(desk &at, const storage::pair &pair) {
    const auto all = goals_of(at).of_pair(pair.id);
    return static_cast<int>(
        std::count_if(all.begin(), all.end(), [](const goal &one) { return one.state == goal_state::open; }));
}

// An open goal whose finishing would free a place.
std::int64_t first_open(desk &at, const storage::pair &pair) {
    for (const auto &one : goals_of(at).of_pair(pair.id))
        if (one.state == goal_state::open)
            return one.number;
    return 1;
}

refusal no_place(desk &at, const storage::pair &pair) {
    const auto &rules = rules_for(at, pair);
    const int most = rules && rules->open_at_once ? *rules->open_at_once : most_goals_without_number;
    return {"",
            fmt::format("{} {} open, and {} works on {} at a time. A finished one frees its place.", most,
                        most == 1 ? "goal is" : "goals are", at.rules().of(pair.program).name, most),
            line(at, fmt::format("done {}", first_open(at, pair)))};
}

// A title with its kind, as the program wants it.
result<kinded_title> read_title(desk &at, const storage::pair &pair, std::string_view words,
                                std::string_view verb) {
    const auto &kinds = kinds_for(at, pair);
    auto both = split_kind(words, kinds);
    if (both.title.empty())
        return refusal{
            "", "A goal needs a few words of its own before its kind.",
            line(at, fmt::format("{} Learn to pitch{}", verb, kinds.empty() ? "" : " as " + kinds.front()))};
    if (surface::code_points(both.title) > most_title)
        return refusal{"",
                       fmt::format("The title has {} characters; the most is {}.",
                                   surface::code_points(both.title), most_title),
                       line(at, fmt::format("{} Learn to pitch", verb))};
    if (!kinds.empty() && both.kind.empty())
        return refusal{
            "", fmt::format("Each goal has a kind here: {}.", kinds_in_words(kinds)),
            line(at, fmt::format("{} {} as {}", verb, surface::shortened(both.title, 60), kinds.front()))};
    return both;
}

result<goal> open_numbered(desk &at, const storage::pair &pair, std::int64_t number) {
    auto found = goals_of(at).find(pair.id, number);
    if (!found)
        return refusal{"", fmt::format("There is no goal {} in this pair.", number), line(at)};
    if (found->state != goal_state::open)
        return refusal{"",
                       fmt::format("Goal {} is {} already.", number,
                                   found->state == goal_state::done ? "done" : "dropped"),
                       line(at)};
    return std::move(*found);
}

answer put_down(desk &at, const storage::pair &pair, kinded_title what) {
    goal one;
    one.pair = pair.id;
    one.number = goals_of(at).next_number(pair.id);
    one.title = std::move(what.title);
    one.kind = std::move(what.kind);
    one.author = at.who.id();
    one.created_at = at.now();
    one.changed_at = at.now();
    const auto partner = first_name(partner_in(at, pair));
    return stands(at, pair, one, one, act::added,
                  both_confirm(at.rules(), pair)
                      ? text("Put down: {}. It stands once {} agrees.", one_line(one), partner)
                      : text("Put down: {}. {} hears of it.", one_line(one), partner));
}

answer mark_done(desk &at, const storage::pair &pair, const goal &before) {
    auto after = before;
    after.state = goal_state::done;
    after.done_by = at.who.id();
    after.done_at = at.now();
    return stands(at, pair, before, after, act::done,
                  text("Done: {}. {} hears of it.", one_line(after), first_name(partner_in(at, pair))));
}

// How many may be open, in the list.
surface::mrkdwn room(desk &at, const storage::pair &pair, int open) {
    const auto &rules = rules_for(at, pair);
    if (!rules || !rules->open_at_once)
        return {};
    const int left = *rules->open_at_once - open;
    return left > 0 ? text("Room for {} more.", left) : text("A finished one frees its place.");
}

} // namespace

result<answer> list_goals(desk &at) {
    return goals_from(at, at.pair().id.str(), 0);
}

result<answer> goals_from(desk &at, const std::string &, std::size_t from) {
    const auto &pair = at.pair();
    auto all = goals_of(at).of_pair(pair.id);
    std::erase_if(all, [](const goal &one) { return one.state == goal_state::dropped; });
    std::stable_partition(all.begin(), all.end(),
                          [](const goal &one) { return one.state == goal_state::open; });
    const auto open = open_in(at, pair);
    const auto partner = first_name(partner_in(at, pair));
    surface::message said{.summary = all.empty()
                                         ? text("You and {} have put down no goals yet.", partner)
                                         : text("Goals with {}: {} open, {} done. {}", partner, open,
                                                static_cast<int>(all.size()) - open, room(at, pair, open))};
    std::vector<surface::section> rows;
    for (const auto &one : all) {
        surface::section row{.text = text("{} ({})", one_line(one), how_it_stands(at, pair, one))};
        const bool waits = one.state == goal_state::open && !one.agreed_at && one.author != at.who.id() &&
                           both_confirm(at.rules(), pair);
        if (waits)
            row.beside = agree_button(one);
        else if (one.state == goal_state::open)
            row.beside =
                surface::button{.says = "Done", .action = std::string(goal_done), .value = reference(one)};
        rows.push_back(std::move(row));
    }
    said.blocks = surface::joined(
        {{surface::section{.text = said.summary}}, list_page(std::move(rows), from, "goals", pair.id.str())});
    if (has_place(rules_for(at, pair), open))
        said.blocks.emplace_back(surface::actions{{surface::button{
            .says = "Put down a goal", .action = std::string(goal_add), .value = pair.id.str()}}});
    return tell(std::move(said));
}

result<answer> add_goal(desk &at) {
    const auto &pair = at.pair();
    if (!has_place(rules_for(at, pair), open_in(at, pair)))
        return no_place(at, pair);
    auto what = read_title(at, pair, at.words.text("title as kind"), "add");
    if (!what)
        return what.error();
    return put_down(at, pair, std::move(*what));
}

result<answer> finish_goal(desk &at) {
    const auto &pair = at.pair();
    const auto one = open_numbered(at, pair, *at.words.number("n"));
    if (!one)
        return one.error();
    return mark_done(at, pair, *one);
}

result<answer> drop_goal(desk &at) {
    const auto &pair = at.pair();
    const auto before = open_numbered(at, pair, *at.words.number("n"));
    if (!before)
        return before.error();
    auto after = *before;
    after.state = goal_state::dropped;
    return stands(at, pair, *before, after, act::dropped, text("Dropped: {}.", one_line(after)));
}

result<answer> change_goal(desk &at) {
    const auto &pair = at.pair();
    const auto before = open_numbered(at, pair, *at.words.number("n"));
    if (!before)
        return before.error();
    auto words = at.words.text("title as kind");
    auto what = split_kind(words, kinds_for(at, pair));
    if (what.kind.empty() && !before->kind.empty()) // the kind stays where only the words change
        words += " as " + before->kind;
    auto read = read_title(at, pair, words, fmt::format("edit {}", before->number));
    if (!read)
        return read.error();
    auto after = *before;
    after.title = std::move(read->title);
    after.kind = std::move(read->kind);
    after.author = at.who.id(); // what somebody changed is theirs to have agreed to anew
    after.agreed_by.reset();
    after.agreed_at.reset();
    return stands(at, pair, *before, after, act::changed,
                  text("Changed: {}. It was “{}”.", one_line(after), before->title));
}

// --- buttons and the form

namespace {

struct pressed_on {
    storage::pair pair;
    goal one;
};

result<pressed_on> goal_pressed(desk &at) {
    const auto parts = surface::split_words(at.pressed().value);
    if (parts.size() != 3)
        return not_found("goal", line(at));
    auto pair = own_pair(at, parts[0]);
    if (!pair)
        return pair.error();
    const auto all = goals_of(at).of_pair(pair->id);
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const goal &one) { return std::to_string(one.number) == parts[1]; });
    if (found == all.end())
        return refusal{"", "That goal was taken back meanwhile.", line(at)};
    if (stamp(found->changed_at) != parts[2])
        return refusal{"",
                       fmt::format("Goal {} was changed since: it is now “{}”.", found->number, found->title),
                       line(at)};
    return pressed_on{std::move(*pair), *found};
}

} // namespace

result<answer> agree_goal(desk &at) {
    const auto on = goal_pressed(at);
    if (!on)
        return on.error();
    const auto &before = on->one;
    if (before.author == at.who.id())
        return refusal{"",
                       fmt::format("Goal {} is your own proposal; agreeing to it is for {}.", before.number,
                                   first_name(partner_in(at, on->pair))),
                       line(at)};
    if (before.agreed_at)
        return tell(text("You agreed to {} already.", one_line(before)));
    auto after = before;
    after.agreed_by = at.who.id();
    after.agreed_at = at.now();
    after.touched_at = at.now();
    goals_of(at).save(after); // agreeing changes nothing that was agreed to: changed_at stays
    look_at(at.on_file, at.here, on->pair.id, at.now());
    const bool nowhere = at.pressed().message_ts.empty() || at.pressed().ephemeral;
    auto made = done(text("Agreed: {}.", one_line(after)));
    return nowhere ? made : in_place(std::move(made));
}

result<answer> press_goal_done(desk &at) {
    const auto on = goal_pressed(at);
    if (!on)
        return on.error();
    if (on->one.state != goal_state::open)
        return refusal{"", fmt::format("Goal {} is not open any more.", on->one.number), line(at)};
    return mark_done(at, on->pair, on->one);
}

result<answer> open_goal_form(desk &at) {
    const auto pair = own_pair(at, at.pressed().value);
    if (!pair)
        return pair.error();
    if (!has_place(rules_for(at, *pair), open_in(at, *pair)))
        return no_place(at, *pair);
    if (!at.asked.can_open_form)
        return refusal{"", "A form cannot be opened from here.", line(at, "add Learn to pitch")};
    surface::modal form{.callback = std::string(goal_form),
                        .title = "A goal",
                        .submit = "Put down",
                        .close = "Not now",
                        .metadata = pair->id.str()};
    form.blocks.emplace_back(surface::input{
        .field = "title",
        .label = "What would you like to reach?",
        .asks = surface::plain_text_input{.max_length = static_cast<int>(most_title)},
        .hint = surface::plain_text("Read by you and {}. Coordinators see that there is one, and its dates.",
                                    first_name(partner_in(at, *pair)))});
    if (const auto &kinds = kinds_for(at, *pair); !kinds.empty()) {
        surface::radio menu;
        for (std::size_t i = 0; i < kinds.size(); ++i)
            menu.options.push_back({.says = kinds[i], .value = std::to_string(i)});
        form.blocks.emplace_back(surface::input{.field = "kind", .label = "Its kind", .asks = menu});
    }
    return open_form(std::move(form));
}

result<answer> goal_from_form(desk &at) {
    const auto pair = own_pair(at, at.sent().metadata);
    if (!pair)
        return pair.error();
    if (!has_place(rules_for(at, *pair), open_in(at, *pair)))
        return no_place(at, *pair);
    const auto &kinds = kinds_for(at, *pair);
    kinded_title what{surface::one_line(at.sent().holds.text("title")), {}};
    const auto chosen = at.sent().holds.chosen("kind");
    for (std::size_t i = 0; i < kinds.size(); ++i)
        if (std::to_string(i) == chosen)
            what.kind = kinds[i];
    form_errors wrong;
    if (what.title.empty())
        wrong.under["title"] = "A few words are needed. Nothing was saved.";
    else if (surface::code_points(what.title) > most_title)
        wrong.under["title"] = fmt::format("At most {} characters. Nothing was saved.", most_title);
    if (!kinds.empty() && what.kind.empty())
        wrong.under["kind"] = "Choose one of these. Nothing was saved.";
    if (!wrong.under.empty())
        return answer{.what = outcome::refused, .form = std::move(wrong)};
    return put_down(at, *pair, std::move(what));
}

// --- taking back

result<surface::mrkdwn> undo_goal(desk &at, const storage::undo_offer &offer) {
    const auto parts = surface::split_words(offer.subject);
    act what{};
    goal_state state{};
    if (parts.size() < 9 || !parse_text(parts[2], what) || !parse_text(parts[3], state))
        throw std::logic_error("goal: an undo that was not written here");
    const auto pair = at.on_file.pairs.by_id(pair_id{parts[0]});
    const auto number = std::stoll(parts[1]);
    const auto now = goals_of(at).find(pair_id{parts[0]}, number);
    if (!pair || !now || !offer.told.value_or("").ends_with(":" + stamp(now->changed_at)))
        return refusal{"", "That goal was changed meanwhile.", line(at)};
    if (now->agreed_by && *now->agreed_by != at.who.id() && *now->agreed_at >= offer.until_at - undo_for)
        return refusal{"",
                       fmt::format("{} agreed to it meanwhile.",
                                   first_name(at.on_file.people.by_id(*now->agreed_by).value())),
                       line(at, fmt::format("drop {}", number))};
    const auto on = [&](const std::string &letter) { return letter == "m" ? pair->mentor : pair->protege; };
    auto after = *now;
    after.changed_at = now->changed_at + milliseconds{1};
    if (what == act::added) {
        goals_of(at).erase(pair->id, number);
        look_at(at.on_file, at.here, pair->id, at.now());
        return text("Taken back: {} is gone.", one_line(*now));
    }
    // a place that was freed may be taken by now
    if (state == goal_state::open && now->state != goal_state::open &&
        !has_place(rules_for(at, *pair), open_in(at, *pair)))
        return refusal{"", "Another goal has taken its place meanwhile.", line(at)};
    after.state = state;
    after.author = on(parts[4]);
    after.agreed_at = read_stamp(parts[5]);
    after.agreed_by = after.agreed_at ? std::optional(pair->partner_of(after.author)) : std::nullopt;
    after.done_by = parts[6] == "-" ? std::nullopt : std::optional(on(parts[6]));
    after.done_at = read_stamp(parts[7]);
    std::size_t from = 0;
    for (int i = 0; i < 9; ++i)
        from = offer.subject.find(' ', from) + 1;
    const auto kind_size = static_cast<std::size_t>(std::stoul(parts[8]));
    after.kind = offer.subject.substr(from, kind_size);
    after.title = offer.subject.substr(from + kind_size);
    goals_of(at).save(after);
    look_at(at.on_file, at.here, pair->id, at.now());
    return text("Taken back: {} is as it was before.", one_line(after));
}

// --- what the other side reads

std::optional<surface::message> goal_notice(storage::records &on_file, const house &here,
                                            const storage::outbox_row &row) {
    const auto what_told = told_in(on_file, row);
    act what{};
    if (!what_told.holds() || !parse_text(what_told["act"], what))
        return std::nullopt;
    const auto one = on_file.open<storage::goals>().find(what_told.pair->id, what_told.number("number"));
    if (!one || stamp(one->changed_at) != what_told["changed"])
        return std::nullopt; // changed since: a newer notice says how it stands
    const auto who = first_name(*what_told.by);
    const auto words = one_line(*one);
    const bool asks = both_confirm(here.rules, *what_told.pair) && !one->agreed_at;
    switch (what) {
    case act::added:
    case act::changed: {
        std::vector<surface::element> buttons;
        if (asks)
            buttons.emplace_back(agree_button(*one));
        return with_buttons(what == act::added ? text("{} put down a goal: {}.", who, words)
                                               : text("{} changed a goal: {}.", who, words),
                            std::move(buttons));
    }
    case act::done:
        return surface::said(text("{} marked a goal done: {}.", who, words));
    case act::dropped:
        return surface::said(text("{} dropped a goal: {}.", who, words));
    }
    return std::nullopt;
}

} // namespace rapport
