-- The engine room: what came in, what goes out, what was done. One text for both engines; PostgreSQL also runs
-- what stands in its comments. Sorting and ranges over ids and keys are by bytes on both: hence COLLATE "C".

-- A delivery of the platform that was acted on, so that it is acted on once; its answer until it is delivered.
CREATE TABLE inbox (
    team         TEXT NOT NULL CHECK (length(team) BETWEEN 1 AND 64),
    key          TEXT /* postgres: COLLATE "C" */ NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
    kind         TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 64),
    received_at  BIGINT NOT NULL,
    answered_at  BIGINT,
    answer       TEXT CHECK (length(answer) <= 200000),
    to_slack     TEXT CHECK (length(to_slack) <= 64),
    to_channel   TEXT CHECK (length(to_channel) <= 64),
    delivered_at BIGINT,
    PRIMARY KEY (team, key)
);
CREATE INDEX inbox_by_age ON inbox (received_at);
CREATE INDEX inbox_kept_answers ON inbox (answered_at) WHERE answer IS NOT NULL;

-- What is to be sent: the intent (a kind, ids and dates), never the words.
CREATE TABLE outbox (
    team            TEXT NOT NULL CHECK (length(team) BETWEEN 1 AND 64),
    id              TEXT /* postgres: COLLATE "C" */ NOT NULL CHECK (length(id) = 26),
    key             TEXT /* postgres: COLLATE "C" */ NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
    verb            TEXT NOT NULL CHECK (length(verb) BETWEEN 1 AND 32),
    kind            TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 64),
    policy          TEXT NOT NULL CHECK (policy IN ('at_most_once', 'at_least_once')),
    person          TEXT CHECK (length(person) <= 64),
    channel         TEXT CHECK (length(channel) <= 64),
    pair            TEXT CHECK (length(pair) <= 64),
    subject         TEXT /* postgres: COLLATE "C" */ NOT NULL CHECK (length(subject) <= 255),
    params          TEXT NOT NULL CHECK (length(params) <= 4000),
    state           TEXT NOT NULL
        CHECK (state IN ('waiting', 'leased', 'sent', 'withdrawn', 'missed', 'ambiguous', 'parked')),
    not_before_at   BIGINT NOT NULL,
    created_at      BIGINT NOT NULL,
    lease_token     TEXT,
    lease_until     BIGINT,
    send_started_at BIGINT,
    attempts        BIGINT NOT NULL,
    again           BIGINT NOT NULL,
    finished_at     BIGINT,
    reason          TEXT NOT NULL CHECK (length(reason) <= 64),
    sent_channel    TEXT CHECK (length(sent_channel) <= 64),
    sent_ts         TEXT CHECK (length(sent_ts) <= 64),
    PRIMARY KEY (team, id),
    UNIQUE (team, key)
);
-- Only what is unfinished is in these: claiming costs by what is due, not by what was ever sent.
CREATE INDEX outbox_due ON outbox (state, not_before_at, id) WHERE finished_at IS NULL;
CREATE INDEX outbox_of_person ON outbox (team, person, state) WHERE finished_at IS NULL;
CREATE INDEX outbox_of_subject ON outbox (team, subject) WHERE finished_at IS NULL;
CREATE INDEX outbox_ambiguous ON outbox (finished_at) WHERE state = 'ambiguous';
CREATE INDEX outbox_parked ON outbox (finished_at) WHERE state = 'parked';
CREATE INDEX outbox_finished ON outbox (finished_at) WHERE finished_at IS NOT NULL;

-- Who did what, in order, each row sealed by the hash of the one before. Ids and words of a fixed list only.
CREATE TABLE journal (
    team         TEXT NOT NULL CHECK (length(team) BETWEEN 1 AND 64),
    seq          BIGINT NOT NULL CHECK (seq > 0),
    at           BIGINT NOT NULL,
    actor        TEXT NOT NULL CHECK (length(actor) BETWEEN 1 AND 64),
    act          TEXT NOT NULL CHECK (length(act) BETWEEN 1 AND 64),
    subject_kind TEXT NOT NULL CHECK (length(subject_kind) <= 32),
    subject      TEXT NOT NULL CHECK (length(subject) <= 128),
    detail       TEXT NOT NULL CHECK (length(detail) <= 500),
    hash         TEXT NOT NULL CHECK (length(hash) = 64),
    PRIMARY KEY (team, seq)
);

-- The newest row of each workspace's journal: taking it by lock orders writers, and a cut tail shows.
CREATE TABLE journal_heads (
    team TEXT NOT NULL PRIMARY KEY,
    seq  BIGINT NOT NULL,
    hash TEXT NOT NULL
);

-- Written and emptied after the disk was full, to see whether there is room again before anyone is promised.
CREATE TABLE room_probe (
    id     BIGINT NOT NULL PRIMARY KEY,
    filler TEXT NOT NULL
);
