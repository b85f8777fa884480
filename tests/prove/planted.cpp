// The program with a bug put in, to see that the rig catches it: everything is the real program's but for one
// function of each bug, which the linker puts in the place of the real one (--wrap). Which bug is named by
// RAPPORT_PLANTED; without it this is the program. Built for tests only.
#include "bot/slack/envelope.hpp"
#include "storage/inbox.hpp"
#include "storage/store.hpp"

#include <cstdio>
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

#define RAPPORT_OPEN_STORE "_ZN7rapport7storage10open_storeENS0_14store_settingsE"
#define RAPPORT_FIRST_TIME                                                                                   \
    "_ZN7rapport7storage5inbox10first_timeERKNS_9strong_idINS_8team_tagEEERKNSt7__cxx1112basic_"             \
    "stringIcSt11char_traitsIcESaIcEEESE_NSt6chrono10time_pointINSF_3_V212system_clockENSF_"                 \
    "8durationIlSt5ratioILl1ELl1000EEEEEE"
#define RAPPORT_KEEP_ANSWER                                                                                  \
    "_ZN7rapport7storage5inbox11keep_answerERKNS_9strong_idINS_8team_tagEEERKNSt7__cxx1112basic_"            \
    "stringIcSt11char_traitsIcESaIcEEESE_RKNS2_INS_9slack_tagEEERKSt8optionalINS2_INS_11channel_"            \
    "tagEEEENSt6chrono10time_pointINSP_3_V212system_clockENSP_8durationIlSt5ratioILl1ELl1000EEEEEE"
#define RAPPORT_READ_FRAME                                                                                   \
    "_ZN7rapport5slack10read_frameEONSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEERKNS0_12own_"        \
    "identityE"

// The names in the linker's eyes: __wrap_X is what callers of X get, __real_X is X. A member function takes
// its object as the first argument. CMakeLists.txt lists the same names.
std::unique_ptr<store> real_open_store(store_settings) asm("__real_" RAPPORT_OPEN_STORE);
std::unique_ptr<store> open_store_instead(store_settings) asm("__wrap_" RAPPORT_OPEN_STORE);

std::optional<earlier_delivery> real_first_time(inbox *, const team_id &, const std::string &,
                                                const std::string &,
                                                instant) asm("__real_" RAPPORT_FIRST_TIME);
std::optional<earlier_delivery> first_time_instead(inbox *, const team_id &, const std::string &,
                                                   const std::string &,
                                                   instant) asm("__wrap_" RAPPORT_FIRST_TIME);

void real_keep_answer(inbox *, const team_id &, const std::string &, const std::string &, const slack_id &,
                      const std::optional<channel_id> &, instant) asm("__real_" RAPPORT_KEEP_ANSWER);
void keep_answer_instead(inbox *, const team_id &, const std::string &, const std::string &, const slack_id &,
                         const std::optional<channel_id> &, instant) asm("__wrap_" RAPPORT_KEEP_ANSWER);

slack::frame real_read_frame(std::string &&, const slack::own_identity &) asm("__real_" RAPPORT_READ_FRAME);
slack::frame read_frame_instead(std::string &&,
                                const slack::own_identity &) asm("__wrap_" RAPPORT_READ_FRAME);

std::unique_ptr<store> open_store_instead(store_settings how) {
    auto real = real_open_store(std::move(how));
    if (planted("ack_before_commit"))
        return std::make_unique<wrapping_store<hasty_unit>>(std::move(real));
    if (planted("deaf_to_the_disk"))
        return std::make_unique<wrapping_store<deaf_unit>>(std::move(real));
    return real;
}

// Every delivery is the first of its key.
std::optional<earlier_delivery> first_time_instead(inbox *self, const team_id &team, const std::string &key,
                                                   const std::string &kind, instant now) {
    auto seen = real_first_time(self, team, key, kind, now);
    if (planted("no_dedupe"))
        seen.reset();
    return seen;
}

// What was done is on file, what was to be said of it is not.
void keep_answer_instead(inbox *self, const team_id &team, const std::string &key, const std::string &answer,
                         const slack_id &to, const std::optional<channel_id> &channel, instant now) {
    if (!planted("forgets_answers"))
        real_keep_answer(self, team, key, answer, to, channel, now);
}

// Everything that comes in is printed.
slack::frame read_frame_instead(std::string &&text, const slack::own_identity &self) {
    if (planted("logs_what_comes_in"))
        std::fprintf(stderr, "%s\n", text.c_str());
    return real_read_frame(std::move(text), self);
}
