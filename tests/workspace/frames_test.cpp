// WebSocket's frames: whole, in pieces, masked or not, and broken.
#include "workspace/frames.hpp"

#include <catch2/catch.hpp>

using namespace workspace;

namespace {

// A client's frame, masked.
std::string client(unsigned char op, std::string_view payload, bool final = true, bool masked = true) {
    std::string out;
    out += static_cast<char>((final ? 0x80 : 0) | op);
    const auto flag = static_cast<unsigned>(masked ? 0x80 : 0);
    if (payload.size() < 126) {
        out += static_cast<char>(flag | payload.size());
    } else if (payload.size() < 65'536) {
        out += static_cast<char>(flag | 126);
        out += static_cast<char>(payload.size() >> 8);
        out += static_cast<char>(payload.size() & 0xFF);
    } else {
        out += static_cast<char>(flag | 127);
        for (int shift = 56; shift >= 0; shift -= 8)
            out += static_cast<char>(static_cast<unsigned long long>(payload.size()) >> shift & 0xFF);
    }
    const std::string key = "\x12\x34\x56\x78";
    if (masked)
        out += key;
    for (std::size_t i = 0; i < payload.size(); ++i)
        out += masked ? static_cast<char>(payload[i] ^ key[i % 4]) : payload[i];
    return out;
}

} // namespace

TEST_CASE("the accept of the protocol's own example") {
    CHECK(accept_of("dGhlIHNhbXBsZSBub25jZQ==") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
}

TEST_CASE("messages of every length class are read, whatever the pieces the bytes come in") {
    for (const std::size_t size : {0U, 1U, 125U, 126U, 65'535U, 65'536U, 200'000U}) {
        const std::string payload(size, 'p');
        const auto bytes = client(1, payload) + client(9, "beat");
        for (const std::size_t step : {std::size_t{1}, std::size_t{7}, bytes.size()}) {
            if (step == 1 && size > 1000)
                continue;
            frame_reader reader;
            std::vector<frame_in> got;
            for (std::size_t at = 0; at < bytes.size(); at += step) {
                reader.feed(std::string_view(bytes).substr(at, step));
                while (auto frame = reader.next())
                    got.push_back(*frame);
            }
            REQUIRE(got.size() == 2);
            CHECK(got[0].payload == payload);
            CHECK_FALSE(got[0].fragmented);
            CHECK(got[0].masked);
            CHECK(got[1].kind == frame_in::type::ping);
        }
    }
}

TEST_CASE("a message in several frames is put together and known as such, with a ping between") {
    frame_reader reader;
    reader.feed(client(1, "ab", false) + client(9, "x") + client(0, "cd", false) + client(0, "ef"));
    CHECK(reader.next()->kind == frame_in::type::ping);
    const auto whole = reader.next();
    REQUIRE(whole);
    CHECK(whole->payload == "abcdef");
    CHECK(whole->fragmented);
}

TEST_CASE("an unmasked frame is read and known as such") {
    frame_reader reader;
    reader.feed(client(1, "bare", true, false));
    const auto frame = reader.next();
    REQUIRE(frame);
    CHECK_FALSE(frame->masked);
    CHECK(frame->payload == "bare");
}

TEST_CASE("what breaks the protocol is refused with its code") {
    const auto code = [](const std::string &bytes, std::size_t limit = 1000) {
        frame_reader reader(limit);
        reader.feed(bytes);
        while (reader.next()) {
        }
        return reader.broken();
    };
    CHECK(code(client(0, "no beginning")) == 1002);
    CHECK(code(client(1, "a", false) + client(1, "b")) == 1002);
    CHECK(code(client(9, std::string(126, 'x'))) == 1002);
    CHECK(code(client(9, "x", false)) == 1002);
    CHECK(code(client(3, "x")) == 1002);
    CHECK(code(std::string("\xF1\x80", 2)) == 1002);
    CHECK(code(client(1, std::string(1001, 'x'))) == 1009);
    CHECK(code(client(1, std::string(600, 'x'), false) + client(0, std::string(600, 'x'))) == 1009);
    CHECK(code(client(1, "fine")) == 0);
}

TEST_CASE("what the server writes, a reader reads") {
    for (const std::size_t size : {0U, 125U, 126U, 70'000U}) {
        frame_reader reader;
        reader.feed(encoded(opcode::text, std::string(size, 'x')));
        const auto frame = reader.next();
        REQUIRE(frame);
        CHECK(frame->payload.size() == size);
    }
    CHECK(encoded_close(1009, "too long") == std::string("\x88\x0A\x03\xF1too long"));
}
