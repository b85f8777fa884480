// The same numbers for a script; see report.hpp. Names of keys are an interface: they are added to, not
// renamed.
#include "bot/simulate/report.hpp"
#include "bot/simulate/sums.hpp"
#include "mentoring/calendar.hpp"

#include <nlohmann/json.hpp>

namespace rapport::simulate {
namespace {

using json = nlohmann::ordered_json;

json roles_of(const played &made) {
    auto out = json::array();
    for (const auto &one : by_role(made))
        out.push_back({{"side", text_of(one.on)},
                       {"habit", text_of(one.as)},
                       {"people", one.people},
                       {"messages", one.messages},
                       {"messages_most", one.most_messages},
                       {"taps", one.taps},
                       {"commands", one.commands}});
    return out;
}

json lost_of(const played &made) {
    auto out = json::array();
    for (const auto &one : made.drop_outs)
        out.push_back(
            {{"person", one.name},
             {"silent_from", rapport::text_of(made.how.rules.where.day_of(one.silent_from))},
             {"heard_on",
              one.heard_at ? json(rapport::text_of(made.how.rules.where.day_of(*one.heard_at))) : json()}});
    return out;
}

json targets_of(const played &made) {
    auto out = json::array();
    for (const auto &each : targets(made))
        out.push_back(
            {{"what", each.what}, {"wanted", each.wanted}, {"found", each.found}, {"reached", each.reached}});
    return out;
}

json broken_of(const played &made) {
    if (!made.broken)
        return {};
    return {{"promise", text_of(made.broken->which)},
            {"day", rapport::text_of(made.broken->on)},
            {"person", made.broken->person},
            {"seed", made.broken->seed},
            {"says", made.broken->says}};
}

json whole(const played &made) {
    const auto lost = sum_of_drop_outs(made);
    return {{"program", made.how.rules.slug.str()},
            {"from", rapport::text_of(made.how.from)},
            {"until", rapport::text_of(made.how.until)},
            {"seed", made.how.seed},
            {"people", made.how.people},
            {"faults", made.how.faults},
            {"broken", broken_of(made)},
            {"roles", roles_of(made)},
            {"messages_by_kind", made.kinds},
            {"week_messages", made.week_messages},
            {"week_queue_lines", made.week_lines},
            {"week_queue_open", made.week_open},
            {"queue_by_cause", made.causes},
            {"replies",
             {{"nudges", made.replies.nudges},
              {"wrong", made.replies.wrong},
              {"wrong_answered_elsewhere", made.replies.wrong_answered},
              {"wrong_after_thanks", made.replies.wrong_thanks},
              {"mended", made.replies.mended},
              {"messages_heard", made.replies.messages}}},
            {"drop_outs",
             {{"planted", lost.planted},
              {"found", lost.found},
              {"found_in_time", lost.found_in_time},
              {"median_days_ahead", lost.median_ahead},
              {"pairs_named", made.pairs_named},
              {"pairs_named_rightly", made.pairs_named_rightly},
              {"each", lost_of(made)}}},
            {"reminders",
             {{"planned", made.outbox.planned},
              {"sent", made.outbox.sent},
              {"cancelled", made.outbox.cancelled},
              {"missed", made.outbox.missed},
              {"pending", made.outbox.pending}}},
            {"mishaps", made.mishaps},
            {"numbers_to_reach", targets_of(made)}};
}

} // namespace

std::string report_json(const played &made) {
    return whole(made).dump(2) + "\n";
}

std::string compared_json(const played &one, const played &other) {
    return json{{"a", whole(one)}, {"b", whole(other)}}.dump(2) + "\n";
}

} // namespace rapport::simulate
