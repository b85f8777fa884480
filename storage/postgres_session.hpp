// A session over one PostgreSQL connection in pipeline mode: writes queue, reads and the commit send them all
// and wait once. Tells apart what the store must know of a failure; when to run again is the store's.
#pragma once

#include "storage/fault.hpp"
#include "storage/session.hpp"
#include "storage/statement_log.hpp"
#include "storage/store.hpp"

#include <deque>
#include <exception>
#include <map>
#include <string>
#include <utility>

struct pg_conn;
struct pg_result;

namespace rapport::storage {

// Two units touched the same rows (40001, 40P01): run it again.
struct postgres_collision : std::runtime_error {
    using std::runtime_error::runtime_error;
};
// The server took too long, or a lock did (57014, 55P03): nothing was saved.
struct postgres_slow : std::runtime_error {
    using std::runtime_error::runtime_error;
};
// The server cannot keep anything now: full disk, no memory, damage.
struct postgres_unable : std::runtime_error {
    using std::runtime_error::runtime_error;
};
// The link is gone, or the server is going. `under_commit`: COMMIT had been sent, its end is unknown.
struct postgres_lost : engine_lost {
    postgres_lost(const std::string &why, bool commit) : engine_lost(why), under_commit(commit) {}
    bool under_commit;
};

// What follows "postgres:" or the whole URL, with the defaults that libpq lacks: time-outs, read-write
// server, certificates checked unless the server is on this machine. Messages never repeat it: it may hold a
// password.
class postgres_session final : public session {
  public:
    // Throws opening_error.
    explicit postgres_session(const std::string &address);
    ~postgres_session() override;

    void begin(isolation level);
    // Throws what went wrong with anything queued before, or with the commit itself.
    void commit();
    // Leaves the transaction, whatever its state. Throws postgres_lost.
    void roll_back();
    // Asks the server whether it is there. Throws postgres_lost.
    void ping();
    // Several statements, inside the transaction that was begun, however long they take.
    void script(std::string_view sql);
    // Rethrows the failure of this unit that its code caught and went on after.
    void rethrow_if_spoiled() const;

    instant engine_now() override;
    std::string place() const; // "rapport at db.example.edu"

    statement_log log;

  private:
    struct prepared {
        std::string name;
        bool sent = false;
    };
    struct awaited {
        std::string_view name;
        prepared *preparing = nullptr; // set when this is the answer to a PREPARE
        bool timed = false;
        std::chrono::steady_clock::time_point from;
    };

    void connect(const std::string &address);
    void send(const call &what);
    void control(const char *sql);
    // Sends what is queued and reads all answers; `each` sees the rows and the command tag of the last one.
    void flush(const std::function<void(pg_result *)> &last, bool committing = false);
    void read_answers(const std::function<void(pg_result *)> &last, bool committing);
    pg_result *next_answer(bool committing);
    void note_failure(const awaited &whose, pg_result *answer, bool committing);
    [[noreturn]] void lose(const std::string &why, bool committing);

    void query(const call &what, const on_row &each) override;
    std::int64_t execute(const call &what) override;
    void queue(const call &what) override;

    pg_conn *link_ = nullptr;
    // By text and declared types: equal texts of two statements may be one constant.
    std::map<std::pair<const char *, const column_kind *>, prepared> by_text_;
    std::deque<awaited> awaited_;
    std::exception_ptr spoiled_;
    bool broken_ = false;
};

// The text with what stands in its `/* postgres: ... */` comments made part of it.
std::string for_postgres(std::string_view sql);

} // namespace rapport::storage
