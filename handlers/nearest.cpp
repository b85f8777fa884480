// Edit distance with swaps; see nearest.hpp.
#include "handlers/nearest.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace rapport {
namespace {

constexpr std::size_t longest = 24; // longer than any verb, and the bound on the work

std::size_t distance(std::string_view a, std::string_view b) {
    std::array<std::array<std::size_t, longest + 1>, longest + 1> d{};
    for (std::size_t i = 0; i <= a.size(); ++i)
        d[i][0] = i;
    for (std::size_t j = 0; j <= b.size(); ++j)
        d[0][j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i)
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
            d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + change});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
        }
    return d[a.size()][b.size()];
}

} // namespace

std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates) {
    if (word.empty() || word.size() > longest)
        return {};
    std::string small(word);
    for (auto &c : small)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    std::string_view best;
    auto least = std::max<std::size_t>(1, small.size() / 3) + 1;
    for (const auto candidate : candidates) {
        if (candidate.empty() || candidate.size() > longest)
            continue;
        const bool begins = small.size() >= 2 && candidate.starts_with(small);
        const auto away = begins ? 1 : distance(small, candidate);
        if (away < least) {
            least = away;
            best = candidate;
        }
    }
    return best;
}

} // namespace rapport
