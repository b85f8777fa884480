// What somebody sees of a message, a form or an answer: its words, what can be pressed and what can be filled
// in. Read from what was rendered for the platform, so a button that was not shown cannot be pressed.
#pragma once

#include "handlers/answer.hpp"

#include <map>
#include <string>
#include <vector>

namespace rapport::simulate {

struct offered_press {
    std::string label, action, value;
    bool in_menu = false; // an entry of a menu: two taps
};

struct offered_field {
    std::string name, type; // the platform's word for the element: "radio_buttons"
    bool optional = false;
    std::vector<std::string> values; // of its options
    field_value before = {};         // what it holds already
};

struct screen {
    std::string text;
    std::vector<offered_press> presses;
    std::string form, metadata; // of a form: its callback
    std::vector<offered_field> fields;

    bool is_form() const {
        return !form.empty();
    }
};

screen read_message(const std::string &json);
screen read_view(const std::string &json);
// An answer as its person sees it; a form where one opened or came next.
screen read_answer(const rendered_answer &one);

// The arguments of a call that matter to the stage: "channel", "ts", "text", "users" where they are there.
struct call_arguments {
    std::string channel, ts, text, users;
};
call_arguments read_call(const std::string &json);

} // namespace rapport::simulate
