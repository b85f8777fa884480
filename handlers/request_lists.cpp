// Lists of requests; see request_lists.hpp.
#include "handlers/request_lists.hpp"

#include "handlers/answering.hpp"
#include "handlers/lists.hpp"
#include "handlers/naming.hpp"
#include "handlers/permission.hpp"
#include "handlers/requesting.hpp"
#include "handlers/which_program.hpp"
#include "storage/mentor_requests.hpp"

#include <algorithm>

namespace rapport {
namespace {

using storage::mentor_request;
using storage::request_state;
using surface::text;

std::string_view in_words(request_state state) {
    switch (state) {
    case request_state::waiting:
        return "waits for an answer";
    case request_state::question:
        return "has a question for you";
    case request_state::queued:
        return "comes later, in your order";
    case request_state::accepted:
        return "said yes";
    case request_state::declined:
        return "said no this time";
    case request_state::withdrawn:
        return "withdrawn";
    case request_state::lapsed:
        return "ended without an answer";
    case request_state::passed:
        return "not needed any more";
    }
    return "?";
}

std::string name_of(desk &at, const person_id &id) {
    const auto found = at.on_file.people.by_id(id);
    return found ? first_name(*found) : "someone";
}

surface::button press(std::string_view says, std::string_view action, const mentor_request &one,
                      surface::tone look = surface::tone::neutral) {
    return {.says = says, .action = std::string(action), .value = one.id.str(), .look = look};
}

// Open requests that the caller may answer: by name, or as one of a team that was asked.
std::vector<mentor_request> open_to_caller(desk &at) {
    auto requests = at.on_file.open<storage::mentor_requests>();
    auto out = requests.open_to(at.who.id());
    for (const auto &mine : at.who.memberships) {
        const auto *rules = at.rules().find(mine.program);
        if (mine.role != role::mentor || !rules || rules->entry.mentors_are != mentor_side::teams)
            continue;
        for (auto &one : requests.of_term(mine.term))
            if (storage::is_open(one.state) && !one.team_name.empty() && one.asked() != at.who.id() &&
                one.asker() != at.who.id() && may_answer(at.on_file, *rules, one, at.who.id()))
                out.push_back(std::move(one));
    }
    std::erase_if(out, [](const mentor_request &one) { return one.state == request_state::queued; });
    return out;
}

surface::mrkdwn asked_of_me(desk &at, const mentor_request &one) {
    const auto who = name_of(at, one.asker());
    const auto on = short_date(at.who.where.day_of(one.asked_at));
    if (one.state == request_state::question)
        return text("{} asked you on {}; your question waits for their answer.", who, on);
    return one.team_name.empty() ? text("{} asked you on {}.", who, on)
                                 : text("{} asked {} on {}.", who, one.team_name, on);
}

surface::mrkdwn asked_by_me(desk &at, const mentor_request &one) {
    const auto whom = one.team_name.empty() ? name_of(at, one.asked()) : one.team_name;
    return text("To {}, {}: {}.", whom, short_date(at.who.where.day_of(one.asked_at)), in_words(one.state));
}

std::vector<surface::section> request_rows(desk &at) {
    std::vector<surface::section> rows;
    for (const auto &one : open_to_caller(at)) {
        surface::section row{.text = asked_of_me(at, one)};
        if (one.state == request_state::waiting)
            row.beside = press("Look at it", request_show, one);
        rows.push_back(std::move(row));
    }
    auto mine = at.on_file.open<storage::mentor_requests>().by_asker(at.who.id());
    std::reverse(mine.begin(), mine.end());
    std::stable_partition(mine.begin(), mine.end(),
                          [](const mentor_request &one) { return storage::is_open(one.state); });
    for (const auto &one : mine) {
        surface::section row{.text = asked_by_me(at, one)};
        if (one.state == request_state::question)
            row.beside = press("Answer", request_answer::reply, one, surface::tone::primary);
        else if (storage::is_open(one.state))
            row.beside = press("Withdraw", request_withdraw, one);
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace

std::size_t requests_to_answer(desk &at) {
    const auto all = open_to_caller(at);
    return static_cast<std::size_t>(
        std::count_if(all.begin(), all.end(), [](auto &one) { return one.state == request_state::waiting; }));
}

std::vector<std::vector<surface::block>> open_request_rows(desk &at) {
    std::vector<std::vector<surface::block>> rows;
    for (const auto &one : open_to_caller(at)) {
        auto &row = rows.emplace_back();
        row.emplace_back(surface::section{.text = asked_of_me(at, one)});
        if (one.state == request_state::waiting)
            row.emplace_back(surface::actions{
                {press("Accept", request_answer::accept, one, surface::tone::primary),
                 press("Ask a question first", request_answer::question, one),
                 press("Decline", request_answer::decline, one), press("Look at it", request_show, one)}});
    }
    for (const auto &one : at.on_file.open<storage::mentor_requests>().open_by_asker(at.who.id())) {
        auto &row = rows.emplace_back();
        row.emplace_back(surface::section{.text = asked_by_me(at, one)});
        surface::actions below;
        if (one.state == request_state::question)
            below.elements.emplace_back(press("Answer", request_answer::reply, one, surface::tone::primary));
        below.elements.emplace_back(press("Withdraw", request_withdraw, one));
        row.emplace_back(std::move(below));
    }
    return rows;
}

result<answer> list_requests(desk &at) {
    return requests_from(at, {}, 0);
}

result<answer> requests_from(desk &at, const std::string &, std::size_t from) {
    if (!at.who.person)
        return not_found("list", at.line(command_name::mentoring));
    auto rows = request_rows(at);
    if (rows.empty())
        return tell(text("There are no requests of yours or to you. `{}` names close fits.",
                         at.line(command_name::mentoring, "suggest")));
    surface::message said{.summary = text("Your requests, open ones first: {}.", rows.size())};
    said.blocks = surface::joined(
        {{surface::section{.text = said.summary}}, list_page(std::move(rows), from, "requests")});
    return tell(std::move(said));
}

result<answer> requests_in_program(desk &at) {
    return program_requests_from(at, at.words.text("program"), 0);
}

result<answer> program_requests_from(desk &at, const std::string &program, std::size_t from) {
    const auto slug = coordinated_program(at, program, at.line(command_name::program, "requests"));
    if (!slug)
        return slug.error();
    const auto term = running_term(at, *slug);
    if (!term)
        return term.error();
    auto all = at.on_file.open<storage::mentor_requests>().of_term(term->id);
    // a coordinator who takes part is not shown what concerns them (settled 4)
    if (at.who.person)
        std::erase_if(all, [&](const mentor_request &one) {
            return one.mentor == at.who.id() || one.protege == at.who.id();
        });
    std::stable_partition(all.begin(), all.end(),
                          [](const mentor_request &one) { return storage::is_open(one.state); });
    const auto open = std::count_if(all.begin(), all.end(),
                                    [](const mentor_request &one) { return storage::is_open(one.state); });
    const auto yes = std::count_if(all.begin(), all.end(), [](const mentor_request &one) {
        return one.state == request_state::accepted;
    });
    surface::message said{.summary = text("Requests in {}: {} open, {} accepted, {} in all. Notes are theirs "
                                          "alone.",
                                          at.rules().of(*slug).name, open, yes, all.size())};
    std::vector<surface::section> rows;
    for (const auto &one : all)
        rows.push_back(
            {.text = text("{} to {}, since {}: {}.", name_of(at, one.asker()), name_of(at, one.asked()),
                          short_date(at.who.where.day_of(one.asked_at)), text_of(one.state))});
    said.blocks = surface::joined(
        {{surface::section{.text = said.summary}}, list_page(std::move(rows), from, "asked", slug->str())});
    return tell(std::move(said));
}

} // namespace rapport
