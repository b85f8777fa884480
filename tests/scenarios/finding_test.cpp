// Finding each other from outside, over sockets: Sloan by browsing and requests to a pair, E-MAP by a
// coordinator's whole match, its draft changed, published, and the pairs introduced. The shipped policies,
// with their dates moved to where the machine's clock is.
#include "tests/scenarios/town.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <csignal>
#include <fstream>
#include <iterator>
#include <regex>
#include <thread>

using namespace rapport::tests;
namespace chrono = std::chrono;

namespace {

std::string iso(chrono::sys_days at, bool month_only) {
    const chrono::year_month_day day(at);
    char out[16];
    std::snprintf(out, sizeof out, month_only ? "%04d-%02u" : "%04d-%02u-%02u", static_cast<int>(day.year()),
                  static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
    return out;
}

// The policy as it ships, every date of it moved by the days from `then` to today.
std::string moved_to_now(const std::string &slug, chrono::year_month_day then) {
    std::ifstream in("config/programs/" + slug + ".toml", std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const auto by = chrono::floor<chrono::days>(chrono::system_clock::now()) - chrono::sys_days(then);
    const std::regex date("(20[0-9][0-9])-([0-9][0-9])(-([0-9][0-9]))?");
    std::string out;
    auto from = text.cbegin();
    for (std::sregex_iterator at(text.begin(), text.end(), date), end; at != end; ++at) {
        const auto &m = *at;
        const bool month_only = !m[3].matched;
        const chrono::year_month_day day(
            chrono::year(std::stoi(m[1])), chrono::month(static_cast<unsigned>(std::stoi(m[2]))),
            chrono::day(month_only ? 15 : static_cast<unsigned>(std::stoi(m[4]))));
        out.append(from, m[0].first);
        out += iso(chrono::sys_days(day) + by, month_only);
        from = m[0].second;
    }
    out.append(from, text.cend());
    return out;
}

struct market_town : town {
    market_town(const std::string &slug, chrono::year_month_day then) {
        write("programs/" + slug + ".toml", moved_to_now(slug, then));
        write("rapport.toml", "owners = [\"U0COORD\"]\n"
                              "programs = [\"programs/" +
                                  slug +
                                  ".toml\"]\n"
                                  "database = \"sqlite:data/rapport.db\"\n"
                                  "status = \"127.0.0.1:0\"\n");
        serve();
    }

    // What a person sees in a conversation that has a button of this label, newest first; waits for it.
    json with_button(const std::string &who, const std::string &channel, const std::string &label) {
        INFO(who << " waits for a message with " << label);
        const auto found =
            message(who, channel, [&](const json &one) { return !action(one, label).empty(); });
        INFO(program().output());
        REQUIRE(found);
        return *found;
    }
    // The action of the button, or of the menu with that entry.
    static std::string action(const json &message, const std::string &label) {
        for (const auto &block : message.value("blocks", json::array())) {
            auto elements = block.value("elements", json::array());
            if (block.contains("accessory"))
                elements.push_back(block["accessory"]);
            for (const auto &element : elements)
                if (element.is_object() && element.contains("text") && element["text"].is_object() &&
                    element["text"].value("text", "") == label)
                    return element["action_id"];
        }
        return {};
    }
    void press(const std::string &who, const std::string &channel, const json &on, const std::string &label) {
        workspace::spot where;
        where.channel = channel;
        where.ts = on["ts"];
        const auto seen = presses(who, where, action(on, label));
        INFO(who << " presses " << label << ": " << seen.error << " " << seen.detail);
        REQUIRE(seen.good());
    }
    // Presses an entry of the first menu that has it.
    void choose(const std::string &who, const std::string &channel, const json &on,
                const std::string &label) {
        for (const auto &block : on.value("blocks", json::array())) {
            if (!block.contains("accessory") || !block["accessory"].contains("options"))
                continue;
            for (const auto &option : block["accessory"]["options"])
                if (option["text"]["text"] == label) {
                    workspace::spot where;
                    where.channel = channel;
                    where.ts = on["ts"];
                    const auto value = option["value"];
                    const std::string id = block["accessory"]["action_id"];
                    const auto seen =
                        place.wait<workspace::outcome>([&](workspace::platform &on_, workspace::told then) {
                            workspace::hands(on_).press(who, where, id, "", value, std::move(then));
                        });
                    INFO(label << ": " << seen.error << " " << seen.detail);
                    REQUIRE(seen.good());
                    return;
                }
        }
        FAIL("no menu says " << label << " in " << on.dump(1));
    }
    // Fills in the form that comes up and sends it.
    workspace::outcome fills(const std::string &who, const std::string &callback, const json &values) {
        const auto give_up = chrono::steady_clock::now() + chrono::seconds(20);
        while (chrono::steady_clock::now() < give_up) {
            json forms;
            place.with([&](workspace::platform &on) { forms = workspace::forms_seen(on, who); });
            if (!forms.empty() && forms.back().dump().find(callback) != std::string::npos)
                return place.wait<workspace::outcome>([&](workspace::platform &on, workspace::told then) {
                    workspace::hands(on).submit(who, values, std::move(then));
                });
            std::this_thread::yield();
        }
        FAIL("no form " << callback << " came up:\n" << program().output());
        return {};
    }
    void coordinator(const std::string &line) {
        const auto seen = types("U0COORD", line);
        INFO(line << ": " << words_of(seen));
        REQUIRE(seen.good());
        REQUIRE(words_of(seen).find("Nothing was saved") == std::string::npos);
    }
    // Moves on in steps of four hours until the person's direct conversation has a button of this label.
    json pass_until_button(const std::string &who, const std::string &label) {
        const auto channel = direct(who);
        for (int step = 0; step < 30; ++step) {
            json seen;
            place.with([&](workspace::platform &on) { seen = workspace::messages_seen(on, who, channel); });
            for (auto one = seen.rbegin(); one != seen.rend(); ++one)
                if (!action(*one, label).empty())
                    return *one;
            pass(chrono::hours(4));
            REQUIRE(types("U0DEE", "/mentoring help").good()); // behind everything that was queued before
        }
        return with_button(who, channel, label);
    }
    // The conversation of a pair and the bot in which the two are introduced; waits for it.
    std::string introduced(const std::string &one, const std::string &other) {
        const auto give_up = chrono::steady_clock::now() + chrono::seconds(30);
        while (chrono::steady_clock::now() < give_up) {
            std::string found;
            place.with([&](workspace::platform &on) {
                for (const auto &[id, each] : on.state.conversations)
                    if (each.kind == workspace::conversation_kind::mpim && each.has(one) && each.has(other))
                        found = id;
            });
            if (!found.empty() && message(one, found, [&](const json &each) {
                    return each.dump().find(other) != std::string::npos;
                }))
                return found;
            std::this_thread::yield();
        }
        return {};
    }
};

} // namespace

TEST_CASE("Sloan over sockets: a student browses, asks an alumna, she says yes, and the two are introduced",
          "[finding][rule-72]") {
    const std::string note = "canary-note-7f: how did you get into devices?";
    market_town t("sloan", {chrono::year(2026), chrono::October, chrono::day(5)});
    t.coordinator("/program enrol @ana protege");
    t.coordinator("/program enrol @priya mentor");
    t.coordinator("/program enrol @sam mentor");
    const auto browsed = t.types("U0ANA", "/mentoring browse mentors");
    REQUIRE(browsed.good());
    CHECK(words_of(browsed).find("2 people in") != std::string::npos);
    const auto profile = t.types("U0ANA", "/mentoring profile @priya");
    REQUIRE(profile.good());
    const auto shown = t.with_button("U0ANA", "C0GENERAL", "Ask Priya");
    t.press("U0ANA", "C0GENERAL", shown, "Ask Priya");
    const auto sent = t.fills("U0ANA", "request.form", json{{"note", note}});
    INFO(sent.error << " " << sent.detail << " " << sent.seen.dump());
    REQUIRE(sent.good());
    CHECK(t.types("U0ANA", "/mentoring requests").seen.dump().find("waits for an answer") !=
          std::string::npos);
    t.pass(chrono::minutes(2));
    const auto notice = t.pass_until_button("U0PRIYA", "Accept");
    CHECK(notice.dump().find("canary-note-7f") != std::string::npos);
    t.press("U0PRIYA", t.direct("U0PRIYA"), notice, "Accept");
    t.pass(chrono::minutes(3));
    INFO(t.program().output());
    CHECK_FALSE(t.introduced("U0ANA", "U0PRIYA").empty());
    CHECK(t.message("U0ANA", t.direct("U0ANA"),
                    [](const json &one) { return one.dump().find("Priya said yes") != std::string::npos; }));
    CHECK(t.types("U0COORD", "/program requests").seen.dump().find("canary-note-7f") == std::string::npos);
    // a request that is over keeps no word of it, in any file
    CHECK(t.end(SIGTERM) == 0);
    child_process facts({RAPPORT_PROGRAM, "export", "--json", "--program", "sloan"}, t.environment);
    REQUIRE(facts.wait() == 0);
    CHECK(facts.output().find("canary-note-7f") == std::string::npos);
}

TEST_CASE("E-MAP over sockets: a whole match is drafted, changed, published, and every pair is introduced",
          "[finding][rule-41]") {
    market_town t("emap", {chrono::year(2026), chrono::August, chrono::day(5)});
    for (const auto *mentor : {"priya", "sam"}) {
        t.coordinator(std::string("/program enrol @") + mentor + " mentor");
        t.coordinator(std::string("/program clear @") + mentor + " check");
        t.coordinator(std::string("/program clear @") + mentor + " training");
    }
    for (const auto *mentee : {"ana", "ben"}) {
        t.coordinator(std::string("/program enrol @") + mentee + " protege");
        t.coordinator(std::string("/program clear @") + mentee + " training");
    }
    REQUIRE(t.types("U0COORD", "/program open").good()); // a term that waits for its day is opened by hand
    const auto asked = t.types("U0COORD", "/program match");
    INFO(words_of(asked));
    REQUIRE(asked.good());
    const auto desk = t.direct("U0COORD");
    const auto draft = t.with_button("U0COORD", desk, "Look at it");
    t.press("U0COORD", desk, draft, "Look at it");
    auto page = t.with_button("U0COORD", desk, "Publish");
    const auto first = page.dump();
    CHECK(first.find("2 pairs, 0 ") != std::string::npos);
    t.choose("U0COORD", desk, page, "Pin");
    REQUIRE(t.message("U0COORD", desk,
                      [](const json &one) { return one.dump().find("(pinned)") != std::string::npos; }));
    page = t.with_button("U0COORD", desk, "Publish");
    t.choose("U0COORD", desk, page, "Not these two");
    REQUIRE(t.message("U0COORD", desk,
                      [](const json &one) { return one.dump().find("Taken apart") != std::string::npos; }));
    page = t.with_button("U0COORD", desk, "Solve again around the pins");
    t.press("U0COORD", desk, page, "Solve again around the pins");
    REQUIRE(t.message("U0COORD", desk, [&](const json &one) {
        return one.value("ts", "") != draft["ts"] && !market_town::action(one, "Look at it").empty();
    }));
    const auto again = t.message("U0COORD", desk, [&](const json &one) {
        return one.value("ts", "") != draft["ts"] && !market_town::action(one, "Look at it").empty();
    });
    t.press("U0COORD", desk, *again, "Look at it");
    page = t.with_button("U0COORD", desk, "Publish");
    t.press("U0COORD", desk, page, "Publish");
    REQUIRE(t.fills("U0COORD", "match.publish", json{{"name", "emap"}}).good());
    t.pass(chrono::minutes(3));
    INFO(t.program().output());
    // the two who were taken apart are not together, so both have the other mentor
    for (const auto *mentee : {"U0ANA", "U0BEN"}) {
        const bool was_priya =
            first.find(std::string("<@") + mentee + "> with <@U0PRIYA>") != std::string::npos;
        INFO(mentee << " was with " << (was_priya ? "Priya" : "Sam"));
        CHECK_FALSE(t.introduced(mentee, was_priya ? "U0SAM" : "U0PRIYA").empty());
    }
    CHECK(t.end(SIGTERM) == 0);
}
