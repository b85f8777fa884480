// Answers put together, and on their way out; see answer.hpp.
#include "handlers/answer.hpp"

#include "handlers/surface/render.hpp"

#include <fmt/format.h>

#include <algorithm>
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

constexpr std::string_view nothing_saved = " Nothing was saved.";

// What is wrong under each field, as the four parts of one refusal.
surface::message in_words(const form_errors &errors) {
    std::string wrong;
    for (const auto &[field, said] : errors.under) {
        auto one = std::string_view(said);
        if (one.ends_with(nothing_saved))
            one.remove_suffix(nothing_saved.size());
        wrong += (wrong.empty() ? "" : " ") + std::string(one);
    }
    return refusal_message({"the form you sent.", wrong,
                            "the same form: what you typed is still in it. Correct that and send it again."});
}

surface::mrkdwn words_of(const std::vector<surface::block> &blocks) {
    surface::mrkdwn out;
    for (const auto &each : blocks)
        if (const auto *words = std::get_if<surface::section>(&each))
            out = surface::lines({out, words->text});
    return out;
}

// What became of a form that was sent, where nothing else would tell the one who sent it.
std::optional<surface::message> form_told_late(const answer &what) {
    if (const auto *errors = std::get_if<form_errors>(&what.form))
        return in_words(*errors);
    if (const auto *next = std::get_if<next_form>(&what.form)) {
        if (next->form.callback == refused_form)
            return surface::message{.summary = words_of(next->form.blocks), .blocks = next->form.blocks};
        return surface::said(text("Your form was read, and its next page could not be shown in time. Please "
                                  "start it again where you opened it."));
    }
    if (what.what == outcome::done && !what.says)
        return surface::said(text("Your form is saved."));
    return std::nullopt;
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
    const auto all = {&ack, &respond, &direct, &open_view, &publish_home, &form_in_words};
    return std::all_of(all.begin(), all.end(), [](const std::string *part) { return part->empty(); });
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
    out.forgets_them = what.forgets_them;
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

    if (is<form_sent>(to))
        if (const auto late = form_told_late(what))
            out.form_in_words = to_json(*late);

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

// Six texts, each after its length: "12:{...}0:0:0:0:0:".
std::string kept(const rendered_answer &what) {
    std::string out;
    for (const auto *part :
         {&what.ack, &what.respond, &what.direct, &what.open_view, &what.publish_home, &what.form_in_words})
        out += fmt::format("{}:{}", part->size(), *part);
    return out;
}

rendered_answer read_kept(std::string_view rest) {
    rendered_answer out;
    for (auto *part :
         {&out.ack, &out.respond, &out.direct, &out.open_view, &out.publish_home, &out.form_in_words}) {
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
    if (!what.form_in_words.empty())
        return what.form_in_words;
    if (what.open_view.empty())
        return {};
    return to_json(
        surface::said(text("The form took too long to open, so it did not. Nothing was saved; please try "
                           "again.")),
        surface::delivery::ephemeral);
}

} // namespace rapport
