-- The durable facts of mentoring. Every key begins with the workspace (team). Times are milliseconds since 1970 (BIGINT),
-- days are 'YYYY-MM-DD', booleans 0 or 1. Words of enumerations are those of mentoring/people.hpp.
-- Text that people give has its readers in docs/kept.md; no table has a place for what is said in a conversation.

-- A person of a workspace: known by a platform id, an e-mail address, or both.
CREATE TABLE person (
    team           TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    id             TEXT   NOT NULL CHECK (length(id) = 26),
    slack          TEXT   CHECK (length(slack) BETWEEN 1 AND 40),
    email          TEXT   CHECK (length(email) BETWEEN 3 AND 320),
    name           TEXT   NOT NULL CHECK (length(name) <= 200),
    state          TEXT   NOT NULL CHECK (length(state) <= 20),
    guest          BIGINT NOT NULL CHECK (guest IN (0, 1)),
    zone           TEXT   CHECK (length(zone) <= 60),
    platform_zone  TEXT   CHECK (length(platform_zone) <= 60),
    hours          TEXT   CHECK (length(hours) <= 200),
    dm             TEXT   CHECK (length(dm) <= 40),
    away_from_at   BIGINT,
    away_until_at  BIGINT,
    greeted_at     BIGINT,
    created_at     BIGINT NOT NULL,
    PRIMARY KEY (team, id),
    CHECK (slack IS NOT NULL OR email IS NOT NULL OR state = 'gone')
);
CREATE UNIQUE INDEX person_by_slack ON person (team, slack);
CREATE UNIQUE INDEX person_by_email ON person (team, email);

-- A program and the version of its policy that is in force.
CREATE TABLE program (
    team       TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    slug       TEXT   NOT NULL CHECK (length(slug) BETWEEN 1 AND 40),
    version    BIGINT NOT NULL,
    opened_at  BIGINT NOT NULL,
    closed_at  BIGINT,
    PRIMARY KEY (team, slug)
);

-- Every policy text that was ever applied, as it was read from its file.
CREATE TABLE policy (
    team        TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    program     TEXT   NOT NULL CHECK (length(program) BETWEEN 1 AND 40),
    version     BIGINT NOT NULL,
    text        TEXT   NOT NULL CHECK (length(text) <= 1000000),
    applied_at  BIGINT NOT NULL,
    applied_by  TEXT   CHECK (length(applied_by) <= 26),
    PRIMARY KEY (team, program, version),
    FOREIGN KEY (team, program) REFERENCES program (team, slug)
);

CREATE TABLE coordinator (
    team          TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    program       TEXT   NOT NULL CHECK (length(program) BETWEEN 1 AND 40),
    person        TEXT   NOT NULL,
    appointed_by  TEXT,
    appointed_at  BIGINT NOT NULL,
    removed_at    BIGINT,
    PRIMARY KEY (team, program, person),
    FOREIGN KEY (team, person) REFERENCES person (team, id),
    FOREIGN KEY (team, program) REFERENCES program (team, slug)
);

-- One run of a program. Archived, never overwritten.
CREATE TABLE term (
    team       TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    id         TEXT   NOT NULL CHECK (length(id) = 26),
    program    TEXT   NOT NULL,
    name       TEXT   NOT NULL CHECK (length(name) <= 100),
    state      TEXT   NOT NULL CHECK (length(state) <= 20),
    opens_at   BIGINT NOT NULL,
    closes_at  BIGINT,
    PRIMARY KEY (team, id),
    FOREIGN KEY (team, program) REFERENCES program (team, slug)
);
CREATE INDEX term_by_program ON term (team, program, opens_at);

CREATE TABLE enrolment (
    team      TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    id        TEXT   NOT NULL CHECK (length(id) = 26),
    term      TEXT   NOT NULL,
    person    TEXT   NOT NULL,
    role      TEXT   NOT NULL CHECK (length(role) <= 20),
    state     TEXT   NOT NULL CHECK (length(state) <= 20),
    by_person TEXT,
    since_at  BIGINT NOT NULL,
    ended_at  BIGINT,
    PRIMARY KEY (team, id),
    FOREIGN KEY (team, term) REFERENCES term (team, id),
    FOREIGN KEY (team, person) REFERENCES person (team, id)
);
CREATE UNIQUE INDEX enrolment_once ON enrolment (team, term, person, role);
CREATE INDEX enrolment_by_person ON enrolment (team, person);

-- Where pairs talk: a conversation opened by the bot. One may hold several pairs (the platform gives the same people the
-- same conversation).
CREATE TABLE conversation (
    team       TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    channel    TEXT   NOT NULL CHECK (length(channel) BETWEEN 1 AND 40),
    opened_at  BIGINT NOT NULL,
    closed_at  BIGINT,
    PRIMARY KEY (team, channel)
);

-- One mentor and one protégé in one term. look_again_at is when the planner must look at it next.
CREATE TABLE pair (
    team             TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    id               TEXT   NOT NULL CHECK (length(id) = 26),
    program          TEXT   NOT NULL,
    term             TEXT   NOT NULL,
    mentor           TEXT   NOT NULL,
    protege          TEXT   NOT NULL,
    state            TEXT   NOT NULL CHECK (length(state) <= 20),
    began_at         BIGINT NOT NULL,
    ended_at         BIGINT,
    made_by          TEXT,
    ended_by         TEXT,
    channel          TEXT,
    talks_elsewhere  BIGINT NOT NULL CHECK (talks_elsewhere IN (0, 1)),
    milestones       BIGINT NOT NULL,
    look_again_at    BIGINT,
    PRIMARY KEY (team, id),
    CHECK (mentor <> protege),
    FOREIGN KEY (team, term) REFERENCES term (team, id),
    FOREIGN KEY (team, mentor) REFERENCES person (team, id),
    FOREIGN KEY (team, protege) REFERENCES person (team, id)
);
CREATE UNIQUE INDEX pair_once ON pair (team, term, mentor, protege) WHERE state <> 'ended';
CREATE INDEX pair_by_mentor ON pair (team, mentor);
CREATE INDEX pair_by_protege ON pair (team, protege);
CREATE INDEX pair_by_channel ON pair (team, channel);
CREATE INDEX pair_by_term ON pair (team, term);
CREATE INDEX pair_to_look_at ON pair (look_again_at) WHERE look_again_at IS NOT NULL;

-- Messages of a conversation that nobody of the other side has answered yet: who and when, never what.
CREATE TABLE unanswered (
    team          TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    conversation  TEXT   NOT NULL CHECK (length(conversation) BETWEEN 1 AND 40),
    ts            TEXT   NOT NULL CHECK (length(ts) <= 40),
    person        TEXT   NOT NULL,
    said_at       BIGINT NOT NULL,
    PRIMARY KEY (team, conversation, ts)
);

-- The reply clock: somebody waits for somebody. `conversation` is its channel, or the pair's id where there is none.
-- `occasion` is the ts of the first unanswered message, or the id of what else set it.
CREATE TABLE reply_clock (
    team          TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    id            TEXT   NOT NULL CHECK (length(id) = 26),
    conversation  TEXT   NOT NULL CHECK (length(conversation) BETWEEN 1 AND 40),
    pair          TEXT   NOT NULL,
    waiting       TEXT   NOT NULL,
    owed_by       TEXT   NOT NULL,
    occasion      TEXT   NOT NULL CHECK (length(occasion) <= 60),
    set_by        TEXT   NOT NULL CHECK (length(set_by) <= 20),
    medium        TEXT   NOT NULL CHECK (length(medium) <= 20),
    strength      TEXT   NOT NULL CHECK (length(strength) <= 20),
    started_at    BIGINT NOT NULL,
    asked_at      BIGINT,
    due_by_at     BIGINT,
    version       BIGINT NOT NULL,
    settled_at    BIGINT,
    settled_by    TEXT   CHECK (length(settled_by) <= 20),
    PRIMARY KEY (team, id),
    FOREIGN KEY (team, pair) REFERENCES pair (team, id)
);
CREATE UNIQUE INDEX reply_clock_running ON reply_clock (team, conversation, owed_by) WHERE settled_at IS NULL;
CREATE INDEX reply_clock_by_pair ON reply_clock (team, pair);
CREATE INDEX reply_clock_owed ON reply_clock (team, owed_by) WHERE settled_at IS NULL;
CREATE INDEX reply_clock_waiting ON reply_clock (team, waiting) WHERE settled_at IS NULL;

-- A check-in of one side of a pair for one period; filing again adds a version and keeps the old one.
CREATE TABLE check_in (
    team       TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    pair       TEXT   NOT NULL,
    side       TEXT   NOT NULL CHECK (length(side) <= 20),
    period     TEXT   NOT NULL CHECK (length(period) = 7),
    version    BIGINT NOT NULL,
    filed_by   TEXT   NOT NULL,
    filed_at   BIGINT NOT NULL,
    late       BIGINT NOT NULL CHECK (late IN (0, 1)),
    note       TEXT   NOT NULL CHECK (length(note) <= 2000),
    answers    TEXT   NOT NULL CHECK (length(answers) <= 20000),
    undone_at  BIGINT,
    PRIMARY KEY (team, pair, side, period, version),
    FOREIGN KEY (team, pair) REFERENCES pair (team, id)
);

-- Numbers are per pair and never used again.
CREATE TABLE milestone (
    team        TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    pair        TEXT   NOT NULL,
    number      BIGINT NOT NULL,
    title       TEXT   NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    due         TEXT   CHECK (length(due) = 10),
    state       TEXT   NOT NULL CHECK (length(state) <= 20),
    author      TEXT   NOT NULL,
    created_at  BIGINT NOT NULL,
    agreed_by   TEXT,
    agreed_at   BIGINT,
    done_by     TEXT,
    done_at     BIGINT,
    changed_at  BIGINT NOT NULL,
    PRIMARY KEY (team, pair, number),
    FOREIGN KEY (team, pair) REFERENCES pair (team, id)
);

-- One exchange of a pair. source: seen in the conversation (a row a day and sender), logged by hand, meeting, told.
CREATE TABLE contact (
    team        TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    id          TEXT   NOT NULL CHECK (length(id) = 26),
    pair        TEXT   NOT NULL,
    medium      TEXT   NOT NULL CHECK (length(medium) <= 20),
    source      TEXT   NOT NULL CHECK (length(source) <= 20),
    started_by  TEXT,
    on_day      TEXT   NOT NULL CHECK (length(on_day) = 10),
    minutes     BIGINT,
    logged_by   TEXT,
    logged_at   BIGINT NOT NULL,
    undone_at   BIGINT,
    PRIMARY KEY (team, id),
    FOREIGN KEY (team, pair) REFERENCES pair (team, id)
);
CREATE INDEX contact_by_pair ON contact (team, pair, on_day);
CREATE UNIQUE INDEX contact_seen_once ON contact (team, pair, on_day, started_by) WHERE source = 'seen';

-- What may be taken back: one row an act, with the act's own reference (ids, numbers and states only).
CREATE TABLE undo (
    team       TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    id         TEXT   NOT NULL CHECK (length(id) = 26),
    person     TEXT   NOT NULL,
    act        TEXT   NOT NULL CHECK (length(act) <= 40),
    subject    TEXT   NOT NULL CHECK (length(subject) <= 400),
    told       TEXT   CHECK (length(told) <= 200),
    until_at   BIGINT NOT NULL,
    taken_at   BIGINT,
    PRIMARY KEY (team, id)
);
CREATE INDEX undo_by_age ON undo (until_at);

-- Fingerprints of what a person did lately, so that the same act twice within five minutes asks first.
CREATE TABLE recent_act (
    team         TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    person       TEXT   NOT NULL,
    fingerprint  TEXT   NOT NULL CHECK (length(fingerprint) <= 64),
    done_at      BIGINT NOT NULL,
    PRIMARY KEY (team, person, fingerprint)
);
CREATE INDEX recent_act_by_age ON recent_act (done_at);

-- What waits for a coordinator: one row a pair, kind and occasion; cleared when its cause ends or someone has seen to it.
CREATE TABLE attention (
    team         TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    program      TEXT   NOT NULL,
    pair         TEXT   NOT NULL,
    kind         TEXT   NOT NULL CHECK (length(kind) <= 40),
    occasion     TEXT   NOT NULL CHECK (length(occasion) <= 60),
    person       TEXT   NOT NULL,
    since_at     BIGINT NOT NULL,
    raised_at    BIGINT NOT NULL,
    cleared_at   BIGINT,
    cleared_by   TEXT   CHECK (length(cleared_by) <= 26),
    PRIMARY KEY (team, pair, kind, occasion, person)
);
CREATE INDEX attention_open ON attention (team, program) WHERE cleared_at IS NULL;

-- Facts about the service itself: the time until which it has certainly listened, its own ids.
CREATE TABLE fact (
    team   TEXT NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    name   TEXT NOT NULL CHECK (length(name) <= 60),
    value  TEXT NOT NULL CHECK (length(value) <= 2000),
    PRIMARY KEY (team, name)
);

-- Every line a person was given, or is to be given, about something owed: one row an occasion, person and rung. Lines of one
-- message share its channel and ts, so that it can be shown again as it stands now. rung 0: listed because a message went
-- out anyway; below 0: heard again at a chosen hour. given_at: when it reached them, or may have. closed_at: its cause is
-- gone; outcome says how.
CREATE TABLE nudge (
    team        TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    id          TEXT   NOT NULL CHECK (length(id) = 26),
    pair        TEXT   NOT NULL,
    kind        TEXT   NOT NULL CHECK (length(kind) <= 40),
    occasion    TEXT   NOT NULL CHECK (length(occasion) <= 100),
    person      TEXT   NOT NULL,
    rung        BIGINT NOT NULL,
    act         TEXT   NOT NULL CHECK (length(act) <= 20),
    since_at    BIGINT NOT NULL,
    planned_at  BIGINT NOT NULL,
    carried_by  TEXT   CHECK (length(carried_by) <= 40),
    given_at    BIGINT,
    channel     TEXT   CHECK (length(channel) <= 40),
    ts          TEXT   CHECK (length(ts) <= 40),
    remind_at   BIGINT,
    closed_at   BIGINT,
    outcome     TEXT   CHECK (length(outcome) <= 20),
    PRIMARY KEY (team, id)
);
CREATE UNIQUE INDEX nudge_once ON nudge (team, pair, kind, occasion, person, rung);
CREATE INDEX nudge_by_person ON nudge (team, person, given_at);
CREATE INDEX nudge_open ON nudge (team, pair) WHERE closed_at IS NULL;
CREATE INDEX nudge_carried ON nudge (team, carried_by) WHERE carried_by IS NOT NULL;
