// THE TABLES: everything a person can say or press, in the order help shows it. Parsing, permission, help,
// the manual and the manifest come from these rows. A row without a handler, an example that does not fit its
// own usage or a name given twice does not compile.
#include "handlers/help.hpp"
#include "handlers/registry.hpp"
#include "handlers/taking_back.hpp"
#include "handlers/twice.hpp"
#include "handlers/which_pair.hpp"

namespace rapport {
namespace {

using enum command_name;
using enum permission;

// clang-format off

constexpr command_row commands[] = {
    // command   verb       usage  what it does                                who may  help shows it to  handler        example
    {mentoring, "contact", "", "Show whom to ask about a program.", anyone, to_all, show_contact, "contact"},
};

// A row is never taken out: messages keep their buttons for years. Retired ones answer by retired_button.
constexpr button_row buttons[] = {
    {undo_action, anyone, take_back},     // its own person only
    {again_yes,   anyone, run_carried},
    {again_no,    anyone, leave_it_once},
    {pair_chosen, anyone, run_carried},
};

// clang-format on

static_assert(no_row_twice(commands));
static_assert(well_made(commands));
static_assert(examples_fit(commands));
static_assert(about_pairs_for_pairs(commands));
static_assert(keyed_once(std::span<const button_row>(buttons), &button_row::action));
static_assert(all_run(std::span<const button_row>(buttons), &button_row::run));

constexpr tables all{
    .commands = commands, .buttons = buttons, .forms = {}, .shortcuts = {}, .events = {}, .undos = {}};

} // namespace

const tables &the_tables() {
    return all;
}

} // namespace rapport
