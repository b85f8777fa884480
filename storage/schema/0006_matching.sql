-- Finding each other: profiles field by field, requests, and the drafts of a whole-pool match.

-- What a person says about themselves: one row a field, and who may see it.
CREATE TABLE profile_field (
    team        TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    person      TEXT   NOT NULL,
    field       TEXT   NOT NULL CHECK (length(field) <= 20),
    words       TEXT   NOT NULL CHECK (length(words) <= 2000),
    seen_by     TEXT   NOT NULL CHECK (length(seen_by) <= 20),
    changed_at  BIGINT NOT NULL,
    PRIMARY KEY (team, person, field),
    FOREIGN KEY (team, person) REFERENCES person (team, id)
);

-- Words for fields that were read from a person's own export and wait for them to take or leave; kept a week at most.
CREATE TABLE profile_proposal (
    team     TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    person   TEXT   NOT NULL,
    field    TEXT   NOT NULL CHECK (length(field) <= 20),
    words    TEXT   NOT NULL CHECK (length(words) <= 2000),
    made_at  BIGINT NOT NULL,
    PRIMARY KEY (team, person, field),
    FOREIGN KEY (team, person) REFERENCES person (team, id)
);

-- A protégé asks a mentor; where the policy allows it also a mentor a protégé (asked_by). The note, a mentor's question
-- and its answer are read by those two alone and emptied when the request is over. team_name: of a request to a team, whichever member answers. turn: its place among ranked choices.
-- notified_at: when the notice reached the mentor. look_again_at is the planner's.
CREATE TABLE mentor_request (
    team           TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    id             TEXT   NOT NULL CHECK (length(id) = 26),
    program        TEXT   NOT NULL,
    term           TEXT   NOT NULL,
    protege        TEXT   NOT NULL,
    mentor         TEXT   NOT NULL,
    asked_by       TEXT   NOT NULL CHECK (length(asked_by) <= 20),
    team_name      TEXT   NOT NULL CHECK (length(team_name) <= 200),
    turn           BIGINT NOT NULL,
    note           TEXT   NOT NULL CHECK (length(note) <= 1000),
    question       TEXT   NOT NULL CHECK (length(question) <= 1000),
    reply          TEXT   NOT NULL CHECK (length(reply) <= 1000),
    state          TEXT   NOT NULL CHECK (length(state) <= 20),
    asked_at       BIGINT NOT NULL,
    notified_at    BIGINT,
    ended_at       BIGINT,
    ended_by       TEXT,
    pair           TEXT,
    look_again_at  BIGINT,
    PRIMARY KEY (team, id),
    CHECK (mentor <> protege),
    FOREIGN KEY (team, term) REFERENCES term (team, id),
    FOREIGN KEY (team, mentor) REFERENCES person (team, id),
    FOREIGN KEY (team, protege) REFERENCES person (team, id)
);
CREATE UNIQUE INDEX mentor_request_once ON mentor_request (team, term, protege, mentor) WHERE ended_at IS NULL;
CREATE INDEX mentor_request_by_protege ON mentor_request (team, protege);
CREATE INDEX mentor_request_by_mentor ON mentor_request (team, mentor);
CREATE INDEX mentor_request_by_term ON mentor_request (team, term);
CREATE INDEX mentor_request_to_look_at ON mentor_request (look_again_at) WHERE look_again_at IS NOT NULL;

-- A whole-pool match that a coordinator reviews. One of a term is open (solving or draft) at a time.
CREATE TABLE match_draft (
    team       TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    id         TEXT   NOT NULL CHECK (length(id) = 26),
    program    TEXT   NOT NULL,
    term       TEXT   NOT NULL,
    state      TEXT   NOT NULL CHECK (length(state) <= 20),
    made_by    TEXT   NOT NULL,
    made_at    BIGINT NOT NULL,
    version    BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    worst      BIGINT,
    load_gap   BIGINT NOT NULL,
    PRIMARY KEY (team, id),
    FOREIGN KEY (team, term) REFERENCES term (team, id)
);
CREATE UNIQUE INDEX match_draft_open ON match_draft (team, term) WHERE state IN ('solving', 'draft');
CREATE INDEX match_draft_to_solve ON match_draft (state) WHERE state = 'solving';

-- The pairs of a draft; a pinned one stays when the rest is solved again.
CREATE TABLE match_pair (
    team     TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    draft    TEXT   NOT NULL,
    protege  TEXT   NOT NULL,
    mentor   TEXT   NOT NULL,
    score    BIGINT NOT NULL CHECK (score BETWEEN 0 AND 100),
    pinned   BIGINT NOT NULL CHECK (pinned IN (0, 1)),
    PRIMARY KEY (team, draft, protege),
    FOREIGN KEY (team, draft) REFERENCES match_draft (team, id)
);

-- Two whom a coordinator does not want to see paired, for the term. No reason is kept.
CREATE TABLE match_forbidden (
    team     TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    term     TEXT   NOT NULL,
    protege  TEXT   NOT NULL,
    mentor   TEXT   NOT NULL,
    by_person TEXT  NOT NULL,
    set_at   BIGINT NOT NULL,
    PRIMARY KEY (team, term, protege, mentor),
    FOREIGN KEY (team, term) REFERENCES term (team, id)
);
