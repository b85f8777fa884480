// The month's thought: one line of the program's own, at most one a month and program, only with something
// that is said anyway (rules 15, 24, 92).
#pragma once

#include "handlers/registry.hpp"

#include <optional>

namespace rapport {

result<answer> list_prompts(desk &at);

// The thought this person has not been given yet in this month of the pair's program, noted as given now;
// none where there is none, or it was given.
std::optional<surface::mrkdwn> take_thought(storage::records &on_file, const house &here,
                                            const storage::person &reader, const storage::pair &pair,
                                            instant now);

} // namespace rapport
