-- Clients, resources and signing keys become documents under a kind and an id. The authority holds all of them in memory and
-- never asks the database for a part of one, so columns bought nothing and each new member cost a migration.
CREATE TABLE entities (
    kind     TEXT    NOT NULL,
    id       TEXT    NOT NULL,
    version  INTEGER NOT NULL, -- from 1, grows with each change
    document TEXT    NOT NULL, -- JSON
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

-- Which entities each transaction has changed, for nodes that hold an earlier state.
CREATE TABLE outbox (
    revision INTEGER NOT NULL,
    kind     TEXT    NOT NULL,
    id       TEXT    NOT NULL,
    PRIMARY KEY (revision, kind, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE store_state (
    id            INTEGER PRIMARY KEY CHECK (id = 1),
    revision      INTEGER NOT NULL, -- of the last transaction
    outbox_behind INTEGER NOT NULL  -- the outbox has all revisions after this one
) STRICT;

INSERT INTO store_state (id, revision, outbox_behind) VALUES (1, 0, 0);

CREATE TABLE secret_uses (
    secret       TEXT    NOT NULL PRIMARY KEY,
    last_used_at INTEGER NOT NULL -- unix seconds
) STRICT, WITHOUT ROWID;

INSERT INTO secret_uses (secret, last_used_at)
SELECT CAST(id AS TEXT), last_used_at FROM client_secrets WHERE last_used_at IS NOT NULL;

INSERT INTO entities (kind, id, version, document)
SELECT 'client', c.id, c.version, json_object(
    'name', c.name,
    'method', c.method,
    'grants', c.grants,
    'scopes', c.scopes,
    'resources', json(c.resources),
    'default_resources', json(c.default_resources),
    'lifetime', c.lifetime,
    'enabled', json(iif(c.enabled, 'true', 'false')),
    'jwks', c.jwks,
    'assertion_algorithm', c.assertion_algorithm,
    'endpoint_audience_until', c.endpoint_audience_until,
    'not_before', c.not_before,
    'created_at', c.created_at,
    'secrets', (
        SELECT json_group_array(json_object(
            'id', CAST(s.id AS TEXT),
            'value', CASE
                WHEN s.hash IS NULL THEN json_object('sealed', lower(hex(s.sealed)))
                ELSE json_object('argon2id', json_object(
                    'memory_kib', c.hash_memory_kib,
                    'passes', c.hash_passes,
                    'salt', lower(hex(c.hash_salt)),
                    'hash', lower(hex(s.hash))
                ))
            END,
            'created_at', s.created_at,
            'expires_at', s.expires_at
        ))
        FROM (SELECT * FROM client_secrets WHERE client_id = c.id ORDER BY id) AS s
    )
)
FROM clients AS c;

INSERT INTO entities (kind, id, version, document)
SELECT 'resource', identifier, 1, json_object('scopes', scopes, 'lifetime', lifetime, 'algorithm', algorithm) FROM resources;

INSERT INTO entities (kind, id, version, document)
SELECT 'signing_key', kid, 1, json_object(
    'algorithm', algorithm,
    'state', state,
    'sealed', lower(hex(sealed)),
    'created_at', created_at,
    'retire_at', retire_at
)
FROM signing_keys;

INSERT INTO entities (kind, id, version, document)
SELECT DISTINCT 'setting', 'signing_keys/' || algorithm, 1, '{}' FROM signing_keys;

DROP TABLE client_secrets;
DROP TABLE clients;
DROP TABLE resources;
DROP TABLE signing_keys;
