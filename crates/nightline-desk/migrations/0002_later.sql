-- Files that follow a ticket, and tickets that the person closes.

-- Empty for the ticket's bundle, else the id of the file that the upload carries.
ALTER TABLE uploads ADD COLUMN attachment TEXT NOT NULL DEFAULT '';

CREATE TABLE attachments (
    ticket       TEXT NOT NULL REFERENCES tickets (number),
    id           TEXT NOT NULL,
    name         TEXT NOT NULL,
    media_type   TEXT NOT NULL,
    size         BIGINT NOT NULL,
    sha256       TEXT NOT NULL,
    announced_at BIGINT NOT NULL,
    state        TEXT NOT NULL,
    file_key     TEXT,
    received_at  BIGINT,
    PRIMARY KEY (ticket, id)
);

CREATE TABLE closings (
    ticket  TEXT NOT NULL REFERENCES tickets (number),
    id      TEXT NOT NULL,
    at      BIGINT NOT NULL,
    PRIMARY KEY (ticket, id)
);

-- Who closed a ticket, while it is closed: `agent` or `customer`.
ALTER TABLE tickets ADD COLUMN closed_by TEXT;
UPDATE tickets SET closed_by = 'agent' WHERE status = 'closed';
