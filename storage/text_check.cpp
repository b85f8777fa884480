// See text_check.hpp.
#include "storage/text_check.hpp"

#include "storage/fault.hpp"

#include <fmt/format.h>

#include <cmath>

namespace rapport::storage {

bool is_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        if (lead < 0x80) {
            ++i;
            continue;
        }
        const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        if (lead < 0xC2 || lead > 0xF4 || i + size > text.size())
            return false;
        std::uint32_t point = lead & (0xFFu >> (size + 1));
        for (std::size_t k = 1; k < size; ++k) {
            const auto next = static_cast<unsigned char>(text[i + k]);
            if ((next & 0xC0u) != 0x80u)
                return false;
            point = (point << 6) | (next & 0x3Fu);
        }
        const bool overlong = (size == 3 && point < 0x800) || (size == 4 && point < 0x10000);
        if (overlong || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF))
            return false;
        i += size;
    }
    return true;
}

void refuse_unstorable(const call &what) {
    for (std::size_t i = 0; i < what.args.size(); ++i) {
        if (const auto *text = std::get_if<std::string>(&what.args[i])) {
            if (text->find('\0') != std::string::npos)
                throw statement_error(fmt::format(
                    "{}: ${} holds a NUL character; text is cleaned before it is stored", what.name, i + 1));
            if (!is_utf8(*text))
                throw statement_error(fmt::format("{}: ${} is not UTF-8; text is cleaned before it is stored",
                                                  what.name, i + 1));
        } else if (const auto *real = std::get_if<double>(&what.args[i])) {
            if (!std::isfinite(*real))
                throw statement_error(fmt::format("{}: ${} is not a number", what.name, i + 1));
        }
    }
}

} // namespace rapport::storage
