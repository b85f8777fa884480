// The platform's side of Socket Mode; see socket_mode.hpp.
#include "workspace/socket_mode.hpp"

#include <algorithm>

namespace workspace {
namespace {

// A registration with nobody behind it.
class nobody : public wire_out {
    void text(std::string) override {}
    void binary(std::string) override {}
    void ping(std::string) override {}
    void pong(std::string) override {}
    void close(int, std::string) override {}
    void reset() override {}
    void stop_reading(bool) override {}
};

// Settled envelopes are remembered a while, to tell a late or second ack from an unknown one.
constexpr span remembered{10 * 60'000};

} // namespace

socket_mode::socket_mode(timeline &time, journal &log, fault_list &faults, passes &lent, std::string app,
                         socket_settings settings, std::uint64_t seed)
    : time_(time),
      log_(log),
      faults_(faults),
      lent_(lent),
      app_(std::move(app)),
      settings_(std::move(settings)),
      random_(seed) {}

std::size_t socket_mode::links() const {
    return links_.size();
}

json socket_mode::disconnect(std::string_view reason) const {
    return {{"type", "disconnect"}, {"reason", reason}, {"debug_info", {{"host", "local"}}}};
}

void socket_mode::violation(link_id id, std::string_view rule, json more) {
    more["link"] = id;
    more["rule"] = rule;
    log_.add("violation", std::move(more));
}

void socket_mode::send(link_id id, const json &frame, bool to_journal) {
    const auto at = links_.find(id);
    if (at == links_.end())
        return;
    if (to_journal)
        log_.add("frame_out", {{"link", id}, {"frame", frame}});
    if (!at->second.deaf)
        at->second.out->text(wire(frame));
}

socket_mode::link_id socket_mode::open(std::shared_ptr<wire_out> out) {
    const auto id = ++last_;
    links_[id].out = std::move(out);
    log_.add("link", {{"link", id}, {"what", "opened"}, {"open", links_.size()}});
    if (links_.size() > settings_.max_links) {
        auto frame = disconnect("too_many_websockets");
        frame["num_connections"] = links_.size();
        frame["connection_info"] = {{"app_id", app_}};
        send(id, frame);
        links_[id].out->close(1000, "too_many_websockets");
        closed(id, "too_many_websockets");
        return id;
    }
    if (faults_.take(fault_kind::link_disabled)) {
        end(id, "link_disabled");
        return id;
    }
    ping_later(id);
    if (faults_.take(fault_kind::silent_start))
        return id;
    say_hello(id);
    for (const auto &[kind, word] : fault_words)
        if (is_link_fault(kind) && links_.contains(id))
            if (const auto waiting = faults_.take(kind))
                strike(id, *waiting);
    return id;
}

void socket_mode::say_hello(link_id id) {
    send(id, {{"type", "hello"},
              {"num_connections", links_.size()},
              {"connection_info", {{"app_id", app_}}},
              {"debug_info",
               {{"host", "local"},
                {"build_number", 1},
                {"approximate_connection_time", settings_.connection_seconds}}}});
}

void socket_mode::ping_later(link_id id) {
    links_.at(id).next_ping = time_.after(settings_.ping_every, by::steady, [this, id] {
        const auto at = links_.find(id);
        if (at == links_.end())
            return;
        if (!at->second.quiet && !at->second.deaf)
            at->second.out->ping("Ping from workspace");
        ping_later(id);
    });
}

void socket_mode::end(link_id id, std::string_view reason, int code) {
    if (!links_.contains(id))
        return;
    if (!reason.empty())
        send(id, disconnect(reason));
    const auto out = links_.at(id).out;
    closed(id, reason.empty() ? "closed" : std::string(reason));
    out->close(code, std::string(reason));
}

void socket_mode::closed(link_id id, const std::string &why) {
    const auto at = links_.find(id);
    if (at == links_.end())
        return;
    time_.cancel(at->second.next_ping);
    links_.erase(at);
    log_.add("link", {{"link", id}, {"what", "closed"}, {"why", why}, {"open", links_.size()}});
    // no ack can come for what went out on it: events are tried again, people wait out their three seconds
    std::vector<std::string> lost;
    for (auto &[envelope_id, each] : pending_)
        if (!each.settled && each.owed.erase(id) > 0 && each.owed.empty() && each.what.type == "events_api")
            lost.push_back(envelope_id);
    for (const auto &envelope_id : lost)
        settle(envelope_id, delivery_end::timed_out, nullptr);
}

socket_mode::link_id socket_mode::any_link() {
    if (links_.empty())
        return 0;
    auto at = links_.begin();
    std::advance(at, static_cast<std::ptrdiff_t>(random_() % links_.size()));
    return at->first;
}

void socket_mode::deliver(envelope what) {
    attempt(std::move(what), 0, "");
}

void socket_mode::attempt(envelope what, int number, const std::string &reason) {
    const auto id = any_link();
    if (id == 0)
        return failed(std::move(what), number, "connection_failed");
    const auto envelope_id = lent_.uuid();
    json frame{{"envelope_id", envelope_id},
               {"type", what.type},
               {"payload", what.payload},
               {"accepts_response_payload", what.accepts_payload}};
    if (what.type == "events_api") {
        frame["retry_attempt"] = number;
        frame["retry_reason"] = reason;
    }
    if (faults_.take(fault_kind::large_delivery, what.type))
        frame["payload"]["padding"] = std::string(200 * 1024, 'x');
    auto &waiting = pending_[envelope_id];
    waiting.what = std::move(what);
    waiting.attempt = number;
    waiting.owed.insert(id);
    waiting.limit = time_.after(settings_.ack_limit, by::steady, [this, envelope_id] {
        settle(envelope_id, delivery_end::timed_out, nullptr);
    });
    const bool twice = faults_.take(fault_kind::duplicate_delivery, waiting.what.type).has_value();
    json note{{"link", id}, {"envelope_id", envelope_id}, {"type", waiting.what.type}, {"attempt", number}};
    const auto &event = part_of(waiting.what.payload, "event");
    note["payload_type"] = event.is_object() ? text_in(event, "type") : text_in(waiting.what.payload, "type");
    if (waiting.what.payload.contains("event_id"))
        note["event_id"] = waiting.what.payload["event_id"];
    log_.add("delivery", note);
    send(id, frame);
    if (!twice)
        return;
    auto other = id;
    for (const auto &[each, unused] : links_)
        if (each != id)
            other = each;
    if (links_.contains(other)) {
        waiting.owed.insert(other);
        note["link"] = other;
        note["duplicate"] = true;
        log_.add("delivery", note);
        send(other, frame);
    }
}

void socket_mode::failed(envelope what, int number, const std::string &reason) {
    if (what.type != "events_api" || static_cast<std::size_t>(number) >= settings_.retry_after.size()) {
        if (what.done)
            what.done(reason == "connection_failed" ? delivery_end::no_link : delivery_end::timed_out,
                      nullptr);
        return;
    }
    const auto wait = settings_.retry_after[static_cast<std::size_t>(number)];
    time_.after(wait, by::workspace, [this, what = std::move(what), number, reason]() mutable {
        attempt(std::move(what), number + 1, reason);
    });
}

void socket_mode::settle(const std::string &envelope_id, delivery_end how, const json &payload) {
    const auto at = pending_.find(envelope_id);
    if (at == pending_.end() || at->second.settled)
        return;
    at->second.settled = true;
    at->second.timed_out = how == delivery_end::timed_out;
    time_.cancel(at->second.limit);
    time_.after(remembered, by::steady, [this, envelope_id] { pending_.erase(envelope_id); });
    auto what = at->second.what;
    at->second.what.payload = nullptr;
    at->second.what.done = nullptr;
    log_.add("delivery_end", {{"envelope_id", envelope_id},
                              {"type", what.type},
                              {"attempt", at->second.attempt},
                              {"end", how == delivery_end::acked ? "acked" : "timed_out"}});
    if (how == delivery_end::timed_out)
        return failed(std::move(what), at->second.attempt, "timeout");
    if (what.done)
        what.done(how, payload);
}

void socket_mode::received(link_id id, const frame_in &frame) {
    const auto at = links_.find(id);
    if (at == links_.end() || at->second.deaf)
        return;
    switch (frame.kind) {
    case frame_in::type::ping:
        if (!at->second.quiet)
            at->second.out->pong(frame.payload);
        return;
    case frame_in::type::pong:
        log_.add("pong", {{"link", id}});
        return;
    case frame_in::type::close:
        return closed(id, "close frame");
    case frame_in::type::binary:
        return violation(id, "ack_not_text");
    case frame_in::type::text:
        return acked(id, frame);
    }
}

void socket_mode::acked(link_id id, const frame_in &frame) {
    if (!frame.masked) {
        violation(id, "frame_not_masked");
        return end(id, "", 1002);
    }
    if (frame.payload.size() > settings_.max_ack) {
        violation(id, "ack_too_long", {{"bytes", frame.payload.size()}});
        return end(id, "", 1009);
    }
    if (frame.fragmented) // the platform does not put frames together: the ack is lost without a word
        return violation(id, "ack_fragmented");
    const auto ack = json::parse(frame.payload, nullptr, false);
    if (ack.is_discarded())
        return violation(id, "ack_not_json");
    if (!ack.is_object())
        return violation(id, "ack_not_an_object");
    log_.add("frame_in", {{"link", id}, {"frame", ack}});
    const auto envelope_id = text_in(ack, "envelope_id");
    const auto at = pending_.find(envelope_id);
    if (at == pending_.end())
        return violation(id, "ack_of_unknown_envelope", {{"envelope_id", envelope_id}});
    auto &waiting = at->second;
    const auto owed = waiting.owed.find(id);
    if (owed == waiting.owed.end())
        return violation(id, waiting.settled ? "ack_twice" : "ack_on_another_link",
                         {{"envelope_id", envelope_id}});
    waiting.owed.erase(owed);
    const auto &payload = part_of(ack, "payload");
    if (!payload.is_null() && !payload.is_object())
        return violation(id, "ack_payload_not_an_object", {{"envelope_id", envelope_id}});
    if (!payload.empty() && !waiting.what.accepts_payload)
        violation(id, "ack_payload_not_accepted", {{"envelope_id", envelope_id}});
    if (waiting.timed_out)
        return violation(id, "ack_late", {{"envelope_id", envelope_id}});
    settle(envelope_id, delivery_end::acked,
           payload.empty() || !waiting.what.accepts_payload ? json(nullptr) : payload);
}

void socket_mode::warn_then_refresh(link_id id, span wait) {
    send(id, disconnect("warning"));
    time_.after(wait, by::steady, [this, id] { end(id, "refresh_requested"); });
}

void socket_mode::strike(link_id id, const fault &what) {
    log_.add("fault", {{"link", id}, {"name", text_of(what.kind)}});
    auto &struck_one = links_.at(id);
    const auto recover = [&](bool link::*state) {
        struck_one.*state = true;
        if (what.delay > span(0))
            time_.after(what.delay, by::steady, [this, id, state] {
                if (const auto at = links_.find(id); at != links_.end()) {
                    at->second.*state = false;
                    at->second.out->stop_reading(false);
                }
            });
    };
    const auto out = struck_one.out;
    switch (what.kind) {
    case fault_kind::drop_link:
        closed(id, "drop_link");
        return out->reset();
    case fault_kind::close_link:
        return end(id, "", 1001);
    case fault_kind::disconnect_warning:
        return warn_then_refresh(id, what.delay);
    case fault_kind::refresh_requested:
    case fault_kind::link_disabled:
    case fault_kind::too_many_websockets:
        return end(id, text_of(what.kind));
    case fault_kind::late_ping:
        return recover(&link::quiet);
    case fault_kind::black_hole:
        out->stop_reading(true);
        return recover(&link::deaf);
    case fault_kind::garbage_frame:
        return out->text("{\"type\":\"hel");
    case fault_kind::binary_frame:
        return out->binary(std::string("\x00\xff\x17", 3));
    case fault_kind::unknown_frame: {
        const auto envelope_id = lent_.uuid(); // a bare ack of it is right
        auto &waiting = pending_[envelope_id];
        waiting.what.type = "weather_report";
        waiting.owed.insert(id);
        return send(id,
                    {{"type", "weather_report"}, {"envelope_id", envelope_id}, {"payload", json::object()}});
    }
    default:
        return;
    }
}

std::vector<socket_mode::link_id> socket_mode::struck(const fault &what) const {
    std::vector<link_id> out;
    for (const auto &[id, unused] : links_)
        if (what.link == 0 || what.link == id)
            out.push_back(id);
    return out;
}

void socket_mode::do_to_links(const fault &what) {
    if (what.kind == fault_kind::ghost_link) {
        const auto id = ++last_;
        links_[id].out = std::make_shared<nobody>();
        ping_later(id);
        log_.add("link", {{"link", id}, {"what", "ghost"}, {"open", links_.size()}});
        if (what.delay > span(0))
            time_.after(what.delay, by::steady, [this, id] { closed(id, "ghost rotated away"); });
        return;
    }
    const auto ids = struck(what);
    for (const auto id : ids)
        strike(id, what);
    auto rest = what;
    if (what.kind == fault_kind::link_disabled)
        rest.times -= ids.empty() ? 0 : 1;
    else if (!ids.empty() || what.link != 0)
        rest.times = 0;
    if (rest.times > 0)
        faults_.add(rest);
}

json socket_mode::shown() const {
    json out = json::array();
    for (const auto &[id, each] : links_)
        out.push_back({{"link", id}, {"quiet", each.quiet}, {"deaf", each.deaf}});
    return out;
}

} // namespace workspace
