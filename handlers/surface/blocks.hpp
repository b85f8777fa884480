// The parts of a message, a form and the home page, as plain values written with designated initializers.
// Only what Rapport sends is modelled; the platform's limits are enforced where they are rendered.
#pragma once

#include "handlers/surface/mrkdwn.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace rapport::surface {

enum class tone { neutral, primary, danger };

// "Are you sure?" before a press counts.
struct confirm {
    plain title = {};
    plain says = {};
    plain yes = "Yes";
    plain no = "No";
};

// One thing to choose. `value` is ours (at most 75 characters), never a person's words.
struct option {
    plain says = {};
    std::string value = {};
    plain detail = {};
};

// --- what people press or fill in. `action` is an id of the table of buttons; inside an input it is left
// out.

struct button {
    plain says = {};
    std::string action = {};
    std::string value = {};
    tone look = tone::neutral;
    std::optional<confirm> asks_first = {};
};
struct overflow { // one to five rarely needed choices behind "..."
    std::string action = {};
    std::vector<option> options = {};
};
struct static_select {
    std::vector<option> options = {};
    std::string chosen = {}; // the value of an option, or empty
    plain placeholder = "Choose";
    std::string action = {};
};
struct users_select {
    slack_id chosen = {};
    plain placeholder = "Choose a person";
    std::string action = {};
};
struct datepicker {
    std::optional<day> chosen = {};
    std::string action = {};
};
struct radio {
    std::vector<option> options = {};
    std::string chosen = {};
    std::string action = {};
};
struct checkboxes {
    std::vector<option> options = {};
    std::vector<std::string> chosen = {};
    std::string action = {};
};
struct plain_text_input {
    std::string initial = {};
    bool multiline = false;
    int max_length = 0; // code points; 0: the platform's own 3,000
    plain placeholder = {};
};
struct number_input {
    std::optional<int> initial = {};
    int least = 0;
    int most = 1000;
};

using element = std::variant<button, overflow, static_select, users_select, datepicker, radio, checkboxes>;
using input_element =
    std::variant<plain_text_input, number_input, static_select, users_select, datepicker, radio, checkboxes>;

// --- blocks

struct header {
    plain text = {};
};
// A paragraph, short facts beside each other, or both; one element may stand at its side.
struct section {
    mrkdwn text = {};
    std::vector<mrkdwn> fields = {};
    std::optional<element> beside = {};
};
struct context {
    std::vector<mrkdwn> notes = {};
};
struct actions {
    std::vector<element> elements = {};
};
struct divider {};
// A question of a form. `field` names it in what comes back, and errors are shown under it by that name.
struct input {
    std::string field = {};
    plain label = {};
    input_element asks = {};
    plain hint = {};
    bool optional = false;
};

using block = std::variant<header, section, context, actions, divider, input>;

// --- what holds them

// `summary` holds the whole meaning: it is what a screen reader and a notification say.
struct message {
    mrkdwn summary = {};
    std::vector<block> blocks = {};
};

// A form. `metadata` travels to the person's device and back: ids only, checked again when it comes back.
struct modal {
    std::string callback = {};
    plain title = {};
    plain submit = {}; // empty: nothing to send
    plain close = "Close";
    std::string metadata = {};
    std::vector<block> blocks = {};
    bool notify_on_close = false;
};

struct home {
    std::vector<block> blocks = {};
};

// --- pieces used everywhere

// Lists shown to people have at most this many rows.
inline constexpr std::size_t most_in_a_list = 7;

// The rows, or the first seven and a line that says how many more there are and where: "And 4 more:
// /milestone".
std::vector<block> listed(std::vector<section> rows, const mrkdwn &where_the_rest_is);

// A message of one paragraph: summary and section are the same text.
message said(mrkdwn text);

// The blocks of several parts, in order.
std::vector<block> joined(std::initializer_list<std::vector<block>> parts);

} // namespace rapport::surface
