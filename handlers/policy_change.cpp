// Checking, trying, applying; see policy_change.hpp.
#include "handlers/policy_change.hpp"

#include "handlers/coordinators_message.hpp"
#include "handlers/owed.hpp"
#include "handlers/terms.hpp"
#include "mentoring/phases.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <stdexcept>
#include <tuple>

namespace rapport {
namespace {

constexpr int looks_a_day = 8; // at one pair: nothing has as many rungs in a day

const policy_scribe &scribe_of(const house &here) {
    if (here.scribe == nullptr)
        throw std::logic_error("a policy text is asked for where nobody can read one");
    return *here.scribe;
}

void note(storage::records &on_file, std::string_view actor, std::string act, const program_slug &program,
          std::string detail, instant now) {
    on_file.journal.append(on_file.team, {.at = now,
                                          .actor = std::string(actor),
                                          .act = std::move(act),
                                          .subject_kind = "program",
                                          .subject = program.str(),
                                          .detail = std::move(detail)});
}

// ": floor.per_month, reply.limit", as far as a row of the journal holds them.
std::string keys_changed(const house &here, const program &rules) {
    constexpr std::size_t longest = 400;
    const auto *before = here.rules.find(rules.slug);
    if (before == nullptr || here.scribe == nullptr)
        return {};
    std::string keys;
    for (const auto &each : here.scribe->compare(*before, rules)) {
        if (keys.size() + each.key.size() > longest)
            return keys + ", ...";
        keys += (keys.empty() ? ": " : ", ") + each.key;
    }
    return keys;
}

// What is owed in a pair until the end of the day, and what is done about it.
struct day_of_a_pair {
    std::set<std::tuple<std::string, std::string, std::string, std::string>> state;
    std::set<person_id> written_to;
    int raised = 0;
};

day_of_a_pair day_of(storage::records &on_file, const policies &rules, const storage::pair &pair, instant now,
                     instant midnight) {
    day_of_a_pair out;
    std::set<std::tuple<std::string, std::string, std::string>> raised;
    auto at = now;
    for (int look = 0; look < looks_a_day; ++look) {
        const auto seen = owed_in(on_file, rules, pair, at);
        for (const auto &each : seen.owed) {
            const bool today = each.due && each.due->due_at < midnight;
            const auto act = today ? std::string(text_of(each.due->act)) : std::string("open");
            out.state.emplace(std::string(text_of(each.kind)), each.person.str(), each.occasion, act);
            if (today && is_message(each.due->act))
                out.written_to.insert(each.person);
            if (today && each.due->act == rung_act::queue &&
                raised.emplace(std::string(text_of(each.kind)), each.person.str(), each.occasion).second)
                ++out.raised;
        }
        if (!seen.look_again_at || *seen.look_again_at >= midnight)
            break;
        at = std::max(*seen.look_again_at, at + milliseconds{1});
    }
    return out;
}

} // namespace

checked_text check_text(storage::records &on_file, const house &here, const program_slug &slug,
                        std::string_view text) {
    auto read = scribe_of(here).read(text);
    checked_text out{std::move(read.value), std::move(read.problems)};
    if (!out.rules)
        return out;
    if (!slug.empty() && out.rules->slug != slug)
        out.problems.push_back(
            {0, 0, out.rules->slug.str(),
             fmt::format("The slug of this text is {}, not {}.", out.rules->slug.str(), slug.str()),
             fmt::format("Write slug = \"{}\".", slug.str())});
    if (const auto span = span_of(*out.rules))
        if (const auto old = archived_over(on_file, out.rules->slug, span->opens_at, span->closes_at))
            out.problems.push_back(
                {0, 0, full_date(out.rules->term->from),
                 fmt::format("term.dates: they overlap with the term {}, which is archived until {}.",
                             old->name,
                             full_date(out.rules->where.day_of(*old->closes_at - milliseconds{1}))),
                 "Write dates after it."});
    if (!out.problems.empty())
        out.rules.reset();
    return out;
}

std::string in_words(const std::vector<policy_problem> &problems, std::size_t most) {
    std::string text;
    for (std::size_t i = 0; i < problems.size() && i < most; ++i) {
        const auto &each = problems[i];
        if (!text.empty())
            text += ' ';
        if (each.line > 0)
            text += fmt::format("Line {}, column {}: ", each.line, each.column);
        text += fmt::format("{} {}", each.wrong, each.mend);
    }
    if (problems.size() > most)
        text += fmt::format(" And {} more.", problems.size() - most);
    return text;
}

policy_trial try_policy(storage::records &on_file, const house &here, const program &rules, instant now) {
    auto with = here.rules;
    with.add(here.rules.version_of(rules.slug) + 1, rules);
    const auto midnight = rules.where.start_of(plus_days(rules.where.day_of(now), 1));
    policy_trial out;
    std::set<person_id> before, after;
    for (const auto &term : on_file.programs.terms(rules.slug)) {
        if (term.state != term_state::open)
            continue;
        for (const auto &pair : on_file.pairs.of_term(term.id)) {
            if (!is_live(on_file, with, pair))
                continue;
            ++out.pairs;
            const auto would = day_of(on_file, with, pair, now, midnight);
            after.insert(would.written_to.begin(), would.written_to.end());
            out.raised += would.raised;
            if (here.rules.find(rules.slug) == nullptr) {
                out.changed += would.state.empty() ? 0 : 1;
                continue;
            }
            const auto is = day_of(on_file, here.rules, pair, now, midnight);
            before.insert(is.written_to.begin(), is.written_to.end());
            out.raised_before += is.raised;
            out.changed += would.state != is.state ? 1 : 0;
        }
    }
    out.written_to = static_cast<int>(after.size());
    out.before = static_cast<int>(before.size());
    return out;
}

std::string in_words(const policy_trial &what) {
    const auto messages = [](int n) { return fmt::format("{} message{}", n, n == 1 ? "" : "s"); };
    auto text = fmt::format("Would send {} today ({} as it is); {} of {} pair{} change{} state.",
                            messages(what.written_to), what.before, what.changed, what.pairs,
                            what.pairs == 1 ? "" : "s", what.changed == 1 ? "s" : "");
    if (what.raised != what.raised_before)
        text += fmt::format(" Your queue would get {} line{} today ({} as it is).", what.raised,
                            what.raised == 1 ? "" : "s", what.raised_before);
    return text;
}

std::int64_t put_in_force(storage::records &on_file, const house &here, const program &rules,
                          const std::string &text, const std::optional<person_id> &by, std::string_view actor,
                          instant now) {
    const auto before = on_file.programs.policy_in_force(rules.slug);
    const auto version = on_file.programs.apply_policy(rules.slug, text, now, by);
    if (before && before->version == version)
        return version;
    settle_terms(on_file, rules, now);
    for (const auto &term : on_file.programs.terms(rules.slug))
        if (term.state == term_state::open)
            for (const auto &pair : on_file.pairs.of_term(term.id))
                if (pair.state == pair_state::open)
                    on_file.pairs.look_by(pair.id, now);
    note(on_file, by ? by->str() : actor, "policy_applied", rules.slug,
         fmt::format("version {}{}", version, keys_changed(here, rules)), now);
    return version;
}

void put_in_force_later(storage::records &on_file, const storage::policy_draft &draft, instant from,
                        const std::optional<person_id> &by, std::string_view actor, instant now) {
    on_file.open<storage::drafts>().schedule(draft.id, from, by, now);
    on_file.open<storage::turnings>().plan(
        {draft.program, draft.id, std::string(policy_applies_turning), from, {}});
    note(on_file, by ? by->str() : actor, "policy_scheduled", draft.program,
         fmt::format("from {}", from.time_since_epoch().count()), now);
}

void apply_scheduled(storage::records &on_file, const house &here, const std::string &draft, instant now) {
    auto drafts = on_file.open<storage::drafts>();
    const auto found = drafts.by_id(draft);
    if (!found || found->state != storage::draft_state::scheduled)
        return;
    const auto checked = check_text(on_file, here, found->program, found->text);
    if (checked.rules) {
        drafts.decide(draft, storage::draft_state::applied, found->decided_by, now);
        put_in_force(on_file, here, *checked.rules, found->text, found->decided_by, "operator", now);
        return;
    }
    drafts.decide(draft, storage::draft_state::dropped, std::nullopt, now);
    note(on_file, "rapport", "policy_refused", found->program, draft, now);
    storage::attention_line line;
    line.program = found->program;
    line.kind = by_date;
    line.occasion = fmt::format("{}/refused/{}", found->program.str(),
                                rapport::text_of(here.rules.of(found->program).where.day_of(now)));
    line.since_at = line.raised_at = now;
    if (on_file.attention.raise(line))
        tell_coordinators(on_file, here, line, now);
}

std::vector<std::string> change_lines(const house &here, const program &before, const program &after) {
    std::vector<std::string> lines;
    for (const auto &each : scribe_of(here).compare(before, after)) {
        if (each.before.empty())
            lines.push_back(fmt::format("{}: new, {} ({})", each.key, each.after, each.whom));
        else if (each.after.empty())
            lines.push_back(
                fmt::format("{}: {} is no longer promised ({})", each.key, each.before, each.whom));
        else
            lines.push_back(
                fmt::format("{}: {} becomes {} ({})", each.key, each.before, each.after, each.whom));
    }
    return lines;
}

} // namespace rapport
