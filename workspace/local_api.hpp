// The control surface under /local/: the hands, the oracle, the faults and the clock over HTTP and JSON, for
// a page and for tests in any language. workspace/README.md is its manual; the table in local_api.cpp is its
// index.
#pragma once

#include "workspace/platform.hpp"

namespace workspace {

// Serves one request whose path starts with /local/.
void serve_local(platform &on, const http_request &request, std::shared_ptr<responder> to);

} // namespace workspace
