//! The versions of the schema, oldest first. A migration that was released never changes.

use sqlx::SqlSafeStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};

const ALL: [(i64, &str, &str); 3] = [
    (
        1,
        "clients",
        include_str!("../../migrations/0001_clients.sql"),
    ),
    (
        2,
        "signing keys",
        include_str!("../../migrations/0002_signing_keys.sql"),
    ),
    (3, "audit", include_str!("../../migrations/0003_audit.sql")),
];

/// Brings any older database to this version; refuses one of a newer.
pub(super) fn migrator() -> Migrator {
    Migrator::with_migrations(
        ALL.into_iter()
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
