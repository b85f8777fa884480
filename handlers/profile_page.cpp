// Parts of profiles, and changing one; see profile_page.hpp.
#include "handlers/profile_page.hpp"

#include "handlers/profiles.hpp"
#include "handlers/taking_back.hpp"
#include "storage/profiles.hpp"

#include <fmt/format.h>

namespace rapport {
namespace {

using surface::text;

surface::button page_button(std::string_view label, std::string_view page) {
    return {.says = std::string(label), .action = std::string(profile_edit), .value = std::string(page)};
}

} // namespace

std::string_view seen_in_words(seen_by who) {
    switch (who) {
    case seen_by::everyone:
        return "everyone in your programs";
    case seen_by::partners:
        return "your partners, and whom you asked or who asked you";
    case seen_by::coordinators:
        break;
    }
    return "coordinators of your programs";
}

seen_by sight_of_field(const profile_words &mine, const field_row &row) {
    const auto found = mine.find(row.which);
    return found == mine.end() ? row.at_first : found->second.seen;
}

surface::mrkdwn fullness(desk &at, const profile_words &mine) {
    const auto programs = at.who.programs();
    const auto *rules = programs.empty() ? nullptr : at.rules().find(programs.front());
    const auto how = how_complete(mine, comparing(rules ? rules->matching : matching_rules{}));
    if (!how.missing)
        return text("Your profile is full.");
    return text("Your profile is {} per cent full. What would tell others most: {}.", how.percent,
                row_of(*how.missing).label);
}

surface::actions own_profile_buttons(desk &at) {
    surface::actions out;
    for (const auto &page : profile_pages)
        out.elements.emplace_back(page_button(page.title, page.name));
    out.elements.emplace_back(page_button("Who sees what", sight_page));
    if (at.on_file.open<storage::profiles>().proposed(at.who.id()).empty())
        out.elements.emplace_back(page_button("Paste from LinkedIn", paste_page));
    else
        out.elements.emplace_back(
            surface::button{.says = "Look through the import", .action = std::string(profile_review)});
    return out;
}

profile_change::profile_change(desk &at)
    : at_(at), mine_(at.on_file.open<storage::profiles>().of(at.who.id())) {}

void profile_change::set(profile_field which, const profile_entry &entry) {
    const auto found = mine_.find(which);
    const auto before = found == mine_.end() ? profile_entry{"", entry.seen} : found->second;
    if (before == entry)
        return;
    before_[which] = before;
    at_.on_file.open<storage::profiles>().set(at_.who.id(), which, entry, at_.now());
}

answer profile_change::saved(const char *act) {
    if (before_.empty())
        return tell(text("Nothing in your profile changed: it says all of that already."));
    auto store = at_.on_file.open<storage::profiles>();
    const auto change = at_.on_file.ids.next(at_.now());
    store.keep_before(at_.who.id(), change, before_, at_.now());
    at_.on_file.journal.append(at_.asked.team, {.at = at_.now(),
                                                .actor = at_.who.id().str(),
                                                .act = act,
                                                .subject_kind = "person",
                                                .subject = at_.who.id().str(),
                                                .detail = fmt::format("{} fields", before_.size())});
    auto said =
        surface::said(text("Saved: {} {} of your profile. {}", before_.size(),
                           before_.size() == 1 ? "field" : "fields", fullness(at_, store.of(at_.who.id()))));
    auto below = own_profile_buttons(at_);
    below.elements.insert(below.elements.begin(), undo_button(at_, profile_act, change));
    said.blocks.emplace_back(std::move(below));
    return done(std::move(said));
}

// Subject: the change.
result<surface::mrkdwn> undo_profile(desk &at, const storage::undo_offer &offer) {
    auto store = at.on_file.open<storage::profiles>();
    const auto before = store.before(offer.person, offer.subject);
    if (before.empty())
        return refusal{"", "Your profile was changed again since.",
                       at.line(command_name::mentoring, "profile")};
    for (const auto &[which, entry] : before)
        store.set(offer.person, which, entry, at.now());
    store.forget_before(offer.person);
    return text("Taken back: {} of your profile {} as before.",
                before.size() == 1 ? std::string("one field") : fmt::format("{} fields", before.size()),
                before.size() == 1 ? "is" : "are");
}

} // namespace rapport
