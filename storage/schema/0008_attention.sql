-- Attention in people's own hands, and what whoever runs a program did about a line of the queue.

-- What a person chose about how Rapport writes to them, over all programs (own_choices.hpp). NULL: the programs' own.
CREATE TABLE own_choice (
    team              TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    person            TEXT   NOT NULL,
    snoozed_from_at   BIGINT,
    snoozed_until_at  BIGINT,
    digest_day        TEXT   CHECK (length(digest_day) <= 10),
    per_week          BIGINT CHECK (per_week BETWEEN 1 AND 7),
    milestones        TEXT   CHECK (length(milestones) <= 10),
    tells_away        BIGINT NOT NULL CHECK (tells_away IN (0, 1)),
    changed_at        BIGINT NOT NULL,
    PRIMARY KEY (team, person),
    FOREIGN KEY (team, person) REFERENCES person (team, id)
);

-- What a coordinator did about a line of the queue: a kind and a moment, never words (coordinator_acts.hpp). `pair` and `person`
-- are empty where the line names none.
CREATE TABLE coordinator_act (
    team       TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    id         TEXT   NOT NULL CHECK (length(id) = 26),
    program    TEXT   NOT NULL CHECK (length(program) BETWEEN 1 AND 40),
    pair       TEXT   NOT NULL CHECK (length(pair) <= 26),
    cause      TEXT   NOT NULL CHECK (length(cause) <= 40),
    occasion   TEXT   NOT NULL CHECK (length(occasion) <= 120),
    person     TEXT   NOT NULL CHECK (length(person) <= 26),
    act        TEXT   NOT NULL CHECK (length(act) <= 20),
    by_person  TEXT   NOT NULL,
    done_at    BIGINT NOT NULL,
    undone_at  BIGINT,
    PRIMARY KEY (team, id),
    FOREIGN KEY (team, by_person) REFERENCES person (team, id)
);
CREATE INDEX coordinator_act_by_program ON coordinator_act (team, program, done_at);

-- A coordinator's words to everybody of a program, kept while they are on their way and for its people to read (announcements.hpp).
CREATE TABLE announcement (
    team       TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    id         TEXT   NOT NULL CHECK (length(id) = 26),
    program    TEXT   NOT NULL CHECK (length(program) BETWEEN 1 AND 40),
    by_person  TEXT   NOT NULL,
    words      TEXT   NOT NULL CHECK (length(words) BETWEEN 1 AND 3000),
    readers    TEXT   NOT NULL CHECK (length(readers) <= 20),
    made_at    BIGINT NOT NULL,
    undone_at  BIGINT,
    PRIMARY KEY (team, id),
    FOREIGN KEY (team, by_person) REFERENCES person (team, id)
);
CREATE INDEX announcement_by_program ON announcement (team, program, made_at);

-- What a person was told lately, for "why did I get this?".
CREATE INDEX outbox_told ON outbox (team, person, finished_at) WHERE state = 'sent';
