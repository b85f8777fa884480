// Forms and targets; see http.hpp.
#include "workspace/http.hpp"

#include <charconv>

namespace workspace {

std::string url_decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned value = 0;
        if (text[i] == '%' && i + 2 < text.size() &&
            std::from_chars(text.data() + i + 1, text.data() + i + 3, value, 16).ptr == text.data() + i + 3) {
            out += static_cast<char>(value);
            i += 2;
        } else {
            out += text[i] == '+' ? ' ' : text[i];
        }
    }
    return out;
}

std::map<std::string, std::string> form_decoded(std::string_view body) {
    std::map<std::string, std::string> out;
    while (!body.empty()) {
        const auto end = std::min(body.find('&'), body.size());
        const auto pair = body.substr(0, end);
        const auto equals = pair.find('=');
        if (!pair.empty())
            out[url_decoded(pair.substr(0, equals))] =
                equals == std::string_view::npos ? std::string() : url_decoded(pair.substr(equals + 1));
        body.remove_prefix(std::min(end + 1, body.size()));
    }
    return out;
}

std::string http_request::path() const {
    return target.substr(0, target.find('?'));
}

std::map<std::string, std::string> http_request::query() const {
    const auto mark = target.find('?');
    return mark == std::string::npos ? std::map<std::string, std::string>()
                                     : form_decoded(target.substr(mark + 1));
}

std::string http_request::header(const std::string &name) const {
    const auto at = headers.find(name);
    return at == headers.end() ? std::string() : at->second;
}

} // namespace workspace
