// A row of a list of people, as it is written: what each cell says, and what is wrong with it whatever is on
// record. What it comes to is people_list's.
#pragma once

#include "mentoring/csv.hpp"
#include "mentoring/ids.hpp"
#include "mentoring/people.hpp"
#include "mentoring/time.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rapport {

// What a cell about a gate says: nothing, open until a day or without one, or not open.
struct gate_wish {
    bool said = false, open = false;
    std::optional<day> until;
};

// One row as it was read.
struct wanted_row {
    std::size_t line = 0;
    std::string who, slack, email, name;
    role as = role::protege;
    std::optional<bool> accepts; // of an application
    gate_wish check, training;
    std::vector<std::string> mentors;
    std::optional<person_id> also; // on record by the row's address only: the same person
    std::string wrong;             // why it is refused; empty: it is not
};

wanted_row read_people_row(const csv_table &table, const csv_row &row);

// Why the list cannot be read at all: a column that is none, no address or id, no role, no rows.
std::optional<refusal> wrong_people_header(const csv_table &table);

} // namespace rapport
