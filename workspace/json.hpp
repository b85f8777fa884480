// The one JSON type of the workspace, and the few ways of reading a field that may be missing or of another
// type.
#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace workspace {

using json = nlohmann::json;

// The string under `key`, or "" if there is none or it is not a string.
inline std::string text_in(const json &from, std::string_view key) {
    if (!from.is_object())
        return {};
    const auto found = from.find(key);
    return found != from.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// The boolean under `key`; the strings "true" and "1" count as true, as in forms.
inline bool flag_in(const json &from, std::string_view key, bool otherwise = false) {
    if (!from.is_object())
        return otherwise;
    const auto found = from.find(key);
    if (found == from.end())
        return otherwise;
    if (found->is_boolean())
        return found->get<bool>();
    if (found->is_string())
        return *found == "true" || *found == "1";
    if (found->is_number())
        return *found != 0;
    return otherwise;
}

// The whole number under `key`, also when it is written as a string.
inline long long number_in(const json &from, std::string_view key, long long otherwise = 0) {
    if (!from.is_object())
        return otherwise;
    const auto found = from.find(key);
    if (found == from.end())
        return otherwise;
    if (found->is_number())
        return found->get<long long>();
    if (found->is_string()) {
        const auto &word = found->get_ref<const std::string &>();
        char *end = nullptr;
        const auto value = std::strtoll(word.c_str(), &end, 10);
        if (!word.empty() && *end == '\0')
            return value;
    }
    return otherwise;
}

// The array or object under `key`; null if there is none.
inline const json &part_of(const json &from, std::string_view key) {
    static const json nothing;
    if (!from.is_object())
        return nothing;
    const auto found = from.find(key);
    return found == from.end() ? nothing : *found;
}

// Serialised for the wire; bytes that are no UTF-8 are replaced, never thrown at.
inline std::string wire(const json &value) {
    return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

} // namespace workspace
