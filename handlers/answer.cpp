// Answers put together, and on their way out; see answer.hpp.
#include "handlers/answer.hpp"

#include "handlers/surface/render.hpp"

#include <fmt/format.h>

#include <charconv>
#include <stdexcept>

namespace rapport {
namespace {

using surface::text;

template <class T>
bool is(const request &asked) {
    return std::holds_alternative<T>(asked.what);
}

answer with(outcome what, surface::message says) {
    return {.what = what, .says = std::move(says)};
}

} // namespace

std::string_view kind_of(const request &asked) {
    static constexpr std::string_view words[] = {"command", "press",    "form",   "form_closed",
                                                 "home",    "message",  "member", "shortcut",
                                                 "picked",  "reaction", "person"};
    static_assert(std::size(words) == std::variant_size_v<what_happened>);
    return words[asked.what.index()];
}

answer silence() {
    return {};
}
answer tell(surface::message what) {
    return with(outcome::told, std::move(what));
}
answer tell(surface::mrkdwn words) {
    return tell(surface::said(std::move(words)));
}
answer done(surface::message what) {
    return with(outcome::done, std::move(what));
}
answer done(surface::mrkdwn words) {
    return done(surface::said(std::move(words)));
}
answer refuse(const refusal &why) {
    return with(outcome::refused, refusal_message(why));
}
answer open_form(surface::modal form) {
    return {.opens = std::move(form)};
}
answer in_place(answer one) {
    one.in_place = true;
    return one;
}

surface::message refusal_message(const refusal &why) {
    auto words = surface::lines(
        {why.read.empty() ? surface::mrkdwn{} : text("I read: {}", why.read), text("{}", why.wrong),
         why.mend.empty() ? surface::mrkdwn{} : text("Try: {}", why.mend), text("Nothing was saved.")});
    return surface::said(std::move(words));
}

std::string refusal_line(const refusal &why) {
    return why.mend.empty() ? why.wrong : why.wrong + " Try: " + why.mend;
}

bool rendered_answer::empty() const {
    return *this == rendered_answer{};
}

rendered_answer rendered(const answer &what, const request &to) {
    const bool from_message = is<button_pressed>(to) && !std::get<button_pressed>(to.what).message_ts.empty();
    if (what.opens && !to.can_open_form)
        throw std::logic_error("answer: a form to open, and no trigger");
    if (what.form.index() != 0 && !is<form_sent>(to))
        throw std::logic_error("answer: an outcome for a form, and none was sent");
    if ((what.in_place || what.takes_away) && !from_message)
        throw std::logic_error("answer: a message to replace, and none is there");

    rendered_answer out;
    if (what.passes)
        out.passes = rendered_passing{what.passes->id, what.passes->channel, what.passes->open_with,
                                      to_json(what.passes->says)};
    if (what.opens)
        out.open_view = to_json(*what.opens);
    if (what.home)
        out.publish_home = to_json(*what.home);
    if (const auto *errors = std::get_if<form_errors>(&what.form))
        out.ack = surface::form_errors(errors->under);
    else if (const auto *next = std::get_if<next_form>(&what.form))
        out.ack = next->on_top ? form_push(next->form) : form_update(next->form);
    else if (std::holds_alternative<close_all_forms>(what.form))
        out.ack = surface::form_clear();

    if (what.takes_away)
        out.respond = surface::delete_original();
    if (!what.says)
        return out;
    if (is<command_typed>(to)) {
        auto body = to_json(*what.says, surface::delivery::ephemeral);
        (body.size() <= most_of_an_ack ? out.ack : out.respond) = std::move(body);
    } else if (to.can_reply_later && !what.takes_away) {
        out.respond = to_json(*what.says, what.in_place ? surface::delivery::replace_original
                                                        : surface::delivery::ephemeral);
    } else {
        out.direct = to_json(*what.says);
    }
    return out;
}

// Five texts, each after its length: "12:{...}0:0:0:0:".
std::string kept(const rendered_answer &what) {
    std::string out;
    for (const auto *part : {&what.ack, &what.respond, &what.direct, &what.open_view, &what.publish_home})
        out += fmt::format("{}:{}", part->size(), *part);
    return out;
}

rendered_answer read_kept(std::string_view rest) {
    rendered_answer out;
    for (auto *part : {&out.ack, &out.respond, &out.direct, &out.open_view, &out.publish_home}) {
        std::size_t size = 0;
        const auto *end = rest.data() + rest.size();
        const auto [at, bad] = std::from_chars(rest.data(), end, size);
        if (bad != std::errc{} || at == end || *at != ':' || size > static_cast<std::size_t>(end - at - 1))
            return {};
        *part = std::string(at + 1, size);
        rest.remove_prefix(static_cast<std::size_t>(at - rest.data()) + 1 + size);
    }
    return rest.empty() ? out : rendered_answer{};
}

std::string said_late(const rendered_answer &what) {
    const bool ack_is_message =
        what.ack.starts_with('{') && what.ack.find("\"response_action\"") == std::string::npos;
    if (!what.direct.empty())
        return what.direct;
    if (!what.respond.empty())
        return what.respond;
    if (ack_is_message)
        return what.ack;
    if (what.open_view.empty())
        return {};
    return to_json(
        surface::said(text("The form took too long to open, so it did not. Nothing was saved; please try "
                           "again.")),
        surface::delivery::ephemeral);
}

} // namespace rapport
