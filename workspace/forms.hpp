// Views as the person's client keeps them: the stack of up to three forms, the Home, and what stands in a
// form's fields. Used by views.* and by what an ack answers to a submission.
#pragma once

#include "workspace/platform.hpp"

#include <string>

namespace workspace {

constexpr std::size_t stack_limit = 3;

// Puts a new form on top of a person's stack; the body was judged before.
view &push_form(platform &on, const std::string &user, json body);
// Replaces what an open view shows; typed values survive where block_id and action_id are the same.
void replace_view(platform &on, view &what, json body);
view &publish_home(platform &on, const std::string &user, json body);
// Takes the top form away; all of them with `whole_stack`.
void close_form(platform &on, const std::string &user, bool whole_stack);
view *top_form(platform &on, const std::string &user);

// state.values of a form nobody has touched: the initial values, or null.
json initial_values(const json &blocks);
// The value object of one element, as an action and as state, from what a hand put in; null: not a value of
// its.
json value_of(const json &element, const json &put_in);
// What the person's own client would say before it sends the form; empty: nothing.
std::string complaint_about(const json &element, const json &value, bool optional);

} // namespace workspace
