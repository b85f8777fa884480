// What a coordinator does about a line of the queue, recorded as a kind and a moment; and which lines are one
// thing though each side of a pair has its own.
#pragma once

#include "handlers/registry.hpp"
#include "storage/coordinator_acts.hpp"

#include <array>
#include <string>
#include <vector>

namespace rapport {

// The kinds one can say with a press, and how they are called. "Seen to it" stands alone and says no more.
struct act_choice {
    storage::act_kind act;
    std::string_view says;
    std::string_view on_page; // the button of a line of the queue: shows the page again
    std::string_view after;   // the button that follows "I'll see to it": says how
};
inline constexpr std::array<act_choice, 3> act_choices = {{
    {storage::act_kind::wrote, "I wrote", "queue.line.wrote", "queue.how.wrote"},
    {storage::act_kind::spoke, "We spoke", "queue.line.spoke", "queue.how.spoke"},
    {storage::act_kind::not_needed, "Not needed", "queue.line.not_needed", "queue.how.not_needed"},
}};

// A line as its buttons name it, and back; none where it is not on file.
std::string queue_reference(const storage::attention_line &line);
std::optional<storage::attention_line> referred_line(storage::records &on_file, std::string_view reference);

// Open lines about the same thing of the same pair, on its other side: one first meeting is missing, not two.
std::vector<storage::attention_line> twins_of(storage::records &on_file, const storage::attention_line &line);
bool are_twins(const storage::attention_line &a, const storage::attention_line &b);
// Leaves the first of those that are one thing.
void drop_twins(std::vector<storage::attention_line> &lines);

// Clears the line and those that are one with it, and records how. False if it was cleared before; how it was
// seen to is recorded all the same.
bool see_to(desk &at, const storage::attention_line &line, storage::act_kind how);
// The undo of it: what was done is not on record any more.
void forget_act(desk &at, const storage::attention_line &line);

// The buttons of a line on the page and of the question how.
std::vector<surface::element> act_buttons(const storage::attention_line &line);
std::vector<surface::element> how_buttons(const storage::attention_line &line);

result<answer> say_how(desk &at); // a button that follows "I'll see to it"

} // namespace rapport
