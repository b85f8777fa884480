// Two plays of two people each; see preview.hpp.
#include "bot/simulate/preview.hpp"

#include "bot/simulate/play.hpp"

#include <algorithm>

namespace rapport::simulate {
namespace {

constexpr std::size_t most_words = 4000; // of the table
constexpr std::string_view read_by = "reads: ";

void add(const preview_task &task, storage::previewed_pair which, std::vector<storage::preview_line> &out) {
    playing how;
    how.policy = task.policy;
    how.rules = task.rules;
    how.from = task.from;
    how.until = task.until;
    how.people = 2;
    how.all_of = which == storage::previewed_pair::keen ? habit::keen : habit::silent;
    how.transcript = "all";
    const auto made = play(how);
    for (const auto &each : made.transcript) {
        if (!each.says.starts_with(read_by))
            continue;
        const auto on = each.person == made.people.front().name ? side::mentor : side::protege;
        out.push_back({which, on, each.at, each.says.substr(read_by.size(), most_words)});
    }
}

} // namespace

std::vector<storage::preview_line> preview_of(const preview_task &task) {
    std::vector<storage::preview_line> out;
    for (const auto which : {storage::previewed_pair::keen, storage::previewed_pair::silent})
        add(task, which, out);
    return out;
}

} // namespace rapport::simulate
