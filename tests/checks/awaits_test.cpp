// g++ 12.2 miscompiles ordinary co_await statements (docs/architecture.md), so they have one allowed shape:
//   [auto x = | lvalue = | co_return] co_await f(named, arguments);
// one await a statement, no braces, brackets, conditional or logical operators in it, never inside a
// condition. A line that must break the rule says `lint-allow` and why.
#include "tests/checks/source_tree.hpp"

#include <catch2/catch.hpp>

#include <regex>

using namespace rapport::checks;

namespace {

const std::regex allowed(
    R"(^(auto\s*&*\s*(\w+|\[[\w\s,]+\])\s*=\s*|(const\s+)?[\w:<>,\s]+\s[\w]+\s*=\s*|[\w.\->]+\s*=\s*|co_return\s+|const\s+auto\s+(\w+|\[[\w\s,]+\])\s*=\s*)?co_await\s[^?{}\[\]]*$)");

std::string trimmed(std::string_view s) {
    const auto from = s.find_first_not_of(" \t\r\n");
    if (from == std::string_view::npos)
        return {};
    return std::string(s.substr(from, s.find_last_not_of(" \t\r\n") - from + 1));
}

// The statements of a file that hold a co_await in a shape that is not allowed, as "line: statement".
std::vector<std::string> bad_awaits(const std::string &text) {
    std::vector<std::string> wrong;
    const auto code = code_only(text);
    std::size_t start = 0;
    int round = 0;
    for (std::size_t i = 0; i < code.size(); ++i) {
        if (code[i] == '(')
            ++round;
        if (code[i] == ')')
            --round;
        const bool ends =
            code[i] == ';' || (round == 0 && (code[i] == '{' || code[i] == '}')) || code[i] == '#';
        if (!ends)
            continue;
        auto statement = trimmed(std::string_view(code).substr(start, i - start));
        const auto begun = start;
        start = i + 1;
        if (statement.find("co_await") == std::string::npos)
            continue;
        // a label or a one-line `else` or `case x:` in front is no part of the statement
        static const std::regex lead(
            R"(^(else\s+|case\s[\w:]+\s*:\s*|default\s*:\s*|(if|while|for)\s*\([^;]*\)\s+(?=(co_await|co_return|\w+\s*=\s*co_await))))");
        std::smatch m;
        while (std::regex_search(statement, m, lead) && m[0].str().find("co_await") == std::string::npos)
            statement = m.suffix();
        const auto first = statement.find("co_await");
        const bool fine = std::regex_match(statement, allowed) &&
                          statement.find("co_await", first + 1) == std::string::npos &&
                          statement.find("&&", first) == std::string::npos &&
                          statement.find("||", first) == std::string::npos && code[i] == ';';
        const auto line = line_at(code, code.find("co_await", begun));
        std::size_t at = 0;
        for (std::size_t n = 1; n < line; ++n)
            at = text.find('\n', at) + 1;
        if (!fine && text.substr(at, text.find('\n', at) - at).find("lint-allow") == std::string::npos)
            wrong.push_back(std::to_string(line) + ": " + statement);
    }
    return wrong;
}

} // namespace

TEST_CASE("every co_await of the project has the one shape g++ 12 compiles right") {
    for (const auto &file : source_files())
        for (const auto &wrong : bad_awaits(file.text))
            FAIL_CHECK(file.path + ":" + wrong);
}

TEST_CASE("the check takes the allowed shapes") {
    for (const auto *good :
         {"auto v = co_await f(a, b);", "co_await f(std::move(named));", "co_return co_await f(x);",
          "auto [ec, n] = co_await socket.async_read(buffer, as_tuple(use_awaitable));",
          "std::string s = co_await f();", "if (x)\n co_await f(y);", "done_ = co_await f();"})
        CHECK(bad_awaits(std::string("void g() { ") + good + " }").empty());
}

TEST_CASE("the check refuses the shapes that g++ 12 gets wrong") {
    for (const auto *bad :
         {"co_await f(P{a, b});", "co_await f({a, b});", "co_await f([x] { return x; });",
          "co_await f(b ? s : t);", "if (co_await g()) h();", "throw X(co_await f());",
          "P p{co_await a(), b};", "REQUIRE(co_await f());", "h(co_await a(), co_await b());",
          "auto x = co_await a() || co_await b();", "while (co_await more()) {}"})
        CHECK_FALSE(bad_awaits(std::string("void g() { ") + bad + " }").empty());
}
