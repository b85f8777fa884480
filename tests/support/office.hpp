// The bench for everything Rapport says and does: a workspace without sockets, over a database in memory and
// a clock that is moved by hand. What goes in and comes out is what the platform would send and get.
//
//     office o;
//     auto heard = o.says("ana", "/checkin All well");
//     CHECK(heard.text.find("Saved") != std::string::npos);
//     heard = o.presses("ana", heard, "Undo");
#pragma once

#include "handlers/dispatch.hpp"
#include "storage/store.hpp"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace rapport::tests {

// A button or menu entry that was shown.
struct shown_button {
    std::string label, action, value;
};

// What one person got to see in answer to one act.
struct heard {
    rendered_answer raw;
    std::string text;                          // what was said, as a screen reader says it
    std::vector<std::string> blocks;           // every text of every block, in order
    std::vector<shown_button> buttons;         // of the message, or of the form or home page
    std::string form, title, metadata;         // of a form that opened or came next: its callback
    std::vector<std::string> fields;           // of that form
    std::map<std::string, std::string> errors; // under the fields of the form that was sent
    bool replaced = false;                     // the message with the button was replaced
    bool closed = false;                       // the form that was sent closed
    bool home = false;                         // a home page was shown

    bool says(std::string_view words) const; // in what was said or in a block
};

// What is on its way out, as the outbox holds it.
struct planned_item {
    std::string kind, key, verb, state;
    std::string person; // by the office's name for them, or empty
    std::string subject, params;
    instant not_before_at{};
};

// The people: olive (owner, not on file), noor (coordinator), priya and ana (mentor and protégé, a pair that
// talks in "G0PAIR"), sam and mei (mentor and protégé in no pair), zed (a stranger to Rapport). The program
// is "starter", its term open since a month. It is Monday 2 November 2026, 10:00 in London.
class office {
    std::unique_ptr<storage::store> store_;
    id_source ids_{2026};
    int requests_ = 0;
    std::string policies_seen_;
    const tables &rows_;

  public:
    house here;
    instant now;
    term_id term;
    pair_id pair; // priya and ana

    explicit office(const tables &rows = the_tables(), const std::string &database = "sqlite::memory:");

    // --- doing things. Each is one delivery, through the inbox, in a transaction of its own.

    heard says(const std::string &who, const std::string &line, const std::string &where = "C0LOBBY");
    // Presses a button of what was heard, by its label. A menu or picker gets what is chosen.
    heard presses(const std::string &who, const heard &on, const std::string &label, field_value chosen = {});
    // Sends the form that was heard.
    heard submits(const std::string &who, const heard &form, fields holds);
    // Anything else; who, when and the key are filled in where they are empty.
    heard happens(const std::string &who, what_happened what, const std::string &where = {});
    // A whole request as it stands: again for a duplicate.
    heard delivers(const request &asked);
    // A whole request whose unit must fail: why it did.
    std::string fails(const request &asked);
    const request &last() const {
        return last_;
    }

    void advance(span_of_time by) {
        now += by;
    }

    // Policies that were put in force hold from now on; each request does this by itself.
    void follow_policies();

    // --- looking

    std::vector<planned_item> outgoing(); // waiting or further, oldest first
    // Runs anything on the records, committed when it returns.
    void on_file(const std::function<void(storage::records &)> &work);
    // Everything written is in the main file, and the side log is empty.
    void settle_on_disk();
    person_id id_of(const std::string &who);
    static slack_id slack_of(const std::string &who); // "ana" is U0ANA

  private:
    request last_;

    request made(const std::string &who, const std::string &where, what_happened what);
    void furnish();
};

// The starter program of the bench.
program starter_program();

} // namespace rapport::tests
