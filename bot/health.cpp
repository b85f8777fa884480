// Paths, methods and bodies of the status address; see health.hpp.
#include "bot/health.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace rapport::bot {

std::string readiness_json(const std::vector<health_check> &checks) {
    auto all = nlohmann::ordered_json::object();
    bool ready = true;
    for (const auto &one : checks) {
        ready = ready && one.ok;
        auto &line = all[one.name];
        line["ok"] = one.ok;
        if (!one.reason.empty())
            line["reason"] = one.reason;
    }
    nlohmann::ordered_json body;
    body["ready"] = ready;
    body["checks"] = std::move(all);
    return body.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

status_reply answer_status(std::string_view method, std::string_view target, const status_sources &from) {
    const auto path = target.substr(0, target.find('?'));
    const bool known = path == "/healthz" || path == "/livez" || path == "/readyz" || path == "/metrics";
    if (!known)
        return {404, "text/plain; charset=utf-8", "There is /healthz, /readyz and /metrics.\n", false};
    if (method != "GET" && method != "HEAD")
        return {405, "text/plain; charset=utf-8", "GET or HEAD only.\n", true};
    if (path == "/readyz") {
        const auto checks = from.checks();
        const bool ready = std::all_of(checks.begin(), checks.end(), [](const auto &c) { return c.ok; });
        return {ready ? 200 : 503, "application/json", readiness_json(checks), false};
    }
    if (path == "/metrics")
        return {200, "text/plain; version=0.0.4; charset=utf-8", from.metrics(), false};
    return {200, "text/plain; charset=utf-8", "ok\n", false};
}

} // namespace rapport::bot
