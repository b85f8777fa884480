// A Slack token: it can be sent and compared, never printed, formatted or logged, and it wipes its own
// memory.
#pragma once

#include <fmt/core.h>

#include <string>
#include <string_view>

namespace rapport::slack {

enum class token_kind { app, bot, other };

// Move-only, so that every copy of a secret is one that somebody wrote on purpose.
class token {
  public:
    token() = default;
    // Takes the text and wipes what it was taken from. Surrounding white space (a token file's line end)
    // goes.
    explicit token(std::string &&text);
    token(token &&other) noexcept;
    token &operator=(token &&other) noexcept;
    token(const token &) = delete;
    token &operator=(const token &) = delete;
    ~token();

    // A second holder of the same secret, asked for by name.
    token copy() const;

    bool empty() const {
        return text_.empty();
    }
    // By its prefix: xapp-, xoxb- (also rotated, xoxe.xoxb-).
    token_kind kind() const;
    // The app id an app-level token carries (xapp-1-A0123456-...), for comparison with hello; else empty.
    std::string app_id() const;
    // Printable ASCII without blanks: what may stand in a header line.
    bool well_formed() const;
    // The secret itself: for the Authorization header and nothing else.
    std::string_view reveal() const {
        return text_;
    }

    bool operator==(const token &other) const {
        return text_ == other.text_;
    }

  private:
    std::string text_;
};

// Overwrites the bytes of a string in a way the compiler keeps, and empties it.
void wipe(std::string &text);

template <class Stream>
Stream &operator<<(Stream &, const token &) = delete;

} // namespace rapport::slack

// A token cannot be formatted: this specialization has no usable constructor.
template <>
struct fmt::formatter<rapport::slack::token> {
    formatter() = delete;
};
