// Reading settings: a row a key of the file, a row a variable of the environment; see settings.hpp.
#include "config/settings.hpp"

#include "config/document.hpp"
#include "mentoring/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>

namespace rapport::config {
namespace fs = std::filesystem;
namespace {

constexpr std::array<std::string_view, 5> command_words = {"checkin", "milestone", "nudge", "mentoring",
                                                           "program"};

struct reader {
    settings &to;
    std::vector<problem> &problems;
    std::string source;
    fs::path folder;

    void wrong(place at, std::string read, std::string what, std::string mend) {
        problems.push_back({source, at, std::move(read), std::move(what), std::move(mend)});
    }
    void wrong_variable(const std::string &name, std::string read, std::string what, std::string mend) {
        problems.push_back({name, {}, std::move(read), std::move(what), std::move(mend)});
    }
};

bool is_member_id(std::string_view text) {
    return text.size() >= 2 && text.size() <= 32 && (text[0] == 'U' || text[0] == 'W') &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
}

// Each text of a list; complains of everything else.
std::vector<const node *> texts_of(reader &r, const node &list, std::string_view key,
                                   const std::string &mend) {
    std::vector<const node *> texts;
    if (list.kind != node_kind::list)
        r.wrong(list.at, list.shown(), fmt::format("{} is {}, not a list.", key, name_of(list.kind)), mend);
    for (const auto &each : list.items)
        if (each.kind == node_kind::text)
            texts.push_back(&each);
        else
            r.wrong(each.at, each.shown(), fmt::format("{} holds {}.", key, name_of(each.kind)), mend);
    return texts;
}

void read_owners(reader &r, const node &value) {
    const std::string mend = "Write owners = [\"U0COORD\"], member ids as the workspace shows them.";
    for (const auto *each : texts_of(r, value, "owners", mend))
        if (is_member_id(each->text))
            r.to.owners.emplace_back(each->text);
        else
            r.wrong(each->at, each->shown(), "This is no member id.", mend);
}

void read_programs(reader &r, const node &value) {
    const std::string mend = "Write programs = [\"programs/starter.toml\"], paths relative to this file.";
    for (const auto *each : texts_of(r, value, "programs", mend)) {
        const auto path = (r.folder / each->text).lexically_normal();
        std::error_code ignored;
        if (each->text.empty() || !fs::is_regular_file(path, ignored))
            r.wrong(each->at, each->shown(), fmt::format("There is no file {}.", path.string()), mend);
        else if (std::find(r.to.programs.begin(), r.to.programs.end(), path) != r.to.programs.end())
            r.wrong(each->at, each->shown(), "This policy is named twice.", "Name each policy file once.");
        else
            r.to.programs.push_back(path);
    }
}

constexpr std::string_view database_mend =
    "Write \"sqlite:data/rapport.db\" or \"postgres://user@host/database\".";

// The database's address with its path anchored; nothing for one that is none.
std::optional<std::string> database_at(std::string_view text, const fs::path &folder) {
    if (text.starts_with("postgres://") || text.starts_with("postgresql://"))
        return text.size() > text.find("://") + 3 ? std::optional(std::string(text)) : std::nullopt;
    if (!text.starts_with("sqlite:"))
        return std::nullopt;
    const auto path = text.substr(7);
    if (path.empty() || path.starts_with("//"))
        return std::nullopt;
    if (path == ":memory:")
        return std::string(text);
    return "sqlite:" + (folder / path).lexically_normal().string();
}

void read_database(reader &r, const node &value) {
    const auto read = value.kind == node_kind::text ? database_at(value.text, r.folder) : std::nullopt;
    if (read)
        r.to.database = *read;
    else // an address may hold a password: it is not repeated
        r.wrong(value.at, {}, "database is no address of a database.", std::string(database_mend));
}

void read_status(reader &r, const node &value) {
    const auto colon = value.text.rfind(':');
    const auto port = colon == std::string::npos ? std::string() : value.text.substr(colon + 1);
    auto host = value.text.substr(0, colon == std::string::npos ? 0 : colon);
    if (host.starts_with('[') && host.ends_with(']'))
        host = host.substr(1, host.size() - 2);
    const bool number = !port.empty() && port.size() <= 5 &&
                        std::all_of(port.begin(), port.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (value.kind != node_kind::text || !number || host.empty() || std::stoi(port) > 65535)
        return r.wrong(value.at, value.shown(), "status is no address to listen on.",
                       "Write status = \"127.0.0.1:8080\"; port 0 takes a free one.");
    r.to.status = {host, static_cast<std::uint16_t>(std::stoi(port))};
}

bool is_command(std::string_view text) {
    return text.size() >= 2 && text.size() <= 32 && text[0] == '/' &&
           std::all_of(text.begin() + 1, text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
           });
}

std::string unknown_key(std::string_view key, std::span<const std::string_view> known) {
    if (const auto near = nearest_word(key, known))
        return fmt::format("Did you mean {}?", *near);
    return fmt::format("The keys are {}.", listed(std::vector<std::string>(known.begin(), known.end())));
}

void read_commands(reader &r, const node &value) {
    if (value.kind != node_kind::table)
        return r.wrong(value.at, value.shown(),
                       fmt::format("commands is {}, not a table.", name_of(value.kind)),
                       "Write commands = { checkin = \"/checkin\" }.");
    for (const auto &[key, name] : value.entries) {
        if (std::find(command_words.begin(), command_words.end(), key) == command_words.end())
            r.wrong(value.place_of(key), key, fmt::format("There is no command {}.", key),
                    unknown_key(key, command_words));
        else if (name.kind != node_kind::text || !is_command(name.text))
            r.wrong(name.at, name.shown(), "This is no name of a command.",
                    fmt::format("Write {} = \"/{}\": a slash, then up to 31 small letters, digits, - or _.",
                                key, key));
        else
            r.to.commands[key] = name.text;
    }
    std::set<std::string> seen;
    for (const auto &[key, name] : r.to.commands)
        if (!seen.insert(name).second)
            r.wrong(value.at, name, "Two commands have the same name.",
                    "Give each command a name of its own.");
}

struct key_row {
    std::string_view key;
    void (*read)(reader &, const node &);
};
constexpr std::array<key_row, 5> file_keys = {{{"owners", read_owners},
                                               {"programs", read_programs},
                                               {"database", read_database},
                                               {"status", read_status},
                                               {"commands", read_commands}}};

// ---- the environment ----

std::string without_line_end(std::string text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' '))
        text.pop_back();
    return text;
}

std::optional<std::string> content_of(const fs::path &path) {
    std::ifstream in(path, std::ios::binary);
    if (!in || fs::is_directory(path))
        return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(in), {});
}

struct secret_row {
    std::string_view variable, credential, prefix, where;
    secret settings::*to;
};
constexpr std::array<secret_row, 3> secrets = {{
    {"SLACK_APP_TOKEN", "slack-app-token", "xapp-", "Basic Information, App-Level Tokens",
     &settings::app_token},
    {"SLACK_BOT_TOKEN", "slack-bot-token", "xoxb-", "OAuth & Permissions", &settings::bot_token},
    {"SLACK_SIGNING_SECRET", "slack-signing-secret", "", "Basic Information", &settings::signing_secret},
}};

void read_secret(reader &r, const secret_row &row, const environment &env) {
    const std::string name(row.variable);
    auto value = env(name);
    if (!value) {
        if (const auto file = env(name + "_FILE")) {
            value = content_of(*file);
            if (!value)
                return r.wrong_variable(name + "_FILE", *file, "This file cannot be read.",
                                        "Name a file that holds the value and that this user may read.");
        } else if (const auto folder = env("CREDENTIALS_DIRECTORY")) {
            value = content_of(fs::path(*folder) / row.credential);
        }
    }
    if (!value)
        return;
    const auto text = without_line_end(*value);
    const bool printable = std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; });
    if (text.empty() || !printable || !text.starts_with(row.prefix)) // never shown: it is a secret
        return r.wrong_variable(name, {},
                                row.prefix.empty() ? "This is not a signing secret."
                                                   : fmt::format("This does not begin with {}.", row.prefix),
                                fmt::format("Copy it from the app's page, {}.", row.where));
    r.to.*row.to = secret(text);
}

bool is_loopback(std::string_view host) {
    if (host == "localhost" || host == "[::1]")
        return true;
    return host.starts_with("127.") && host.size() > 4 &&
           std::all_of(host.begin(), host.end(), [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
}

void read_api_url(reader &r, const environment &env) {
    auto url = env("SLACK_API_URL").value_or("https://slack.com/api/");
    if (!url.ends_with('/'))
        url += '/';
    const bool secure = url.starts_with("https://"), plain = url.starts_with("http://");
    const auto begin = secure ? 8U : 7U;
    auto host = url.substr(std::min<std::size_t>(begin, url.size()));
    host = host.substr(0, host.find('/'));
    const auto bare =
        host.starts_with('[') ? host.substr(0, host.find(']') + 1) : host.substr(0, host.find(':'));
    if ((!secure && !plain) || bare.empty() || host.find('@') != std::string::npos)
        return r.wrong_variable("SLACK_API_URL", {}, "This is no address of a Web API.",
                                "Write https://slack.com/api/, or leave it out.");
    if (plain && !is_loopback(bare))
        return r.wrong_variable("SLACK_API_URL", url, "Plain http is taken to this machine only.",
                                "Write https://, or an address like http://127.0.0.1:8080/api/.");
    r.to.api_url = url;
}

void read_environment(reader &r, const environment &env) {
    for (const auto &row : secrets)
        read_secret(r, row, env);
    read_api_url(r, env);
    if (const auto file = env("SSL_CERT_FILE")) {
        std::error_code ignored;
        if (fs::is_regular_file(*file, ignored))
            r.to.ca_file = *file;
        else
            r.wrong_variable("SSL_CERT_FILE", *file, "This file cannot be read.",
                             "Name a file of certificates, or leave it out for the system's.");
    }
    if (const auto url = env("DATABASE_URL")) {
        // a path given by the environment is meant from where the program was started
        if (const auto read = database_at(*url, {}))
            r.to.database = *read;
        else
            r.wrong_variable("DATABASE_URL", {}, "This is no address of a database.",
                             std::string(database_mend));
    }
}

} // namespace

environment system_environment() {
    return [](const std::string &name) -> std::optional<std::string> {
        const auto *value = std::getenv(name.c_str());
        return value != nullptr && *value != '\0' ? std::optional<std::string>(value) : std::nullopt;
    };
}

command_names default_commands() {
    command_names names;
    for (const auto word : command_words)
        names[std::string(word)] = "/" + std::string(word);
    return names;
}

fs::path settings_file(const std::optional<fs::path> &named, const environment &env) {
    if (named)
        return *named;
    return env("RAPPORT_CONFIG").value_or("rapport.toml");
}

settings_reading read_settings(const fs::path &file, const environment &env) {
    if (const auto text = content_of(file))
        return read_settings(*text, file, env);
    return {{},
            {{file.string(),
              {},
              {},
              "This file of settings cannot be read.",
              "Copy config/rapport.toml there, or name yours with --config or RAPPORT_CONFIG."}}};
}

settings_reading read_settings(std::string_view toml, const fs::path &file, const environment &env) {
    settings_reading reading;
    settings found;
    found.file = file;
    found.database = *database_at("sqlite:data/rapport.db", file.parent_path());
    reader r{found, reading.problems, file.string(), file.parent_path()};
    const auto doc = read_document(toml, r.source);
    if (doc.broken)
        reading.problems.push_back(*doc.broken);
    for (const auto &[key, value] : doc.root.entries) {
        const auto row = std::find_if(file_keys.begin(), file_keys.end(),
                                      [&key = key](const key_row &each) { return each.key == key; });
        if (row != file_keys.end()) {
            row->read(r, value);
            continue;
        }
        std::vector<std::string_view> known;
        for (const auto &each : file_keys)
            known.push_back(each.key);
        r.wrong(doc.root.place_of(key), key, fmt::format("There is no setting {}.", key),
                unknown_key(key, known));
    }
    read_environment(r, env);
    if (reading.problems.empty())
        reading.value = std::move(found);
    return reading;
}

std::vector<problem> missing_for_serving(const settings &what) {
    std::vector<problem> missing;
    if (what.owners.empty())
        missing.push_back({what.file.string(),
                           {},
                           {},
                           "There is no owner, so nobody could open a program.",
                           "Write owners = [\"U0COORD\"] with your own member id."});
    for (const auto &row : secrets)
        if (!row.prefix.empty() && (what.*row.to).empty())
            missing.push_back({std::string(row.variable),
                               {},
                               {},
                               "This is not set.",
                               fmt::format("Set it, or {}_FILE; the app's page shows it under {}.",
                                           row.variable, row.where)});
    return missing;
}

} // namespace rapport::config
