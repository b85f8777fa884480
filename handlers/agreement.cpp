// Proposing and confirming; see agreement.hpp.
#include "handlers/agreement.hpp"

#include "handlers/naming.hpp"
#include "handlers/nudging.hpp"
#include "handlers/own_pair.hpp"
#include "handlers/surface/packed.hpp"
#include "handlers/taking_back.hpp"
#include "handlers/telling_pair.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace rapport {
namespace {

using storage::agreement;
using storage::pace;
using storage::talking_place;
using surface::text;

constexpr std::array<int, 5> lengths = {15, 30, 45, 60, 90};

std::string_view words_of(pace one) {
    switch (one) {
    case pace::weekly:
        return "every week";
    case pace::fortnightly:
        return "every two weeks";
    case pace::monthly:
        return "once a month";
    case pace::as_needed:
        return "when one of us needs it";
    }
    return "";
}

std::string_view words_of(talking_place one) {
    switch (one) {
    case talking_place::here:
        return "here";
    case talking_place::elsewhere:
        return "mostly elsewhere";
    case talking_place::both:
        return "here and elsewhere";
    }
    return "";
}

storage::agreements agreements_of(desk &at) {
    return at.on_file.open<storage::agreements>();
}

std::string line(const desk &at) {
    return at.line(command_name::mentoring, "plan agreement");
}

std::string name_on(storage::records &on_file, const storage::pair &pair, side which) {
    const auto who = on_file.people.by_id(pair.on(which));
    return who ? first_name(*who) : std::string(text_of(which));
}

surface::radio radio_of(std::vector<surface::option> options, std::string chosen) {
    surface::radio out;
    out.options = std::move(options);
    out.chosen = std::move(chosen);
    return out;
}

surface::input pace_asked(const std::optional<agreement> &before) {
    std::vector<surface::option> all;
    for (const auto &[value, word] : storage::pace_words)
        all.push_back({.says = words_of(value), .value = std::string(word)});
    return {.field = "pace",
            .label = "How often do you want to talk?",
            .asks =
                radio_of(std::move(all), std::string(text_of(before ? before->pace : pace::fortnightly)))};
}

surface::input length_asked(const std::optional<agreement> &before) {
    surface::static_select menu;
    for (const auto each : lengths)
        menu.options.push_back(
            {.says = fmt::format("about {} minutes", each), .value = std::to_string(each)});
    if (before && before->minutes &&
        std::find(lengths.begin(), lengths.end(), static_cast<int>(*before->minutes)) != lengths.end())
        menu.chosen = std::to_string(*before->minutes);
    return {.field = "minutes", .label = "For how long?", .asks = std::move(menu), .optional = true};
}

surface::input place_asked(const program &rules, const std::optional<agreement> &before) {
    std::vector<surface::option> all = {
        {.says = "Here", .value = "here", .detail = "I see who wrote and when, never what."}};
    if (rules.contacts.may_talk_elsewhere) {
        all.push_back({.says = "Mostly elsewhere",
                       .value = "elsewhere",
                       .detail = "Silence here means nothing then; the check-in asks once a month."});
        all.push_back({.says = "Here and elsewhere", .value = "both", .detail = "You can log the rest."});
    }
    return {.field = "place",
            .label = "Where do you talk?",
            .asks = radio_of(std::move(all), std::string(text_of(before && rules.contacts.may_talk_elsewhere
                                                                     ? before->place
                                                                     : talking_place::here)))};
}

surface::input first_asked(storage::records &on_file, const storage::pair &pair,
                           const std::optional<agreement> &before) {
    std::vector<surface::option> all;
    for (const auto which : {side::mentor, side::protege})
        all.push_back({.says = name_on(on_file, pair, which), .value = std::string(text_of(which))});
    all.push_back({.says = "Whoever notices", .value = "either"});
    return {.field = "first",
            .label = "If you go quiet, who writes first?",
            .asks = radio_of(std::move(all), before && before->writes_first
                                                 ? std::string(text_of(*before->writes_first))
                                                 : std::string("either"))};
}

surface::input confidence_asked() {
    surface::checkboxes box;
    box.options.push_back({.says = "What we say to each other stays between us.", .value = "yes"});
    return {.field = "confidence", .label = "In confidence", .asks = std::move(box)};
}

result<answer> form_for(desk &at, const storage::pair &pair) {
    if (!at.asked.can_open_form)
        return refusal{"", "A form cannot be opened from here.", line(at)};
    const auto &rules = at.rules().of(pair.program);
    const auto before = agreements_of(at).newest(pair.id);
    surface::modal form{.callback = std::string(agreement_form),
                        .title = "Our agreement",
                        .submit = "Put it down",
                        .close = "Not now",
                        .metadata = pair.id.str()};
    form.blocks.emplace_back(surface::section{
        .text = surface::lines({text("Best filled in together with {}, who confirms it by a tap.",
                                     first_name(partner_in(at, pair))),
                                floor_of(rules)})});
    if (rules.contacts.pairs_set_pace) {
        form.blocks.emplace_back(pace_asked(before));
        form.blocks.emplace_back(length_asked(before));
    }
    form.blocks.emplace_back(place_asked(rules, before));
    form.blocks.emplace_back(first_asked(at.on_file, pair, before));
    form.blocks.emplace_back(confidence_asked());
    form.blocks.emplace_back(surface::context{
        {text("Read by you two. Coordinators see that there is an agreement, and since when.")}});
    return open_form(std::move(form));
}

// What the form held; errors under its fields.
struct read_form {
    agreement what;
    form_errors wrong;
};

read_form read(desk &at, const storage::pair &pair) {
    const auto &holds = at.sent().holds;
    const auto &rules = at.rules().of(pair.program);
    constexpr auto choose = "Choose one of these. Nothing was saved.";
    read_form out;
    out.what.pair = pair.id;
    out.what.proposed_by = at.who.id();
    out.what.proposed_at = at.now();
    if (rules.contacts.pairs_set_pace && !parse_text(holds.chosen("pace"), out.what.pace))
        out.wrong.under["pace"] = choose;
    if (const auto length = holds.chosen("minutes"); !length.empty()) {
        int minutes_long = 0;
        std::from_chars(length.data(), length.data() + length.size(), minutes_long);
        if (std::find(lengths.begin(), lengths.end(), minutes_long) == lengths.end())
            out.wrong.under["minutes"] = choose;
        out.what.minutes = minutes_long;
    }
    if (!parse_text(holds.chosen("place"), out.what.place) ||
        (out.what.place != talking_place::here && !rules.contacts.may_talk_elsewhere))
        out.wrong.under["place"] = choose;
    side first{};
    if (const auto who = holds.chosen("first"); parse_text(who, first))
        out.what.writes_first = first;
    else if (who != "either")
        out.wrong.under["first"] = choose;
    if (holds.all_chosen("confidence") != std::vector<std::string>{"yes"})
        out.wrong.under["confidence"] = "This is what makes it safe to talk. Nothing was saved.";
    return out;
}

bool same_terms(const agreement &a, const agreement &b) {
    return a.pace == b.pace && a.minutes == b.minutes && a.place == b.place &&
           a.writes_first == b.writes_first;
}

// Both have said yes: where they talk is what holds from now on (product 4.8).
void make_it_hold(desk &at, const storage::pair &pair, const agreement &one) {
    agreements_of(at).agree(pair.id, one.version, at.who.id(), at.now());
    at.on_file.pairs.talk_elsewhere(pair.id, one.place == talking_place::elsewhere);
    look_at(at.on_file, at.here, pair.id, at.now());
}

std::string tell(desk &at, const storage::pair &pair, std::int64_t version, std::string_view act) {
    const auto subject = fmt::format("agreement:{}", pair.id.str());
    return tell_pair(at, pair, agreement_notice_kind, subject, fmt::format("{}:{}:{}", subject, version, act),
                     {{"version", std::to_string(version)}, {"act", std::string(act)}});
}

} // namespace

surface::mrkdwn floor_of(const program &rules) {
    const auto &floor = rules.contacts.floor;
    if (!floor)
        return {};
    const auto who = floor->counts == counted_contacts::mentor_initiated
                         ? fmt::format("begun by the {}", rules.mentor_word.one)
                         : std::string("whoever begins");
    return text("{} hopes for at least {} {} a month, {}. Your own pace stands beside it.", rules.name,
                floor->per_month, floor->per_month == 1 ? "contact" : "contacts", who);
}

surface::mrkdwn terms_of(storage::records &on_file, const storage::pair &pair, const agreement &one) {
    const auto length = one.minutes ? fmt::format(", about {} min", *one.minutes) : std::string();
    const auto first = one.writes_first ? name_on(on_file, pair, *one.writes_first) + " writes first"
                                        : std::string("whoever notices writes first");
    return text("{}{}, {}; if it goes quiet, {}; what you say stays between you", words_of(one.pace), length,
                words_of(one.place), first);
}

result<answer> open_agreement(desk &at) {
    return form_for(at, at.pair());
}

result<answer> press_open_agreement(desk &at) {
    const auto pair = own_pair(at, at.pressed().value);
    if (!pair)
        return pair.error();
    return form_for(at, *pair);
}

result<answer> agreement_proposed(desk &at) {
    const auto pair = own_pair(at, at.sent().metadata);
    if (!pair)
        return pair.error();
    auto [what, wrong] = read(at, *pair);
    if (!wrong.under.empty())
        return answer{.what = outcome::refused, .form = std::move(wrong)};
    const auto partner = first_name(partner_in(at, *pair));
    const auto before = agreements_of(at).newest(pair->id);
    if (before && same_terms(*before, what)) {
        if (before->agreed_at)
            return rapport::tell(text("That is what you two agreed already, so nothing changes."));
        if (before->proposed_by == at.who.id())
            return rapport::tell(text("You put down just this already. {} can confirm it.", partner));
        make_it_hold(at, *pair, *before); // the other side had put down the same
        tell(at, *pair, before->version, "agreed");
        return done(text("Agreed: {}.", terms_of(at.on_file, *pair, *before)));
    }
    what.version = agreements_of(at).propose(what);
    look_at(at.on_file, at.here, pair->id, at.now());
    auto key = tell(at, *pair, what.version, "proposed");
    return done(
        with_buttons(text("Put down: {}. {} can confirm it.", terms_of(at.on_file, *pair, what), partner),
                     {undo_button(at, agreement_act, fmt::format("{} {}", pair->id.str(), what.version),
                                  std::move(key))}));
}

result<answer> agree_agreement(desk &at) {
    const auto parts = surface::split_words(at.pressed().value);
    if (parts.size() != 2)
        return not_found("agreement", line(at));
    const auto pair = own_pair(at, parts[0]);
    if (!pair)
        return pair.error();
    const auto newest = agreements_of(at).newest(pair->id);
    if (!newest || std::to_string(newest->version) != parts[1])
        return refusal{"", "That proposal was replaced or taken back meanwhile.", line(at)};
    const auto partner = first_name(partner_in(at, *pair));
    if (newest->proposed_by == at.who.id())
        return refusal{"", fmt::format("It is your own proposal; confirming it is for {}.", partner),
                       line(at)};
    if (newest->agreed_at)
        return rapport::tell(text("You two agreed on this already."));
    make_it_hold(at, *pair, *newest);
    auto made = done(text("Agreed: {}.", terms_of(at.on_file, *pair, *newest)));
    if (!at.pressed().message_ts.empty() && !at.pressed().ephemeral)
        return in_place(std::move(made)); // both read it there
    tell(at, *pair, newest->version, "agreed");
    return made;
}

// Subject: "pair version".
result<surface::mrkdwn> undo_agreement(desk &at, const storage::undo_offer &offer) {
    const auto parts = surface::split_words(offer.subject);
    if (parts.size() != 2)
        throw std::logic_error("agreement: an undo that was not written here");
    const pair_id pair{parts[0]};
    const auto one = agreements_of(at).find(pair, std::stoll(parts[1]));
    if (!one || one->agreed_at)
        return refusal{"", "The other side confirmed it meanwhile.", line(at)};
    agreements_of(at).undo(pair, one->version, at.now());
    look_at(at.on_file, at.here, pair, at.now());
    return text("The proposal is taken back.");
}

std::optional<surface::message> agreement_notice(storage::records &on_file, const house &,
                                                 const storage::outbox_row &row) {
    const auto what = told_in(on_file, row);
    if (!what.holds())
        return std::nullopt;
    const auto newest = on_file.open<storage::agreements>().newest(what.pair->id);
    if (!newest || newest->version != what.number("version"))
        return std::nullopt; // a newer one says how it stands
    const auto terms = terms_of(on_file, *what.pair, *newest);
    if (what["act"] == "agreed")
        return surface::said(text("You two agree: {}.", terms));
    const auto words = text("{} put down an agreement: {}.", first_name(*what.by), terms);
    if (newest->agreed_at)
        return surface::said(words);
    return with_buttons(words,
                        {surface::button{.says = "Agree",
                                         .action = std::string(agreement_agree),
                                         .value = fmt::format("{} {}", what.pair->id.str(), newest->version),
                                         .look = surface::tone::primary},
                         surface::button{.says = "Change it",
                                         .action = std::string(agreement_open),
                                         .value = what.pair->id.str()}});
}

} // namespace rapport
