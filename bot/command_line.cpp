// The verbs and their options, for CLI11; see command_line.hpp.
#include "bot/command_line.hpp"

#include "bot/version.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <ostream>

namespace rapport::bot {
namespace {

// A verb of its own name, with its description and --help.
CLI::App *add_verb(CLI::App &to, const std::string &name, const std::string &does, asked_verb &what,
                   asked_verb means) {
    auto *made = to.add_subcommand(name, does);
    made->parse_complete_callback([&what, means] { what = means; });
    return made;
}

struct texts {
    std::vector<std::string> files;
    std::string file, before, after, from, person, program, profile;
    bool json = false, dry_run = false;
    verb::simulate play;
};

// Puts what the options held into the verb that was chosen.
void fill(asked_verb &what, const texts &from) {
    if (auto *v = std::get_if<verb::check>(&what))
        v->json = from.json;
    if (auto *v = std::get_if<verb::policy_check>(&what))
        v->files = from.files;
    if (auto *v = std::get_if<verb::policy_explain>(&what))
        v->file = from.file;
    if (auto *v = std::get_if<verb::policy_diff>(&what)) {
        v->before = from.before;
        v->after = from.after;
    }
    if (auto *v = std::get_if<verb::import_people>(&what)) {
        v->files = from.files;
        v->program = from.program;
        v->profile = from.profile;
        v->dry_run = from.dry_run;
    }
    if (auto *v = std::get_if<verb::policy_apply>(&what)) {
        v->file = from.file;
        v->from = from.from;
    }
    if (auto *v = std::get_if<verb::export_facts>(&what)) {
        v->person = from.person;
        v->program = from.program;
    }
    if (auto *v = std::get_if<verb::backup>(&what))
        v->file = from.file;
    if (auto *v = std::get_if<verb::simulate>(&what))
        *v = from.play;
}

void add_policy_verbs(CLI::App &app, asked_verb &what, texts &held) {
    auto *policy = app.add_subcommand("policy", "Look at policy files, and change a policy that is in force");
    policy->require_subcommand(1);
    auto *check = add_verb(*policy, "check", "Say what is wrong in policy files, at line and column", what,
                           verb::policy_check{});
    check->add_option("FILE", held.files, "Policy files")->required();
    auto *explain =
        add_verb(*policy, "explain", "Print a policy in plain sentences", what, verb::policy_explain{});
    explain->add_option("FILE", held.file, "A policy file")->required();
    auto *diff =
        add_verb(*policy, "diff", "Say what would change between two policies", what, verb::policy_diff{});
    diff->add_option("BEFORE", held.before, "The policy as it is")->required();
    diff->add_option("AFTER", held.after, "The policy as it would be")->required();
    auto *dryrun = add_verb(*policy, "dryrun", "Say what a policy would do today to the pairs there are",
                            what, verb::policy_apply{{}, {}, true});
    dryrun->add_option("FILE", held.file, "The policy as it would be")->required();
    auto *apply = add_verb(*policy, "apply", "Put a policy in force, in the running service too", what,
                           verb::policy_apply{});
    apply->add_option("FILE", held.file, "The policy as it shall be")->required();
    apply->add_option("--from", held.from, "From this day on (2026-12-01); else from now");
}

void add_simulate(CLI::App &app, asked_verb &what, texts &held) {
    auto &play = held.play;
    auto *verb =
        add_verb(app, "simulate",
                 "Play a term of a policy on a moved clock, with made-up people and the real handlers", what,
                 verb::simulate{});
    verb->add_option("POLICY", play.policy, "A policy file");
    verb->add_option("--compare", play.compare, "Two policy files: what differs for each role")
        ->expected(2)
        ->type_name("A B");
    verb->add_option("--from", play.from, "The first day (2026-08-24); else the term's");
    verb->add_option("--to", play.to, "The last day; else the term's");
    verb->add_option("--seed", play.seed, "Another number plays another term; the same plays the same (1)");
    verb->add_option("--people", play.people, "How many take part, two a pair (100)");
    verb->add_flag("--faults", play.faults, "Crashes, lost and doubled deliveries, clock jumps, disk errors");
    verb->add_option("--transcript", play.transcript, "The days of one person (P001, M001) or of all");
    verb->add_option("--transcript-file", play.transcript_file, "Write the transcript there");
    verb->add_flag("--json", play.json, "One JSON object instead of the report");
    verb->add_option("--html", play.html, "Write a page with plots there");
    verb->add_option("--numbers", play.numbers, "Write the numbers to reach there, as Markdown");
}

void add_export(CLI::App &app, asked_verb &what, texts &held) {
    auto *verb = add_verb(app, "export", "Print what is kept about a person or in a program, as JSON", what,
                          verb::export_facts{});
    verb->add_flag("--json", held.json, "JSON (the only form so far)");
    auto *choice = verb->add_option_group("whose", "Whose facts");
    choice->add_option("--person", held.person, "A platform id (U...) or an e-mail address");
    choice->add_option("--program", held.program, "A program's slug");
    choice->require_option(1);
}

void add_import(CLI::App &app, asked_verb &what, texts &held) {
    auto *verb = add_verb(app, "import",
                          "Put people, gates and pairs of a CSV file into a program, or words of a LinkedIn "
                          "export before the person they belong to",
                          what, verb::import_people{});
    verb->add_option("FILE", held.files, "The list, or the files of the export; docs/formats.md")->required();
    auto *choice = verb->add_option_group("into", "Into what");
    choice->add_option("--program", held.program, "The program's slug");
    choice->add_option("--profile", held.profile, "Whose profile: a member id (U...) or an address");
    choice->require_option(1);
    verb->add_flag("--dry-run", held.dry_run, "Only say what it would come to");
}

} // namespace

std::optional<asked_for> read_command_line(int argc, const char *const *argv, std::ostream &out,
                                           std::ostream &err, int &status) {
    CLI::App app("Rapport runs mentoring programs inside a Slack-style workspace.", "rapport");
    app.set_version_flag("--version", std::string("rapport ") + version);
    app.require_subcommand(1);
    app.fallthrough();
    app.failure_message(CLI::FailureMessage::help);

    asked_for asked;
    texts held;
    app.add_option("--config", asked.config, "Settings file (else $RAPPORT_CONFIG, else rapport.toml)");
    add_verb(app, "serve", "Run the bot until it is told to stop", asked.what, verb::serve{});
    auto *check = add_verb(app, "check", "Say what is wrong with settings, tokens and scopes, and the mend",
                           asked.what, verb::check{});
    check->add_flag("--json", held.json, "One JSON object instead of lines");
    add_verb(app, "manifest", "Print the app manifest to paste where the app is made", asked.what,
             verb::manifest{});
    add_policy_verbs(app, asked.what, held);
    add_export(app, asked.what, held);
    auto *backup = add_verb(app, "backup", "Copy the database to a new file while the bot runs", asked.what,
                            verb::backup{});
    backup->add_option("FILE", held.file, "The copy; it must not be there yet")->required();
    add_import(app, asked.what, held);
    add_simulate(app, asked.what, held);

    try {
        app.parse(argc, argv);
    } catch (const CLI::Success &answered) {
        app.exit(answered, out, err);
        status = done_status;
        return std::nullopt;
    } catch (const CLI::ParseError &wrong) {
        err << "rapport: " << wrong.what() << "\n";
        err << "rapport: `rapport --help` lists the verbs, `rapport VERB --help` what each takes.\n";
        status = usage_status;
        return std::nullopt;
    }
    fill(asked.what, held);
    return asked;
}

} // namespace rapport::bot
