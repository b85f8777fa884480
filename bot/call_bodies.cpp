// Bodies and answers as JSON; see call_bodies.hpp.
#include "bot/call_bodies.hpp"

#include <nlohmann/json.hpp>

namespace rapport::bot::bodies {
namespace {

using nlohmann::json;

std::string text_of(const json &what) {
    return what.dump(-1, ' ', false, json::error_handler_t::replace);
}

json read(std::string_view text) {
    auto made = json::parse(text, nullptr, false);
    return made.is_object() ? made : json::object();
}

std::string word(const json &in, const char *name) {
    const auto it = in.find(name);
    if (it == in.end())
        return {};
    return it->is_string() ? it->get<std::string>() : std::string();
}

bool flag(const json &in, const char *name) {
    const auto it = in.find(name);
    return it != in.end() && it->is_boolean() && it->get<bool>();
}

} // namespace

std::string open_view(std::string_view trigger, std::string_view view) {
    return text_of(json{{"trigger_id", trigger}, {"view", read(view)}});
}

std::string publish_home(const slack_id &whose, std::string_view view) {
    return text_of(json{{"user_id", whose.str()}, {"view", read(view)}});
}

std::string open_direct(const slack_id &with) {
    return text_of(json{{"users", with.str()}});
}

std::string open_with(const std::vector<slack_id> &all) {
    std::string users;
    for (const auto &who : all)
        users += (users.empty() ? "" : ",") + who.str();
    return open_direct(slack_id{users});
}

std::string post(const channel_id &where, std::string_view message) {
    auto body = read(message);
    for (const auto *only_by_response : {"response_type", "replace_original", "delete_original"})
        body.erase(only_by_response);
    body["channel"] = where.str();
    return text_of(body);
}

std::string ephemeral(std::string_view message) {
    auto body = read(message);
    body["response_type"] = "ephemeral";
    if (!body.contains("replace_original"))
        body["replace_original"] = false;
    return text_of(body);
}

bool has_words(std::string_view message) {
    return !word(read(message), "text").empty();
}

std::string users_info(const slack_id &who) {
    return text_of(json{{"user", who.str()}});
}

std::string lookup_by_email(std::string_view email) {
    return text_of(json{{"email", email}});
}

std::string members_of(const channel_id &where, std::string_view cursor) {
    json body{{"channel", where.str()}, {"limit", 999}};
    if (!cursor.empty())
        body["cursor"] = cursor;
    return text_of(body);
}

std::optional<members_page> members_of_answer(std::string_view answer) {
    const auto body = read(answer);
    const auto members = body.find("members");
    if (members == body.end() || !members->is_array())
        return std::nullopt;
    members_page made;
    for (const auto &one : *members)
        if (one.is_string())
            made.members.emplace_back(one.get<std::string>());
    if (const auto more = body.find("response_metadata"); more != body.end() && more->is_object())
        made.next = word(*more, "next_cursor");
    return made;
}

std::optional<person_described> person_of(std::string_view answer, const team_id &ours) {
    const auto body = read(answer);
    const auto found = body.find("user");
    if (found == body.end() || !found->is_object())
        return std::nullopt;
    const auto &user = *found;
    const auto profile = user.value("profile", json::object());
    person_described made;
    made.who = slack_id{word(user, "id")};
    for (const auto *name : {"display_name", "real_name"})
        if (made.name.empty() && profile.is_object())
            made.name = word(profile, name);
    for (const auto *name : {"real_name", "name"})
        if (made.name.empty())
            made.name = word(user, name);
    made.zone = word(user, "tz");
    if (profile.is_object())
        made.email = word(profile, "email");
    made.deactivated = flag(user, "deleted");
    made.guest = flag(user, "is_restricted") || flag(user, "is_ultra_restricted");
    made.bot = flag(user, "is_bot") || made.who.str() == "USLACKBOT";
    const auto team = word(user, "team_id");
    made.stranger = flag(user, "is_stranger") || (!team.empty() && team != ours.str());
    if (made.who.empty())
        return std::nullopt;
    return made;
}

std::optional<channel_id> opened_channel(std::string_view answer) {
    const auto body = read(answer);
    const auto channel = body.find("channel");
    if (channel == body.end() || !channel->is_object())
        return std::nullopt;
    auto id = word(*channel, "id");
    return id.empty() ? std::nullopt : std::optional(channel_id{std::move(id)});
}

std::optional<posted> posted_message(std::string_view answer) {
    const auto body = read(answer);
    posted made{channel_id{word(body, "channel")}, word(body, "ts")};
    if (made.channel.empty() || made.ts.empty())
        return std::nullopt;
    return made;
}

std::optional<identity> identity_of(std::string_view answer) {
    const auto body = read(answer);
    identity made{team_id{word(body, "team_id")}, word(body, "team"), slack_id{word(body, "user_id")},
                  word(body, "bot_id")};
    if (made.team.empty() || made.user.empty())
        return std::nullopt;
    return made;
}

} // namespace rapport::bot::bodies
