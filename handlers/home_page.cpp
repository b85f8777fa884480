// Planning and rendering of home pages; see home_page.hpp.
#include "handlers/home_page.hpp"

#include "handlers/home.hpp"
#include "handlers/surface/render.hpp"
#include "handlers/taking_back.hpp"
#include "storage/digest.hpp"
#include "storage/home_pages.hpp"

#include <fmt/format.h>

namespace rapport {
namespace {

std::string body_of(const slack_id &whose, const surface::home &page) {
    return fmt::format(R"({{"user_id":"{}","view":{}}})", whose.str(), surface::to_json(page));
}

} // namespace

void home_changed(storage::records &on_file, const person_id &whose, instant at) {
    on_file.open<storage::home_pages>().want(on_file.ids.make<storage::outbox_id>(at), whose,
                                             std::string(home_kind), at);
}

void home_follows(storage::records &on_file, const person_id &whose, instant at) {
    if (on_file.open<storage::home_pages>().is_followed(whose))
        home_changed(on_file, whose, at);
}

void homes_follow(storage::records &on_file, const storage::pair &pair, instant now) {
    for (const auto &one : {pair.mentor, pair.protege})
        home_follows(on_file, one, now + partner_hears_after);
}

void homes_follow(desk &at, const answer &made) {
    if (!at.who.person)
        return;
    const auto &me = at.who.id();
    if (made.home && std::holds_alternative<home_opened>(at.asked.what))
        at.on_file.open<storage::home_pages>().opened(
            at.on_file.ids.make<storage::outbox_id>(at.now()), me, std::string(home_kind),
            home_seal(body_of(at.asked.from, *made.home)), at.now());
    else if (made.home)
        at.on_file.open<storage::home_pages>().shown_otherwise(me);
    if (made.what != outcome::done)
        return;
    home_follows(at.on_file, me, at.now());
    for (const auto &pair : at.who.pairs)
        home_follows(at.on_file, pair.partner_of(me), at.now() + partner_hears_after);
}

std::optional<std::string> home_to_publish(storage::records &on_file, const house &here,
                                           const storage::person &whose, instant now) {
    if (whose.state != person_state::active || !whose.slack)
        return std::nullopt;
    request opened;
    opened.team = on_file.team;
    opened.from = *whose.slack;
    opened.at = now;
    opened.what = home_opened{};
    const auto who = who_asks(on_file, here.rules, here.owners, opened.from);
    desk at{opened, here, the_tables(), on_file, who};
    return body_of(*whose.slack, home_of(at));
}

std::string home_seal(const std::string &body) {
    return storage::sha256_of(body);
}

} // namespace rapport
