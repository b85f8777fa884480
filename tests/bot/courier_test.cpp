// What an answer of the platform means for what was to be sent.
#include "bot/courier.hpp"

#include <catch2/catch.hpp>

using namespace rapport;
using namespace rapport::bot;
using slack::failure;
using slack::method;

namespace {

const instant now{milliseconds{1'796'126'400'000}};

call_outcome became(failure what, method call = method::chat_post_message,
                    std::optional<std::chrono::seconds> wait = std::nullopt) {
    return outcome_of(call, {what, what == failure::none ? "" : "some_word", R"({"ok":true})", wait}, now,
                      {});
}

} // namespace

TEST_CASE("each class of failure is one of the five words") {
    CHECK(became(failure::none).word == delivery_word::sent);
    CHECK(became(failure::target_gone).word == delivery_word::refused);
    CHECK(became(failure::our_bug).word == delivery_word::failed);
    CHECK(became(failure::outdated).word == delivery_word::failed);
    CHECK(became(failure::unknown).word == delivery_word::failed);
    CHECK(became(failure::later).word == delivery_word::later);
    CHECK(became(failure::token_dead).word == delivery_word::later);
    CHECK(became(failure::configuration).word == delivery_word::later);
    CHECK(became(failure::maybe_executed).word == delivery_word::ambiguous);
}

TEST_CASE("a call that may be made twice is made again instead of being called ambiguous") {
    CHECK(became(failure::maybe_executed, method::chat_update).word == delivery_word::later);
    CHECK(became(failure::maybe_executed, method::views_publish).word == delivery_word::later);
    CHECK(became(failure::maybe_executed, method::conversations_open).word == delivery_word::later);
}

TEST_CASE("what is put off goes when the platform said, else after a while, longer for a dead token") {
    const courier_limits limits;
    CHECK(became(failure::later, method::chat_post_message, std::chrono::seconds(42)).retry_at ==
          now + seconds{42});
    CHECK(became(failure::later).retry_at == now + limits.again);
    CHECK(became(failure::token_dead).retry_at == now + limits.token_again);
    CHECK_FALSE(became(failure::none).retry_at);
}

TEST_CASE("where a post went, and which conversation was opened, is read from the answer") {
    const auto posted =
        outcome_of(method::chat_post_message,
                   {failure::none, "", R"({"ok":true,"channel":"D0ANA","ts":"1.2"})", {}}, now, {});
    CHECK(posted.channel == channel_id{"D0ANA"});
    CHECK(posted.ts == "1.2");
    const auto opened =
        outcome_of(method::conversations_open,
                   {failure::none, "", R"({"ok":true,"channel":{"id":"G0PAIR"}})", {}}, now, {});
    CHECK(opened.channel == channel_id{"G0PAIR"});
    CHECK_FALSE(opened.ts);
}

TEST_CASE("the reason kept is a word, whatever a proxy sent in place of one") {
    const auto odd =
        outcome_of(method::chat_post_message, {failure::unknown, "<html>Ana</html>", "", {}}, now, {});
    CHECK(odd.reason == "unreadable");
}
