// Word of whether a frame left this process. Queued is not left: a process that dies with a full queue has
// said nothing.
#pragma once

#include <functional>
#include <utility>

namespace rapport::slack {

// Told once: true when the system has taken the whole frame, false when it never will. Who drops it unused
// says false.
class departure {
    std::function<void(bool left)> told_;

  public:
    departure() = default; // nobody asks
    explicit departure(std::function<void(bool left)> told) : told_(std::move(told)) {}
    departure(departure &&other) noexcept : told_(std::exchange(other.told_, {})) {}
    departure &operator=(departure &&other) noexcept {
        if (this != &other) {
            tell(false);
            told_ = std::exchange(other.told_, {});
        }
        return *this;
    }
    departure(const departure &) = delete;
    ~departure() {
        tell(false);
    }

    void tell(bool left) {
        if (const auto told = std::exchange(told_, {}))
            told(left);
    }
};

} // namespace rapport::slack
