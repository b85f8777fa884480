// WebSocket's frames, byte by byte, for the server's side. Written out, so that the workspace sees what a
// library hides: whether a message came in pieces, unmasked or over-long. That is what acks are judged by.
#pragma once

#include "workspace/socket_mode.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace workspace {

// The Sec-WebSocket-Accept of a key.
std::string accept_of(std::string_view key);

enum class opcode : unsigned char { more = 0, text = 1, binary = 2, close = 8, ping = 9, pong = 10 };

// A server's frame: final, unmasked.
std::string encoded(opcode what, std::string_view payload);
std::string encoded_close(int code, std::string_view reason);

class frame_reader {
  public:
    explicit frame_reader(std::size_t limit = 8 * 1024 * 1024) : limit_(limit) {}

    void feed(std::string_view bytes);
    // The next whole message or control frame; nothing: more bytes are needed, or broken().
    std::optional<frame_in> next();
    // The close code the peer earned by breaking the protocol; 0: none.
    int broken() const {
        return broken_;
    }

  private:
    struct head {
        bool final;
        unsigned char op;
        bool masked;
        unsigned long long size;
        std::size_t bytes;
    };

    std::optional<head> read_head();
    std::string take_payload(const head &of);
    std::optional<frame_in> fail(int code);

    std::size_t limit_;
    std::string buffer_;
    std::optional<frame_in> open_; // a message that began and is not final yet
    int broken_ = 0;
};

} // namespace workspace
