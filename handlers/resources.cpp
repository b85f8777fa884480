// See resources.hpp.
#include "handlers/resources.hpp"

#include "handlers/lists.hpp"
#include "handlers/naming.hpp"
#include "handlers/own_pair.hpp"
#include "handlers/surface/characters.hpp"
#include "handlers/taking_back.hpp"
#include "handlers/telling_pair.hpp"
#include "storage/helping.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport {
namespace {

using surface::text;

surface::mrkdwn linked(const resource &one) {
    return one.link.empty() ? text("{}", one.title) : text("{}", surface::web_link{one.link, one.title});
}

const resource *find_resource(const program &rules, std::string_view id) {
    const auto found = std::find_if(rules.resources.begin(), rules.resources.end(),
                                    [&](const resource &each) { return each.id == id; });
    return found == rules.resources.end() ? nullptr : &*found;
}

// By its id or title, as people write them: "to career-office", "Career Office".
const resource *resource_meant(const program &rules, std::string_view words) {
    if (words.size() > 3 && shape::alike(words.substr(0, 3), "to "))
        words.remove_prefix(3);
    for (const auto &each : rules.resources)
        if (shape::alike(each.id, words) || shape::alike(each.title, words))
            return &each;
    return nullptr;
}

std::string ids_of(const program &rules) {
    std::string out;
    for (const auto &each : rules.resources)
        out += (out.empty() ? "" : ", ") + each.id;
    return out;
}

} // namespace

result<answer> list_resources(desk &at) {
    return resources_from(at, {}, 0);
}

result<answer> resources_from(desk &at, const std::string &, std::size_t from) {
    std::vector<surface::section> rows;
    for (const auto &slug : at.who.programs())
        if (const auto *rules = at.rules().find(slug))
            for (const auto &each : rules->resources)
                rows.push_back({.text = text("{} (`{}`, {})", linked(each), each.id, rules->name)});
    if (rows.empty())
        return tell(text("Your program lists nothing to point to. `{}` says whom to ask.",
                         at.line(command_name::mentoring, "contact")));
    surface::message said{.summary = text("What your programs can point you to: {}.", rows.size())};
    said.blocks = surface::joined(
        {{surface::section{.text = said.summary}}, list_page(std::move(rows), from, "resources")});
    return tell(std::move(said));
}

result<answer> refer(desk &at) {
    const auto &pair = at.pair();
    const auto &rules = at.rules().of(pair.program);
    const auto other = partner_in(at, pair);
    const auto example = rules.resources.empty() ? std::string("career-office") : rules.resources.front().id;
    if (pair.side_of(at.who.id()) != side::mentor || other.slack != at.words.person("person"))
        return refusal{
            "",
            fmt::format("Only a mentor refers, and only the {} of their own pair.", rules.protege_word.one),
            at.line(command_name::mentoring, "resources")};
    const auto *what = resource_meant(rules, at.words.text("resource"));
    if (!what)
        return refusal{"",
                       rules.resources.empty()
                           ? fmt::format("{} lists no resources yet.", rules.name)
                           : fmt::format("I know of these: {}.", surface::shortened(ids_of(rules), 200)),
                       at.line(command_name::mentoring,
                               rules.resources.empty()
                                   ? "resources"
                                   : fmt::format("refer @{} to {}", first_name(other), example))};
    storage::referral one;
    one.id = at.on_file.ids.next(at.now());
    one.pair = pair.id;
    one.by_person = at.who.id();
    one.resource = what->id;
    one.referred_at = at.now();
    at.on_file.open<storage::referrals>().add(one);
    auto key = tell_pair(at, pair, referral_notice_kind, "referral:" + one.id, "referral:" + one.id,
                         {{"referral", one.id}});
    return done(with_buttons(
        text("{} gets this from you: {}. I keep which it was, not why.", first_name(other), linked(*what)),
        {undo_button(at, referral_act, one.id, std::move(key))}));
}

result<surface::mrkdwn> undo_referral(desk &at, const storage::undo_offer &offer) {
    if (!at.on_file.open<storage::referrals>().undo(offer.subject, at.now()))
        return refusal{"", "That was taken back already.", at.line(command_name::mentoring, "resources")};
    return text("Taken back: nothing was pointed to.");
}

std::optional<surface::message> referral_notice(storage::records &on_file, const house &here,
                                                const storage::outbox_row &row) {
    const auto told = told_in(on_file, row);
    const auto one = on_file.open<storage::referrals>().find(told["referral"]);
    if (!told.holds() || !one || one->undone_at)
        return std::nullopt;
    const auto *rules = here.rules.find(told.pair->program);
    const auto *what = rules ? find_resource(*rules, one->resource) : nullptr;
    if (!what)
        return std::nullopt;
    return surface::said(text("{} thought of this for you: {}.", first_name(*told.by), linked(*what)));
}

} // namespace rapport
