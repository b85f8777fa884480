// The one file that knows the TOML library; see document.hpp.
#include "config/document.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <sstream>

namespace rapport::config {
namespace {

place place_of_source(const toml::source_region &where) {
    return {static_cast<int>(where.begin.line), static_cast<int>(where.begin.column)};
}

node plain(const toml::node &from) {
    node to;
    to.at = place_of_source(from.source());
    to.until = {static_cast<int>(from.source().end.line), static_cast<int>(from.source().end.column)};
    if (const auto *text = from.as_string()) {
        to.kind = node_kind::text;
        to.text = text->get();
    } else if (const auto *number = from.as_integer()) {
        to.kind = node_kind::number;
        to.number = number->get();
    } else if (const auto *real = from.as_floating_point()) {
        to.kind = node_kind::real;
        to.real = real->get();
    } else if (const auto *boolean = from.as_boolean()) {
        to.kind = node_kind::boolean;
        to.boolean = boolean->get();
    } else if (const auto *list = from.as_array()) {
        to.kind = node_kind::list;
        for (const auto &each : *list)
            to.items.push_back(plain(each));
    } else if (const auto *table = from.as_table()) {
        to.kind = node_kind::table;
        std::vector<std::pair<place, std::pair<std::string, node>>> in_order;
        for (const auto &[key, value] : *table)
            in_order.push_back({place_of_source(key.source()), {std::string(key.str()), plain(value)}});
        std::stable_sort(in_order.begin(), in_order.end(), [](const auto &a, const auto &b) {
            return std::pair(a.first.line, a.first.column) < std::pair(b.first.line, b.first.column);
        });
        for (auto &[at, entry] : in_order) {
            to.entry_at.push_back(at);
            to.entries.push_back(std::move(entry));
        }
    } else {
        to.kind = node_kind::date;
        std::ostringstream out;
        from.visit([&out](const auto &value) {
            using kind = std::decay_t<decltype(value)>;
            if constexpr (toml::is_date<kind> || toml::is_time<kind> || toml::is_date_time<kind>)
                out << value.get();
        });
        to.text = out.str();
    }
    return to;
}

} // namespace

const node *node::find(std::string_view key) const {
    for (const auto &[name, value] : entries)
        if (name == key)
            return &value;
    return nullptr;
}

place node::place_of(std::string_view key) const {
    for (std::size_t i = 0; i < entries.size(); ++i)
        if (entries[i].first == key)
            return entry_at[i];
    return at;
}

std::string node::shown() const {
    constexpr std::size_t longest = 60;
    switch (kind) {
    case node_kind::text: {
        std::string out = "\"";
        for (const char c : text.substr(0, longest))
            out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
        return out + (text.size() > longest ? "...\"" : "\"");
    }
    case node_kind::number:
        return std::to_string(number);
    case node_kind::real:
        return fmt::format("{}", real);
    case node_kind::boolean:
        return boolean ? "true" : "false";
    case node_kind::date:
        return text;
    case node_kind::list:
        return fmt::format("a list of {}", items.size());
    case node_kind::table:
        break;
    }
    return "a table";
}

std::string_view name_of(node_kind kind) {
    switch (kind) {
    case node_kind::text:
        return "a text";
    case node_kind::number:
        return "a number";
    case node_kind::real:
        return "a number with a point";
    case node_kind::boolean:
        return "true or false";
    case node_kind::date:
        return "a date or time without quotes";
    case node_kind::list:
        return "a list";
    case node_kind::table:
        break;
    }
    return "a table";
}

document read_document(std::string_view toml, const std::string &source) {
    document result;
    try {
        result.root = plain(toml::parse(toml, source));
    } catch (const toml::parse_error &why) {
        result.broken = problem{source,
                                place_of_source(why.source()),
                                {},
                                "This is not TOML: " + std::string(why.description()) + ".",
                                "Mend this line first; what follows it was not read."};
    }
    return result;
}

} // namespace rapport::config
