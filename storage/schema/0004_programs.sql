-- The life of programs: what they do by date, policy texts that are not in force, open doors, invitations.

-- What a program does at a moment of its own: a phase begins or ends, a term opens or closes, a policy comes into force,
-- an owner is asked again. Visited once, in the order of due_at. subject: a term's id, or a draft's.
CREATE TABLE turning (
    team     TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    program  TEXT   NOT NULL CHECK (length(program) BETWEEN 1 AND 40),
    subject  TEXT   NOT NULL CHECK (length(subject) BETWEEN 1 AND 60),
    kind     TEXT   NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
    due_at   BIGINT NOT NULL,
    done_at  BIGINT,
    PRIMARY KEY (team, program, subject, kind)
);
CREATE INDEX turning_due ON turning (due_at) WHERE done_at IS NULL;

-- A policy text that is not in force: a program that waits for an owner's word, or a change of one that runs.
CREATE TABLE policy_draft (
    team        TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    id          TEXT   NOT NULL CHECK (length(id) = 26),
    program     TEXT   NOT NULL CHECK (length(program) BETWEEN 1 AND 40),
    kind        TEXT   NOT NULL CHECK (kind IN ('founding', 'change')),
    state       TEXT   NOT NULL CHECK (state IN ('open', 'scheduled', 'applied', 'declined', 'dropped')),
    text        TEXT   NOT NULL CHECK (length(text) <= 1000000),
    made_by     TEXT,
    made_at     BIGINT NOT NULL,
    applies_at  BIGINT,
    decided_by  TEXT,
    decided_at  BIGINT,
    PRIMARY KEY (team, id)
);
CREATE INDEX policy_draft_by_program ON policy_draft (team, program, state);

-- A mentor's open door: available now, and office hours in their own words.
CREATE TABLE open_door (
    team          TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    person        TEXT   NOT NULL,
    is_open       BIGINT NOT NULL CHECK (is_open IN (0, 1)),
    office_hours  TEXT   NOT NULL CHECK (length(office_hours) <= 800),
    changed_at    BIGINT NOT NULL,
    PRIMARY KEY (team, person),
    FOREIGN KEY (team, person) REFERENCES person (team, id)
);

-- One person asks another to be on record as their mentor or protégé.
CREATE TABLE invitation (
    team        TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    id          TEXT   NOT NULL CHECK (length(id) = 26),
    program     TEXT   NOT NULL CHECK (length(program) BETWEEN 1 AND 40),
    term        TEXT   NOT NULL,
    mentor      TEXT   NOT NULL,
    protege     TEXT   NOT NULL,
    by_person   TEXT   NOT NULL,
    state       TEXT   NOT NULL CHECK (state IN ('open', 'accepted', 'declined', 'withdrawn')),
    made_at     BIGINT NOT NULL,
    decided_at  BIGINT,
    pair        TEXT,
    PRIMARY KEY (team, id),
    FOREIGN KEY (team, term) REFERENCES term (team, id),
    FOREIGN KEY (team, mentor) REFERENCES person (team, id),
    FOREIGN KEY (team, protege) REFERENCES person (team, id)
);
CREATE UNIQUE INDEX invitation_once ON invitation (team, term, mentor, protege) WHERE state = 'open';
