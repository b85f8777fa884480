// The web page of the workspace: its files, which are compiled into the program, one JSON text of everything
// it shows, and moving the clock on. What people do goes through /local/, as for everybody else.
#pragma once

#include "workspace/platform.hpp"

#include <deque>
#include <functional>
#include <memory>
#include <string>

namespace workspace {

// What whoever runs the workspace adds to its page.
struct page_host {
    // What the page shows beside what it sees itself: {"completion": {"/milestone": [{verb, usage,
    // summary}]}, "guide": the steps of page/guide.js}; null: nothing.
    std::function<json()> lines;
    // Moves the workspace's time on by so much and then calls `done` with what went wrong, or with nothing,
    // once everything that fell due on the way has happened. Empty: the time is simply set on.
    std::function<void(span by, std::function<void(std::string wrong)> done)> move_on;
};

class page {
  public:
    page(platform &on, page_host host);

    // Answers /, /page/... and /local/page...; false: this request is for another door.
    bool serve(const http_request &request, const std::shared_ptr<responder> &to);

    // Everything the page shows: who is there, every conversation with its newest 300 messages, open forms,
    // Homes, the clock, the app's commands and shortcuts, and who acted when. `run` is another word each time
    // the workspace starts.
    json snapshot();

  private:
    void read_acts();
    void move(const http_request &request, const std::shared_ptr<responder> &to);

    platform &on_;
    page_host host_;
    std::string run_;
    std::deque<json> acts_;     // {at, who} of commands, presses and forms: why the app said something
    std::uint64_t read_to_ = 0; // of the journal
};

} // namespace workspace
