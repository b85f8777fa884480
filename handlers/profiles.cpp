// Showing profiles; see profiles.hpp. What is compared of them is finding's.
#include "handlers/profiles.hpp"

#include "handlers/finding.hpp"
#include "handlers/naming.hpp"
#include "handlers/profile_page.hpp"
#include "handlers/requesting.hpp"
#include "handlers/which_program.hpp"
#include "storage/profiles.hpp"

#include <algorithm>

namespace rapport {
namespace {

using surface::text;

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

result<answer> own_profile(desk &at) {
    if (!at.who.person)
        return in_no_program(at);
    const auto mine = at.on_file.open<storage::profiles>().of(at.who.id());
    surface::message said{.summary = fullness(at, mine)};
    said.blocks.emplace_back(surface::section{.text = said.summary});
    for (auto &block : profile_blocks(mine, {}))
        said.blocks.push_back(std::move(block));
    said.blocks.emplace_back(own_profile_buttons(at));
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

} // namespace

std::vector<surface::block> profile_blocks(const profile_words &shown, const tag_words &) {
    std::vector<surface::block> out;
    for (const auto &page : profile_pages) {
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

std::vector<surface::block> profile_on_home(desk &at) {
    if (!at.who.person || !at.who.is(standing::enrolled))
        return {};
    const auto mine = at.on_file.open<storage::profiles>().of(at.who.id());
    std::vector<surface::block> out;
    out.emplace_back(surface::header{"Profile"});
    out.emplace_back(surface::section{.text = fullness(at, mine)});
    out.emplace_back(own_profile_buttons(at));
    return out;
}

} // namespace rapport
