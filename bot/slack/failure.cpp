// The table of error words; see failure.hpp. Sources: the vendor's method pages.
#include "bot/slack/failure.hpp"

#include <array>
#include <utility>

namespace rapport::slack {
namespace {

using row = std::pair<std::string_view, failure>;

constexpr std::array table = {
    row{"already_pinned", failure::none},
    row{"already_reacted", failure::none},
    row{"no_reaction", failure::none},

    row{"invalid_auth", failure::token_dead},
    row{"account_inactive", failure::token_dead},
    row{"token_revoked", failure::token_dead},
    row{"token_expired", failure::token_dead},
    row{"not_authed", failure::token_dead},
    row{"user_removed_from_team", failure::token_dead},
    row{"team_disabled", failure::token_dead},

    row{"missing_scope", failure::configuration},
    row{"not_allowed_token_type", failure::configuration},
    row{"no_permission", failure::configuration},
    row{"access_denied", failure::configuration},
    row{"accesslimited", failure::configuration},
    row{"ekm_access_denied", failure::configuration},
    row{"org_login_required", failure::configuration},
    row{"team_access_not_granted", failure::configuration},
    row{"enterprise_is_restricted", failure::configuration},
    row{"two_factor_setup_required", failure::configuration},
    row{"forbidden_team", failure::configuration},
    row{"insecure_request", failure::configuration},
    row{"messages_tab_disabled", failure::configuration},
    row{"not_enabled", failure::configuration},
    row{"method_deprecated", failure::configuration},
    row{"deprecated_endpoint", failure::configuration},
    row{"upgrade_required", failure::configuration},
    row{"unknown_method", failure::configuration},

    row{"invalid_arguments", failure::our_bug},
    row{"invalid_arg_name", failure::our_bug},
    row{"invalid_array_arg", failure::our_bug},
    row{"invalid_charset", failure::our_bug},
    row{"invalid_form_data", failure::our_bug},
    row{"invalid_json", failure::our_bug},
    row{"json_not_object", failure::our_bug},
    row{"invalid_post_type", failure::our_bug},
    row{"missing_post_type", failure::our_bug},
    row{"missing_args", failure::our_bug},
    row{"missing_argument", failure::our_bug},
    row{"invalid_blocks", failure::our_bug},
    row{"invalid_blocks_format", failure::our_bug},
    row{"no_text", failure::our_bug},
    row{"msg_too_long", failure::our_bug},
    row{"msg_blocks_too_long", failure::our_bug},
    row{"too_many_attachments", failure::our_bug},
    row{"view_too_large", failure::our_bug},
    row{"duplicate_external_id", failure::our_bug},
    row{"invalid_metadata_format", failure::our_bug},
    row{"invalid_metadata_schema", failure::our_bug},
    row{"metadata_too_large", failure::our_bug},
    row{"limit_required", failure::our_bug},
    row{"invalid_cursor", failure::our_bug},
    row{"users_list_not_supplied", failure::our_bug},
    row{"not_enough_users", failure::our_bug},
    row{"too_many_users", failure::our_bug},

    row{"channel_not_found", failure::target_gone},
    row{"not_in_channel", failure::target_gone},
    row{"is_archived", failure::target_gone},
    row{"is_inactive", failure::target_gone},
    row{"user_not_found", failure::target_gone},
    row{"users_not_found", failure::target_gone},
    row{"user_disabled", failure::target_gone},
    row{"user_not_visible", failure::target_gone},
    row{"user_not_in_channel", failure::target_gone},
    row{"message_not_found", failure::target_gone},
    row{"cannot_dm_bot", failure::target_gone},
    row{"invalid_user_combination", failure::target_gone},
    row{"cant_update_message", failure::target_gone},
    row{"cant_delete_message", failure::target_gone},
    row{"edit_window_closed", failure::target_gone},
    row{"compliance_exports_prevent_deletion", failure::target_gone},
    row{"cannot_reply_to_message", failure::target_gone},
    row{"message_limit_exceeded", failure::target_gone},
    row{"not_pinnable", failure::target_gone},
    row{"external_channel_migrating", failure::later},

    row{"expired_trigger_id", failure::outdated},
    row{"exchanged_trigger_id", failure::outdated},
    row{"invalid_trigger_id", failure::outdated},
    row{"trigger_expired", failure::outdated},
    row{"hash_conflict", failure::outdated},
    row{"not_found", failure::outdated},
    row{"view_not_found", failure::outdated},
    row{"push_limit_reached", failure::outdated},
    row{"block_mismatch", failure::outdated},
    row{"used_url", failure::outdated},
    row{"expired_url", failure::outdated},

    row{"ratelimited", failure::later},
    row{"rate_limited", failure::later},

    row{"internal_error", failure::maybe_executed},
    row{"fatal_error", failure::maybe_executed},
    row{"request_timeout", failure::maybe_executed},
    row{"service_unavailable", failure::maybe_executed},
    row{"team_added_to_org", failure::maybe_executed},
    row{"update_failed", failure::maybe_executed},
    row{"fetch_members_failed", failure::maybe_executed},
};

constexpr bool each_word_once() {
    for (std::size_t i = 0; i < table.size(); ++i)
        for (std::size_t j = i + 1; j < table.size(); ++j)
            if (table[i].first == table[j].first)
                return false;
    return true;
}
static_assert(each_word_once(), "an error word has one class");

// What stops Socket Mode, with the mend: the white list; whatever is not here is tried again.
constexpr std::array<std::pair<std::string_view, std::string_view>, 14> fatal = {{
    {"http_404", "There is no Web API at the configured address: correct SLACK_API_URL."},
    {"not_authed", "Set SLACK_APP_TOKEN: the app-level token (xapp-) with connections:write."},
    {"invalid_auth",
     "SLACK_APP_TOKEN is not valid: make a new app-level token in the app's Basic Information."},
    {"account_inactive", "The app was removed from the workspace: install it again."},
    {"user_removed_from_team", "The app's user was removed from the workspace: install it again."},
    {"team_disabled", "The workspace is disabled: its owners must enable it."},
    {"token_revoked", "The app-level token was revoked: make a new one in the app's Basic Information."},
    {"token_expired", "The app-level token expired: make a new one in the app's Basic Information."},
    {"not_allowed_token_type", "Socket Mode needs the app-level token (xapp-), not the bot token (xoxb-)."},
    {"missing_scope", "Give the app-level token the scope connections:write."},
    {"no_permission", "The token may not open Socket Mode connections: give it connections:write."},
    {"forbidden_team", "This workspace may not use the app: ask its owners to approve it."},
    {"missing_args",
     "The platform refused the request's form: this version is too old, or a proxy changes it."},
    {"insecure_request", "The address of the API is not https: correct SLACK_API_URL."},
}};

} // namespace

failure failure_of_error(std::string_view error) {
    for (const auto &[word, what] : table)
        if (word == error)
            return what;
    if (error.starts_with("restricted_action"))
        return failure::target_gone;
    return failure::unknown;
}

failure failure_of_status(int status) {
    if (status == 429)
        return failure::later;
    if (status >= 500 || status == 408)
        return failure::maybe_executed;
    if (status == 400 || status == 413 || status == 414 || status == 415)
        return failure::our_bug;
    // Redirects are never followed: a token must not travel to another host.
    if (status >= 300)
        return failure::configuration;
    // A 200 whose body is no JSON: something between us and the platform answered, or it broke half-way.
    return failure::maybe_executed;
}

bool ends_socket_mode(std::string_view error, int status) {
    if (status == 404)
        return true;
    for (const auto &[word, mend] : fatal)
        if (word == error)
            return true;
    return false;
}

std::string_view mend_of(std::string_view error) {
    for (const auto &[word, mend] : fatal)
        if (word == error)
            return mend;
    return {};
}

} // namespace rapport::slack
