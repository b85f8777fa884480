// Those who come in by a channel or a list and are not known yet: whom to ask the platform about, and what
// becomes of them when it has answered.
#pragma once

#include "mentoring/people.hpp"
#include "storage/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rapport::storage {

// `batch` names the command that listed them; `confirmed_at` is when it was said that they shall be enrolled.
struct joining_member {
    slack_id slack;
    term_id term;
    rapport::role role = role::protege;
    person_id by_person;
    std::string batch;
    instant listed_at{};
    std::optional<instant> confirmed_at, asked_at;
};

class joining {
    session &db_;
    team_id team_;

  public:
    joining(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    // Lists somebody for a batch; who is listed for this term and role already is now of this batch.
    void list(const joining_member &one);
    std::vector<joining_member> of_batch(const std::string &batch); // by slack id
    std::vector<joining_member> of(const slack_id &who);            // confirmed ones
    void confirm(const std::string &batch, instant now);
    void done(const slack_id &who, const term_id &term, role as);
    void drop(const slack_id &who); // whatever they were listed for
    void drop_batch(const std::string &batch);
    std::int64_t waiting(const term_id &term); // confirmed, and not answered for yet
};

// Addresses that came by a list, each asked for once.
class lookups {
    session &db_;
    team_id team_;

  public:
    lookups(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    void list(const std::string &email, instant now);
    bool listed(const std::string &email);
};

// Whom to ask the platform about next: a member by id, or an address. Taking it marks it as asked.
struct to_be_asked {
    team_id team;
    std::optional<slack_id> slack;
    std::string email;
};
std::optional<to_be_asked> next_to_ask(session &db, instant now);
// The platform did not answer: it is asked again later.
void ask_again(session &db, const to_be_asked &whom);

} // namespace rapport::storage
