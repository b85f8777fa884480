// From a request to what leaves for it: once each, found in the tables, permitted, read, handled, kept. Runs
// inside the unit that its handler writes in.
#pragma once

#include "handlers/registry.hpp"

#include <string>
#include <string_view>

namespace rapport {

// Answers a request inside one transaction. What was answered before is answered the same while it is kept,
// and after that "already recorded"; the rendered answer is kept in the inbox until the caller marks it
// delivered. An exception means that nothing may be committed.
rendered_answer dispatch(storage::session &db, id_source &ids, const house &here, const request &asked,
                         const tables &rows = the_tables());

// The same without the inbox: what the one who asks hears. For dispatch, and for tests of handlers.
answer answer_to(storage::records &on_file, const house &here, const request &asked,
                 const tables &rows = the_tables());

// One command line said by the one at the desk: by typing it, or by a button that carries it. `sure`: do not
// ask whether it is the same one.
answer run_line(desk &at, command_name command, std::string_view words, bool sure);

// The handler of buttons that mean nothing any more.
result<answer> retired_button(desk &at);

// What to say when there is no answer from a handler. The reference is for whoever looks into the log.
answer sorry(const request &asked, std::string_view reference);
answer busy(const request &asked);

} // namespace rapport
