// See journal.hpp.
#include "storage/journal.hpp"

#include "storage/digest.hpp"

#include <fmt/format.h>

namespace rapport::storage {
namespace {

struct head {
    std::int64_t seq;
    std::string hash;
};

constexpr command<team_id> begin{
    "journal.begin",
    "INSERT INTO journal_heads (team, seq, hash) VALUES ($1, 0, '') ON CONFLICT (team) DO NOTHING"};
// Taking the head by an update makes writers wait for one another.
constexpr statement<head, team_id> advance{
    "journal.advance", "UPDATE journal_heads SET seq = seq + 1 WHERE team = $1 RETURNING seq, hash"};
constexpr command<team_id, std::int64_t, instant, std::string, std::string, std::string, std::string,
                  std::string, std::string>
    insert{"journal.append",
           "INSERT INTO journal (team, seq, at, actor, act, subject_kind, subject, detail, hash) "
           "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"};
constexpr command<team_id, std::string> seal{"journal.seal",
                                             "UPDATE journal_heads SET hash = $2 WHERE team = $1"};
constexpr statement<head, team_id> find_head{"journal.head",
                                             "SELECT seq, hash FROM journal_heads WHERE team = $1"};
constexpr statement<journal_row, team_id, std::int64_t, int> newest{
    "journal.page", "SELECT seq, at, actor, act, subject_kind, subject, detail, hash FROM journal "
                    "WHERE team = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3"};
constexpr statement<journal_row, team_id, std::int64_t, int> onward{
    "journal.verify", "SELECT seq, at, actor, act, subject_kind, subject, detail, hash FROM journal "
                      "WHERE team = $1 AND seq > $2 ORDER BY seq LIMIT $3"};

// Each part with its length before it, so that no two rows read alike.
std::string sealed(const std::string &before, const team_id &team, const journal_row &row) {
    std::string text;
    const auto add = [&text](std::string_view part) { text += fmt::format("{}:{},", part.size(), part); };
    add(before);
    add(team.str());
    add(std::to_string(row.seq));
    add(std::to_string(row.at.time_since_epoch().count()));
    for (const auto *part : {&row.actor, &row.act, &row.subject_kind, &row.subject, &row.detail})
        add(*part);
    return sha256_of(text);
}

} // namespace

void journal::append(const team_id &team, const journal_entry &what) {
    db_.run(begin, team);
    const auto last = db_.one(advance, team).value();
    journal_row row{last.seq,          what.at,      what.actor,  what.act,
                    what.subject_kind, what.subject, what.detail, {}};
    row.hash = sealed(last.hash, team, row);
    db_.run(insert, team, row.seq, row.at, row.actor, row.act, row.subject_kind, row.subject, row.detail,
            row.hash);
    db_.run(seal, team, row.hash);
}

std::vector<journal_row> journal::page(const team_id &team, std::optional<std::int64_t> before, int limit) {
    return db_.all(newest, team, before.value_or(std::numeric_limits<std::int64_t>::max()), limit);
}

journal_check journal::verify(const team_id &team, const journal_check &from, int limit) {
    journal_check to = from;
    const auto rows = db_.all(onward, team, from.seq, limit);
    for (const auto &row : rows) {
        if (row.seq != to.seq + 1)
            to.bad = fmt::format("row {} is missing", to.seq + 1);
        else if (row.hash != sealed(to.hash, team, row))
            to.bad = fmt::format("row {} or the one before it was changed", row.seq);
        if (to.bad)
            return to;
        to.seq = row.seq;
        to.hash = row.hash;
    }
    if (rows.size() == static_cast<std::size_t>(limit))
        return to; // there may be more
    const auto end = db_.one(find_head, team).value_or(head{0, {}});
    if (end.seq != to.seq || end.hash != to.hash)
        to.bad = fmt::format("{} rows were written and {} are there", end.seq, to.seq);
    else
        to.whole = true;
    return to;
}

} // namespace rapport::storage
