// Claiming, and what follows from each call; see outgoing.hpp. What a row says is intents' and
// message_of_the_day's.
#include "handlers/outgoing.hpp"

#include "handlers/coordinators_message.hpp"
#include "handlers/desk.hpp"
#include "handlers/home_page.hpp"
#include "handlers/intents.hpp"
#include "handlers/introductions.hpp"
#include "handlers/message_of_the_day.hpp"
#include "handlers/nudging.hpp"
#include "handlers/pairing.hpp"
#include "handlers/reasons.hpp"
#include "handlers/replies.hpp"
#include "handlers/request_watch.hpp"
#include "handlers/surface/render.hpp"
#include "storage/home_pages.hpp"
#include "storage/outbox.hpp"
#include "storage/turnings.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

namespace rapport {
namespace {

// A claimed call is made within this, or claimed again.
constexpr minutes lease_for{5};
// One message gathers at most so many rows of a person; more wait for the next.
constexpr int most_rows_of_a_person = 200;
// A stale direct conversation is opened again; after so many claims it is given up.
constexpr int most_reopenings = 3;
constexpr minutes first_wait{1};
constexpr minutes longest_wait{60};

const std::string open_method = "conversations.open";
const std::string publish_method = "views.publish";

// Ids of the platform go into JSON as they are; anything that is none is a bug upstream.
const std::string &plain_id(const std::string &id) {
    const auto fine = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' ||
               c == '-' || c == '_';
    };
    if (id.empty() || !std::all_of(id.begin(), id.end(), fine))
        throw std::logic_error("outgoing: not an id of the platform");
    return id;
}

shipment opening(const storage::outbox_row &row, const std::string &lease, const std::string &users) {
    return {row.team,     open_method,    fmt::format(R"({{"users":"{}"}})", users),
            std::nullopt, {row.id.str()}, lease};
}

// A message's own fields behind those of the call.
std::string with_message(const std::string &fields, const surface::message &says) {
    return "{" + fields + "," + surface::to_json(says).substr(1);
}

shipment post(const team_id &team, const channel_id &to, const surface::message &says,
              std::vector<std::string> rows, const std::string &lease) {
    const auto head =
        fmt::format(R"("channel":"{}","unfurl_links":false,"unfurl_media":false)", plain_id(to.str()));
    return {team, "chat.postMessage", with_message(head, says), to, std::move(rows), lease};
}

class claiming {
    storage::session &db_;
    id_source &ids_;
    const house &here_;
    instant now_;
    std::string lease_;
    std::vector<shipment> out_;

    storage::outbox outbox() {
        return storage::outbox(db_);
    }
    void unwanted(const storage::outbox_row &row, const std::string &why) {
        outbox().unwanted(claim_of(row), why, now_);
    }

    // The person, if anything can be sent to them.
    static bool can_read(const std::optional<storage::person> &who) {
        return who && who->state == person_state::active && who->slack;
    }

    // A message that was begun and never told of counts as given: the ladder goes on from it.
    void may_have_arrived(const storage::outbox_row &row) {
        if (!row.kind.starts_with("nudge.") || !row.person)
            return;
        storage::records on_file(db_, row.team, ids_);
        if (const auto line = line_of(on_file, row).line) {
            on_file.nudges.give(line->id, now_);
            reminder_is_over(on_file, *line, now_);
            on_file.pairs.look_by(line->pair, now_);
        }
    }

    void day_of(const std::vector<storage::outbox_row> &rows) {
        const auto &first = rows.front();
        storage::records on_file(db_, first.team, ids_);
        const auto who = on_file.people.by_id(*first.person);
        if (!can_read(who)) {
            for (const auto &row : rows)
                unwanted(row, "inactive");
            return;
        }
        if (!who->dm) {
            auto open = opening(first, lease_, plain_id(who->slack->str()));
            open.rows.clear();
            for (const auto &row : rows)
                open.rows.push_back(row.id.str());
            out_.push_back(std::move(open));
            return;
        }
        auto plan = message_of_the_day(on_file, here_, *who, rows, lease_, now_);
        if (!plan.says)
            return;
        std::vector<std::string> carried;
        for (const auto &row : plan.carries)
            carried.push_back(row.id.str());
        const bool chosen = std::any_of(plan.carries.begin(), plan.carries.end(), [](const auto &row) {
            return row.params.ends_with(" chosen"); // an hour its person chose stands
        });
        out_.push_back(post(first.team, *who->dm, *plan.says, std::move(carried), lease_));
        if (!chosen)
            out_.back().reader = who->slack;
    }

    void post_one(storage::records &on_file, const storage::outbox_row &row, const intent_row &intent,
                  const channel_id &to) {
        const auto says = intent.says({on_file, here_, row, lease_, now_});
        if (!says)
            return unwanted(row, "not_wanted");
        out_.push_back(post(row.team, to, with_why(*says, row), {row.id.str()}, lease_));
        if (row.kind == coordinators_day && row.person)
            if (const auto who = on_file.people.by_id(*row.person))
                out_.back().reader = who->slack;
    }

    void to_person(storage::records &on_file, const storage::outbox_row &row, const intent_row &intent) {
        const auto who = row.person ? on_file.people.by_id(*row.person) : std::nullopt;
        if (!can_read(who))
            return unwanted(row, "inactive");
        if (who->dm)
            return post_one(on_file, row, intent, *who->dm);
        out_.push_back(opening(row, lease_, plain_id(who->slack->str())));
    }

    void to_pair(storage::records &on_file, const storage::outbox_row &row, const intent_row &intent) {
        const auto pair = row.pair ? on_file.pairs.by_id(*row.pair) : std::nullopt;
        const bool says_the_end = row.kind == ending_notice_kind; // what is said where it has ended
        if (!pair || (says_the_end ? !pair->channel : pair->state != pair_state::open))
            return unwanted(row, "not_open");
        if (pair->channel)
            return post_one(on_file, row, intent, *pair->channel);
        const auto mentor = on_file.people.by_id(pair->mentor), protege = on_file.people.by_id(pair->protege);
        if (!can_read(mentor) || !can_read(protege))
            return unwanted(row, "no_conversation");
        out_.push_back(
            opening(row, lease_, plain_id(mentor->slack->str()) + "," + plain_id(protege->slack->str())));
    }

    void to_message(storage::records &on_file, const storage::outbox_row &row, const intent_row &intent) {
        const leaving one{on_file, here_, row, lease_, now_};
        const auto at = intent.at(one);
        const auto says = at ? intent.says(one) : std::nullopt;
        if (!says)
            return unwanted(row, "not_wanted");
        const auto head =
            fmt::format(R"("channel":"{}","ts":"{}")", plain_id(at->channel.str()), plain_id(at->ts));
        out_.push_back({row.team,
                        "chat.update",
                        with_message(head, with_why(*says, row)),
                        at->channel,
                        {row.id.str()},
                        lease_});
    }

    // Verbs that say nothing: the row's params are the message's ts.
    void to_be_done(const storage::outbox_row &row, const std::string &method, std::string_view field) {
        if (!row.channel)
            return unwanted(row, "no_channel");
        out_.push_back({row.team,
                        method,
                        fmt::format(R"({{"channel":"{}","{}":"{}"}})", plain_id(row.channel->str()), field,
                                    plain_id(row.params)),
                        row.channel,
                        {row.id.str()},
                        lease_});
    }

    void to_home(const storage::outbox_row &row) {
        storage::records on_file(db_, row.team, ids_);
        const auto who = row.person ? on_file.people.by_id(*row.person) : std::nullopt;
        auto body = who ? home_to_publish(on_file, here_, *who, now_) : std::nullopt;
        if (!body)
            return unwanted(row, "inactive");
        if (row.sent_ts == home_seal(*body))
            return unwanted(row, "unchanged");
        out_.push_back({row.team, publish_method, std::move(*body), std::nullopt, {row.id.str()}, lease_});
    }

    void alone(const storage::outbox_row &row) {
        if (row.verb == storage::outbox_verb::publish_home)
            return to_home(row);
        if (row.verb == storage::outbox_verb::pin)
            return to_be_done(row, "pins.add", "timestamp");
        if (row.verb == storage::outbox_verb::remove)
            return to_be_done(row, "chat.delete", "ts");
        const auto *intent = intent_of(row.kind);
        if (!intent)
            return unwanted(row, "unknown_kind");
        storage::records on_file(db_, row.team, ids_);
        switch (intent->where) {
        case goes_to::person:
            return to_person(on_file, row, *intent);
        case goes_to::pair:
            return to_pair(on_file, row, *intent);
        case goes_to::message:
            return to_message(on_file, row, *intent);
        }
    }

  public:
    claiming(storage::session &db, id_source &ids, const house &here, instant now)
        : db_(db), ids_(ids), here_(here), now_(now), lease_(ids.next(now)) {}

    std::vector<shipment> run(int limit) {
        for (const auto &row : outbox().resolve_expired(now_))
            may_have_arrived(row);
        const auto rows = outbox().claim(now_, limit, lease_for, lease_);
        std::set<team_id> heard;
        for (const auto &row : rows)
            if (heard.insert(row.team).second) {
                storage::records on_file(db_, row.team, ids_);
                notice_silence(on_file, now_);
            }
        std::set<std::pair<team_id, person_id>> done;
        for (const auto &row : rows) {
            if (!row.kind.starts_with("nudge.") || !row.person) {
                alone(row);
                continue;
            }
            if (!done.emplace(row.team, *row.person).second)
                continue;
            auto lines = outbox().claim_for_person(row.team, *row.person, "nudge.", now_,
                                                   most_rows_of_a_person, lease_for, lease_);
            for (const auto &each : rows)
                if (each.team == row.team && each.person == row.person && each.kind.starts_with("nudge."))
                    lines.push_back(each);
            day_of(lines);
        }
        return std::move(out_);
    }
};

instant try_again_at(const storage::outbox_row &row, const call_outcome &became, instant now) {
    if (became.retry_at)
        return std::max(*became.retry_at, now);
    const auto doublings = std::clamp(row.attempts - 1, 0, 6);
    return now + std::min(longest_wait, first_wait * (1 << doublings));
}

class settling {
    storage::records on_file_;
    storage::outbox outbox_;
    const house &here_;
    const shipment &what_;
    const call_outcome &became_;
    instant now_;

    bool is_nudge(const storage::outbox_row &row) const {
        return row.kind.starts_with("nudge.") && row.person;
    }
    bool has_lines(const storage::outbox_row &row) const {
        return is_nudge(row) || row.kind == coordinators_day;
    }

    // The lines under this lease reached their person, or may have, or never will: the ladder goes on.
    void lines_over(const storage::outbox_row &row, const std::optional<channel_id> &channel,
                    const std::optional<std::string> &ts) {
        if (!has_lines(row))
            return;
        on_file_.nudges.arrived(*row.person, what_.lease, now_, channel, ts);
        if (const auto [line, chosen] = line_of(on_file_, row); line && chosen)
            reminder_is_over(on_file_, *line, now_);
        if (row.pair)
            on_file_.pairs.look_by(*row.pair, now_);
    }

    void opened(const storage::outbox_row &row) {
        const auto claim = claim_of(row);
        if (!became_.channel) {
            outbox_.later(claim, now_ + first_wait, "no_channel");
            return;
        }
        if (row.person) {
            on_file_.people.keep_dm(*row.person, *became_.channel);
        } else if (row.pair) {
            on_file_.pairs.open_conversation(*became_.channel, now_);
            on_file_.pairs.talk_in(*row.pair, *became_.channel);
        }
        outbox_.later(claim, now_, "opened");
    }

    void published(const storage::outbox_row &row) {
        outbox_.sent(claim_of(row), channel_id(), home_seal(what_.body), now_);
        if (row.again) // it may have changed while it was on its way
            home_changed(on_file_, *row.person, now_);
    }

    void arrived(const storage::outbox_row &row) {
        if (what_.method == open_method)
            return opened(row);
        if (row.verb == storage::outbox_verb::publish_home)
            return published(row);
        const auto channel = became_.channel ? became_.channel : what_.channel;
        const auto ts = became_.ts.value_or(what_.method == "chat.postMessage" ? "" : row.params);
        outbox_.sent(claim_of(row), channel.value_or(channel_id()), ts, now_);
        lines_over(row, channel, ts.empty() ? std::nullopt : std::optional(ts));
        if (row.kind == greeting)
            on_file_.people.mark_greeted(*row.person, now_);
        request_was_told(on_file_, row, now_);
        if (row.kind == pair_introduction && channel && !ts.empty())
            pin(row, *channel, ts);
    }

    void pin(const storage::outbox_row &introduced, const channel_id &channel, const std::string &ts) {
        outbox_.add({.team = what_.team,
                     .id = on_file_.ids.make<storage::outbox_id>(now_),
                     .key = "pin:" + introduced.key,
                     .verb = storage::outbox_verb::pin,
                     .kind = "pin",
                     .policy = storage::send_policy::at_least_once,
                     .person = std::nullopt,
                     .channel = channel,
                     .pair = introduced.pair,
                     .subject = introduced.subject,
                     .params = ts,
                     .not_before_at = now_,
                     .created_at = now_});
    }

    // A direct conversation that is not there any more is opened again before its person is given up.
    bool reopens(const storage::outbox_row &row) {
        if (became_.reason != "channel_not_found" || what_.method != "chat.postMessage" || !row.person ||
            row.attempts > most_reopenings)
            return false;
        auto who = on_file_.people.by_id(*row.person);
        if (!who)
            return false;
        who->dm.reset();
        on_file_.people.save(*who);
        outbox_.later(claim_of(row), now_, "dm_gone");
        return true;
    }

    // Someone who runs the program hears that no message has a way there: once a month and person.
    void tell(const storage::outbox_row &row) {
        const auto occasion = text_of(month_of(zone(), now_));
        if (row.pair) {
            if (const auto pair = on_file_.pairs.by_id(*row.pair))
                ask_for_help(on_file_, here_, *pair, std::string(cannot_write), occasion,
                             row.person.value_or(pair->mentor), now_, now_);
            return;
        }
        if (!row.person)
            return;
        for (const auto &each : on_file_.programs.memberships(*row.person)) {
            storage::attention_line line;
            line.program = each.program;
            line.kind = cannot_write;
            line.occasion = occasion;
            line.person = *row.person;
            line.since_at = now_;
            line.raised_at = now_;
            if (each.term_is == term_state::open && on_file_.attention.raise(line))
                tell_coordinators(on_file_, here_, line, now_);
        }
    }

    void gone(const storage::outbox_row &row, bool target_is_gone) {
        if (target_is_gone && reopens(row))
            return;
        const auto *intent = intent_of(row.kind);
        const bool silent =
            row.verb == storage::outbox_verb::pin || row.verb == storage::outbox_verb::remove ||
            row.verb == storage::outbox_verb::publish_home || (intent && intent->missed_is_fine);
        if (silent) {
            outbox_.missed(claim_of(row), became_.reason, now_);
            return;
        }
        outbox_.refused(claim_of(row), became_.reason, now_);
        if (row.kind != coordinators_day) // its lines stay untold, for the next day's
            lines_over(row, std::nullopt, std::nullopt);
        if (target_is_gone && row.kind != coordinators_day)
            tell(row);
    }

    void unknown(const storage::outbox_row &row) {
        const auto claim = claim_of(row);
        if (what_.method == open_method) { // doing it twice leaves what doing it once leaves
            outbox_.later(claim, try_again_at(row, became_, now_), became_.reason);
            return;
        }
        outbox_.failed(claim, try_again_at(row, became_, now_), became_.reason, now_);
        if (is_nudge(row) && row.policy == storage::send_policy::at_most_once)
            lines_over(row, std::nullopt, std::nullopt);
    }

  public:
    settling(storage::session &db, id_source &ids, const house &here, const shipment &what,
             const call_outcome &became, instant now)
        : on_file_(db, what.team, ids), outbox_(db), here_(here), what_(what), became_(became), now_(now) {}

    void run() {
        for (const auto &id : what_.rows) {
            const auto row = outbox_.by_id(what_.team, storage::outbox_id(id));
            if (!row || row->token != what_.lease)
                continue; // somebody else has it by now
            switch (became_.word) {
            case delivery_word::sent:
                arrived(*row);
                break;
            case delivery_word::later:
                outbox_.later(claim_of(*row), try_again_at(*row, became_, now_), became_.reason);
                break;
            case delivery_word::failed:
                gone(*row, false);
                break;
            case delivery_word::refused:
                gone(*row, true);
                break;
            case delivery_word::ambiguous:
                unknown(*row);
                break;
            }
        }
    }
};

} // namespace

std::vector<shipment> claim(storage::session &db, id_source &ids, const house &here, instant now, int limit) {
    return claiming(db, ids, here, now).run(limit);
}

bool begin_sending(storage::session &db, const shipment &what, instant now) {
    if (what.method == open_method)
        return true; // may be done twice, so a crash in it leaves nothing unknown
    storage::outbox outbox(db);
    std::vector<storage::outbox_claim> begun;
    for (const auto &id : what.rows) {
        storage::outbox_claim claim{what.team, storage::outbox_id(id), what.lease};
        if (outbox.start_sending(claim, now)) {
            begun.push_back(std::move(claim));
            continue;
        }
        for (const auto &each : begun)
            outbox.later(each, now, "changed");
        return false;
    }
    return true;
}

void settle(storage::session &db, id_source &ids, const house &here, const shipment &what,
            const call_outcome &became, instant now) {
    settling(db, ids, here, what, became, now).run();
}

std::optional<instant> next_due(storage::session &db) {
    std::optional<instant> first;
    for (const auto &at : {storage::next_look(db), storage::outbox(db).due_at(), storage::next_turning(db),
                           next_request_watch(db)})
        if (at && (!first || *at < *first))
            first = at;
    return first;
}

} // namespace rapport
