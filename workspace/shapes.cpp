// The platform's JSON shapes; see shapes.hpp.
#include "workspace/shapes.hpp"

#include <date/tz.h>

namespace workspace {
namespace {

json profile_of(const team &of, const person &who, bool with_email) {
    json out{{"real_name", who.real_name},
             {"real_name_normalized", who.real_name},
             {"display_name", who.display_name},
             {"display_name_normalized", who.display_name},
             {"title", who.title},
             {"status_text", ""},
             {"status_emoji", ""},
             {"status_expiration", 0},
             {"team", of.who().team}};
    if (with_email && !who.email.empty())
        out["email"] = who.email;
    if (who.id == of.who().bot_user) {
        out["bot_id"] = of.who().bot;
        out["api_app_id"] = of.who().app;
    }
    return out;
}

void add_zone(json &out, const person &who, instant now) {
    if (who.tz.empty())
        return;
    try {
        const auto info = date::locate_zone(who.tz)->get_info(std::chrono::floor<std::chrono::seconds>(now));
        out["tz"] = who.tz;
        out["tz_label"] = info.abbrev;
        out["tz_offset"] = info.offset.count();
    } catch (const std::runtime_error &) {
        out["tz"] = who.tz; // a zone this machine does not know; the platform would still say its name
    }
}

} // namespace

json shape(const team &of, const person &who, bool with_email, instant now) {
    json out{{"id", who.id},
             {"team_id", who.is_stranger ? "T0ELSEWHERE" : of.who().team},
             {"name", who.name},
             {"deleted", who.deleted},
             {"profile", profile_of(of, who, with_email)},
             {"is_bot", who.is_bot && who.id != "USLACKBOT"},
             {"is_app_user", false},
             {"updated", who.updated}};
    if (who.is_stranger)
        out["is_stranger"] = true;
    if (who.deleted)
        return out; // the platform leaves out the rest for deactivated people
    out.update({{"real_name", who.real_name},
                {"is_admin", who.is_admin || who.is_owner},
                {"is_owner", who.is_owner},
                {"is_primary_owner", false},
                {"is_restricted", who.is_restricted || who.is_ultra_restricted},
                {"is_ultra_restricted", who.is_ultra_restricted},
                {"is_email_confirmed", !who.is_bot},
                {"color", "9f69e7"}});
    add_zone(out, who, now);
    return out;
}

std::string_view channel_type(conversation_kind kind) {
    switch (kind) {
    case conversation_kind::channel:
        return "channel";
    case conversation_kind::group:
        return "group";
    case conversation_kind::im:
        return "im";
    case conversation_kind::mpim:
        return "mpim";
    }
    return "channel";
}

std::string_view channel_letter(conversation_kind kind) {
    return kind == conversation_kind::channel ? "C" : "G";
}

std::string name_in_payloads(const conversation &what) {
    if (what.kind == conversation_kind::im)
        return "directmessage";
    return what.kind == conversation_kind::group ? "privategroup" : what.name;
}

json shape(const team &of, const conversation &what, bool with_member_count) {
    json out{{"id", what.id},
             {"created", what.created},
             {"is_archived", what.archived},
             {"is_channel", what.kind == conversation_kind::channel},
             {"is_group", what.kind == conversation_kind::group},
             {"is_im", what.kind == conversation_kind::im},
             {"is_mpim", what.kind == conversation_kind::mpim},
             {"is_private", what.kind != conversation_kind::channel},
             {"is_org_shared", false},
             {"context_team_id", of.who().team}};
    if (what.kind == conversation_kind::im) {
        out["user"] = what.members.front();
        out["is_user_deleted"] = false;
    } else {
        out.update({{"name", what.name},
                    {"name_normalized", what.name},
                    {"creator", what.creator},
                    {"is_general", what.name == "general"},
                    {"is_member", what.has(of.who().bot_user)},
                    {"is_shared", false},
                    {"is_ext_shared", false},
                    {"topic", {{"value", ""}, {"creator", ""}, {"last_set", 0}}},
                    {"purpose", {{"value", ""}, {"creator", ""}, {"last_set", 0}}}});
    }
    if (with_member_count)
        out["num_members"] = what.members.size();
    return out;
}

json bot_profile(const team &of) {
    return {{"id", of.who().bot},       {"app_id", of.who().app}, {"name", of.who().bot_name},
            {"team_id", of.who().team}, {"deleted", false},       {"updated", 0},
            {"icons", json::object()}};
}

json shape(const team &of, const message &what) {
    json out{{"type", "message"}, {"ts", what.ts}, {"text", what.text}, {"team", of.who().team}};
    if (!what.user.empty())
        out["user"] = what.user;
    if (!what.subtype.empty())
        out["subtype"] = what.subtype;
    if (!what.bot_id.empty()) {
        out["bot_id"] = what.bot_id;
        out["app_id"] = of.who().app;
        out["bot_profile"] = bot_profile(of);
    }
    if (!what.blocks.empty())
        out["blocks"] = what.blocks;
    if (!what.attachments.empty())
        out["attachments"] = what.attachments;
    if (!what.files.empty())
        out["files"] = what.files;
    if (!what.metadata.is_null())
        out["metadata"] = what.metadata;
    if (!what.thread_ts.empty())
        out["thread_ts"] = what.thread_ts;
    if (!what.edited_ts.empty())
        out["edited"] = {{"user", what.edited_by}, {"ts", what.edited_ts}};
    for (const auto &each : what.reactions)
        out["reactions"].push_back(
            {{"name", each.name}, {"users", each.users}, {"count", each.users.size()}});
    return out;
}

json shape(const team &of, const view &what) {
    json out = what.body;
    out.update({{"id", what.id},
                {"team_id", of.who().team},
                {"app_id", of.who().app},
                {"bot_id", of.who().bot},
                {"app_installed_team_id", of.who().team},
                {"hash", what.hash},
                {"root_view_id", what.root_id},
                {"previous_view_id", what.previous_id.empty() ? json() : json(what.previous_id)},
                {"state", {{"values", what.values}}}});
    for (const auto *key : {"private_metadata", "callback_id", "external_id"})
        if (!out.contains(key))
            out[key] = "";
    for (const auto *key : {"clear_on_close", "notify_on_close", "submit_disabled"})
        if (!out.contains(key))
            out[key] = false;
    for (const auto *key : {"title", "submit", "close"})
        if (!out.contains(key))
            out[key] = nullptr;
    return out;
}

} // namespace workspace
