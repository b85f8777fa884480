// Words for a profile from its person's own LinkedIn export, pasted or handed over by `rapport import`: shown
// field by field beside what is there, and saved only as far as the person ticks.
#pragma once

#include "handlers/registry.hpp"
#include "storage/outbox.hpp"
#include "storage/records.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rapport {

surface::modal paste_form();
result<answer> paste_profile(desk &at);
result<answer> review_profile(desk &at);
result<answer> take_proposed(desk &at);

// What the files of an export would change in somebody's profile.
struct proposed_words {
    struct row {
        std::string label, words;
        bool holds_something = false; // the field, now
    };
    std::string who;
    std::vector<row> rows;
};

// The operator hands over somebody's files (`member`: a member id or an address): they wait for that person,
// who hears of it in their good hours. Refused: nobody on record by that, somebody without an account, a file
// that is none of an export's, files that say nothing new. `dry`: nothing is kept.
result<proposed_words> propose_export(storage::records &on_file, const house &here, std::string_view member,
                                      const std::vector<std::string> &files, bool dry, instant now);

// The message that says so; none if nothing waits any more.
inline constexpr std::string_view proposals_notice = "profile.proposed";
std::optional<surface::message> proposals_told(storage::records &on_file, const house &here,
                                               const storage::outbox_row &row);

} // namespace rapport
