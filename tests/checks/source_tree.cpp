// Reading the source tree; see source_tree.hpp.
#include "tests/checks/source_tree.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace rapport::checks {
namespace fs = std::filesystem;

std::vector<source_file> source_files() {
    std::vector<source_file> files;
    for (const auto *root :
         {"cmake", "mentoring", "config", "storage", "handlers", "bot", "workspace", "tests"}) {
        if (!fs::exists(root))
            continue;
        for (const auto &entry : fs::recursive_directory_iterator(root)) {
            const auto path = entry.path().generic_string();
            const auto kind = entry.path().extension();
            if (!entry.is_regular_file() || (kind != ".hpp" && kind != ".cpp") ||
                path.find("node_modules") != std::string::npos)
                continue;
            std::ifstream in(entry.path());
            std::ostringstream text;
            text << in.rdbuf();
            const std::string folder = path.starts_with("bot/slack/") ? "bot/slack" : root;
            files.push_back({path, folder, text.str()});
        }
    }
    std::sort(files.begin(), files.end(), [](const auto &a, const auto &b) { return a.path < b.path; });
    return files;
}

std::string code_only(std::string_view text) {
    std::string out(text);
    enum { code, line_comment, block_comment, string, character, raw } state = code;
    std::string raw_end;
    for (std::size_t i = 0; i < out.size(); ++i) {
        const char c = text[i];
        const char next = i + 1 < text.size() ? text[i + 1] : '\0';
        switch (state) {
        case code:
            if (c == '/' && next == '/')
                state = line_comment;
            else if (c == '/' && next == '*')
                state = block_comment;
            else if (c == 'R' && next == '"') {
                const auto open = text.find('(', i);
                raw_end = ")" + std::string(text.substr(i + 2, open - i - 2)) + "\"";
                state = raw;
                i = open;
                continue;
            } else if (c == '"')
                state = string;
            else if (c == '\'' && i > 0 && !isalnum(static_cast<unsigned char>(text[i - 1])))
                state = character;
            if (state == line_comment || state == block_comment)
                out[i] = ' ';
            break;
        case line_comment:
            if (c == '\n')
                state = code;
            else
                out[i] = ' ';
            break;
        case block_comment:
            if (c == '*' && next == '/') {
                out[i] = out[i + 1] = ' ';
                ++i;
                state = code;
            } else if (c != '\n')
                out[i] = ' ';
            break;
        case string:
        case character:
            if (c == '\\') {
                out[i] = out[i + 1] = ' ';
                ++i;
            } else if (c == (state == string ? '"' : '\''))
                state = code;
            else if (c != '\n')
                out[i] = ' ';
            break;
        case raw:
            if (text.substr(i).starts_with(raw_end)) {
                i += raw_end.size() - 1;
                state = code;
            } else if (c != '\n')
                out[i] = ' ';
            break;
        }
    }
    return out;
}

std::size_t line_at(std::string_view text, std::size_t offset) {
    return 1 + static_cast<std::size_t>(
                   std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
}

} // namespace rapport::checks
