// Words that pass through once: an ask to the pair's conversation, a private line to a coordinator. What is
// kept is who, to whom, when, and whether they arrived; the words are nowhere.
#pragma once

#include "mentoring/words.hpp"
#include "storage/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rapport::storage {

enum class relay_kind { ask, line };
RAPPORT_WORDS(relay_kind, 2, {{relay_kind::ask, "ask"}, {relay_kind::line, "line"}})

// composed: committed, not begun; sending: the call is about to be made; posted; lost: the words are gone.
// `unsure`: lost while sending, so they may have arrived.
enum class relay_state { composed, sending, posted, lost, unsure };
RAPPORT_WORDS(relay_state, 5,
              {{relay_state::composed, "composed"},
               {relay_state::sending, "sending"},
               {relay_state::posted, "posted"},
               {relay_state::lost, "lost"},
               {relay_state::unsure, "unsure"}})

// `due_by_at`: until when an answer is hoped for. `clock`: the reply clock an ask set or took over.
struct relay {
    std::string id;
    relay_kind kind = relay_kind::ask;
    program_slug program;
    std::optional<pair_id> pair;
    person_id by_person;
    person_id to_person;
    std::optional<instant> due_by_at;
    relay_state state = relay_state::composed;
    instant made_at{};
    std::optional<instant> ended_at;
    std::optional<channel_id> channel;
    std::optional<std::string> ts;
    std::optional<std::string> clock;

    bool operator==(const relay &) const = default;
};

class relays {
    session &db_;
    team_id team_;

  public:
    relays(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    void add(const relay &what);
    std::optional<relay> find(const std::string &id);
    std::vector<relay> of_pair(const pair_id &pair); // oldest first
    // From composed to sending; false if it is not composed any more: then the call must not be made.
    bool begin(const std::string &id);
    void posted(const std::string &id, const channel_id &channel, const std::string &ts, instant now);
    void end(const std::string &id, relay_state as, instant now);
    void run_clock(const std::string &id, const std::string &clock);
    // The clock is to be answered by then: the earlier date of an ask, or a later one that was promised.
    void set_due(const std::string &clock, const std::optional<instant> &due_by_at);
};

} // namespace rapport::storage
