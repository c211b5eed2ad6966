CREATE TABLE audit (
    seq     INTEGER PRIMARY KEY, -- from 1, without gaps
    at      INTEGER NOT NULL,    -- unix seconds
    event   TEXT    NOT NULL,
    client  TEXT,
    address TEXT,
    jti     TEXT,
    detail  TEXT    NOT NULL,    -- JSON object
    link    TEXT    NOT NULL     -- base64url HMAC over the link before it and this row
) STRICT;

CREATE INDEX audit_by_client ON audit (client, seq);

-- Where the chain ends, sealed by a HMAC of its own: without it the newest records could be cut off unseen.
CREATE TABLE audit_head (
    id   INTEGER PRIMARY KEY CHECK (id = 1),
    seq  INTEGER NOT NULL,
    link TEXT    NOT NULL,
    mac  TEXT    NOT NULL
) STRICT;
