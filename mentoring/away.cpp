// See away.hpp.
#include "mentoring/away.hpp"

#include <algorithm>
#include <vector>

namespace rapport {
namespace {

// In order, without gaps of nothing and without overlaps.
std::vector<time_range> joined(std::span<const time_range> all) {
    std::vector<time_range> out(all.begin(), all.end());
    std::erase_if(out, [](const time_range &each) { return each.until <= each.from; });
    std::sort(out.begin(), out.end(), [](auto &a, auto &b) { return a.from < b.from; });
    std::vector<time_range> whole;
    for (const auto &each : out)
        if (!whole.empty() && each.from <= whole.back().until)
            whole.back().until = std::max(whole.back().until, each.until);
        else
            whole.push_back(each);
    return whole;
}

} // namespace

instant standing_still(instant start, instant rings, std::span<const time_range> away) {
    for (const auto &each : joined(away)) {
        const auto stops = std::max(each.from, start);
        if (stops < rings && stops < each.until)
            rings += each.until - stops;
    }
    return rings;
}

instant after_return(instant at, std::span<const time_range> away) {
    for (const auto &each : joined(away))
        if (each.from <= at && at < each.until + days{1})
            at = each.until + days{1};
    return at;
}

} // namespace rapport
