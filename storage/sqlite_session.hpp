// A session over the one SQLite connection: prepared statements kept by their text, arguments bound by the
// number in their name.
#pragma once

#include "storage/session.hpp"
#include "storage/sqlite_connection.hpp"
#include "storage/statement_log.hpp"

#include <unordered_map>
#include <vector>

namespace rapport::storage {

class sqlite_session final : public session {
  public:
    sqlite_session(sqlite_connection &connection, std::function<instant()> clock);
    ~sqlite_session() override;

    instant engine_now() override;

    // Forgets the unit before: its failure does not count for the next.
    void begin_unit() {
        spoiled_ = false;
    }
    // A statement of this unit failed, whether or not its exception was caught.
    bool spoiled() const {
        return spoiled_;
    }
    // BEGIN, SAVEPOINT, RELEASE, ROLLBACK, COMMIT: a statement without arguments or rows.
    void control(std::string_view sql);

    statement_log log;

  private:
    struct prepared {
        sqlite3_stmt *handle = nullptr;
        std::vector<int> slots; // slots[n - 1]: where `$n` is bound; 0: nowhere
    };
    prepared &prepare(std::string_view name, std::string_view sql, std::size_t args);
    void bind(const prepared &what, const call &with);
    void begin_statement(const call &what);
    void query(const call &what, const on_row &each) override;
    std::int64_t execute(const call &what) override;
    void queue(const call &what) override;

    sqlite_connection &connection_;
    std::function<instant()> clock_;
    std::unordered_map<const char *, prepared> by_text_;
    bool spoiled_ = false;
};

} // namespace rapport::storage
