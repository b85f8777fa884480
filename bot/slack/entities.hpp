// The platform's escaping of what people type, undone in this one place. It escapes exactly three characters
// (&amp; &lt; &gt;), so in escaped text every bare '<' opens an entity of its own: <@U123|ana>, <#C1|name>,
// <https://...|label>, <!here>. Once unescaped that can no longer be told from a typed "<@U123>".
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rapport::slack {

// &amp; &lt; &gt; turned back, in one pass: "&amp;lt;" gives "&lt;". Nothing else is touched.
std::string unescaped(std::string_view text);

enum class piece_kind {
    words,   // plain words, unescaped
    person,  // <@U123|ana>
    channel, // <#C123|general>
    group,   // <!subteam^S123|@team>
    call_to, // <!here>, <!channel>, <!everyone>
    link,    // <https://...|label>, <mailto:...>
    other,   // an entity of another kind, kept as it was
};

struct piece {
    piece_kind kind = piece_kind::words;
    std::string text;  // words: the words; a mention: the id; a link: the address; other: the whole entity
    std::string label; // what the platform showed for it; may be empty

    bool operator==(const piece &) const = default;
};

// Escaped text taken apart, unescaped piece by piece: the way to read mentions that cannot be fooled by what
// somebody typed. An unclosed '<' is plain words.
std::vector<piece> pieces_of(std::string_view escaped);

} // namespace rapport::slack
