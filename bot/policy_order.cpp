// One line there, one answer back; see policy_order.hpp.
#include "bot/policy_order.hpp"

#include "handlers/policy_change.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace rapport::bot {
namespace {

using json = nlohmann::json;
constexpr std::string_view ok = "ok\n", no = "no\n";

std::string problems_of(const std::string &source, const std::vector<policy_problem> &all) {
    std::string text;
    for (const auto &each : all) {
        text += source;
        if (each.line > 0)
            text += fmt::format(":{}:{}", each.line, each.column);
        text += ": " + each.wrong;
        if (!each.read.empty())
            text += " Read: " + each.read + ".";
        text += " " + each.mend + "\n";
    }
    return text + "Nothing was saved.\n";
}

// The first instant of the day an order names; none for now. Refused: no day, or one that is past.
result<std::optional<instant>> start_of(const policy_order &order, const program &rules, instant now) {
    if (order.from.empty())
        return std::optional<instant>();
    const auto on = parse_day(order.from);
    if (!on || *on > last_known_day)
        return refusal{order.from, "That is no day that exists.", "Write it like 2026-12-01."};
    if (*on < rules.where.day_of(now))
        return refusal{order.from, "That day is past.", "Name one to come, or none for now."};
    return *on == rules.where.day_of(now) ? std::optional<instant>()
                                          : std::optional<instant>(rules.where.start_of(*on));
}

} // namespace

std::string line_of(const policy_order &order) {
    const json all{
        {"applies", order.applies}, {"text", order.text}, {"from", order.from}, {"source", order.source}};
    return std::string(policy_words) + all.dump(-1, ' ', true, json::error_handler_t::replace);
}

std::optional<policy_order> policy_order_of(std::string_view line) {
    if (!line.starts_with(policy_words))
        return std::nullopt;
    const auto all = json::parse(line.substr(policy_words.size()), nullptr, false);
    if (!all.is_object())
        return std::nullopt;
    try {
        return policy_order{all.value("applies", false), all.value("text", ""), all.value("from", ""),
                            all.value("source", "policy")};
    } catch (const json::exception &) {
        return std::nullopt; // a member of another kind: no order of ours
    }
}

policy_outcome carry_out(storage::session &db, const team_id &team, const house &here,
                         const policy_order &order, instant now) {
    static thread_local id_source ids;
    storage::records on_file(db, team, ids);
    const auto checked = check_text(on_file, here, {}, order.text);
    if (!checked.rules)
        return {false, problems_of(order.source, checked.problems)};
    const auto &rules = *checked.rules;
    const auto from = start_of(order, rules, now);
    if (!from)
        return {false, fmt::format("{} Read: {}. {} Nothing was saved.\n", from.error().wrong,
                                   from.error().read, from.error().mend)};
    const auto *before = here.rules.find(rules.slug);
    std::string told;
    if (before != nullptr) {
        const auto lines = change_lines(here, *before, rules);
        if (lines.empty())
            return {true, fmt::format("{}: nothing differs from what is in force.\n", rules.slug.str())};
        for (const auto &line : lines)
            told += line + "\n";
        told += in_words(try_policy(on_file, here, rules, now)) + "\n";
    } else {
        told = fmt::format("{}: a new program, {}.\n", rules.slug.str(), rules.name);
    }
    if (!order.applies)
        return {true, told + "Nothing was changed.\n"};
    if (*from) {
        if (before == nullptr)
            return {false, "A program that does not run yet has nothing to change from a date. Apply it "
                           "without one. Nothing was saved.\n"};
        storage::policy_draft draft;
        draft.id = on_file.ids.next(now);
        draft.program = rules.slug;
        draft.text = order.text;
        draft.made_at = now;
        on_file.open<storage::drafts>().add(draft);
        put_in_force_later(on_file, draft, **from, std::nullopt, "operator", now);
        return {true, told + fmt::format("Comes into force on {}.\n", order.from)};
    }
    const auto version = put_in_force(on_file, here, rules, order.text, std::nullopt, "operator", now);
    return {true, told + fmt::format("In force: {} version {}.\n", rules.slug.str(), version)};
}

std::string answer_of(const policy_outcome &what) {
    return std::string(what.done ? ok : no) + what.told;
}

policy_outcome policy_outcome_of(std::string_view answer) {
    if (answer.starts_with(ok))
        return {true, std::string(answer.substr(ok.size()))};
    if (answer.starts_with(no))
        return {false, std::string(answer.substr(no.size()))};
    return {false, "The service did not understand; is it of the same version? Nothing was saved.\n"};
}

} // namespace rapport::bot
