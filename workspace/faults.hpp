// Faults on demand, by name: what may go wrong on the way of a Web API call, of a connection and of a
// delivery. A fault waits until something it fits comes by, `times` times, letting the first `skip` through.
#pragma once

#include "workspace/json.hpp"
#include "workspace/timeline.hpp"

#include <array>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace workspace {

enum class fault_kind {
    // a Web API call
    rate_limited,      // 429 and Retry-After; not executed
    server_error,      // 500 (or `status`); not executed
    error_answer,      // 200 and ok:false with `error`; not executed
    html_answer,       // 200 and a page of HTML; not executed
    drop_request,      // the connection is cut; not executed
    hang,              // never answered; not executed
    slow_ack,          // executed, and answered `delay` late (0: never)
    execute_then_drop, // executed, and the connection cut before the answer
    execute_then_500,  // executed, and answered 500
    // the upgrade to a socket
    refuse_upgrade, // answered with `status` (409)
    silent_start,   // upgraded, and no hello
    // a socket: one `link`, or every one; none open: the next one to open
    drop_link,          // reset
    close_link,         // a proper close frame
    disconnect_warning, // "warning", and `delay` (10 s) later "refresh_requested" and the close
    refresh_requested,  // at once
    link_disabled,      // every link, and the next `times` - 1 to come
    too_many_websockets,
    late_ping,     // no ping and no pong for `delay` (0: for ever)
    black_hole,    // nothing out and nothing read for `delay` (0: for ever)
    garbage_frame, // text that is no JSON
    binary_frame,
    unknown_frame, // an envelope of a type nobody has heard of
    ghost_link,    // a registration with nobody behind, that is counted and given deliveries
    // a delivery
    duplicate_delivery, // sent twice, on two links if there are
    large_delivery,     // padded to 200 KiB
};

inline constexpr std::array<std::pair<fault_kind, std::string_view>, 25> fault_words{{
    {fault_kind::rate_limited, "rate_limited"},
    {fault_kind::server_error, "server_error"},
    {fault_kind::error_answer, "error_answer"},
    {fault_kind::html_answer, "html_answer"},
    {fault_kind::drop_request, "drop_request"},
    {fault_kind::hang, "hang"},
    {fault_kind::slow_ack, "slow_ack"},
    {fault_kind::execute_then_drop, "execute_then_drop"},
    {fault_kind::execute_then_500, "execute_then_500"},
    {fault_kind::refuse_upgrade, "refuse_upgrade"},
    {fault_kind::silent_start, "silent_start"},
    {fault_kind::drop_link, "drop_link"},
    {fault_kind::close_link, "close_link"},
    {fault_kind::disconnect_warning, "disconnect_warning"},
    {fault_kind::refresh_requested, "refresh_requested"},
    {fault_kind::link_disabled, "link_disabled"},
    {fault_kind::too_many_websockets, "too_many_websockets"},
    {fault_kind::late_ping, "late_ping"},
    {fault_kind::black_hole, "black_hole"},
    {fault_kind::garbage_frame, "garbage_frame"},
    {fault_kind::binary_frame, "binary_frame"},
    {fault_kind::unknown_frame, "unknown_frame"},
    {fault_kind::ghost_link, "ghost_link"},
    {fault_kind::duplicate_delivery, "duplicate_delivery"},
    {fault_kind::large_delivery, "large_delivery"},
}};

std::string_view text_of(fault_kind kind);
std::optional<fault_kind> fault_called(std::string_view word);

struct fault {
    fault_kind kind = fault_kind::server_error;
    std::string method = {};  // of a Web API call, or the envelope's type of a delivery; empty: any
    std::string channel = {}; // the call's channel argument; empty: any
    int times = 1;
    int skip = 0;
    int percent = 100;   // of those that fit, by the workspace's seed
    int retry_after = 1; // seconds
    int status = 0;      // HTTP; 0: the fault's usual one
    std::string error = "internal_error";
    span delay{0};
    std::uint64_t link = 0; // 0: every link
};

bool is_call_fault(fault_kind kind);
bool is_link_fault(fault_kind kind); // done to open links at once

// From {"name":"rate_limited","method":"chat.postMessage","times":2,...}; nothing if the name is unknown or a
// number is out of range.
std::optional<fault> read_fault(const json &from);
json shape(const fault &what);

class fault_list {
  public:
    explicit fault_list(std::uint64_t seed) : random_(seed) {}

    void add(fault what);
    void clear();
    // The first waiting fault of a call, now used once; nothing if none fits.
    std::optional<fault> take_for_call(const std::string &method, const std::string &channel);
    // The same for one kind, matched by what it is about.
    std::optional<fault> take(fault_kind kind, const std::string &method = {});
    json shown() const;

  private:
    template <class Fits>
    std::optional<fault> take_first(Fits fits);

    std::vector<fault> waiting_ = {};
    std::mt19937_64 random_;
};

} // namespace workspace
