// See application_form.hpp.
#include "handlers/application_form.hpp"

#include "handlers/applying.hpp"
#include "handlers/entering.hpp"
#include "handlers/sentences.hpp"
#include "handlers/surface/characters.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport {
namespace {

using surface::text;

constexpr std::size_t most_message = 500;

std::string field_of(std::size_t question) {
    return fmt::format("rule.{}", question);
}

surface::input asked_as(const eligibility_rule &rule, std::size_t number) {
    surface::radio menu;
    for (std::size_t i = 0; i < rule.any_of.size(); ++i)
        menu.options.push_back({.says = rule.any_of[i], .value = std::to_string(i)});
    menu.options.push_back({.says = "None of these", .value = "none"});
    return {.field = field_of(number), .label = rule.asks, .asks = std::move(menu), .hint = rule.says};
}

surface::input asked_as(const commitment &what, const program &rules, day today) {
    if (what.months.empty())
        return {.field = "commitment",
                .label = "What you take on",
                .asks =
                    surface::checkboxes{
                        .options = {{.says = surface::shortened(what.says, 75),
                                     .value = "yes",
                                     .detail = in_words(commitment_dates(rules, std::nullopt, today))}}},
                .hint = fmt::format("{} That is {}.", what.says,
                                    in_words(commitment_dates(rules, std::nullopt, today)))};
    surface::radio menu;
    for (const auto months : what.months)
        menu.options.push_back({.says = fmt::format("{} months", months),
                                .value = std::to_string(months),
                                .detail = in_words(commitment_dates(rules, months, today))});
    return {.field = "commitment", .label = "For how long", .asks = std::move(menu), .hint = what.says};
}

surface::input asks_what_outside_sees(const std::vector<std::string> &chosen) {
    surface::checkboxes boxes;
    for (const auto &[word, label] : outside_fields) {
        boxes.options.push_back({.says = label, .value = std::string(word)});
        if (std::find(chosen.begin(), chosen.end(), word) != chosen.end())
            boxes.chosen.emplace_back(word);
    }
    return {.field = "outside",
            .label = "A mentor from outside may see",
            .asks = std::move(boxes),
            .hint = "Besides your name. Nothing ticked: nothing else. You can change it at any time.",
            .optional = true};
}

std::optional<int> months_chosen(const commitment &what, const std::string &value) {
    for (const auto months : what.months)
        if (std::to_string(months) == value)
            return months;
    return std::nullopt;
}

} // namespace

surface::modal application_form(desk &at, const wanted_role &what) {
    const auto &rules = at.rules().of(what.slug);
    surface::modal form{.callback = std::string(apply_form),
                        .title = "Apply",
                        .submit = "Send",
                        .metadata = fmt::format("{} {}", what.slug.str(), text_of(what.as))};
    const auto by = answer_promised_by(rules, at.now());
    form.blocks.emplace_back(surface::section{
        .text = text("*{}*, as {}. {}{}", rules.name, role_in_words(rules, what.as), rules.purpose,
                     further(by && way_in(rules, what.as) == entry_way::application
                                 ? fmt::format("You hear by {}.", full_date(*by))
                                 : std::string()))});
    if (what.as == role::mentor) // why to serve (rule 99)
        form.blocks.emplace_back(
            surface::section{.text = text("An hour or two a month changes somebody's year. Those who mentor "
                                          "say that they see their own "
                                          "work with new eyes and meet people they would not have met.")});
    const auto asked = eligibility_of(rules, what.as);
    for (std::size_t i = 0; i < asked.size(); ++i)
        form.blocks.emplace_back(asked_as(asked[i], i));
    if (what.as == role::mentor && !rules.mentor_kinds.empty()) {
        surface::static_select kinds;
        for (std::size_t i = 0; i < rules.mentor_kinds.size() && i < 100; ++i)
            kinds.options.push_back({.says = rules.mentor_kinds[i], .value = std::to_string(i)});
        form.blocks.emplace_back(
            surface::input{.field = "kind", .label = "You are", .asks = std::move(kinds), .optional = true});
    }
    if (const auto commits = commitment_of(rules, what.as))
        form.blocks.emplace_back(asked_as(*commits, rules, today_of(rules, at.now())));
    if (what.as == role::protege)
        form.blocks.emplace_back(asks_what_outside_sees({}));
    form.blocks.emplace_back(surface::input{
        .field = "message",
        .label = "Anything the coordinators should know?",
        .asks = surface::plain_text_input{.multiline = true, .max_length = static_cast<int>(most_message)},
        .optional = true});
    form.blocks.emplace_back(surface::context{
        {text("Read by you and the coordinators of {}, with your name; by nobody else. Questions: {}.",
              rules.name, contact_of(rules))}});
    return form;
}

std::variant<application_given, form_errors, refusal> read_application(desk &at, const wanted_role &what,
                                                                       const fields &holds) {
    const auto &rules = at.rules().of(what.slug);
    application_given given;
    form_errors wrong;
    const auto asked = eligibility_of(rules, what.as);
    for (std::size_t i = 0; i < asked.size(); ++i) {
        const auto value = holds.chosen(field_of(i));
        std::size_t chosen = asked[i].any_of.size();
        for (std::size_t k = 0; k < asked[i].any_of.size(); ++k)
            if (std::to_string(k) == value)
                chosen = k;
        if (chosen < asked[i].any_of.size())
            given.answers[asked[i].asks] = asked[i].any_of[chosen];
        else if (value == "none")
            return refusal{fmt::format("{} None of these", asked[i].asks),
                           fmt::format("{} If you think it fits all the same, ask {}.", asked[i].says,
                                       contact_of(rules)),
                           at.line(command_name::mentoring, "contact")};
        else
            wrong.under[field_of(i)] = "This one is needed. Nothing was saved.";
    }
    const auto kind = holds.chosen("kind");
    for (std::size_t i = 0; i < rules.mentor_kinds.size(); ++i)
        if (what.as == role::mentor && std::to_string(i) == kind)
            given.answers["You are"] = rules.mentor_kinds[i];
    const auto today = today_of(rules, at.now());
    if (const auto commits = commitment_of(rules, what.as)) {
        const auto months = months_chosen(*commits, holds.chosen("commitment"));
        const auto ticked = holds.all_chosen("commitment");
        if (commits->months.empty() ? ticked.empty() : !months)
            wrong.under["commitment"] =
                commits->months.empty()
                    ? "The program counts on it, so it needs your tick. Nothing was saved."
                    : "Choose for how long. Nothing was saved.";
        given.committed_until = commitment_dates(rules, months, today).until;
    }
    if (what.as == role::protege)
        given.shows = outside_fields_of(holds);
    given.message = surface::cleaned(holds.text("message"));
    if (given.message.find_first_not_of(" \n") == std::string::npos)
        given.message.clear();
    if (const auto n = surface::code_points(given.message); n > most_message)
        wrong.under["message"] =
            fmt::format("At most {} characters; this has {}. Nothing was saved.", most_message, n);
    if (!wrong.under.empty())
        return wrong;
    return given;
}

surface::modal outside_view_form(desk &at, const program_slug &slug) {
    surface::modal form{.callback = std::string(outside_form),
                        .title = "Seen from outside",
                        .submit = "Save",
                        .metadata = slug.str()};
    form.blocks.emplace_back(asks_what_outside_sees(at.on_file.open<storage::outside_consents>()
                                                        .of(slug, at.who.id())
                                                        .value_or(std::vector<std::string>())));
    return form;
}

std::vector<std::string> outside_fields_of(const fields &holds) {
    std::vector<std::string> out;
    const auto ticked = holds.all_chosen("outside");
    for (const auto &[word, label] : outside_fields)
        if (std::find(ticked.begin(), ticked.end(), word) != ticked.end())
            out.emplace_back(word);
    return out;
}

std::string outside_words(const std::vector<std::string> &shows) {
    std::vector<std::string> labels;
    for (const auto &[word, label] : outside_fields)
        if (std::find(shows.begin(), shows.end(), word) != shows.end()) {
            std::string lower(label);
            lower.front() = static_cast<char>(lower.front() - 'A' + 'a');
            labels.push_back(std::move(lower));
        }
    if (labels.empty())
        return " and nothing else";
    std::string out;
    for (std::size_t i = 0; i < labels.size(); ++i)
        out += (i + 1 == labels.size() ? " and " : ", ") + labels[i];
    return out;
}

} // namespace rapport
