-- Ids are text, times are milliseconds since 1970 (UTC), documents are JSON text.
-- One SQL text for SQLite now and PostgreSQL later: no SQLite-only types or functions here.

CREATE TABLE devices (
    id          TEXT PRIMARY KEY,
    public_key  TEXT NOT NULL UNIQUE,
    approved    INTEGER NOT NULL,
    created_at  BIGINT NOT NULL,
    last_seen   BIGINT NOT NULL
);

CREATE TABLE device_tokens (
    token_hash  TEXT PRIMARY KEY,
    device      TEXT NOT NULL REFERENCES devices (id),
    expires     BIGINT NOT NULL
);

CREATE TABLE nonces (
    nonce       TEXT PRIMARY KEY,
    expires     BIGINT NOT NULL
);

CREATE TABLE tickets (
    number          TEXT PRIMARY KEY,
    device          TEXT NOT NULL REFERENCES devices (id),
    body_hash       TEXT NOT NULL,
    summary         TEXT NOT NULL,
    severity        TEXT NOT NULL,
    status          TEXT NOT NULL,
    owner           TEXT REFERENCES agents (id),
    created_at      BIGINT NOT NULL,
    received_at     BIGINT NOT NULL,
    response_due    BIGINT NOT NULL,
    answered_at     BIGINT,
    closed_at       BIGINT,
    log             TEXT,
    bundle_size     BIGINT NOT NULL,
    bundle_sha256   TEXT NOT NULL,
    bundle_state    TEXT NOT NULL,
    bundle_key      TEXT,
    bundle_problem  TEXT,
    manifest        TEXT,
    search          TEXT NOT NULL
);
CREATE INDEX tickets_by_queue ON tickets (status, severity, response_due);
CREATE INDEX tickets_by_device ON tickets (device);

CREATE TABLE uploads (
    id          TEXT PRIMARY KEY,
    ticket      TEXT NOT NULL REFERENCES tickets (number),
    kind        TEXT NOT NULL,
    length      BIGINT NOT NULL,
    metadata    TEXT NOT NULL,
    token_hash  TEXT NOT NULL,
    created_at  BIGINT NOT NULL,
    expires     BIGINT NOT NULL,
    done        INTEGER NOT NULL
);
CREATE INDEX uploads_by_ticket ON uploads (ticket);

CREATE TABLE messages (
    ticket      TEXT NOT NULL REFERENCES tickets (number),
    id          TEXT NOT NULL,
    author      TEXT NOT NULL,
    agent       TEXT REFERENCES agents (id),
    at          BIGINT NOT NULL,
    text        TEXT NOT NULL,
    PRIMARY KEY (ticket, id)
);

CREATE TABLE agents (
    id              TEXT PRIMARY KEY,
    email           TEXT NOT NULL UNIQUE,
    name            TEXT NOT NULL,
    password_hash   TEXT NOT NULL,
    admin           INTEGER NOT NULL,
    language        TEXT NOT NULL,
    created_at      BIGINT NOT NULL,
    failed_logins   INTEGER NOT NULL,
    locked_until    BIGINT NOT NULL
);

CREATE TABLE sessions (
    token_hash  TEXT PRIMARY KEY,
    agent       TEXT NOT NULL REFERENCES agents (id),
    csrf        TEXT NOT NULL,
    created_at  BIGINT NOT NULL,
    last_seen   BIGINT NOT NULL,
    expires     BIGINT NOT NULL
);

CREATE TABLE setup (
    id          INTEGER PRIMARY KEY,
    token_hash  TEXT,
    done_at     BIGINT
);

CREATE TABLE audit (
    id      TEXT PRIMARY KEY,
    at      BIGINT NOT NULL,
    actor   TEXT NOT NULL,
    action  TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail  TEXT NOT NULL
);
CREATE INDEX audit_by_time ON audit (at);
