// Typing and keeping count; see crowd.hpp.
#include "tests/scenarios/crowd.hpp"

#include <condition_variable>
#include <map>
#include <mutex>
#include <stdexcept>

namespace rapport::tests {
namespace {

using steady = std::chrono::steady_clock;

void must(town &t, const std::string &line) {
    const auto seen = t.types("U0COORD", line);
    if (!seen.good())
        throw std::runtime_error(line + ": " + seen.error);
    if (words_of(seen).find("Nothing was saved") != std::string::npos)
        throw std::runtime_error(line + ": " + words_of(seen));
}

} // namespace

std::vector<typing_pair> settle_pairs(town &t, int count) {
    std::vector<typing_pair> made;
    const auto join = [&](const std::string &name, const std::string &role) {
        std::string id = "U0";
        for (const char c : name)
            id += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        t.place.with([&](workspace::platform &on) {
            workspace::hands(on).put_person({{"id", id},
                                             {"name", name},
                                             {"real_name", name + " Example"},
                                             {"email", name + "@example.org"},
                                             {"tz", "America/New_York"}});
        });
        must(t, "/program enrol @" + name + " " + role);
        return id;
    };
    for (int n = 0; n < count; ++n) {
        const auto number = std::to_string(n);
        typing_pair one;
        one.mentor = join("mentor" + number, "mentor");
        one.protege = join("protege" + number, "protege");
        must(t, "/program pair @mentor" + number + " @protege" + number);
        made.push_back(one);
    }
    return made;
}

// Its members are touched by the workspace's thread and read by the test's.
struct crowd::inside : std::enable_shared_from_this<inside> {
    workspace::running &place;
    std::vector<std::string> people;
    std::string mark;
    std::size_t flight;

    mutable std::mutex guard;
    std::condition_variable changed;
    std::map<std::string, std::string> where; // the direct conversation each types in
    std::size_t typed = 0, ended = 0, acknowledged = 0, most = SIZE_MAX;
    std::size_t generation = 0; // of type_on(): lines of an earlier one are not followed by another
    bool over = false;
    std::vector<typed_line> lines;

    inside(workspace::running &at, std::vector<std::string> who, std::string begins, std::size_t at_once)
        : place(at), people(std::move(who)), mark(std::move(begins)), flight(at_once) {}

    // On the workspace's thread.
    void type_one(workspace::platform &on, std::size_t born) {
        typed_line line;
        {
            const std::lock_guard hold(guard);
            if (over || born != generation || typed >= most)
                return;
            const auto n = typed++;
            line.who = people[n % people.size()];
            line.title = mark + "-" + std::to_string(n);
        }
        auto &channel = where[line.who];
        if (channel.empty())
            channel = on.state.direct(line.who, on.time.now()).id;
        const auto begun = steady::now();
        workspace::hands(on).command(
            line.who, channel, "/milestone", "done " + line.title,
            [self = shared_from_this(), &on, line, born, begun](const workspace::outcome &seen) {
                self->heard(on, line, born, steady::now() - begun, seen);
            });
    }

    void heard(workspace::platform &on, typed_line line, std::size_t born, std::chrono::nanoseconds took,
               const workspace::outcome &seen) {
        line.error = seen.error;
        line.took = took;
        line.acknowledged = seen.good() && words_of(seen).find("Done: ") != std::string::npos;
        const bool good = seen.good();
        {
            const std::lock_guard hold(guard);
            ++ended;
            acknowledged += line.acknowledged ? 1 : 0;
            lines.push_back(std::move(line));
        }
        changed.notify_all();
        if (good)
            type_one(on, born);
    }

    void begin() {
        place.with([this](workspace::platform &on) {
            std::size_t born = 0;
            {
                const std::lock_guard hold(guard);
                born = ++generation;
            }
            for (std::size_t n = 0; n < flight; ++n)
                type_one(on, born);
        });
    }
};

crowd::crowd(town &t, std::vector<std::string> people, std::string mark, std::size_t flight)
    : inside_(std::make_shared<inside>(t.place, std::move(people), std::move(mark), flight)) {}

crowd::~crowd() {
    const std::lock_guard hold(inside_->guard);
    inside_->over = true;
}

void crowd::type_on() {
    {
        const std::lock_guard hold(inside_->guard);
        inside_->most = SIZE_MAX;
    }
    inside_->begin();
}

void crowd::type_some(std::size_t lines) {
    {
        const std::lock_guard hold(inside_->guard);
        inside_->most = inside_->typed + lines;
    }
    inside_->begin();
}

void crowd::wait_for_ends() {
    std::unique_lock hold(inside_->guard);
    inside_->changed.wait(hold, [&] { return inside_->ended == inside_->typed; });
}

void crowd::finish() {
    {
        const std::lock_guard hold(inside_->guard);
        inside_->over = true;
    }
    wait_for_ends();
}

bool crowd::wait_for(std::size_t acknowledged, std::chrono::milliseconds limit) {
    std::unique_lock hold(inside_->guard);
    return inside_->changed.wait_for(hold, limit, [&] { return inside_->acknowledged >= acknowledged; });
}

std::size_t crowd::acknowledged() const {
    const std::lock_guard hold(inside_->guard);
    return inside_->acknowledged;
}

std::size_t crowd::typed() const {
    const std::lock_guard hold(inside_->guard);
    return inside_->typed;
}

std::size_t crowd::unended() const {
    const std::lock_guard hold(inside_->guard);
    return inside_->typed - inside_->ended;
}

std::vector<typed_line> crowd::lines() const {
    const std::lock_guard hold(inside_->guard);
    return inside_->lines;
}

} // namespace rapport::tests
