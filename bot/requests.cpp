// One overload for each kind of delivery; see requests.hpp.
#include "bot/requests.hpp"

#include "bot/slack/entities.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

namespace rapport::bot {
namespace {

// "2026-12-01", as a date picker sends it.
std::optional<day> day_of(std::string_view text) {
    int year = 0;
    unsigned month = 0, of_month = 0;
    const auto number = [&](std::size_t at, std::size_t length, auto &out) {
        const auto part = text.substr(at, length);
        const auto [end, wrong] = std::from_chars(part.data(), part.data() + part.size(), out);
        return wrong == std::errc{} && end == part.data() + part.size();
    };
    if (text.size() != 10 || text[4] != '-' || text[7] != '-')
        return std::nullopt;
    if (!number(0, 4, year) || !number(5, 2, month) || !number(8, 2, of_month))
        return std::nullopt;
    const day made{date::year{year}, date::month{month}, date::day{of_month}};
    return made.ok() ? std::optional<day>(made) : std::nullopt;
}

enum class comes_as { one, several, date, person, words };

// How the value of each element of a form comes; what is not here comes as words.
struct element_row {
    std::string_view type;
    comes_as how;
};
constexpr std::array<element_row, 8> elements{{
    {"static_select", comes_as::one},
    {"external_select", comes_as::one},
    {"overflow", comes_as::one},
    {"radio_buttons", comes_as::one},
    {"checkboxes", comes_as::several},
    {"multi_static_select", comes_as::several},
    {"datepicker", comes_as::date},
    {"users_select", comes_as::person},
}};

comes_as form_of(std::string_view type) {
    const auto *row = std::find_if(elements.begin(), elements.end(),
                                   [&](const element_row &each) { return each.type == type; });
    return row == elements.end() ? comes_as::words : row->how;
}

field_value value_of(const slack::form_value &one) {
    if (one.values.empty())
        return {};
    switch (form_of(one.type)) {
    case comes_as::one:
        return choice{one.values.front()};
    case comes_as::several:
        return choices{one.values};
    case comes_as::date:
        if (const auto read = day_of(one.values.front()))
            return *read;
        return {};
    case comes_as::person:
        return slack_id{one.values.front()};
    case comes_as::words:
        break;
    }
    return one.values.front();
}

fields fields_of(const std::vector<slack::form_value> &all) {
    fields made;
    for (const auto &one : all)
        made.set(one.block, value_of(one));
    return made;
}

seen_kind kind_of_message(slack::message_kind kind) {
    switch (kind) {
    case slack::message_kind::file:
        return seen_kind::file;
    case slack::message_kind::me:
        return seen_kind::me;
    case slack::message_kind::broadcast:
        return seen_kind::broadcast;
    case slack::message_kind::bot:
        return seen_kind::bot;
    default:
        return seen_kind::plain;
    }
}

person_described described(const slack::person_seen &p) {
    return {slack_id{p.id}, p.name, p.tz, p.email, p.deleted, p.guest, p.bot, p.stranger};
}

// Fills a request that already has its workspace, keys and time; false: it asks nothing.
struct filling {
    request &out;

    bool place(const std::string &user, const std::string &channel, std::string_view channel_type) const {
        out.from = slack_id{user};
        out.channel = channel_id{channel};
        out.direct = channel_type == "im";
        return !user.empty();
    }

    bool operator()(const slack::slash_command &c) const {
        out.what = command_typed{c.command, c.escaped};
        return place(c.user, c.channel, c.channel_name == "directmessage" ? "im" : "");
    }
    bool operator()(const slack::block_action &a) const {
        if (a.presses.empty())
            return false;
        const auto &press = a.presses.front();
        button_pressed made;
        made.action = press.action;
        if (press.type == "button")
            made.value = press.values.empty() ? std::string() : press.values.front();
        else
            made.chosen = value_of(press);
        made.channel = channel_id{a.channel};
        made.message_ts = a.message_ts;
        made.ephemeral = a.ephemeral;
        if (a.view) {
            made.view = a.view->id;
            made.metadata = a.view->private_metadata;
        }
        made.around = fields_of(a.form);
        out.what = std::move(made);
        return place(a.user, a.channel, {});
    }
    bool operator()(const slack::view_submission &v) const {
        out.what = form_sent{v.view.callback, v.view.private_metadata, fields_of(v.form), v.view.id};
        return place(v.user, {}, {});
    }
    bool operator()(const slack::view_closed &v) const {
        out.what = form_closed{v.view.callback, v.view.private_metadata};
        return place(v.user, {}, {});
    }
    bool operator()(const slack::shortcut &s) const {
        out.what = shortcut_used{s.callback};
        return place(s.user, {}, {});
    }
    bool operator()(const slack::message_action &m) const {
        out.what = message_picked{m.callback, m.message_ts, slack_id{m.author}, m.picked_text};
        return place(m.user, m.channel, {});
    }
    bool operator()(const slack::message_seen &m) const {
        if (m.is_ours || m.is_bot || m.kind == slack::message_kind::other)
            return false;
        out.what = message_seen{m.ts, m.thread_ts, kind_of_message(m.kind)};
        return place(m.user, m.channel, m.channel_type);
    }
    bool operator()(const slack::message_changed &m) const {
        out.what = message_seen{m.ts, {}, seen_kind::changed};
        return place(m.user, m.channel, m.channel_type);
    }
    bool operator()(const slack::message_deleted &m) const {
        // whose it was is not always said, and what is gone is known by its ts
        out.what = message_seen{m.ts, {}, seen_kind::deleted};
        (void)place(m.user, m.channel, m.channel_type);
        return true;
    }
    bool operator()(const slack::app_home_opened &h) const {
        out.what = home_opened{};
        return place(h.user, h.channel, {}) && h.tab == "home";
    }
    bool operator()(const slack::team_join &p) const {
        out.what = described(p.person);
        return place(p.person.id, {}, {});
    }
    bool operator()(const slack::user_change &p) const {
        out.what = described(p.person);
        return place(p.person.id, {}, {});
    }
    bool operator()(const slack::member_joined &m) const {
        out.what = member_changed{true, m.is_ours};
        return place(m.user, m.channel, m.channel_type);
    }
    bool operator()(const slack::member_left &m) const {
        out.what = member_changed{false, m.is_ours};
        return place(m.user, m.channel, m.channel_type);
    }
    bool operator()(const slack::reaction_added &r) const {
        out.what = reaction_changed{true, r.reaction, r.ts};
        return place(r.user, r.channel, {});
    }
    bool operator()(const slack::reaction_removed &r) const {
        out.what = reaction_changed{false, r.reaction, r.ts};
        return place(r.user, r.channel, {});
    }
    template <class Other>
    bool operator()(const Other &) const {
        return false;
    }
};

template <class T>
constexpr bool has_response_url = requires(const T &one) {
    one.response_url;
};
template <class T>
constexpr bool has_trigger = requires(const T &one) {
    one.trigger;
};

class naming {
    std::vector<slack_id> found_;
    std::size_t most_;

  public:
    explicit naming(std::size_t most) : most_(most) {}

    void add(const slack_id &who) {
        if (who.empty() || found_.size() >= most_)
            return;
        if (std::find(found_.begin(), found_.end(), who) == found_.end())
            found_.push_back(who);
    }
    void add_mentions(std::string_view words) {
        for (const auto &piece : slack::pieces_of(words))
            if (piece.kind == slack::piece_kind::person)
                add(slack_id{piece.text});
    }
    std::vector<slack_id> found() && {
        return std::move(found_);
    }
};

} // namespace

std::optional<request> request_of(const slack::delivery &what, const own_place &ours, instant now) {
    if (!what.from.team.empty() && what.from.team != ours.team.str())
        return std::nullopt;
    request made;
    made.team = ours.team;
    made.at = now;
    made.key = what.keys.primary;
    made.second_key = what.keys.secondary;
    const auto ways = ways_of(what);
    made.can_open_form = !ways.trigger.empty();
    made.can_reply_later = !ways.response_url.empty();
    const bool asks = std::visit(filling{made}, what.what);
    if (!asks)
        return std::nullopt;
    return made;
}

reply_ways ways_of(const slack::delivery &what) {
    return std::visit(
        [](const auto &one) {
            using kind = std::remove_cvref_t<decltype(one)>;
            reply_ways ways;
            if constexpr (has_trigger<kind>)
                ways.trigger = one.trigger;
            if constexpr (has_response_url<kind>)
                ways.response_url = one.response_url;
            return ways;
        },
        what.what);
}

std::string idle_payload(const slack::delivery &what) {
    return std::holds_alternative<slack::block_suggestion>(what.what) ? R"({"options":[]})" : std::string();
}

std::optional<channel_id> channel_named(const request &asked) {
    const auto *typed = std::get_if<command_typed>(&asked.what);
    std::optional<channel_id> found;
    if (typed == nullptr)
        return found;
    for (const auto &piece : slack::pieces_of(typed->words))
        if (piece.kind == slack::piece_kind::channel) {
            if (found)
                return std::nullopt;
            found = channel_id{piece.text};
        }
    return found;
}

std::vector<slack_id> people_named(const slack::delivery &what, std::size_t most) {
    naming names(most);
    const auto add_fields = [&](const std::vector<slack::form_value> &all) {
        for (const auto &one : all)
            if (form_of(one.type) == comes_as::person && !one.values.empty())
                names.add(slack_id{one.values.front()});
    };
    if (const auto *typed = std::get_if<slack::slash_command>(&what.what))
        names.add_mentions(typed->escaped);
    if (const auto *pressed = std::get_if<slack::block_action>(&what.what)) {
        add_fields(pressed->presses);
        add_fields(pressed->form);
    }
    if (const auto *sent = std::get_if<slack::view_submission>(&what.what))
        add_fields(sent->form);
    if (const auto *picked = std::get_if<slack::message_action>(&what.what))
        names.add(slack_id{picked->author});
    return std::move(names).found();
}

} // namespace rapport::bot
