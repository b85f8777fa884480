// The verbs of /milestone; see milestones.hpp. What is typed is read by the usages of the tables.
#include "handlers/milestones.hpp"

#include "handlers/naming.hpp"
#include "handlers/nudging.hpp"
#include "handlers/own_pair.hpp"
#include "handlers/pages.hpp"
#include "handlers/recording.hpp"
#include "handlers/surface/characters.hpp"
#include "handlers/surface/packed.hpp"
#include "handlers/taking_back.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace rapport {
namespace {

using storage::milestone;
using surface::text;

constexpr std::size_t most_open = 100; // of one pair; a list nobody reads helps nobody

// --- showing

surface::mrkdwn dated(const milestone &one) {
    return one.due ? text(", by {}", full_date(*one.due)) : surface::mrkdwn{};
}

surface::mrkdwn one_line(const milestone &one) {
    return text("{}. {}{}", one.number, one.title, dated(one));
}

surface::mrkdwn how_it_stands(const milestone &one, desk &at, const storage::pair &pair) {
    switch (one.state) {
    case milestone_state::done:
        return text("done {}", one.done_at ? full_date(at.who.where.day_of(*one.done_at)) : std::string());
    case milestone_state::dropped:
        return text("dropped");
    case milestone_state::open:
        break;
    }
    if (one.agreed_at)
        return text("agreed");
    return one.author == at.who.id()
               ? text("{} can agree to it", first_name(partner_in(at, pair)))
               : text("put down by {}{}", first_name(partner_in(at, pair)),
                      recorded_by(at.on_file, pair.id, storage::recorded_what::milestone,
                                  std::to_string(one.number)));
}

// Agreeing is to what was read: the value names the state it was read in.
std::string reference(const milestone &one) {
    return fmt::format("{} {} {}", one.pair.str(), one.number, one.changed_at.time_since_epoch().count());
}

surface::button agree_button(const milestone &one) {
    return {.says = "Agree",
            .action = std::string(milestone_agree),
            .value = reference(one),
            .look = surface::tone::primary};
}

// --- acting

// logged: done without ever having been planned.
enum class act { added, logged, done, reopened, retitled, moved, dropped };
RAPPORT_WORDS(act, 7,
              {{act::added, "added"},
               {act::logged, "logged"},
               {act::done, "done"},
               {act::reopened, "reopened"},
               {act::retitled, "retitled"},
               {act::moved, "moved"},
               {act::dropped, "dropped"}})

std::string notice_key(const milestone &one, act what) {
    return fmt::format("milestone:{}:{}:{}:{}", one.pair.str(), one.number, text_of(what),
                       one.changed_at.time_since_epoch().count());
}

// Tells the pair's conversation after the minute in which an undo is silent (settled 14).
std::string tell_partner(desk &at, const storage::pair &pair, const milestone &one, act what) {
    auto key = notice_key(one, what);
    at.on_file.outbox.add(
        {.team = at.asked.team,
         .id = at.on_file.ids.make<storage::outbox_id>(at.now()),
         .key = key,
         .verb = storage::outbox_verb::post,
         .kind = std::string(milestone_notice_kind),
         .policy = storage::send_policy::at_least_once,
         .pair = pair.id,
         .subject = fmt::format("milestone:{}:{}", one.pair.str(), one.number),
         .params = surface::packed({{"act", std::string(text_of(what))},
                                    {"by", at.who.id().str()},
                                    {"number", std::to_string(one.number)},
                                    {"changed", std::to_string(one.changed_at.time_since_epoch().count())}}),
         .not_before_at = partner_hears_at(at),
         .created_at = at.now()});
    return key;
}

// The state before, for the undo: everything the act may have changed. The title is as bounded as the column.
std::string undo_subject(const milestone &before, act what) {
    auto text_or = [](const auto &maybe) { return maybe ? maybe->str() : std::string("-"); };
    auto time_or = [](const std::optional<instant> &maybe) {
        return maybe ? std::to_string(maybe->time_since_epoch().count()) : std::string("-");
    };
    return fmt::format("{} {} {} {} {} {} {} {} {} {} {}", before.pair.str(), before.number, text_of(what),
                       text_of(before.state), before.author.str(),
                       before.due ? rapport::text_of(*before.due) : "-", text_or(before.agreed_by),
                       time_or(before.agreed_at), text_or(before.done_by), time_or(before.done_at),
                       before.title);
}

// Saves, tells, offers the undo, and says so.
answer stands(desk &at, const storage::pair &pair, const milestone &before, milestone after, act what,
              surface::mrkdwn said) {
    // one act a millisecond: an agreement names the state it was read in, so no two states may share a time
    after.changed_at = std::max(at.now(), before.changed_at + milliseconds{1});
    at.on_file.milestones.save(after);
    look_at(at.on_file, at.here, pair.id, at.now());
    auto key = tell_partner(at, pair, after, what);
    auto message = surface::said(std::move(said));
    message.blocks.emplace_back(
        surface::actions{{undo_button(at, milestone_act, undo_subject(before, what), std::move(key))}});
    return done(std::move(message));
}

result<milestone> numbered(desk &at, const storage::pair &pair, std::int64_t number) {
    auto found = at.on_file.milestones.find(pair.id, number);
    if (!found)
        return refusal{"", fmt::format("There is no milestone {} in this pair.", number),
                       at.line(command_name::milestone)};
    return std::move(*found);
}

refusal not_open(desk &at, const milestone &one) {
    return {"",
            fmt::format("Milestone {} is {} already.", one.number,
                        one.state == milestone_state::done ? "done" : "dropped"),
            at.line(command_name::milestone, fmt::format("reopen {}", one.number))};
}

result<milestone> open_numbered(desk &at, const storage::pair &pair, std::int64_t number) {
    auto found = numbered(at, pair, number);
    if (found && found->state != milestone_state::open)
        return not_open(at, *found);
    return found;
}

std::size_t open_in(desk &at, const storage::pair &pair) {
    const auto all = at.on_file.milestones.of_pair(pair.id);
    return static_cast<std::size_t>(std::count_if(
        all.begin(), all.end(), [](const milestone &one) { return one.state == milestone_state::open; }));
}

milestone fresh(desk &at, const storage::pair &pair, std::string title) {
    milestone one;
    one.pair = pair.id;
    one.number = at.on_file.pairs.next_milestone(pair.id);
    one.title = std::move(title);
    one.author = at.who.id();
    one.created_at = at.now();
    one.changed_at = at.now();
    return one;
}

bool same_title(const milestone &one, std::string_view title) {
    return shape::alike(one.title, title);
}

// What somebody changed is theirs to have agreed to anew.
void now_theirs(milestone &one, const person_id &who) {
    one.author = who;
    one.agreed_by.reset();
    one.agreed_at.reset();
}

answer mark_done(desk &at, const storage::pair &pair, const milestone &before, act what = act::done) {
    auto after = before;
    after.state = milestone_state::done;
    after.done_by = at.who.id();
    after.done_at = at.now();
    return stands(at, pair, before, after, what,
                  text("Done: {}. {} hears of it.", one_line(after), first_name(partner_in(at, pair))));
}

} // namespace

namespace {

answer milestones_from(desk &at, const storage::pair &pair, std::size_t from) {
    auto all = at.on_file.milestones.of_pair(pair.id);
    std::erase_if(all, [](const milestone &one) { return one.state == milestone_state::dropped; });
    std::stable_partition(all.begin(), all.end(),
                          [](const milestone &one) { return one.state == milestone_state::open; });
    const auto partner = first_name(partner_in(at, pair));
    if (all.empty())
        return tell(text("You and {} have put down no milestones yet. A first one: `{}`", partner,
                         at.line(command_name::milestone, "add Draft résumé by end of month")));
    const auto open = std::count_if(all.begin(), all.end(),
                                    [](const milestone &one) { return one.state == milestone_state::open; });
    surface::message said{.summary = text("Milestones with {}: {} open, {} done.", partner, open,
                                          static_cast<std::ptrdiff_t>(all.size()) - open)};
    std::vector<surface::section> rows;
    for (const auto &one : all)
        rows.push_back(milestone_row(at, pair, one));
    said.blocks = surface::joined({{surface::section{.text = said.summary}},
                                   paged(std::move(rows), from, milestone_page, pair.id.str())});
    return tell(std::move(said));
}

} // namespace

surface::section milestone_row(desk &at, const storage::pair &pair, const storage::milestone &one) {
    surface::section row{.text = text("{} ({})", one_line(one), how_it_stands(one, at, pair))};
    if (one.state == milestone_state::open && !one.agreed_at && one.author != at.who.id())
        row.beside = agree_button(one);
    else if (one.state == milestone_state::open)
        row.beside =
            surface::button{.says = "Done", .action = std::string(milestone_done), .value = reference(one)};
    return row;
}

result<answer> list_milestones(desk &at) {
    return milestones_from(at, at.pair(), 0);
}

result<answer> page_milestones(desk &at) {
    const auto wanted = read_page(at.pressed().value);
    if (!wanted)
        return not_found("list", at.line(command_name::milestone));
    const auto pair = own_pair(at, wanted->about);
    if (!pair)
        return pair.error();
    return in_place(milestones_from(at, *pair, wanted->from));
}

result<answer> add_milestone(desk &at) {
    const auto &pair = at.pair();
    if (open_in(at, pair) >= most_open)
        return refusal{"", fmt::format("This pair has {} open milestones, which is the most.", most_open),
                       at.line(command_name::milestone, "drop 1")};
    auto one = fresh(at, pair, at.words.text("title"));
    if (const auto by = at.words.date("by"))
        one.due = by->date;
    return stands(at, pair, one, one, act::added,
                  text("Put down: {}. {} hears of it and can agree.",
                       one.due ? text("{}. {}, by {}", one.number, one.title, in_full(*one.due, at.who.where))
                               : one_line(one),
                       first_name(partner_in(at, pair))));
}

result<answer> finish_milestone(desk &at) {
    const auto &pair = at.pair();
    if (const auto number = at.words.number("title")) {
        const auto one = open_numbered(at, pair, *number);
        if (!one)
            return one.error();
        return mark_done(at, pair, *one);
    }
    // the title of an open one means that one; any other title logs what was never planned
    const auto &title = at.words.text("title");
    for (const auto &one : at.on_file.milestones.of_pair(pair.id))
        if (one.state == milestone_state::open && same_title(one, title))
            return mark_done(at, pair, one);
    const auto planned = fresh(at, pair, title);
    return mark_done(at, pair, planned, act::logged);
}

result<answer> reopen_milestone(desk &at) {
    const auto &pair = at.pair();
    const auto before = numbered(at, pair, *at.words.number("n"));
    if (!before)
        return before.error();
    if (before->state == milestone_state::open)
        return refusal{"", fmt::format("Milestone {} is open already.", before->number),
                       at.line(command_name::milestone)};
    auto after = *before;
    after.state = milestone_state::open;
    after.done_by.reset();
    after.done_at.reset();
    return stands(at, pair, *before, after, act::reopened, text("Open again: {}.", one_line(after)));
}

result<answer> retitle_milestone(desk &at) {
    const auto &pair = at.pair();
    const auto before = open_numbered(at, pair, *at.words.number("n"));
    if (!before)
        return before.error();
    auto after = *before;
    after.title = at.words.text("title");
    now_theirs(after, at.who.id());
    return stands(at, pair, *before, after, act::retitled,
                  text("Changed: {}. It was “{}”.", one_line(after), before->title));
}

result<answer> move_milestone(desk &at) {
    const auto &pair = at.pair();
    const auto before = open_numbered(at, pair, *at.words.number("n"));
    if (!before)
        return before.error();
    auto after = *before;
    after.due = at.words.date("date")->date;
    now_theirs(after, at.who.id());
    return stands(
        at, pair, *before, after, act::moved,
        text("Moved: {}. {}, now by {}.", after.number, after.title, in_full(*after.due, at.who.where)));
}

result<answer> drop_milestone(desk &at) {
    const auto &pair = at.pair();
    const auto before = open_numbered(at, pair, *at.words.number("n"));
    if (!before)
        return before.error();
    auto after = *before;
    after.state = milestone_state::dropped;
    return stands(at, pair, *before, after, act::dropped, text("Dropped: {}.", one_line(after)));
}

// --- buttons

namespace {

struct pressed_on {
    storage::pair pair;
    milestone one;
};

// The milestone a button is on, as it was when the button was made.
result<pressed_on> milestone_pressed(desk &at) {
    const auto parts = surface::split_words(at.pressed().value);
    if (parts.size() != 3)
        return not_found("milestone", at.line(command_name::milestone));
    auto pair = own_pair(at, parts[0]);
    if (!pair)
        return pair.error();
    const auto all = at.on_file.milestones.of_pair(pair->id);
    const auto found = std::find_if(
        all.begin(), all.end(), [&](const milestone &one) { return std::to_string(one.number) == parts[1]; });
    if (found == all.end())
        return refusal{"", "That milestone was taken back meanwhile.", at.line(command_name::milestone)};
    if (std::to_string(found->changed_at.time_since_epoch().count()) != parts[2])
        return refusal{
            "", fmt::format("Milestone {} was changed since: it is now “{}”.", found->number, found->title),
            at.line(command_name::milestone)};
    return pressed_on{std::move(*pair), *found};
}

} // namespace

result<answer> agree_milestone(desk &at) {
    const auto on = milestone_pressed(at);
    if (!on)
        return on.error();
    const auto &before = on->one;
    if (before.author == at.who.id())
        return refusal{"",
                       fmt::format("Milestone {} is yours; agreeing to it is for {}.", before.number,
                                   first_name(partner_in(at, on->pair))),
                       at.line(command_name::milestone)};
    if (before.agreed_at)
        return tell(text("You agreed to {} already.", one_line(before)));
    auto after = before;
    after.agreed_by = at.who.id();
    after.agreed_at = at.now();
    at.on_file.milestones.save(after); // agreeing changes nothing that was agreed to: changed_at stays
    const auto where = at.pressed().message_ts.empty() || at.pressed().ephemeral;
    auto made = done(text("Agreed: {}.", one_line(after)));
    return where ? made : in_place(std::move(made));
}

result<answer> press_milestone_done(desk &at) {
    const auto on = milestone_pressed(at);
    if (!on)
        return on.error();
    if (on->one.state != milestone_state::open)
        return not_open(at, on->one);
    return mark_done(at, on->pair, on->one);
}

// --- taking back

result<surface::mrkdwn> undo_milestone(desk &at, const storage::undo_offer &offer) {
    const auto parts = surface::split_words(offer.subject);
    act what{};
    milestone before;
    if (parts.size() < 11 || !parse_text(parts[2], what) || !parse_text(parts[3], before.state))
        throw std::logic_error("milestone: an undo that was not written here");
    const pair_id pair{parts[0]};
    const auto number = std::stoll(parts[1]);
    const auto now = at.on_file.milestones.find(pair, number);
    const auto key = offer.told.value_or("");
    if (!now || !key.ends_with(fmt::format(":{}", now->changed_at.time_since_epoch().count())))
        return refusal{"", "That milestone was changed meanwhile.", at.line(command_name::milestone)};
    if (now->agreed_by && *now->agreed_by != at.who.id() && *now->agreed_at >= offer.until_at - undo_for)
        return refusal{"",
                       fmt::format("{} agreed to it meanwhile.",
                                   first_name(at.on_file.people.by_id(*now->agreed_by).value())),
                       at.line(command_name::milestone, fmt::format("drop {}", number))};
    look_at(at.on_file, at.here, pair, at.now());
    if (what == act::added || what == act::logged) {
        at.on_file.milestones.erase(pair, number);
        return text("Taken back: {} is gone.", one_line(*now));
    }
    auto id_or = [](const std::string &word) {
        return word == "-" ? std::nullopt : std::optional(person_id{word});
    };
    auto time_or = [](const std::string &word) {
        return word == "-" ? std::nullopt : std::optional(instant{milliseconds{std::stoll(word)}});
    };
    auto after = *now;
    after.state = before.state;
    after.author = person_id{parts[4]};
    after.due = parts[5] == "-" ? std::nullopt : parse_day(parts[5]);
    after.agreed_by = id_or(parts[6]);
    after.agreed_at = time_or(parts[7]);
    after.done_by = id_or(parts[8]);
    after.done_at = time_or(parts[9]);
    // the title is the rest of the subject: it may hold any words
    std::size_t from = 0;
    for (int i = 0; i < 10; ++i)
        from = offer.subject.find(' ', from) + 1;
    after.title = offer.subject.substr(from);
    after.changed_at = now->changed_at + milliseconds{1};
    at.on_file.milestones.save(after);
    return text("Taken back: {} is as it was before.", one_line(after));
}

// --- what the other side reads

std::optional<surface::message> milestone_notice(storage::records &on_file, const house &,
                                                 const storage::outbox_row &row) {
    const auto names = surface::unpacked(row.params);
    auto name = [&](const char *which) {
        const auto it = names.find(which);
        return it == names.end() ? std::string() : it->second;
    };
    act what{};
    const auto pair = row.pair ? on_file.pairs.by_id(*row.pair) : std::nullopt;
    const auto author = on_file.people.by_id(person_id{name("by")});
    if (!pair || pair->state == pair_state::ended || !author || !parse_text(name("act"), what))
        return std::nullopt;
    const auto one = on_file.milestones.find(pair->id, std::atoll(name("number").c_str()));
    if (!one || std::to_string(one->changed_at.time_since_epoch().count()) != name("changed"))
        return std::nullopt; // changed since: a newer notice says how it stands
    const auto who = first_name(*author);
    const auto line = one_line(*one);
    switch (what) {
    case act::added:
    case act::retitled:
    case act::moved: {
        auto said =
            surface::said(what == act::added   ? text("{} put down a milestone: {}.", who, line)
                          : what == act::moved ? text("{} moved a milestone: {}.", who, line)
                                               : text("{} changed the words of a milestone: {}.", who, line));
        if (!one->agreed_at)
            said.blocks.emplace_back(surface::actions{{agree_button(*one)}});
        return said;
    }
    case act::logged:
        return surface::said(text("{} logged a milestone that is done: {}.", who, line));
    case act::done:
        return surface::said(text("{} marked a milestone done: {}.", who, line));
    case act::reopened:
        return surface::said(text("{} opened a milestone again: {}.", who, line));
    case act::dropped:
        return surface::said(text("{} dropped a milestone: {}.", who, line));
    }
    return std::nullopt;
}

} // namespace rapport
