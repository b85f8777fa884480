// Words about one's time that others may read: proposed by their author, shown to them exactly as they would
// be published, and read by others only once the author has approved just that text (rule 46).
#pragma once

#include "handlers/registry.hpp"

namespace rapport {

result<answer> open_quote(desk &at);    // a button: the pair's id
result<answer> quote_sent(desk &at);    // the form
result<answer> approve_quote(desk &at); // buttons: the quote's id
result<answer> drop_quote(desk &at);
result<answer> list_quotes(desk &at); // /program quotes [program]
result<answer> page_quotes(desk &at);

namespace quote_button {
inline constexpr std::string_view open = "quote.open", approve = "quote.approve", drop = "quote.drop",
                                  page = "quote.page";
}
inline constexpr std::string_view quote_form = "quote";

} // namespace rapport
