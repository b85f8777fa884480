// Who takes part: enrolling people in roles, appointing coordinators, showing who there is; and what the
// workspace says of people (names, zones, who left).
#pragma once

#include "handlers/registry.hpp"

namespace rapport {

result<answer> enrol(desk &at);       // /program enrol @x mentor|protege [program]
result<answer> appoint(desk &at);     // /program appoint @x [program]
result<answer> list_people(desk &at); // /program people [program]
result<answer> page_people(desk &at); // its buttons: "slug from"
result<surface::mrkdwn> undo_enrolment(desk &at, const storage::undo_offer &offer);
result<surface::mrkdwn> undo_appointment(desk &at, const storage::undo_offer &offer);

// The workspace described a person, because they joined, changed or were asked about. Kept: id, name, zone,
// and whether they are a guest or deactivated. Bots and strangers are not.
result<answer> learn_person(desk &at);

inline constexpr std::string_view people_page = "people.page", enrolment_act = "enrolment",
                                  appointment_act = "appointment";

} // namespace rapport
