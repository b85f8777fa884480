// One life of the service after the other; see service.hpp.
#include "bot/simulate/service.hpp"

#include "bot/courier.hpp"
#include "config/policy_text.hpp"
#include "handlers/nudging.hpp"
#include "handlers/passing.hpp"
#include "handlers/replies.hpp"
#include "handlers/request_watch.hpp"
#include "handlers/terms.hpp"
#include "storage/acts.hpp"
#include "storage/inbox.hpp"
#include "storage/turnings.hpp"

#include <fmt/format.h>

#include <stdexcept>
#include <unistd.h>

namespace rapport::simulate {

const team_id workspace{"T0PLAY"};
const slack_id coordinator{"U0COORD"};

namespace {

constexpr int plans_at_once = 200;
constexpr int most_rounds = 20'000;
constexpr int most_idle_rounds = 500; // a few are ordinary: a lease, a step that failed
constexpr span_of_time after_trouble = seconds{2}, least_sleep{500};
constexpr minutes says_it_listens{5}; // well within what counts as a silence
constexpr days inbox_kept{30};
constexpr int rows_at_once = 100'000;
constexpr std::uint64_t luck_stream = 7, id_stream = 11;

std::optional<slack::method> method_named(std::string_view name) {
    for (const auto &row : slack::methods)
        if (row.name == name)
            return row.id;
    return std::nullopt;
}

house house_of_the_play() {
    house made;
    made.owners = {coordinator};
    made.scribe = &config::scribe();
    return made;
}

// A folder that nobody else plays in; in memory where the machine has such a place, for every transaction of
// a play waits for its disk.
std::filesystem::path new_folder() {
    const std::filesystem::path in_memory = "/dev/shm";
    const bool there = ::access(in_memory.c_str(), W_OK) == 0;
    auto name =
        ((there ? in_memory : std::filesystem::temp_directory_path()) / "rapport-play-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
        throw std::runtime_error("no folder can be made below " + name + " for the database of the play");
    return name;
}

} // namespace

mishap_rates usual_mishaps() {
    return {.unit_lost = 10, .call_unanswered = 60, .call_put_off = 200, .crash = 30, .ack_lost = 100};
}

service::service(const playing &how, clock_hand &clock, stage &where, watch &sees, meddling meddles)
    : how_(how),
      clock_(clock),
      stage_(where),
      sees_(sees),
      meddles_(std::move(meddles)),
      luck_(how.seed, luck_stream),
      ids_(how.seed + id_stream) {
    if (how.faults)
        folder_ = new_folder();
    open();
    open_programs();
    if (how.faults)
        rates_ = usual_mishaps();
}

service::~service() {
    store_.reset();
    std::error_code gone;
    if (!folder_.empty())
        std::filesystem::remove_all(folder_, gone);
}

void service::open() {
    storage::store_settings how;
    how.database = folder_.empty() ? "sqlite::memory:" : "sqlite:" + (folder_ / "play.db").string();
    how.opened_at = clock_.as_read();
    how.clock = [this] { return clock_.as_read(); };
    store_ = storage::open_inline_store(std::move(how));
    holds_ = std::make_unique<house_in_force>(house_of_the_play(), workspace);
}

void service::open_programs() {
    on_file([&](storage::records &r) {
        const auto now = clock_.as_read();
        r.programs.apply_policy(how_.rules.slug, how_.policy, now, std::nullopt);
        settle_terms(r, how_.rules, now);
    });
}

void service::crashes() {
    ++mishaps_["the process crashed and started again"];
    holds_.reset();
    store_.reset(); // the file is closed as it is; leases are freed by the next to open it
    open();
    again_at_.reset();
    crash_wanted_ = false;
}

bool service::happens(int rate, const char *name) {
    if (rate == 0 || luck_.below(10'000) >= rate)
        return false;
    ++mishaps_[name];
    return true;
}

instant service::courier_now() const {
    return meddles_.courier_clock ? meddles_.courier_clock(clock_.as_read()) : clock_.as_read();
}

void service::on_file(const std::function<void(storage::records &)> &work) {
    auto became = store_->write_and_wait(storage::run_as{"look"}, [&](storage::session &db) {
        storage::records all(db, workspace, ids_);
        work(all);
    });
    if (!became)
        throw std::runtime_error("the database of the play failed: " + became.error().why);
}

std::shared_ptr<const house> service::in_force() {
    std::shared_ptr<const house> out;
    on_file([&](storage::records &r) { out = holds_->as_of(r.db); });
    return out;
}

std::optional<rendered_answer> service::deliver(const request &asked) {
    ++deliveries_;
    const auto unit = [&](storage::session &db) { return dispatch(db, ids_, *holds_->as_of(db), asked); };
    auto made = run("request", unit);
    if (made && happens(rates_.ack_lost, "an answer was lost, and its request came again")) {
        ++deliveries_;
        made = run("request", unit);
    }
    again_at_.reset();
    if (!made)
        return std::nullopt;
    if (!made->empty() && !asked.key.empty())
        run("answered", [&](storage::session &db) {
            storage::inbox(db).mark_delivered(asked.team, asked.key, clock_.as_read());
        });
    if (made->passes)
        pass_on(*made->passes);
    return std::move(*made);
}

void service::pass_on(const rendered_passing &words) {
    const auto may =
        run("passing", [&](storage::session &db) { return begin_passing(db, ids_, workspace, words.id); });
    if (!may || !*may)
        return;
    auto channel = words.channel.str();
    if (channel.empty() && words.open_with.size() == 2)
        channel = stage_.conversation_of(words.open_with[0], words.open_with[1]);
    const auto now = clock_.as_read();
    call_outcome became;
    became.channel = channel_id{channel};
    became.ts = stage_.stamp(now);
    run("passed", [&](storage::session &db) {
        settle_passing(db, ids_, *holds_->as_of(db), workspace, words.id, became, now);
    });
}

void service::listens() {
    const auto now = clock_.as_read();
    if (said_listening_at_ && *said_listening_at_ <= now && now - *said_listening_at_ < says_it_listens)
        return;
    // the process says so every minute; between two instants of the play it was there all the while
    const bool was_silent = !said_listening_at_;
    run("listening", [&](storage::session &db) {
        storage::records r(db, workspace, ids_);
        if (was_silent)
            still_listening(r, now);
        else
            r.facts.set("listened_until", std::to_string(now.time_since_epoch().count()));
    });
    said_listening_at_ = now;
}

void service::was_away_since(instant then) {
    run("listening", [&](storage::session &db) {
        storage::facts(db, workspace).set("listened_until", std::to_string(then.time_since_epoch().count()));
    });
    said_listening_at_.reset();
}

void service::tidies_up() {
    const auto now = clock_.as_read();
    run("prune", [&](storage::session &db) {
        storage::inbox(db).prune(now - inbox_kept, rows_at_once);
        storage::prune_acts(db, now - hours{1}, now - hours{1});
    });
}

std::optional<instant> service::due_at_all() {
    const auto due =
        store_->write_and_wait(storage::run_as{"next"}, [](storage::session &db) { return next_due(db); });
    return due ? *due : std::optional(clock_.as_read() + after_trouble);
}

std::optional<instant> service::wakes_at() {
    const auto due = due_at_all();
    if (!due)
        return std::nullopt;
    const auto at = *due - clock_.wrong_by;
    return again_at_ ? std::max(at, *again_at_) : at;
}

bool service::plans() {
    const auto now = clock_.as_read();
    const auto made = run("planner", [&](storage::session &db) {
        return plan(db, ids_, *holds_->as_of(db), now, plans_at_once);
    });
    if (!made)
        again_at_ = clock_.now + after_trouble;
    return made && (made->pairs > 0 || made->rows > 0);
}

bool service::sends() {
    const auto now = courier_now();
    const auto calls = run("courier.claim", [&](storage::session &db) {
        return claim(db, ids_, *holds_->as_of(db), now, bot::courier_limits{}.at_once);
    });
    if (!calls) {
        again_at_ = clock_.now + after_trouble;
        return false;
    }
    for (const auto &each : *calls) {
        make_call(each);
        if (crash_wanted_) {
            crashes();
            return true;
        }
    }
    return !calls->empty();
}

void service::make_call(const shipment &what) {
    const auto now = courier_now();
    const auto may = run("courier.begin", [&](storage::session &db) { return begin_sending(db, what, now); });
    if (!may || !*may)
        return;
    if (happens(rates_.call_put_off, "the platform asked to be called later"))
        return keep_outcome(what, {slack::failure::later, "ratelimited", {}, std::chrono::seconds{30}});
    posts(what);
    const auto method = method_named(what.method);
    auto became = stage_.call(*method, what.body, what.rows, now);
    crash_wanted_ = happens(rates_.crash, "it crashed between a call and its outcome");
    if (crash_wanted_)
        return;
    if (happens(rates_.call_unanswered, "an answer of the platform never came"))
        became = {slack::failure::maybe_executed, "timeout", {}, {}};
    keep_outcome(what, became);
}

void service::posts(const shipment &what) {
    const auto now = clock_.as_read();
    on_file([&](storage::records &r) {
        const auto here = holds_->as_of(r.db);
        sees_.leaving(r, *here, what, now);
        sees_.arrived(r, *here, what, now);
    });
}

void service::keep_outcome(const shipment &what, const bot::platform_answer &became) {
    const auto now = courier_now();
    const auto outcome = bot::outcome_of(*method_named(what.method), became, now, {});
    run("courier.settle",
        [&](storage::session &db) { settle(db, ids_, *holds_->as_of(db), what, outcome, now); });
}

std::string service::what_is_due() {
    std::string out;
    on_file([&](storage::records &r) {
        const auto say = [&](const char *what, std::optional<instant> when) {
            if (when && *when <= clock_.as_read())
                out += fmt::format("{}{} since {}", out.empty() ? "" : ", ", what, in_full(*when, zone()));
        };
        say("a look at a pair", storage::next_look(r.db));
        say("a message", r.outbox.due_at());
        say("a turning", storage::next_turning(r.db));
        say("a request", next_request_watch(r.db));
    });
    return out;
}

void service::come_to_rest() {
    if (meddles_.before_rest)
        meddles_.before_rest(*this);
    listens();
    for (int round = 0; round < most_rounds; ++round) {
        const auto due = wakes_at();
        if (!due || *due > clock_.now)
            return;
        const auto what = due_at_all();
        again_at_.reset();
        const bool planned = plans();
        const bool sent = sends();
        idle_rounds_ = planned || sent || what != due_before_ ? 0 : idle_rounds_ + 1;
        due_before_ = what;
        if (idle_rounds_ > most_idle_rounds)
            return sees_.never_rests(clock_.now,
                                     "something is due all the time, and no step moves it: " + what_is_due());
        if (!planned && !sent && !again_at_)
            again_at_ = clock_.now + least_sleep;
    }
    sees_.never_rests(clock_.now, fmt::format("after {} rounds something was still due", most_rounds));
}

} // namespace rapport::simulate
