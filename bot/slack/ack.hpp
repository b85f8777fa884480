// The one answer to one delivery. Single use, and it leaves on the connection that brought the delivery or
// not at all: no other connection knows its envelope.
#pragma once

#include "bot/slack/departure.hpp"
#include "bot/slack/moment.hpp"
#include "bot/slack/words.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace rapport::slack {

// The platform drops an acknowledgement over 20,480 bytes, or the connection with it.
inline constexpr std::size_t ack_bytes_most = 19'000;

enum class ack_result {
    sent,             // as asked: it is in the queue of its connection, and leaves unless that breaks
    bare_too_long,    // sent without the payload: it was too long; deliver it another way
    bare_not_taken,   // sent without the payload: this delivery takes none
    bare_not_object,  // sent without the payload: it is no JSON object; a bug of the caller
    link_gone,        // not sent: the connection is gone; deliver the answer another way
    already_answered, // not sent: this acknowledgement was used before
};

inline constexpr choices<ack_result, 6> ack_words{{
    {ack_result::sent, "sent"},
    {ack_result::bare_too_long, "bare_too_long"},
    {ack_result::bare_not_taken, "bare_not_taken"},
    {ack_result::bare_not_object, "bare_not_object"},
    {ack_result::link_gone, "link_gone"},
    {ack_result::already_answered, "already_answered"},
}};

// The connection as an acknowledgement sees it.
class ack_port {
  public:
    virtual ~ack_port() = default;
    // Queues one text frame, and tells when it has left or never will; false if the connection cannot send
    // any more.
    virtual bool send_ack(std::string frame, departure when) = 0;
    // Told once for each acknowledgement made on it, when it was used or dropped.
    virtual void settled(ack_result result, moment delivered_at) = 0;
    // Told once where an acknowledgement was dropped without an answer, which asks for redelivery.
    virtual void dropped() = 0;
};

class ack {
  public:
    ack() = default; // answers nothing
    ack(std::weak_ptr<ack_port> port, std::string envelope_id, bool accepts_payload, moment delivered_at);
    ack(ack &&other) noexcept;
    ack &operator=(ack &&other) noexcept;
    ack(const ack &) = delete;
    ack &operator=(const ack &) = delete;
    // Without an answer nothing is sent: an event is then delivered again, a person sees an error.
    ~ack();

    // `{"envelope_id":...}` alone. `when` is told false too where nothing is sent.
    ack_result bare(departure when = {});
    // With an answer: the text of a JSON object, such as {"response_action":"clear"}. Falls back to the bare
    // form where the answer cannot travel, and says so.
    ack_result with(std::string_view payload_object, departure when = {});

    bool open() const {
        return !envelope_id_.empty();
    }
    bool accepts_payload() const {
        return accepts_payload_;
    }
    moment delivered_at() const {
        return delivered_at_;
    }

  private:
    ack_result leave(std::string frame, ack_result as, departure when);
    void let_go();

    std::weak_ptr<ack_port> port_;
    std::string envelope_id_;
    bool accepts_payload_ = false;
    moment delivered_at_{};
};

} // namespace rapport::slack
