// What an error of the platform means for the caller: the one table of error words and HTTP statuses, so that
// no caller compares strings.
#pragma once

#include "bot/slack/words.hpp"

#include <string>
#include <string_view>

namespace rapport::slack {

enum class failure {
    none,           // ok, or an error that says it was done before
    token_dead,     // the installation is gone or its token is: stop sending, tell the operator
    configuration,  // a scope, a setting or a policy of the workspace: tell the operator
    our_bug,        // we sent what the platform cannot read: never send the same again
    target_gone,    // channel, person or message is gone or closed to us: update what we know
    outdated,       // the form closed, the trigger expired, a newer view won: normal, ask again
    later,          // certainly not executed: may be sent again
    maybe_executed, // nobody knows
    unknown,        // a word we have never seen; not executed as far as one can tell
};

inline constexpr choices<failure, 9> failure_words{{
    {failure::none, "none"},
    {failure::token_dead, "token_dead"},
    {failure::configuration, "configuration"},
    {failure::our_bug, "our_bug"},
    {failure::target_gone, "target_gone"},
    {failure::outdated, "outdated"},
    {failure::later, "later"},
    {failure::maybe_executed, "maybe_executed"},
    {failure::unknown, "unknown"},
}};

// The class of the `error` word of an answer with ok:false. Any word is taken.
failure failure_of_error(std::string_view error);

// The class of an HTTP status other than 200, for an answer whose body says nothing.
failure failure_of_status(int status);

// Whether Socket Mode must stop for good on this answer of apps.connections.open: only what no waiting mends.
// Everything else is tried again for ever.
bool ends_socket_mode(std::string_view error, int status);

// One sentence for the operator on how to mend it; empty where there is nothing to do but wait.
std::string_view mend_of(std::string_view error);

} // namespace rapport::slack
