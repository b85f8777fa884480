// Mentions to names, and a last word put right; see line_again.hpp.
#include "handlers/line_again.hpp"

#include "handlers/naming.hpp"
#include "handlers/surface/packed.hpp"
#include "handlers/surface/typed.hpp"
#include "handlers/usage_shape.hpp"

#include <fmt/format.h>

namespace rapport {

std::string at_name(const storage::person &who) {
    auto name = first_name(who);
    for (auto &c : name)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return "@" + name;
}

std::string words_again(const desk &at) {
    const auto *typed = std::get_if<command_typed>(&at.asked.what);
    if (typed == nullptr)
        return {};
    std::string words;
    for (const auto &word : surface::split_words(surface::one_line(typed->words))) {
        const auto mentioned = surface::typed_person(word);
        const auto who = mentioned ? at.on_file.people.by_slack(*mentioned) : std::nullopt;
        words += (words.empty() ? "" : " ") + (who ? at_name(*who) : std::string(word));
    }
    return surface::typed_words(words);
}

std::string line_again(const desk &at, std::string_view wrong, std::string_view last,
                       const std::string &example) {
    auto words = words_again(at);
    const auto *typed = std::get_if<command_typed>(&at.asked.what);
    const auto command = typed != nullptr ? at.here.names.find(typed->name) : std::nullopt;
    if (words.empty() || !command)
        return fmt::format("{} {}", example, last);
    if (!wrong.empty() && words.size() > wrong.size() &&
        shape::alike(std::string_view(words).substr(words.size() - wrong.size()), wrong))
        words.resize(words.size() - wrong.size() - 1);
    return at.line(*command, fmt::format("{} {}", words, last));
}

} // namespace rapport
