// Reading exports for profiles; see profile_import.hpp. What the files say is mentoring/linkedin's.
#include "handlers/profile_import.hpp"

#include "handlers/finding.hpp"
#include "handlers/naming.hpp"
#include "handlers/owed.hpp"
#include "handlers/profile_page.hpp"
#include "handlers/profiles.hpp"
#include "handlers/surface/characters.hpp"
#include "mentoring/linkedin.hpp"
#include "storage/profiles.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace rapport {
namespace {

using surface::text;

constexpr std::array<std::string_view, 3> pasted = {"file1", "file2", "file3"};
constexpr std::size_t most_read = 60; // characters of a refused file that are quoted

// What is proposed and differs from what is there.
std::vector<std::pair<profile_field, std::string>>
differing(const profile_words &mine, const std::map<profile_field, std::string> &all) {
    std::vector<std::pair<profile_field, std::string>> out;
    for (const auto &[which, words] : all) {
        const auto found = mine.find(which);
        if (found == mine.end() || found->second.words != words)
            out.emplace_back(which, words);
    }
    return out;
}

surface::modal review_form(const profile_words &mine, const std::map<profile_field, std::string> &all) {
    surface::modal form{.callback = std::string(profile_review_form),
                        .title = "Take or leave",
                        .submit = "Save the ticked ones"};
    surface::checkboxes take;
    for (const auto &[which, words] : differing(mine, all)) {
        const auto &row = row_of(which);
        const auto found = mine.find(which);
        form.blocks.emplace_back(surface::section{
            .text = surface::lines(
                {text("*{}*. Seen by {}.", row.label, seen_in_words(sight_of_field(mine, row))),
                 text("Now: {}", found == mine.end() ? "nothing" : found->second.words),
                 text("From your file: {}", words)})});
        take.options.push_back({.says = std::string(row.label), .value = std::string(text_of(which))});
        if (found == mine.end()) // what would replace your own words waits for your tick
            take.chosen.push_back(std::string(text_of(which)));
    }
    form.blocks.emplace_back(
        surface::input{.field = "take", .label = "Take these", .asks = std::move(take), .optional = true});
    return form;
}

// As it stands under a field: what was read, what is wrong, what works, and that nothing was saved.
std::string in_four_parts(const refusal &why) {
    const auto read = surface::shortened(surface::one_line(why.read), most_read);
    return fmt::format("{}{} Nothing was saved. What works: {}",
                       read.empty() ? std::string() : fmt::format("I read “{}”. ", read), why.wrong,
                       why.mend.empty() ? std::string("one of the four files, whole, as text") : why.mend);
}

std::optional<storage::person> member_meant(storage::records &on_file, std::string_view word) {
    if (word.find('@') == std::string_view::npos)
        return on_file.people.by_slack(slack_id{std::string(word)});
    std::string lower(word);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return on_file.people.by_email(lower);
}

// When somebody may be written to, by the first program they are in.
instant good_for(storage::records &on_file, const house &here, const storage::person &who, instant now) {
    for (const auto &one : on_file.programs.memberships(who.id))
        if (const auto *rules = here.rules.find(one.program); rules && one.role != role::coordinator)
            return hours_of(who, *rules, one.role == role::mentor ? side::mentor : side::protege)
                .next_good(now);
    return now;
}

} // namespace

surface::modal paste_form() {
    surface::modal form{
        .callback = std::string(profile_paste_form), .title = "From LinkedIn", .submit = "Look it through"};
    form.blocks.emplace_back(surface::section{
        .text = text("LinkedIn gives you your data as files (Settings, Data privacy, Get a copy of your "
                     "data). Open Profile.csv, Positions.csv, Education.csv or Skills.csv as text and paste "
                     "all of it, with the first line. You see field by field what would change; nothing "
                     "is saved before you say so. Birth date, address and the rest are not read.")});
    for (std::size_t i = 0; i < pasted.size(); ++i)
        form.blocks.emplace_back(
            surface::input{.field = std::string(pasted[i]),
                           .label = i == 0 ? "A file" : "Another file",
                           .asks = surface::plain_text_input{.multiline = true, .max_length = 3000},
                           .optional = i > 0});
    return form;
}

result<answer> paste_profile(desk &at) {
    if (!at.who.person)
        return in_no_program(at);
    form_errors wrong;
    std::vector<read_export> files;
    for (const auto name : pasted) {
        const auto typed = at.sent().holds.text(name);
        if (surface::one_line(typed).empty())
            continue;
        auto read = read_linkedin(typed);
        if (!read)
            wrong.under[std::string(name)] = in_four_parts(read.error());
        else
            files.push_back(std::move(*read));
    }
    const auto all = together(files);
    auto store = at.on_file.open<storage::profiles>();
    const auto mine = store.of(at.who.id());
    if (wrong.under.empty() && differing(mine, all).empty())
        wrong.under[std::string(pasted[0])] =
            "There is nothing in it that your profile does not say already. Nothing was saved.";
    answer out;
    if (!wrong.under.empty()) {
        out.form = std::move(wrong);
        return out;
    }
    store.propose(at.who.id(), all, at.now());
    out.form = next_form{review_form(mine, all), false};
    return out;
}

result<answer> review_profile(desk &at) {
    if (!at.who.person)
        return in_no_program(at);
    auto store = at.on_file.open<storage::profiles>();
    const auto all = store.proposed(at.who.id());
    const auto mine = store.of(at.who.id());
    if (differing(mine, all).empty())
        return tell(text("Nothing waits to be looked through."));
    return open_form(review_form(mine, all));
}

result<answer> take_proposed(desk &at) {
    if (!at.who.person)
        return in_no_program(at);
    auto store = at.on_file.open<storage::profiles>();
    const auto all = store.proposed(at.who.id());
    profile_change change(at);
    for (const auto &name : at.sent().holds.all_chosen("take")) {
        profile_field which{};
        const auto found = parse_text(name, which) ? all.find(which) : all.end();
        if (found != all.end())
            change.set(which, {found->second, sight_of_field(change.mine(), row_of(which))});
    }
    store.forget_proposed(at.who.id());
    return change.saved("profile.import");
}

result<proposed_words> propose_export(storage::records &on_file, const house &here, std::string_view member,
                                      const std::vector<std::string> &files, bool dry, instant now) {
    const auto who = member_meant(on_file, member);
    if (!who)
        return refusal{std::string(member), "Nobody is on record by that.",
                       "a member id (U0123ABCD) or an address of somebody on record"};
    if (!who->slack || who->state != person_state::active)
        return refusal{std::string(member), "They have no account here that could look it through.",
                       "the files of somebody with an account"};
    std::vector<read_export> all;
    for (const auto &file : files) {
        auto read = read_linkedin(file);
        if (!read)
            return read.error();
        all.push_back(std::move(*read));
    }
    const auto says = together(all);
    auto store = on_file.open<storage::profiles>();
    const auto mine = store.of(who->id);
    proposed_words out{who->slack->str(), {}};
    for (const auto &[which, words] : differing(mine, says))
        out.rows.push_back({std::string(row_of(which).label), words, mine.contains(which)});
    if (out.rows.empty())
        return refusal{std::string(member), "There is nothing in it that their profile does not say already.",
                       "a newer export"};
    if (dry)
        return out;
    store.propose(who->id, says, now);
    on_file.outbox.add(
        {.team = on_file.team,
         .id = on_file.ids.make<storage::outbox_id>(now),
         .key = fmt::format("{}:{}:{}", proposals_notice, who->id.str(), on_file.ids.next(now)),
         .verb = storage::outbox_verb::post,
         .kind = std::string(proposals_notice),
         .policy = storage::send_policy::at_least_once,
         .person = who->id,
         .channel = std::nullopt,
         .pair = std::nullopt,
         .subject = "person:" + who->id.str(),
         .params = who->id.str(),
         .not_before_at = good_for(on_file, here, *who, now),
         .created_at = now});
    on_file.journal.append(on_file.team, {.at = now,
                                          .actor = "operator",
                                          .act = "profile.propose",
                                          .subject_kind = "person",
                                          .subject = who->id.str(),
                                          .detail = fmt::format("{} fields", out.rows.size())});
    return out;
}

std::optional<surface::message> proposals_told(storage::records &on_file, const house &,
                                               const storage::outbox_row &row) {
    if (!row.person || on_file.open<storage::profiles>().proposed(*row.person).empty())
        return std::nullopt;
    auto out = surface::said(text("Words from your LinkedIn export wait for you: look them through field by "
                                  "field, take what fits, leave the rest. Nothing is in your profile yet; "
                                  "after a week they go by themselves."));
    out.blocks.emplace_back(surface::actions{{surface::button{.says = "Look them through",
                                                              .action = std::string(profile_review),
                                                              .look = surface::tone::primary}}});
    return out;
}

} // namespace rapport
