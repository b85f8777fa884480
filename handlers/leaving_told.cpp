// See leaving_told.hpp. Everything is read from the rows when it leaves.
#include "handlers/leaving_told.hpp"

#include "handlers/desk.hpp"
#include "handlers/leaving_facts.hpp"
#include "handlers/naming.hpp"
#include "handlers/nudge_wording.hpp"
#include "handlers/owed.hpp"
#include "handlers/sentences.hpp"
#include "handlers/surface/packed.hpp"
#include "handlers/surface/with_buttons.hpp"

#include <fmt/format.h>

namespace rapport {
namespace {

using surface::text;

// What a word is about, for its reader.
struct telling {
    storage::records &on_file;
    const house &here;
    const program &rules;
    storage::pair pair;
    storage::person to, other;
    std::string about; // the id of a notice or pause
    instant now{};

    std::string hello() const {
        return called(to.name, "there");
    }
    std::string them() const {
        return first_name(other);
    }
    zone where() const {
        return zone_of(to, rules);
    }
};

using word = std::optional<surface::message>;

std::string pair_line(const house &here) {
    return here.names.line(command_name::mentoring, "contact");
}

word notice_words(const telling &at) {
    const auto notice = at.on_file.open<storage::notices>().by_id(at.about);
    if (!notice || notice->state != storage::notice_state::running)
        return std::nullopt;
    auto words =
        text("Hi {}. {} has to end your pairing in {}: the last day is {}. That is about their time, not "
             "about you.",
             at.hello(), at.them(), at.rules.name, full_date(notice->last_day));
    const auto bridges = hand_over_words(at.on_file, at.here, at.pair, *notice, at.now);
    if (!bridges.empty())
        words =
            surface::lines({words, text("Somebody is there for you on every day: {}. A coordinator looks for "
                                        "a new {} with you.",
                                        bridges, at.rules.mentor_word.one)});
    else
        words = surface::lines({words, text("Until then all goes on as it is. Thank you for being there.")});
    return surface::said(surface::lines({words, text("{} has whom to ask.", pair_line(at.here))}));
}

word notice_back_words(const telling &at) {
    return surface::said(
        text("Hi {}. {} stays: your pairing in {} goes on after all.", at.hello(), at.them(), at.rules.name));
}

word left_words(const telling &at) {
    const auto notice = at.on_file.open<storage::notices>().by_id(at.about);
    if (!notice || notice->state != storage::notice_state::done || at.pair.state != pair_state::ended)
        return std::nullopt;
    auto words =
        text("Hi {}. {} had to end your pairing in {} today. That is about their time, not about you.",
             at.hello(), at.them(), at.rules.name);
    const auto bridges = hand_over_words(at.on_file, at.here, at.pair, *notice, at.now);
    if (!bridges.empty())
        words = surface::lines(
            {words, text("Somebody is there for you on every day: {}. A coordinator knows, and "
                         "looks for a new {} with you.",
                         bridges, at.rules.mentor_word.one)});
    else
        words = surface::lines({words, text("A coordinator knows. Thank you for being there.")});
    return surface::said(surface::lines({words, text("{} has whom to ask.", pair_line(at.here))}));
}

word pause_words(const telling &at) {
    const auto rest = at.on_file.open<storage::pauses>().by_id(at.about);
    if (!rest || rest->ended_at || !rest->until_at)
        return std::nullopt;
    return surface::said(
        text("Hi {}. {} takes a pause from your pairing in {} until {}. Nothing is asked of either "
             "of you until then, and I let you know when you two go on.",
             at.hello(), at.them(), at.rules.name,
             full_date(at.rules.where.day_of(*rest->until_at - milliseconds{1}))));
}

word goes_on_words(const telling &at) {
    if (at.pair.state != pair_state::open)
        return std::nullopt;
    return surface::said(
        text("Hi {}. Your pairing with {} in {} goes on. There is no hurry: what waited begins anew, "
             "and a short hello is enough.",
             at.hello(), at.them(), at.rules.name));
}

word pause_over_words(const telling &at) {
    if (at.pair.state != pair_state::open)
        return std::nullopt;
    return surface::said(text(
        "Hi {}. The pause with {} in {} is over. There is no hurry: what waited begins anew, "
        "and a short hello is enough. `{}` if you need longer.",
        at.hello(), at.them(), at.rules.name, at.here.names.line(command_name::mentoring, "leave pause")));
}

// To the protégé, whenever a coordinator names somebody.
word bridge_words(const telling &at) {
    const auto notice = at.on_file.open<storage::notices>().by_id(at.about);
    if (!notice || notice->state == storage::notice_state::withdrawn)
        return std::nullopt;
    const auto bridges = hand_over_words(at.on_file, at.here, at.pair, *notice, at.now);
    if (bridges.empty())
        return std::nullopt;
    return surface::said(
        text("Hi {}. Somebody is there for you in {} on every day: {}.", at.hello(), at.rules.name, bridges));
}

struct word_row {
    std::string_view act;
    word (*says)(const telling &);
};
constexpr word_row words[] = {
    {leaving_word::notice, notice_words},   {leaving_word::notice_back, notice_back_words},
    {leaving_word::left, left_words},       {leaving_word::pause, pause_words},
    {leaving_word::goes_on, goes_on_words}, {leaving_word::pause_over, pause_over_words},
    {leaving_word::bridge, bridge_words}};

// To whom a coordinator named for some days: the params carry the row's id behind the notice's.
word bridging_words(storage::records &on_file, const house &here, const storage::outbox_row &row,
                    const std::string &notice_id, const std::string &bridge_id) {
    const auto notice = on_file.open<storage::notices>().by_id(notice_id);
    const auto pair = notice ? on_file.pairs.by_id(notice->pair) : std::nullopt;
    const auto *rules = pair ? here.rules.find(pair->program) : nullptr;
    const auto to = row.person ? on_file.people.by_id(*row.person) : std::nullopt;
    if (!rules || !to || notice->state == storage::notice_state::withdrawn)
        return std::nullopt;
    const auto protege = on_file.people.by_id(pair->protege), mentor = on_file.people.by_id(pair->mentor);
    for (const auto &each : on_file.open<storage::bridge_people>().of(notice->id))
        if (each.id == bridge_id)
            return surface::said(text("Hi {}. From {} to {} you are the one {} may turn to in {}, while {} "
                                      "hands over. A word to say "
                                      "hello is all it takes; a coordinator looks for a new {}.",
                                      called(to->name, "there"), short_date(each.from), full_date(each.until),
                                      protege ? first_name(*protege) : rules->protege_word.one, rules->name,
                                      mentor ? first_name(*mentor) : "the " + rules->mentor_word.one,
                                      rules->mentor_word.one));
    return std::nullopt;
}

// --- the queue

struct line_facts_of {
    std::string who, other; // first names
    std::optional<storage::pair> pair;
    bool of_mentor = false;
};

line_facts_of facts_of(storage::records &on_file, const storage::attention_line &line) {
    line_facts_of out{"Somebody", "their partner", on_file.pairs.by_id(line.pair), false};
    const auto name = [&](const person_id &id, const std::string &otherwise) {
        const auto who = on_file.people.by_id(id);
        return who ? first_name(*who) : otherwise;
    };
    out.who = name(line.person, out.who);
    if (out.pair) {
        out.other = name(out.pair->partner_of(line.person), out.other);
        out.of_mentor = out.pair->side_of(line.person) == side::mentor;
    }
    return out;
}

// The one act there is: a new mentor, by the way the program has.
std::string new_mentor(const house &here, const program &rules, const std::string &protege) {
    return rules.requests
               ? fmt::format("A new {} for {}: `{}`, or {} asks one by `{}`.", rules.mentor_word.one, protege,
                             here.names.line(command_name::program, "match " + rules.slug.str()), protege,
                             here.names.line(command_name::mentoring, "suggest"))
               : fmt::format("A new {} for {}: `{}`.", rules.mentor_word.one, protege,
                             here.names.line(command_name::program, "match " + rules.slug.str()));
}

surface::mrkdwn notice_sentence(storage::records &on_file, const house &here, const program &rules,
                                const storage::attention_line &line, const line_facts_of &of) {
    const auto notice = on_file.open<storage::notices>().by_id(line.occasion);
    if (!notice || !of.pair)
        return text("{} gave notice.", of.who);
    const bool at_once = line.kind == leaving_line::left;
    const auto what = at_once
                          ? fmt::format("{} left on {}", of.who, short_date(notice->last_day))
                          : fmt::format("{} leaves; the last day is {}", of.who, full_date(notice->last_day));
    if (!of.of_mentor)
        return text("{}. Ask {} whether another {} would be welcome.", what, of.other,
                    rules.protege_word.one);
    const auto bridges = hand_over_words(on_file, here, *of.pair, *notice, line.raised_at);
    return text("{}. There for {}: {}. {}", what, of.other, bridges,
                surface::mrkdwn{surface::escaped(new_mentor(here, rules, of.other))});
}

} // namespace

std::optional<surface::message> leaving_told(storage::records &on_file, const house &here,
                                             const storage::outbox_row &row) {
    const auto parts = surface::split_words(row.params);
    if (parts.size() == 3 && parts[0] == leaving_word::bridging)
        return bridging_words(on_file, here, row, parts[1], parts[2]);
    const auto pair = row.pair ? on_file.pairs.by_id(*row.pair) : std::nullopt;
    const auto *rules = pair ? here.rules.find(pair->program) : nullptr;
    const auto to = row.person ? on_file.people.by_id(*row.person) : std::nullopt;
    const auto other = pair && to ? on_file.people.by_id(pair->partner_of(to->id)) : std::nullopt;
    if (!rules || !to || !other || parts.size() != 2)
        return std::nullopt;
    for (const auto &each : words)
        if (each.act == parts[0])
            return each.says({on_file, here, *rules, *pair, *to, *other, parts[1], row.not_before_at});
    return std::nullopt;
}

std::optional<surface::mrkdwn> leaving_sentence(storage::records &on_file, const house &here,
                                                const storage::attention_line &line, const zone &where) {
    const auto *rules = here.rules.find(line.program);
    if (!rules)
        return std::nullopt;
    const auto of = facts_of(on_file, line);
    const auto since = short_date(where.day_of(line.since_at));
    if (line.kind == leaving_line::notice || line.kind == leaving_line::left)
        return notice_sentence(on_file, here, *rules, line, of);
    if (line.kind == leaving_line::mentor_left)
        return text("{} is without a {} since {}. {}", of.who, rules->mentor_word.one, since,
                    surface::mrkdwn{surface::escaped(new_mentor(here, *rules, of.who))});
    if (line.kind == leaving_line::pause) {
        const auto rest = on_file.open<storage::pauses>().by_id(line.occasion);
        const auto until = rest && rest->until_at
                               ? full_date(rules->where.day_of(*rest->until_at - milliseconds{1}))
                               : std::string("a day of their own");
        return text(
            "{} asked for a pause until {}. They go on by themselves; nothing is asked of them until then.",
            of.who, until);
    }
    if (line.kind == leaving_line::deactivated)
        return text(
            "The account of {} is deactivated, and the pair rests since {}. Ask in another way whether they "
            "go on.",
            of.who, since);
    if (line.kind == leaving_line::came_back)
        return text("The account of {} works again since {}. The pair rests until you let it go on.", of.who,
                    since);
    if (line.kind == leaving_line::cannot_go_on)
        return text("The two would like to go on in this term, and something is missing for {}. `{}` shows "
                    "what; `{}` "
                    "pairs them.",
                    of.who, here.names.line(command_name::program, "people"),
                    here.names.line(command_name::program, "pair @priya @ana"));
    return std::nullopt;
}

std::vector<surface::element> leaving_buttons(const storage::attention_line &line) {
    std::vector<surface::element> out;
    if (line.kind == leaving_line::notice || line.kind == leaving_line::left)
        out.emplace_back(surface::button{.says = "Name a bridge person",
                                         .action = std::string(leaving_button::bridge),
                                         .value = line.occasion});
    if (line.kind == leaving_line::came_back)
        out.emplace_back(surface::button{.says = "Let them go on",
                                         .action = std::string(leaving_button::resume),
                                         .value = line.pair.str(),
                                         .look = surface::tone::primary});
    return out;
}

} // namespace rapport
