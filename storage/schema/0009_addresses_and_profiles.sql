-- Further addresses of a person: those under which they were on record until the workspace said that its account is the
-- same person's. A list that names one of them means this person.
CREATE TABLE person_address (
    team      TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    email     TEXT   NOT NULL CHECK (length(email) BETWEEN 3 AND 320),
    person    TEXT   NOT NULL,
    since_at  BIGINT NOT NULL,
    PRIMARY KEY (team, email),
    FOREIGN KEY (team, person) REFERENCES person (team, id)
);
CREATE INDEX person_address_of ON person_address (team, person);

-- What the fields of a profile held before its person's last change, until that can be taken back no more. words: empty
-- where the field was.
CREATE TABLE profile_before (
    team     TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    person   TEXT   NOT NULL,
    field    TEXT   NOT NULL CHECK (length(field) <= 20),
    change   TEXT   NOT NULL CHECK (length(change) = 26),
    words    TEXT   NOT NULL CHECK (length(words) <= 2000),
    seen_by  TEXT   NOT NULL CHECK (length(seen_by) <= 20),
    made_at  BIGINT NOT NULL,
    PRIMARY KEY (team, person, field),
    FOREIGN KEY (team, person) REFERENCES person (team, id)
);
