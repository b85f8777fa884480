// Sides that are no single person: a site (a school) whose pupils are nowhere on record and whose sessions
// are logged by date, minutes and head count; and a team of mentors of whom the first with room takes a
// request.
#pragma once

#include "handlers/registry.hpp"
#include "storage/sites.hpp"

#include <functional>
#include <optional>
#include <string_view>

namespace rapport {

result<answer> change_site(desk &at);  // /program site add|end NAME
result<answer> list_sites(desk &at);   // /program sites
result<answer> log_session(desk &at);  // /mentoring session [HEADS] [date] [30m]: the line, or the form
result<answer> take_session(desk &at); // the form; metadata: the slug
result<surface::mrkdwn> undo_session(desk &at, const storage::undo_offer &offer);
result<surface::mrkdwn> undo_site(desk &at, const storage::undo_offer &offer);

result<answer> change_team(desk &at);   // /program team add|end NAME
result<answer> change_member(desk &at); // /program team-member add|end @x NAME
result<answer> list_teams(desk &at);    // /program teams
result<surface::mrkdwn> undo_team(desk &at, const storage::undo_offer &offer);

inline constexpr std::string_view session_form = "site.session", session_act = "site-session",
                                  site_act = "site", team_act = "mentor-team";

// The first member, first come first, who is a mentor in the term with every gate open and fewer pairs than
// they take. `takes`: how many somebody takes; none: as many as they like. None: nobody has room.
std::optional<person_id> first_with_room(storage::records &on_file, const program &rules,
                                         const storage::term &term, const storage::mentor_team &team,
                                         const std::function<std::optional<int>(const person_id &)> &takes,
                                         instant now);

} // namespace rapport
