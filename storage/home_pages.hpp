// Home pages as the outbox carries them: one row a person, which waits again each time the page may have
// changed and remembers a hash of what was published, so that an unchanged page is not sent. Hash only: what
// a page says is rendered at the claim and kept nowhere.
#pragma once

#include "storage/outbox.hpp"

#include <string>

namespace rapport::storage {

class home_pages {
    session &db_;
    team_id team_;

  public:
    home_pages(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    // The key of a person's row.
    static std::string key_of(const person_id &whose);

    // The person's row waits, from `at` on. One that waits already may only come sooner, unless a call was
    // put off; one that is on its way is marked `again`, and waits once more when its call is over.
    void want(const outbox_id &id, const person_id &whose, const std::string &kind, instant at);

    // The person opened their page and was shown the one with this seal: from now on it is kept true for
    // them.
    void opened(const outbox_id &id, const person_id &whose, const std::string &kind, const std::string &seal,
                instant at);
    // Whether the person ever opened theirs: pages nobody looks at are not published.
    bool is_followed(const person_id &whose);

    // What stands there now was not published by the row: the next time it is sent whatever it was before.
    void shown_otherwise(const person_id &whose);
};

} // namespace rapport::storage
