// Deciding what to apply and what to refuse; see migrations.hpp.
#include "storage/migrations.hpp"

#include "storage/fault.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport::storage {
namespace {

struct applied {
    int number;
    std::string name, sha256;
};

// Not "schema_migrations": other programs keep a table of that name in shared PostgreSQL schemas.
constexpr std::string_view ledger = "CREATE TABLE IF NOT EXISTS rapport_migrations ("
                                    "number BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, "
                                    "sha256 TEXT NOT NULL, applied_at BIGINT NOT NULL)";

constexpr statement<applied> list{"migrations.list",
                                  "SELECT number, name, sha256 FROM rapport_migrations ORDER BY number"};
constexpr command<int, std::string, std::string, instant> note{
    "migrations.note",
    "INSERT INTO rapport_migrations (number, name, sha256, applied_at) VALUES ($1, $2, $3, $4)"};

void refuse_strangers(std::span<const applied> there, std::span<const migration> known,
                      const std::string &place) {
    const int newest = known.empty() ? 0 : known.back().number;
    if (!there.empty() && there.back().number > newest)
        throw opening_error(
            fmt::format("database {}: its schema is {} ({}), this program knows up to {}. It was used by a "
                        "newer rapport: "
                        "run that one, or restore the copy made before the upgrade. Nothing was changed.",
                        place, there.back().number, there.back().name, newest));
    for (std::size_t i = 0; i < there.size(); ++i) {
        const auto &have = there[i];
        if (have.number != known[i].number)
            throw opening_error(fmt::format(
                "database {}: migration {} is missing from what was applied. Restore a backup. Nothing was "
                "changed.",
                place, known[i].number));
        if (have.sha256 != known[i].sha256)
            throw opening_error(fmt::format(
                "database {}: migration {} was applied with another text than this program has ({} is not "
                "{}). A shipped migration is never edited: run the program that made this database. Nothing "
                "was changed.",
                place, known[i].name, have.sha256.substr(0, 12), known[i].sha256.substr(0, 12)));
    }
}

} // namespace

int migrate(schema_host &host, std::span<const migration> known, instant now) {
    std::size_t done = 0;
    host.alone([&](session &db) {
        host.script(ledger);
        const auto there = db.all(list);
        refuse_strangers(there, known, host.place());
        done = there.size();
    });
    if (done > 0 && done < known.size())
        host.copy_before(known[done].number);
    int count = 0;
    while (done < known.size()) {
        const auto &next = known[done];
        try {
            host.alone([&](session &db) {
                const auto there = db.all(list); // another process may have been here since
                refuse_strangers(there, known, host.place());
                if (there.size() != done) {
                    done = there.size();
                    return;
                }
                host.script(next.sql);
                db.run(note, next.number, std::string(next.name), std::string(next.sha256), now);
                host.note_version(next.number);
                ++count;
                ++done;
            });
        } catch (const statement_error &e) {
            throw opening_error(
                fmt::format("database {}: migration {} could not be applied: {}. It was rolled "
                            "back; the ones before it are kept.",
                            host.place(), next.name, e.what()));
        }
    }
    return count;
}

} // namespace rapport::storage
