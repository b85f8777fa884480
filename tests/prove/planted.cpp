// The program with a bug put in, to see that the rig catches it: everything is the real program's but for one
// function of each bug, which the linker puts in the place of the real one (--wrap). Which bug is named by
// RAPPORT_PLANTED; without it this is the program. Built for tests only.
#include "storage/inbox.hpp"
#include "storage/store.hpp"

#include <cstdlib>
#include <string>
#include <utility>

namespace {

using namespace rapport;
using namespace rapport::storage;

bool planted(const char *bug) {
    static const char *const chosen = std::getenv("RAPPORT_PLANTED");
    return chosen && std::string_view(chosen) == bug;
}

// Tells its owner as soon as it has run, before the commit that may never come.
class hasty_unit final : public unit {
    std::unique_ptr<unit> real_;
    bool told_ = false;

  public:
    explicit hasty_unit(std::unique_ptr<unit> real) : unit(real->how()), real_(std::move(real)) {}
    void run(session &db) override {
        real_->run(db);
        told_ = true;
        real_->finish(std::nullopt);
    }
    void finish(std::optional<fault> what) noexcept override {
        if (!told_)
            real_->finish(std::move(what));
    }
};

// Tells its owner that all is well, whatever the disk said.
class deaf_unit final : public unit {
    std::unique_ptr<unit> real_;
    bool ran_ = false;

  public:
    explicit deaf_unit(std::unique_ptr<unit> real) : unit(real->how()), real_(std::move(real)) {}
    void run(session &db) override {
        real_->run(db);
        ran_ = true;
    }
    void finish(std::optional<fault> what) noexcept override {
        if (ran_)
            what.reset();
        real_->finish(std::move(what));
    }
};

template <class Wrapped>
class wrapping_store final : public store {
    std::unique_ptr<store> real_;

  public:
    explicit wrapping_store(std::unique_ptr<store> real) : real_(std::move(real)) {}
    saved<void> settle_on_disk() override {
        return real_->settle_on_disk();
    }
    void settle_soon() override {
        real_->settle_soon();
    }
    void copy_to(std::string path, std::function<void(saved<void>)> done) override {
        real_->copy_to(std::move(path), std::move(done));
    }
    void stop() override {
        real_->stop();
    }
    store_snapshot snapshot() const override {
        return real_->snapshot();
    }

  private:
    void submit(std::unique_ptr<unit> what) override {
        submit_to(*real_, std::make_unique<Wrapped>(std::move(what)));
    }
    // A store takes units from outside as callables: the wrapped unit goes in as one.
    static void submit_to(store &into, std::unique_ptr<unit> what) {
        const auto how = what->how();
        const std::shared_ptr<unit> kept(std::move(what));
        into.write(
            how, [kept](session &db) { kept->run(db); },
            [kept](saved<void> became) noexcept {
                kept->finish(became ? std::nullopt : std::optional(became.error()));
            });
    }
};

} // namespace

// The names are the linker's: __wrap_X stands for X, __real_X is X.
extern "C" {

std::unique_ptr<store> __real__ZN7rapport7storage10open_storeENS0_14store_settingsE(store_settings);
std::unique_ptr<store> __wrap__ZN7rapport7storage10open_storeENS0_14store_settingsE(store_settings how) {
    auto real = __real__ZN7rapport7storage10open_storeENS0_14store_settingsE(std::move(how));
    if (planted("ack_before_commit"))
        return std::make_unique<wrapping_store<hasty_unit>>(std::move(real));
    if (planted("deaf_to_the_disk"))
        return std::make_unique<wrapping_store<deaf_unit>>(std::move(real));
    return real;
}
}
