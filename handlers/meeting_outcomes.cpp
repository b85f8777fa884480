// Whether meetings took place, what is taken back of them, and what the conversation reads; see meetings.hpp.
#include "handlers/meeting_part.hpp"
#include "handlers/meetings.hpp"
#include "handlers/naming.hpp"
#include "handlers/own_pair.hpp"
#include "handlers/surface/packed.hpp"
#include "handlers/taking_back.hpp"
#include "handlers/telling_pair.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport {

using namespace meeting_part;
using storage::meeting;
using storage::meeting_state;
using storage::session_kind;
using surface::text;

namespace {

constexpr days asked_after_for{40}; // in the check-in of the month, or of the one before

// Kept counts as a contact, begun by whoever set the time.
void settle(desk &at, const storage::pair &pair, meeting &one, bool happened) {
    one.state = happened ? meeting_state::kept : meeting_state::missed;
    one.told_by = at.who.id();
    if (happened) {
        storage::contact contact;
        contact.id = at.on_file.ids.next(at.now());
        contact.pair = pair.id;
        contact.medium = medium::meeting;
        contact.source = storage::contact_source::meeting;
        contact.started_by = one.proposed_by;
        contact.on_day = at.rules().of(pair.program).where.day_of(one.starts_at);
        contact.minutes = one.minutes;
        contact.logged_by = at.who.id();
        contact.logged_at = at.now();
        at.on_file.contacts.add(contact);
        one.contact = contact.id;
    }
    keep(at, pair, one);
}

} // namespace

result<answer> meeting_happened(desk &at) {
    const auto what = numbered(at, *at.words.number("n"));
    if (!what)
        return what.error();
    return say_it_happened(at, what->pair, what->one.id, true);
}

result<answer> meeting_did_not(desk &at) {
    const auto what = numbered(at, *at.words.number("n"));
    if (!what)
        return what.error();
    return say_it_happened(at, what->pair, what->one.id, false);
}

result<answer> press_happened(desk &at) {
    const auto what = pressed(at, at.pressed().value, false);
    if (!what)
        return what.error();
    return say_it_happened(at, what->pair, what->one.id, true);
}

result<answer> press_did_not(desk &at) {
    const auto what = pressed(at, at.pressed().value, false);
    if (!what)
        return what.error();
    return say_it_happened(at, what->pair, what->one.id, false);
}

std::vector<meeting> meetings_to_ask_after(storage::records &on_file, const storage::pair &pair,
                                           instant now) {
    auto all = on_file.open<storage::meetings>().from(pair.id, now - asked_after_for);
    std::erase_if(all, [&](const meeting &one) { return !one.is_on() || one.starts_at > now; });
    return all;
}

bool note_happened(desk &at, const storage::pair &pair, std::string_view id, bool happened) {
    auto one = meetings_of(at).by_id(std::string(id));
    if (!one || one->pair != pair.id || !one->is_on() || one->starts_at > at.now())
        return false;
    settle(at, pair, *one, happened);
    return true;
}

result<answer> say_it_happened(desk &at, const storage::pair &pair, std::string_view id, bool happened) {
    const auto before = meetings_of(at).by_id(std::string(id));
    if (!before || before->pair != pair.id)
        return not_found("meeting", line(at));
    if (!before->is_on())
        return is_over(at, *before);
    if (before->starts_at > at.now())
        return refusal{"", fmt::format("It is still to come: {}.", in_full(before->starts_at, at.who.where)),
                       line(at, fmt::format("move {} tomorrow 3pm", before->number))};
    auto after = *before;
    settle(at, pair, after, happened);
    const auto what = happened ? act::kept : act::missed;
    std::vector<surface::element> buttons;
    if (!happened)
        buttons.emplace_back(surface::button{
            .says = "Set another time", .action = std::string(meeting_button::meet), .value = pair.id.str()});
    buttons.emplace_back(undo_button(at, meeting_act, undo_subject(after, *before, what, pair)));
    return done(with_buttons(
        happened ? text("Noted: you met {}. It counts as a contact.", first_name(partner_in(at, pair)))
                 : text("Noted. Another time, then."),
        std::move(buttons)));
}

// Subject: "id sequence act starts minutes state m|p confirmed place".
result<surface::mrkdwn> undo_meeting(desk &at, const storage::undo_offer &offer) {
    const auto parts = surface::split_words(offer.subject);
    act what{};
    if (parts.size() < 8 || !parse_text(parts[2], what))
        throw std::logic_error("meeting: an undo that was not written here");
    auto now = meetings_of(at).by_id(parts[0]);
    const auto pair = now ? at.on_file.pairs.by_id(now->pair) : std::nullopt;
    if (!pair || std::to_string(now->sequence) != parts[1])
        return refusal{"", "That meeting was changed meanwhile.", line(at)};
    if (what == act::set)
        now->state = meeting_state::cancelled;
    else
        parse_text(parts[5], now->state);
    now->starts_at = read_stamp(parts[3]).value_or(now->starts_at);
    now->minutes = std::stoll(parts[4]);
    now->proposed_by = parts[6] == "m" ? pair->mentor : pair->protege;
    now->confirmed_at = read_stamp(parts[7]);
    std::size_t from = 0;
    for (int i = 0; i < 8; ++i)
        from = offer.subject.find(' ', from) + 1;
    now->place = offer.subject.substr(from);
    if (now->contact)
        at.on_file.contacts.undo(*now->contact, at.now());
    now->contact.reset();
    now->told_by.reset();
    keep(at, *pair, *now);
    return what == act::set ? text("Taken back: no such meeting is set.")
                            : text("Taken back: the meeting is as it was before.");
}

std::optional<surface::message> meeting_notice(storage::records &on_file, const house &here,
                                               const storage::outbox_row &row) {
    const auto told = told_in(on_file, row);
    act what{};
    if (!told.holds() || !parse_text(told["act"], what))
        return std::nullopt;
    const auto one = on_file.open<storage::meetings>().by_id(told["meeting"]);
    const auto *rules = here.rules.find(told.pair->program);
    if (!one || !rules || one->sequence != told.number("sequence"))
        return std::nullopt; // changed since: a newer notice says how it stands
    const auto who = first_name(*told.by);
    const auto when = shown_when(*one, rules->where);
    switch (what) {
    case act::set:
    case act::moved:
        return with_buttons(what == act::set
                                ? text("{} would like to meet on {}, {}.", who, when, shape_of(*one))
                                : text("{} moved your meeting to {}, {}.", who, when, shape_of(*one)),
                            {press("Confirm", meeting_button::confirm, *one, surface::tone::primary),
                             press("Another time", meeting_button::move, *one),
                             press("Calendar file", meeting_button::file, *one)});
    case act::cancelled:
        return with_buttons(text("{} called off the meeting on {}.", who, when),
                            {surface::button{.says = "Set another time",
                                             .action = std::string(meeting_button::meet),
                                             .value = told.pair->id.str()}});
    case act::confirmed:
        return with_buttons(text("{} confirmed the meeting on {}.", who, when),
                            {press("Calendar file", meeting_button::file, *one)});
    case act::kept:
    case act::missed:
        break; // nobody is told what the other said about it
    }
    return std::nullopt;
}

} // namespace rapport
