// The bench with a program whose policy is a real text, as the service has it: "starter" runs by the shipped
// file, changed key by key.
#pragma once

#include "config/policy_text.hpp"
#include "handlers/policy_change.hpp"
#include "tests/handlers/mail_round.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace rapport::tests {

inline std::string shipped_text(const std::string &slug) {
    std::ifstream in("config/programs/" + slug + ".toml", std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

struct policied : office {
    mail_round mail{*this};
    program_slug slug{"starter"};

    explicit policied(const std::vector<policy_setting> &keys = {}) {
        std::vector<policy_setting> all{{"name", "Starter"}, {"zone", "Europe/London"}};
        all.insert(all.end(), keys.begin(), keys.end());
        put(config::rewritten(shipped_text("starter"), all).value());
    }

    void put(const std::string &text) {
        on_file([&](storage::records &r) {
            const auto checked = check_text(r, here, slug, text);
            INFO(in_words(checked.problems, 5));
            REQUIRE(checked.rules);
            put_in_force(r, here, *checked.rules, text, std::nullopt, "operator", now);
        });
        follow_policies();
    }

    std::vector<storage::term> terms(const std::string &program = "starter") {
        std::vector<storage::term> out;
        on_file([&](storage::records &r) { out = r.programs.terms(program_slug{program}); });
        return out;
    }

    std::vector<storage::journal_row> journal(const std::string &act) {
        std::vector<storage::journal_row> out;
        on_file([&](storage::records &r) {
            for (auto &row : r.journal.page(team_id{"T0TEST"}, std::nullopt, 500))
                if (row.act == act)
                    out.push_back(std::move(row));
        });
        return out;
    }

    std::int64_t version() {
        return here.rules.version_of(slug);
    }
};

inline bool four_parts(const heard &h) {
    return h.says("Nothing was saved");
}

} // namespace rapport::tests
