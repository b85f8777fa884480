// See told_lately.hpp; served by an index of its own (schema/0008).
#include "storage/told_lately.hpp"

namespace rapport::storage {
namespace {

constexpr statement<told_row, team_id, person_id, std::int64_t> to_sql{
    "told_lately.to", "SELECT id FROM outbox WHERE team = $1 AND person = $2 AND state = 'sent' AND "
                      "verb = 'post' ORDER BY finished_at DESC, id DESC LIMIT $3"};

} // namespace

std::vector<told_row> told_lately::to(const person_id &who, std::int64_t most) {
    return db_.all(to_sql, team_, who, most);
}

} // namespace rapport::storage
