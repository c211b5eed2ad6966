//! `jeton auth …`

pub(super) mod login;
pub(super) mod logout;
mod status;

use super::verb::Verb;
use crate::error::Error;
use clap::Subcommand;
use jeton_profile::keyring::KeyringFailure;
use login::LoginArgs;
use logout::LogoutArgs;
use status::StatusArgs;

const EXAMPLES: &str = "Examples:
  jeton auth status
      every profile at a glance
  jeton auth login -p billing
      store the secret of a profile";

/// Show and store the credentials of profiles
#[derive(Debug, Subcommand)]
#[command(defer = true, after_help = EXAMPLES)]
pub(crate) enum AuthCommand {
    Status(StatusArgs),
    Login(LoginArgs),
    Logout(LogoutArgs),
}

impl AuthCommand {
    /// The verb of the command line.
    pub(crate) fn verb(&self) -> &dyn Verb {
        match self {
            Self::Status(args) => args,
            Self::Login(args) => args,
            Self::Logout(args) => args,
        }
    }
}

/// Why the keyring failed, and what to do; `not_found` is the text for a missing entry or collection.
fn keyring_error(message: impl Into<String>, failure: &KeyringFailure, not_found: &str) -> Error {
    let error = Error::credential(message);
    match failure {
        KeyringFailure::NotFound => error.detail(not_found),
        KeyringFailure::Locked => error.detail("it is locked").hint("unlock it and try again"),
        KeyringFailure::Unavailable(reason) => error.detail(reason),
        KeyringFailure::TimedOut => error
            .detail("it did not answer within 3 s")
            .hint("it may be waiting to be unlocked: unlock it and try again"),
    }
}
