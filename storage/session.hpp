// One transaction on one engine: typed statements in, plain structs out. What is written is durable only once
// the store has committed the unit it ran in (store.hpp).
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

class session {
  public:
    session() = default;
    session(const session &) = delete;
    session &operator=(const session &) = delete;
    virtual ~session() = default;

    // Every row, in the order of the statement's ORDER BY (without one the order is the engine's: sort in
    // C++).
    template <class Row, class... Args>
    std::vector<Row> all(const statement<Row, Args...> &what, const std::type_identity_t<Args> &...args) {
        std::vector<Row> rows;
        const value bound[sizeof...(Args) + 1] = {to_value(args)...};
        query(what.name, what.sql, {bound, sizeof...(Args)}, [&](std::span<value> columns) {
            auto &row = rows.emplace_back();
            if (columns.size() != boost::pfr::tuple_size_v<Row>)
                throw std::logic_error(std::string(what.name) + ": columns and fields differ in number");
            std::size_t i = 0;
            boost::pfr::for_each_field(row, [&](auto &field) { from_value(columns[i++], field); });
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

    // Runs for the effect; gives the number of rows changed.
    template <class... Args>
    std::int64_t run(const command<Args...> &what, const std::type_identity_t<Args> &...args) {
        const value bound[sizeof...(Args) + 1] = {to_value(args)...};
        return execute(what.name, what.sql, {bound, sizeof...(Args)});
    }

    // The clock that leases are measured by (settled 25): the database's on PostgreSQL, the steady clock on
    // SQLite. Only differences mean anything.
    virtual instant engine_now() = 0;

  private:
    using on_row = std::function<void(std::span<value>)>;
    virtual void query(std::string_view name, std::string_view sql, std::span<const value> args,
                       const on_row &each) = 0;
    virtual std::int64_t execute(std::string_view name, std::string_view sql,
                                 std::span<const value> args) = 0;
};

} // namespace rapport::storage
