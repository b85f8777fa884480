// Asking both sides and comparing; see reckoning.hpp.
#include "tests/scenarios/reckoning.hpp"

#include <set>
#include <stdexcept>

namespace rapport::tests {
namespace {

// Every word of a person's direct conversations: answers that came another way than in an acknowledgement.
std::string told_beside(town &t, const std::string &person) {
    std::string all;
    t.place.with([&](workspace::platform &on) {
        for (const auto &[id, each] : on.state.conversations)
            if (each.kind == workspace::conversation_kind::im && each.has(person))
                for (const auto &one : workspace::messages_seen(on, person, id, SIZE_MAX))
                    all += one.dump() + "\n";
    });
    return all;
}

void list(std::string &to, const char *what, const std::vector<std::string> &titles) {
    if (titles.empty())
        return;
    to += std::string(what) + ":";
    for (const auto &one : titles)
        to += " " + one;
    to += "\n";
}

} // namespace

std::map<std::string, int> titles_on_file(town &t, const std::string &person) {
    child_process asking({RAPPORT_PROGRAM, "export", "--json", "--person", person}, t.environment);
    if (asking.wait() != 0)
        throw std::runtime_error("no facts of " + person + ": " + asking.output());
    std::map<std::string, int> titles;
    const auto facts = json::parse(asking.output());
    for (const auto &pair : facts["pairs"])
        for (const auto &one : pair["milestones"])
            ++titles[one["title"].get<std::string>()];
    return titles;
}

reckoned reckon(town &t, const std::vector<typed_line> &lines) {
    reckoned made;
    std::map<std::string, std::map<std::string, int>> on_file;
    std::map<std::string, std::string> beside;
    for (const auto &line : lines) {
        if (!on_file.contains(line.who)) {
            on_file[line.who] = titles_on_file(t, line.who);
            beside[line.who] = told_beside(t, line.who);
        }
        ++made.typed;
        made.acknowledged += line.acknowledged ? 1 : 0;
        const auto found = on_file[line.who].find(line.title);
        const int times = found == on_file[line.who].end() ? 0 : found->second;
        // "Done: 7. TITLE. Ana hears of it."
        const bool later = beside[line.who].find(". " + line.title + ". ") != std::string::npos;
        if (times > 1)
            made.doubled.push_back(line.title);
        if (times == 0 && (line.acknowledged || later))
            made.lost.push_back(line.title);
        if (line.acknowledged)
            continue;
        if (times == 0)
            ++made.never_saved;
        else if (later)
            ++made.told_later;
        else
            made.untold.push_back(line.title);
    }
    return made;
}

reckoned settle_and_reckon(town &t, const std::vector<typed_line> &lines, std::chrono::seconds patience) {
    // the platform lets forty conversations be opened a minute; beyond that answers wait for their turn
    const auto give_up = std::chrono::steady_clock::now() + patience;
    for (;;) {
        auto found = reckon(t, lines);
        if (found.untold.empty() || std::chrono::steady_clock::now() > give_up || !t.program().running())
            return found;
        t.program().wait(std::chrono::seconds(2)); // it runs on; this is only time
    }
}

std::string reckoned::story() const {
    std::string all = std::to_string(typed) + " lines typed, " + std::to_string(acknowledged) +
                      " acknowledged, " + std::to_string(told_later) + " told later, " +
                      std::to_string(never_saved) + " failed before they were saved; lost " +
                      std::to_string(lost.size()) + ", doubled " + std::to_string(doubled.size()) +
                      ", never told " + std::to_string(untold.size()) + "\n";
    list(all, "lost", lost);
    list(all, "doubled", doubled);
    list(all, "never told", untold);
    return all;
}

} // namespace rapport::tests
