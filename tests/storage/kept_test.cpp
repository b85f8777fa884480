// docs/kept.md names every column of the database once, in a class its type can hold, and who reads what
// people gave. A column that comes in unclassed, or free text without readers, fails here.
#include "tests/storage/scratch.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <fstream>
#include <map>
#include <sstream>

using namespace rapport;

namespace {

struct column {
    std::string table, name, type;
};
constexpr storage::statement<column> columns_sql{
    "test.columns", "SELECT m.name, c.name, c.type FROM sqlite_master m, pragma_table_info(m.name) c "
                    "WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'"};

std::vector<column> columns_of_schema() {
    storage::scratch_database database("sqlite");
    const auto store = storage::open_inline_store(database.settings());
    auto all = store->write_and_wait({"test"}, [](storage::session &db) { return db.all(columns_sql); });
    store->stop();
    REQUIRE(all.has_value());
    return *all;
}

enum class kept_as { id, time, list, number, given };

struct line {
    kept_as as;
    std::string readers; // of what is given
};

// `name` in back quotes, as often as it stands in the cell; for the last column followed by ": readers;".
void read_cell(const std::string &cell, const std::string &table, kept_as as,
               std::map<std::string, line> &into) {
    for (auto at = cell.find('`'); at != std::string::npos;) {
        const auto end = cell.find('`', at + 1);
        REQUIRE(end != std::string::npos);
        const auto next = cell.find('`', end + 1);
        auto readers = cell.substr(end + 1, next == std::string::npos ? next : next - end - 1);
        const auto key = table + "." + cell.substr(at + 1, end - at - 1);
        INFO("twice on the page: " << key);
        CHECK(into.emplace(key, line{as, std::move(readers)}).second);
        at = next;
    }
}

std::map<std::string, line> page() {
    std::map<std::string, line> all;
    std::ifstream in("docs/kept.md");
    for (std::string row; std::getline(in, row);) {
        if (!row.starts_with("| `"))
            continue;
        std::array<std::string, 6> cells;
        std::istringstream fields(row.substr(1));
        for (auto &each : cells)
            REQUIRE(std::getline(fields, each, '|'));
        const auto table = cells[0].substr(2, cells[0].find('`', 2) - 2);
        for (std::size_t n = 1; n < cells.size(); ++n)
            read_cell(cells[n], table, static_cast<kept_as>(n - 1), all);
    }
    return all;
}

bool is_a_day(const std::string &name) {
    return name == "due" || name == "period" || name == "answer_by" || name.ends_with("_day") ||
           name == "committed_until";
}

} // namespace

TEST_CASE("every column of the database is named on the page of what is kept, and none that is gone") {
    auto named = page();
    for (const auto &one : columns_of_schema()) {
        const auto key = one.table + "." + one.name;
        INFO("class it in docs/kept.md: " << key);
        const auto found = named.find(key);
        REQUIRE(found != named.end());
        const auto as = found->second.as;
        INFO("its type is " << one.type);
        if (as == kept_as::number)
            CHECK(one.type == "BIGINT");
        if (as == kept_as::time)
            CHECK((one.type == "BIGINT" || is_a_day(one.name)));
        if (as == kept_as::list || as == kept_as::given)
            CHECK(one.type == "TEXT");
        if (as == kept_as::given) {
            INFO("say who reads it: \"`" << one.name << "`: readers\"");
            CHECK(found->second.readers.size() > 4);
        }
        named.erase(found);
    }
    for (const auto &gone : named)
        FAIL_CHECK("on docs/kept.md, not in the database: " << gone.first);
}
