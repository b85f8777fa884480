// Lists of people from outside (docs/formats.md): what each row would come to, and making it so. The same
// list again changes nothing. A row that is refused changes nothing at all.
#pragma once

#include "handlers/desk.hpp"
#include "mentoring/csv.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rapport {

enum class row_fate { created, changed, same, refused };
RAPPORT_WORDS(row_fate, 4,
              {{row_fate::created, "created"},
               {row_fate::changed, "changed"},
               {row_fate::same, "same"},
               {row_fate::refused, "refused"}})

struct row_report {
    std::size_t line = 0;
    row_fate fate = row_fate::same;
    std::string who;  // as the list names them
    std::string says; // what is done, or why it is refused
};

struct list_report {
    std::vector<row_report> rows;
    std::size_t pairs = 0;         // made by it
    std::size_t new_addresses = 0; // put on record by it: the workspace is asked whose they are

    std::size_t count(row_fate which) const;
    bool changes_anything() const;
    std::string counts() const; // "3 created, 1 changed, 0 same, 2 refused; 2 pairs"
    // What becomes of the addresses that are new here: a sentence; empty where there are none.
    std::string about_addresses() const;
};

// Refused as a whole: what read_csv refuses, a header without an address or id or without a role, a column
// that is none. `dry`: nothing is written. `by` is who answers for it.
result<list_report> take_list(storage::records &on_file, const house &here, const program_slug &program,
                              std::string_view list, const std::optional<person_id> &by, bool dry,
                              instant now);

// The columns, in the order the documentation has them.
inline constexpr std::string_view list_columns[] = {"slack",       "email", "name",     "role",
                                                    "application", "check", "training", "mentor"};

} // namespace rapport
