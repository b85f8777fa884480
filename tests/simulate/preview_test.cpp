// What a preview holds: the words that both sides of a keen and of a silent pair would read, in order.
#include "bot/simulate/preview.hpp"
#include "tests/simulate/played_terms.hpp"

#include <algorithm>

using namespace rapport;
using namespace rapport::tests;

TEST_CASE("a preview holds what each side of a keen and of a silent pair would read, the same each time") {
    const auto how = term_of("starter", 2);
    const preview_task task{
        {simulate::workspace, how.rules.slug, 1}, how.policy, how.rules, how.from, plus_days(how.from, 60)};
    const auto all = simulate::preview_of(task);
    for (const auto pair : {storage::previewed_pair::keen, storage::previewed_pair::silent})
        for (const auto to : {side::mentor, side::protege}) {
            INFO(storage::text_of(pair) << " " << text_of(to));
            CHECK(std::any_of(all.begin(), all.end(),
                              [&](const auto &each) { return each.pair == pair && each.to == to; }));
        }
    CHECK(std::all_of(all.begin(), all.end(), [](const auto &each) {
        return !each.says.empty() && each.says.find("reads: ") == std::string::npos;
    }));
    CHECK(simulate::preview_of(task) == all);
}
