-- Jobs, their pictures, and who draws them. The same statements for H2 and PostgreSQL.

-- Servers that draw. One that has not been seen for a lease is dead, and what it was drawing is drawn again.
CREATE TABLE worker (
    id    VARCHAR(64) PRIMARY KEY,
    model VARCHAR(512)             NOT NULL,
    seen  TIMESTAMP WITH TIME ZONE NOT NULL
);

-- Who asks. The one that was served least is served next.
CREATE TABLE account (
    owner  VARCHAR(64) PRIMARY KEY,
    served BIGINT NOT NULL
);

CREATE TABLE job (
    id              VARCHAR(64) PRIMARY KEY,
    owner           VARCHAR(64)              NOT NULL,
    origin          VARCHAR(16)              NOT NULL,
    state           VARCHAR(16)              NOT NULL,
    priority        INTEGER                  NOT NULL,
    -- Grows with each change; the number of a change in the job's stream of events.
    version         BIGINT                   NOT NULL,
    -- The version in which the state changed last.
    state_version   BIGINT                   NOT NULL,
    request         VARCHAR                  NOT NULL,
    -- What can be searched.
    title           VARCHAR                  NOT NULL,
    client_user     VARCHAR(256),
    pictures        INTEGER                  NOT NULL,
    input_text      INTEGER                  NOT NULL,
    input_image     INTEGER                  NOT NULL,
    output_tokens   INTEGER                  NOT NULL,
    -- The server that a client waits at; empty if nobody waits or the client may come back.
    front_worker    VARCHAR(64),
    error_code      VARCHAR(64),
    error_message   VARCHAR,
    created         TIMESTAMP WITH TIME ZONE NOT NULL,
    started         TIMESTAMP WITH TIME ZONE,
    finished        TIMESTAMP WITH TIME ZONE,
    deadline        TIMESTAMP WITH TIME ZONE
);
CREATE INDEX job_of_owner ON job (owner, created, id);
CREATE INDEX job_finished ON job (finished);
CREATE INDEX job_deadline ON job (deadline);
CREATE INDEX job_front ON job (front_worker);

CREATE TABLE picture (
    job_id        VARCHAR(64) NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    picture_index INTEGER     NOT NULL,
    owner         VARCHAR(64) NOT NULL,
    model         VARCHAR(512) NOT NULL,
    state         VARCHAR(16) NOT NULL,
    priority      INTEGER     NOT NULL,
    -- Place in the owner's line among equal priorities: microseconds, which can be moved.
    place         BIGINT      NOT NULL,
    -- Work that it takes, in sampling steps of tokens.
    cost          BIGINT      NOT NULL,
    worker        VARCHAR(64),
    attempts      INTEGER     NOT NULL,
    version       BIGINT      NOT NULL,
    total_rows    INTEGER     NOT NULL,
    finished_rows INTEGER     NOT NULL,
    -- Hashes of content: the first rows, the state to go on from, the picture.
    partial_rows  INTEGER     NOT NULL,
    partial_hash  VARCHAR(64),
    snapshot_hash VARCHAR(64),
    result_hash   VARCHAR(64),
    result_bytes  BIGINT,
    error_code    VARCHAR(64),
    error_message VARCHAR,
    PRIMARY KEY (job_id, picture_index)
);
CREATE INDEX picture_line ON picture (state, model, owner, priority, place, picture_index);
CREATE INDEX picture_worker ON picture (worker);
CREATE INDEX picture_result ON picture (result_hash);
CREATE INDEX picture_partial ON picture (partial_hash);
CREATE INDEX picture_snapshot ON picture (snapshot_hash);

-- Pictures that jobs were made from.
CREATE TABLE source (
    job_id VARCHAR(64) NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    hash   VARCHAR(64) NOT NULL,
    PRIMARY KEY (job_id, hash)
);
CREATE INDEX source_hash ON source (hash);

-- Requests that may be sent again.
CREATE TABLE idempotency (
    owner       VARCHAR(64)  NOT NULL,
    request_key VARCHAR(255) NOT NULL,
    fingerprint VARCHAR(64)  NOT NULL,
    job_id      VARCHAR(64)  NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    PRIMARY KEY (owner, request_key)
);
CREATE INDEX idempotency_job ON idempotency (job_id);
