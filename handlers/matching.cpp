// Making, solving and dropping drafts of a whole-pool match; see matching.hpp. How it is solved is
// match_solving's.
#include "handlers/matching.hpp"

#include "handlers/match_page.hpp"
#include "handlers/pages.hpp"
#include "handlers/permission.hpp"
#include "handlers/surface/packed.hpp"
#include "handlers/which_program.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport {
namespace {

using storage::match_draft;
using storage::match_state;
using surface::text;

answer being_solved(const program &rules) {
    return tell(text("The match for {} is being worked out; a message tells you when the draft is there. "
                     "Nobody else hears of it.",
                     rules.name));
}

} // namespace

result<answer> match_pool_now(desk &at) {
    const auto slug = coordinated_program(at, at.words.text("program"), match_line(at));
    if (!slug)
        return slug.error();
    const auto term = running_term(at, *slug);
    if (!term)
        return term.error();
    const auto &rules = at.rules().of(*slug);
    auto drafts = at.on_file.open<storage::match_drafts>();
    if (const auto open = drafts.open_of(term->id))
        return open->state == match_state::solving ? being_solved(rules) : tell(draft_page(at, *open, 0));
    const auto enrolled = at.on_file.programs.enrolments(term->id);
    for (const auto as : {role::mentor, role::protege})
        if (std::none_of(enrolled.begin(), enrolled.end(), [&](const storage::enrolment &one) {
                return one.role == as && one.state == enrolment_state::active;
            }))
            return refusal{"",
                           fmt::format("{} has no active {} yet.", rules.name,
                                       rules.word(as == role::mentor ? side::mentor : side::protege).one),
                           at.line(command_name::program, "people")};
    match_draft draft;
    draft.id = at.on_file.ids.make<storage::draft_id>(at.now());
    draft.program = *slug;
    draft.term = term->id;
    draft.made_by = at.who.id();
    draft.made_at = draft.changed_at = at.now();
    drafts.add(draft);
    note_in_journal(at, "match.draft", draft, slug->str());
    auto out = being_solved(rules);
    out.what = outcome::done;
    return out;
}

result<answer> page_match(desk &at) {
    const auto wanted = read_page(at.pressed().value); // about: "draft version"
    const auto draft = draft_meant(at, wanted ? wanted->about.substr(0, wanted->about.find(' ')) : "", "");
    if (!draft)
        return draft.error();
    return in_place(tell(draft_page(at, *draft, wanted->from)));
}

result<answer> solve_again(desk &at) {
    const auto parts = surface::split_words(at.pressed().value);
    if (parts.size() != 2)
        return not_found("draft", match_line(at));
    auto draft = draft_meant(at, parts[0], "");
    if (!draft)
        return draft.error();
    draft->state = match_state::solving;
    draft->changed_at = at.now();
    ++draft->version;
    at.on_file.open<storage::match_drafts>().save(*draft);
    note_in_journal(at, "match.again", *draft, draft->program.str());
    auto out = being_solved(at.rules().of(draft->program));
    out.what = outcome::done;
    return in_place(std::move(out));
}

result<answer> drop_draft(desk &at) {
    const auto parts = surface::split_words(at.pressed().value);
    if (parts.size() != 2)
        return not_found("draft", match_line(at));
    auto draft = draft_meant(at, parts[0], "");
    if (!draft)
        return draft.error();
    draft->state = match_state::dropped;
    draft->changed_at = at.now();
    at.on_file.open<storage::match_drafts>().save(*draft);
    note_in_journal(at, "match.drop", *draft, draft->program.str());
    return in_place(done(text("The draft is dropped. Whom you kept apart stays apart; `{}` makes a new one.",
                              match_line(at))));
}

// --- told

void tell_draft_is_there(storage::records &on_file, const match_draft &draft, instant now) {
    on_file.outbox.add({.team = on_file.team,
                        .id = on_file.ids.make<storage::outbox_id>(now),
                        .key = fmt::format("{}:{}:{}", draft_notice, draft.id.str(), draft.version),
                        .verb = storage::outbox_verb::post,
                        .kind = std::string(draft_notice),
                        .policy = storage::send_policy::at_least_once,
                        .person = draft.made_by,
                        .channel = std::nullopt,
                        .pair = std::nullopt,
                        .subject = "match:" + draft.id.str(),
                        .params = draft.id.str(),
                        .not_before_at = now,
                        .created_at = now});
}

std::optional<surface::message> draft_told(storage::records &on_file, const house &here,
                                           const storage::outbox_row &row) {
    auto drafts = on_file.open<storage::match_drafts>();
    const auto draft = drafts.by_id(storage::draft_id{row.params});
    const auto *rules = draft ? here.rules.find(draft->program) : nullptr;
    if (!rules || draft->state != match_state::draft)
        return std::nullopt;
    auto out = surface::said(text("The draft for {} is there: {} pairs. Nobody has been told anything. `{}` "
                                  "shows it as well.",
                                  rules->name, drafts.pairs(draft->id).size(),
                                  here.names.line(command_name::program, "match " + draft->program.str())));
    out.blocks.emplace_back(
        surface::actions{{surface::button{.says = "Look at it",
                                          .action = std::string(match_action::page),
                                          .value = fmt::format("{} {} 0", draft->id.str(), draft->version),
                                          .look = surface::tone::primary}}});
    return out;
}

} // namespace rapport
