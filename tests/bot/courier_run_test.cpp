// The courier over a real database: what a crash leaves of a call that waits, and of one that was on its way.
#include "bot/courier.hpp"
#include "handlers/house_in_force.hpp"
#include "storage/outbox.hpp"
#include "tests/bot/intake_bench.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <unistd.h>

using namespace rapport;
using namespace rapport::bot;
using namespace rapport::bot::tests;

namespace {

const team_id home{"T0HOME"};
const std::string pinned = "pin:one";

struct folder {
    std::filesystem::path at =
        std::filesystem::temp_directory_path() / ("rapport-courier-" + std::to_string(::getpid()));
    folder() {
        std::filesystem::remove_all(at);
        std::filesystem::create_directories(at);
    }
    ~folder() {
        std::error_code ignored;
        std::filesystem::remove_all(at, ignored);
    }
};

// A courier, its platform and its database; what is in the database outlives it.
struct sending {
    boost::asio::io_context io{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard{io.get_executor()};
    manual_clock clock;
    std::string lines;
    logger log{level::debug, [this](std::string_view line) { lines += line; }};
    metrics counted;
    std::unique_ptr<storage::store> store;
    recording_platform to{io};
    do_not_disturb quiet{io.get_executor(), to, clock, log};
    std::unique_ptr<courier> sender;

    explicit sending(const folder &in) {
        storage::store_settings settings;
        settings.database = "sqlite:" + (in.at / "rapport.db").string();
        settings.opened_at = clock.at;
        store = storage::open_store(settings);
        sender = std::make_unique<courier>(io.get_executor(),
                                           courier::neighbours{*store, to, quiet, clock, log, counted});
        sender->set_house(std::make_shared<house_in_force>(house{}, team_id{"T0HOME"}));
    }
    // As a crash would: nothing is told, nothing is finished.
    ~sending() {
        store->stop();
    }
    template <class Work>
    auto on_file(Work work) {
        return store
            ->write_and_wait({"test"},
                             [&](storage::session &db) {
                                 storage::outbox box(db);
                                 return work(box);
                             })
            .value();
    }
    void plan(storage::send_policy policy = storage::send_policy::at_most_once) {
        storage::outbox_item item;
        item.team = home;
        item.id = storage::outbox_id(std::string(26, '1'));
        item.key = pinned;
        item.verb = storage::outbox_verb::pin;
        item.kind = "pin";
        item.policy = policy;
        item.channel = channel_id{"G0PAIR"};
        item.params = "1.2";
        item.not_before_at = item.created_at = clock.at;
        on_file([&](storage::outbox &box) { return box.add(item); });
    }
    storage::outbox_row row() {
        return on_file([](storage::outbox &box) { return box.find(home, pinned); }).value();
    }
    void until(const std::function<bool()> &holds) {
        const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        while (!holds()) {
            io.run_one_for(std::chrono::milliseconds(50));
            if (std::chrono::steady_clock::now() > give_up)
                FAIL("waited in vain; the log:\n" + lines);
        }
    }
};

} // namespace

TEST_CASE("a message whose call still waits for its slot is not lost by a crash: it goes after the restart") {
    const folder in;
    {
        sending before(in);
        before.plan();
        before.to.stalled = true;
        before.sender->wake();
        before.until([&] { return before.to.waiting.size() == 1; });
        CHECK(before.row().state == storage::outbox_state::leased);
    }
    sending after(in);
    CHECK(after.row().state == storage::outbox_state::waiting);
    after.sender->wake();
    after.until([&] { return after.row().state == storage::outbox_state::sent; });
    CHECK(after.to.of("pins.add").size() == 1);
}

TEST_CASE("a message whose call was on the wire at the crash is ambiguous, and not sent again") {
    const folder in;
    {
        sending before(in);
        before.plan();
        before.to.silent.insert("pins.add");
        before.sender->wake();
        before.until([&] { return before.to.unanswered.size() == 1; });
    }
    sending after(in);
    CHECK(after.row().state == storage::outbox_state::ambiguous);
    after.sender->wake();
    after.until([&] { return after.sender->idle(); });
    CHECK(after.to.of("pins.add").empty());
}

TEST_CASE("what is withdrawn while its call waits for a slot is never sent") {
    const folder in;
    sending now(in);
    now.plan();
    now.to.stalled = true;
    now.sender->wake();
    now.until([&] { return now.to.waiting.size() == 1; });
    CHECK(now.on_file(
              [&](storage::outbox &box) { return box.withdraw(home, pinned, "undone", now.clock.at); }) == 1);
    now.to.waiting.front()();
    now.until([&] { return now.sender->idle(); });
    CHECK(now.to.of("pins.add").empty());
    CHECK(now.row().state == storage::outbox_state::withdrawn);
}
