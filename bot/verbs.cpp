// The verbs that only read files, and the way to the others; see verbs.hpp.
#include "bot/verbs.hpp"

#include "bot/installation.hpp"
#include "bot/opening.hpp"
#include "config/policy_file.hpp"

#include <ostream>

namespace rapport::bot {
namespace {

struct running {
    const asked_for &what;
    const surroundings &around;

    int operator()(const verb::serve &) const {
        return serve(what, around);
    }
    int operator()(const verb::check &how) const {
        return check(what, how, around);
    }

    // Works without a settings file too: then with the commands' own names.
    int operator()(const verb::manifest &) const {
        const auto file = settings_file_of(what, around);
        auto shown = config::default_commands();
        bool listens = true, reacts = false;
        if (std::filesystem::exists(file)) {
            const auto read = config::read_settings(file, around.environment);
            if (!read.value) {
                around.err << config::text_of(read.problems);
                return refused_status;
            }
            shown = read.value->commands;
            const auto policies = read_policies(*read.value);
            listens = policies.all.empty() || any_listens(policies.all);
            reacts = any_reacts(policies.all);
        }
        around.out << app_manifest(shown, listens, reacts);
        return done_status;
    }

    int operator()(const verb::export_facts &that) const {
        return export_facts(what, that, around);
    }

    int operator()(const verb::backup &where) const {
        return backup(what, where, around);
    }

    int operator()(const verb::import_people &how) const {
        return import_people(what, how, around);
    }

    int operator()(const verb::simulate &how) const {
        return simulate_term(how, around);
    }

    int operator()(const verb::policy_apply &how) const {
        return change_policy(what, how, around);
    }

    int operator()(const verb::policy_check &those) const {
        int status = done_status;
        for (const auto &file : those.files) {
            const auto read = config::load_policy(file).reading;
            if (read.problems.empty()) {
                around.out << file << ": can be kept, in every one of the 168 hours of a week.\n";
                continue;
            }
            around.err << config::text_of(read.problems);
            status = refused_status;
        }
        return status;
    }

    int operator()(const verb::policy_explain &that) const {
        const auto rules = policy(that.file);
        if (!rules)
            return refused_status;
        around.out << config::text_of(config::explain(*rules));
        return done_status;
    }

    int operator()(const verb::policy_diff &those) const {
        const auto before = policy(those.before);
        const auto after = policy(those.after);
        if (!before || !after)
            return refused_status;
        around.out << config::text_of(config::differences(*before, *after));
        return done_status;
    }

    // The policy of a file; none, and its problems told, where it cannot stand.
    std::optional<program> policy(const std::string &file) const {
        auto read = config::load_policy(file).reading;
        if (!read.problems.empty())
            around.err << config::text_of(read.problems);
        return read.problems.empty() ? std::move(read.value) : std::nullopt;
    }
};

} // namespace

std::filesystem::path settings_file_of(const asked_for &what, const surroundings &around) {
    const auto named = what.config.empty() ? std::nullopt : std::optional<std::filesystem::path>(what.config);
    return config::settings_file(named, around.environment);
}

int run(const asked_for &what, const surroundings &around) {
    return std::visit(running{what, around}, what.what);
}

} // namespace rapport::bot
