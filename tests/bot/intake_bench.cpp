// Putting the bench together; see intake_bench.hpp.
#include "tests/bot/intake_bench.hpp"

namespace rapport::bot::tests {

intake_bench::intake_bench(intake_limits limits, const std::string &database) {
    storage::store_settings settings;
    settings.database = database;
    settings.opened_at = clock.at;
    store = storage::open_store(settings);
    people = std::make_unique<directory>(io.get_executor(), to, log);
    answers = std::make_unique<replies>(io.get_executor(), *store, to, clock, log, counted);
    in = std::make_unique<intake>(io.get_executor(),
                                  intake::neighbours{*store, *answers, *people, clock, log, counted}, limits);
    in->set_place({team_id{"T0HOME"}, slack_id{"U0RAPPORT"}});
    in->set_house(std::make_shared<house_in_force>(house{}, team_id{"T0HOME"}));
    in->on_saved([this] { ++saved; });
    people->set_team(team_id{"T0HOME"});
    to.answers["users.info"] = {slack::failure::none,
                                "",
                                R"({"ok":true,"user":{"id":"U0ANA","name":"ana","tz":"Europe/Berlin"}})",
                                {}};
}

intake_bench::~intake_bench() {
    store->stop();
}

void intake_bench::until(const std::function<bool()> &holds) {
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    io.restart();
    while (!holds()) {
        io.run_one_for(std::chrono::milliseconds(50));
        if (std::chrono::steady_clock::now() > give_up)
            FAIL("waited in vain; the log:\n" + lines);
    }
}

slack::delivery intake_bench::command(const std::string &words, const std::string &key,
                                      const std::string &name) const {
    slack::delivery made;
    made.envelope_id = "e-" + key;
    made.kind = slack::delivery_kind::command;
    made.accepts_payload = true;
    made.from.team = "T0HOME";
    made.keys.primary = key;
    slack::slash_command typed;
    typed.user = "U0ANA";
    typed.channel = "C0GENERAL";
    typed.command = name;
    typed.escaped = typed.text = words;
    typed.response_url = "https://hooks.example/r/1";
    typed.trigger = "123.456.abc";
    made.what = typed;
    return made;
}

slack::delivery intake_bench::form(const std::string &key) const {
    slack::delivery made;
    made.envelope_id = "e-" + key;
    made.kind = slack::delivery_kind::interactive;
    made.accepts_payload = true;
    made.from.team = "T0HOME";
    made.keys.primary = key;
    slack::view_submission sent;
    sent.user = "U0ANA";
    sent.view.callback = "of_another_time";
    made.what = sent;
    return made;
}

slack::delivery intake_bench::said(const std::string &key) const {
    slack::delivery made;
    made.envelope_id = "e-" + key;
    made.kind = slack::delivery_kind::event;
    made.from.team = "T0HOME";
    made.keys.primary = key;
    slack::message_seen seen;
    seen.channel = "G0PAIR";
    seen.channel_type = "mpim";
    seen.user = "U0ANA";
    seen.ts = "1796126400.000100";
    made.what = seen;
    return made;
}

void intake_bench::take(slack::delivery what) {
    slack::ack answer(link, what.envelope_id, what.accepts_payload, std::chrono::steady_clock::now());
    in->take(std::move(what), std::move(answer));
}

} // namespace rapport::bot::tests
