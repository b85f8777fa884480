// The statements and verbs of closing_choice, pair_outcome, quote and feedback.
#include "storage/closing.hpp"

namespace rapport::storage {
namespace {

#define COLUMNS "pair, person, choice, shows_address, chosen_at"
constexpr command<team_id, pair_id, person_id, closing_choice, bool, instant> choose_sql{
    "closing_wishes.choose",
    "INSERT INTO closing_choice (team, " COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (team, pair, "
    "person) DO UPDATE SET choice = excluded.choice, shows_address = excluded.shows_address, chosen_at = "
    "excluded.chosen_at"};
constexpr statement<closing_wish, team_id, pair_id, person_id> wish_sql{
    "closing_wishes.of",
    "SELECT " COLUMNS " FROM closing_choice WHERE team = $1 AND pair = $2 AND person = $3"};
constexpr statement<closing_wish, team_id, pair_id> wishes_sql{
    "closing_wishes.of_pair",
    "SELECT " COLUMNS " FROM closing_choice WHERE team = $1 AND pair = $2 ORDER BY chosen_at, person"};
constexpr command<team_id, pair_id, person_id> erase_wish_sql{
    "closing_wishes.erase", "DELETE FROM closing_choice WHERE team = $1 AND pair = $2 AND person = $3"};
#undef COLUMNS

#define COLUMNS "pair, became, next_pair, settled_at"
constexpr command<team_id, pair_id, closing_choice, std::optional<pair_id>, instant> settle_sql{
    "pair_outcomes.settle", "INSERT INTO pair_outcome (team, " COLUMNS ") VALUES ($1, $2, $3, $4, $5) "
                            "ON CONFLICT (team, pair) DO NOTHING"};
constexpr statement<pair_outcome, team_id, pair_id> outcome_sql{
    "pair_outcomes.of", "SELECT " COLUMNS " FROM pair_outcome WHERE team = $1 AND pair = $2"};
constexpr statement<pair_outcome, team_id, program_slug> waiting_sql{
    "pair_outcomes.waiting",
    "SELECT pair, became, next_pair, settled_at FROM pair_outcome WHERE team = $1 AND became = 'next cycle' "
    "AND next_pair IS NULL AND pair IN (SELECT id FROM pair WHERE team = $1 AND program = $2) ORDER BY pair"};
constexpr command<team_id, pair_id, pair_id> carried_sql{
    "pair_outcomes.carried", "UPDATE pair_outcome SET next_pair = $3 WHERE team = $1 AND pair = $2"};
constexpr command<team_id, pair_id> erase_outcome_sql{
    "pair_outcomes.erase", "DELETE FROM pair_outcome WHERE team = $1 AND pair = $2"};
#undef COLUMNS

#define COLUMNS "id, pair, program, term, person, words, named, state, made_at, decided_at"
#define QUOTE "SELECT " COLUMNS " FROM quote WHERE team = $1"
constexpr command<team_id, std::string, pair_id, program_slug, term_id, person_id, std::string, bool,
                  quote_state, instant, std::optional<instant>>
    add_quote_sql{"quotes.add", "INSERT INTO quote (team, " COLUMNS
                                ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"};
constexpr statement<quote, team_id, std::string> quote_by_id_sql{"quotes.by_id", QUOTE " AND id = $2"};
constexpr command<team_id, std::string, quote_state, quote_state, instant> move_quote_sql{
    "quotes.move", "UPDATE quote SET state = $4, decided_at = $5 WHERE team = $1 AND id = $2 AND state = $3"};
constexpr statement<quote, team_id, program_slug> approved_sql{
    "quotes.approved", QUOTE " AND program = $2 AND state = 'approved' ORDER BY made_at DESC, id DESC"};
constexpr statement<quote, team_id, pair_id> approved_of_sql{
    "quotes.approved_of", QUOTE " AND pair = $2 AND state = 'approved' ORDER BY made_at, id"};
#undef QUOTE
#undef COLUMNS

#define COLUMNS "pair, side, moment, person, went_well, would_help, to_partner, given_at"
#define FEEDBACK "SELECT " COLUMNS " FROM feedback WHERE team = $1"
constexpr command<team_id, pair_id, side, feedback_time, person_id, std::string, std::string, bool, instant>
    give_sql{
        "feedbacks.give",
        "INSERT INTO feedback (team, " COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) "
        "ON CONFLICT (team, pair, side, moment) DO UPDATE SET person = excluded.person, went_well = "
        "excluded.went_well, would_help = excluded.would_help, to_partner = excluded.to_partner, given_at "
        "= excluded.given_at"};
constexpr statement<feedback_row, team_id, pair_id, side, feedback_time> given_sql{
    "feedbacks.of", FEEDBACK " AND pair = $2 AND side = $3 AND moment = $4"};
constexpr statement<feedback_row, team_id, pair_id> given_in_sql{"feedbacks.of_pair", FEEDBACK
                                                                 " AND pair = $2 ORDER BY given_at, side"};
constexpr statement<feedback_row, team_id, program_slug> of_program_sql{
    "feedbacks.of_program", FEEDBACK " AND pair IN (SELECT id FROM pair WHERE team = $1 AND program = $2) "
                                     "ORDER BY given_at DESC, pair, side"};
constexpr command<team_id, pair_id, side, feedback_time> erase_feedback_sql{
    "feedbacks.erase", "DELETE FROM feedback WHERE team = $1 AND pair = $2 AND side = $3 AND moment = $4"};
#undef FEEDBACK
#undef COLUMNS

} // namespace

void closing_wishes::choose(const closing_wish &what) {
    db_.run(choose_sql, team_, what.pair, what.person, what.choice, what.shows_address, what.chosen_at);
}

std::optional<closing_wish> closing_wishes::of(const pair_id &pair, const person_id &who) {
    return db_.one(wish_sql, team_, pair, who);
}

std::vector<closing_wish> closing_wishes::of_pair(const pair_id &pair) {
    return db_.all(wishes_sql, team_, pair);
}

void closing_wishes::erase(const pair_id &pair, const person_id &who) {
    db_.run(erase_wish_sql, team_, pair, who);
}

bool pair_outcomes::settle(const pair_outcome &what) {
    return db_.changed(settle_sql, team_, what.pair, what.became, what.next, what.settled_at) == 1;
}

std::optional<pair_outcome> pair_outcomes::of(const pair_id &pair) {
    return db_.one(outcome_sql, team_, pair);
}

std::vector<pair_outcome> pair_outcomes::waiting(const program_slug &program) {
    return db_.all(waiting_sql, team_, program);
}

void pair_outcomes::carried(const pair_id &pair, const pair_id &next) {
    db_.run(carried_sql, team_, pair, next);
}

void pair_outcomes::erase(const pair_id &pair) {
    db_.run(erase_outcome_sql, team_, pair);
}

void quotes::add(const quote &what) {
    db_.run(add_quote_sql, team_, what.id, what.pair, what.program, what.term, what.person, what.words,
            what.named, what.state, what.made_at, what.decided_at);
}

std::optional<quote> quotes::by_id(const std::string &id) {
    return db_.one(quote_by_id_sql, team_, id);
}

bool quotes::move(const std::string &id, quote_state from, quote_state to, instant now) {
    return db_.changed(move_quote_sql, team_, id, from, to, now) == 1;
}

std::vector<quote> quotes::approved(const program_slug &program) {
    return db_.all(approved_sql, team_, program);
}

std::vector<quote> quotes::approved_of(const pair_id &pair) {
    return db_.all(approved_of_sql, team_, pair);
}

void feedbacks::give(const feedback_row &what) {
    db_.run(give_sql, team_, what.pair, what.side, what.moment, what.person, what.went_well, what.would_help,
            what.to_partner, what.given_at);
}

std::optional<feedback_row> feedbacks::of(const pair_id &pair, side by, feedback_time when) {
    return db_.one(given_sql, team_, pair, by, when);
}

std::vector<feedback_row> feedbacks::of_pair(const pair_id &pair) {
    return db_.all(given_in_sql, team_, pair);
}

std::vector<feedback_row> feedbacks::of_program(const program_slug &program) {
    return db_.all(of_program_sql, team_, program);
}

void feedbacks::erase(const pair_id &pair, side by, feedback_time when) {
    db_.run(erase_feedback_sql, team_, pair, by, when);
}

} // namespace rapport::storage
