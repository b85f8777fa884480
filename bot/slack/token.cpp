// Keeping and wiping a token; see token.hpp.
#include "bot/slack/token.hpp"

#include <openssl/crypto.h>

#include <algorithm>
#include <utility>

namespace rapport::slack {

void wipe(std::string &text) {
    // The whole capacity: a shorter value may have replaced a longer one.
    text.resize(text.capacity());
    OPENSSL_cleanse(text.data(), text.size());
    text.clear();
}

token::token(std::string &&text) {
    const auto blank = " \t\r\n";
    const auto from = text.find_first_not_of(blank);
    if (from != std::string::npos)
        text_.assign(text, from, text.find_last_not_of(blank) - from + 1);
    wipe(text);
}

token::token(token &&other) noexcept : text_(other.text_) {
    // A copy and a wipe, not a move: a short string moves by copying and would leave its bytes behind.
    wipe(other.text_);
}

token &token::operator=(token &&other) noexcept {
    if (this != &other) {
        wipe(text_);
        text_ = other.text_;
        wipe(other.text_);
    }
    return *this;
}

token::~token() {
    wipe(text_);
}

token token::copy() const {
    return token(std::string(text_));
}

token_kind token::kind() const {
    if (text_.starts_with("xapp-"))
        return token_kind::app;
    if (text_.starts_with("xoxb-") || text_.starts_with("xoxe.xoxb-"))
        return token_kind::bot;
    return token_kind::other;
}

std::string token::app_id() const {
    if (kind() != token_kind::app)
        return {};
    const auto first = text_.find('-', 5);
    if (first == std::string::npos)
        return {};
    const auto second = text_.find('-', first + 1);
    const auto part = text_.substr(first + 1, second == std::string::npos ? second : second - first - 1);
    return part.starts_with('A') ? part : std::string();
}

bool token::well_formed() const {
    return !text_.empty() &&
           std::all_of(text_.begin(), text_.end(), [](unsigned char c) { return c > 32 && c < 127; });
}

} // namespace rapport::slack
