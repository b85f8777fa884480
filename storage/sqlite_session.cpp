// See sqlite_session.hpp.
#include "storage/sqlite_session.hpp"

#include "storage/text_check.hpp"

#include <fmt/format.h>

namespace rapport::storage {
namespace {

value column(sqlite3_stmt *row, int i) {
    switch (sqlite3_column_type(row, i)) {
    case SQLITE_INTEGER:
        return std::int64_t{sqlite3_column_int64(row, i)};
    case SQLITE_FLOAT:
        return sqlite3_column_double(row, i);
    case SQLITE_NULL:
        return {};
    default: {
        const auto *text = static_cast<const char *>(sqlite3_column_blob(row, i));
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(row, i));
        return text ? std::string(text, size) : std::string();
    }
    }
}

// Leaves a statement ready for its next use, whatever happened in between.
struct reset_after {
    sqlite3_stmt *what;
    ~reset_after() {
        sqlite3_reset(what);
        sqlite3_clear_bindings(what);
    }
};

// Marks the unit unless the statement came to its end.
struct spoil_unless_done {
    bool &spoiled;
    bool done = false;
    ~spoil_unless_done() {
        if (!done)
            spoiled = true;
    }
};

} // namespace

sqlite_session::sqlite_session(sqlite_connection &connection, std::function<instant()> clock)
    : connection_(connection), clock_(std::move(clock)) {}

sqlite_session::~sqlite_session() {
    for (auto &[text, what] : by_text_)
        sqlite3_finalize(what.handle);
}

instant sqlite_session::engine_now() {
    return clock_();
}

sqlite_session::prepared &sqlite_session::prepare(std::string_view name, std::string_view sql,
                                                  std::size_t args) {
    auto &found = by_text_[sql.data()];
    if (found.handle)
        return found;
    const int code = sqlite3_prepare_v3(connection_.handle(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &found.handle, nullptr);
    if (code != SQLITE_OK)
        connection_.fail(code, name);
    for (std::size_t n = 1; n <= args; ++n)
        found.slots.push_back(sqlite3_bind_parameter_index(found.handle, fmt::format("${}", n).c_str()));
    return found;
}

// Arguments outlive the step, so SQLite is given views of them.
void sqlite_session::bind(const prepared &what, const call &with) {
    for (std::size_t i = 0; i < with.args.size(); ++i) {
        const int slot = what.slots[i];
        if (slot == 0)
            continue;
        int code = SQLITE_OK;
        if (const auto *number = std::get_if<std::int64_t>(&with.args[i]))
            code = sqlite3_bind_int64(what.handle, slot, *number);
        else if (const auto *real = std::get_if<double>(&with.args[i]))
            code = sqlite3_bind_double(what.handle, slot, *real);
        else if (const auto *text = std::get_if<std::string>(&with.args[i]))
            code = sqlite3_bind_text(what.handle, slot, text->data(), static_cast<int>(text->size()),
                                     SQLITE_STATIC);
        if (code != SQLITE_OK)
            connection_.fail(code, with.name);
    }
}

void sqlite_session::begin_statement(const call &what) {
    if (spoiled_)
        throw statement_error(
            fmt::format("{}: not run, because a statement before it in this unit failed", what.name));
    refuse_unstorable(what);
}

void sqlite_session::query(const call &what, const on_row &each) {
    timed_statement timed(log, what.name);
    spoil_unless_done spoil{spoiled_};
    begin_statement(what);
    auto &ready = prepare(what.name, what.sql, what.args.size());
    const reset_after reset{ready.handle};
    bind(ready, what);
    std::vector<value> columns(static_cast<std::size_t>(sqlite3_column_count(ready.handle)));
    int code;
    while ((code = sqlite3_step(ready.handle)) == SQLITE_ROW) {
        for (std::size_t i = 0; i < columns.size(); ++i)
            columns[i] = column(ready.handle, static_cast<int>(i));
        each(columns);
    }
    if (code != SQLITE_DONE)
        connection_.fail(code, what.name);
    spoil.done = true;
    timed.worked();
}

std::int64_t sqlite_session::execute(const call &what) {
    timed_statement timed(log, what.name);
    spoil_unless_done spoil{spoiled_};
    begin_statement(what);
    auto &ready = prepare(what.name, what.sql, what.args.size());
    const reset_after reset{ready.handle};
    bind(ready, what);
    int code;
    while ((code = sqlite3_step(ready.handle)) == SQLITE_ROW) {
    }
    if (code != SQLITE_DONE)
        connection_.fail(code, what.name);
    spoil.done = true;
    timed.worked();
    return sqlite3_stmt_readonly(ready.handle) ? 0 : sqlite3_changes64(connection_.handle());
}

void sqlite_session::queue(const call &what) {
    execute(what);
}

void sqlite_session::control(std::string_view sql) {
    auto &ready = prepare(sql, sql, 0);
    const reset_after reset{ready.handle};
    if (const int code = sqlite3_step(ready.handle); code != SQLITE_DONE)
        connection_.fail(code, sql);
}

} // namespace rapport::storage
