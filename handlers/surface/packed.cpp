// Packing; see packed.hpp.
#include "handlers/surface/packed.hpp"

#include <nlohmann/json.hpp>

namespace rapport::surface {

std::string packed(const std::map<std::string, std::string> &names) {
    return nlohmann::json(names).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::map<std::string, std::string> unpacked(std::string_view text) {
    const auto object = nlohmann::json::parse(text, nullptr, false);
    std::map<std::string, std::string> names;
    if (object.is_object())
        for (const auto &[name, value] : object.items())
            if (value.is_string())
                names[name] = value.get<std::string>();
    return names;
}

std::vector<std::string> split_words(std::string_view text) {
    std::vector<std::string> words;
    for (std::size_t at = text.find_first_not_of(' '); at != std::string_view::npos;
         at = text.find_first_not_of(' ', at)) {
        const auto end = text.find(' ', at);
        words.emplace_back(text.substr(at, end - at));
        if (end == std::string_view::npos)
            break;
        at = end;
    }
    return words;
}

} // namespace rapport::surface
