// Lines of words to typed arguments, by a usage: dates are read, mentions become ids, markup becomes words,
// limits are kept. A line that cannot be read is refused in the four parts of product 9.
#pragma once

#include "handlers/usage_shape.hpp"
#include "mentoring/dates.hpp"
#include "mentoring/ids.hpp"
#include "mentoring/result.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace rapport {

// What was understood, asked for by the names of the usage (a date after a keyword by the keyword: "by"). A
// name the usage does not have is a bug. Refers to its usage, which is a row of a table.
class arguments {
  public:
    using value =
        std::variant<std::monostate, std::string, std::int64_t, written_date, slack_id, channel_id, minutes>;

    arguments() = default;
    explicit arguments(const usage &form) : form_(&form) {}

    bool has(std::string_view name) const;
    // Words, a word, a choice or an e-mail address (in lower case); empty if not given.
    const std::string &text(std::string_view name) const;
    std::optional<std::int64_t> number(std::string_view name) const;
    std::optional<written_date> date(std::string_view name) const;
    std::optional<slack_id> person(std::string_view name) const;
    std::optional<channel_id> channel(std::string_view name) const;
    std::optional<minutes> length(std::string_view name) const;
    std::string_view keyword(std::string_view name) const; // the one that was written; empty if none

    void set(std::size_t parameter, value v, std::string_view keyword = {});

  private:
    const usage *form_ = nullptr;
    std::array<value, most_parameters> values_{};
    std::array<std::string_view, most_parameters> keywords_{};

    std::size_t place(std::string_view name) const;
};

// Where a line was said, for reading its dates and for what a refusal shows.
struct reading_place {
    std::string line;    // what was typed before the words: "/milestone add"
    std::string example; // a whole line that works
    instant now{};
    zone where;
};

// Reads escaped words as the platform hands them over. Refused in the four parts of product 9: what does not
// fit, what is missing or left over, words over their limit (titles 200, notes 2,000 code points, settled
// 18), dates that cannot be taken, and a name that is no mention.
result<arguments> parse(const usage &by, std::string_view typed, const reading_place &at);

// The most code points a text of this name may have.
std::size_t limit_of(std::string_view name);

} // namespace rapport
