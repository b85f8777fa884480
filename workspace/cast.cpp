// The default cast and the reading of seeds; see cast.hpp.
#include "workspace/cast.hpp"

#include <date/tz.h>

#include <algorithm>
#include <array>

namespace workspace {
namespace {

struct text_field {
    std::string_view key;
    std::string person::*where;
};
constexpr std::array text_fields{
    text_field{"id", &person::id},
    text_field{"name", &person::name},
    text_field{"real_name", &person::real_name},
    text_field{"display_name", &person::display_name},
    text_field{"email", &person::email},
    text_field{"tz", &person::tz},
    text_field{"title", &person::title},
};

struct flag_field {
    std::string_view key;
    bool person::*where;
};
constexpr std::array flag_fields{
    flag_field{"deleted", &person::deleted},
    flag_field{"is_bot", &person::is_bot},
    flag_field{"is_restricted", &person::is_restricted},
    flag_field{"is_ultra_restricted", &person::is_ultra_restricted},
    flag_field{"is_admin", &person::is_admin},
    flag_field{"is_owner", &person::is_owner},
    flag_field{"is_stranger", &person::is_stranger},
    flag_field{"dnd_enabled", &person::dnd_enabled},
};

bool good_id(std::string_view id, std::string_view letters) {
    return id.size() >= 2 && letters.find(id.front()) != std::string_view::npos &&
           std::all_of(id.begin(), id.end(),
                       [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
}

bool known_zone(const std::string &name) {
    try {
        return date::locate_zone(name) != nullptr;
    } catch (const std::runtime_error &) {
        return false;
    }
}

} // namespace

std::string read_person(const json &from, person &into) {
    if (!from.is_object())
        return "a person is an object";
    for (const auto &[key, where] : text_fields)
        if (from.contains(key)) {
            if (!from[key].is_string())
                return std::string(key) + " is not a string";
            into.*where = from[key].get<std::string>();
        }
    for (const auto &[key, where] : flag_fields)
        if (from.contains(key)) {
            if (!from[key].is_boolean())
                return std::string(key) + " is not true or false";
            into.*where = from[key].get<bool>();
        }
    into.dnd_start = number_in(from, "dnd_start", into.dnd_start);
    into.dnd_end = number_in(from, "dnd_end", into.dnd_end);
    if (!good_id(into.id, "UW"))
        return "id \"" + into.id + "\" is not U or W followed by capitals and digits";
    if (into.name.empty())
        return "person " + into.id + " has no name";
    if (!into.tz.empty() && !known_zone(into.tz))
        return "person " + into.id + ": no such time zone: " + into.tz;
    if (into.real_name.empty())
        into.real_name = into.name;
    return {};
}

void add_own_people(team &to, instant now) {
    const auto &who = to.who();
    person bot{.id = who.bot_user, .name = who.bot_name, .real_name = who.bot_name};
    bot.is_bot = true;
    bot.updated = seconds_of(now);
    to.people[bot.id] = bot;
    person slackbot{.id = "USLACKBOT", .name = "slackbot", .real_name = "Slackbot"};
    slackbot.updated = 0;
    to.people[slackbot.id] = slackbot;
}

json default_cast() {
    static const auto cast = json::parse(R"({
      "people": [
        {"id":"U0COORD","name":"cora","real_name":"Cora Bell","display_name":"Cora","email":"cora@example.org","tz":"America/New_York","title":"Program coordinator"},
        {"id":"U0OWNER","name":"otto","real_name":"Otto Lind","display_name":"Otto","email":"otto@example.org","tz":"America/New_York","is_owner":true},
        {"id":"U0PRIYA","name":"priya","real_name":"Priya Raman","display_name":"Priya","email":"priya@example.org","tz":"America/New_York","title":"Medical devices"},
        {"id":"U0SAM","name":"sam","real_name":"Sam Okafor","display_name":"Sam","email":"sam@example.org","tz":"America/Los_Angeles","title":"Robotics"},
        {"id":"U0NOOR","name":"noor","real_name":"Noor Haddad","display_name":"Noor","email":"noor@example.org","tz":"Europe/Berlin","title":"Energy"},
        {"id":"U0ANA","name":"ana","real_name":"Ana Duarte","display_name":"Ana","email":"ana@example.org","tz":"America/New_York"},
        {"id":"U0BEN","name":"ben","real_name":"Ben Castillo","display_name":"Ben","email":"ben@example.org","tz":"America/Chicago"},
        {"id":"U0CHI","name":"chi","real_name":"Chi Nguyen","display_name":"","email":"chi@example.org","tz":"America/New_York"},
        {"id":"U0DEE","name":"dee","real_name":"Dee Larsson","display_name":"Dee","email":"dee@example.org","tz":"Asia/Kolkata"},
        {"id":"U0GONE","name":"gus","real_name":"Gus Moreau","display_name":"Gus","email":"gus@example.org","tz":"America/New_York","deleted":true},
        {"id":"U0GUEST","name":"greta","real_name":"Greta Sand","display_name":"Greta","email":"greta@example.com","tz":"America/New_York","is_restricted":true},
        {"id":"U0OTHERBOT","name":"standup","real_name":"Standup","display_name":"Standup","is_bot":true}
      ],
      "channels": [
        {"id":"C0GENERAL","name":"general","members":["U0COORD","U0OWNER","U0PRIYA","U0SAM","U0NOOR","U0ANA","U0BEN","U0CHI","U0DEE"]},
        {"id":"C0MENTORING","name":"mentoring","members":["U0COORD","U0PRIYA","U0SAM","U0NOOR","U0ANA","U0BEN","U0CHI","U0DEE","U0GUEST","U0RAPPORT"]},
        {"id":"C0STAFF","name":"mentoring-staff","private":true,"members":["U0COORD","U0OWNER","U0RAPPORT"]}
      ]})");
    return cast;
}

std::string add_cast(team &to, const json &seed, instant now) {
    if (!seed.is_object())
        return "a seed is a JSON object with people and channels";
    std::vector<person> people;
    std::vector<conversation> channels;
    for (const auto &each : part_of(seed, "people")) {
        person who;
        if (const auto wrong = read_person(each, who); !wrong.empty())
            return wrong;
        who.updated = seconds_of(now);
        people.push_back(who);
    }
    const auto known = [&](const std::string &id) {
        return to.find_person(id) ||
               std::any_of(people.begin(), people.end(), [&](auto &p) { return p.id == id; });
    };
    for (const auto &each : part_of(seed, "channels")) {
        conversation where{
            .id = text_in(each, "id"), .name = text_in(each, "name"), .members = {}, .messages = {}};
        where.kind = flag_in(each, "private") ? conversation_kind::group : conversation_kind::channel;
        where.archived = flag_in(each, "archived");
        where.created = seconds_of(now);
        if (!good_id(where.id, "CG") || where.name.empty())
            return "channel \"" + where.id + "\" needs an id (C and capitals or digits) and a name";
        for (const auto &member : part_of(each, "members")) {
            if (!member.is_string() || !known(member.get<std::string>()))
                return "channel " + where.id + ": no such person: " + wire(member);
            where.members.push_back(member.get<std::string>());
        }
        where.creator = where.members.empty() ? std::string() : where.members.front();
        channels.push_back(std::move(where));
    }
    for (auto &each : people)
        to.people[each.id] = std::move(each);
    for (auto &each : channels)
        to.conversations[each.id] = std::move(each);
    return {};
}

} // namespace workspace
