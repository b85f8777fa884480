// Golden files; see golden.hpp.
#include "tests/support/golden.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace rapport::tests {

void matches_golden(const std::string &path, const std::string &text) {
    if (const char *renew = std::getenv("RAPPORT_RENEW_GOLDEN"); renew != nullptr && *renew == '1') {
        std::ofstream out(path, std::ios::binary);
        out << text;
        REQUIRE(out.flush());
        WARN("renewed " << path);
        return;
    }
    std::ifstream in(path, std::ios::binary);
    std::stringstream held;
    held << in.rdbuf();
    INFO(
        path << " differs. If the change is wanted, run once with RAPPORT_RENEW_GOLDEN=1 and read the diff.");
    std::istringstream is(text), was(held.str());
    std::string is_line, was_line;
    for (int line = 1;; ++line) {
        const bool more = static_cast<bool>(std::getline(is, is_line));
        const bool had = static_cast<bool>(std::getline(was, was_line));
        if (!more && !had)
            break;
        INFO("line " << line);
        REQUIRE((more ? is_line : "(the end)") == (had ? was_line : "(the end)"));
    }
    CHECK(held.str() == text);
}

} // namespace rapport::tests
