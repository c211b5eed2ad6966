//! What was decided, kept so that nobody can change it unseen.

mod chain;
mod event;
mod writer;

pub use chain::AuditDamage;
pub use writer::AuditError;

pub(crate) use chain::LinkedRecord;
pub(crate) use event::{Event, Kind};
pub(crate) use writer::AuditLog;
