// The ledger of recruiting: per way people come (member companies, partner groups), how many were invited,
// applied, are cleared and matched. Channels and partners are what is counted; no person is ever tagged.
#pragma once

#include "handlers/registry.hpp"

namespace rapport {

result<answer> show_recruiting(desk &at); // /program recruiting [program]
result<answer> note_invited(desk &at);    // /program invited <n> <partner...>
result<surface::mrkdwn> undo_invited(desk &at, const storage::undo_offer &offer);

inline constexpr std::string_view noted_act = "partner-noted";

} // namespace rapport
