// The bench; see office.hpp.
#include "tests/support/office.hpp"

#include "config/policy_text.hpp"
#include "storage/outbox.hpp"
#include "storage/policy_versions.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace rapport::tests {
namespace {

using nlohmann::json;
using storage::run_as;

const team_id workspace{"T0TEST"};

std::string upper(std::string text) {
    for (auto &c : text)
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return text;
}

// As the platform hands over what was typed: escaped, and "@ana" of the office's people as a mention.
std::string as_delivered(const std::string &typed) {
    std::string out;
    for (std::size_t i = 0; i < typed.size(); ++i) {
        const char c = typed[i];
        const bool name_begins = c == '@' && (i == 0 || typed[i - 1] == ' ');
        auto end = i + 1;
        while (name_begins && end < typed.size() && typed[end] >= 'a' && typed[end] <= 'z')
            ++end;
        if (name_begins && end > i + 1) {
            const auto name = typed.substr(i + 1, end - i - 1);
            out += fmt::format("<@{}|{}>", office::slack_of(name).str(), name);
            i = end - 1;
        } else {
            out += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : std::string(1, c);
        }
    }
    return out;
}

// --- reading what was rendered

void read_element(const json &e, heard &out) {
    const auto type = e.value("type", "");
    if (type == "button")
        out.buttons.push_back({e["text"]["text"], e["action_id"], e.value("value", "")});
    else if (type == "overflow" || type == "static_select" || type == "radio_buttons" || type == "checkboxes")
        for (const auto &o : e["options"])
            out.buttons.push_back({o["text"]["text"], e["action_id"], o["value"]});
    else if (e.contains("action_id"))
        out.buttons.push_back({e.value("/placeholder/text"_json_pointer, type), e["action_id"], ""});
}

void read_blocks(const json &blocks, heard &out) {
    for (const auto &b : blocks) {
        const auto type = b["type"].get<std::string>();
        if (b.contains("text"))
            out.blocks.push_back(b["text"]["text"]);
        if (b.contains("fields"))
            for (const auto &f : b["fields"])
                out.blocks.push_back(f["text"]);
        if (b.contains("accessory"))
            read_element(b["accessory"], out);
        if (type == "context")
            for (const auto &e : b["elements"])
                out.blocks.push_back(e["text"]);
        if (type == "actions")
            for (const auto &e : b["elements"])
                read_element(e, out);
        if (type == "input") {
            out.blocks.push_back(b["label"]["text"]);
            if (b.contains("hint"))
                out.blocks.push_back(b["hint"]["text"]);
            out.fields.push_back(b["block_id"]);
        }
    }
}

void read_view(const json &v, heard &out) {
    out.form = v.value("callback_id", "");
    out.metadata = v.value("private_metadata", "");
    if (v.contains("title"))
        out.title = v["title"]["text"];
    read_blocks(v["blocks"], out);
}

void read_message(const json &m, heard &out) {
    out.text = m.value("text", "");
    out.replaced = m.value("replace_original", false);
    if (m.contains("blocks"))
        read_blocks(m["blocks"], out);
}

void read_ack(const json &ack, heard &out) {
    if (!ack.contains("response_action"))
        return read_message(ack, out);
    if (ack.contains("errors"))
        out.errors = ack["errors"].get<std::map<std::string, std::string>>();
    if (ack.contains("view"))
        read_view(ack["view"], out);
    out.closed = ack["response_action"] == "clear";
}

heard read(rendered_answer raw, bool form_was_sent) {
    heard out;
    if (!raw.ack.empty())
        read_ack(json::parse(raw.ack), out);
    else
        out.closed = form_was_sent;
    for (const auto *body : {&raw.respond, &raw.direct})
        if (!body->empty())
            read_message(json::parse(*body), out);
    if (!raw.open_view.empty())
        read_view(json::parse(raw.open_view), out);
    if (!raw.publish_home.empty()) {
        read_view(json::parse(raw.publish_home), out);
        out.home = true;
    }
    out.raw = std::move(raw);
    return out;
}

struct outgoing_row {
    std::string kind, key, verb, state;
    std::optional<std::string> person;
    std::string subject, params;
    instant not_before_at;
};
constexpr storage::statement<outgoing_row, team_id> outgoing_rows{
    "office.outgoing", "SELECT kind, key, verb, state, person, subject, params, not_before_at FROM outbox "
                       "WHERE team = $1 ORDER BY not_before_at, id"};

storage::person somebody(const std::string &name, id_source &ids, instant now) {
    storage::person who;
    who.id = ids.make<person_id>(now);
    who.slack = office::slack_of(name);
    who.name = name;
    who.name[0] = static_cast<char>(who.name[0] - 'a' + 'A');
    who.platform_zone = "Europe/London";
    who.created_at = now;
    return who;
}

} // namespace

bool heard::says(std::string_view words) const {
    return text.find(words) != std::string::npos || std::any_of(blocks.begin(), blocks.end(), [&](auto &one) {
               return one.find(words) != std::string::npos;
           });
}

program starter_program() {
    program p;
    p.slug = program_slug{"starter"};
    p.name = "Starter";
    p.purpose = "To try things out.";
    p.contact = {"Noor", "noor@example.org", ""};
    p.where = *zone::named("Europe/London");
    p.replies.promise = reply_promise{};
    p.replies.steps = {
        {2, rung_act::listed}, {3, rung_act::nudge}, {5, rung_act::softer}, {7, rung_act::queue}};
    p.check_ins = check_in_rules{};
    return p;
}

office::office(const tables &rows, const std::string &database) : rows_(rows) {
    now = zone::named("Europe/London")->at(date::year{2026} / 11 / 2, hours{10});
    here.owners = {slack_of("olive")};
    here.rules.add(1, starter_program());
    here.scribe = &config::scribe();
    storage::store_settings settings;
    settings.database = database;
    settings.opened_at = now;
    store_ = storage::open_inline_store(std::move(settings));
    furnish();
}

void office::furnish() {
    on_file([&](storage::records &r) {
        const auto since = now - days{30};
        const program_slug slug{"starter"};
        r.programs.apply_policy(slug, "starter", since, std::nullopt);
        storage::term t;
        t.id = term = ids_.make<term_id>(since);
        t.program = slug;
        t.name = "2026";
        t.opens_at = since;
        r.programs.add_term(t);
        std::map<std::string, person_id> known;
        for (const auto *name : {"noor", "priya", "ana", "sam", "mei"}) {
            const auto who = somebody(name, ids_, since);
            r.people.save(who);
            known[name] = who.id;
        }
        r.programs.appoint(slug, known["noor"], std::nullopt, since);
        for (const auto *name : {"priya", "ana", "sam", "mei"}) {
            storage::enrolment e;
            e.id = ids_.make<enrolment_id>(since);
            e.term = term;
            e.person = known[name];
            e.role = *name == 'p' || *name == 's' ? role::mentor : role::protege;
            e.since_at = since;
            r.programs.enrol(e);
        }
        storage::pair p;
        p.id = pair = ids_.make<pair_id>(since);
        p.program = slug;
        p.term = term;
        p.mentor = known["priya"];
        p.protege = known["ana"];
        p.began_at = since;
        p.channel = channel_id{"G0PAIR"};
        r.pairs.open_conversation(*p.channel, since);
        r.pairs.add(p);
    });
}

slack_id office::slack_of(const std::string &who) {
    return slack_id{"U0" + upper(who)};
}

request office::made(const std::string &who, const std::string &where, what_happened what) {
    request out{workspace, slack_of(who)};
    out.channel = channel_id{where};
    out.at = now;
    out.key = fmt::format("request-{}", ++requests_);
    out.can_open_form = out.can_reply_later = true;
    out.what = std::move(what);
    return out;
}

heard office::delivers(const request &asked) {
    last_ = asked;
    auto out = store_->write_and_wait(
        run_as{"request"}, [&](storage::session &db) { return dispatch(db, ids_, here, asked, rows_); });
    if (!out)
        FAIL("the unit failed: " << out.error().why);
    follow_policies();
    return read(std::move(*out), std::holds_alternative<form_sent>(asked.what));
}

void office::follow_policies() {
    on_file([&](storage::records &r) {
        if (r.programs.policies_stamp() == policies_seen_)
            return;
        policies_seen_ = r.programs.policies_stamp();
        for (const auto &each : storage::policy_versions(r.db, r.team).all())
            if (auto rules = here.scribe->recall(each.text))
                here.rules.add(each.version, std::move(*rules));
    });
}

std::string office::fails(const request &asked) {
    auto out = store_->write_and_wait(
        run_as{"request"}, [&](storage::session &db) { return dispatch(db, ids_, here, asked, rows_); });
    if (out)
        FAIL("the unit did not fail");
    return out.error().why;
}

heard office::says(const std::string &who, const std::string &line, const std::string &where) {
    const auto blank = line.find(' ');
    const auto words = blank == std::string::npos ? std::string() : line.substr(blank + 1);
    return delivers(made(who, where, command_typed{line.substr(0, blank), as_delivered(words)}));
}

heard office::presses(const std::string &who, const heard &on, const std::string &label, field_value chosen) {
    const auto it =
        std::find_if(on.buttons.begin(), on.buttons.end(), [&](auto &b) { return b.label == label; });
    if (it == on.buttons.end())
        FAIL("no button says " << label);
    button_pressed press{it->action, it->value};
    press.chosen = std::move(chosen);
    auto asked = made(who, "C0LOBBY", {});
    if (on.form.empty() && !on.home) {
        press.channel = asked.channel;
        press.message_ts = "1793613600.000100";
        press.ephemeral = on.raw.direct.empty();
    } else {
        press.view = "V0TEST";
        press.metadata = on.metadata;
        asked.channel = {};
        asked.can_reply_later = false;
    }
    asked.what = std::move(press);
    return delivers(asked);
}

heard office::submits(const std::string &who, const heard &form, fields holds) {
    if (form.form.empty())
        FAIL("no form was shown");
    auto asked = made(who, "", form_sent{form.form, form.metadata, std::move(holds), "V0TEST"});
    asked.can_reply_later = false;
    return delivers(asked);
}

heard office::happens(const std::string &who, what_happened what, const std::string &where) {
    auto asked = made(who, where, std::move(what));
    const bool by_hand = std::holds_alternative<shortcut_used>(asked.what) ||
                         std::holds_alternative<message_picked>(asked.what);
    asked.can_open_form = by_hand;
    asked.can_reply_later = std::holds_alternative<message_picked>(asked.what);
    return delivers(asked);
}

void office::on_file(const std::function<void(storage::records &)> &work) {
    auto out = store_->write_and_wait(run_as{"bench"}, [&](storage::session &db) {
        storage::records r(db, workspace, ids_);
        work(r);
    });
    if (!out)
        FAIL("the unit failed: " << out.error().why);
}

void office::settle_on_disk() {
    REQUIRE(store_->settle_on_disk().has_value());
}

person_id office::id_of(const std::string &who) {
    person_id out;
    on_file([&](storage::records &r) {
        if (const auto found = r.people.by_slack(slack_of(who)))
            out = found->id;
    });
    return out;
}

std::vector<planned_item> office::outgoing() {
    std::vector<planned_item> out;
    on_file([&](storage::records &r) {
        for (auto &row : r.db.all(outgoing_rows, workspace)) {
            std::string name;
            if (row.person)
                if (const auto who = r.people.by_id(person_id{*row.person}))
                    name = who->name;
            out.push_back(
                {row.kind, row.key, row.verb, row.state, name, row.subject, row.params, row.not_before_at});
        }
    });
    return out;
}

} // namespace rapport::tests
