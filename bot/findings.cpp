// Findings as lines and as JSON; see findings.hpp.
#include "bot/findings.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace rapport::bot {

bool findings::good() const {
    return std::all_of(all_.begin(), all_.end(), [](const one &each) { return each.ok; });
}

std::string findings::lines() const {
    std::string out;
    for (const auto &each : all_) {
        auto says = each.says;
        while (!says.empty() && says.back() == '\n')
            says.pop_back();
        out += (each.ok ? "ok     " : "WRONG  ") + each.subject + ": " + says + "\n";
        if (!each.ok && !each.mend.empty() && says.find(each.mend) == std::string::npos)
            out += "       mend: " + each.mend + "\n";
    }
    return out;
}

std::string findings::json() const {
    auto list = nlohmann::ordered_json::array();
    for (const auto &each : all_) {
        nlohmann::ordered_json row{{"subject", each.subject}, {"ok", each.ok}, {"says", each.says}};
        if (!each.ok)
            row["mend"] = each.mend;
        list.push_back(std::move(row));
    }
    const nlohmann::ordered_json body{{"good", good()}, {"findings", list}};
    return body.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

} // namespace rapport::bot
