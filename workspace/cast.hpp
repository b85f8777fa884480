// Who is in the workspace at the start: the app's own people, and the cast of a seed file.
#pragma once

#include "workspace/state.hpp"

namespace workspace {

// The app's bot and the platform's own USLACKBOT.
void add_own_people(team &to, instant now);

// A coordinator, three mentors, four protégés, an owner, a deactivated person, a guest and a bot, in three
// channels; the JSON is what a seed file looks like: {"people": [{id, name, real_name, ...}],
// "channels": [{id, name, private, members}]}.
json default_cast();

// Empty: added. Otherwise what is wrong with the seed, in words, and nothing was added.
std::string add_cast(team &to, const json &seed, instant now);

// Takes the fields that are there; empty: taken, otherwise what is wrong.
std::string read_person(const json &from, person &into);

} // namespace workspace
