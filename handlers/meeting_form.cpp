// Times to meet by a form: a new one, another one, one as the answer to an ask; see meetings.hpp.
#include "handlers/asking.hpp"
#include "handlers/meeting_part.hpp"
#include "handlers/meetings.hpp"
#include "handlers/naming.hpp"
#include "handlers/own_pair.hpp"
#include "handlers/surface/characters.hpp"
#include "handlers/surface/packed.hpp"

#include <fmt/format.h>

namespace rapport {

using storage::session_kind;
using surface::text;

namespace meeting_part {

result<answer> form_for(desk &at, const storage::pair &pair, const std::string &ask) {
    if (!at.asked.can_open_form)
        return refusal{"", "A form cannot be opened from here.",
                       at.line(command_name::mentoring, "meet tomorrow 3pm 30m")};
    surface::modal form{.callback = std::string(meeting_form),
                        .title = "A time to meet",
                        .submit = "Put it down",
                        .close = "Not now",
                        .metadata = pair.id.str() + (ask.empty() ? "" : " ask " + ask)};
    form.blocks.emplace_back(
        surface::input{.field = "when",
                       .label = surface::plain_text("When do you meet {}?", first_name(partner_in(at, pair))),
                       .asks = surface::plain_text_input{.max_length = 100, .placeholder = "fri 3pm"},
                       .hint = surface::plain_text("In your own time ({}). Each of you sees it in theirs.",
                                                   at.who.where.name())});
    surface::static_select length;
    for (const auto each : {15, 30, 45, 60, 90})
        length.options.push_back({.says = fmt::format("{} minutes", each), .value = std::to_string(each)});
    length.chosen = std::to_string(usual_meeting_minutes);
    form.blocks.emplace_back(surface::input{.field = "minutes", .label = "For how long?", .asks = length});
    form.blocks.emplace_back(surface::input{.field = "place",
                                            .label = "Where, or by what?",
                                            .asks = surface::plain_text_input{.max_length = 200},
                                            .optional = true});
    surface::radio kind;
    kind.options = {{.says = "Mentoring", .value = "mentoring"},
                    {.says = "Tutoring", .value = "tutoring"},
                    {.says = "Both", .value = "both"}};
    kind.chosen = "mentoring";
    form.blocks.emplace_back(surface::input{.field = "kind", .label = "What is it for?", .asks = kind});
    return open_form(std::move(form));
}

result<answer> ask_new_time(desk &at, const found_meeting &what) {
    if (!what.one.is_on())
        return is_over(at, what.one);
    if (!at.asked.can_open_form)
        return refusal{"", "A form cannot be opened from here.",
                       line(at, fmt::format("move {} tomorrow 3pm", what.one.number))};
    surface::modal form{.callback = std::string(meeting_form),
                        .title = "Another time",
                        .submit = "Move it",
                        .close = "Not now",
                        .metadata = reference(what.one)};
    form.blocks.emplace_back(surface::section{.text = text("It is set for {}.", when_for(at, what.one))});
    form.blocks.emplace_back(
        surface::input{.field = "when",
                       .label = "When instead?",
                       .asks = surface::plain_text_input{.max_length = 100, .placeholder = "fri 3pm"},
                       .hint = surface::plain_text("In your own time ({}).", at.who.where.name())});
    return open_form(std::move(form));
}

} // namespace meeting_part

namespace {

result<answer> wrong_time(std::string says) {
    return answer{.what = outcome::refused,
                  .form = form_errors{{{"when", std::move(says) + " Nothing was saved. Try: tomorrow 3pm"}}}};
}

} // namespace

result<answer> press_meet(desk &at) {
    const auto pair = own_pair(at, at.pressed().value);
    if (!pair)
        return pair.error();
    return meeting_part::form_for(at, *pair);
}

result<answer> meeting_from_form(desk &at) {
    const auto &sent = at.sent();
    const auto typed = surface::one_line(sent.holds.text("when"));
    auto words = read_meeting(typed, at.now(), at.who.where);
    if (surface::split_words(sent.metadata).size() == 2) { // one that is moved
        const auto what = meeting_part::pressed(at, sent.metadata, true);
        if (!what)
            return what.error();
        if (!words)
            return wrong_time(words.error().wrong);
        return meeting_part::move(at, *what, *words);
    }
    const auto about = surface::split_words(sent.metadata); // "pair" or "pair ask ID"
    const auto pair = own_pair(at, about.empty() ? std::string() : about.front());
    if (!pair)
        return pair.error();
    if (!words)
        return wrong_time(words.error().wrong);
    if (about.size() == 3)
        settle_ask(at, about[2]);
    auto when = *words;
    const auto place = surface::one_line(sent.holds.text("place"));
    if (!place.empty())
        when.place = surface::shortened(place, 200);
    for (const auto each : {15, 30, 45, 60, 90})
        if (sent.holds.chosen("minutes") == std::to_string(each))
            when.minutes_long = each;
    session_kind kind = session_kind::mentoring;
    parse_text(sent.holds.chosen("kind"), kind);
    return meeting_part::set(at, *pair, when, kind);
}

result<answer> meeting_form_for_ask(desk &at, const storage::pair &pair, const std::string &ask) {
    return meeting_part::form_for(at, pair, ask);
}

} // namespace rapport
