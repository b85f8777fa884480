// Changing a draft pair by pair: pinned, freed, taken apart, put with somebody else; see matching.hpp.
#include "handlers/entering.hpp"
#include "handlers/match_page.hpp"
#include "handlers/matching.hpp"
#include "handlers/naming.hpp"
#include "handlers/permission.hpp"
#include "handlers/surface/packed.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport {
namespace {

using storage::drafted_pair;
using storage::match_draft;
using storage::match_state;
using surface::text;

struct row_meant {
    match_draft draft;
    drafted_pair pair;
};

result<row_meant> row_of(desk &at, const std::vector<std::string> &parts) {
    if (parts.size() != 4)
        return not_found("pair", match_line(at));
    auto draft = draft_meant(at, parts[1], parts[2]);
    if (!draft)
        return draft.error();
    for (const auto &one : at.on_file.open<storage::match_drafts>().pairs(draft->id))
        if (one.protege.str() == parts[3])
            return row_meant{std::move(*draft), one};
    return refusal{"", "That pair is not in the draft any more.", match_line(at)};
}

surface::modal mentor_form(desk &at, const row_meant &row) {
    surface::modal form{.callback = std::string(match_action::move_form),
                        .title = "Another mentor",
                        .submit = "Put them together",
                        .metadata = fmt::format("move {} {} {}", row.draft.id.str(), row.draft.version,
                                                row.pair.protege.str())};
    form.blocks.emplace_back(surface::section{
        .text = text("For {}, now with {}. The pair you make is pinned; whoever had that place is found "
                     "another when you solve again.",
                     first_name_of(at, row.pair.protege), first_name_of(at, row.pair.mentor))});
    form.blocks.emplace_back(
        surface::input{.field = "mentor", .label = "Mentor", .asks = surface::users_select{}});
    return form;
}

} // namespace

std::optional<refusal> put_together(desk &at, const match_draft &draft, const person_id &protege,
                                    const person_id &mentor) {
    auto drafts = at.on_file.open<storage::match_drafts>();
    const auto term = at.on_file.programs.term_by_id(draft.term);
    const finding in(at.on_file, at.rules().of(draft.program), term.value(), at.now());
    const auto *m = in.find(mentor, role::mentor), *p = in.find(protege, role::protege);
    const auto &rules = in.rules();
    if (m == nullptr || !m->is_there())
        return refusal{"", fmt::format("That is no active {} of {}.", rules.mentor_word.one, rules.name),
                       at.line(command_name::program, "people")};
    if (p == nullptr || !p->is_there() || mentor == protege)
        return refusal{"", fmt::format("That is no active {} of {}.", rules.protege_word.one, rules.name),
                       at.line(command_name::program, "people")};
    const auto name = first_name(m->who);
    for (const auto &two : drafts.forbidden(draft.term))
        if (two.protege == protege && two.mentor == mentor)
            return refusal{
                "", fmt::format("You have said not to put {} and {} together.", first_name(p->who), name),
                "the list, with allow for the two"};
    if (!in.with().of(in.compared(*m), in.compared(*p)).broken.empty())
        return refusal{"",
                       fmt::format("{} and {} break a rule of {} (\"{}\").", first_name(p->who), name,
                                   rules.name,
                                   text_of(in.with().of(in.compared(*m), in.compared(*p)).broken.front())),
                       match_line(at)};
    const auto all = drafts.pairs(draft.id);
    const auto had =
        std::find_if(all.begin(), all.end(), [&](const drafted_pair &one) { return one.protege == protege; });
    int drafted = 0;
    const drafted_pair *swaps_with = nullptr;
    for (const auto &one : all)
        if (one.mentor == mentor && one.protege != protege) {
            ++drafted;
            if (!one.pinned && swaps_with == nullptr)
                swaps_with = &one;
        }
    if (m->most && m->pairs + drafted + 1 > *m->most) {
        if (swaps_with == nullptr)
            return refusal{"", fmt::format("{} has no room left in this draft.", name),
                           at.line(command_name::program, "match")};
        // the one who gives way gets the mentor who becomes free, or waits to be solved again
        drafts.take_out(draft.id, swaps_with->protege);
        const auto *theirs = in.find(swaps_with->protege, role::protege);
        const auto *freed = had != all.end() ? in.find(had->mentor, role::mentor) : nullptr;
        if (theirs != nullptr && freed != nullptr) {
            const auto suits = in.with().of(in.compared(*freed), in.compared(*theirs));
            if (suits.broken.empty())
                drafts.put(draft.id, {swaps_with->protege, freed->who.id, suits.percent, false});
        }
    }
    drafts.put(draft.id, {protege, mentor, in.with().percent(in.compared(*m), in.compared(*p)), true});
    return std::nullopt;
}

result<answer> more_of_match(desk &at) {
    const auto *chosen = std::get_if<choice>(&at.pressed().chosen);
    const auto parts = surface::split_words(chosen != nullptr ? chosen->value : at.pressed().value);
    auto row = row_of(at, parts);
    if (!row)
        return row.error();
    auto drafts = at.on_file.open<storage::match_drafts>();
    const auto protege = first_name_of(at, row->pair.protege), mentor = first_name_of(at, row->pair.mentor);
    if (parts[0] == "move")
        return open_form(mentor_form(at, *row));
    if (parts[0] == "pin" || parts[0] == "free") {
        row->pair.pinned = parts[0] == "pin";
        drafts.put(row->draft.id, row->pair);
        return changed_page(at, std::move(row->draft),
                            row->pair.pinned ? text("Pinned: {} with {}.", protege, mentor)
                                             : text("Free again: {} with {}.", protege, mentor));
    }
    drafts.forbid(row->draft.term, {row->pair.protege, row->pair.mentor}, at.who.id(), at.now());
    drafts.take_out(row->draft.id, row->pair.protege);
    return changed_page(at, std::move(row->draft),
                        text("Taken apart: {} and {} are not put together in this term. Solve again to find "
                             "{} another.",
                             protege, mentor, protege));
}

result<answer> move_match(desk &at) {
    auto row = row_of(at, surface::split_words(at.sent().metadata));
    if (!row)
        return row.error();
    const auto who = at.sent().holds.person("mentor");
    const auto mentor = who ? at.on_file.people.by_slack(*who) : std::nullopt;
    answer wrong;
    if (!mentor) {
        wrong.form = form_errors{{{"mentor", "I know nobody by that who can take part."}}};
        return wrong;
    }
    if (const auto why = put_together(at, row->draft, row->pair.protege, mentor->id)) {
        wrong.form = form_errors{{{"mentor", refusal_line(*why)}}};
        return wrong;
    }
    return changed_page(
        at, std::move(row->draft),
        text("Pinned: {} with {}.", first_name_of(at, row->pair.protege), first_name(*mentor)));
}

} // namespace rapport
