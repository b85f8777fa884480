-- Entering a program: applications, what must be there before somebody is paired, who asked to be told, and the ways in
-- which many come at once. Of a check only until when it holds is kept: somebody who is not cleared has no row, so that
-- nobody can tell a refusal from a check that has not come back (docs/decisions/0930).

-- An application of one person for one role in one term. One that was withdrawn or declined stays as it was; the next is
-- a row of its own. answers: what was chosen of what the policy offers. shows: the profile fields that a mentor from
-- outside may see.
CREATE TABLE application (
    team             TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    id               TEXT   NOT NULL CHECK (length(id) = 26),
    program          TEXT   NOT NULL,
    term             TEXT   NOT NULL,
    person           TEXT   NOT NULL,
    role             TEXT   NOT NULL CHECK (length(role) <= 20),
    state            TEXT   NOT NULL CHECK (length(state) <= 20),
    answers          TEXT   NOT NULL CHECK (length(answers) <= 20000),
    message          TEXT   NOT NULL CHECK (length(message) <= 4000),
    committed_until  TEXT   CHECK (length(committed_until) = 10),
    answer_by        TEXT   CHECK (length(answer_by) = 10),
    made_at          BIGINT NOT NULL,
    decided_at       BIGINT,
    decided_by       TEXT   CHECK (length(decided_by) <= 26),
    PRIMARY KEY (team, id),
    FOREIGN KEY (team, term) REFERENCES term (team, id),
    FOREIGN KEY (team, person) REFERENCES person (team, id)
);
CREATE UNIQUE INDEX application_once ON application (team, term, person, role) WHERE state IN ('waiting', 'accepted');
CREATE INDEX application_by_person ON application (team, person);

-- Until when a gate is open for somebody; no row: not cleared, or not yet. until_day NULL: without end.
CREATE TABLE clearance (
    team       TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    program    TEXT   NOT NULL,
    person     TEXT   NOT NULL,
    gate       TEXT   NOT NULL CHECK (length(gate) <= 40),
    until_day  TEXT   CHECK (length(until_day) = 10),
    said_by    TEXT   NOT NULL CHECK (length(said_by) <= 20),
    set_at     BIGINT NOT NULL,
    PRIMARY KEY (team, program, person, gate),
    FOREIGN KEY (team, person) REFERENCES person (team, id)
);

-- Which fields of their profile somebody lets a mentor from outside see: names of fields, blank-separated.
CREATE TABLE outside_consent (
    team     TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    program  TEXT   NOT NULL,
    person   TEXT   NOT NULL,
    fields   TEXT   NOT NULL CHECK (length(fields) <= 400),
    set_at   BIGINT NOT NULL,
    PRIMARY KEY (team, program, person),
    FOREIGN KEY (team, person) REFERENCES person (team, id)
);

-- "Tell me when it opens."
CREATE TABLE interest (
    team      TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    program   TEXT   NOT NULL,
    person    TEXT   NOT NULL,
    role      TEXT   NOT NULL CHECK (length(role) <= 20),
    asked_at  BIGINT NOT NULL,
    told_at   BIGINT,
    PRIMARY KEY (team, program, person),
    FOREIGN KEY (team, person) REFERENCES person (team, id)
);

-- Members of a channel who are to be enrolled and are not on record yet: asked about one by one, enrolled when the
-- platform has said that they are people who can take part. confirmed_at NULL: only shown so far. One who cannot take
-- part, or is enrolled, has no row any more.
CREATE TABLE joining (
    team          TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    slack         TEXT   NOT NULL CHECK (length(slack) BETWEEN 1 AND 40),
    term          TEXT   NOT NULL,
    role          TEXT   NOT NULL CHECK (length(role) <= 20),
    by_person     TEXT   NOT NULL,
    batch         TEXT   NOT NULL CHECK (length(batch) = 26),
    listed_at     BIGINT NOT NULL,
    confirmed_at  BIGINT,
    asked_at      BIGINT,
    PRIMARY KEY (team, slack, term, role)
);
CREATE INDEX joining_by_batch ON joining (team, batch);
CREATE INDEX joining_to_ask ON joining (asked_at) WHERE confirmed_at IS NOT NULL;

-- Addresses that came by an import: whether the workspace has a member of that address is asked once.
CREATE TABLE looked_up (
    team      TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    email     TEXT   NOT NULL CHECK (length(email) BETWEEN 3 AND 320),
    listed_at BIGINT NOT NULL,
    asked_at  BIGINT,
    PRIMARY KEY (team, email)
);
CREATE INDEX looked_up_open ON looked_up (listed_at) WHERE asked_at IS NULL;

-- A list that was pasted and waits for its "yes": it goes when it is applied, replaced, or a day old.
CREATE TABLE import_draft (
    team     TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    person   TEXT   NOT NULL,
    id       TEXT   NOT NULL CHECK (length(id) = 26),
    program  TEXT   NOT NULL,
    list     TEXT   NOT NULL CHECK (length(list) <= 100000),
    made_at  BIGINT NOT NULL,
    PRIMARY KEY (team, person)
);

-- How many somebody invited through a recruiting partner. Counts only: no person is ever tagged.
CREATE TABLE invited (
    team     TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    term     TEXT   NOT NULL,
    partner  TEXT   NOT NULL CHECK (length(partner) BETWEEN 1 AND 100),
    people   BIGINT NOT NULL,
    PRIMARY KEY (team, term, partner)
);

-- A school or another place as protégé side: its pupils are nowhere on record.
CREATE TABLE site (
    team      TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    id        TEXT   NOT NULL CHECK (length(id) = 26),
    program   TEXT   NOT NULL,
    name      TEXT   NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    made_at   BIGINT NOT NULL,
    ended_at  BIGINT,
    PRIMARY KEY (team, id)
);

-- A session at a site: when, how long, how many. heads: a count.
CREATE TABLE site_session (
    team       TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    id         TEXT   NOT NULL CHECK (length(id) = 26),
    site       TEXT   NOT NULL,
    term       TEXT   NOT NULL,
    tutor      TEXT   NOT NULL,
    kind       TEXT   NOT NULL CHECK (length(kind) <= 20),
    on_day     TEXT   NOT NULL CHECK (length(on_day) = 10),
    minutes    BIGINT NOT NULL,
    heads      BIGINT NOT NULL,
    logged_at  BIGINT NOT NULL,
    undone_at  BIGINT,
    PRIMARY KEY (team, id),
    FOREIGN KEY (team, site) REFERENCES site (team, id),
    FOREIGN KEY (team, tutor) REFERENCES person (team, id)
);
CREATE INDEX site_session_by_term ON site_session (team, term);

-- A team as mentor side: the first member with room takes a request.
CREATE TABLE mentor_team (
    team      TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    id        TEXT   NOT NULL CHECK (length(id) = 26),
    program   TEXT   NOT NULL,
    name      TEXT   NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    made_at   BIGINT NOT NULL,
    ended_at  BIGINT,
    PRIMARY KEY (team, id)
);
CREATE TABLE mentor_team_member (
    team         TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    mentor_team  TEXT   NOT NULL,
    person       TEXT   NOT NULL,
    since_at     BIGINT NOT NULL,
    left_at      BIGINT,
    PRIMARY KEY (team, mentor_team, person),
    FOREIGN KEY (team, mentor_team) REFERENCES mentor_team (team, id),
    FOREIGN KEY (team, person) REFERENCES person (team, id)
);

-- What somebody recorded for a person of a pair who is known by address only: marked as such wherever it is shown.
-- what: check-in, contact or milestone; ref: the period and version, the contact's id, the milestone's number.
CREATE TABLE recorded_for (
    team       TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    pair       TEXT   NOT NULL,
    what       TEXT   NOT NULL CHECK (length(what) <= 20),
    ref        TEXT   NOT NULL CHECK (length(ref) <= 60),
    whose      TEXT   NOT NULL,
    by_person  TEXT   NOT NULL,
    at         BIGINT NOT NULL,
    PRIMARY KEY (team, pair, what, ref),
    FOREIGN KEY (team, pair) REFERENCES pair (team, id)
);
