-- How pairs end, rest and go on; what is said at the end. No table here has a place for a reason: none is asked for. Words of
-- enumerations are those of the headers in storage/ and mentoring/leaving.hpp.

-- How a pair ended (leaving.hpp). early: before the last day that was planned for it.
CREATE TABLE pair_ending (
    team       TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    pair       TEXT   NOT NULL,
    kind       TEXT   NOT NULL CHECK (length(kind) <= 20),
    early      BIGINT NOT NULL CHECK (early IN (0, 1)),
    by_person  TEXT,
    ended_at   BIGINT NOT NULL,
    PRIMARY KEY (team, pair),
    FOREIGN KEY (team, pair) REFERENCES pair (team, id)
);

-- Somebody of a pair says that they leave: last_day is the pair's last, bridge_until_day the day up to which somebody is there for
-- the protégé. One runs at a time.
CREATE TABLE notice (
    team          TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    id            TEXT   NOT NULL CHECK (length(id) = 26),
    pair          TEXT   NOT NULL,
    by_person     TEXT   NOT NULL,
    given_at      BIGINT NOT NULL,
    last_day      TEXT   NOT NULL CHECK (length(last_day) = 10),
    bridge_until_day  TEXT   NOT NULL CHECK (length(bridge_until_day) = 10),
    stays         BIGINT NOT NULL CHECK (stays IN (0, 1)),
    state         TEXT   NOT NULL CHECK (length(state) <= 20),
    ended_at      BIGINT,
    PRIMARY KEY (team, id),
    FOREIGN KEY (team, pair) REFERENCES pair (team, id),
    FOREIGN KEY (team, by_person) REFERENCES person (team, id)
);
CREATE UNIQUE INDEX notice_runs ON notice (team, pair) WHERE state = 'running';
CREATE INDEX notice_by_pair ON notice (team, pair);

-- Who is there for a protégé on the days of a hand-over; of days named twice the later row counts.
CREATE TABLE bridge (
    team        TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    id          TEXT   NOT NULL CHECK (length(id) = 26),
    notice      TEXT   NOT NULL,
    person      TEXT   NOT NULL,
    from_day    TEXT   NOT NULL CHECK (length(from_day) = 10),
    until_day   TEXT   NOT NULL CHECK (length(until_day) = 10),
    named_by    TEXT   NOT NULL,
    named_at    BIGINT NOT NULL,
    undone_at   BIGINT,
    PRIMARY KEY (team, id),
    FOREIGN KEY (team, notice) REFERENCES notice (team, id),
    FOREIGN KEY (team, person) REFERENCES person (team, id)
);
CREATE INDEX bridge_by_notice ON bridge (team, notice);

-- A pair rests. until_at: when it goes on by itself; none while an account is deactivated.
CREATE TABLE pause (
    team       TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    id         TEXT   NOT NULL CHECK (length(id) = 26),
    pair       TEXT   NOT NULL,
    cause      TEXT   NOT NULL CHECK (length(cause) <= 20),
    by_person  TEXT,
    from_at    BIGINT NOT NULL,
    until_at   BIGINT,
    ended_at   BIGINT,
    ended_by   TEXT,
    PRIMARY KEY (team, id),
    FOREIGN KEY (team, pair) REFERENCES pair (team, id)
);
CREATE UNIQUE INDEX pause_runs ON pause (team, pair) WHERE ended_at IS NULL;
CREATE INDEX pause_by_pair ON pause (team, pair);

-- How one side of a pair would like to go on after its end (closing.hpp). shows_address: the other side may keep their address.
CREATE TABLE closing_choice (
    team           TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    pair           TEXT   NOT NULL,
    person         TEXT   NOT NULL,
    choice         TEXT   NOT NULL CHECK (length(choice) <= 30),
    shows_address  BIGINT NOT NULL CHECK (shows_address IN (0, 1)),
    chosen_at      BIGINT NOT NULL,
    PRIMARY KEY (team, pair, person),
    FOREIGN KEY (team, pair) REFERENCES pair (team, id),
    FOREIGN KEY (team, person) REFERENCES person (team, id)
);

-- What came of those choices. next_pair: the pair of the next term, once it is made.
CREATE TABLE pair_outcome (
    team        TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    pair        TEXT   NOT NULL,
    became      TEXT   NOT NULL CHECK (length(became) <= 30),
    next_pair   TEXT,
    settled_at  BIGINT NOT NULL,
    PRIMARY KEY (team, pair),
    FOREIGN KEY (team, pair) REFERENCES pair (team, id)
);
CREATE INDEX pair_outcome_waiting ON pair_outcome (team, became) WHERE next_pair IS NULL;

-- What somebody lets others read about their time: the exact words, as their author approves them.
CREATE TABLE quote (
    team         TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    id           TEXT   NOT NULL CHECK (length(id) = 26),
    pair         TEXT   NOT NULL,
    program      TEXT   NOT NULL CHECK (length(program) BETWEEN 1 AND 40),
    term         TEXT   NOT NULL,
    person       TEXT   NOT NULL,
    words        TEXT   NOT NULL CHECK (length(words) BETWEEN 1 AND 1200),
    named        BIGINT NOT NULL CHECK (named IN (0, 1)),
    state        TEXT   NOT NULL CHECK (length(state) <= 20),
    made_at      BIGINT NOT NULL,
    decided_at   BIGINT,
    PRIMARY KEY (team, id),
    FOREIGN KEY (team, pair) REFERENCES pair (team, id),
    FOREIGN KEY (team, person) REFERENCES person (team, id)
);
CREATE INDEX quote_by_person ON quote (team, person);
CREATE INDEX quote_by_program ON quote (team, program, state);

-- Feedback of one side, at the start, in the middle or at the end. Read by its author and the coordinators; by the partner where
-- its author chose so (to_partner).
CREATE TABLE feedback (
    team        TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    pair        TEXT   NOT NULL,
    side        TEXT   NOT NULL CHECK (length(side) <= 20),
    moment      TEXT   NOT NULL CHECK (length(moment) <= 20),
    person      TEXT   NOT NULL,
    went_well   TEXT   NOT NULL CHECK (length(went_well) <= 4000),
    would_help  TEXT   NOT NULL CHECK (length(would_help) <= 4000),
    to_partner  BIGINT NOT NULL CHECK (to_partner IN (0, 1)),
    given_at    BIGINT NOT NULL,
    PRIMARY KEY (team, pair, side, moment),
    FOREIGN KEY (team, pair) REFERENCES pair (team, id),
    FOREIGN KEY (team, person) REFERENCES person (team, id)
);
CREATE INDEX feedback_by_person ON feedback (team, person);
