// Where a request goes, read from an address. Anything but TLS is refused, except to this very machine.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace rapport::slack {

struct endpoint {
    bool tls = true;
    std::string host; // a name or an address; IPv6 without brackets
    std::string port; // digits
    std::string target = "/";

    // What stands in the Host header: without the port where it is the usual one.
    std::string authority() const;
    bool operator==(const endpoint &) const = default;
};

// Whether the host is this machine by its very name: "localhost", 127.x.x.x or ::1.
bool is_loopback(std::string_view host);

// Reads an https, wss, http or ws address. Refused, with the reason in `why` (which never repeats the
// address: it may hold a ticket): a bad form, another scheme, a user or password in it, plain text to another
// machine.
std::optional<endpoint> read_endpoint(std::string_view address, std::string &why);

// The same, for an address from the configuration: throws std::invalid_argument with the reason.
endpoint endpoint_of(std::string_view address);

// The endpoint with one more query parameter.
endpoint with_parameter(endpoint to, std::string_view name, std::string_view value);

} // namespace rapport::slack
