-- The `jti`s of client assertions that were used, until those assertions end: a restart must not let one in again. A row is
-- written with the audit record of the request that used it.
CREATE TABLE used_jtis (
    until  INTEGER NOT NULL, -- unix seconds
    client TEXT    NOT NULL,
    hash   TEXT    NOT NULL, -- base64url of the first 128 bits of SHA-256
    PRIMARY KEY (until, client, hash)
) STRICT, WITHOUT ROWID;
