// See check_in_questions.hpp.
#include "handlers/check_in_questions.hpp"

#include "handlers/surface/characters.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport {

surface::input check_in_field(const question &one, const std::map<std::string, std::string> &before) {
    const auto had = before.find(one.id);
    const auto chosen = had == before.end() ? std::string() : had->second;
    auto offered = [&](std::vector<std::string> words) {
        surface::radio menu;
        for (auto &word : words)
            menu.options.push_back({.says = word, .value = word});
        if (std::find(words.begin(), words.end(), chosen) != words.end())
            menu.chosen = chosen;
        return menu;
    };
    surface::input field{.field = "q." + one.id, .label = one.asks, .optional = !one.required};
    switch (one.kind) {
    case question_kind::yes_no:
        field.asks = offered({"yes", "no"});
        break;
    case question_kind::count:
        field.asks = offered({"0", "1", "2", "3+"});
        break;
    case question_kind::choice:
        field.asks = offered(one.choices);
        break;
    case question_kind::text:
        field.asks = surface::plain_text_input{.initial = chosen, .max_length = 300};
        break;
    }
    return field;
}

namespace {

// The value a question got, in its stored form; empty where nothing was given.
std::string given(const fields &holds, const question &one) {
    const auto name = "q." + one.id;
    return one.kind == question_kind::text ? surface::one_line(holds.text(name)) : holds.chosen(name);
}

bool offered_by(const question &one, const std::string &value) {
    switch (one.kind) {
    case question_kind::yes_no:
        return value == "yes" || value == "no";
    case question_kind::count:
        return value == "0" || value == "1" || value == "2" || value == "3+";
    case question_kind::choice:
        return std::find(one.choices.begin(), one.choices.end(), value) != one.choices.end();
    case question_kind::text:
        break;
    }
    return surface::code_points(value) <= 300;
}

} // namespace

std::variant<check_in_given, form_errors> read_check_in(const fields &holds,
                                                        const std::vector<question> &questions) {
    form_errors wrong;
    std::map<std::string, std::string> answers;
    for (const auto &one : questions) {
        auto value = given(holds, one);
        if (value.empty() && one.required)
            wrong.under["q." + one.id] = "This one is needed. Nothing was saved.";
        else if (!value.empty() && !offered_by(one, value))
            wrong.under["q." + one.id] = "That is none of the answers offered. Nothing was saved.";
        else if (!value.empty())
            answers[one.id] = std::move(value);
    }
    auto note = surface::cleaned(holds.text("note"));
    if (surface::code_points(note) > most_of_a_note)
        wrong.under["note"] = fmt::format("At most {} characters; this has {}. Nothing was saved.",
                                          most_of_a_note, surface::code_points(note));
    else if (note.find_first_not_of(" \n") == std::string::npos && answers.empty())
        wrong.under["note"] = "Nothing is filled in yet. One word is enough.";
    if (!wrong.under.empty())
        return wrong;
    return check_in_given{std::move(answers), std::move(note)};
}

} // namespace rapport
