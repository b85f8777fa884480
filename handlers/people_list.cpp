// Planning a list in memory, then doing it; see people_list.hpp.
#include "handlers/people_list.hpp"

#include "handlers/deciding.hpp"
#include "handlers/entering.hpp"
#include "handlers/introductions.hpp"
#include "handlers/naming.hpp"
#include "handlers/people_rows.hpp"
#include "handlers/surface/characters.hpp"
#include "storage/joining.hpp"
#include "storage/merging.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace rapport {
namespace {

// Somebody the list names: on record, or to be. `roles` are those they will have.
struct wanted_person {
    std::optional<storage::person> known;
    person_id id;
    std::string email, name;
};

class listing {
    storage::records &on_file_;
    const house &here_;
    const program &rules_;
    storage::term term_;
    std::optional<person_id> by_;
    instant now_;
    day today_;
    std::vector<wanted_row> rows_;
    std::map<std::string, wanted_person> people_; // by member id or address
    list_report out_;

    // --- who is meant

    std::optional<storage::person> on_record(const std::string &key) const {
        return key.find('@') == std::string::npos ? on_file_.people.by_slack(slack_id{key})
                                                  : on_file_.people.by_email(key);
    }

    void resolve(wanted_row &row) {
        const auto key = row.slack.empty() ? row.email : row.slack;
        wanted_person who{on_record(key), {}, row.email, row.name};
        if (!row.slack.empty() && !who.known) {
            row.wrong =
                "I know nobody by that id yet. If it is right, name them by their address, or let them "
                "type /mentoring once.";
            return;
        }
        if (who.known && who.known->state != person_state::active) {
            row.wrong = "Their account is deactivated.";
            return;
        }
        if (who.known && !row.slack.empty() && !row.email.empty()) {
            const auto owner = on_file_.people.by_email(row.email);
            if (owner && owner->id != who.known->id) {
                if (owner->slack ||
                    !storage::may_be_one(on_file_.db, on_file_.team, who.known->id, owner->id)) {
                    row.wrong = fmt::format("{} is the address of somebody else on record.", row.email);
                    return;
                }
                row.also = owner->id;
            }
        }
        if (who.known)
            who.id = who.known->id;
        const auto there = people_.find(key);
        if (there == people_.end())
            people_.emplace(key, std::move(who));
        else if (there->second.name.empty())
            there->second.name = row.name;
    }

    void refuse_repeated() {
        std::map<std::pair<std::string, role>, std::size_t> first;
        for (auto &row : rows_) {
            if (!row.wrong.empty())
                continue;
            auto key = row.slack.empty() ? row.email : row.slack;
            if (const auto known = on_record(key))
                key = known->id.str(); // the same person by id and by address
            const auto [there, fresh] = first.emplace(std::pair(key, row.as), row.line);
            if (!fresh)
                row.wrong = fmt::format("Line {} names them as {} already.", there->second, text_of(row.as));
        }
    }

    // --- what a row comes to

    const wanted_person &person_of(const wanted_row &row) const {
        return people_.at(row.slack.empty() ? row.email : row.slack);
    }

    std::optional<storage::enrolment> enrolment_of(const wanted_person &who, role as) const {
        if (!who.known)
            return std::nullopt;
        auto found = on_file_.programs.enrolled(term_.id, who.known->id, as);
        return found && found->state != enrolment_state::left ? found : std::nullopt;
    }

    const gate_wish &wish_of(const wanted_row &row, gate_kind kind) const {
        return kind == gate_kind::training ? row.training : row.check;
    }

    std::optional<day> until_of(const wanted_row &row, gate_kind kind) const {
        const auto &wish = wish_of(row, kind);
        return wish.until ? wish.until : clear_until(rules_, row.as, kind, today_);
    }

    std::optional<storage::clearance> clearance_of(const wanted_person &who, gate_kind kind) const {
        return who.known ? on_file_.open<storage::clearances>().find(rules_.slug, who.known->id, kind)
                         : std::nullopt;
    }

    bool asks_for(role as, gate_kind kind) const {
        const auto all = gates_of(rules_, as, {}, today_);
        return std::any_of(all.begin(), all.end(), [&](auto &one) { return one.what.kind == kind; });
    }

    // "done" and "cleared" without a date keep the date that is on record.
    bool changes_gate(const wanted_row &row, gate_kind kind) const {
        const auto &wish = wish_of(row, kind);
        const auto before = clearance_of(person_of(row), kind);
        if (!wish.said)
            return false;
        if (!wish.open)
            return before.has_value();
        return !before || (wish.until && before->until != wish.until) ||
               (!wish.until && before->until && *before->until < today_);
    }

    std::vector<gate_kind> gates_changed(const wanted_row &row) const {
        std::vector<gate_kind> out;
        for (const auto kind : {gate_kind::background_check, gate_kind::training})
            if (changes_gate(row, kind))
                out.push_back(kind);
        return out;
    }

    // The gates of somebody as they will be when the list is done.
    std::string missing_after(const std::string &key, role as) const {
        std::vector<clearance_fact> facts;
        bool applied = false, enrolled = false;
        const auto known = on_record(key);
        if (known) {
            for (const auto &each : on_file_.open<storage::clearances>().of(rules_.slug, known->id))
                facts.push_back({each.gate, each.until});
            if (const auto one = on_file_.programs.enrolled(term_.id, known->id, as)) {
                enrolled = one->state != enrolment_state::left;
                applied = one->state == enrolment_state::applied;
            }
        }
        for (const auto &row : rows_) {
            if (!row.wrong.empty() || !is_named(row, key, known))
                continue;
            for (const auto kind : {gate_kind::background_check, gate_kind::training}) {
                const auto &wish = wish_of(row, kind);
                if (!wish.said)
                    continue;
                std::erase_if(facts, [&](const clearance_fact &one) { return one.kind == kind; });
                if (wish.open)
                    facts.push_back({kind, until_of(row, kind)});
            }
            if (row.as != as)
                continue;
            enrolled = row.accepts.value_or(true);
            applied = applied && !row.accepts;
        }
        if (!enrolled)
            return fmt::format("not enrolled as {}", role_in_words(rules_, as));
        return in_words(still_missing{applied, missing_of(gates_of(rules_, as, facts, today_))});
    }

    bool is_named(const wanted_row &row, const std::string &key,
                  const std::optional<storage::person> &known) const {
        if (row.slack == key || row.email == key)
            return true;
        const auto there = people_.find(row.slack.empty() ? row.email : row.slack);
        return known && there != people_.end() && there->second.id == known->id;
    }

    bool is_pair(const wanted_row &row, const std::string &mentor) const {
        const auto one = on_record(mentor);
        const auto &who = person_of(row);
        return one && who.known && on_file_.pairs.running(term_.id, one->id, who.known->id);
    }

    void check_pairs(wanted_row &row) {
        for (const auto &mentor : row.mentors) {
            const bool in_list = std::any_of(rows_.begin(), rows_.end(), [&](const wanted_row &other) {
                return other.wrong.empty() && (other.slack == mentor || other.email == mentor);
            });
            const auto known = on_record(mentor);
            if (is_pair(row, mentor))
                continue;
            const auto missing = missing_after(mentor, role::mentor);
            const auto own = missing_after(row.slack.empty() ? row.email : row.slack, role::protege);
            if (!known && !in_list)
                row.wrong =
                    fmt::format("Nobody is on record under {}, and no row of the list is theirs.", mentor);
            else if (is_named(row, mentor, known))
                row.wrong = "A pair is two people, and this is one.";
            else if (!missing.empty())
                row.wrong = fmt::format("No pair with {} yet: {}.", mentor, missing);
            else if (!own.empty())
                row.wrong = fmt::format("No pair yet: {}.", own);
            else if (term_.state != term_state::open)
                row.wrong = "Pairs are made once the term is open.";
            if (!row.wrong.empty())
                return;
        }
    }

    void add(std::string &to, const std::string &words) const {
        to += (to.empty() ? "" : "; ") + words;
    }

    row_report report_on(const wanted_row &row) {
        if (!row.wrong.empty())
            return {row.line, row_fate::refused, row.who, row.wrong};
        const auto &who = person_of(row);
        const auto enrolled = enrolment_of(who, row.as);
        row_report out{row.line, row_fate::same, row.who, {}};
        if (!who.known) {
            add(out.says, "put on record");
            ++out_.new_addresses;
        }
        if (!enrolled && row.accepts.value_or(true))
            add(out.says, "enrolled as " + role_in_words(rules_, row.as));
        const bool created = !out.says.empty();
        if (row.also)
            add(out.says, fmt::format("one person with the record of {}", row.email));
        else if (renames(row))
            add(out.says, "name");
        if (enrolled && enrolled->state == enrolment_state::applied && row.accepts)
            add(out.says, *row.accepts ? "accepted" : "declined");
        for (const auto kind : gates_changed(row)) {
            const auto until = until_of(row, kind);
            add(out.says, !wish_of(row, kind).open ? fmt::format("{} not cleared", short_word(kind))
                          : until ? fmt::format("{} until {}", short_word(kind), text_of(*until))
                                  : std::string(short_word(kind)));
        }
        for (const auto &mentor : row.mentors)
            if (!is_pair(row, mentor)) {
                add(out.says, "paired with " + mentor);
                ++out_.pairs;
            }
        out.fate = created ? row_fate::created : out.says.empty() ? row_fate::same : row_fate::changed;
        return out;
    }

    // A name is taken for who has no account; the workspace names the others.
    bool renames(const wanted_row &row) const {
        const auto &who = person_of(row);
        const bool address = who.known && who.known->slack && !row.email.empty() && !who.known->email;
        return address ||
               (who.known && !who.known->slack && !row.name.empty() && who.known->name != row.name);
    }

    // --- doing it

    // The list says that two records are one person's.
    void make_one(const wanted_row &row) {
        const auto &stays = person_of(row).known->id;
        if (!on_file_.people.by_id(*row.also)) // another row of the same two did it
            return;
        storage::make_one(on_file_.db, on_file_.team, stays, *row.also, now_);
        const auto now_known = on_file_.people.by_id(stays);
        for (auto &[key, who] : people_)
            if (who.known && (who.known->id == *row.also || who.known->id == now_known->id)) {
                who.known = now_known;
                who.id = now_known->id;
            }
    }

    storage::person put_on_record(wanted_person &who, const wanted_row &row) {
        if (row.also)
            make_one(row);
        auto one = who.known.value_or(storage::person{});
        if (!who.known) {
            one.id = on_file_.ids.make<person_id>(now_);
            one.email = row.email;
            one.created_at = now_;
        }
        if (!one.slack && !row.name.empty())
            one.name = row.name;
        if (!one.email && !row.email.empty())
            one.email = row.email;
        if (!who.known || one != *who.known)
            on_file_.people.save(one);
        if (!one.slack)
            on_file_.open<storage::lookups>().list(*one.email, now_);
        who.known = one;
        who.id = one.id;
        return one;
    }

    void do_row(const wanted_row &row) {
        auto &who = people_.at(row.slack.empty() ? row.email : row.slack);
        const auto one = put_on_record(who, row);
        const auto before = on_file_.programs.enrolled(term_.id, one.id, row.as);
        const bool in = before && before->state != enrolment_state::left;
        if (const auto applied = on_file_.open<storage::applications>().standing(term_.id, one.id, row.as);
            applied && applied->state == application_state::waiting && row.accepts)
            settle_application(on_file_, here_, *applied, *row.accepts, by_, now_, nullptr);
        else if (!in && row.accepts.value_or(true)) {
            storage::enrolment fresh;
            fresh.id = before ? before->id : on_file_.ids.make<enrolment_id>(now_);
            fresh.term = term_.id;
            fresh.person = one.id;
            fresh.role = row.as;
            fresh.by_person = by_;
            fresh.since_at = now_;
            on_file_.programs.enrol(fresh);
            plan_greeting(on_file_, one.id, rules_.slug, now_);
        }
        auto clearances = on_file_.open<storage::clearances>();
        for (const auto kind : gates_changed(row)) {
            if (wish_of(row, kind).open)
                clearances.set({rules_.slug, one.id, kind, until_of(row, kind), cleared_by::import, now_});
            else
                clearances.take(rules_.slug, one.id, kind);
            for (const auto &pair : on_file_.pairs.open_of_person(one.id))
                on_file_.pairs.look_by(pair.id, now_);
        }
        settle_enrolments(on_file_, rules_, rules_.slug, one.id, now_);
    }

    void do_pairs(const wanted_row &row) {
        for (const auto &mentor : row.mentors) {
            if (is_pair(row, mentor))
                continue;
            storage::pair pair;
            pair.id = on_file_.ids.make<pair_id>(now_);
            pair.program = rules_.slug;
            pair.term = term_.id;
            pair.mentor = on_record(mentor).value().id;
            pair.protege = person_of(row).id;
            pair.began_at = now_;
            pair.made_by = by_;
            pair.look_again_at = now_;
            on_file_.pairs.add(pair);
            plan_introduction(on_file_, pair, now_);
        }
    }

  public:
    listing(storage::records &on_file, const house &here, const program &rules, storage::term term,
            std::optional<person_id> by, instant now)
        : on_file_(on_file),
          here_(here),
          rules_(rules),
          term_(std::move(term)),
          by_(std::move(by)),
          now_(now),
          today_(today_of(rules, now)) {}

    list_report plan(const csv_table &table) {
        for (const auto &each : table.rows)
            rows_.push_back(read_people_row(table, each));
        for (auto &row : rows_) {
            if (row.wrong.empty() && row.as == role::protege &&
                rules_.entry.proteges_are == protege_side::sites)
                row.wrong = "That side of the program are places, never people.";
            for (const auto kind : {gate_kind::background_check, gate_kind::training})
                if (row.wrong.empty() && wish_of(row, kind).said && !asks_for(row.as, kind))
                    row.wrong =
                        fmt::format("The program asks no {} of {}.", short_word(kind),
                                    rules_.word(row.as == role::mentor ? side::mentor : side::protege).many);
            if (row.wrong.empty())
                resolve(row);
        }
        refuse_repeated();
        for (auto &row : rows_)
            if (row.wrong.empty())
                check_pairs(row);
        for (const auto &row : rows_)
            out_.rows.push_back(report_on(row));
        return out_;
    }

    void carry_out() {
        for (const auto &row : rows_)
            if (row.wrong.empty())
                do_row(row);
        for (const auto &row : rows_)
            if (row.wrong.empty())
                do_pairs(row);
    }
};

} // namespace

std::size_t list_report::count(row_fate which) const {
    return static_cast<std::size_t>(
        std::count_if(rows.begin(), rows.end(), [&](const row_report &one) { return one.fate == which; }));
}

bool list_report::changes_anything() const {
    return count(row_fate::created) + count(row_fate::changed) > 0;
}

std::string list_report::counts() const {
    return fmt::format("{} created, {} changed, {} same, {} refused; {} {}", count(row_fate::created),
                       count(row_fate::changed), count(row_fate::same), count(row_fate::refused), pairs,
                       pairs == 1 ? "pair" : "pairs");
}

std::string list_report::about_addresses() const {
    if (new_addresses == 0)
        return {};
    return fmt::format(
        "{} new here; the workspace is asked whose {}. Who has an account under one is one person "
        "with it, not a second one.",
        new_addresses == 1 ? std::string("One address is") : fmt::format("{} addresses are", new_addresses),
        new_addresses == 1 ? "it is" : "they are");
}

result<list_report> take_list(storage::records &on_file, const house &here, const program_slug &program,
                              std::string_view list, const std::optional<person_id> &by, bool dry,
                              instant now) {
    const auto table = read_csv(list);
    if (!table)
        return table.error();
    if (auto wrong = wrong_people_header(*table))
        return std::move(*wrong);
    const auto term = entering_term(on_file, program);
    if (!term)
        return refusal{"", "The program has no term that is open or planned.", ""};
    listing all(on_file, here, here.rules.of(program), *term, by, now);
    auto report = all.plan(*table);
    if (dry || !report.changes_anything())
        return report;
    all.carry_out();
    on_file.journal.append(on_file.team, {.at = now,
                                          .actor = by ? by->str() : std::string("operator"),
                                          .act = "import",
                                          .subject_kind = "program",
                                          .subject = program.str(),
                                          .detail = report.counts()});
    return report;
}

} // namespace rapport
