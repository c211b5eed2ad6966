//! An OAuth 2.1 authorization server for machines only: client credentials, no users, no browser, no refresh tokens.
//!
//! A token request walks one way: [`Server`] (socket, limits) → `routes` (strict reading) → `auth` (who is it) → `grants` (what
//! may it have) → `token` (signed) → `audit` (recorded) → response. Routes hold no SQL, grants hold no HTTP, and one place turns
//! a refusal into JSON.
//!
//! The library prints nothing, reads no environment and asks no clock: [`Clock`], [`Log`] and [`Config`] come from outside.

mod admin;
mod audit;
mod auth;
mod authority;
mod bootstrap;
mod client;
mod clock;
mod config;
mod ephemeral;
mod grants;
mod hex;
mod keys;
mod log;
mod random;
mod refusal;
mod registry;
mod replica;
mod resource;
mod router;
mod routes;
mod secrets;
mod server;
mod store;
mod token;

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests;

pub use admin::{Admin, AdminError, ClientSummary, Registered, SecretSummary};
pub use audit::{AuditDamage, AuditError};
pub use bootstrap::{AdminAccess, AdminAccessError, DataDir, DataDirError, DevAccess};
pub use client::{Grant, InvalidRegistration, Registration};
pub use clock::{Clock, SystemClock};
pub use config::{AssertionRules, Config, Lifetimes, Limits, StoreLocation, UnknownStore};
pub use keys::{BadMasterKey, MasterKey, SealError, SigningKeyError, TooSoon, Urgency};
pub use log::{Level, Log, Record, Silent};
pub use random::NoRandomness;
pub use resource::Resource;
pub use server::{IntoListener, OpenError, Server, StartError};
pub use store::StoreError;
