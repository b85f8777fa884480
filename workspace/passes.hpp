// What lives briefly: tickets to a socket (single use), triggers (3 s, single use) and response URLs (30 min,
// 5 uses), all by the steady clock.
#pragma once

#include "workspace/timeline.hpp"

#include <map>
#include <random>
#include <string>

namespace workspace {

enum class pass_state { good, unknown, expired, used };

// A person's act from which a form may be opened.
struct trigger {
    std::string user;
    std::string view; // the form the act was made in, if any: views.push needs one
};

struct response_url {
    std::string channel;
    std::string user;
    std::string message_ts; // empty for slash commands
    bool of_command = false;
};

class passes {
  public:
    passes(const timeline &time, std::uint64_t seed) : time_(time), random_(seed) {}

    std::string new_ticket();
    pass_state spend_ticket(const std::string &ticket);

    std::string new_trigger(trigger what);
    pass_state spend_trigger(const std::string &id, trigger &out);

    std::string new_response_url(response_url what); // the path's last part
    pass_state use_response_url(const std::string &secret, response_url &out);

    std::string uuid();

    static constexpr span ticket_life{60'000};
    static constexpr span trigger_life{3'000};
    static constexpr span response_url_life{30 * 60'000};
    static constexpr int response_url_uses = 5;

  private:
    template <class What>
    struct lent {
        What what;
        steady_point made;
        int uses = 0;
    };

    std::string secret(std::size_t length);

    const timeline &time_;
    std::mt19937_64 random_;
    std::map<std::string, lent<bool>> tickets_;
    std::map<std::string, lent<trigger>> triggers_;
    std::map<std::string, lent<response_url>> urls_;
};

} // namespace workspace
