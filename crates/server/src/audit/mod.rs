//! The audit log: every decision, in a chain that shows each change.

mod chain;
mod event;
mod writer;

pub use chain::AuditDamage;
pub use writer::AuditError;

pub(crate) use chain::LinkedRecord;
pub(crate) use event::{Event, Kind};
pub(crate) use writer::AuditLog;
