// Drawing the people; see population.hpp.
#include "bot/simulate/population.hpp"

#include <fmt/format.h>

#include <array>

namespace rapport::simulate {
namespace {

constexpr std::uint64_t people_stream = 1;
constexpr days first_loss{21}, last_loss{60}; // after the beginning, before the end

constexpr std::array<std::string_view, 16> mentor_names{"Priya", "Sam",    "Iris",  "Omar", "Lena", "Tomas",
                                                        "Grace", "Dmitri", "Aisha", "Paul", "Yuki", "Carla",
                                                        "Ben",   "Ruth",   "Kofi",  "Elin"};
constexpr std::array<std::string_view, 16> protege_names{"Ana",  "Mei",  "Noor",  "Luis", "Zoe",  "Ivan",
                                                         "Tara", "Hugo", "Lila",  "Max",  "Sana", "Leo",
                                                         "Nina", "Joel", "Amara", "Finn"};
constexpr std::array<std::string_view, 5> far_zones{"America/Chicago", "America/Los_Angeles", "Europe/London",
                                                    "Asia/Kolkata", "Europe/Berlin"};

habit habit_drawn(const playing &how, chance &luck) {
    if (how.all_of)
        return *how.all_of;
    const int drawn = luck.below(100);
    if (drawn < how.mix.keen)
        return habit::keen;
    return drawn < how.mix.keen + how.mix.busy ? habit::busy : habit::ordinary;
}

person_played somebody(const playing &how, side on, int number, chance &luck) {
    const auto i = static_cast<std::size_t>(number) % mentor_names.size();
    person_played out;
    out.on = on;
    out.pair = number;
    out.id = slack_id{fmt::format("U{}{:05}", on == side::mentor ? 'M' : 'P', number + 1)};
    out.name = on == side::mentor ? fmt::format("{} M{:03}", mentor_names[i], number + 1)
                                  : fmt::format("{} P{:03}", protege_names[i], number + 1);
    if (how.all_of) // of one pair nobody needs to be told apart
        out.name = std::string(on == side::mentor ? mentor_names[i] : protege_names[i]);
    const bool far = luck.percent(on == side::mentor ? 35 : 15) && !how.all_of;
    const auto at = static_cast<std::size_t>(luck.below(static_cast<int>(far_zones.size())));
    out.zone = far ? std::string(far_zones[at]) : how.rules.where.name();
    out.as = habit_drawn(how, luck);
    return out;
}

// Some talk nearly always elsewhere, the others now and then; together as many as the mix says.
int off_platform_drawn(const playing &how, chance &luck) {
    constexpr int mostly = 90, of_pairs = 25;
    if (how.all_of)
        return 0;
    if (luck.percent(of_pairs))
        return mostly;
    return std::max(0, (how.mix.off_platform * 100 - mostly * of_pairs) / (100 - of_pairs));
}

} // namespace

population make_population(const playing &how, instant begins, instant ends) {
    chance luck(how.seed, people_stream);
    population out;
    for (int n = 0; n < how.people / 2; ++n) {
        pair_played pair;
        pair.mentor = n * 2;
        pair.protege = n * 2 + 1;
        out.people.push_back(somebody(how, side::mentor, n, luck));
        out.people.push_back(somebody(how, side::protege, n, luck));
        pair.off_platform = off_platform_drawn(how, luck);
        pair.says_elsewhere =
            pair.off_platform > 60 && luck.percent(80) && how.rules.contacts.may_talk_elsewhere;
        if (!how.all_of && luck.percent(how.mix.drop_outs)) {
            auto &lost = out.people[static_cast<std::size_t>(luck.percent(65) ? pair.protege : pair.mentor)];
            lost.silent_from =
                luck.between(begins + first_loss, std::max(begins + first_loss, ends - last_loss));
        }
        out.pairs.push_back(pair);
    }
    return out;
}

const manners &manners_of(habit as, side on) {
    using std::chrono::hours;
    static constexpr manners mentors[] = {
        {hours{2}, hours{40}, 100, 100, minutes{20}, hours{8}, 2, 3},
        {hours{4}, hours{96}, 90, 75, hours{1}, hours{30}, 1, 3},
        {hours{24}, hours{216}, 75, 45, hours{3}, hours{60}, 0, 2},
        {hours{0}, hours{0}, 0, 0, hours{0}, hours{0}, 0, 0},
    };
    static constexpr manners proteges[] = {
        {hours{1}, hours{36}, 100, 100, minutes{20}, hours{8}, 1, 2},
        {hours{4}, hours{96}, 90, 75, hours{1}, hours{30}, 1, 2},
        {hours{24}, hours{216}, 75, 45, hours{3}, hours{60}, 0, 1},
        {hours{0}, hours{0}, 0, 0, hours{0}, hours{0}, 0, 0},
    };
    return (on == side::mentor ? mentors : proteges)[static_cast<int>(as)];
}

} // namespace rapport::simulate
