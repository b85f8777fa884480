// What the verbs of the command line do. Each gives the exit status: 0 done, 1 refused or failed.
#pragma once

#include "bot/command_line.hpp"
#include "config/settings.hpp"

#include <filesystem>
#include <iosfwd>

namespace rapport::bot {

// Where a verb gets its environment from and says what it has to say.
struct surroundings {
    config::environment environment;
    std::ostream &out;
    std::ostream &err;
};

int run(const asked_for &what, const surroundings &around);

// The settings file of this call: named, or from the environment, or rapport.toml here.
std::filesystem::path settings_file_of(const asked_for &what, const surroundings &around);

// Runs until SIGTERM or SIGINT; a second one ends the process at once.
int serve(const asked_for &what, const surroundings &around);
// Says what is wrong and how to mend it; changes nothing, also where a service is running.
int check(const asked_for &what, const verb::check &how, const surroundings &around);
// Tries a policy on the live data, or puts it in force: by the running service, or on the database itself.
int change_policy(const asked_for &what, const verb::policy_apply &how, const surroundings &around);
// Prints a person's or a program's facts: of the running service, or from the database itself.
int export_facts(const asked_for &what, const verb::export_facts &whose, const surroundings &around);
// Copies an SQLite database to a new file, by the running service where there is one.
int backup(const asked_for &what, const verb::backup &where, const surroundings &around);
// Puts a list of people into a program, or says what it would come to: by the running service where there is
// one. 1 if anything of it is refused.
int import_people(const asked_for &what, const verb::import_people &how, const surroundings &around);
// Plays a term, or two beside each other, and tells what came of it. 1 if a promise broke, 2 where what was
// asked for cannot be played.
int simulate_term(const verb::simulate &how, const surroundings &around);

} // namespace rapport::bot
