// Settings: every key and variable, each problem with its place, what it read and how to mend it.
#include "config/settings.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <fstream>
#include <map>
#include <type_traits>
#include <unistd.h>

using namespace rapport;
using namespace rapport::config;
namespace fs = std::filesystem;

namespace {

using variables = std::map<std::string, std::string>;

environment of(variables all) {
    return [all = std::move(all)](const std::string &name) -> std::optional<std::string> {
        const auto found = all.find(name);
        return found == all.end() ? std::nullopt : std::optional(found->second);
    };
}

// A folder of its own with a policy file in it, gone at the end.
class folder {
    fs::path path_;

  public:
    folder() {
        auto form = (fs::temp_directory_path() / "rapport-settings-XXXXXX").string();
        path_ = ::mkdtemp(form.data());
        write("programs/starter.toml", "");
    }
    ~folder() {
        fs::remove_all(path_);
    }
    folder(const folder &) = delete;
    folder &operator=(const folder &) = delete;
    fs::path operator/(const std::string &name) const {
        return path_ / name;
    }
    void write(const std::string &name, const std::string &text) const {
        fs::create_directories((path_ / name).parent_path());
        std::ofstream(path_ / name) << text;
    }
};

std::string problems_of(const std::string &toml, const variables &env = {}) {
    const folder here;
    auto text = text_of(read_settings(toml, here / "rapport.toml", of(env)).problems);
    const auto path = (here / "").string();
    for (auto at = text.find(path); at != std::string::npos; at = text.find(path))
        text.erase(at, path.size());
    return text;
}

template <class T>
concept streams = requires(std::ostream &out, const T &value) {
    out << value;
};

} // namespace

TEST_CASE("every setting of the file is read, paths relative to the file") {
    const folder here;
    const auto reading = read_settings(R"(
owners   = ["U0COORD", "W12"]
programs = ["programs/starter.toml"]
database = "sqlite:data/rapport.db"
status   = "0.0.0.0:0"
commands = { checkin = "/hello-there", nudge = "/poke" }
)",
                                       here / "rapport.toml", of({}));
    CHECK(text_of(reading.problems) == "");
    REQUIRE(reading.value);
    CHECK(reading.value->owners == std::vector<slack_id>{slack_id{"U0COORD"}, slack_id{"W12"}});
    CHECK(reading.value->programs == std::vector<fs::path>{here / "programs/starter.toml"});
    CHECK(reading.value->database == "sqlite:" + (here / "data/rapport.db").string());
    CHECK(reading.value->status == listen_address{"0.0.0.0", 0});
    CHECK(reading.value->commands.at("checkin") == "/hello-there");
    CHECK(reading.value->commands.at("nudge") == "/poke");
    CHECK(reading.value->commands.at("milestone") == "/milestone");
    CHECK(reading.value->commands.size() == 5);
    CHECK(reading.value->api_url == "https://slack.com/api/");
}

TEST_CASE("an empty file gives the defaults, but nobody could serve with it") {
    const folder here;
    const auto reading = read_settings("", here / "rapport.toml", of({}));
    REQUIRE(reading.value);
    CHECK(reading.value->database == "sqlite:" + (here / "data/rapport.db").string());
    CHECK(reading.value->status == listen_address{"127.0.0.1", 8080});
    const auto missing = text_of(missing_for_serving(*reading.value));
    CHECK(missing.find("There is no owner, so nobody could open a program.") != std::string::npos);
    CHECK(missing.find("SLACK_APP_TOKEN: This is not set.") != std::string::npos);
    CHECK(missing.find("SLACK_BOT_TOKEN: This is not set.") != std::string::npos);
    CHECK(missing.find("SIGNING") == std::string::npos); // Socket Mode does without it
}

TEST_CASE("the environment wins over the file") {
    const folder here;
    const auto reading = read_settings("owners = [\"U1\"]\ndatabase = \"sqlite:a.db\"", here / "rapport.toml",
                                       of({{"DATABASE_URL", "postgres://rapport@/rapport"},
                                           {"SLACK_API_URL", "http://127.0.0.1:9999/api"},
                                           {"SSL_CERT_FILE", (here / "programs/starter.toml").string()},
                                           {"SLACK_APP_TOKEN", "xapp-1-A"},
                                           {"SLACK_BOT_TOKEN", "xoxb-1"},
                                           {"SLACK_SIGNING_SECRET", "8f742231b10e"}}));
    CHECK(text_of(reading.problems) == "");
    REQUIRE(reading.value);
    CHECK(reading.value->database == "postgres://rapport@/rapport");
    CHECK(reading.value->api_url == "http://127.0.0.1:9999/api/");
    CHECK(reading.value->ca_file == here / "programs/starter.toml");
    CHECK(reading.value->app_token.reveal() == "xapp-1-A");
    CHECK(reading.value->bot_token.reveal() == "xoxb-1");
    CHECK(reading.value->signing_secret.reveal() == "8f742231b10e");
    CHECK(missing_for_serving(*reading.value).empty());
}

TEST_CASE("a secret comes from its variable, else its file, else its credential") {
    const folder here;
    here.write("token", "xapp-file\n");
    here.write("credentials/slack-app-token", "xapp-credential\r\n");
    variables env = {{"CREDENTIALS_DIRECTORY", (here / "credentials").string()}};
    const auto token = [&] {
        const auto reading = read_settings("", here / "rapport.toml", of(env));
        REQUIRE(reading.value);
        return reading.value->app_token.reveal();
    };
    CHECK(token() == "xapp-credential");
    env["SLACK_APP_TOKEN_FILE"] = (here / "token").string();
    CHECK(token() == "xapp-file");
    env["SLACK_APP_TOKEN"] = "xapp-variable";
    CHECK(token() == "xapp-variable");
}

TEST_CASE("each problem of the file has its line, column, what was read and how to mend it") {
    struct row {
        std::string toml, says;
    };
    const std::vector<row> table = {
        {"owners = \"U1\"", "rapport.toml:1:10: owners is a text, not a list. Read: \"U1\". Write owners = "
                            "[\"U0COORD\"], member ids as "
                            "the workspace shows them.\n"},
        {"owners = [7]",
         "rapport.toml:1:11: owners holds a number. Read: 7. Write owners = [\"U0COORD\"], member ids "
         "as the workspace shows them.\n"},
        {"\nowners = [\"U1\", \"@ana\"]", "rapport.toml:2:17: This is no member id. Read: \"@ana\". Write "
                                          "owners = [\"U0COORD\"], member ids as the "
                                          "workspace shows them.\n"},
        {"programs = [\"programs/none.toml\"]",
         "rapport.toml:1:13: There is no file programs/none.toml. Read: \"programs/none.toml\". Write "
         "programs = "
         "[\"programs/starter.toml\"], paths relative to this file.\n"},
        {"programs = [\"programs/starter.toml\", \"./programs/starter.toml\"]",
         "rapport.toml:1:38: This policy is named twice. Read: \"./programs/starter.toml\". Name each policy "
         "file "
         "once.\n"},
        {"database = \"mysql://x:secret@y\"",
         "rapport.toml:1:12: database is no address of a database. Write "
         "\"sqlite:data/rapport.db\" or \"postgres://user@host/database\".\n"},
        {"database = 1", "rapport.toml:1:12: database is no address of a database. Write "
                         "\"sqlite:data/rapport.db\" or \"postgres://user@host/database\".\n"},
        {"status = \"8080\"",
         "rapport.toml:1:10: status is no address to listen on. Read: \"8080\". Write status = "
         "\"127.0.0.1:8080\"; port 0 takes a free one.\n"},
        {"status = \"a:65536\"",
         "rapport.toml:1:10: status is no address to listen on. Read: \"a:65536\". Write "
         "status = \"127.0.0.1:8080\"; port 0 takes a free one.\n"},
        {"commands = { chekin = \"/x\" }",
         "rapport.toml:1:14: There is no command chekin. Read: chekin. Did you mean "
         "checkin?\n"},
        {"commands = { checkin = \"Hello\" }", "rapport.toml:1:24: This is no name of a command. Read: "
                                               "\"Hello\". Write checkin = \"/checkin\": a slash, "
                                               "then up to 31 small letters, digits, - or _.\n"},
        {"commands = { checkin = \"/nudge\" }",
         "rapport.toml:1:12: Two commands have the same name. Read: /nudge. "
         "Give each command a name of its own.\n"},
        {"commands = [1]",
         "rapport.toml:1:12: commands is a list, not a table. Read: a list of 1. Write commands = { "
         "checkin = \"/checkin\" }.\n"},
        {"\n  owner = []",
         "rapport.toml:2:3: There is no setting owner. Read: owner. Did you mean owners?\n"},
        {"colour = 1",
         "rapport.toml:1:1: There is no setting colour. Read: colour. The keys are owners, programs, "
         "database, status and commands.\n"},
    };
    for (const auto &[toml, says] : table) {
        INFO(toml);
        CHECK(problems_of(toml) == says);
    }
}

TEST_CASE("all problems are reported at once, in the order of the file, then the environment") {
    const auto all = problems_of("status = 1\ncolour = 1\nowners = [1]\n", {{"SLACK_API_URL", "ftp://x"}});
    CHECK(std::count(all.begin(), all.end(), '\n') == 4);
    CHECK(all.find("rapport.toml:1:") < all.find("rapport.toml:2:"));
    CHECK(all.find("rapport.toml:2:") < all.find("rapport.toml:3:"));
    CHECK(all.find("rapport.toml:3:") < all.find("SLACK_API_URL: "));
    CHECK_FALSE(all.find("SLACK_API_URL: ") == std::string::npos);
}

TEST_CASE("what is not TOML is said with its place, and the environment is still looked at") {
    const auto all = problems_of("owners = [\"U1\"\nstatus = ", {{"SLACK_BOT_TOKEN", "nonsense"}});
    CHECK(all.find("rapport.toml:2:") == 0);
    CHECK(all.find("This is not TOML: ") != std::string::npos);
    CHECK(all.find("SLACK_BOT_TOKEN: This does not begin with xoxb-.") != std::string::npos);
}

TEST_CASE("each problem of the environment names its variable and never shows a secret") {
    struct row {
        std::string name, value, says;
    };
    const std::vector<row> table = {
        {"SLACK_APP_TOKEN", "xoxb-mixed-up", "This does not begin with xapp-."},
        {"SLACK_BOT_TOKEN", "xapp-mixed-up", "This does not begin with xoxb-."},
        {"SLACK_BOT_TOKEN", "xoxb-with blank", "This does not begin with xoxb-."},
        {"SLACK_SIGNING_SECRET", "with\x01mixed-up", "This is not a signing secret."},
        {"SLACK_APP_TOKEN_FILE", "/nowhere/at/all", "This file cannot be read."},
        {"SLACK_API_URL", "http://example.org/api/", "Plain http is taken to this machine only."},
        {"SLACK_API_URL", "http://127.0.0.1.evil.example/", "Plain http is taken to this machine only."},
        {"SLACK_API_URL", "http://localhost@evil.example/", "This is no address of a Web API."},
        {"SLACK_API_URL", "slack.com", "This is no address of a Web API."},
        {"SLACK_API_URL", "https://", "This is no address of a Web API."},
        {"SSL_CERT_FILE", "/nowhere/at/all", "This file cannot be read."},
        {"DATABASE_URL", "mysql://x:mixed-up@y", "This is no address of a database."},
        {"DATABASE_URL", "sqlite:", "This is no address of a database."},
    };
    for (const auto &[name, value, says] : table) {
        INFO(name << " " << value);
        const auto all = problems_of("", {{name, value}});
        CHECK(all.starts_with(name + ": " + says));
        CHECK(all.find("mixed-up") == std::string::npos);
    }
    for (const auto *good :
         {"http://localhost:3000", "http://[::1]:3000/api/", "http://127.0.0.1/", "https://x/api"}) {
        INFO(good);
        CHECK(problems_of("", {{"SLACK_API_URL", good}}) == "");
    }
}

TEST_CASE("a file of settings that is not there says how to get one") {
    const folder here;
    const auto reading = read_settings(here / "none.toml", of({}));
    REQUIRE(reading.problems.size() == 1);
    CHECK(reading.problems[0].wrong == "This file of settings cannot be read.");
    CHECK_FALSE(reading.value);
    CHECK(settings_file({}, of({})) == "rapport.toml");
    CHECK(settings_file({}, of({{"RAPPORT_CONFIG", "/etc/r.toml"}})) == "/etc/r.toml");
    CHECK(settings_file("mine.toml", of({{"RAPPORT_CONFIG", "/etc/r.toml"}})) == "mine.toml");
}

TEST_CASE("a secret cannot be printed") {
    STATIC_REQUIRE_FALSE(streams<secret>);
    STATIC_REQUIRE_FALSE(fmt::is_formattable<secret>::value);
    STATIC_REQUIRE_FALSE(std::is_convertible_v<secret, std::string>);
    CHECK(secret("x").reveal() == "x");
    CHECK(secret().empty());
}
