// Block Kit out: every limit of the platform that concerns what Rapport sends is in this file.
#include "handlers/surface/render.hpp"

#include "handlers/surface/characters.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>
#include <stdexcept>

namespace rapport::surface {
namespace {

using nlohmann::json;

template <class... F>
struct overloaded : F... {
    using F::operator()...;
};
template <class... F>
overloaded(F...) -> overloaded<F...>;

void require(bool holds, const char *rule) {
    if (!holds)
        throw std::logic_error(std::string("render: ") + rule);
}

// --- texts

json words(const plain &text, std::size_t most, const char *what) {
    auto shown_text = trimmed_plain(text, most);
    require(!shown_text.empty(), what);
    return {{"type", "plain_text"}, {"text", std::move(shown_text)}};
}

// verbatim: names and addresses in a person's words stay words; links are made by web_link{}.
json formatted(const mrkdwn &text, std::size_t most, const char *what) {
    auto shown_text = trimmed_mrkdwn(text, most);
    require(!shown_text.empty(), what);
    return {{"type", "mrkdwn"}, {"text", std::move(shown_text)}, {"verbatim", true}};
}

// --- elements

// What one block holds, or one view: ids must not repeat in either.
class ids_in_use {
    std::set<std::string> seen_;

  public:
    // The id, or "id#2", "id#3": dispatch drops what follows '#'.
    std::string distinct(const std::string &id) {
        require(!id.empty() && id.size() <= 240 && id.find('#') == std::string::npos,
                "an action id has 1 to 240 characters without #");
        auto one = id;
        for (int n = 2; !seen_.insert(one).second; ++n)
            one = id + "#" + std::to_string(n);
        return one;
    }
    void once(const std::string &id) {
        require(!id.empty() && id.size() <= 255, "a field has a name of 1 to 255 characters");
        require(seen_.insert(id).second, "a field is named twice");
    }
};

json option_json(const option &o) {
    json j{{"text", words(o.says, 75, "an option says something")}, {"value", o.value}};
    require(!o.value.empty() && utf16_units(o.value) <= 75, "an option's value has 1 to 75 characters");
    if (!o.detail.empty())
        j["description"] = words(o.detail, 75, "a description says something");
    return j;
}

json options_json(const std::vector<option> &options, std::size_t most) {
    require(!options.empty() && options.size() <= most, "too few or too many options");
    json all = json::array();
    std::set<std::string> values;
    for (const auto &o : options) {
        require(values.insert(o.value).second, "two options have one value");
        all.push_back(option_json(o));
    }
    return all;
}

json chosen_option(const std::vector<option> &options, const std::string &value) {
    const auto it = std::find_if(options.begin(), options.end(), [&](auto &o) { return o.value == value; });
    require(it != options.end(), "the chosen option is not one of the options");
    return option_json(*it);
}

json confirm_json(const confirm &c) {
    return {{"title", words(c.title, 100, "a confirmation has a title")},
            {"text", words(c.says, 300, "a confirmation says something")},
            {"confirm", words(c.yes, 30, "a confirmation has a yes")},
            {"deny", words(c.no, 30, "a confirmation has a no")}};
}

json bare(const button &b) {
    json j{{"type", "button"}, {"text", words(b.says, 75, "a button says something")}};
    require(utf16_units(b.value) <= 2000, "a button's value has at most 2000 characters");
    if (!b.value.empty())
        j["value"] = b.value;
    if (b.look != tone::neutral)
        j["style"] = b.look == tone::primary ? "primary" : "danger";
    if (b.asks_first)
        j["confirm"] = confirm_json(*b.asks_first);
    return j;
}
json bare(const overflow &o) {
    return {{"type", "overflow"}, {"options", options_json(o.options, 5)}};
}
json bare(const static_select &s) {
    json j{{"type", "static_select"},
           {"placeholder", words(s.placeholder, 150, "a menu has a placeholder")},
           {"options", options_json(s.options, 100)}};
    if (!s.chosen.empty())
        j["initial_option"] = chosen_option(s.options, s.chosen);
    return j;
}
json bare(const users_select &s) {
    json j{{"type", "users_select"}, {"placeholder", words(s.placeholder, 150, "a menu has a placeholder")}};
    if (!s.chosen.empty())
        j["initial_user"] = s.chosen.str();
    return j;
}
json bare(const datepicker &d) {
    json j{{"type", "datepicker"}};
    if (d.chosen) {
        require(d.chosen->ok(), "a date exists");
        j["initial_date"] = date::format("%F", *d.chosen);
    }
    return j;
}
json bare(const radio &r) {
    json j{{"type", "radio_buttons"}, {"options", options_json(r.options, 10)}};
    if (!r.chosen.empty())
        j["initial_option"] = chosen_option(r.options, r.chosen);
    return j;
}
json bare(const checkboxes &c) {
    json j{{"type", "checkboxes"}, {"options", options_json(c.options, 10)}};
    for (const auto &value : c.chosen)
        j["initial_options"].push_back(chosen_option(c.options, value));
    return j;
}
json bare(const plain_text_input &t) {
    json j{{"type", "plain_text_input"}, {"multiline", t.multiline}};
    if (!t.initial.empty())
        j["initial_value"] = shortened(cleaned(t.initial), 3000);
    require(t.max_length >= 0 && t.max_length <= 3000, "an input holds at most 3000 characters");
    if (t.max_length > 0)
        j["max_length"] = t.max_length;
    if (!t.placeholder.empty())
        j["placeholder"] = words(t.placeholder, 150, "a placeholder says something");
    return j;
}
json bare(const number_input &n) {
    require(n.least <= n.most, "a number's least is not above its most");
    json j{{"type", "number_input"},
           {"is_decimal_allowed", false},
           {"min_value", std::to_string(n.least)},
           {"max_value", std::to_string(n.most)}};
    if (n.initial)
        j["initial_value"] = std::to_string(*n.initial);
    return j;
}

json element_json(const element &e, ids_in_use &ids) {
    return std::visit(
        [&](const auto &one) {
            auto j = bare(one);
            j["action_id"] = ids.distinct(one.action);
            return j;
        },
        e);
}

// --- blocks

// Where blocks stand decides how many there may be and whether questions may be among them.
enum class surface_kind { message, view };

json block_json(const header &h) {
    return {{"type", "header"}, {"text", words(h.text, 150, "a header says something")}};
}
json block_json(const section &s) {
    require(!s.text.text.empty() || !s.fields.empty(), "a section says something");
    require(s.fields.size() <= 10, "a section has at most ten fields");
    json j{{"type", "section"}};
    if (!s.text.text.empty())
        j["text"] = formatted(s.text, 3000, "a section says something");
    for (const auto &field : s.fields)
        j["fields"].push_back(formatted(field, 2000, "a field says something"));
    if (s.beside) {
        ids_in_use ids;
        j["accessory"] = element_json(*s.beside, ids);
    }
    return j;
}
json block_json(const context &c) {
    require(!c.notes.empty() && c.notes.size() <= 10, "a context has one to ten notes");
    json notes = json::array();
    for (const auto &note : c.notes)
        notes.push_back(formatted(note, 2000, "a note says something"));
    return {{"type", "context"}, {"elements", std::move(notes)}};
}
json block_json(const actions &a) {
    require(!a.elements.empty() && a.elements.size() <= 25, "actions hold one to 25 elements");
    ids_in_use ids;
    json all = json::array();
    for (const auto &e : a.elements)
        all.push_back(element_json(e, ids));
    return {{"type", "actions"}, {"elements", std::move(all)}};
}
json block_json(const divider &) {
    return {{"type", "divider"}};
}
json block_json(const input &i) {
    auto asks = std::visit([](const auto &one) { return bare(one); }, i.asks);
    asks["action_id"] = "value"; // the field's name is the block's; what was typed survives an update
    json j{{"type", "input"},
           {"block_id", i.field},
           {"label", words(i.label, 2000, "a question has a label")},
           {"element", std::move(asks)},
           {"optional", i.optional}};
    if (!i.hint.empty())
        j["hint"] = words(i.hint, 2000, "a hint says something");
    return j;
}

json blocks_of(const std::vector<block> &blocks, surface_kind where) {
    const std::size_t most = where == surface_kind::message ? 50 : 100;
    require(blocks.size() <= most, "too many blocks");
    ids_in_use fields;
    json all = json::array();
    for (const auto &b : blocks) {
        if (const auto *question = std::get_if<input>(&b)) {
            require(where == surface_kind::view, "a message holds no questions");
            fields.once(question->field);
        }
        all.push_back(std::visit([](const auto &one) { return block_json(one); }, b));
    }
    return all;
}

bool asks_anything(const std::vector<block> &blocks) {
    return std::any_of(blocks.begin(), blocks.end(),
                       [](const block &b) { return std::holds_alternative<input>(b); });
}

json view_json(const modal &m) {
    require(!m.callback.empty() && m.callback.size() <= 255, "a form has a callback of 1 to 255 characters");
    require(utf16_units(m.metadata) <= 3000, "a form's metadata has at most 3000 characters");
    require(!m.blocks.empty(), "a form holds something");
    require(!m.submit.empty() || !asks_anything(m.blocks), "a form that asks has a submit button");
    json j{{"type", "modal"},
           {"callback_id", m.callback},
           {"title", words(m.title, 24, "a form has a title")},
           {"close", words(m.close, 24, "a form has a close button")},
           {"notify_on_close", m.notify_on_close},
           {"blocks", blocks_of(m.blocks, surface_kind::view)}};
    if (!m.submit.empty())
        j["submit"] = words(m.submit, 24, "a submit button says something");
    if (!m.metadata.empty())
        j["private_metadata"] = m.metadata;
    return j;
}

json message_json(const message &m) {
    auto summary = trimmed_mrkdwn(m.summary, 4000); // chat.update refuses more
    require(!summary.empty(), "a message has a summary");
    json j{{"text", std::move(summary)}};
    if (!m.blocks.empty())
        j["blocks"] = blocks_of(m.blocks, surface_kind::message);
    return j;
}

std::string written(const json &j, std::size_t most = 250'000) {
    auto out = j.dump();
    require(out.size() <= most, "the platform takes at most 250 KB");
    return out;
}

// How far the piece of formatted text at `at` reaches: an entity, a token or one code point.
std::size_t piece_end(std::string_view text, std::size_t at) {
    const char end_mark = text[at] == '&' ? ';' : text[at] == '<' ? '>' : '\0';
    if (end_mark != '\0')
        if (const auto end = text.find(end_mark, at); end != std::string_view::npos)
            return end + 1;
    next_point(text, at);
    return at;
}

template <class PieceEnd>
std::string cut(const std::string &text, std::size_t most, PieceEnd piece) {
    if (utf16_units(text) <= most)
        return text;
    std::size_t at = 0, units = 0;
    while (at < text.size()) {
        const auto end = piece(text, at);
        const auto more = utf16_units(std::string_view(text).substr(at, end - at));
        if (units + more > most - 1)
            break;
        units += more;
        at = end;
    }
    auto out = text.substr(0, at);
    while (!out.empty() && (out.back() == ' ' || out.back() == '\n'))
        out.pop_back();
    return out + "…";
}

} // namespace

std::string trimmed_mrkdwn(const mrkdwn &text, std::size_t most) {
    return cut(text.text, most, piece_end);
}

// The platform may count a plain & as the five characters it is stored as: each piece is weighed escaped.
std::string trimmed_plain(const plain &text, std::size_t most) {
    const auto clean = one_line(text.text);
    if (utf16_units(escaped(clean)) <= most)
        return clean;
    std::string out;
    std::size_t units = 0;
    for (std::size_t at = 0; at < clean.size();) {
        const auto from = at;
        next_point(clean, at);
        const auto piece = std::string_view(clean).substr(from, at - from);
        units += utf16_units(escaped(piece));
        if (units > most - 1)
            break;
        out += piece;
    }
    while (!out.empty() && out.back() == ' ')
        out.pop_back();
    return out + "…";
}

std::string to_json(const message &what, delivery how) {
    auto j = message_json(what);
    if (how != delivery::post)
        j["response_type"] = "ephemeral";
    if (how == delivery::replace_original)
        j["replace_original"] = true;
    return written(j);
}

std::string to_json(const modal &what) {
    return written(view_json(what));
}

std::string to_json(const home &what) {
    return written({{"type", "home"}, {"blocks", blocks_of(what.blocks, surface_kind::view)}});
}

std::string delete_original() {
    return R"({"delete_original":true})";
}

std::string blocks_json(const message &what) {
    return written(blocks_of(what.blocks, surface_kind::message));
}

std::string form_errors(const std::map<std::string, std::string> &under_fields) {
    require(!under_fields.empty(), "an error stands under a field");
    json errors = json::object();
    for (const auto &[field, wrong] : under_fields) {
        require(!field.empty() && !wrong.empty(), "an error names its field and says something");
        errors[field] = trimmed_plain(wrong, 2000);
    }
    return written({{"response_action", "errors"}, {"errors", std::move(errors)}});
}

std::string form_update(const modal &next) {
    return written({{"response_action", "update"}, {"view", view_json(next)}});
}

std::string form_push(const modal &next) {
    return written({{"response_action", "push"}, {"view", view_json(next)}});
}

std::string form_clear() {
    return R"({"response_action":"clear"})";
}

} // namespace rapport::surface
