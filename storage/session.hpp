// One transaction on one engine: typed statements in, plain structs out. What is written is durable only once
// the store has committed the unit it ran in (store.hpp).
//
// A statement that fails throws, and spoils the unit: nothing more runs in it, and it is rolled back even if
// the exception is caught. (PostgreSQL has no other way; SQLite is held to the same.) What may collide says
// so in its SQL: `ON CONFLICT DO NOTHING`.
#pragma once

#include "storage/codec.hpp"
#include "storage/statement.hpp"

#include <boost/pfr/core.hpp>

#include <cstdint>
#include <functional>
#include <span>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <vector>

namespace rapport::storage {

// One statement with its arguments, as an engine sees it.
struct call {
    std::string_view name, sql;
    std::span<const value> args;
    std::span<const column_kind> kinds;
};

class session {
  public:
    session() = default;
    session(const session &) = delete;
    session &operator=(const session &) = delete;
    virtual ~session() = default;

    // Every row, in the order of the statement's ORDER BY (without one the order is the engine's: sort in
    // C++; RETURNING never has an order).
    template <class Row, class... Args>
    std::vector<Row> all(const statement<Row, Args...> &what, const std::type_identity_t<Args> &...args) {
        std::vector<Row> rows;
        const value bound[sizeof...(Args) + 1] = {to_value(args)...};
        query(call{what.name, what.sql, {bound, sizeof...(Args)}, what.kinds}, [&](std::span<value> columns) {
            auto &row = rows.emplace_back();
            if (columns.size() != boost::pfr::tuple_size_v<Row>)
                throw std::logic_error(std::string(what.name) + ": columns and fields differ in number");
            std::size_t i = 0;
            try {
                boost::pfr::for_each_field(row, [&](auto &field) {
                    from_value(columns[i], field);
                    ++i;
                });
            } catch (const std::runtime_error &e) {
                throw std::runtime_error(std::string(what.name) + ": column " + std::to_string(i + 1) + " " +
                                         e.what());
            }
        });
        return rows;
    }

    // The row, or none. More than one is a bug (std::logic_error).
    template <class Row, class... Args>
    std::optional<Row> one(const statement<Row, Args...> &what, const std::type_identity_t<Args> &...args) {
        auto rows = all(what, args...);
        if (rows.size() > 1)
            throw std::logic_error(std::string(what.name) + ": more than one row");
        if (rows.empty())
            return std::nullopt;
        return std::move(rows.front());
    }

    // Runs for the effect. PostgreSQL gets it together with the next read or the commit, so an error may show
    // there, under this statement's name.
    template <class... Args>
    void run(const command<Args...> &what, const std::type_identity_t<Args> &...args) {
        const value bound[sizeof...(Args) + 1] = {to_value(args)...};
        queue(call{what.name, what.sql, {bound, sizeof...(Args)}, what.kinds});
    }

    // Runs for the effect and waits for the number of rows it changed: a round trip on PostgreSQL, so only
    // where the number decides something.
    template <class... Args>
    std::int64_t changed(const command<Args...> &what, const std::type_identity_t<Args> &...args) {
        const value bound[sizeof...(Args) + 1] = {to_value(args)...};
        return execute(call{what.name, what.sql, {bound, sizeof...(Args)}, what.kinds});
    }

    // The clock that leases are measured by (settled 25): the database's on PostgreSQL, the steady clock on
    // SQLite. Only differences mean anything.
    virtual instant engine_now() = 0;

  protected:
    using on_row = std::function<void(std::span<value>)>;

  private:
    virtual void query(const call &what, const on_row &each) = 0;
    virtual std::int64_t execute(const call &what) = 0;
    virtual void queue(const call &what) = 0;
};

} // namespace rapport::storage
