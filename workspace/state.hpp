// What the workspace knows: its team, people, conversations, messages and views, as plain values with the few
// verbs that keep them consistent. It knows neither who may do what (web_api, hands) nor how anybody is told.
#pragma once

#include "workspace/json.hpp"
#include "workspace/timeline.hpp"

#include <map>
#include <string>
#include <vector>

namespace workspace {

struct person {
    std::string id = {}; // U..., W...
    std::string name = {};
    std::string real_name = {};
    std::string display_name = {};
    std::string email = {};
    std::string tz = {}; // IANA; empty: unknown, as for bots and strangers
    std::string title = {};
    bool deleted = false;
    bool is_bot = false;
    bool is_restricted = false;       // guest
    bool is_ultra_restricted = false; // guest of one channel
    bool is_admin = false;
    bool is_owner = false;
    bool is_stranger = false; // of a connected workspace
    long long updated = 0;
    bool dnd_enabled = false;
    long long dnd_start = 0;
    long long dnd_end = 0;
};

struct reaction {
    std::string name = {};
    std::vector<std::string> users = {};
};

struct message {
    std::string ts = {};
    std::string user = {};
    std::string bot_id = {}; // set for what an app posted
    std::string subtype = {};
    std::string text = {};
    json blocks = json::array(); // as they were sent; empty: none
    json attachments = json::array();
    json files = json::array();
    json metadata = {}; // null: none
    std::string thread_ts = {};
    std::string edited_ts = {};
    std::string edited_by = {};
    std::string ephemeral_to = {}; // empty: everybody in the conversation sees it
    std::vector<reaction> reactions = {};
    bool pinned = false;
};

enum class conversation_kind { channel, group, im, mpim };

struct conversation {
    std::string id = {};
    std::string name = {};
    conversation_kind kind = conversation_kind::channel;
    bool archived = false;
    long long created = 0;
    std::string creator = {};
    std::vector<std::string> members = {};
    std::vector<message> messages = {}; // by ts

    bool has(std::string_view user) const;
    message *find(std::string_view ts); // nullptr: no such message
    const message *find(std::string_view ts) const;
};

struct view {
    std::string id = {};
    std::string user = {}; // who looks at it
    json body = {};        // as the app sent it, with block_id and action_id filled in
    std::string hash = {};
    std::string root_id = {};
    std::string previous_id = {};
    json values = json::object(); // state.values
};

struct identity {
    std::string team = "T0LOCAL";
    std::string team_name = "Local workspace";
    std::string domain = "local";
    std::string app = "A0LOCAL";
    std::string bot = "B0RAPPORT";
    std::string bot_user = "U0RAPPORT";
    std::string bot_name = "rapport";
};

class team {
  public:
    explicit team(identity who) : who_(std::move(who)) {}

    const identity &who() const {
        return who_;
    }

    std::map<std::string, person> people;
    std::map<std::string, conversation> conversations;
    std::map<std::string, view> views;
    std::map<std::string, std::vector<std::string>> modals; // user -> open views, bottom first, at most 3
    std::map<std::string, std::string> homes;               // user -> view

    person *find_person(std::string_view id);
    conversation *find_conversation(std::string_view id);
    view *find_view(std::string_view id);
    view *find_view_by_external_id(std::string_view id);

    // The direct conversation of a person and the app's bot; made when first asked for.
    conversation &direct(const std::string &user, instant now);
    conversation *existing_direct(const std::string &user);
    // The conversation of exactly these people, in any order; made when first asked for.
    conversation &group_of(std::vector<std::string> members, instant now);
    conversation *existing_group(std::vector<std::string> members);

    // Appends, giving it the next ts; the reference holds until the next message of that conversation.
    message &post(conversation &where, message what, instant now);

    std::string next_ts(instant now); // strictly greater than every one before
    std::string new_id(std::string_view prefix);
    std::string new_hash(instant now);
    void forget_modals(const std::string &user);

  private:
    identity who_;
    long long last_ts_ = 0; // microseconds
    unsigned long long ids_ = 0;
    std::map<std::string, std::string> directs_;             // user -> conversation
    std::map<std::vector<std::string>, std::string> groups_; // sorted members -> conversation
};

// Seconds of the epoch, as in "created" and "updated".
long long seconds_of(instant at);

} // namespace workspace
