//! The records of the authority as lines of the log.

use crate::log::{Field, Level, Log, Module, field};
use jeton_server::Record;
use std::sync::Arc;

/// Writes what the authority records into the log of this process.
pub(in crate::commands) struct ServerLog {
    log: Arc<Log>,
    /// The level of ordinary records.
    ordinary: Level,
}

impl ServerLog {
    pub(in crate::commands) const fn new(log: Arc<Log>, ordinary: Level) -> Self {
        Self { log, ordinary }
    }
}

impl jeton_server::Log for ServerLog {
    fn record(&self, record: &Record<'_>) {
        let level = match record.level {
            jeton_server::Level::Error => Level::Error,
            jeton_server::Level::Warn => Level::Warn,
            jeton_server::Level::Info => self.ordinary,
            jeton_server::Level::Debug => Level::Trace,
        };
        let fields: Vec<Field<'_>> = record
            .fields
            .iter()
            .map(|(name, value)| field(name, value))
            .collect();
        self.log
            .write(level, Module::Server, &record.message, &fields);
    }
}
