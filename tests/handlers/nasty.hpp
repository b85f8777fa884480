// Words people could type to make a message say more than it should: a corpus and a seeded mixer of it.
#pragma once

#include <random>
#include <string>
#include <vector>

namespace rapport::tests {

inline const std::vector<std::string> &nasty() {
    static const std::vector<std::string> all = {
        "<!channel>",
        "<!here|here>",
        "<!everyone>",
        "<!subteam^S012AB3CD>",
        "<@U012AB3CD>",
        "<@U012AB3CD|priya>",
        "<#C012AB3CD|general>",
        "&lt;!channel&gt;",
        "&amp;lt;!channel&amp;gt;",
        "<https://evil.example|your bank>",
        "<!date^1^{date}|x>",
        "`<!channel>`",
        "```\n<!channel>\n```",
        "*bold* _it_ ~st~ > quote",
        "a | b",
        "> & <",
        "<",
        "&",
        "&am",
        "|>",
        "^",
        "@channel @here @everyone",
        "line one\nline two\r\nline three\rfour",
        "\x01\x02\x1b[31mred\x7f",
        std::string("nul\0inside", 10),
        "\xe2\x80\xae"
        "evil"
        "\xe2\x80\xac",
        "\xe2\x81\xa6isolate\xe2\x81\xa9",
        "<\xe2\x80\x8b!channel>",
        "<\xc2\xad!channel>",
        "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d <!channel>",
        "\xc3\x28 bad \xff\xfe utf-8 \xe2\x82",
        "\xed\xa0\x80 surrogate",
        "\xc0\xbc!channel\xc0\xbe",
        "\xef\xbc\x9c!channel\xef\xbc\x9e",
        "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x94\xac scientist",
        "{} {0} {:x} %s %n",
        "\"quoted\" \\ back",
        "   ",
        "",
    };
    return all;
}

// Several of them stuck together, cut anywhere.
inline std::string nasty_mix(std::mt19937 &chance) {
    std::string out;
    const auto parts = 1 + chance() % 4;
    for (unsigned i = 0; i < parts; ++i) {
        const auto &one = nasty()[chance() % nasty().size()];
        out += one.substr(0, chance() % (one.size() + 1)) + (chance() % 2 != 0 ? one : "");
    }
    return out;
}

} // namespace rapport::tests
