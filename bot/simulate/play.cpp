// The turn-taking, the mishaps of a term, and the sums at its end; see play.hpp.
#include "bot/simulate/play.hpp"

#include "bot/simulate/living.hpp"

#include <algorithm>
#include <set>

namespace rapport::simulate {
namespace {

constexpr std::uint64_t outage_stream = 5;
constexpr days watched_after_the_end{8}; // nothing may be sent then
constexpr days until_lost{42};           // of silence: from then on nobody would win them back
constexpr int rounds_without_time = 100'000;

struct outage {
    instant from{}, until{};
};

struct clock_error {
    instant from{}, until{};
    span_of_time by{};
};

// Kinds of the queue that speak of silence; others say what somebody asked for or what a date brings.
bool speaks_of_silence(const std::string &kind) {
    return kind == "reply" || kind == "check-in" || kind == "contact-floor" || kind == "first-meeting" ||
           kind == "getting-started";
}

class term_play {
    const playing &how_;
    instant begins_, ends_;
    played out_;
    clock_hand clock_;
    stage stage_;
    watch sees_;
    service bot_;
    living people_;
    std::vector<outage> outages_;
    std::vector<clock_error> errors_;
    instant next_day_;
    std::shared_ptr<const house> here_;

  public:
    term_play(const playing &how, service::meddling meddles)
        : how_(how),
          begins_(how.rules.where.at(how.from, hours{9})),
          ends_(how.rules.where.start_of(plus_days(how.until, 1))),
          clock_{begins_, {}},
          sees_(how.seed),
          bot_(how_, clock_, stage_, sees_, std::move(meddles)),
          people_(how_, clock_, bot_, stage_, sees_, out_),
          next_day_(begins_ + days{1}) {
        out_.how = how;
        out_.pairs = static_cast<int>(people_.all().pairs.size());
        const auto weeks = static_cast<std::size_t>(days_between(how.from, how.until) / 7 + 1);
        out_.week_messages.resize(weeks);
        out_.week_lines.resize(weeks);
        out_.week_open.resize(weeks);
        for (const auto &one : people_.all().people)
            out_.people.push_back({one.name, one.on, one.as});
        plan_outages();
    }

    played run(const on_progress &progress) {
        const auto last = ends_ + watched_after_the_end;
        instant before{};
        int still = 0;
        while (!sees_.broken()) {
            const auto then = next_instant(last);
            if (!then)
                break;
            still = *then == before ? still + 1 : 0;
            if (still > rounds_without_time) {
                sees_.never_rests(*then, "the same instant is due again and again");
                break;
            }
            before = clock_.now = std::max(clock_.now, *then);
            ++out_.instants;
            step();
            if (clock_.now >= next_day_) {
                a_day_passed();
                if (progress)
                    progress(std::min(1.0, double((clock_.now - begins_).count()) /
                                               double((last - begins_).count())));
            }
        }
        sum_up();
        return std::move(out_);
    }

  private:
    // Two silences of the service in every term; more goes wrong where faults are played.
    void plan_outages() {
        chance luck(how_.seed, outage_stream);
        const auto third = (ends_ - begins_) / 3;
        for (const auto &[from, length] :
             {std::pair{begins_ + third, hours{3}}, std::pair{begins_ + third * 2, hours{20}}}) {
            const auto at = luck.between(from, from + days{10});
            if (!how_.all_of && at + length < ends_)
                outages_.push_back({at, at + length});
        }
        if (!how_.faults)
            return;
        for (auto at = begins_ + days{12}; at + days{12} < ends_; at += luck.between(days{9}, days{25}))
            errors_.push_back({at, at + luck.between(hours{1}, hours{30}),
                               luck.percent(50) ? span_of_time{-hours{1}} : span_of_time{hours{2}}});
    }

    const outage *now_away() const {
        for (const auto &each : outages_)
            if (clock_.now >= each.from && clock_.now < each.until)
                return &each;
        return nullptr;
    }

    std::optional<instant> next_instant(instant last) {
        auto then = next_day_;
        const auto sooner_of = [&](std::optional<instant> other) {
            if (other)
                then = std::min(then, std::max(*other, clock_.now));
        };
        sooner_of(people_.next());
        if (!now_away())
            sooner_of(bot_.wakes_at());
        for (const auto &each : outages_)
            for (const auto edge : {each.from, each.until})
                if (edge > clock_.now)
                    then = std::min(then, edge);
        return then > last ? std::nullopt : std::optional(then);
    }

    void step() {
        for (const auto &each : outages_)
            if (clock_.now == each.until) {
                bot_.was_away_since(each.from);
                ++out_.mishaps["the service was away for hours"];
            }
        const auto *away = now_away();
        if (away)
            people_.service_is_away_until(away->until);
        set_clock();
        people_.run_due();
        if (!away)
            bot_.come_to_rest();
        people_.look_at_screens();
    }

    void set_clock() {
        span_of_time wrong{};
        for (const auto &each : errors_)
            if (clock_.now >= each.from && clock_.now < each.until)
                wrong = each.by;
        if (wrong != clock_.wrong_by)
            ++out_.mishaps[wrong < clock_.wrong_by ? "the service's clock jumped back"
                                                   : "the service's clock jumped forward"];
        clock_.wrong_by = wrong;
    }

    void a_day_passed() {
        next_day_ += days{1};
        if (now_away())
            return;
        if (!here_)
            here_ = bot_.in_force();
        bot_.on_file([&](storage::records &r) { sees_.at_rest(r, *here_, clock_.as_read()); });
        bot_.tidies_up();
        const auto today = how_.rules.where.day_of(clock_.now);
        const int week = days_between(how_.from, today) / 7;
        if (weekday_of(today) == date::Monday && week < static_cast<int>(out_.week_open.size()))
            bot_.on_file([&](storage::records &r) {
                out_.week_open[static_cast<std::size_t>(week)] =
                    static_cast<int>(r.attention.open(how_.rules.slug).size());
            });
    }

    // --- sums

    void sum_up() {
        for (std::size_t i = 0; i < out_.people.size(); ++i) {
            out_.people[i].taps = people_.all().people[i].taps;
            out_.people[i].commands = people_.all().people[i].commands;
        }
        std::vector<storage::raised_line> lines;
        std::map<pair_id, int> pair_of;
        std::map<person_id, slack_id> known;
        bot_.on_file([&](storage::records &r) {
            lines = storage::lines_raised(r.db, r.team);
            std::map<slack_id, int> by_slack;
            for (const auto &one : people_.all().people)
                by_slack[one.id] = one.pair;
            for (const auto &line : lines)
                if (const auto pair = r.pairs.by_id(line.pair))
                    if (const auto who = r.people.by_id(pair->mentor); who && who->slack)
                        pair_of[line.pair] = by_slack[*who->slack];
        });
        sum_lines(lines);
        judge_drop_outs(lines, pair_of);
        const auto &sum = sees_.census();
        out_.outbox = {sum.planned, sum.sent, sum.withdrawn, sum.missed + sum.parked + sum.ambiguous,
                       sum.pending};
        for (const auto &[name, times] : bot_.mishaps())
            out_.mishaps[name] += times;
        out_.deliveries = bot_.deliveries();
        out_.broken = sees_.broken();
    }

    void sum_lines(const std::vector<storage::raised_line> &lines) {
        for (const auto &line : lines) {
            ++out_.causes[line.kind];
            const int week = days_between(how_.from, how_.rules.where.day_of(line.raised_at)) / 7;
            if (week >= 0 && week < static_cast<int>(out_.week_lines.size()))
                ++out_.week_lines[static_cast<std::size_t>(week)];
        }
    }

    // Who turned silent is known; who was named by the queue too. A pair counts as named rightly if it was
    // named after its silence began.
    void judge_drop_outs(const std::vector<storage::raised_line> &lines,
                         const std::map<pair_id, int> &pair_of) {
        std::map<int, drop_out> lost;
        const auto first = make_population(how_, begins_, ends_); // as it was before anybody came back
        for (std::size_t i = 0; i < first.people.size(); ++i)
            if (const auto &one = first.people[i]; one.silent_from) {
                out_.people[i].dropped_out = true;
                lost[one.pair] = {one.name, one.on, *one.silent_from, *one.silent_from + until_lost, {}};
            }
        std::set<int> named, rightly;
        for (const auto &line : lines) {
            const auto found = pair_of.find(line.pair);
            if (found == pair_of.end() || !speaks_of_silence(line.kind))
                continue;
            named.insert(found->second);
            const auto truth = lost.find(found->second);
            if (truth == lost.end() || line.raised_at < truth->second.silent_from)
                continue;
            rightly.insert(found->second);
            auto &heard = truth->second.heard_at;
            if (!heard || line.raised_at < *heard)
                heard = line.raised_at;
        }
        out_.pairs_named = static_cast<int>(named.size());
        out_.pairs_named_rightly = static_cast<int>(rightly.size());
        for (auto &[pair, one] : lost)
            out_.drop_outs.push_back(std::move(one));
    }
};

} // namespace

played play(const playing &how, const on_progress &progress, service::meddling meddles) {
    term_play one(how, std::move(meddles));
    return one.run(progress);
}

} // namespace rapport::simulate
