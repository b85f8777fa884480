// Making and sending an acknowledgement; see ack.hpp.
#include "bot/slack/ack.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace rapport::slack {
namespace {

// Well-formed and an object, without building it.
bool is_object(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && text[first] == '{' &&
           nlohmann::json::accept(text.begin(), text.end());
}

std::string head_of(const std::string &envelope_id) {
    // Quoted by the library: the id is the peer's text.
    return "{\"envelope_id\":" +
           nlohmann::json(envelope_id).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

} // namespace

ack::ack(std::weak_ptr<ack_port> port, std::string envelope_id, bool accepts_payload, moment delivered_at)
    : port_(std::move(port)),
      envelope_id_(std::move(envelope_id)),
      accepts_payload_(accepts_payload),
      delivered_at_(delivered_at) {}

ack::ack(ack &&other) noexcept
    : port_(std::move(other.port_)),
      envelope_id_(std::exchange(other.envelope_id_, {})),
      accepts_payload_(other.accepts_payload_),
      delivered_at_(other.delivered_at_) {}

ack &ack::operator=(ack &&other) noexcept {
    if (this != &other) {
        let_go();
        port_ = std::move(other.port_);
        envelope_id_ = std::exchange(other.envelope_id_, {});
        accepts_payload_ = other.accepts_payload_;
        delivered_at_ = other.delivered_at_;
    }
    return *this;
}

ack::~ack() {
    let_go();
}

void ack::let_go() {
    if (!open())
        return;
    envelope_id_.clear();
    if (const auto port = port_.lock())
        port->dropped();
}

ack_result ack::bare(departure when) {
    if (!open())
        return ack_result::already_answered;
    return leave(head_of(envelope_id_) + "}", ack_result::sent, std::move(when));
}

ack_result ack::with(std::string_view payload_object, departure when) {
    if (!open())
        return ack_result::already_answered;
    const auto head = head_of(envelope_id_);
    if (!accepts_payload_)
        return leave(head + "}", ack_result::bare_not_taken, std::move(when));
    if (!is_object(payload_object))
        return leave(head + "}", ack_result::bare_not_object, std::move(when));
    auto frame = head + ",\"payload\":";
    frame += payload_object;
    frame += '}';
    if (frame.size() > ack_bytes_most)
        return leave(head + "}", ack_result::bare_too_long, std::move(when));
    return leave(std::move(frame), ack_result::sent, std::move(when));
}

ack_result ack::leave(std::string frame, ack_result as, departure when) {
    envelope_id_.clear();
    const auto port = port_.lock();
    if (!port)
        return ack_result::link_gone;
    const auto result = port->send_ack(std::move(frame), std::move(when)) ? as : ack_result::link_gone;
    port->settled(result, delivered_at_);
    return result;
}

} // namespace rapport::slack
