CREATE TABLE signing_keys (
    kid        TEXT    NOT NULL PRIMARY KEY,
    algorithm  TEXT    NOT NULL,
    state      TEXT    NOT NULL CHECK (state IN ('next', 'current', 'retiring')),
    sealed     BLOB    NOT NULL, -- PKCS#8 under the master key
    created_at INTEGER NOT NULL,
    retire_at  INTEGER,          -- unix seconds; the end of the last token that it signed
    CHECK ((state = 'retiring') = (retire_at IS NOT NULL))
) STRICT, WITHOUT ROWID;

-- Two keys can never both be the one that signs.
CREATE UNIQUE INDEX signing_keys_one_of_each ON signing_keys (algorithm, state) WHERE state IN ('next', 'current');
