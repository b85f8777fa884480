// See passing.hpp.
#include "handlers/passing.hpp"

#include "handlers/desk.hpp"
#include "handlers/naming.hpp"
#include "handlers/owed.hpp"
#include "handlers/replies.hpp"

namespace rapport {
namespace {

using storage::relay_kind;
using storage::relay_state;
using surface::text;

std::string lost_key(const std::string &relay) {
    return "relay.lost:" + relay;
}

void plan_word(storage::records &on_file, const storage::relay &what, std::string key, instant then,
               instant now) {
    on_file.outbox.add({.team = on_file.team,
                        .id = on_file.ids.make<storage::outbox_id>(now),
                        .key = std::move(key),
                        .verb = storage::outbox_verb::post,
                        .kind = std::string(words_lost_kind),
                        .policy = storage::send_policy::at_least_once,
                        .person = what.by_person,
                        .subject = "relay:" + what.id,
                        .params = what.id,
                        .not_before_at = then,
                        .created_at = now});
}

void arrived(storage::records &on_file, const house &here, const storage::relay &what,
             const call_outcome &became, instant now) {
    const auto channel = became.channel.value_or(channel_id());
    on_file.open<storage::relays>().posted(what.id, channel, became.ts.value_or(""), now);
    on_file.outbox.withdraw(on_file.team, lost_key(what.id), "arrived", now);
    if (what.kind == relay_kind::line) {
        if (!channel.empty())
            on_file.people.keep_dm(what.to_person, channel);
        return;
    }
    auto pair = what.pair ? on_file.pairs.by_id(*what.pair) : std::nullopt;
    if (!pair)
        return;
    if (!pair->channel && !channel.empty()) {
        on_file.pairs.open_conversation(channel, now);
        on_file.pairs.talk_in(pair->id, channel);
        pair->channel = channel;
    }
    if (pair->state == pair_state::open)
        ask_waits(on_file, here.rules, *pair, what, now);
}

} // namespace

std::string will_pass(storage::records &on_file, storage::relay what, instant now) {
    what.id = on_file.ids.next(now);
    what.state = relay_state::composed;
    what.made_at = now;
    on_file.open<storage::relays>().add(what);
    plan_word(on_file, what, lost_key(what.id), now + lost_after, now);
    return what.id;
}

bool begin_passing(storage::session &db, id_source &ids, const team_id &team, const std::string &relay) {
    storage::records on_file(db, team, ids);
    return on_file.open<storage::relays>().begin(relay);
}

void settle_passing(storage::session &db, id_source &ids, const house &here, const team_id &team,
                    const std::string &relay, const call_outcome &became, instant now) {
    storage::records on_file(db, team, ids);
    auto relays = on_file.open<storage::relays>();
    const auto what = relays.find(relay);
    if (!what || what->state == relay_state::posted)
        return;
    if (became.word == delivery_word::sent)
        return arrived(on_file, here, *what, became, now);
    if (what->state != relay_state::sending && what->state != relay_state::composed)
        return; // told already
    relays.end(relay, became.word == delivery_word::ambiguous ? relay_state::unsure : relay_state::lost, now);
    on_file.outbox.withdraw(team, lost_key(relay), "told_now", now);
    plan_word(on_file, *what, lost_key(relay) + ":now", now, now);
}

std::optional<surface::message> words_lost(storage::records &on_file, const house &here,
                                           const storage::outbox_row &row, instant now) {
    auto relays = on_file.open<storage::relays>();
    auto what = relays.find(row.params);
    if (!what || what->state == relay_state::posted)
        return std::nullopt;
    if (what->state == relay_state::composed || what->state == relay_state::sending) {
        what->state = what->state == relay_state::composed ? relay_state::lost : relay_state::unsure;
        relays.end(what->id, what->state, now);
    }
    const auto to = on_file.people.by_id(what->to_person), by = on_file.people.by_id(what->by_person);
    const auto *rules = here.rules.find(what->program);
    if (!to || !by || !rules)
        return std::nullopt;
    const auto where = zone_of(*by, *rules);
    const auto when = in_full(what->made_at, where);
    const auto name = first_name(*to);
    const bool ask = what->kind == relay_kind::ask;
    const auto again = here.names.line(command_name::mentoring, ask ? "ask" : "contact");
    if (what->state == relay_state::unsure)
        return surface::said(
            text("I cannot tell whether your {} to {} of {} arrived. Please look there. Your "
                 "words were not kept; if they are missing, `{}` takes them again.",
                 ask ? "question" : "line", name, when, again));
    return surface::said(
        text("Your {} to {} of {} did not get through. Your words were not kept; nothing was "
             "posted. Please send it again: `{}`",
             ask ? "question" : "line", name, when, again));
}

} // namespace rapport
