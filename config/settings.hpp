// The settings of one installation: one TOML file plus the environment, which wins. Names are an interface
// (docs/product: command line); a key or value that cannot stand is reported with all others at once.
#pragma once

#include "config/problem.hpp"
#include "config/secret.hpp"
#include "mentoring/ids.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rapport::config {

// A variable of the environment; nothing where it is not set. Passed in, so that only main reads the real
// one.
using environment = std::function<std::optional<std::string>(const std::string &name)>;
environment system_environment();

// An address to listen on.
struct listen_address {
    std::string host = "127.0.0.1";
    std::uint16_t port = 8080; // 0 takes a free one

    bool operator==(const listen_address &) const = default;
};

// The five commands by their own names, each with the name it has in this workspace.
using command_names = std::map<std::string, std::string>;
command_names default_commands(); // {"checkin", "/checkin"}, ...

struct settings {
    std::filesystem::path file;
    std::vector<slack_id> owners;
    std::vector<std::filesystem::path>
        programs;         // policy files, relative ones made relative to the file's folder
    std::string database; // "sqlite:PATH" or "postgres://..."
    listen_address status;
    command_names commands = default_commands();
    secret app_token, bot_token, signing_secret; // empty where not given
    std::string api_url;                         // ends with "/"
    std::filesystem::path ca_file;               // SSL_CERT_FILE; empty: the system's
};

struct settings_reading {
    std::optional<settings> value; // where nothing is wrong
    std::vector<problem> problems;
};

// Which file holds the settings: the one named, else RAPPORT_CONFIG, else rapport.toml in this folder.
std::filesystem::path settings_file(const std::optional<std::filesystem::path> &named,
                                    const environment &env);

// Reads the file and the environment. A secret comes from its variable, else from the file that VARIABLE_FILE
// names, else from the systemd credential of its name (slack-app-token).
settings_reading read_settings(const std::filesystem::path &file, const environment &env);
// The same with the file's text in hand; `file` names it in problems and anchors relative paths.
settings_reading read_settings(std::string_view toml, const std::filesystem::path &file,
                               const environment &env);

// What `serve` needs beyond that: an owner, and the tokens. Empty when it may start.
std::vector<problem> missing_for_serving(const settings &what);

} // namespace rapport::config
