// HTTP as values: what came in, what goes out, and whoever waits for the answer. No sockets here.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace workspace {

struct http_request {
    std::string method;
    std::string target;                         // path and query
    std::map<std::string, std::string> headers; // names in lower case
    std::string body;

    std::string path() const;
    std::map<std::string, std::string> query() const;
    std::string header(const std::string &lower_case_name) const;
};

struct http_reply {
    unsigned status = 200;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
};

// Whoever asked. Exactly one of reply, drop and begin_stream is called, now or later, or none (it hangs).
class responder {
  public:
    virtual ~responder() = default;
    virtual void reply(http_reply what) = 0;
    virtual void drop() = 0; // cuts the connection without an answer
    virtual void begin_stream(http_reply head) = 0;
    virtual bool push(std::string chunk) = 0; // false: the other side has gone
};

std::string url_decoded(std::string_view text);
std::map<std::string, std::string> form_decoded(std::string_view body);

} // namespace workspace
