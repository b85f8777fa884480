// Reading, solving and keeping a draft; see match_solving.hpp. The assignment itself is mentoring's.
#include "handlers/match_solving.hpp"

#include "handlers/desk.hpp"
#include "handlers/finding.hpp"
#include "handlers/matching.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace rapport {
namespace {

constexpr std::size_t all_pairs_up_to = 300'000;

// A protégé who has a mentor in this term is matched already.
bool waits_for_mentor(const participant_view &one) {
    return one.as.role == role::protege && one.is_there() && one.pairs == 0;
}

} // namespace

std::optional<match_task> next_match_task(storage::session &db, id_source &ids, const house &here,
                                          instant now) {
    const auto due = storage::next_to_solve(db);
    if (!due)
        return std::nullopt;
    storage::records on_file(db, due->team, ids);
    auto drafts = on_file.open<storage::match_drafts>();
    const auto draft = drafts.by_id(due->id);
    const auto *rules = draft ? here.rules.find(draft->program) : nullptr;
    const auto term = draft ? on_file.programs.term_by_id(draft->term) : std::nullopt;
    match_task out;
    out.team = due->team;
    out.draft = due->id;
    if (!rules || !term)
        return out; // solved to nothing: its program is not run here any more
    out.version = draft->version;
    out.rules = rules->matching;
    const finding in(on_file, *rules, *term, now);
    for (const auto &one : in.all()) {
        if (waits_for_mentor(one))
            out.proteges.emplace_back(one.who.id, in.compared(one));
        if (one.as.role != role::mentor || !one.is_there())
            continue;
        // no number of theirs and none of the program's: as many as there are
        const auto room = one.most ? std::max(0, *one.most - one.pairs) : static_cast<int>(in.all().size());
        out.mentors.emplace_back(pool_mentor{one.who.id, room, one.pairs}, in.compared(one));
    }
    out.forbidden = drafts.forbidden(draft->term);
    for (auto &pair : drafts.pairs(due->id))
        if (pair.pinned)
            out.pinned.push_back(std::move(pair));
    return out;
}

solved_match solve(match_task task) {
    const comparing with(task.rules);
    match_pool pool;
    std::map<person_id, std::uint32_t> protege_at, mentor_at;
    for (const auto &[id, seen] : task.proteges) {
        protege_at.emplace(id, static_cast<std::uint32_t>(pool.proteges.size()));
        pool.proteges.push_back(id);
    }
    for (const auto &[one, seen] : task.mentors) {
        mentor_at.emplace(one.id, static_cast<std::uint32_t>(pool.mentors.size()));
        pool.mentors.push_back(one);
    }
    std::set<std::pair<person_id, person_id>> never;
    for (const auto &two : task.forbidden)
        never.emplace(two.protege, two.mentor);
    const bool all = pool.proteges.size() * pool.mentors.size() <= all_pairs_up_to;
    std::vector<pool_candidate> of_one;
    for (std::uint32_t p = 0; p < pool.proteges.size(); ++p) {
        of_one.clear();
        for (std::uint32_t m = 0; m < pool.mentors.size(); ++m) {
            const auto &[mentor, offered] = task.mentors[m];
            const auto &[protege, sought] = task.proteges[p];
            if (mentor.id != protege && mentor.room > 0 && with.may_pair(offered, sought) &&
                !never.contains({protege, mentor.id}))
                of_one.push_back({p, m, with.percent(offered, sought)});
        }
        if (!all && of_one.size() > candidates_each) {
            std::nth_element(of_one.begin(), of_one.begin() + candidates_each, of_one.end(),
                             [&](const pool_candidate &a, const pool_candidate &b) {
                                 return std::pair(-a.score, pool.mentors[a.mentor].id) <
                                        std::pair(-b.score, pool.mentors[b.mentor].id);
                             });
            of_one.resize(candidates_each);
        }
        pool.candidates.insert(pool.candidates.end(), of_one.begin(), of_one.end());
    }
    for (const auto &one : task.pinned) {
        const auto p = protege_at.find(one.protege);
        const auto m = mentor_at.find(one.mentor);
        if (p != protege_at.end() && m != mentor_at.end())
            pool.kept.push_back({p->second, m->second});
    }
    solved_match out{std::move(task), assign(pool)};
    out.of.proteges.clear();
    out.of.mentors.clear();
    return out;
}

bool keep_solved(storage::session &db, id_source &ids, const house &here, const solved_match &solved,
                 instant now) {
    storage::records on_file(db, solved.of.team, ids);
    auto drafts = on_file.open<storage::match_drafts>();
    auto draft = drafts.by_id(solved.of.draft);
    if (!draft || draft->state != storage::match_draft_state::solving)
        return false;
    if (here.rules.find(draft->program) == nullptr) {
        draft->state = storage::match_draft_state::dropped;
        drafts.save(*draft);
        return false;
    }
    if (draft->version != solved.of.version)
        return false;
    std::map<person_id, int> score_of_pinned;
    for (const auto &one : solved.of.pinned)
        score_of_pinned[one.protege] = one.score;
    drafts.take_out_unpinned(draft->id);
    std::set<person_id> placed;
    for (const auto &one : solved.made.pairs) {
        placed.insert(one.protege);
        drafts.put(draft->id,
                   {one.protege, one.mentor, one.kept ? score_of_pinned[one.protege] : one.score, one.kept});
    }
    for (const auto &one : solved.of.pinned) // whose people left meanwhile
        if (!placed.contains(one.protege))
            drafts.take_out(draft->id, one.protege);
    draft->state = storage::match_draft_state::draft;
    draft->worst = solved.made.worst;
    draft->load_gap = solved.made.load_gap;
    draft->changed_at = now;
    ++draft->version;
    drafts.save(*draft);
    tell_draft_is_there(on_file, *draft, now);
    return true;
}

int score_of(storage::records &on_file, const house &here, const storage::match_draft &draft,
             const person_id &mentor, const person_id &protege, instant now) {
    const auto *rules = here.rules.find(draft.program);
    const auto term = on_file.programs.term_by_id(draft.term);
    if (!rules || !term)
        return 0;
    const finding in(on_file, *rules, *term, now);
    const auto *m = in.find(mentor, role::mentor), *p = in.find(protege, role::protege);
    return m != nullptr && p != nullptr ? in.with().percent(in.compared(*m), in.compared(*p)) : 0;
}

} // namespace rapport
