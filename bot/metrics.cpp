// Series and the text Prometheus reads; see metrics.hpp.
#include "bot/metrics.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <sys/resource.h>
#include <unistd.h>

namespace rapport::bot {
namespace {

constexpr std::size_t most_series = 200;

std::string_view kind_word(metric_kind kind) {
    switch (kind) {
    case metric_kind::counter:
        return "counter";
    case metric_kind::gauge:
        return "gauge";
    case metric_kind::histogram:
        return "histogram";
    }
    return "untyped";
}

// {a="x",b="y"}, with `more` (already written) last; empty if there is nothing.
std::string braces(const metric_row &row, const std::array<std::string, 2> &values,
                   const std::string &more = {}) {
    std::string inside;
    for (std::size_t i = 0; i < row.labels.size(); ++i)
        if (!row.labels[i].empty())
            inside += fmt::format("{}{}=\"{}\"", inside.empty() ? "" : ",", row.labels[i], values[i]);
    if (!more.empty())
        inside += (inside.empty() ? "" : ",") + more;
    return inside.empty() ? inside : "{" + inside + "}";
}

} // namespace

metrics::key metrics::key_of(metric what, labels by) {
    const auto &names = row_of(what).labels;
    std::size_t wanted = 0;
    for (const auto &name : names)
        wanted += name.empty() ? 0 : 1;
    if (by.size() != wanted)
        throw std::logic_error("metrics: the labels are not those of the table");
    key made;
    std::size_t i = 0;
    for (const auto &one : by)
        made[i++] = one.view();
    return made;
}

metrics::series &metrics::touch(metric what, labels by) {
    auto &those = all_[static_cast<std::size_t>(what)];
    auto which = key_of(what, by);
    if (those.size() >= most_series && !those.contains(which))
        which = {"other", by.size() > 1 ? "other" : ""};
    return those[which];
}

void metrics::add(metric what, labels by, double amount) {
    const std::lock_guard hold(mutex_);
    touch(what, by).value += amount;
}

void metrics::set(metric what, double value, labels by) {
    const std::lock_guard hold(mutex_);
    touch(what, by).value = value;
}

void metrics::observe(metric what, std::chrono::nanoseconds took) {
    const auto in_seconds = std::chrono::duration<double>(took).count();
    const std::lock_guard hold(mutex_);
    auto &one = touch(what, {});
    one.value += in_seconds;
    ++one.count;
    for (std::size_t i = 0; i < buckets.size(); ++i)
        if (in_seconds <= buckets[i])
            ++one.within[i];
}

double metrics::value(metric what, labels by) const {
    const std::lock_guard hold(mutex_);
    const auto &those = all_[static_cast<std::size_t>(what)];
    const auto found = those.find(key_of(what, by));
    if (found == those.end())
        return 0;
    return row_of(what).kind == metric_kind::histogram ? static_cast<double>(found->second.count)
                                                       : found->second.value;
}

std::string metrics::text() const {
    const std::lock_guard hold(mutex_);
    std::string out;
    for (const auto &row : metric_table) {
        const auto &those = all_[static_cast<std::size_t>(row.what)];
        if (those.empty())
            continue;
        out += fmt::format("# HELP {} {}\n# TYPE {} {}\n", row.name, row.help, row.name, kind_word(row.kind));
        for (const auto &[values, one] : those) {
            if (row.kind != metric_kind::histogram) {
                out += fmt::format("{}{} {}\n", row.name, braces(row, values), one.value);
                continue;
            }
            for (std::size_t i = 0; i < buckets.size(); ++i)
                out += fmt::format("{}_bucket{} {}\n", row.name,
                                   braces(row, values, fmt::format("le=\"{}\"", buckets[i])), one.within[i]);
            out += fmt::format("{}_bucket{} {}\n", row.name, braces(row, values, "le=\"+Inf\""), one.count);
            out += fmt::format("{}_sum{} {}\n", row.name, braces(row, values), one.value);
            out += fmt::format("{}_count{} {}\n", row.name, braces(row, values), one.count);
        }
    }
    return out;
}

namespace {

// Unix seconds: when the kernel came up, and the ticks after that at which we began.
double started_at() {
    double boot = 0;
    std::ifstream kernel("/proc/stat");
    for (std::string name; kernel >> name; kernel.ignore(4096, '\n'))
        if (name == "btime")
            kernel >> boot;
    std::ifstream own("/proc/self/stat");
    std::string all((std::istreambuf_iterator<char>(own)), {});
    std::istringstream fields(all.substr(std::min(all.size(), all.rfind(')') + 1)));
    std::string skipped;
    for (int i = 3; i < 22; ++i)
        fields >> skipped;
    double ticks = 0;
    fields >> ticks;
    return boot + ticks / static_cast<double>(sysconf(_SC_CLK_TCK));
}

} // namespace

void sample_process(metrics &into) {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const auto spent = [](const timeval &t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
    };
    into.set(metric::process_cpu_seconds_total, spent(used.ru_utime) + spent(used.ru_stime));

    into.set(metric::process_start_time_seconds, started_at());

    long pages = 0, resident = 0;
    if (std::ifstream statm("/proc/self/statm"); statm >> pages >> resident)
        into.set(metric::process_resident_memory_bytes,
                 static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE)));

    std::error_code gone;
    double open = 0;
    for (std::filesystem::directory_iterator it("/proc/self/fd", gone), end; !gone && it != end;
         it.increment(gone))
        ++open;
    into.set(metric::process_open_fds, open);
}

} // namespace rapport::bot
