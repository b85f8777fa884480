-- The year of a pair together: what the two agreed, aim at and meet for. Titles, places and links are what people put down to
-- be read by their partner; no table here has a place for what is said or asked. Words of enumerations are those of the
-- headers in storage/ named beside each table.

-- How the two want to work together (plans.hpp). A new proposal is a new version; the newest agreed one holds.
CREATE TABLE agreement (
    team          TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    pair          TEXT   NOT NULL,
    version       BIGINT NOT NULL,
    proposed_by   TEXT   NOT NULL,
    proposed_at   BIGINT NOT NULL,
    pace          TEXT   NOT NULL CHECK (length(pace) <= 20),
    minutes       BIGINT,
    place         TEXT   NOT NULL CHECK (length(place) <= 20),
    writes_first  TEXT   CHECK (length(writes_first) <= 20),
    agreed_by     TEXT,
    agreed_at     BIGINT,
    undone_at     BIGINT,
    PRIMARY KEY (team, pair, version),
    FOREIGN KEY (team, pair) REFERENCES pair (team, id)
);

-- The aims of a pair (plans.hpp). Numbers are per pair and never used again: goal_count holds the last one given out.
CREATE TABLE goal (
    team        TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    pair        TEXT   NOT NULL,
    number      BIGINT NOT NULL,
    title       TEXT   NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    kind        TEXT   NOT NULL CHECK (length(kind) <= 100),
    state       TEXT   NOT NULL CHECK (length(state) <= 20),
    author      TEXT   NOT NULL,
    created_at  BIGINT NOT NULL,
    agreed_by   TEXT,
    agreed_at   BIGINT,
    done_by     TEXT,
    done_at     BIGINT,
    changed_at  BIGINT NOT NULL,
    touched_at  BIGINT NOT NULL,
    PRIMARY KEY (team, pair, number),
    FOREIGN KEY (team, pair) REFERENCES pair (team, id)
);
CREATE TABLE goal_count (
    team  TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    pair  TEXT   NOT NULL,
    last  BIGINT NOT NULL,
    PRIMARY KEY (team, pair)
);

-- A development plan or project plan, kept where its author keeps it: a link and how far it has come (plans.hpp).
CREATE TABLE plan_paper (
    team         TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    pair         TEXT   NOT NULL,
    part         TEXT   NOT NULL CHECK (length(part) <= 40),
    link         TEXT   NOT NULL CHECK (length(link) BETWEEN 8 AND 300),
    state        TEXT   NOT NULL CHECK (length(state) <= 20),
    author       TEXT   NOT NULL,
    changed_at   BIGINT NOT NULL,
    shared_at    BIGINT,
    reviewed_by  TEXT,
    reviewed_at  BIGINT,
    PRIMARY KEY (team, pair, part),
    FOREIGN KEY (team, pair) REFERENCES pair (team, id)
);

-- Words that passed through once, to a conversation or a coordinator: who, to whom and when (relays.hpp). Never what.
CREATE TABLE relay (
    team         TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    id           TEXT   NOT NULL CHECK (length(id) = 26),
    kind         TEXT   NOT NULL CHECK (length(kind) <= 20),
    program      TEXT   NOT NULL CHECK (length(program) BETWEEN 1 AND 40),
    pair         TEXT,
    by_person    TEXT   NOT NULL,
    to_person    TEXT   NOT NULL,
    due_by_at    BIGINT,
    state        TEXT   NOT NULL CHECK (length(state) <= 20),
    made_at      BIGINT NOT NULL,
    ended_at     BIGINT,
    channel      TEXT   CHECK (length(channel) <= 40),
    ts           TEXT   CHECK (length(ts) <= 40),
    clock        TEXT   CHECK (length(clock) <= 26),
    PRIMARY KEY (team, id),
    FOREIGN KEY (team, by_person) REFERENCES person (team, id),
    FOREIGN KEY (team, to_person) REFERENCES person (team, id)
);
CREATE INDEX relay_by_pair ON relay (team, pair);

-- A time the two set to meet (meetings.hpp). sequence counts its changes, as calendars want to know.
CREATE TABLE meeting (
    team          TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    id            TEXT   NOT NULL CHECK (length(id) = 26),
    pair          TEXT   NOT NULL,
    number        BIGINT NOT NULL,
    starts_at     BIGINT NOT NULL,
    minutes       BIGINT NOT NULL,
    place         TEXT   NOT NULL CHECK (length(place) <= 200),
    session       TEXT   NOT NULL CHECK (length(session) <= 20),
    state         TEXT   NOT NULL CHECK (length(state) <= 20),
    proposed_by   TEXT   NOT NULL,
    confirmed_at  BIGINT,
    told_by       TEXT,
    contact       TEXT   CHECK (length(contact) <= 26),
    sequence      BIGINT NOT NULL,
    created_at    BIGINT NOT NULL,
    changed_at    BIGINT NOT NULL,
    PRIMARY KEY (team, id),
    FOREIGN KEY (team, pair) REFERENCES pair (team, id)
);
CREATE UNIQUE INDEX meeting_number ON meeting (team, pair, number);
CREATE INDEX meeting_by_time ON meeting (team, pair, starts_at);

-- A meeting moved or cancelled, and how long before: recorded, judged by nobody.
CREATE TABLE meeting_change (
    team            TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    meeting         TEXT   NOT NULL,
    sequence        BIGINT NOT NULL,
    what            TEXT   NOT NULL CHECK (length(what) <= 20),
    by_person       TEXT   NOT NULL,
    changed_at      BIGINT NOT NULL,
    notice_minutes  BIGINT NOT NULL,
    PRIMARY KEY (team, meeting, sequence),
    FOREIGN KEY (team, meeting) REFERENCES meeting (team, id)
);

-- A mentor pointed to a resource: which, never why (helping.hpp).
CREATE TABLE referral (
    team         TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    id           TEXT   NOT NULL CHECK (length(id) = 26),
    pair         TEXT   NOT NULL,
    by_person    TEXT   NOT NULL,
    resource     TEXT   NOT NULL CHECK (length(resource) <= 60),
    referred_at  BIGINT NOT NULL,
    undone_at    BIGINT,
    PRIMARY KEY (team, id),
    FOREIGN KEY (team, pair) REFERENCES pair (team, id)
);

-- One person offered to introduce two others; each says for themselves whether they would like it. `second` is empty where
-- the other one is not of this workspace: then nothing but the offer is known.
CREATE TABLE introduction (
    team         TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    id           TEXT   NOT NULL CHECK (length(id) = 26),
    program      TEXT   NOT NULL CHECK (length(program) BETWEEN 1 AND 40),
    by_person    TEXT   NOT NULL,
    first        TEXT   NOT NULL,
    second       TEXT,
    first_said   TEXT   CHECK (length(first_said) <= 10),
    second_said  TEXT   CHECK (length(second_said) <= 10),
    offered_at   BIGINT NOT NULL,
    ended_at     BIGINT,
    PRIMARY KEY (team, id),
    FOREIGN KEY (team, by_person) REFERENCES person (team, id),
    FOREIGN KEY (team, first) REFERENCES person (team, id)
);

-- The month's thought that somebody was given, so that it is one a month and program.
CREATE TABLE thought (
    team      TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    person    TEXT   NOT NULL,
    program   TEXT   NOT NULL CHECK (length(program) BETWEEN 1 AND 40),
    period    TEXT   NOT NULL CHECK (length(period) = 7),
    given_at  BIGINT NOT NULL,
    PRIMARY KEY (team, person, program, period)
);
