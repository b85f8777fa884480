// Offering undo and taking it; see taking_back.hpp.
#include "handlers/taking_back.hpp"

#include "storage/outbox.hpp"

#include <algorithm>

namespace rapport {
namespace {

using surface::text;

// What the partner was told goes, or is struck out where it was read.
void untell(desk &at, const storage::undo_offer &offer) {
    if (!offer.told)
        return;
    storage::outbox outbox(at.on_file.db);
    const auto &team = at.asked.team;
    if (outbox.withdraw(team, *offer.told, "undone", at.now()) > 0)
        return;
    const auto told = outbox.find(team, *offer.told);
    if (!told || told->state == storage::outbox_state::withdrawn)
        return;
    outbox.add({.team = team,
                .id = at.on_file.ids.make<storage::outbox_id>(at.now()),
                .key = "struck:" + *offer.told,
                .verb = storage::outbox_verb::update,
                .kind = std::string(struck_out),
                .policy = storage::send_policy::at_least_once,
                .person = told->person,
                .channel = told->channel,
                .pair = told->pair,
                .subject = told->subject,
                .params = *offer.told,
                .not_before_at = at.now(),
                .created_at = at.now()});
}

} // namespace

surface::button undo_button(desk &at, std::string_view act, std::string subject,
                            std::optional<std::string> told) {
    storage::undo_offer offer;
    offer.id = at.on_file.ids.next(at.now());
    offer.person = at.who.id();
    offer.act = act;
    offer.subject = std::move(subject);
    offer.told = std::move(told);
    offer.until_at = at.now() + undo_for;
    at.on_file.acts.offer_undo(offer);
    return {.says = "Undo", .action = std::string(undo_action), .value = offer.id};
}

surface::message with_undo(surface::mrkdwn words, surface::button undo) {
    auto out = surface::said(std::move(words));
    out.blocks.push_back(surface::actions{.elements = {std::move(undo)}});
    return out;
}

answer done_with_undo(surface::mrkdwn words, surface::button undo) {
    return done(with_undo(std::move(words), std::move(undo)));
}

result<answer> take_back(desk &at) {
    const auto offer = at.on_file.acts.undo_by_id(at.pressed().value);
    if (!offer || !at.who.person || offer->person != at.who.id())
        return not_found("act to take back", at.line(command_name::mentoring));
    const auto row = std::find_if(at.rows.undos.begin(), at.rows.undos.end(),
                                  [&](const undo_row &one) { return one.act == offer->act; });
    if (row == at.rows.undos.end())
        throw std::logic_error("undo: no row for " + offer->act);
    if (offer->taken_at)
        return tell(text("That was taken back already."));
    if (at.now() > offer->until_at)
        return refusal{"", "The ten minutes for taking it back are over.",
                       at.line(row->instead_of, row->instead)};
    auto undone = row->take_back(at, *offer);
    if (!undone)
        return std::move(undone.error());
    at.on_file.acts.take_undo(offer->id, at.now());
    untell(at, *offer);
    auto made = done(std::move(*undone));
    made.in_place = !at.pressed().message_ts.empty();
    return made;
}

} // namespace rapport
