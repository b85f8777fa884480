// What a rule says no with. A refusal is an ordinary value: a person asked for what the rules forbid, or
// mistyped. It is never an exception and never logged as an error.
#pragma once

#include <boost/system/result.hpp>

#include <stdexcept>
#include <string>
#include <utility>

namespace rapport {

// The four parts of an error to a person (product 9). The fourth, "Nothing was saved.", is added where it is
// shown.
struct refusal {
    std::string read;  // what was understood of the input, as the person wrote it; may be empty
    std::string wrong; // what is wrong with it, a whole sentence
    std::string mend;  // a line to copy that works, or what to do instead

    bool operator==(const refusal &) const = default;
};

template <class T>
using result = boost::system::result<T, refusal>;

// What result<T>::value() does on a refusal: a bug in the caller, who should have asked first.
[[noreturn]] inline void throw_exception_from_error(const refusal &why, const boost::source_location &) {
    throw std::logic_error("value() of a refusal: " + why.wrong);
}

} // namespace rapport
