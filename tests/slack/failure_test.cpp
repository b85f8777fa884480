// The classes of the platform's errors.
#include "bot/slack/failure.hpp"

#include <catch2/catch.hpp>

using namespace rapport::slack;

TEST_CASE("each error word has the class its caller acts on") {
    struct row {
        const char *word;
        failure what;
    };
    for (const auto &[word, what] : {row{"invalid_auth", failure::token_dead},
                                     row{"account_inactive", failure::token_dead},
                                     row{"token_revoked", failure::token_dead},
                                     row{"missing_scope", failure::configuration},
                                     row{"not_allowed_token_type", failure::configuration},
                                     row{"messages_tab_disabled", failure::configuration},
                                     row{"invalid_blocks", failure::our_bug},
                                     row{"msg_too_long", failure::our_bug},
                                     row{"no_text", failure::our_bug},
                                     row{"channel_not_found", failure::target_gone},
                                     row{"is_archived", failure::target_gone},
                                     row{"user_disabled", failure::target_gone},
                                     row{"restricted_action_read_only_channel", failure::target_gone},
                                     row{"restricted_action", failure::target_gone},
                                     row{"hash_conflict", failure::outdated},
                                     row{"expired_trigger_id", failure::outdated},
                                     row{"ratelimited", failure::later},
                                     row{"rate_limited", failure::later},
                                     row{"internal_error", failure::maybe_executed},
                                     row{"fatal_error", failure::maybe_executed},
                                     row{"already_pinned", failure::none},
                                     row{"already_reacted", failure::none},
                                     row{"a_word_of_next_year", failure::unknown},
                                     row{"", failure::unknown}}) {
        INFO(word);
        CHECK(failure_of_error(word) == what);
    }
}

TEST_CASE("an HTTP status without a readable body is classified too") {
    CHECK(failure_of_status(429) == failure::later);
    CHECK(failure_of_status(500) == failure::maybe_executed);
    CHECK(failure_of_status(503) == failure::maybe_executed);
    CHECK(failure_of_status(408) == failure::maybe_executed);
    CHECK(failure_of_status(413) == failure::our_bug);
    CHECK(failure_of_status(302) == failure::configuration);
    CHECK(failure_of_status(404) == failure::configuration);
    CHECK(failure_of_status(200) == failure::maybe_executed);
}

TEST_CASE("only what no waiting mends stops Socket Mode; everything else is tried for ever", "[scar-4]") {
    for (const auto *word : {"not_authed", "invalid_auth", "account_inactive", "user_removed_from_team",
                             "team_disabled", "token_revoked", "not_allowed_token_type", "missing_scope",
                             "no_permission", "forbidden_team", "missing_args", "insecure_request"}) {
        INFO(word);
        CHECK(ends_socket_mode(word, 200));
        CHECK_FALSE(mend_of(word).empty());
    }
    for (const auto *word : {"internal_error", "fatal_error", "request_timeout", "service_unavailable",
                             "ratelimited", "a_word_of_next_year", ""}) {
        INFO(word);
        CHECK_FALSE(ends_socket_mode(word, 200));
        CHECK_FALSE(ends_socket_mode(word, 503));
    }
    CHECK(ends_socket_mode("", 404));
}
