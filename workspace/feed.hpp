// What a page needs to know as it happens: a numbered ring of changes, each with who may hear of it, and the
// listeners of /local/stream.
#pragma once

#include "workspace/json.hpp"

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace workspace {

struct change {
    std::uint64_t seq = 0;
    std::string
        kind;  // message, ephemeral, reaction, pin, view, home, person, conversation, clock, links, app
    json what; // ids only: the page asks for the rest
    std::vector<std::string> audience; // users; empty: everybody
};

class feed {
  public:
    using listener = std::function<bool(const change &)>; // false: gone, forget it

    std::uint64_t tell(std::string kind, json what, std::vector<std::string> audience = {});
    // Hears every change with a greater seq that `user` may hear of ("" : all of them), from now on and from
    // the ring.
    void listen(std::string user, std::uint64_t after, listener who);
    std::uint64_t last() const {
        return last_;
    }
    std::size_t listeners() const {
        return listening_.size();
    }

  private:
    struct ear {
        std::string user;
        listener who;
    };

    std::uint64_t last_ = 0;
    std::deque<change> ring_; // the newest 1,000
    std::vector<ear> listening_;
};

} // namespace workspace
