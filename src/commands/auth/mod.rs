//! `jeton auth …`

mod login;
mod logout;
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

/// See and store the credentials of the profiles
#[derive(Debug, Subcommand)]
#[command(defer = true, after_help = EXAMPLES)]
pub(crate) enum AuthCommand {
    Status(StatusArgs),
    Login(LoginArgs),
    Logout(LogoutArgs),
}

impl AuthCommand {
    /// The verb that was typed.
    pub(crate) fn verb(&self) -> &dyn Verb {
        match self {
            Self::Status(args) => args,
            Self::Login(args) => args,
            Self::Logout(args) => args,
        }
    }
}

/// What the keyring did not do, why, and what helps; `not_found` says what it did not find.
fn keyring_error(message: impl Into<String>, failure: &KeyringFailure, not_found: &str) -> Error {
    let error = Error::credential(message);
    match failure {
        KeyringFailure::NotFound => error.detail(not_found),
        KeyringFailure::Locked => error.detail("it is locked").hint("unlock it and try again"),
        KeyringFailure::Unavailable(reason) => error.detail(reason),
        KeyringFailure::TimedOut => error
            .detail("it did not answer within 3 s")
            .hint("it may wait for somebody to unlock it: unlock it and try again"),
    }
}
