// The rounds; see mail_round.hpp.
#include "tests/handlers/mail_round.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace rapport::tests {
namespace {

using nlohmann::json;

std::string stamp(instant at, int n) {
    const auto ms = at.time_since_epoch().count();
    return fmt::format("{}.{:06}", ms / 1000, (ms % 1000) * 1000 + n % 1000);
}

void read_body(const json &body, letter &as) {
    as.text = body.value("text", "");
    as.channel = body.value("channel", "");
    if (!body.contains("blocks"))
        return;
    for (const auto &block : body["blocks"])
        if (block["type"] == "actions")
            for (const auto &e : block["elements"]) {
                if (e["type"] == "button")
                    as.buttons.push_back({e["text"]["text"], e["action_id"], e.value("value", "")});
                else
                    for (const auto &each : e["options"])
                        as.buttons.push_back({each["text"]["text"], e["action_id"], each["value"]});
            }
}

} // namespace

call_outcome mail_round::take(const shipment &what, letter &as) {
    as.at = o_.now;
    as.method = what.method;
    as.body = what.body;
    const auto body = json::parse(what.body);
    read_body(body, as);
    if (what.method == "conversations.open") {
        const auto users = body["users"].get<std::string>();
        as.channel = users.find(',') == std::string::npos ? "D" + users.substr(1) : "G0PAIR";
    }
    as.ts = what.method == "chat.postMessage" ? stamp(o_.now, ++calls_) : body.value("ts", "");
    as.word = platform ? platform(what, as) : delivery_word::sent;
    call_outcome out;
    out.word = as.word;
    if (as.word != delivery_word::sent) {
        out.reason = reason;
        return out;
    }
    out.channel = channel_id{as.channel};
    if (!as.ts.empty())
        out.ts = as.ts;
    return out;
}

bool mail_round::one_round() {
    bool busy = false;
    std::vector<shipment> due;
    o_.on_file([&](storage::records &r) {
        busy = plan(r.db, ids_, o_.here, o_.now, most_at_once).pairs > 0;
        due = claim(r.db, ids_, o_.here, o_.now, most_at_once);
    });
    o_.follow_policies();
    for (const auto &each : due) {
        bool may = false;
        o_.on_file([&](storage::records &r) { may = begin_sending(r.db, each, o_.now); });
        busy = true;
        if (!may)
            continue;
        letter as;
        const auto became = take(each, as);
        calls.push_back(as);
        if (crashes_after_sending)
            continue;
        o_.on_file([&](storage::records &r) { settle(r.db, ids_, o_.here, each, became, o_.now); });
    }
    return busy;
}

void mail_round::deliver() {
    for (int i = 0; one_round(); ++i)
        if (i > 200)
            FAIL("planner and courier do not come to rest");
}

void mail_round::until(instant then) {
    deliver();
    for (int i = 0; o_.now < then; ++i) {
        std::optional<instant> next;
        o_.on_file([&](storage::records &r) { next = next_due(r.db); });
        o_.now = next ? std::clamp(*next, o_.now, then) : then;
        if (next && *next <= o_.now && i > 100'000)
            FAIL("something is due for ever");
        deliver();
    }
}

std::string mail_round::writes(const std::string &who, const std::string &where) {
    auto ts = stamp(o_.now, ++calls_);
    o_.on_file([&](storage::records &r) {
        wrote(r, o_.here.rules, office::slack_of(who), channel_id{where}, ts, o_.now);
    });
    return ts;
}

void mail_round::deletes(const std::string &ts, const std::string &where) {
    o_.on_file([&](storage::records &r) { took_back(r, channel_id{where}, ts, o_.now); });
}

std::vector<letter> mail_round::to(const std::string &channel) const {
    std::vector<letter> out;
    for (const auto &each : calls)
        if (each.channel == channel && each.method == "chat.postMessage" && each.word == delivery_word::sent)
            out.push_back(each);
    return out;
}

std::vector<letter> mail_round::updates(const std::string &channel) const {
    std::vector<letter> out;
    for (const auto &each : calls)
        if (each.channel == channel && each.method == "chat.update" && each.word == delivery_word::sent)
            out.push_back(each);
    return out;
}

heard mail_round::shown(const letter &one) const {
    heard out;
    out.text = one.text;
    out.buttons = one.buttons;
    return out;
}

int mail_round::rows(const std::string &kind, const std::string &state) {
    int n = 0;
    for (const auto &each : o_.outgoing())
        if (each.kind.starts_with(kind) && (state.empty() || each.state == state))
            ++n;
    return n;
}

} // namespace rapport::tests
