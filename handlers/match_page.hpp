// A draft of a whole-pool match as its coordinator sees it: which one a button names, and its pages. What is
// done to it is matching's, match_changing's, match_list's and match_publishing's.
#pragma once

#include "handlers/finding.hpp"
#include "storage/match_drafts.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace rapport {

std::string match_line(desk &at); // "/program match"

// A draft that a button names, the coordinator's own affair and, where a version is given, unchanged since
// the button was made.
result<storage::match_draft> draft_meant(desk &at, const std::string &id, std::string_view version);

struct shown_draft {
    const storage::match_draft &draft;
    finding in;
    std::vector<storage::drafted_pair> pairs; // without those the reader is in
    std::vector<person_id> unmatched;
    std::size_t hidden = 0;
};
shown_draft look_into(desk &at, const storage::match_draft &draft);

surface::message draft_page(desk &at, const storage::match_draft &draft, std::size_t from);
// Saved as a new version: its first page, below what was done.
answer changed_page(desk &at, storage::match_draft draft, surface::mrkdwn what_was_done);

void note_in_journal(desk &at, const char *act, const storage::match_draft &draft, std::string detail);
std::string first_name_of(desk &at, const person_id &who);

// Puts two together and pins them. Two who swap keep what the other had.
std::optional<refusal> put_together(desk &at, const storage::match_draft &draft, const person_id &protege,
                                    const person_id &mentor);

} // namespace rapport
