// The verb, its line and its answer; see import.hpp.
#include "bot/import.hpp"

#include "bot/clock.hpp"
#include "bot/control_socket.hpp"
#include "bot/facts_json.hpp"
#include "bot/opening.hpp"
#include "bot/verbs.hpp"
#include "handlers/house_in_force.hpp"
#include "handlers/people_list.hpp"
#include "handlers/profile_import.hpp"
#include "storage/store.hpp"

#include <fmt/format.h>

#include <charconv>
#include <fstream>
#include <ostream>
#include <sstream>

namespace rapport::bot {
namespace {

constexpr std::string_view asks = "import ", asks_profile = "import-profile ";
constexpr std::uintmax_t largest_list = 2'000'000; // bytes; 5,000 rows are far less

std::string on_one_line(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\\')
            out += "\\\\";
        else if (c == '\n')
            out += "\\n";
        else
            out += c;
    }
    return out;
}

std::string as_it_was(std::string_view line) {
    std::string out;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '\\' && i + 1 < line.size()) {
            ++i;
            out += line[i] == 'n' ? '\n' : line[i];
        } else {
            out += line[i];
        }
    }
    return out;
}

// The first word, which is taken off.
std::string_view first_word(std::string_view &rest) {
    const auto end = rest.find(' ');
    const auto word = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    return word;
}

std::string refused(const refusal &why) {
    auto out = "1rapport: " + (why.read.empty() ? std::string() : why.read + ": ") + why.wrong + "\n";
    if (!why.mend.empty())
        out += "  " + why.mend + "\n";
    return out + "  Nothing was saved.\n";
}

std::string told(const list_report &report, bool dry) {
    std::string out = report.count(row_fate::refused) == 0 ? "0" : "1";
    for (const auto &one : report.rows)
        out += fmt::format("line {}: {} {}{}{}\n", one.line, text_of(one.fate), one.who,
                           one.says.empty() ? "" : ": ", one.says);
    out += report.counts() + (dry ? ". Dry run: nothing was saved.\n" : ". Saved.\n");
    const auto note = report.about_addresses();
    return note.empty() ? out : out + note + "\n";
}

std::string told(const proposed_words &what, bool dry) {
    std::string out = "0";
    for (const auto &row : what.rows)
        out += fmt::format("{}{}: {}\n", row.label, row.holds_something ? " (holds something now)" : "",
                           on_one_line(row.words));
    return out + fmt::format("{} {} for {} to take or leave{}\n", what.rows.size(),
                             what.rows.size() == 1 ? "field" : "fields", what.who,
                             dry ? ". Dry run: nothing was saved."
                                 : "; they hear of it. In their profile nothing is saved yet.");
}

// "MEMBER dry-run|apply SIZE FILE SIZE FILE ...", each file on one line.
std::string profile_answer(storage::session &db, const team_id &team, const house &here,
                           std::string_view asked, instant now) {
    const auto member = first_word(asked);
    const bool dry = first_word(asked) == "dry-run";
    std::vector<std::string> files;
    while (!asked.empty()) {
        const auto word = first_word(asked);
        std::size_t size = 0;
        const auto read = std::from_chars(word.data(), word.data() + word.size(), size);
        if (read.ec != std::errc() || size > asked.size())
            return refused({"", "The files came in pieces.", "Try again"});
        files.push_back(as_it_was(asked.substr(0, size)));
        asked.remove_prefix(std::min(asked.size(), size + 1));
    }
    id_source ids;
    storage::records on_file(db, team, ids);
    const auto report = propose_export(on_file, here, member, files, dry, now);
    return report ? told(*report, dry) : refused(report.error());
}

// Who answers for what the operator does: the first owner.
std::optional<person_id> first_owner(storage::records &on_file, const house &here, instant now) {
    if (here.owners.empty())
        return std::nullopt;
    if (const auto known = on_file.people.by_slack(here.owners.front()))
        return known->id;
    storage::person owner;
    owner.id = on_file.ids.make<person_id>(now);
    owner.slack = here.owners.front();
    owner.created_at = now;
    on_file.people.save(owner);
    return owner.id;
}

std::string in_the_database(const config::settings &from, const std::string &asked) {
    storage::store_settings how;
    how.database = from.database;
    how.opened_at = machine_clock{}.now();
    how.workers = 1;
    const auto store = storage::open_inline_store(how);
    const auto now = how.opened_at;
    const auto made = store->write_and_wait({"import"}, [&](storage::session &db) -> std::string {
        const auto team = served_team(db);
        if (!team)
            return refused({"", "This database serves no workspace yet.", "Start it once: rapport serve"});
        house_in_force holds(house_of(from), *team);
        return import_answer(db, *team, *holds.as_of(db), asked, now);
    });
    return made.value();
}

std::optional<std::string> text_of_file(const std::string &file, std::ostream &err) {
    std::error_code wrong;
    const auto size = std::filesystem::file_size(file, wrong);
    std::ifstream in(file, std::ios::binary);
    if (wrong || !in) {
        err << "rapport: " << file << " cannot be read" << (wrong ? ": " + wrong.message() : std::string())
            << ".\n";
        return std::nullopt;
    }
    if (size > largest_list) {
        err << "rapport: " << file << " has " << size << " bytes; a list has at most " << largest_list
            << ". Send it in two.\n";
        return std::nullopt;
    }
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

} // namespace

std::string import_line(std::string_view program, bool dry, std::string_view list) {
    return fmt::format("{}{} {} {}", asks, program, dry ? "dry-run" : "apply", on_one_line(list));
}

std::string import_profile_line(std::string_view member, bool dry, const std::vector<std::string> &files) {
    auto out = fmt::format("{}{} {}", asks_profile, member, dry ? "dry-run" : "apply");
    for (const auto &file : files)
        out += " " + std::to_string(on_one_line(file).size()) + " " + on_one_line(file);
    return out;
}

bool is_import_line(std::string_view asked) {
    return asked.starts_with(asks) || asked.starts_with(asks_profile);
}

std::string import_answer(storage::session &db, const team_id &team, const house &here,
                          std::string_view asked, instant now) {
    if (asked.starts_with(asks_profile))
        return profile_answer(db, team, here, asked.substr(asks_profile.size()), now);
    asked.remove_prefix(asks.size());
    const program_slug slug{std::string(first_word(asked))};
    const bool dry = first_word(asked) == "dry-run";
    if (!here.rules.find(slug)) {
        std::string names;
        for (const auto &each : here.rules.slugs())
            names += (names.empty() ? "" : ", ") + each.str();
        return refused({slug.str(), "No program runs under that name.", "There is: " + names});
    }
    id_source ids;
    storage::records on_file(db, team, ids);
    const auto by = dry ? std::nullopt : first_owner(on_file, here, now);
    const auto report = take_list(on_file, here, slug, as_it_was(asked), by, dry, now);
    return report ? told(*report, dry) : refused(report.error());
}

int import_people(const asked_for &what, const verb::import_people &how, const surroundings &around) {
    const auto settings = config::read_settings(settings_file_of(what, around), around.environment);
    if (!settings.value) {
        around.err << config::text_of(settings.problems);
        return refused_status;
    }
    if (how.profile.empty() && how.files.size() != 1) {
        around.err << "rapport: a program takes one list at a time; " << how.files.size()
                   << " files were given.\n  rapport import FILE --program " << how.program
                   << "\n  Nothing was saved.\n";
        return usage_status;
    }
    std::vector<std::string> texts;
    for (const auto &file : how.files) {
        auto text = text_of_file(file, around.err);
        if (!text)
            return refused_status;
        texts.push_back(std::move(*text));
    }
    const auto asked = how.profile.empty() ? import_line(how.program, how.dry_run, texts.front())
                                           : import_profile_line(how.profile, how.dry_run, texts);
    const auto door = control_path(settings.value->database);
    auto heard = door ? ask_service(*door, asked) : std::nullopt;
    if (!heard)
        heard = in_the_database(*settings.value, asked);
    if (heard->empty()) {
        around.err << "rapport: the service could not save it; its log says why. Nothing was saved.\n";
        return refused_status;
    }
    const bool well = heard->front() == '0';
    const bool as_a_whole = heard->starts_with("1rapport:");
    (as_a_whole ? around.err : around.out) << heard->substr(1);
    return well ? done_status : refused_status;
}

} // namespace rapport::bot
