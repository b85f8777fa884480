// Reading and writing WebSocket frames; see frames.hpp.
#include "workspace/frames.hpp"

#include <openssl/evp.h>
#include <openssl/sha.h>

namespace workspace {

std::string accept_of(std::string_view key) {
    const auto salted = std::string(key) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    unsigned char digest[SHA_DIGEST_LENGTH];
    unsigned int size = 0;
    EVP_Digest(salted.data(), salted.size(), digest, &size, EVP_sha1(), nullptr);
    unsigned char text[64];
    const auto length = EVP_EncodeBlock(text, digest, static_cast<int>(size));
    return {reinterpret_cast<const char *>(text), static_cast<std::size_t>(length)};
}

std::string encoded(opcode what, std::string_view payload) {
    std::string out;
    out += static_cast<char>(0x80 | static_cast<unsigned char>(what));
    const auto size = payload.size();
    const auto put = [&](int bytes) {
        for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8)
            out += static_cast<char>(static_cast<unsigned long long>(size) >> shift & 0xFF);
    };
    if (size < 126) {
        out += static_cast<char>(size);
    } else if (size < 65'536) {
        out += static_cast<char>(126);
        put(2);
    } else {
        out += static_cast<char>(127);
        put(8);
    }
    return out.append(payload);
}

std::string encoded_close(int code, std::string_view reason) {
    std::string payload;
    payload += static_cast<char>(code >> 8 & 0xFF);
    payload += static_cast<char>(code & 0xFF);
    return encoded(opcode::close, payload.append(reason.substr(0, 120)));
}

void frame_reader::feed(std::string_view bytes) {
    buffer_.append(bytes);
}

std::optional<frame_in> frame_reader::fail(int code) {
    broken_ = code;
    return std::nullopt;
}

std::optional<frame_reader::head> frame_reader::read_head() {
    const auto at = [this](std::size_t i) { return static_cast<unsigned char>(buffer_[i]); };
    if (buffer_.size() < 2)
        return std::nullopt;
    head out{(at(0) & 0x80) != 0, static_cast<unsigned char>(at(0) & 0x0F), (at(1) & 0x80) != 0,
             at(1) & 0x7FU, 2};
    const std::size_t extra = out.size == 126 ? 2 : out.size == 127 ? 8 : 0;
    if (buffer_.size() < 2 + extra)
        return std::nullopt;
    if (extra > 0) {
        out.size = 0;
        for (std::size_t i = 0; i < extra; ++i)
            out.size = out.size << 8 | at(2 + i);
        out.bytes += extra;
    }
    if ((at(0) & 0x70) != 0 || (out.op >= 8 && (!out.final || out.size > 125))) {
        broken_ = 1002; // reserved bits, or a control frame in pieces
        return std::nullopt;
    }
    if (out.size > limit_) {
        broken_ = 1009;
        return std::nullopt;
    }
    if (out.masked)
        out.bytes += 4;
    return buffer_.size() < out.bytes + out.size ? std::nullopt : std::optional(out);
}

std::string frame_reader::take_payload(const head &of) {
    auto payload = buffer_.substr(of.bytes, of.size);
    if (of.masked)
        for (std::size_t i = 0; i < payload.size(); ++i)
            payload[i] = static_cast<char>(payload[i] ^ buffer_[of.bytes - 4 + i % 4]);
    buffer_.erase(0, of.bytes + of.size);
    return payload;
}

std::optional<frame_in> frame_reader::next() {
    while (broken_ == 0) {
        const auto found = read_head();
        if (!found)
            return std::nullopt;
        auto payload = take_payload(*found);
        const auto op = static_cast<opcode>(found->op);
        if (op == opcode::ping || op == opcode::pong || op == opcode::close) {
            const auto kind = op == opcode::ping   ? frame_in::type::ping
                              : op == opcode::pong ? frame_in::type::pong
                                                   : frame_in::type::close;
            return frame_in{kind, std::move(payload), false, found->masked};
        }
        if (op == opcode::text || op == opcode::binary) {
            if (open_)
                return fail(1002); // a new message inside another
            const auto kind = op == opcode::text ? frame_in::type::text : frame_in::type::binary;
            frame_in whole{kind, std::move(payload), !found->final, found->masked};
            if (found->final)
                return whole;
            open_ = std::move(whole);
            continue;
        }
        if (op != opcode::more || !open_)
            return fail(1002);
        open_->payload += payload;
        open_->masked = open_->masked && found->masked;
        if (open_->payload.size() > limit_)
            return fail(1009);
        if (found->final) {
            auto whole = std::move(*open_);
            open_.reset();
            return whole;
        }
    }
    return std::nullopt;
}

} // namespace workspace
