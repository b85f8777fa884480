// See forgetting.hpp.
#include "handlers/forgetting.hpp"

#include "handlers/leaving_dates.hpp"
#include "handlers/requesting.hpp"
#include "handlers/sentences.hpp"
#include "handlers/taking_back.hpp"
#include "mentoring/calendar.hpp"
#include "storage/erasing.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport {
namespace {

using surface::text;

constexpr std::string_view sure = "forget me";

bool owns_the_workspace(const desk &at) {
    const auto &owners = at.here.owners;
    return std::find(owners.begin(), owners.end(), at.asked.from) != owners.end();
}

// My messages leave our conversation one by one, at the platform's pace.
void take_messages_back(desk &at) {
    for (const auto &each : storage::messages_to(at.on_file.db, at.asked.team, at.who.id()))
        at.on_file.outbox.add(
            {.team = at.asked.team,
             .id = at.on_file.ids.make<storage::outbox_id>(at.now()),
             .key = fmt::format("{}:{}:{}", storage::taking_back_kind, each.channel.str(), each.ts),
             .verb = storage::outbox_verb::remove,
             .kind = std::string(storage::taking_back_kind),
             .policy = storage::send_policy::at_least_once,
             .channel = each.channel,
             .params = each.ts,
             .not_before_at = at.now(),
             .created_at = at.now()});
}

void withdraw_requests(desk &at) {
    auto table = at.on_file.open<storage::mentor_requests>();
    auto open = table.open_by_asker(at.who.id());
    for (auto &each : table.open_to(at.who.id()))
        open.push_back(std::move(each));
    for (auto &each : open)
        end_request(at.on_file, at.here, std::move(each), storage::request_state::withdrawn, at.who.id(),
                    at.now());
}

} // namespace

result<answer> forget_me(desk &at) {
    if (!at.who.person)
        return tell(text("Nothing is kept about you, so there is nothing to forget."));
    if (!at.asked.can_open_form)
        return refusal{"", "A form cannot be opened from here.",
                       at.line(command_name::mentoring, "forget-me")};
    const auto known = storage::count_known(at.on_file.db, at.asked.team, at.who.id());
    const auto pairs = std::ssize(at.on_file.pairs.open_of_person(at.who.id()));
    surface::modal form{.callback = std::string(forget_form),
                        .title = "Forget me",
                        .submit = "Forget me",
                        .close = "Keep me"};
    const auto says = [&](surface::mrkdwn words) {
        form.blocks.emplace_back(surface::section{.text = std::move(words)});
    };
    says(text("*This cannot be undone.* Look first at what is kept: `{}`.",
              at.line(command_name::mentoring, "mydata")));
    says(text(
        "*Goes*: your name, address, hours and profile ({}); the words of {}; the titles of {}; your "
        "applications, "
        "clearances, plans and requests; {} of mine in our conversation, as far as the workspace lets me.",
        counted(known.profile_fields, "field", "fields"), counted(known.check_ins, "check-in", "check-ins"),
        counted(known.titles, "milestone or goal", "milestones and goals"),
        counted(known.messages, "message", "messages")));
    says(pairs == 0
             ? text("*Ends*: your part in every program.")
             : text("*Ends*: your part in every program, and {}. Your partner reads that it ended, not why.",
                    counted(pairs, "pair", "pairs")));
    says(text("*Stays*: that somebody took part, as dates and counts; what was written in conversations, "
              "which is the "
              "workspace's; copies the people who run this have made before, until they replace them."));
    if (owns_the_workspace(at))
        says(text("You are named as an owner in the settings file: that line is for the people who run this "
                  "to change."));
    form.blocks.emplace_back(surface::input{.field = "sure",
                                            .label = "To be sure, type: forget me",
                                            .asks = surface::plain_text_input{.max_length = 40}});
    return open_form(std::move(form));
}

result<answer> forget_me_surely(desk &at) {
    if (!shape::alike(surface::one_line(at.sent().holds.text("sure")), sure))
        return answer{.what = outcome::refused,
                      .form = form_errors{{{"sure", "That is not “forget me”. Nothing was erased."}}}};
    if (!at.who.person)
        return tell(text("Nothing is kept about you."));
    for (const auto &pair : at.on_file.pairs.open_of_person(at.who.id()))
        end_as(at.on_file, at.here, pair,
               {.kind = ending_kind::left, .by = at.who.id(), .ended_at = at.now(), .heard_at = at.now()},
               at.now());
    withdraw_requests(at);
    take_messages_back(at);
    at.on_file.journal.append(at.asked.team, {.at = at.now(),
                                              .actor = at.who.id().str(),
                                              .act = "forget",
                                              .subject_kind = "person",
                                              .subject = at.who.id().str(),
                                              .detail = {}});
    storage::erase(at.on_file.db, at.asked.team, at.who.id(), at.now());
    auto said = done(text(
        "You are forgotten: nothing here leads to you any more. My messages to you are being taken back. "
        "If you ever want to come in again, you start as somebody new."));
    said.forgets_them = said.unkept = true;
    return said;
}

// Whole months by the program's calendar: what is kept is kept to the end of the month it is promised for, so
// instants are those of the first day of a month.
std::int64_t let_go_of_the_old(storage::records &on_file, const house &here, instant now) {
    std::int64_t gone = 0;
    for (const auto &slug : here.rules.slugs()) {
        const auto &rules = here.rules.of(slug);
        const auto ago = [&](int months) {
            return starts_at(rules.where, plus_months(month_of(rules.where, now), -months));
        };
        gone += storage::let_go(on_file.db, on_file.team, slug,
                                {ago(rules.retention.check_ins_months), ago(rules.retention.contacts_months),
                                 ago(rules.retention.profiles_months)});
    }
    storage::forget_taken_back(on_file.db);
    return gone;
}

} // namespace rapport
