// Publishing a draft: a preview with counts, the program's name to be sure, and all its pairs in one
// transaction; see matching.hpp.
#include "handlers/entering.hpp"
#include "handlers/introductions.hpp"
#include "handlers/match_page.hpp"
#include "handlers/matching.hpp"
#include "handlers/naming.hpp"
#include "handlers/permission.hpp"
#include "handlers/surface/packed.hpp"
#include "handlers/usage_shape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace rapport {
namespace {

using storage::match_draft;
using storage::match_state;
using surface::text;

constexpr std::size_t most_named = 7;

} // namespace

result<answer> preview_publishing(desk &at) {
    const auto parts = surface::split_words(at.pressed().value);
    if (parts.size() != 2)
        return not_found("draft", match_line(at));
    const auto draft = draft_meant(at, parts[0], parts[1]);
    if (!draft)
        return draft.error();
    const auto what = look_into(at, *draft);
    const auto all = at.on_file.open<storage::match_drafts>().pairs(draft->id);
    if (all.empty())
        return refusal{"", "There is no pair in this draft.", match_line(at)};
    std::set<person_id> mentors;
    for (const auto &one : all)
        mentors.insert(one.mentor);
    const auto &rules = what.in.rules();
    surface::modal form{.callback = std::string(match_action::publish_form),
                        .title = "Publish the match",
                        .submit = "Publish",
                        .metadata = fmt::format("{} {}", draft->id.str(), draft->version)};
    form.blocks.emplace_back(surface::section{
        .text = text("{} pairs begin in {}: {} {} and {} {}. {} {} stay without. Each pair gets a "
                     "conversation with an introduction; they go out one after another, at the pace the "
                     "platform allows. This cannot be taken back as a whole; single pairs can be ended.",
                     all.size(), rules.name, all.size(), rules.protege_word.many, mentors.size(),
                     mentors.size() == 1 ? rules.mentor_word.one : rules.mentor_word.many,
                     what.unmatched.size(), rules.protege_word.many)});
    form.blocks.emplace_back(surface::input{.field = "name",
                                            .label = fmt::format("To be sure, write: {}", rules.name),
                                            .asks = surface::plain_text_input{.max_length = 100}});
    return open_form(std::move(form));
}

namespace {

// Begins the pairs that can; gives how many began and who could not.
std::pair<int, std::vector<person_id>> begin_pairs(desk &at, const match_draft &draft) {
    const auto term = at.on_file.programs.term_by_id(draft.term);
    const finding in(at.on_file, at.rules().of(draft.program), term.value(), at.now());
    std::map<person_id, int> given;
    std::pair<int, std::vector<person_id>> out{0, {}};
    for (const auto &one : at.on_file.open<storage::match_drafts>().pairs(draft.id)) {
        const auto *m = in.find(one.mentor, role::mentor), *p = in.find(one.protege, role::protege);
        const bool fits =
            m != nullptr && p != nullptr && m->is_there() && p->is_there() &&
            !in.are_paired(one.mentor, one.protege) &&
            (!m->most || m->pairs + given[one.mentor] < *m->most) &&
            pairing_bar(at.on_file, in.rules(), *term, m->who, role::mentor, at.now()).empty() &&
            pairing_bar(at.on_file, in.rules(), *term, p->who, role::protege, at.now()).empty();
        if (!fits) {
            out.second.push_back(one.protege);
            continue;
        }
        ++given[one.mentor];
        ++out.first;
        storage::pair pair;
        pair.id = at.on_file.ids.make<pair_id>(at.now());
        pair.program = draft.program;
        pair.term = draft.term;
        pair.mentor = one.mentor;
        pair.protege = one.protege;
        pair.began_at = at.now();
        pair.made_by = at.who.id();
        pair.look_again_at = at.now();
        at.on_file.pairs.add(pair);
        for (const auto &who : {pair.mentor, pair.protege})
            plan_greeting(at.on_file, who, draft.program, at.now());
        plan_introduction(at.on_file, pair, at.now());
    }
    return out;
}

} // namespace

result<answer> publish_match(desk &at) {
    const auto parts = surface::split_words(at.sent().metadata);
    if (parts.size() != 2)
        return not_found("draft", match_line(at));
    auto draft = draft_meant(at, parts[0], parts[1]);
    if (!draft)
        return draft.error();
    const auto &rules = at.rules().of(draft->program);
    const auto written = surface::one_line(at.sent().holds.text("name"));
    if (!shape::alike(written, rules.name) && !shape::alike(written, rules.slug.str())) {
        answer wrong;
        wrong.form =
            form_errors{{{"name", fmt::format("That is not “{}”. Nothing was published.", rules.name)}}};
        return wrong;
    }
    const auto [began, could_not] = begin_pairs(at, *draft);
    draft->state = match_state::published;
    draft->changed_at = at.now();
    at.on_file.open<storage::match_drafts>().save(*draft);
    note_in_journal(at, "match.publish", *draft, fmt::format("{} {} pairs", draft->program.str(), began));
    auto said = text("Published: {} pairs begin in {}. Their introductions go out now, one after another.",
                     began, rules.name);
    if (!could_not.empty()) {
        auto names = text("{}", first_name_of(at, could_not.front()));
        for (std::size_t i = 1; i < could_not.size() && i < most_named; ++i)
            names = text("{}, {}", names, first_name_of(at, could_not[i]));
        if (could_not.size() > most_named)
            names = text("{} and {} more", names, could_not.size() - most_named);
        said = surface::lines({said, text("Not begun, because something changed since: {} ({}). `{}` makes a "
                                          "new draft for them.",
                                          could_not.size(), names, match_line(at))});
    }
    return done(std::move(said));
}

} // namespace rapport
