// The walls between the folders: one arrow, no exceptions (docs/architecture.md).
#include "tests/checks/source_tree.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <regex>
#include <set>

using namespace rapport::checks;

namespace {

// Who may include whom; a folder may always include itself. tests may include everything.
const std::map<std::string, std::set<std::string>> allowed = {
    {"cmake", {}},
    {"mentoring", {}},
    {"config", {"mentoring"}},
    {"storage", {"mentoring"}},
    {"handlers", {"mentoring", "storage"}},
    {"bot/slack", {}},
    {"bot", {"mentoring", "config", "storage", "handlers", "bot/slack"}},
    {"workspace", {"mentoring", "config", "storage", "handlers", "bot"}},
};

// Only workspace's program, the bot beside the local workspace, may see the bot; the platform it plays may
// not.
const std::set<std::string> workspace_files_that_wire = {"workspace/demo.cpp", "workspace/demo.hpp",
                                                         "workspace/main.cpp"};

std::string folder_of(const std::string &include) {
    if (include.starts_with("bot/slack/"))
        return "bot/slack";
    return include.substr(0, include.find('/'));
}

// The includes of one file that cross a wall, as "path -> include".
std::vector<std::string> crossings(const source_file &file) {
    std::vector<std::string> wrong;
    static const std::regex include(R"re(#include "([^"]+)")re");
    for (std::sregex_iterator it(file.text.begin(), file.text.end(), include), end; it != end; ++it) {
        const auto path = (*it)[1].str();
        const auto to = folder_of(path);
        const bool fine = file.folder == "tests" || to == file.folder ||
                          (file.folder == "workspace" ? workspace_files_that_wire.contains(file.path)
                                                      : allowed.at(file.folder).contains(to));
        if (!fine)
            wrong.push_back(file.path + " -> " + path);
    }
    return wrong;
}

} // namespace

TEST_CASE("every include points the allowed way") {
    std::size_t seen = 0;
    for (const auto &file : source_files()) {
        ++seen;
        for (const auto &wrong : crossings(file))
            FAIL_CHECK(wrong);
    }
    CHECK(seen > 5);
}

TEST_CASE("the check catches an include that crosses a wall") {
    CHECK(crossings({"mentoring/x.cpp", "mentoring", "#include \"storage/session.hpp\"\n"}).size() == 1);
    CHECK(crossings({"bot/slack/x.cpp", "bot/slack", "#include \"mentoring/time.hpp\"\n"}).size() == 1);
    CHECK(crossings({"workspace/state.cpp", "workspace", "#include \"bot/slack/api.hpp\"\n"}).size() == 1);
    CHECK(crossings({"handlers/x.cpp", "handlers", "#include \"storage/records.hpp\"\n"}).empty());
}

TEST_CASE("handlers know no sockets, no HTTP and no coroutines; JSON stays in the renderer") {
    static const std::regex forbidden(R"(#include <(boost/asio|boost/beast|sqlite3|libpq|coroutine))");
    for (const auto &file : source_files()) {
        if (file.folder == "handlers" || file.folder == "mentoring")
            if (std::regex_search(file.text, forbidden))
                FAIL_CHECK(file.path + " includes what only the edge may");
        if (file.folder == "handlers" && !file.path.starts_with("handlers/surface/"))
            if (file.text.find("#include <nlohmann/json.hpp>") != std::string::npos)
                FAIL_CHECK(file.path + ": JSON is rendered and read in handlers/surface only");
    }
}
