// Showing profiles and filling in one's own; see profiles.hpp. What is compared of them is finding's.
#include "handlers/profiles.hpp"

#include "handlers/finding.hpp"
#include "handlers/naming.hpp"
#include "handlers/requesting.hpp"
#include "handlers/which_program.hpp"
#include "mentoring/linkedin.hpp"
#include "storage/profiles.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport {
namespace {

using surface::text;

// The pages of the form, and the parts of a profile as it is shown.
struct form_page {
    std::string_view name, title;
    profile_field first, last;
};
constexpr std::array<form_page, 3> pages = {{
    {"about", "About you", profile_field::education, profile_field::accomplishments},
    {"seek", "Offered and sought", profile_field::expertise, profile_field::kind},
    {"practical", "Practical", profile_field::availability, profile_field::room},
}};
constexpr std::string_view sight_page = "sight", paste_page = "paste";
constexpr std::array<std::string_view, 3> pasted = {"file1", "file2", "file3"};

bool is_on(const form_page &page, profile_field which) {
    return page.first <= which && which <= page.last;
}

std::string_view in_words(seen_by who) {
    switch (who) {
    case seen_by::everyone:
        return "everyone in your programs";
    case seen_by::partners:
        return "your partners, and whom you asked or who asked you";
    case seen_by::coordinators:
        break;
    }
    return "coordinators of your programs";
}

seen_by sight_of_field(const profile_words &mine, const field_row &row) {
    const auto found = mine.find(row.which);
    return found == mine.end() ? row.at_first : found->second.seen;
}

surface::button page_button(std::string_view label, std::string_view page) {
    return {.says = std::string(label), .action = std::string(profile_edit), .value = std::string(page)};
}

// The words a policy of theirs offers for a field, for its hint.
std::string offered(desk &at, profile_field which) {
    std::vector<std::string> words;
    for (const auto &slug : at.who.programs())
        if (const auto *rules = at.rules().find(slug)) {
            const auto &from = which == profile_field::help   ? rules->ways_to_help
                               : which == profile_field::kind ? rules->mentor_kinds
                                                              : rules->matching.tags;
            if (which == profile_field::help || which == profile_field::kind ||
                which == profile_field::interests || which == profile_field::expertise)
                words.insert(words.end(), from.begin(), from.end());
        }
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    if (words.size() > 12)
        words.resize(12);
    return words.empty() ? std::string() : fmt::format(" For example: {}.", fmt::join(words, ", "));
}

surface::modal words_form(desk &at, const form_page &page, const profile_words &mine) {
    surface::modal form{.callback = std::string(profile_form),
                        .title = std::string(page.title),
                        .submit = "Save",
                        .metadata = std::string(page.name)};
    for (const auto &row : profile_rows()) {
        if (!is_on(page, row.which))
            continue;
        const auto found = mine.find(row.which);
        surface::plain_text_input asks{.initial = found == mine.end() ? "" : found->second.words,
                                       .multiline = row.shape == field_shape::prose && row.most > 200,
                                       .max_length = static_cast<int>(row.most)};
        form.blocks.emplace_back(
            surface::input{.field = std::string(text_of(row.which)),
                           .label = std::string(row.label),
                           .asks = std::move(asks),
                           .hint = fmt::format("{}.{} Seen by: {}.", row.hint, offered(at, row.which),
                                               in_words(sight_of_field(mine, row))),
                           .optional = true});
    }
    return form;
}

surface::modal sight_form(const profile_words &mine) {
    surface::modal form{.callback = std::string(profile_form),
                        .title = "Who sees what",
                        .submit = "Save",
                        .metadata = std::string(sight_page)};
    form.blocks.emplace_back(surface::section{
        .text = text("Coordinators of your programs see all of it; you choose who else does, field by field. "
                     "What somebody may not see does not count in what they are suggested either.")});
    for (const auto &row : profile_rows()) {
        surface::static_select asks;
        for (const auto &[level, word] : seen_by_words)
            asks.options.push_back({.says = std::string(in_words(level)), .value = std::string(word)});
        asks.chosen = std::string(text_of(sight_of_field(mine, row)));
        form.blocks.emplace_back(surface::input{.field = std::string(text_of(row.which)),
                                                .label = std::string(row.label),
                                                .asks = std::move(asks)});
    }
    return form;
}

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
            .text = surface::lines({text("*{}*. Seen by {}.", row.label, in_words(sight_of_field(mine, row))),
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

// A comparison is made in the first program where the two are on different sides.
std::vector<surface::block> compared_blocks(desk &at, const storage::person &other,
                                            const profile_words &shown) {
    for (const auto &mine : at.who.memberships) {
        const auto *rules = at.rules().find(mine.program);
        const auto term = rules ? at.on_file.programs.term_by_id(mine.term) : std::nullopt;
        if (!term || mine.role == role::coordinator)
            continue;
        const auto theirs_as = mine.role == role::mentor ? role::protege : role::mentor;
        if (!at.on_file.programs.enrolled(term->id, other.id, theirs_as))
            continue;
        const finding in(at.on_file, *rules, *term, at.now());
        const auto *me = in.find(at.who.id(), mine.role), *them = in.find(other.id, theirs_as);
        if (me == nullptr || them == nullptr)
            continue;
        const auto own = in.compared(*me), seen = in.compared(*them, shown);
        const bool i_mentor = mine.role == role::mentor;
        const auto &mentor = i_mentor ? own : seen;
        const auto &protege = i_mentor ? seen : own;
        const auto what = in.with().of(mentor, protege);
        std::vector<surface::block> out;
        out.emplace_back(surface::section{
            .text = text("*{} of 100* for the two of you in {}: {}.", what.percent, rules->name,
                         reasons_in_words(what, mentor, protege, at.who.where, at.now()))});
        surface::mrkdwn changes;
        for (const auto &each :
             what_would_change(in.with(), mentor, protege, i_mentor ? side::mentor : side::protege, 3))
            changes = surface::lines({changes, change_in_words(each, first_name(other))});
        if (!changes.text.empty())
            out.emplace_back(surface::context{{changes}});
        if (!i_mentor)
            if (auto ask = ask_button(at, *rules, *term, *them))
                out.emplace_back(surface::actions{{std::move(*ask)}});
        return out;
    }
    return {};
}

surface::mrkdwn fullness(desk &at, const profile_words &mine) {
    const auto programs = at.who.programs();
    const auto *rules = programs.empty() ? nullptr : at.rules().find(programs.front());
    const auto how = how_complete(mine, comparing(rules ? rules->matching : matching_rules{}));
    if (!how.missing)
        return text("Your profile is full.");
    return text("Your profile is {} per cent full. What would tell others most: {}.", how.percent,
                row_of(*how.missing).label);
}

surface::actions own_buttons(desk &at) {
    surface::actions out;
    for (const auto &page : pages)
        out.elements.emplace_back(page_button(page.title, page.name));
    out.elements.emplace_back(page_button("Who sees what", sight_page));
    if (at.on_file.open<storage::profiles>().proposed(at.who.id()).empty())
        out.elements.emplace_back(page_button("Paste from LinkedIn", paste_page));
    else
        out.elements.emplace_back(
            surface::button{.says = "Look through the import", .action = std::string(profile_review)});
    return out;
}

result<answer> own_profile(desk &at) {
    if (!at.who.person)
        return in_no_program(at);
    const auto mine = at.on_file.open<storage::profiles>().of(at.who.id());
    surface::message said{.summary = fullness(at, mine)};
    said.blocks.emplace_back(surface::section{.text = said.summary});
    for (auto &block : profile_blocks(mine, {}))
        said.blocks.push_back(std::move(block));
    said.blocks.emplace_back(own_buttons(at));
    return tell(std::move(said));
}

// Whether the two meet in a program, so that one may look at the other at all.
bool may_look_at(desk &at, const person_id &other) {
    for (const auto &one : at.on_file.programs.memberships(other)) {
        if (one.term_is != term_state::open || one.state == enrolment_state::left)
            continue;
        const auto &mine = at.who.memberships;
        if (at.who.coordinates_program(one.program) ||
            std::any_of(mine.begin(), mine.end(), [&](const auto &each) { return each.term == one.term; }))
            return true;
    }
    return false;
}

result<answer> profile_of(desk &at, const storage::person &other) {
    if (at.who.person && at.who.id() == other.id)
        return own_profile(at);
    if (!may_look_at(at, other.id))
        return not_found("profile", at.line(command_name::mentoring, "browse"));
    const auto shown = seen_profile(at, other.id, at.on_file.open<storage::profiles>().of(other.id));
    surface::message said{.summary = shown.empty()
                                         ? text("{} has put nothing into their profile yet.", named(other))
                                         : text("The profile of {}.", named(other))};
    said.blocks.emplace_back(surface::section{.text = said.summary});
    for (auto &block : profile_blocks(shown, {}))
        said.blocks.push_back(std::move(block));
    for (auto &block : compared_blocks(at, other, shown))
        said.blocks.push_back(std::move(block));
    return tell(std::move(said));
}

void note_change(desk &at, const char *act, std::size_t fields) {
    at.on_file.journal.append(at.asked.team, {.at = at.now(),
                                              .actor = at.who.id().str(),
                                              .act = act,
                                              .subject_kind = "person",
                                              .subject = at.who.id().str(),
                                              .detail = fmt::format("{} fields", fields)});
}

answer saved(desk &at, std::size_t changed) {
    if (changed == 0)
        return tell(text("Nothing in your profile changed."));
    const auto mine = at.on_file.open<storage::profiles>().of(at.who.id());
    auto said = surface::said(text("Saved: {} {} of your profile. {}", changed,
                                   changed == 1 ? "field" : "fields", fullness(at, mine)));
    said.blocks.emplace_back(own_buttons(at));
    return done(std::move(said));
}

result<answer> save_sight(desk &at) {
    auto store = at.on_file.open<storage::profiles>();
    const auto mine = store.of(at.who.id());
    std::size_t changed = 0;
    for (const auto &[which, before] : mine) {
        seen_by chosen{};
        if (!parse_text(at.sent().holds.chosen(text_of(which)), chosen) || chosen == before.seen)
            continue;
        store.set(at.who.id(), which, {before.words, chosen}, at.now());
        ++changed;
    }
    if (changed > 0)
        note_change(at, "profile.sight", changed);
    return saved(at, changed);
}

} // namespace

std::vector<surface::block> profile_blocks(const profile_words &shown, const tag_words &) {
    std::vector<surface::block> out;
    for (const auto &page : pages) {
        surface::mrkdwn part;
        for (const auto &[which, entry] : shown)
            if (is_on(page, which))
                part = surface::lines(
                    {part, text("*{}*: {}", row_of(which).label, surface::paragraph{entry.words})});
        if (!part.text.empty())
            out.emplace_back(surface::section{.text = part});
    }
    return out;
}

result<answer> show_profile(desk &at) {
    const auto who = at.words.person("person");
    if (!who || *who == at.who.slack)
        return own_profile(at);
    const auto other = participant(at, *who, at.line(command_name::mentoring, "profile @priya"));
    if (!other)
        return other.error();
    return profile_of(at, *other);
}

result<answer> press_profile(desk &at) {
    const auto &id = at.pressed().value;
    if (id.empty())
        return own_profile(at);
    const auto other = at.on_file.people.by_id(person_id{id});
    if (!other)
        return not_found("profile", at.line(command_name::mentoring, "browse"));
    return profile_of(at, *other);
}

result<answer> edit_profile(desk &at) {
    if (!at.who.person)
        return in_no_program(at);
    const auto &wanted = at.pressed().value;
    const auto mine = at.on_file.open<storage::profiles>().of(at.who.id());
    if (wanted == sight_page)
        return open_form(sight_form(mine));
    if (wanted == paste_page)
        return open_form(paste_form());
    const auto page = std::find_if(pages.begin(), pages.end(), [&](auto &one) { return one.name == wanted; });
    if (page == pages.end())
        return not_found("form", at.line(command_name::mentoring, "profile"));
    return open_form(words_form(at, *page, mine));
}

result<answer> save_profile(desk &at) {
    if (!at.who.person)
        return in_no_program(at);
    const auto &sent = at.sent();
    if (sent.metadata == sight_page)
        return save_sight(at);
    const auto page =
        std::find_if(pages.begin(), pages.end(), [&](auto &one) { return one.name == sent.metadata; });
    if (page == pages.end())
        return not_found("form", at.line(command_name::mentoring, "profile"));
    auto store = at.on_file.open<storage::profiles>();
    const auto mine = store.of(at.who.id());
    form_errors wrong;
    std::vector<std::pair<profile_field, profile_entry>> all;
    for (const auto &row : profile_rows()) {
        if (!is_on(*page, row.which))
            continue;
        const auto name = std::string(text_of(row.which));
        auto typed = surface::cleaned(sent.holds.text(name));
        if (row.most <= 200)
            typed = surface::one_line(typed);
        const auto read = read_field(row.which, typed, {});
        if (!read)
            wrong.under[name] = refusal_line(read.error());
        else
            all.push_back({row.which, {read->words, sight_of_field(mine, row)}});
    }
    if (!wrong.under.empty()) {
        answer out;
        out.form = std::move(wrong);
        return out;
    }
    std::size_t changed = 0;
    for (const auto &[which, entry] : all) {
        const auto before = mine.find(which);
        if ((before == mine.end() ? std::string() : before->second.words) == entry.words)
            continue;
        store.set(at.who.id(), which, entry, at.now());
        ++changed;
    }
    if (changed > 0)
        note_change(at, "profile", changed);
    return saved(at, changed);
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
            wrong.under[std::string(name)] = refusal_line(read.error());
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
    const auto mine = store.of(at.who.id());
    std::size_t changed = 0;
    for (const auto &name : at.sent().holds.all_chosen("take")) {
        profile_field which{};
        const auto found = parse_text(name, which) ? all.find(which) : all.end();
        if (found == all.end())
            continue;
        store.set(at.who.id(), which, {found->second, sight_of_field(mine, row_of(which))}, at.now());
        ++changed;
    }
    store.forget_proposed(at.who.id());
    if (changed > 0)
        note_change(at, "profile.import", changed);
    return saved(at, changed);
}

std::vector<surface::block> profile_on_home(desk &at) {
    if (!at.who.person || !at.who.is(standing::enrolled))
        return {};
    const auto mine = at.on_file.open<storage::profiles>().of(at.who.id());
    std::vector<surface::block> out;
    out.emplace_back(surface::section{.text = text("*Profile*")});
    out.emplace_back(surface::section{.text = fullness(at, mine)});
    out.emplace_back(own_buttons(at));
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
