// What is counted, as one table, and its state as Prometheus reads it. Labels are words of closed choices or
// checked words of the platform, never an id: the number of series is bounded, and nobody is in them.
#pragma once

#include "bot/sayable.hpp"

#include <array>
#include <initializer_list>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace rapport::bot {

enum class metric_kind { counter, gauge, histogram };

enum class metric {
    build_info,
    process_start_time_seconds,
    process_cpu_seconds_total,
    process_resident_memory_bytes,
    process_open_fds,
    socket_connections,
    socket_last_frame_age_seconds,
    socket_reconnects_total,
    slack_num_connections,
    socket_uncovered_seconds_total,
    envelopes_received_total,
    envelopes_duplicate_total,
    envelopes_refused_total,
    frames_unreadable_total,
    ack_duration_seconds,
    ack_late_total,
    ack_unsent_total,
    requests_in_flight,
    commands_total,
    request_faults_total,
    answers_late_total,
    outbox_waiting,
    outbox_oldest_age_seconds,
    journal_whole,
    outbox_sent_total,
    outbox_ambiguous_total,
    slack_api_requests_total,
    slack_ratelimited_seconds_total,
    planned_total,
    plan_duration_seconds,
    clock_skew_seconds,
    time_jump_total,
    eventloop_lag_seconds,
    db_ready,
    db_queue_depth,
    db_units_total,
    db_commits_total,
    db_commit_seconds_total,
    db_statements_total,
    db_statement_seconds_total,
    db_statement_errors_total,
    db_wal_bytes,
    disk_free_bytes,
    count_,
};

struct metric_row {
    metric what;
    std::string_view name; // as exposed
    metric_kind kind;
    std::string_view help;
    std::array<std::string_view, 2> labels{}; // names; empty: none
};

// In the order of the enum. Prometheus' rules: the prefix, base units, _total behind counters.
inline constexpr std::array<metric_row, static_cast<std::size_t>(metric::count_)> metric_table{{
    {metric::build_info, "rapport_build_info", metric_kind::gauge, "1, with the version.", {"version"}},
    {metric::process_start_time_seconds, "process_start_time_seconds", metric_kind::gauge,
     "When the process began, Unix seconds."},
    {metric::process_cpu_seconds_total, "process_cpu_seconds_total", metric_kind::counter,
     "Processor time used."},
    {metric::process_resident_memory_bytes, "process_resident_memory_bytes", metric_kind::gauge,
     "Memory held."},
    {metric::process_open_fds, "process_open_fds", metric_kind::gauge, "Open file descriptors."},
    {metric::socket_connections,
     "rapport_socket_connections",
     metric_kind::gauge,
     "Links to the platform, by state.",
     {"state"}},
    {metric::socket_last_frame_age_seconds, "rapport_socket_last_frame_age_seconds", metric_kind::gauge,
     "Time since any frame came, pongs included."},
    {metric::socket_reconnects_total,
     "rapport_socket_reconnects_total",
     metric_kind::counter,
     "Links opened again, by reason.",
     {"reason"}},
    {metric::slack_num_connections, "rapport_slack_num_connections", metric_kind::gauge,
     "Connections of this app as the platform counts them; more than ours means another process takes a "
     "share of the deliveries."},
    {metric::socket_uncovered_seconds_total, "rapport_socket_uncovered_seconds_total", metric_kind::counter,
     "Time without a live link since start."},
    {metric::envelopes_received_total,
     "rapport_envelopes_received_total",
     metric_kind::counter,
     "Deliveries, by kind.",
     {"type"}},
    {metric::envelopes_duplicate_total,
     "rapport_envelopes_duplicate_total",
     metric_kind::counter,
     "Deliveries seen before.",
     {"type"}},
    {metric::envelopes_refused_total,
     "rapport_envelopes_refused_total",
     metric_kind::counter,
     "Deliveries turned away because 256 were in flight.",
     {"type"}},
    {metric::frames_unreadable_total,
     "rapport_frames_unreadable_total",
     metric_kind::counter,
     "Frames that are no envelope, by why; acknowledged where they have an id.",
     {"how"}},
    {metric::ack_duration_seconds, "rapport_ack_duration_seconds", metric_kind::histogram,
     "From the frame to its acknowledgement; the platform allows 3 s."},
    {metric::ack_late_total, "rapport_ack_late_total", metric_kind::counter,
     "Acknowledgements that had to go before the work was done (2.5 s)."},
    {metric::ack_unsent_total, "rapport_ack_unsent_total", metric_kind::counter,
     "Acknowledgements whose link was gone."},
    {metric::requests_in_flight, "rapport_requests_in_flight", metric_kind::gauge,
     "Requests at the database now; at most 256."},
    {metric::commands_total,
     "rapport_commands_total",
     metric_kind::counter,
     "Requests, by kind and by what came of them.",
     {"command", "outcome"}},
    {metric::request_faults_total,
     "rapport_request_faults_total",
     metric_kind::counter,
     "Requests that could not be saved, by fault.",
     {"fault"}},
    {metric::answers_late_total,
     "rapport_answers_late_total",
     metric_kind::counter,
     "Answers given after the acknowledgement, by way.",
     {"way"}},
    {metric::outbox_waiting, "rapport_outbox_waiting", metric_kind::gauge,
     "Messages planned and not yet sent."},
    {metric::outbox_oldest_age_seconds, "rapport_outbox_oldest_age_seconds", metric_kind::gauge,
     "How long the oldest due message has waited."},
    {metric::journal_whole, "rapport_journal_whole", metric_kind::gauge,
     "1 if every row of the journal is as it was written, 0 if one was changed or is missing. Checked at "
     "start and every six hours."},
    {metric::outbox_sent_total,
     "rapport_outbox_sent_total",
     metric_kind::counter,
     "Messages, by what came of them.",
     {"outcome"}},
    {metric::outbox_ambiguous_total, "rapport_outbox_ambiguous_total", metric_kind::counter,
     "Sends of which nobody knows whether they arrived."},
    {metric::slack_api_requests_total,
     "rapport_slack_api_requests_total",
     metric_kind::counter,
     "Calls, by method and outcome.",
     {"method", "outcome"}},
    {metric::slack_ratelimited_seconds_total, "rapport_slack_ratelimited_seconds_total", metric_kind::counter,
     "Time the platform asked calls to wait."},
    {metric::planned_total, "rapport_planned_total", metric_kind::counter, "Messages planned."},
    {metric::plan_duration_seconds, "rapport_plan_duration_seconds", metric_kind::histogram,
     "One look of the planner."},
    {metric::clock_skew_seconds, "rapport_clock_skew_seconds", metric_kind::gauge,
     "The machine's clock less the platform's, as of the last answer."},
    {metric::time_jump_total,
     "rapport_time_jump_total",
     metric_kind::counter,
     "Jumps of the machine's clock by more than 5 s.",
     {"direction"}},
    {metric::eventloop_lag_seconds, "rapport_eventloop_lag_seconds", metric_kind::histogram,
     "How late the network thread's timers fire."},
    {metric::db_ready, "rapport_db_ready", metric_kind::gauge, "1 while the database takes writes."},
    {metric::db_queue_depth, "rapport_db_queue_depth", metric_kind::gauge, "Units waiting."},
    {metric::db_units_total,
     "rapport_db_units_total",
     metric_kind::counter,
     "Units, by what came of them.",
     {"outcome"}},
    {metric::db_commits_total, "rapport_db_commits_total", metric_kind::counter, "Transactions begun."},
    {metric::db_commit_seconds_total, "rapport_db_commit_seconds_total", metric_kind::counter,
     "Time spent in COMMIT."},
    {metric::db_statements_total,
     "rapport_db_statements_total",
     metric_kind::counter,
     "Statements run, by name.",
     {"statement"}},
    {metric::db_statement_seconds_total,
     "rapport_db_statement_seconds_total",
     metric_kind::counter,
     "Time spent in statements, by name.",
     {"statement"}},
    {metric::db_statement_errors_total,
     "rapport_db_statement_errors_total",
     metric_kind::counter,
     "Statements that failed, by name.",
     {"statement"}},
    {metric::db_wal_bytes, "rapport_db_wal_bytes", metric_kind::gauge, "Size of SQLite's side log."},
    {metric::disk_free_bytes, "rapport_disk_free_bytes", metric_kind::gauge,
     "Left on the database's file system."},
}};

constexpr const metric_row &row_of(metric what) {
    return metric_table[static_cast<std::size_t>(what)];
}

static_assert(
    [] {
        for (std::size_t i = 0; i < metric_table.size(); ++i)
            if (metric_table[i].what != static_cast<metric>(i))
                return false;
        return true;
    }(),
    "the rows stand in the order of the enum, one each");

// What a series may be labelled by; a view, for the length of one call.
class label {
    std::string_view text_;

  public:
    template <std::size_t N>
    consteval label(const char (&text)[N]) : text_(text, N - 1) {}
    label(const checked_word &text) : text_(text.str()) {}
    template <closed_choice E>
    label(E one) : text_(text_of(one)) {}
    std::string_view view() const {
        return text_;
    }
};

// The state of every metric; from any thread. At most 200 series a metric: what comes after is counted under
// "other".
class metrics {
  public:
    using labels = std::initializer_list<label>; // in the order of the table's names

    void add(metric what, labels by = {}, double amount = 1);
    void set(metric what, double value, labels by = {}); // gauges, and counters that are kept elsewhere
    void observe(metric what, std::chrono::nanoseconds took);

    // For tests and readiness: the value of a series, 0 if it was never touched; of a histogram the count.
    double value(metric what, labels by = {}) const;

    // Everything in the text format 0.0.4.
    std::string text() const;

    // Upper bounds of the histograms, seconds.
    static constexpr std::array<double, 8> buckets{.01, .05, .1, .25, .5, 1, 2, 3};

  private:
    struct series {
        double value = 0; // the sum, in a histogram
        std::array<std::uint64_t, buckets.size()> within{};
        std::uint64_t count = 0;
    };
    using key = std::array<std::string, 2>;

    series &touch(metric what, labels by);
    static key key_of(metric what, labels by);

    mutable std::mutex mutex_;
    std::array<std::map<key, series>, metric_table.size()> all_;
};

// Reads the process's own figures from the kernel into `into`.
void sample_process(metrics &into);

} // namespace rapport::bot
