// See web_address.hpp. Nothing is fetched: whether the page is there is its readers' to see.
#include "handlers/web_address.hpp"

#include "handlers/surface/typed.hpp"

#include <algorithm>

namespace rapport {
namespace {

refusal no(std::string wrong) {
    return {"", std::move(wrong), "https://docs.example.org/my-plan"};
}

bool is_bad(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= 0x20 || byte == 0x7f || std::string_view("<>\"'`|\\^{}").find(c) != std::string_view::npos;
}

bool host_fits(std::string_view host) {
    if (const auto port = host.rfind(':'); port != std::string_view::npos) {
        const auto digits = host.substr(port + 1);
        if (digits.empty() || digits.size() > 5 ||
            !std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; }))
            return false;
        host = host.substr(0, port);
    }
    const auto dot = host.find('.');
    return dot != std::string_view::npos && dot > 0 && host.back() != '.' &&
           host.find("..") == std::string_view::npos && std::all_of(host.begin(), host.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                      c == '.' || c == '-' || static_cast<unsigned char>(c) >= 0x80;
           });
}

} // namespace

result<std::string> web_address(std::string_view typed) {
    const auto link = surface::typed_words(typed);
    const auto scheme_end = link.find("://");
    auto scheme = link.substr(0, scheme_end == std::string::npos ? 0 : scheme_end);
    std::transform(scheme.begin(), scheme.end(), scheme.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (scheme != "http" && scheme != "https")
        return no("A link begins with https:// or http://.");
    if (link.size() > longest_link)
        return no("That link is longer than 300 characters.");
    if (std::any_of(link.begin(), link.end(), is_bad))
        return no("A link has no blanks, quotes or brackets in it.");
    const auto rest = std::string_view(link).substr(scheme_end + 3);
    const auto host = rest.substr(0, rest.find_first_of("/?#"));
    if (host.find('@') != std::string_view::npos)
        return no("A link with a name or password in it would give those away.");
    if (!host_fits(host))
        return no("That link names no place on the web.");
    return {boost::system::in_place_value, scheme + link.substr(scheme_end)};
}

} // namespace rapport
