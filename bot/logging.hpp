// The log: one JSON object a line on standard error, with a time, a level, the stable name of an event (the
// table in events.hpp) and typed fields. A field takes only what is `sayable`, so message text, names and
// tokens cannot be logged: that does not compile. Ids are hashed unless debug is on.
#pragma once

#include "bot/events.hpp"
#include "bot/sayable.hpp"

#include <atomic>
#include <functional>
#include <string>
#include <string_view>

namespace rapport::bot {

// A name and a value, for one line only.
template <sayable T>
struct field {
    constant key;
    const T &value;
};

// Names a value for a log line. A span of time gets "_ms" behind its key, an instant "_at".
template <sayable T>
field<T> with(constant key, const T &value) {
    return {key, value};
}

class logger {
  public:
    // Takes one line, ending in a line feed, from any thread.
    using sink = std::function<void(std::string_view line)>;

    explicit logger(level least = level::info, sink to = to_standard_error);

    // One line; the fields are not even looked at if its level is off.
    template <class... T>
    void say(event what, const field<T> &...fields) const {
        if (!wants(row_of(what).at))
            return;
        auto line = opened(what);
        (append(line, fields.key.view(), fields.value), ...);
        closed(line);
    }
    // The same on a line of a request's life.
    template <class... T>
    void say(event what, const reference &whose, const field<T> &...fields) const {
        say(what, with("key", whose), fields...);
    }

    bool wants(level at) const;
    void set_level(level least);
    // Every level for so long; SIGUSR1 asks for 15 minutes.
    void debug_for(span_of_time how_long);

    static void to_standard_error(std::string_view line);

  private:
    std::string opened(event what) const;
    void closed(std::string &line) const;
    void key(std::string &line, std::string_view name, std::string_view unit = {}) const;

    void append_number(std::string &line, std::string_view name, std::int64_t value) const;
    void append_real(std::string &line, std::string_view name, double value) const;
    void append_text(std::string &line, std::string_view name, std::string_view value) const;
    void append_id(std::string &line, std::string_view name, const std::string &id) const;
    void append_instant(std::string &line, std::string_view name, instant value) const;
    void append_span(std::string &line, std::string_view name, std::chrono::nanoseconds value) const;

    template <sayable T>
    void append(std::string &line, std::string_view name, const T &value) const {
        if constexpr (std::same_as<T, bool>)
            append_text(line, name, value ? "yes" : "no");
        else if constexpr (std::integral<T>)
            append_number(line, name, static_cast<std::int64_t>(value));
        else if constexpr (std::floating_point<T>)
            append_real(line, name, value);
        else if constexpr (closed_choice<T>)
            append_text(line, name, text_of(value));
        else if constexpr (std::same_as<T, program_slug>)
            append_text(line, name, value.str()); // a program is nobody
        else if constexpr (is_id<T>)
            append_id(line, name, value.str());
        else if constexpr (is_span<T>)
            append_span(line, name, std::chrono::duration_cast<std::chrono::nanoseconds>(value));
        else if constexpr (std::same_as<T, instant>)
            append_instant(line, name, value);
        else if constexpr (std::same_as<T, constant>)
            append_text(line, name, value.view());
        else
            append_text(line, name, value.str());
    }

    std::atomic<level> least_;
    std::atomic<std::int64_t> debug_until_{0}; // steady nanoseconds
    sink to_;
    std::string boot_; // tells one run of the program from the next
};

} // namespace rapport::bot
