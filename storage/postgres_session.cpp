// See postgres_session.hpp.
#include "storage/postgres_session.hpp"

#include "storage/postgres_address.hpp"
#include "storage/postgres_values.hpp"
#include "storage/text_check.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <memory>
#include <poll.h>

namespace rapport::storage {
namespace {

// Longer than statement_timeout: a server that does not even say that is gone.
constexpr int reply_limit_ms = 10'000;
// Writes queued before they are sent anyway, so that neither side's buffers fill up.
constexpr std::size_t most_queued = 64;

constexpr const char *settings = "SET enable_seqscan = off; SET enable_bitmapscan = off; "
                                 "SET statement_timeout = '5s'; SET lock_timeout = '2s'; "
                                 "SET idle_in_transaction_session_timeout = '15s'; "
                                 "SET synchronous_commit = on; SET client_min_messages = warning; "
                                 "SET standard_conforming_strings = on";

using answer_ptr = std::unique_ptr<PGresult, void (*)(PGresult *)>;

std::string first_line(std::string_view text) {
    return std::string(text.substr(0, text.find('\n')));
}

bool one_of(std::string_view code, std::initializer_list<std::string_view> codes) {
    for (const auto each : codes)
        if (code.starts_with(each))
            return true;
    return false;
}

struct number {
    std::int64_t n;
};
constexpr statement<number> server_clock{
    "engine.now", "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)"};

} // namespace

std::string for_postgres(std::string_view sql) {
    constexpr std::string_view opening = "/* postgres:";
    std::string out;
    while (true) {
        const auto at = sql.find(opening);
        out += sql.substr(0, at);
        if (at == std::string_view::npos)
            return out;
        sql.remove_prefix(at + opening.size());
        const auto end = sql.find("*/");
        out += sql.substr(0, end);
        if (end == std::string_view::npos)
            throw std::logic_error("a postgres comment that does not end");
        sql.remove_prefix(end + 2);
    }
}

postgres_session::postgres_session(const std::string &address) {
    try {
        connect(address);
    } catch (...) {
        PQfinish(link_);
        throw;
    }
}

postgres_session::~postgres_session() {
    PQfinish(link_);
}

void postgres_session::connect(const std::string &address) {
    const auto given = postgres_parameters(address);
    std::vector<const char *> words, values;
    for (const auto &[word, text] : given) {
        words.push_back(word.c_str());
        values.push_back(text.c_str());
    }
    words.push_back(nullptr);
    values.push_back(nullptr);
    link_ = PQconnectdbParams(words.data(), values.data(), 1);
    if (PQstatus(link_) != CONNECTION_OK)
        throw opening_error(
            fmt::format("database {}: cannot be reached: {}", place(), first_line(PQerrorMessage(link_))));
    PQsetNoticeProcessor(
        link_, [](void *, const char *) {}, nullptr);
    const answer_ptr set(PQexec(link_, settings), PQclear);
    if (PQresultStatus(set.get()) != PGRES_COMMAND_OK)
        throw opening_error(
            fmt::format("database {}: refuses our settings: {}", place(), first_line(PQerrorMessage(link_))));
    if (PQserverVersion(link_) < 130000)
        throw opening_error(fmt::format("database {}: is PostgreSQL {}; at least 13 is needed", place(),
                                        PQserverVersion(link_) / 10000));
    if (PQsetnonblocking(link_, 1) != 0 || PQenterPipelineMode(link_) != 1)
        throw opening_error(fmt::format("database {}: no pipeline mode", place()));
}

std::string postgres_session::place() const {
    const char *name = link_ ? PQdb(link_) : nullptr, *host = link_ ? PQhost(link_) : nullptr;
    return fmt::format("{} at {}", name && *name ? name : "?", host && *host ? host : "?");
}

void postgres_session::begin(isolation level) {
    spoiled_ = nullptr;
    control(level == isolation::serializable ? "BEGIN ISOLATION LEVEL SERIALIZABLE"
                                             : "BEGIN ISOLATION LEVEL READ COMMITTED");
}

void postgres_session::commit() {
    rethrow_if_spoiled();
    control("COMMIT");
    bool kept = false;
    // A transaction that had failed answers COMMIT with ROLLBACK, and no error.
    try {
        flush([&](PGresult *answer) { kept = std::string_view(PQcmdStatus(answer)) == "COMMIT"; }, true);
    } catch (const postgres_lost &) {
        if (!kept)
            throw;
    }
    if (!kept)
        throw statement_error("the transaction had failed and was rolled back");
}

void postgres_session::roll_back() {
    if (broken_)
        throw postgres_lost("the connection is gone", false);
    if (!awaited_.empty())
        try {
            flush({});
        } catch (const postgres_lost &) {
            throw;
        } catch (const std::exception &) { // it is being rolled back because of that
        }
    spoiled_ = nullptr;
    if (PQtransactionStatus(link_) != PQTRANS_IDLE) {
        control("ROLLBACK");
        flush({});
    }
}

void postgres_session::ping() {
    spoiled_ = nullptr;
    engine_now();
}

void postgres_session::rethrow_if_spoiled() const {
    if (spoiled_)
        std::rethrow_exception(spoiled_);
}

instant postgres_session::engine_now() {
    return instant{milliseconds{one(server_clock).value().n}};
}

// Simple protocol, because only it takes several statements at once.
void postgres_session::script(std::string_view sql) {
    flush({});
    if (PQexitPipelineMode(link_) != 1)
        throw std::logic_error("a script in the middle of a pipeline");
    const answer_ptr done(PQexec(link_, for_postgres(sql).c_str()), PQclear);
    if (PQresultStatus(done.get()) != PGRES_COMMAND_OK && PQresultStatus(done.get()) != PGRES_TUPLES_OK) {
        if (PQstatus(link_) == CONNECTION_OK)
            PQenterPipelineMode(link_);
        note_failure({"script", nullptr, false, {}}, done.get(), false);
        rethrow_if_spoiled();
    }
    PQenterPipelineMode(link_);
}

void postgres_session::control(const char *sql) {
    if (broken_ || PQsendQueryParams(link_, sql, 0, nullptr, nullptr, nullptr, nullptr, 0) != 1)
        lose(PQerrorMessage(link_), false);
    awaited_.push_back({sql, nullptr, false, {}});
}

void postgres_session::send(const call &what) {
    if (spoiled_)
        throw statement_error(
            fmt::format("{}: not run, because a statement before it in this unit failed", what.name));
    try {
        refuse_unstorable(what);
    } catch (...) {
        spoiled_ = std::current_exception();
        throw;
    }
    const auto count = static_cast<int>(what.args.size());
    auto &ready = by_text_[{what.sql.data(), what.kinds.data()}];
    if (!ready.sent) {
        if (ready.name.empty())
            ready.name = fmt::format("s{}", by_text_.size());
        std::vector<Oid> types;
        for (const auto kind : what.kinds)
            types.push_back(postgres_type(kind));
        if (broken_ || PQsendPrepare(link_, ready.name.c_str(), for_postgres(what.sql).c_str(), count,
                                     types.data()) != 1)
            lose(PQerrorMessage(link_), false);
        ready.sent = true;
        awaited_.push_back({what.name, &ready, false, {}});
    }
    std::vector<std::string> texts;
    std::vector<const char *> views;
    texts.reserve(what.args.size());
    for (const auto &each : what.args) {
        texts.push_back(postgres_text(each));
        views.push_back(std::holds_alternative<std::monostate>(each) ? nullptr : texts.back().c_str());
    }
    if (broken_ ||
        PQsendQueryPrepared(link_, ready.name.c_str(), count, views.data(), nullptr, nullptr, 0) != 1)
        lose(PQerrorMessage(link_), false);
    awaited_.push_back({what.name, nullptr, true, std::chrono::steady_clock::now()});
}

void postgres_session::flush(const std::function<void(PGresult *)> &last, bool committing) {
    if (awaited_.empty())
        return;
    if (broken_ || PQpipelineSync(link_) != 1)
        lose(PQerrorMessage(link_), committing);
    const auto before = spoiled_;
    read_answers(last, committing);
    if (spoiled_ != before)
        std::rethrow_exception(spoiled_);
}

void postgres_session::read_answers(const std::function<void(PGresult *)> &last, bool committing) {
    while (true) {
        const answer_ptr answer(next_answer(committing), PQclear);
        if (!answer) { // the end of one statement's answers
            if (!awaited_.empty())
                awaited_.pop_front();
            continue;
        }
        const auto status = PQresultStatus(answer.get());
        if (status == PGRES_PIPELINE_SYNC)
            break;
        if (awaited_.empty())
            lose("an answer nobody asked for", committing);
        const auto &whose = awaited_.front();
        const bool fine = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
        if (!fine && whose.preparing)
            whose.preparing->sent = false;
        if (whose.timed && status != PGRES_PIPELINE_ABORTED)
            log.note(whose.name, std::chrono::steady_clock::now() - whose.from, !fine);
        if (fine && awaited_.size() == 1 && last)
            last(answer.get());
        else if (!fine && status != PGRES_PIPELINE_ABORTED)
            note_failure(whose, answer.get(), committing);
    }
    awaited_.clear();
}

// Waits for the next answer, at most as long as a living server may take.
PGresult *postgres_session::next_answer(bool committing) {
    while (true) {
        const int unsent = PQflush(link_);
        if (unsent < 0)
            lose(PQerrorMessage(link_), committing);
        if (PQisBusy(link_) == 0)
            break;
        pollfd wire{PQsocket(link_), static_cast<short>(POLLIN | (unsent ? POLLOUT : 0)), 0};
        const int woken = ::poll(&wire, 1, reply_limit_ms);
        if (woken == 0)
            lose("no answer within ten seconds", committing);
        if (woken > 0 && (wire.revents & (POLLIN | POLLHUP | POLLERR)) && PQconsumeInput(link_) != 1)
            lose(PQerrorMessage(link_), committing);
    }
    PGresult *answer = PQgetResult(link_);
    if (!answer && PQstatus(link_) == CONNECTION_BAD)
        lose(PQerrorMessage(link_), committing);
    return answer;
}

void postgres_session::lose(const std::string &why, bool committing) {
    broken_ = true;
    awaited_.clear();
    const postgres_lost gone(fmt::format("the connection to {} was lost: {}", place(), first_line(why)),
                             committing);
    spoiled_ = std::make_exception_ptr(gone);
    throw gone;
}

// Keeps the first failure; what follows it in the pipeline was not run.
void postgres_session::note_failure(const awaited &whose, PGresult *answer, bool committing) {
    if (spoiled_)
        return;
    const char *state = PQresultErrorField(answer, PG_DIAG_SQLSTATE);
    const char *words = PQresultErrorField(answer, PG_DIAG_MESSAGE_PRIMARY);
    const std::string_view code = state ? state : "";
    // Detail, context and the messages of class 22 (a value that does not fit) quote stored values; the
    // primary messages of the others name tables, columns and constraints only.
    const auto said = code.starts_with("22") ? std::string("a value does not fit")
                      : words                ? std::string(words)
                                             : first_line(PQresultErrorMessage(answer));
    const auto why = fmt::format("{}: {} (postgres {})", whose.name, said, code);
    if (one_of(code, {"40001", "40P01"}))
        spoiled_ = std::make_exception_ptr(postgres_collision(why));
    else if (one_of(code, {"57014", "55P03"}))
        spoiled_ = std::make_exception_ptr(postgres_slow(why));
    else if (code.empty() || one_of(code, {"08", "57P", "25006", "25P03"})) {
        broken_ = true;
        spoiled_ = std::make_exception_ptr(postgres_lost(why, committing));
    } else if (one_of(code, {"53", "58", "XX"}))
        spoiled_ = std::make_exception_ptr(postgres_unable(why));
    else
        spoiled_ = std::make_exception_ptr(statement_error(why));
}

void postgres_session::query(const call &what, const on_row &each) {
    send(what);
    std::exception_ptr wrong;
    flush([&](PGresult *answer) {
        try {
            std::vector<value> columns(static_cast<std::size_t>(PQnfields(answer)));
            for (int row = 0; row < PQntuples(answer); ++row) {
                for (int i = 0; i < PQnfields(answer); ++i)
                    columns[static_cast<std::size_t>(i)] = postgres_value(answer, row, i);
                each(columns);
            }
        } catch (...) { // the rest of the answers must be read all the same
            wrong = std::current_exception();
        }
    });
    if (wrong) {
        spoiled_ = wrong;
        std::rethrow_exception(wrong);
    }
}

std::int64_t postgres_session::execute(const call &what) {
    send(what);
    std::int64_t changed = 0;
    flush([&](PGresult *answer) {
        const std::string_view tag = PQcmdStatus(answer);
        if (!tag.starts_with("SELECT"))
            changed = std::atoll(PQcmdTuples(answer));
    });
    return changed;
}

void postgres_session::queue(const call &what) {
    send(what);
    if (awaited_.size() >= most_queued)
        flush({});
}

} // namespace rapport::storage
