// Reading addresses; see endpoint.hpp.
#include "bot/slack/endpoint.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url.hpp>

#include <stdexcept>

namespace rapport::slack {

std::string endpoint::authority() const {
    const auto name = host.find(':') == std::string::npos ? host : "[" + host + "]";
    return port == (tls ? "443" : "80") ? name : name + ":" + port;
}

bool is_loopback(std::string_view host) {
    if (host == "localhost")
        return true;
    boost::system::error_code ec;
    const auto address = boost::asio::ip::make_address(host, ec);
    return !ec && address.is_loopback();
}

std::optional<endpoint> read_endpoint(std::string_view address, std::string &why) {
    const auto parsed = boost::urls::parse_uri({address.data(), address.size()});
    if (!parsed) {
        why = "is no address of the form https://host/path";
        return std::nullopt;
    }
    const auto &url = *parsed;
    endpoint out;
    const std::string scheme(url.scheme());
    if (scheme == "https" || scheme == "wss") {
        out.tls = true;
    } else if (scheme == "http" || scheme == "ws") {
        out.tls = false;
    } else {
        why = "is neither https nor wss";
        return std::nullopt;
    }
    if (url.has_userinfo()) {
        why = "holds a user name or password";
        return std::nullopt;
    }
    out.host = std::string(url.host_address());
    if (out.host.empty()) {
        why = "names no host";
        return std::nullopt;
    }
    out.port = std::string(url.port());
    if (out.port.empty())
        out.port = out.tls ? "443" : "80";
    else if (url.port_number() == 0) {
        why = "has a port that is none";
        return std::nullopt;
    }
    if (!out.tls && !is_loopback(out.host)) {
        why = "is not encrypted: plain http and ws are taken for localhost and 127.0.0.1 only";
        return std::nullopt;
    }
    out.target = std::string(url.encoded_path());
    // Boost.URL 1.81 takes "127.0.0.1.evil.org/" for the host 127.0.0.1 and the path ".evil.org/".
    if (!out.target.empty() && out.target.front() != '/') {
        why = "has a host that begins like an address and is none";
        return std::nullopt;
    }
    if (out.target.empty())
        out.target = "/";
    if (url.has_query())
        out.target += "?" + std::string(url.encoded_query());
    return out;
}

endpoint endpoint_of(std::string_view address) {
    std::string why;
    auto out = read_endpoint(address, why);
    if (!out)
        throw std::invalid_argument("the address " + why);
    return *std::move(out);
}

endpoint with_parameter(endpoint to, std::string_view name, std::string_view value) {
    boost::urls::url relative;
    relative.params().append({boost::urls::string_view(name.data(), name.size()),
                              boost::urls::string_view(value.data(), value.size())});
    to.target += to.target.find('?') == std::string::npos ? '?' : '&';
    to.target += std::string(relative.encoded_query());
    return to;
}

} // namespace rapport::slack
