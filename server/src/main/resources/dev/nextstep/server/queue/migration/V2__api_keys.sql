-- Who may ask. Of a key only its hash is kept: 256 random bits cannot be guessed from it. Jobs name the id as their owner.
CREATE TABLE api_key (
    id           VARCHAR(64) PRIMARY KEY,
    name         VARCHAR(100)             NOT NULL,
    role         VARCHAR(16)              NOT NULL,
    hash         VARCHAR(64)              NOT NULL UNIQUE,
    created      TIMESTAMP WITH TIME ZONE NOT NULL,
    revoked      TIMESTAMP WITH TIME ZONE,
    -- Pictures that may be asked for; empty for as many as the queue takes.
    per_minute   INTEGER,
    per_day      INTEGER,
    -- Windows that were counted last, in minutes and days since 1970, and what was asked for in them.
    epoch_minute BIGINT                   NOT NULL,
    minute_taken BIGINT                   NOT NULL,
    epoch_day    BIGINT                   NOT NULL,
    day_taken    BIGINT                   NOT NULL
);
