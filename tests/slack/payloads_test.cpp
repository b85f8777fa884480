// Every published sample payload is taken: shapes we model give their struct, the rest is left alone. The
// samples lie outside the project; where they are not at hand this test says so and passes.
#include "tests/slack/fixtures.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>

using namespace rapport::slack;
using json = nlohmann::json;
namespace fs = std::filesystem;

namespace {

fs::path samples() {
    for (const auto *at : {"../shared/slack/payloads", "../../shared/slack/payloads"})
        if (fs::is_directory(at))
            return at;
    return {};
}

// The samples hold placeholders: every empty text gets a value, so that a lost field shows.
void fill(json &value) {
    if (value.is_string() && value.get<std::string>().empty())
        value = "filled";
    if (value.is_structured())
        for (auto &each : value)
            fill(each);
}

std::string envelope_type(const std::string &file) {
    if (file.find("slash-commands") != std::string::npos)
        return "slash_commands";
    return file.starts_with("events_") ? "events_api" : "interactive";
}

delivery read_sample(const fs::path &path, bool filled) {
    std::ifstream in(path);
    auto payload = json::parse(in);
    if (filled)
        fill(payload);
    const json envelope = {{"envelope_id", "e1"},
                           {"type", envelope_type(path.filename().string())},
                           {"accepts_response_payload", true},
                           {"payload", payload}};
    return slack_tests::delivery_of(envelope.dump());
}

} // namespace

TEST_CASE("every published sample is taken without falling over, and without its words") {
    const auto folder = samples();
    if (folder.empty()) {
        WARN("skipped: published samples: ../shared/slack/payloads is not there");
        SUCCEED();
        return;
    }
    int seen = 0;
    for (const auto &entry : fs::directory_iterator(folder)) {
        INFO(entry.path().filename().string());
        for (const bool filled : {false, true}) {
            const auto d = read_sample(entry.path(), filled);
            CHECK(d.envelope_id == "e1");
            CHECK_FALSE(d.keys.primary.empty());
        }
        ++seen;
    }
    CHECK(seen > 40);
}

TEST_CASE("the published samples of what Rapport uses keep the fields it uses") {
    const auto folder = samples();
    if (folder.empty()) {
        WARN("skipped: published samples: ../shared/slack/payloads is not there");
        SUCCEED();
        return;
    }
    const auto what = [&](const char *file) { return read_sample(folder / file, true).what; };

    const auto c = std::get<slash_command>(what("app-backend_slash-commands_SlashCommandPayload.json"));
    CHECK(c.user == "filled");
    CHECK(c.text == "filled");
    CHECK(c.trigger == "filled");
    const auto p = std::get<block_action>(what("app-backend_interactive-components_BlockActionPayload.json"));
    CHECK(p.user == "filled");
    CHECK(p.channel == "filled");
    CHECK_FALSE(p.presses.empty());
    const auto f = std::get<view_submission>(what("app-backend_views_ViewSubmissionPayload.json"));
    CHECK(f.view.private_metadata == "filled");
    CHECK(f.view.hash == "filled");
    const auto d = std::get<message_deleted>(what("events_MessageDeletedPayload.json"));
    CHECK(d.ts == "filled");
    CHECK(d.user == "filled");
    CHECK(std::get<message_seen>(what("events_MessageFileSharePayload.json")).kind == message_kind::file);
    CHECK(std::get<message_seen>(what("events_MessageMePayload.json")).kind == message_kind::me);
    CHECK(std::get<message_seen>(what("events_MessageBotPayload.json")).is_bot);
    CHECK(std::get<message_seen>(what("events_MessageChannelLeavePayload.json")).kind == message_kind::other);
    const auto joined = std::get<team_join>(what("events_TeamJoinPayload.json")).person;
    CHECK(joined.id == "filled");
    CHECK(joined.tz == "filled");
    CHECK(joined.name == "filled");
    CHECK(joined.updated == 123);
    CHECK(std::get<member_joined>(what("events_MemberJoinedChannelPayload.json")).channel == "filled");
    CHECK(std::get<reaction_added>(what("events_ReactionAddedPayload.json")).ts == "0000000000.000000");
    CHECK(std::get<channel_changed>(what("events_GroupRenamePayload.json")).name == "filled");
    CHECK(std::get<channel_changed>(what("events_GroupArchivePayload.json")).channel == "filled");
    CHECK(std::get<tokens_revoked>(what("events_TokensRevokedPayload.json")).bots.size() == 1);
}
