// From snapshots to metrics; see sampling.hpp.
#include "bot/sampling.hpp"

namespace rapport::bot {
namespace {

double seconds_of(std::chrono::nanoseconds span) {
    return std::chrono::duration<double>(span).count();
}

template <class Count>
double number(Count count) {
    return static_cast<double>(count);
}

} // namespace

void sample_store(metrics &into, const storage::store_snapshot &seen) {
    into.set(metric::db_ready, seen.ready ? 1 : 0);
    into.set(metric::db_queue_depth, number(seen.queued));
    const auto &counts = seen.counts;
    into.set(metric::db_units_total, number(counts.units - counts.units_failed), {"done"});
    into.set(metric::db_units_total, number(counts.units_failed), {"failed"});
    into.set(metric::db_units_total, number(counts.refused_busy), {"busy"});
    into.set(metric::db_units_total, number(counts.reruns), {"rerun"});
    into.set(metric::db_commits_total, number(counts.batches));
    into.set(metric::db_commit_seconds_total, seconds_of(counts.commit_total));
    for (const auto &one : seen.statements) {
        const checked_word name(one.name);
        into.set(metric::db_statements_total, number(one.runs), {name});
        into.set(metric::db_statement_seconds_total, seconds_of(one.total), {name});
        if (one.errors > 0)
            into.set(metric::db_statement_errors_total, number(one.errors), {name});
    }
    if (seen.wal_bytes)
        into.set(metric::db_wal_bytes, number(*seen.wal_bytes));
    if (seen.disk_free)
        into.set(metric::disk_free_bytes, number(*seen.disk_free));
}

void sample_link(metrics &into, const slack::socket_mode_status &seen) {
    for (const auto &[state, word] : slack::link_state_words) {
        double count = 0;
        for (const auto &one : seen.links)
            count += one.state == state ? 1 : 0;
        into.set(metric::socket_connections, count, {checked_word(word)});
    }
    for (const auto &[how, word] : slack::link_end_words)
        if (const auto count = seen.ended[static_cast<std::size_t>(how)]; count > 0)
            into.set(metric::socket_reconnects_total, number(count), {checked_word(word)});
    into.set(metric::slack_num_connections, number(seen.num_connections));
    into.set(metric::socket_uncovered_seconds_total, seconds_of(seen.uncovered));
    if (seen.last_frame != slack::moment{})
        into.set(metric::socket_last_frame_age_seconds,
                 seconds_of(std::chrono::steady_clock::now() - seen.last_frame));
}

} // namespace rapport::bot
