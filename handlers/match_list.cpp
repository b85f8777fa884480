// A draft as a list of CSV lines that is changed and sent back; see matching.hpp. All of a list is taken, or
// nothing.
#include "handlers/match_page.hpp"
#include "handlers/matching.hpp"
#include "handlers/naming.hpp"
#include "handlers/permission.hpp"
#include "handlers/surface/characters.hpp"
#include "handlers/surface/packed.hpp"
#include "mentoring/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace rapport {
namespace {

using storage::drafted_pair;
using storage::match_draft;
using storage::match_state;
using surface::text;

constexpr std::size_t most_list = 2900; // characters of the list in a form

std::string list_name(const storage::person &who) {
    if (who.email)
        return *who.email;
    return who.slack ? who.slack->str() : who.id.str();
}

std::optional<storage::person> listed_person(desk &at, const std::string &word) {
    if (auto found = at.on_file.people.by_slack(slack_id{word}))
        return found;
    auto lower = word;
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return at.on_file.people.by_email(lower);
}

surface::modal list_form(desk &at, const match_draft &draft) {
    const auto what = look_into(at, draft);
    std::string csv = "protege,mentor,do\n";
    std::size_t left_out = 0;
    for (const auto &one : what.pairs) {
        const auto *p = what.in.find(one.protege, role::protege);
        const auto *m = what.in.find(one.mentor, role::mentor);
        if (p == nullptr || m == nullptr)
            continue;
        const auto row =
            fmt::format("{},{},{}\n", list_name(p->who), list_name(m->who), one.pinned ? "pin" : "keep");
        if (surface::utf16_units(csv) + surface::utf16_units(row) > most_list)
            ++left_out;
        else
            csv += row;
    }
    surface::modal form{.callback = std::string(match_action::list_form),
                        .title = "The draft as a list",
                        .submit = "Take the changes",
                        .metadata = fmt::format("{} {}", draft.id.str(), draft.version)};
    form.blocks.emplace_back(surface::section{
        .text = text("One line a pair: protégé, mentor, and what to do: keep (leaves it), pin (puts them "
                     "together), free (unpins), forbid (never these two), allow (takes that back). Lines "
                     "that are not here stay as they are, so a few changed lines are enough.{}",
                     left_out > 0 ? fmt::format(" {} more do not fit into this form.", left_out) : "")});
    form.blocks.emplace_back(surface::input{
        .field = "list",
        .label = "The list",
        .asks = surface::plain_text_input{.initial = std::move(csv), .multiline = true, .max_length = 3000}});
    return form;
}

enum class list_act { keep, pin, free, forbid, allow };
RAPPORT_WORDS(list_act, 5,
              {{list_act::keep, "keep"},
               {list_act::pin, "pin"},
               {list_act::free, "free"},
               {list_act::forbid, "forbid"},
               {list_act::allow, "allow"}})

struct list_line {
    std::size_t line = 0;
    storage::person protege, mentor;
    list_act act = list_act::keep;
};

// Every line understood, or a sentence about the first that is not.
result<std::vector<list_line>> read_list(desk &at, const std::string &typed) {
    const auto table = read_csv(typed);
    if (!table)
        return table.error();
    const auto p = table->column("protege"), m = table->column("mentor"), d = table->column("do");
    if (!p || !m || !d || table->header.size() != 3)
        return refusal{"", "The first line is not: protege,mentor,do", "protege,mentor,do"};
    std::vector<list_line> out;
    std::set<person_id> seen;
    for (const auto &row : table->rows) {
        const auto wrong = [&](const std::string &why) {
            return refusal{fmt::format("line {}", row.line), why, "ana@example.org,priya@example.org,pin"};
        };
        if (row.cells.size() < 3)
            return wrong(fmt::format("Line {} has fewer than three columns.", row.line));
        list_line one;
        one.line = row.line;
        const auto &word = row.cells[*d];
        if (!parse_text(word, one.act))
            return wrong(
                fmt::format("Line {}: \"{}\" is none of keep, pin, free, forbid, allow.", row.line, word));
        for (const auto &[who, cell] :
             {std::pair(&one.protege, row.cells[*p]), std::pair(&one.mentor, row.cells[*m])}) {
            auto found = listed_person(at, cell);
            if (!found)
                return wrong(fmt::format("Line {}: I know nobody by \"{}\".", row.line, cell));
            *who = std::move(*found);
        }
        if ((one.act == list_act::pin || one.act == list_act::keep) && !seen.insert(one.protege.id).second)
            return wrong(fmt::format("Line {}: {} is on the list twice.", row.line, first_name(one.protege)));
        out.push_back(std::move(one));
    }
    return out;
}

std::optional<refusal> take_line(desk &at, const match_draft &draft, const list_line &one, int &changed) {
    auto drafts = at.on_file.open<storage::match_drafts>();
    const storage::forbidden_pair two{one.protege.id, one.mentor.id};
    const auto all = drafts.pairs(draft.id);
    const auto had = std::find_if(all.begin(), all.end(), [&](const drafted_pair &each) {
        return each.protege == two.protege && each.mentor == two.mentor;
    });
    switch (one.act) {
    case list_act::keep:
        return std::nullopt;
    case list_act::pin:
        if (had != all.end() && had->pinned)
            return std::nullopt;
        ++changed;
        return put_together(at, draft, two.protege, two.mentor);
    case list_act::free:
        if (had != all.end() && had->pinned) {
            auto freed = *had;
            freed.pinned = false;
            drafts.put(draft.id, freed);
            ++changed;
        }
        return std::nullopt;
    case list_act::forbid:
        drafts.forbid(draft.term, two, at.who.id(), at.now());
        if (had != all.end())
            drafts.take_out(draft.id, two.protege);
        ++changed;
        return std::nullopt;
    case list_act::allow:
        drafts.allow(draft.term, two);
        ++changed;
        return std::nullopt;
    }
    return std::nullopt;
}

// The draft as it was before a list that could not be taken.
void put_back(desk &at, const match_draft &draft, const std::vector<drafted_pair> &pairs,
              const std::vector<storage::forbidden_pair> &apart) {
    auto drafts = at.on_file.open<storage::match_drafts>();
    for (const auto &one : drafts.pairs(draft.id))
        drafts.take_out(draft.id, one.protege);
    for (const auto &one : pairs)
        drafts.put(draft.id, one);
    for (const auto &two : drafts.forbidden(draft.term))
        if (std::find(apart.begin(), apart.end(), two) == apart.end())
            drafts.allow(draft.term, two);
    for (const auto &two : apart) // those of before keep who set them
        drafts.forbid(draft.term, two, at.who.id(), at.now());
}

} // namespace

result<answer> show_match_list(desk &at) {
    const auto parts = surface::split_words(at.pressed().value);
    if (parts.size() != 2)
        return not_found("draft", match_line(at));
    const auto draft = draft_meant(at, parts[0], "");
    if (!draft)
        return draft.error();
    return open_form(list_form(at, *draft));
}

result<answer> take_match_list(desk &at) {
    const auto parts = surface::split_words(at.sent().metadata);
    if (parts.size() != 2)
        return not_found("draft", match_line(at));
    auto draft = draft_meant(at, parts[0], parts[1]);
    if (!draft)
        return draft.error();
    answer wrong;
    const auto lines = read_list(at, at.sent().holds.text("list"));
    if (!lines) {
        wrong.form = form_errors{{{"list", refusal_line(lines.error())}}};
        return wrong;
    }
    auto drafts = at.on_file.open<storage::match_drafts>();
    const auto pairs_before = drafts.pairs(draft->id);
    const auto apart_before = drafts.forbidden(draft->term);
    int changed = 0;
    for (const auto &one : *lines) {
        const auto why = take_line(at, *draft, one, changed);
        if (!why)
            continue;
        put_back(at, *draft, pairs_before, apart_before); // all of the list, or nothing
        wrong.form = form_errors{{{"list", fmt::format("Line {}: {}", one.line, refusal_line(*why))}}};
        return wrong;
    }
    if (changed == 0)
        return tell(text("Nothing in the draft changed."));
    note_in_journal(at, "match.list", *draft, fmt::format("{} lines", changed));
    return changed_page(at, std::move(*draft), text("Taken: {} changes.", changed));
}

} // namespace rapport
