//! The versions of the schema, oldest first. A migration that was released never changes.

use sqlx::SqlSafeStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};

const ALL: [(i64, &str, &str); 5] = [
    (
        1,
        "clients",
        include_str!("../../../migrations/0001_clients.sql"),
    ),
    (
        2,
        "signing keys",
        include_str!("../../../migrations/0002_signing_keys.sql"),
    ),
    (
        3,
        "audit",
        include_str!("../../../migrations/0003_audit.sql"),
    ),
    (
        4,
        "entities",
        include_str!("../../../migrations/0004_entities.sql"),
    ),
    (
        5,
        "used jtis",
        include_str!("../../../migrations/0005_used_jtis.sql"),
    ),
];

/// Brings any older database to this version; refuses a newer one.
pub(super) fn migrator() -> Migrator {
    up_to(i64::MAX)
}

/// As far as an earlier version of jeton went.
pub(super) fn up_to(last: i64) -> Migrator {
    Migrator::with_migrations(
        ALL.into_iter()
            .filter(|(version, ..)| *version <= last)
            .map(|(version, what, sql)| {
                Migration::new(
                    version,
                    what.into(),
                    MigrationType::Simple,
                    sql.into_sql_str(),
                    false,
                )
            })
            .collect(),
    )
}
