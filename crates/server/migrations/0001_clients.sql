-- What a client may ask for is one row, so that a start reads each client once; its secrets come and go, so they have their own.
CREATE TABLE resources (
    identifier TEXT NOT NULL PRIMARY KEY, -- as registered: this is what goes into `aud`
    scopes     TEXT,                      -- space separated; NULL: every scope is understood
    lifetime   INTEGER,                   -- seconds; NULL: the client's, else the authority's
    algorithm  TEXT                       -- JWS name; NULL: the authority's first
) STRICT, WITHOUT ROWID;

CREATE TABLE clients (
    id                      TEXT    NOT NULL PRIMARY KEY,
    name                    TEXT    NOT NULL,
    method                  TEXT    NOT NULL,
    grants                  TEXT    NOT NULL, -- space separated
    scopes                  TEXT    NOT NULL, -- space separated
    resources               TEXT    NOT NULL, -- JSON array: all that may be asked for
    default_resources       TEXT    NOT NULL, -- JSON array: used when none is asked for
    lifetime                INTEGER,          -- seconds
    enabled                 INTEGER NOT NULL,
    jwks                    TEXT,             -- JSON, public members only
    assertion_algorithm     TEXT,
    endpoint_audience_until INTEGER,          -- unix seconds: until then an assertion may name the token endpoint
    not_before              INTEGER NOT NULL, -- unix seconds: what was issued or signed earlier is void
    hash_salt               BLOB    NOT NULL, -- one salt a client: all its live secrets are checked with one hash
    hash_memory_kib         INTEGER NOT NULL,
    hash_passes             INTEGER NOT NULL,
    version                 INTEGER NOT NULL, -- grows with each change
    created_at              INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE client_secrets (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    client_id    TEXT    NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    hash         BLOB,             -- Argon2id
    sealed       BLOB,             -- client_secret_jwt needs the clear text: sealed by the master key
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER,          -- unix seconds; NULL: until it is replaced
    last_used_at INTEGER,
    CHECK ((hash IS NULL) <> (sealed IS NULL))
) STRICT;

CREATE INDEX client_secrets_by_client ON client_secrets (client_id);
