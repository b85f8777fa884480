// The one message of a day to a person: everything due over all their pairs and programs, asked again whether
// it is still wanted, held to caps and good hours, in the words of nudge_wording. What is put off or
// withdrawn meanwhile is put off and withdrawn here.
#pragma once

#include "handlers/nudge_wording.hpp"
#include "storage/outbox.hpp"
#include "storage/records.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rapport {

struct house;

// `says`: none, nothing goes out now, and no row is left claimed. Else `carries` are the rows it is sent for.
struct day_plan {
    std::optional<surface::message> says;
    std::vector<storage::outbox_row> carries;
};

// Decides over all of a person's claimed rows (kinds "nudge."), under their common lease.
day_plan message_of_the_day(storage::records &on_file, const house &here, const storage::person &to,
                            std::vector<storage::outbox_row> claimed, const std::string &lease, instant now);

// A message that was sent, as its lines stand now.
surface::message message_of_the_day_now(storage::records &on_file, const house &here,
                                        const storage::person &to, const std::vector<storage::nudge> &lines,
                                        instant now);

// What the sentences of a line are made of.
line_facts facts_of(storage::records &on_file, const house &here, const storage::person &reader,
                    const storage::nudge &line, instant now);

// The nudge a row of the outbox is about; whether its person chose the hour.
struct row_line {
    std::optional<storage::nudge> line;
    bool chosen = false;
};
row_line line_of(storage::records &on_file, const storage::outbox_row &row);

} // namespace rapport
