// The steps of an assignment; see assignment.hpp. Each objective is settled by flows in the same small graph
// (source, protégés, mentors, sink) and then holds for those after it; LEMON does the flows.
//
// That the load gap is found by two searches of their own, one for the highest lowest load and one for the
// lowest highest, is Mendelsohn and Dulmage's theorem: loads that can be reached from below and a matching
// that fits from above can be had by one matching.
#include "mentoring/assignment.hpp"

#include <algorithm>
#include <bit>
#include <functional>
#include <lemon/network_simplex.h>
#include <lemon/preflow.h>
#include <lemon/smart_graph.h>
#include <numeric>
#include <set>
#include <stdexcept>

namespace rapport {
namespace {

using graph = lemon::SmartDigraph;
using amounts = graph::ArcMap<std::int64_t>;

constexpr std::size_t most_people = 20'000;
constexpr int tie_bits = 20;

void need(bool holds, const char *what) {
    if (!holds)
        throw std::logic_error(std::string("assignment: ") + what);
}

// What two people's ids say where nothing else decides: the same number whoever else is in the pool. FNV-1a.
std::int64_t tie_of(const person_id &protege, const person_id &mentor) {
    std::uint64_t h = 14695981039346656037ULL;
    const auto mix = [&](char c) {
        h ^= static_cast<unsigned char>(c);
        h *= 1099511628211ULL;
    };
    std::for_each(protege.str().begin(), protege.str().end(), mix);
    mix('|');
    std::for_each(mentor.str().begin(), mentor.str().end(), mix);
    h ^= h >> 33;
    h *= 0xff51afd7ed558ccdULL;
    h ^= h >> 33;
    return static_cast<std::int64_t>(h & ((1ULL << tie_bits) - 1));
}

// The pool in the order of its ids, without kept pairs and what they use up.
struct ordered_pool {
    struct mentor {
        std::uint32_t place = 0;
        int room = 0, load = 0;
    };
    struct edge {
        std::uint32_t protege = 0, mentor = 0; // in this order
        int score = 0;
    };
    std::vector<std::uint32_t> proteges; // their places in the pool
    std::vector<mentor> mentors;
    std::vector<edge> edges; // by protégé, mentor

    explicit ordered_pool(const match_pool &pool);
};

template <class Row, class Key>
std::vector<std::uint32_t> in_order(const std::vector<Row> &rows, Key key) {
    std::vector<std::uint32_t> places(rows.size());
    std::iota(places.begin(), places.end(), 0U);
    std::sort(places.begin(), places.end(), [&](auto a, auto b) { return key(rows[a]) < key(rows[b]); });
    for (std::size_t i = 1; i < places.size(); ++i)
        need(key(rows[places[i - 1]]) != key(rows[places[i]]), "a person twice");
    return places;
}

void check(const match_pool &pool) {
    need(pool.proteges.size() <= most_people && pool.mentors.size() <= most_people, "too many people");
    for (const auto &one : pool.mentors)
        need(one.room >= 0 && one.load >= 0, "a negative room or load");
    for (const auto &one : pool.candidates)
        need(one.protege < pool.proteges.size() && one.mentor < pool.mentors.size() && one.score >= 0 &&
                 one.score <= 100,
             "a candidate outside the lists or the scores");
    std::set<std::uint32_t> kept;
    for (const auto &one : pool.kept)
        need(one.protege < pool.proteges.size() && one.mentor < pool.mentors.size() &&
                 kept.insert(one.protege).second,
             "a kept pair outside the lists, or a second one of a protégé");
}

ordered_pool::ordered_pool(const match_pool &pool) {
    check(pool);
    std::vector<char> is_kept(pool.proteges.size(), 0);
    auto all = pool.mentors;
    for (const auto &one : pool.kept) {
        is_kept[one.protege] = 1;
        all[one.mentor].room = std::max(0, all[one.mentor].room - 1);
        ++all[one.mentor].load;
    }
    constexpr auto none = static_cast<std::uint32_t>(-1);
    std::vector<std::uint32_t> to_protege(pool.proteges.size(), none), to_mentor(all.size(), none);
    for (const auto place : in_order(pool.proteges, [](const person_id &id) { return id; }))
        if (!is_kept[place]) {
            to_protege[place] = static_cast<std::uint32_t>(proteges.size());
            proteges.push_back(place);
        }
    for (const auto place : in_order(pool.mentors, [](const pool_mentor &one) { return one.id; }))
        if (all[place].room > 0) {
            to_mentor[place] = static_cast<std::uint32_t>(mentors.size());
            mentors.push_back({place, all[place].room, all[place].load});
        }
    for (const auto &one : pool.candidates)
        if (to_protege[one.protege] != none && to_mentor[one.mentor] != none)
            edges.push_back({to_protege[one.protege], to_mentor[one.mentor], one.score});
    std::sort(edges.begin(), edges.end(), [](const edge &a, const edge &b) {
        return std::tuple(a.protege, a.mentor, -a.score) < std::tuple(b.protege, b.mentor, -b.score);
    });
    edges.erase(std::unique(edges.begin(), edges.end(),
                            [](const edge &a, const edge &b) {
                                return a.protege == b.protege && a.mentor == b.mentor;
                            }),
                edges.end());
}

// The graph over those edges whose score is at least `least`.
class flows {
    const ordered_pool &pool_;
    graph g_;
    graph::Node source_, sink_;
    std::vector<graph::Arc> of_mentor_;
    std::vector<std::pair<graph::Arc, const ordered_pool::edge *>> of_edge_;
    amounts upper_;

  public:
    flows(const ordered_pool &pool, int least) : pool_(pool), upper_(g_) {
        g_.reserveNode(static_cast<int>(pool.proteges.size() + pool.mentors.size() + 2));
        g_.reserveArc(static_cast<int>(pool.edges.size() + pool.proteges.size() + pool.mentors.size()));
        source_ = g_.addNode();
        sink_ = g_.addNode();
        std::vector<graph::Node> proteges, mentors;
        for (std::size_t i = 0; i < pool.proteges.size(); ++i) {
            proteges.push_back(g_.addNode());
            upper_[g_.addArc(source_, proteges.back())] = 1;
        }
        for (const auto &one : pool.mentors) {
            mentors.push_back(g_.addNode());
            of_mentor_.push_back(g_.addArc(mentors.back(), sink_));
            upper_[of_mentor_.back()] = one.room;
        }
        for (const auto &one : pool.edges)
            if (one.score >= least) {
                of_edge_.emplace_back(g_.addArc(proteges[one.protege], mentors[one.mentor]), &one);
                upper_[of_edge_.back().first] = 1;
            }
    }

    using limit = std::function<int(const ordered_pool::mentor &)>;

    // How many protégés find a mentor where each mentor takes so many.
    std::int64_t most_pairs(const limit &takes) {
        for (std::size_t m = 0; m < of_mentor_.size(); ++m)
            upper_[of_mentor_[m]] = takes(pool_.mentors[m]);
        lemon::Preflow<graph, amounts> flow(g_, upper_, source_, sink_);
        flow.runMinCut();
        return flow.flowValue();
    }

    // The edges of the dearest assignment of `pairs` protégés with these loads at least and at most.
    std::vector<ordered_pool::edge>
    dearest(std::int64_t pairs, const limit &least, const limit &most,
            const std::function<std::int64_t(const ordered_pool::edge &)> &worth) {
        amounts lower(g_, 0), cost(g_, 0);
        for (std::size_t m = 0; m < of_mentor_.size(); ++m) {
            lower[of_mentor_[m]] = least(pool_.mentors[m]);
            upper_[of_mentor_[m]] = most(pool_.mentors[m]);
        }
        for (const auto &[arc, edge] : of_edge_)
            cost[arc] = -worth(*edge);
        lemon::NetworkSimplex<graph, std::int64_t, std::int64_t> simplex(g_);
        simplex.lowerMap(lower).upperMap(upper_).costMap(cost).stSupply(source_, sink_, pairs);
        need(simplex.run() == decltype(simplex)::OPTIMAL, "no flow where one was shown to be");
        std::vector<ordered_pool::edge> out;
        for (const auto &[arc, edge] : of_edge_)
            if (simplex.flow(arc) > 0)
                out.push_back(*edge);
        return out;
    }
};

int room_of(const ordered_pool::mentor &one) {
    return one.room;
}

// What brings a mentor up to a load of `low`, and what keeps them under `high`.
flows::limit up_to(int low) {
    return [low](const ordered_pool::mentor &one) { return std::max(0, low - one.load); };
}
flows::limit within(int high) {
    return [high](const ordered_pool::mentor &one) { return std::clamp(high - one.load, 0, one.room); };
}

// The highest score at and over which as many protégés still find a mentor.
int highest_floor(const ordered_pool &pool, std::int64_t pairs) {
    std::vector<int> scores;
    for (const auto &one : pool.edges)
        scores.push_back(one.score);
    std::sort(scores.begin(), scores.end());
    scores.erase(std::unique(scores.begin(), scores.end()), scores.end());
    std::size_t low = 0, high = scores.size() - 1;
    while (low < high) {
        const auto middle = (low + high + 1) / 2;
        if (flows(pool, scores[middle]).most_pairs(room_of) == pairs)
            low = middle;
        else
            high = middle - 1;
    }
    return scores[low];
}

// The least load that every mentor with room can be brought to.
int highest_low(const ordered_pool &pool, flows &in) {
    int most = pool.mentors.front().load + pool.mentors.front().room;
    for (const auto &one : pool.mentors)
        most = std::min(most, one.load + one.room);
    int low = 0;
    while (low < most) {
        const auto middle = low + (most - low + 1) / 2;
        std::int64_t wanted = 0;
        for (const auto &one : pool.mentors)
            wanted += up_to(middle)(one);
        if (wanted <= static_cast<std::int64_t>(pool.proteges.size()) &&
            in.most_pairs(up_to(middle)) == wanted)
            low = middle;
        else
            most = middle - 1;
    }
    return low;
}

// The smallest highest load under which as many protégés still find a mentor.
int lowest_high(const ordered_pool &pool, flows &in, std::int64_t pairs) {
    int low = 0, high = 0;
    for (const auto &one : pool.mentors) {
        low = std::max(low, one.load);
        high = std::max(high, one.load + one.room);
    }
    while (low < high) {
        const auto middle = low + (high - low) / 2;
        if (in.most_pairs(within(middle)) == pairs)
            high = middle;
        else
            low = middle + 1;
    }
    return high;
}

std::vector<ordered_pool::edge> best_edges(const match_pool &pool, const ordered_pool &ordered) {
    if (ordered.edges.empty())
        return {};
    const auto pairs = flows(ordered, 0).most_pairs(room_of);
    flows in(ordered, highest_floor(ordered, pairs));
    const auto low = highest_low(ordered, in);
    const auto high = lowest_high(ordered, in, pairs);
    // a point of score outweighs all ties together
    const auto shift = tie_bits + std::bit_width(static_cast<std::uint64_t>(pairs));
    return in.dearest(pairs, up_to(low), within(high), [&](const ordered_pool::edge &one) {
        return (static_cast<std::int64_t>(one.score) << shift) +
               tie_of(pool.proteges[ordered.proteges[one.protege]],
                      pool.mentors[ordered.mentors[one.mentor].place].id);
    });
}

int gap_of(const ordered_pool &ordered, const std::vector<ordered_pool::edge> &made) {
    if (ordered.mentors.empty())
        return 0;
    std::vector<int> loads;
    for (const auto &one : ordered.mentors)
        loads.push_back(one.load);
    for (const auto &one : made)
        ++loads[one.mentor];
    const auto [least, most] = std::minmax_element(loads.begin(), loads.end());
    return *most - *least;
}

} // namespace

assignment assign(const match_pool &pool) {
    const ordered_pool ordered(pool);
    const auto made = best_edges(pool, ordered);
    assignment out;
    std::vector<char> has(pool.proteges.size(), 0);
    for (const auto &one : made) {
        const auto protege = ordered.proteges[one.protege];
        has[protege] = 1;
        out.pairs.push_back(
            {pool.proteges[protege], pool.mentors[ordered.mentors[one.mentor].place].id, one.score, false});
        out.worst = std::min(out.worst.value_or(one.score), one.score);
        out.total += one.score;
    }
    out.load_gap = gap_of(ordered, made);
    for (const auto &one : pool.kept) {
        has[one.protege] = 1;
        assigned_pair pair{pool.proteges[one.protege], pool.mentors[one.mentor].id, 0, true};
        for (const auto &each : pool.candidates)
            if (each.protege == one.protege && each.mentor == one.mentor)
                pair.score = std::max(pair.score, each.score);
        out.pairs.push_back(std::move(pair));
    }
    for (std::size_t i = 0; i < pool.proteges.size(); ++i)
        if (!has[i])
            out.unmatched.push_back(pool.proteges[i]);
    std::sort(out.pairs.begin(), out.pairs.end(),
              [](const auto &a, const auto &b) { return a.protege < b.protege; });
    std::sort(out.unmatched.begin(), out.unmatched.end());
    return out;
}

} // namespace rapport
