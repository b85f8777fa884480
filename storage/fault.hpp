// What can go wrong below a handler: the fault a unit's owner is told, and the errors the engines throw
// inside a unit. Refusals of a rule are no faults; they are values a unit returns.
#pragma once

#include "mentoring/words.hpp"

#include <boost/system/result.hpp>

#include <stdexcept>
#include <string>

namespace rapport::storage {

enum class fault_kind {
    unit_failed, // the unit threw: a bug or an error of its own statement; others of its batch are untouched
    not_saved,   // the database could not keep the batch; nothing of it was saved
    busy,        // the queue was full, or the unit's time was spent on collisions; nothing was saved
    unavailable, // the database is closed or cannot be reached; nothing was saved
    ambiguous,   // the link broke while COMMIT was under way: saved or not, look it up by its key
};
RAPPORT_WORDS(fault_kind, 5,
              {{fault_kind::unit_failed, "unit_failed"},
               {fault_kind::not_saved, "not_saved"},
               {fault_kind::busy, "busy"},
               {fault_kind::unavailable, "unavailable"},
               {fault_kind::ambiguous, "ambiguous"}})

// `why` is for operators: statement names and engine words, never a stored value.
struct fault {
    fault_kind kind;
    std::string why;

    bool operator==(const fault &) const = default;
};

// What a unit came to: its value once it is durable, or the fault.
template <class T>
using saved = boost::system::result<T, fault>;

// What saved<T>::value() does on a fault.
[[noreturn]] inline void throw_exception_from_error(const fault &what, const boost::source_location &) {
    throw std::runtime_error(std::string(text_of(what.kind)) + ": " + what.why);
}

// The database cannot be opened: what, why and the mend, in one line for an operator.
struct opening_error : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// A statement was refused by the engine; spoils its unit and no other.
struct statement_error : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// The file or the link under the engine failed: the batch or connection is lost with it.
struct engine_lost : std::runtime_error {
    using std::runtime_error::runtime_error;
};

} // namespace rapport::storage
