// What a handler may read and write: the tables of one workspace over one session. Those nearly everyone
// needs stand here by name; the others are opened by who needs them: `on_file.open<storage::goals>()`. The
// engine room's inbox and outbox serve all workspaces and take theirs with each call.
#pragma once

#include "storage/acts.hpp"
#include "storage/attention.hpp"
#include "storage/clocks.hpp"
#include "storage/inbox.hpp"
#include "storage/journal.hpp"
#include "storage/nudges.hpp"
#include "storage/outbox.hpp"
#include "storage/pairs.hpp"
#include "storage/people.hpp"
#include "storage/programs.hpp"
#include "storage/progress.hpp"

namespace rapport::storage {

struct records {
    records(session &on, team_id workspace, id_source &maker)
        : db(on),
          team(std::move(workspace)),
          ids(maker),
          people(on, team),
          programs(on, team),
          pairs(on, team),
          check_ins(on, team),
          milestones(on, team),
          contacts(on, team),
          clocks(on, team),
          nudges(on, team),
          acts(on, team),
          attention(on, team),
          facts(on, team),
          inbox(on),
          outbox(on),
          journal(on) {}

    // A table of this workspace that is not among those below.
    template <class Table>
    Table open() {
        return Table(db, team);
    }

    session &db;
    team_id team;
    id_source &ids;

    storage::people people;
    storage::programs programs;
    storage::pairs pairs;
    storage::check_ins check_ins;
    storage::milestones milestones;
    storage::contacts contacts;
    storage::clocks clocks;
    storage::nudges nudges;
    storage::acts acts;
    storage::attention attention;
    storage::facts facts;
    storage::inbox inbox;
    storage::outbox outbox;
    storage::journal journal;
};

} // namespace rapport::storage
