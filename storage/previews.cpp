// The statements and verbs of preview and preview_line.
#include "storage/previews.hpp"

#include "storage/codec.hpp"

namespace rapport::storage {
namespace {

constexpr command<team_id, program_slug, std::int64_t, person_id, instant> want_sql{
    "previews.want", "INSERT INTO preview (team, program, version, wanted_by, wanted_at) "
                     "VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING"};
constexpr command<team_id, program_slug, std::int64_t> drop_others{
    "previews.drop_others", "DELETE FROM preview WHERE team = $1 AND program = $2 AND version <> $3"};
constexpr command<team_id, program_slug, std::int64_t> drop_other_lines{
    "previews.drop_other_lines",
    "DELETE FROM preview_line WHERE team = $1 AND program = $2 AND version <> $3"};
constexpr statement<preview, team_id, program_slug, std::int64_t> find_sql{
    "previews.find", "SELECT program, version, wanted_by, wanted_at, made_at FROM preview "
                     "WHERE team = $1 AND program = $2 AND version = $3"};
constexpr statement<preview_line, team_id, program_slug, std::int64_t> lines_sql{
    "previews.lines", "SELECT pair, side, said_at, says FROM preview_line "
                      "WHERE team = $1 AND program = $2 AND version = $3 ORDER BY number"};
constexpr command<team_id, program_slug, std::int64_t, instant> made_sql{
    "previews.made", "UPDATE preview SET made_at = $4 WHERE team = $1 AND program = $2 AND version = $3 AND "
                     "made_at IS NULL"};
constexpr command<team_id, program_slug, std::int64_t, std::int64_t, previewed_pair, side, instant,
                  std::string>
    line_sql{"previews.line",
             "INSERT INTO preview_line (team, program, version, number, pair, side, said_at, says) "
             "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};
constexpr statement<wanted_preview> next_sql{
    "previews.next", "SELECT team, program, version FROM preview WHERE made_at IS NULL "
                     "ORDER BY wanted_at, team, program, version LIMIT 1"};

} // namespace

void previews::want(const preview &one) {
    db_.run(drop_others, team_, one.program, one.version);
    db_.run(drop_other_lines, team_, one.program, one.version);
    db_.run(want_sql, team_, one.program, one.version, one.wanted_by, one.wanted_at);
}

std::optional<preview> previews::find(const program_slug &program, std::int64_t version) {
    return db_.one(find_sql, team_, program, version);
}

std::vector<preview_line> previews::lines(const program_slug &program, std::int64_t version) {
    return db_.all(lines_sql, team_, program, version);
}

bool previews::keep(const program_slug &program, std::int64_t version, const std::vector<preview_line> &all,
                    instant now) {
    if (db_.changed(made_sql, team_, program, version, now) == 0)
        return false;
    std::int64_t number = 0;
    for (const auto &each : all)
        db_.run(line_sql, team_, program, version, ++number, each.pair, each.to, each.said_at, each.says);
    return true;
}

std::optional<wanted_preview> next_preview(session &db) {
    return db.one(next_sql);
}

} // namespace rapport::storage
