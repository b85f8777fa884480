// Which door an HTTP request goes to: the Web API, a response URL, or the control surface.
#include "workspace/local_api.hpp"
#include "workspace/platform.hpp"
#include "workspace/web_api.hpp"

namespace workspace {

void platform::serve(const http_request &request, std::shared_ptr<responder> to) {
    if (front_door && front_door(request, to))
        return;
    const auto path = request.path();
    if (path.starts_with("/api/"))
        return serve_api(*this, request, std::move(to));
    if (path.starts_with("/local/"))
        return serve_local(*this, request, std::move(to));
    if (path.starts_with("/hooks/")) {
        const auto struck = faults.take_for_call("response_url", "");
        if (struck && struck->kind == fault_kind::drop_request)
            return to->drop();
        if (struck && struck->kind == fault_kind::hang)
            return;
        if (struck && struck->kind == fault_kind::rate_limited)
            return to->reply({429, {{"Retry-After", std::to_string(struck->retry_after)}}, "rate_limited"});
        if (struck && struck->kind == fault_kind::server_error)
            return to->reply({500, {}, "server_error"});
        auto reply = serve_response_url(*this, path.substr(path.rfind('/') + 1), request.body);
        if (struck && struck->kind == fault_kind::execute_then_drop)
            return to->drop();
        if (struck && struck->kind == fault_kind::execute_then_500)
            return to->reply({500, {}, "server_error"});
        return to->reply(std::move(reply));
    }
    to->reply({404, {{"Content-Type", "text/plain"}}, "not found"});
}

} // namespace workspace
