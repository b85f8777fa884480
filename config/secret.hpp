// A token or key: a value that cannot be printed, compared or formatted by accident.
#pragma once

#include <string>
#include <utility>

namespace rapport::config {

// Holds a secret text. The only way to it is `reveal`, so every use is found by searching for that word.
class secret {
    std::string value_;

  public:
    secret() = default;
    explicit secret(std::string value) : value_(std::move(value)) {}
    const std::string &reveal() const {
        return value_;
    }
    bool empty() const {
        return value_.empty();
    }
};

} // namespace rapport::config
