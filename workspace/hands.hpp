// Acting as a person: typing, pressing, filling in forms, opening the Home. Each act answers with what the
// person saw, at once or when the app has answered or failed to; a refused act says why and sends nothing.
#pragma once

#include "workspace/platform.hpp"

#include <functional>
#include <string>

namespace workspace {

// What the person saw. `error` empty: done. For an act the app answers: "operation_timeout" (no ack in 3 s),
// "dispatch_failed" (nobody connected). For an act the client refuses: what is wrong, in a word, and
// `detail`.
struct outcome {
    std::string error;
    std::string detail;
    json seen = json::object();

    bool good() const {
        return error.empty();
    }
};

json shape(const outcome &what); // {"ok":..., "error":..., "detail":..., ...seen}

using told = std::function<void(outcome)>;

// Where an interactive element stands: in a message of a conversation, or in a view.
struct spot {
    std::string channel;
    std::string ts;
    std::string view;
};

// Holds nothing but the platform: made where it is needed, and an answer may come long after it is gone.
class hands {
  public:
    explicit hands(platform &on) : on_(on) {}

    // Commands and interactions: `then` is called once, possibly before the call returns.
    // seen: {"reply": the ack's payload or null, "ts": of the ephemeral it became, if it did}.
    void command(const std::string &user, const std::string &channel, const std::string &command,
                 const std::string &text, told then);
    // `value`: what is chosen; nothing for a button. seen: {"acked":true}.
    void press(const std::string &user, const spot &where, const std::string &action_id,
               const std::string &block_id, const json &value, told then);
    // `values`: {block_id: {action_id: what is put in}} or {block_id: what is put in}. seen:
    // {"response_action": "close" | "errors" | "update" | "push" | "clear", "errors": {...}, "view": {...}}.
    void submit(const std::string &user, const json &values, told then);
    // The x of the top form (`whole_stack`: of all of them); the app hears of it only if it asked to.
    void close(const std::string &user, bool whole_stack, told then);
    void global_shortcut(const std::string &user, const std::string &callback_id, told then);
    void message_shortcut(const std::string &user, const spot &where, const std::string &callback_id,
                          told then);

    // Acts the platform answers by itself. seen holds the ids that were made.
    struct utterance {
        std::string text;
        std::string thread_ts;
        std::string subtype; // "", me_message, file_share
        std::string file;    // the file's name, for file_share
    };
    outcome say(const std::string &user, const std::string &channel, const utterance &what);
    outcome edit(const std::string &user, const std::string &channel, const std::string &ts,
                 const std::string &text);
    outcome erase(const std::string &user, const std::string &channel, const std::string &ts);
    outcome react(const std::string &user, const std::string &channel, const std::string &ts,
                  const std::string &name, bool add);
    outcome open_home(const std::string &user, const std::string &tab = "home");
    outcome open_direct(const std::string &user);                                 // with the app
    outcome open_group(const std::string &user, std::vector<std::string> others); // with others
    outcome create_channel(const std::string &user, const std::string &name, bool is_private);
    outcome join(const std::string &user, const std::string &channel);
    outcome leave(const std::string &user, const std::string &channel);
    outcome invite(const std::string &user, const std::string &channel, const std::string &who);
    outcome archive(const std::string &user, const std::string &channel);
    outcome put_person(const json &fields); // changes the one with that id, or adds one

  private:
    const person *actor(const std::string &user, outcome &wrong) const;
    conversation *place(const std::string &user, const std::string &channel, outcome &wrong);
    json header(const std::string &type, const person &who) const;
    void send(json payload, bool accepts, told then, std::function<outcome(const json &)> read);
    outcome after_submission(const std::string &user, const std::string &view_id, const json &answer);

    platform &on_;
};

// What a person sees of the workspace: the lists of /local/ and of tests.
json people_seen(const platform &on);
json conversations_seen(const platform &on, const std::string &user);
// Messages of a conversation, ephemerals to this person included; the newest `limit`, oldest first.
json messages_seen(const platform &on, const std::string &user, const std::string &channel,
                   std::size_t limit = 200, const std::string &after_ts = {});
json forms_seen(const platform &on, const std::string &user); // the stack, bottom first
json home_seen(const platform &on, const std::string &user);  // null: nothing published

} // namespace workspace
