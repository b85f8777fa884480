// The whole workspace without its sockets: state, clocks, app, links, faults, journal, and the doors to it.
// One thread owns it. The Web API, the response URLs and /local/ come in through serve(); the hands act as
// people.
#pragma once

#include "workspace/faults.hpp"
#include "workspace/feed.hpp"
#include "workspace/http.hpp"
#include "workspace/journal.hpp"
#include "workspace/manifest.hpp"
#include "workspace/passes.hpp"
#include "workspace/rates.hpp"
#include "workspace/shapes.hpp"
#include "workspace/socket_mode.hpp"
#include "workspace/state.hpp"
#include "workspace/timeline.hpp"

#include <functional>
#include <set>
#include <string>
#include <vector>

namespace workspace {

struct platform_options {
    identity who;
    std::string bot_token = "xoxb-local-workspace";
    std::string app_token = "xapp-1-local-workspace";
    std::uint64_t seed = 1;
    instant start = std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
    timeline::steady_source steady = std::chrono::steady_clock::now;
    socket_settings sockets;
    bool default_cast = true;   // the people and channels of cast.hpp
    bool enforce_rates = false; // 429 beyond the published tiers, as the platform would
};

class platform {
  public:
    explicit platform(platform_options options = {});
    platform(const platform &) = delete;
    platform &operator=(const platform &) = delete;

    platform_options settings;
    timeline time;
    journal log;
    team state;
    manifest app;
    fault_list faults;
    passes lent;
    socket_mode sockets;
    feed changes;
    rate_keeper rates;

    // "http://127.0.0.1:4711", set by the server: what URLs handed out begin with.
    std::string base_url = "http://127.0.0.1:0";
    std::string socket_url() const; // ws:// or wss:// of the same place
    bool bot_token_revoked = false;

    // One HTTP request: /api/METHOD, /hooks/..., /local/... .
    void serve(const http_request &request, std::shared_ptr<responder> to);

    // Asked first: true if it answered. The web page stands behind it.
    std::function<bool(const http_request &, const std::shared_ptr<responder> &)> front_door;

    // The answer to an upgrade of /link/?ticket=...: 101, or the status of a refusal; 0: cut the connection.
    unsigned judge_upgrade(const http_request &request);

    void put_fault(const fault &what); // waits for its occasion, or is done to the links now

    // Posts, tells whoever may see it and sends the app its event. `what` without ts.
    message &post(conversation &where, message what);
    void change(conversation &where, message &what, message before);
    void erase(conversation &where, const std::string &ts, const std::string &by);

    void react(conversation &where, message &what, const std::string &name, const std::string &user,
               bool add);
    void join(conversation &where, const std::string &user, const std::string &inviter = {});
    void leave(conversation &where, const std::string &user);
    void archive(conversation &where, const std::string &user);
    void person_changed(const std::string &id, bool joined);
    void revoke_tokens();

    // Sends an event if the app subscribes to `name` ("message.im"; usually the event's own type) and has the
    // scope it needs ("" : none).
    void event(json what, const std::string &name, const std::string &scope);

    // An envelope for the app that a person waits for.
    void interact(std::string type, json payload, bool accepts,
                  std::function<void(delivery_end, const json &)> done);

    std::string response_url(workspace::response_url what);
    std::vector<std::string> audience(const conversation &of) const;

    json clock() const;
    void moved_clock(); // after the time was set, advanced or held

  private:
    void message_event(const conversation &where, json event);
};

} // namespace workspace
