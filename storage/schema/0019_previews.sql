-- What a keen and a silent pair will receive under a version of a policy: worked out aside with made-up people, kept until
-- another version is asked for. The words are Rapport's own, about nobody who exists.
CREATE TABLE preview (
    team       TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    program    TEXT   NOT NULL CHECK (length(program) <= 40),
    version    BIGINT NOT NULL,
    wanted_by  TEXT   NOT NULL CHECK (length(wanted_by) <= 26),
    wanted_at  BIGINT NOT NULL,
    made_at    BIGINT,
    PRIMARY KEY (team, program, version)
);
CREATE INDEX preview_wanted ON preview (wanted_at) WHERE made_at IS NULL;

CREATE TABLE preview_line (
    team       TEXT   NOT NULL CHECK (length(team) BETWEEN 1 AND 40),
    program    TEXT   NOT NULL,
    version    BIGINT NOT NULL,
    number     BIGINT NOT NULL,
    pair       TEXT   NOT NULL CHECK (pair IN ('keen', 'silent')),
    side       TEXT   NOT NULL CHECK (side IN ('mentor', 'protege')),
    said_at    BIGINT NOT NULL,
    says       TEXT   NOT NULL CHECK (length(says) <= 4000),
    PRIMARY KEY (team, program, version, number)
);
