// A bench for the year of a pair: the office with a program that asks for everything, what the pair's
// conversation reads, and what a platform makes of words that pass through.
#pragma once

#include "handlers/passing.hpp"
#include "tests/handlers/mail_round.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

namespace rapport::tests {

inline bool saved_nothing(const heard &h) {
    return h.says("Nothing was saved");
}
inline bool offers(const heard &h, const std::string &label) {
    return std::any_of(h.buttons.begin(), h.buttons.end(), [&](const auto &b) { return b.label == label; });
}
inline bool has_field(const heard &h, const std::string &name) {
    return std::find(h.fields.begin(), h.fields.end(), name) != h.fields.end();
}

struct year_bench {
    office o;
    mail_round mail{o};
    program rules = starter_program();

    year_bench() {
        rules.plan = {plan_part::agreement, plan_part::goals, plan_part::development_plan};
        rules.goals = goal_rules{2, {"personal growth", "career management", "academic"}, true, 30};
        rules.contacts.floor = contact_floor{2, counted_contacts::any, {}};
        rules.resources = {{"career-office", "Career office", "https://example.org/careers"}};
        apply();
    }
    void apply() {
        static int version = 2;
        o.here.rules.add(++version, rules);
    }

    // What the pair's conversation reads next; its buttons can be pressed.
    heard conversation() {
        mail.pass(minutes{2});
        const auto all = mail.to("G0PAIR");
        if (all.empty())
            return {};
        return mail.shown(all.back());
    }

    // The press of a button on a message that stands in the conversation, not one seen by oneself alone.
    heard presses_there(const std::string &who, const heard &on, const std::string &label) {
        const auto it =
            std::find_if(on.buttons.begin(), on.buttons.end(), [&](auto &b) { return b.label == label; });
        if (it == on.buttons.end())
            FAIL("no button says " << label);
        button_pressed press{it->action, it->value};
        press.channel = channel_id{"G0PAIR"};
        press.message_ts = "1793613600.000200";
        request asked{team_id{"T0TEST"}, office::slack_of(who)};
        asked.channel = press.channel;
        asked.at = o.now;
        asked.key = "there-" + std::to_string(++presses);
        asked.can_open_form = asked.can_reply_later = true;
        asked.what = press;
        return o.delivers(asked);
    }

    // What bot/ does with words that pass through, and what the platform says to it.
    bool passes(const heard &h, delivery_word became, bool begun = true) {
        REQUIRE(h.raw.passes.has_value());
        bool may = false;
        id_source ids{11};
        o.on_file([&](storage::records &r) {
            may = !begun || begin_passing(r.db, ids, r.team, h.raw.passes->id);
            call_outcome outcome;
            outcome.word = became;
            outcome.channel =
                channel_id{h.raw.passes->channel.empty() ? "G0PAIR" : h.raw.passes->channel.str()};
            outcome.ts = "1793613601.000100";
            if (may)
                settle_passing(r.db, ids, o.here, r.team, h.raw.passes->id, outcome, o.now);
        });
        return may;
    }

  private:
    int presses = 0;
};

} // namespace rapport::tests
