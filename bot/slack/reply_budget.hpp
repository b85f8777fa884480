// How often a response_url may still be used: the platform takes five posts in half an hour. Keeps no
// address, only a number made from it.
#pragma once

#include "bot/slack/moment.hpp"

#include <cstddef>
#include <map>
#include <string_view>

namespace rapport::slack {

class reply_budget {
  public:
    // Takes one use; false where none is left.
    bool take(std::string_view response_url, moment now);
    // Gives a use back: the post was certainly not executed.
    void give_back(std::string_view response_url);

    std::size_t size() const {
        return uses_.size();
    }

  private:
    struct use {
        int count = 0;
        moment first{};
    };
    std::map<std::size_t, use> uses_;
};

} // namespace rapport::slack
