// Fingerprints of lines and the question they lead to; see twice.hpp.
#include "handlers/twice.hpp"

#include "handlers/carried_line.hpp"
#include "handlers/surface/characters.hpp"
#include "handlers/surface/typed.hpp"

#include <fmt/format.h>

#include <cstdint>

namespace rapport {
namespace {

using surface::text;

// FNV-1a. Enough to tell lines of five minutes apart; the rows are deleted after that.
std::uint64_t hash(std::string_view all) {
    std::uint64_t h = 0xcbf29ce484222325U;
    for (const char c : all) {
        h ^= static_cast<unsigned char>(c);
        h *= 0x100000001b3U;
    }
    return h;
}

std::string ago(span_of_time since) {
    const auto n = std::chrono::duration_cast<minutes>(since).count();
    return n < 1 ? "a moment ago" : n == 1 ? "a minute ago" : fmt::format("{} minutes ago", n);
}

} // namespace

std::string fingerprint(const desk &at, const command_row &row, std::string_view words) {
    std::string folded;
    const auto clean = surface::typed_words(words);
    for (std::size_t i = 0; i < clean.size();)
        if (const char c = shape::next_counting(clean, i); c != '\0')
            folded += c;
    const auto &where = at.chosen ? at.chosen->id.str() : at.asked.channel.str();
    return fmt::format("{:016x}",
                       hash(fmt::format("{}\n{}\n{}\n{}", text_of(row.command), row.verb, where, folded)));
}

std::optional<answer> same_one(desk &at, const command_row &row, std::string_view words,
                               const std::string &print) {
    if (!at.who.person)
        return std::nullopt;
    const auto before = at.on_file.acts.done_lately(at.who.id(), print, at.now() - same_one_within);
    if (!before)
        return std::nullopt;
    const auto rest = row.verb.empty() ? std::string(words) : fmt::format("{} {}", row.verb, words);
    const auto value =
        in_a_button({row.command, rest, at.chosen ? std::optional(at.chosen->id) : std::nullopt, true});
    const auto line = surface::shortened(at.line(row.command, surface::typed_words(rest)), 80);
    auto question = surface::said(text("You did this {}: `{}`. Is this the same one? Nothing new was saved.",
                                       ago(at.now() - *before), line));
    if (value)
        question.blocks.emplace_back(surface::actions{
            {surface::button{.says = "The same one", .action = std::string(again_no)},
             surface::button{
                 .says = "Another one, save it", .action = std::string(again_yes), .value = *value}}});
    return tell(std::move(question));
}

void remember(desk &at, const std::string &print) {
    if (at.who.person)
        at.on_file.acts.remember(at.who.id(), print, at.now());
}

result<answer> leave_it_once(desk &at) {
    auto made = tell(text("Good, it stands once."));
    made.in_place = !at.pressed().message_ts.empty();
    return made;
}

} // namespace rapport
