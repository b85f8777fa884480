// A mentor introduces somebody to another: within the workspace if all three like it, outside it with words
// to copy. What is kept is that it was offered and whether it was liked (rules 20, 98).
#pragma once

#include "handlers/registry.hpp"
#include "storage/outbox.hpp"

namespace rapport {

result<answer> introduce(desk &at);
result<answer> like_introduction(desk &at); // the value is the introduction's id
result<answer> not_this_time(desk &at);

inline constexpr std::string_view introduction_yes = "introduce.yes", introduction_no = "introduce.no";

// What each of the three reads: asked, brought together, or that it will not be this time. Who did not like
// it is told to nobody.
inline constexpr std::string_view introduction_word_kind = "introduce";
std::optional<surface::message> introduction_word(storage::records &on_file, const house &here,
                                                  const storage::outbox_row &row);

} // namespace rapport
