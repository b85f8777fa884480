// What the status address answers, as values: which checks there are, when the service is ready, and the
// bodies of /healthz, /readyz and /metrics. The server around it is status_server.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace rapport::bot {

// One line of /readyz. The reason is for an operator: what is wrong and what happens next.
struct health_check {
    std::string name;
    bool ok = false;
    std::string reason;
};

struct status_reply {
    int code = 200;
    std::string type = "text/plain; charset=utf-8";
    std::string body;
    bool allow = false; // name the allowed methods (405)
};

// Where the answers come from. All three are asked on the network thread and must not block.
struct status_sources {
    std::function<std::vector<health_check>()> checks;
    std::function<std::string()> metrics;
};

// The answer to one request. Health says only that the network thread turns, so a fault of the platform or of
// the database never has the process restarted; readiness is 503 while any check fails.
status_reply answer_status(std::string_view method, std::string_view target, const status_sources &from);

// {"ready":false,"checks":{"database":{"ok":true}, ...}}
std::string readiness_json(const std::vector<health_check> &checks);

} // namespace rapport::bot
