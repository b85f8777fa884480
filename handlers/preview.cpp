// Asking, keeping and paging; see preview.hpp.
#include "handlers/preview.hpp"

#include "handlers/pages.hpp"
#include "handlers/which_program.hpp"
#include "mentoring/calendar.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace rapport {
namespace {

using storage::preview_line;
using storage::previewed_pair;
using surface::text;

constexpr int months_without_term = 9;

// Which page: whose days, and in which month.
struct view {
    program_slug program;
    previewed_pair pair = previewed_pair::keen;
    side to = side::mentor;
    std::optional<calendar_month> month = {}; // none: the first there is

    std::string about(const calendar_month &which) const {
        return fmt::format("{}:{}:{}:{}", program.str(), storage::text_of(pair), rapport::text_of(to),
                           rapport::text_of(which));
    }
};

std::optional<view> read_view(std::string_view about) {
    std::vector<std::string> parts(1);
    for (const char c : about)
        if (c == ':')
            parts.emplace_back();
        else
            parts.back() += c;
    view out;
    if (parts.size() != 4 || !storage::parse_text(parts[1], out.pair) ||
        !rapport::parse_text(parts[2], out.to))
        return std::nullopt;
    out.program = program_slug{parts[0]};
    out.month = parse_month(parts[3]);
    return out.month ? std::optional(out) : std::nullopt;
}

// The words of a message that was rendered: what rendering escaped stands as it was typed.
std::string unescaped(std::string text) {
    for (const auto &[from, to] : {std::pair{"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}})
        for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; ++at)
            text.replace(at, std::string_view(from).size(), to);
    return text;
}

std::string who_in_words(const program &rules, previewed_pair pair, side to) {
    return fmt::format("a {} {}", storage::text_of(pair), rules.word(to).one);
}

std::vector<preview_line> lines_of(const std::vector<preview_line> &all, const view &what) {
    std::vector<preview_line> out;
    for (const auto &each : all)
        if (each.pair == what.pair && each.to == what.to)
            out.push_back(each);
    return out;
}

surface::button turn(std::string label, const view &what, const calendar_month &month) {
    return {.says = surface::plain(std::move(label)),
            .action = std::string(preview_page),
            .value = what.about(month) + " 0"};
}

surface::message page_of(desk &at, const view &what, std::size_t from, const std::vector<preview_line> &all) {
    const auto &rules = at.rules().of(what.program);
    const auto mine = lines_of(all, what);
    std::set<calendar_month> months;
    for (const auto &each : all)
        months.insert(month_of(rules.where, each.said_at));
    const auto month = what.month && months.contains(*what.month) ? *what.month : *months.begin();
    std::vector<surface::section> rows;
    for (const auto &each : mine)
        if (month_of(rules.where, each.said_at) == month)
            rows.push_back({.text = surface::lines({text("*{}*", in_full(each.said_at, rules.where)),
                                                    text("{}", unescaped(each.says))})});
    surface::message out;
    out.summary = text("{}: what {} reads from me in {} {}: {} of {} messages over the term.", rules.name,
                       who_in_words(rules, what.pair, what.to), full_name(month.month()),
                       static_cast<int>(month.year()), rows.size(), mine.size());
    out.blocks.emplace_back(surface::section{.text = out.summary});
    for (auto &block : paged(std::move(rows), from, preview_page, what.about(month)))
        out.blocks.push_back(std::move(block));
    surface::actions months_row, others_row;
    const auto here = months.find(month);
    if (here != months.begin())
        months_row.elements.emplace_back(
            turn(fmt::format("{}", full_name(std::prev(here)->month())), what, *std::prev(here)));
    if (std::next(here) != months.end())
        months_row.elements.emplace_back(
            turn(fmt::format("{}", full_name(std::next(here)->month())), what, *std::next(here)));
    for (const auto pair : {previewed_pair::keen, previewed_pair::silent})
        for (const auto to : {side::mentor, side::protege})
            if (pair != what.pair || to != what.to)
                others_row.elements.emplace_back(turn(fmt::format("As {}", who_in_words(rules, pair, to)),
                                                      {what.program, pair, to, {}}, month));
    if (!months_row.elements.empty())
        out.blocks.emplace_back(std::move(months_row));
    out.blocks.emplace_back(std::move(others_row));
    out.blocks.emplace_back(surface::context{{text(
        "Played with made-up people by the rules in force. A keen pair does all it promised; a silent one "
        "never answers.")}});
    return out;
}

// Every pair is introduced, so a term without a single message is none that was played.
surface::mrkdwn not_worked_out(const program &rules) {
    return text("I could not work out the preview of {}. Whoever runs Rapport finds why in its log.",
                rules.name);
}

answer shown(desk &at, const view &what, std::size_t from) {
    const auto version = at.rules().version_of(what.program);
    auto previews = at.on_file.open<storage::previews>();
    const auto &rules = at.rules().of(what.program);
    const auto there = previews.find(what.program, version);
    if (!there) {
        previews.want({what.program, version, at.who.id(), at.now(), std::nullopt});
        return done(
            text("I am playing the term of {} with two made-up pairs: one does all it promised, one never "
                 "answers. That takes a few seconds. I will write to you when it is there.",
                 rules.name));
    }
    if (!there->made_at)
        return tell(text("The term of {} is being played. I will write to whoever asked first; the same line "
                         "shows it to you in a minute.",
                         rules.name));
    const auto all = previews.lines(what.program, version);
    if (all.empty())
        return tell(not_worked_out(rules));
    return tell(page_of(at, what, from, all));
}

} // namespace

result<answer> preview_term(desk &at) {
    const auto slug =
        coordinated_program(at, at.words.text("program"), at.line(command_name::program, "preview"));
    if (!slug)
        return slug.error();
    return shown(at, {*slug}, 0);
}

result<answer> page_preview(desk &at) {
    const auto page = read_page(at.pressed().value);
    const auto what = page ? read_view(page->about) : std::nullopt;
    const auto example = at.line(command_name::program, "preview");
    const auto slug = coordinated_program(at, what ? what->program.str() : "", example);
    if (!slug)
        return slug.error();
    if (!what)
        return tell(text("`{}` shows it from the beginning.", example));
    return in_place(shown(at, *what, page->from));
}

std::optional<preview_task> next_preview_task(storage::session &db, id_source &ids, const house &here,
                                              instant now) {
    const auto wanted = storage::next_preview(db);
    if (!wanted)
        return std::nullopt;
    storage::records on_file(db, wanted->team, ids);
    const auto *rules = here.rules.find(wanted->program);
    const auto policy = on_file.programs.policy_in_force(wanted->program);
    if (rules == nullptr || !policy || policy->version != wanted->version) {
        on_file.open<storage::previews>().keep(wanted->program, wanted->version, {}, now);
        return std::nullopt;
    }
    preview_task out{*wanted, policy->text, *rules, {}, {}};
    const auto month = month_of(rules->where, now);
    const day_range otherwise{first_day(month), last_day(plus_months(month, months_without_term - 1))};
    const auto term = rules->term.value_or(otherwise);
    out.from = term.from;
    out.until = term.until;
    return out;
}

bool keep_preview(storage::session &db, id_source &ids, const storage::wanted_preview &of,
                  const std::vector<preview_line> &lines, instant now) {
    storage::records on_file(db, of.team, ids);
    auto previews = on_file.open<storage::previews>();
    const auto asked = previews.find(of.program, of.version);
    if (!asked || !previews.keep(of.program, of.version, lines, now))
        return false;
    on_file.outbox.add({.team = on_file.team,
                        .id = on_file.ids.make<storage::outbox_id>(now),
                        .key = fmt::format("{}:{}:{}", preview_ready_kind, of.program.str(), of.version),
                        .verb = storage::outbox_verb::post,
                        .kind = std::string(preview_ready_kind),
                        .policy = storage::send_policy::at_least_once,
                        .person = asked->wanted_by,
                        .channel = std::nullopt,
                        .pair = std::nullopt,
                        .subject = "preview:" + of.program.str(),
                        .params = of.program.str(),
                        .not_before_at = now,
                        .created_at = now});
    return true;
}

std::optional<surface::message> preview_ready(storage::records &on_file, const house &here,
                                              const storage::outbox_row &row) {
    const program_slug slug{row.params};
    const auto *rules = here.rules.find(slug);
    if (rules == nullptr)
        return std::nullopt;
    const auto all = on_file.open<storage::previews>().lines(slug, here.rules.version_of(slug));
    if (all.empty())
        return surface::said(not_worked_out(*rules));
    auto out =
        surface::said(text("The preview of {} is there: all that a keen and a silent pair will read from "
                           "me. `{}` shows it as well.",
                           rules->name, here.names.line(command_name::program, "preview " + slug.str())));
    const view first{slug};
    out.blocks.emplace_back(
        surface::actions{{turn("Look at it", first, month_of(rules->where, all.front().said_at))}});
    return out;
}

} // namespace rapport
