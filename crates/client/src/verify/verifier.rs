//! A verifier for one issuer, for the lifetime of a program.

use super::location::KeySetLocation;
use super::remote_keys::RemoteKeys;
use super::rules::Rules;
use super::verdict::Verdict;
use crate::cache::Cache;
use crate::clock::Clock;
use crate::context::FetchContext;
use crate::error::ClientError;
use crate::event::Observer;
use crate::timer::Timer;
use crate::transport::Transport;
use std::time::Duration;

/// Everything that a verifier works with. Nothing is opened before it is needed.
pub struct VerifierParts {
    /// The requirements for tokens.
    pub rules: Rules,
    /// Where the keys are.
    pub keys: KeySetLocation,
    /// Where the key set is kept between processes.
    pub cache: Cache,
    /// Speaks HTTP.
    pub transport: Box<dyn Transport>,
    /// Enforces deadlines.
    pub timer: Box<dyn Timer>,
    /// The time.
    pub clock: Box<dyn Clock>,
    /// Receives the events.
    pub observer: Box<Observer>,
    /// How long a verification may wait for keys; 5 s at most for a document.
    pub timeout: Duration,
}

/// Verifies tokens with the keys of an issuer.
///
/// ```no_run
/// # async fn f(parts: jeton_client::verify::VerifierParts, token: &str) -> Result<(), jeton_client::ClientError> {
/// let verifier = jeton_client::verify::Verifier::new(parts);
/// match verifier.verify(token).await?.into_verified() {
///     Ok(token) => assert!(token.claims().contains_key("sub")),
///     Err(findings) => assert!(!findings.is_empty()),
/// }
/// # Ok(())
/// # }
/// ```
pub struct Verifier {
    parts: VerifierParts,
    keys: RemoteKeys,
}

impl Verifier {
    /// A verifier; nothing is fetched yet.
    #[must_use]
    pub fn new(parts: VerifierParts) -> Self {
        Self {
            parts,
            keys: RemoteKeys::default(),
        }
    }

    /// Validates a token now.
    ///
    /// # Errors
    /// [`ClientError`] if the keys cannot be fetched. An invalid token is not an error: see [`Verdict`].
    pub async fn verify(&self, token: &str) -> Result<Verdict, ClientError> {
        self.verify_at(token, self.parts.clock.now()).await
    }

    /// Validates a token with cached keys, as of a time in seconds since 1970. Fetches nothing, needs no runtime.
    ///
    /// `None` if keys must be fetched first: [`Self::verify_at`] does that.
    #[must_use]
    pub fn verify_cached(&self, token: &str, at: i64) -> Option<Verdict> {
        let parts = &self.parts;
        self.keys
            .validate_cached(&self.context(), &parts.keys, &parts.rules, token, at)
    }

    /// Validates a token as of another time, in seconds since 1970.
    ///
    /// # Errors
    /// As [`Self::verify`].
    pub async fn verify_at(&self, token: &str, at: i64) -> Result<Verdict, ClientError> {
        let parts = &self.parts;
        let context = self.context();
        let deadline = context.deadline(parts.timeout);
        self.keys
            .validate(&context, &parts.keys, &parts.rules, token, at, deadline)
            .await
    }

    fn context(&self) -> FetchContext<'_> {
        let parts = &self.parts;
        FetchContext {
            transport: parts.transport.as_ref(),
            timer: parts.timer.as_ref(),
            cache: &parts.cache,
            clock: parts.clock.as_ref(),
            observer: parts.observer.as_ref(),
        }
    }
}
