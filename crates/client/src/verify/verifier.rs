//! A verifier for one issuer, to be kept for as long as tokens come in.

use super::judge::Judgement;
use super::remote::{KeysAt, Remembered};
use super::rules::Rules;
use crate::cache::Cache;
use crate::clock::Clock;
use crate::context::FetchContext;
use crate::error::ClientError;
use crate::event::Observer;
use crate::timer::Timer;
use crate::transport::Transport;
use std::time::Duration;

/// Everything that a verifier works with. Nothing of it is opened before it is needed.
pub struct VerifierParts {
    /// What is demanded of tokens.
    pub rules: Rules,
    /// Where the keys are.
    pub keys: KeysAt,
    /// Where the key set is kept between processes.
    pub cache: Cache,
    /// Speaks HTTP.
    pub transport: Box<dyn Transport>,
    /// Ends what takes too long.
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
    remembered: Remembered,
}

impl Verifier {
    /// A verifier; nothing is fetched yet.
    #[must_use]
    pub fn new(parts: VerifierParts) -> Self {
        Self {
            parts,
            remembered: Remembered::default(),
        }
    }

    /// Judges a token now.
    ///
    /// # Errors
    /// [`ClientError`] where the keys cannot be had. A token that does not hold is no error: see [`Judgement`].
    pub async fn verify(&self, token: &str) -> Result<Judgement, ClientError> {
        self.verify_at(token, self.parts.clock.now()).await
    }

    /// Judges a token with the keys that are at hand, those of an earlier call or of the cache, as of a time in seconds
    /// since 1970. Nothing is fetched, and no runtime is needed.
    ///
    /// `None` where keys have to be fetched first: [`Self::verify_at`] does that.
    #[must_use]
    pub fn look_at(&self, token: &str, at: i64) -> Option<Judgement> {
        let parts = &self.parts;
        self.remembered
            .judge_at_hand(&self.context(), &parts.keys, &parts.rules, token, at)
    }

    /// Judges a token as of another time, in seconds since 1970.
    ///
    /// # Errors
    /// As [`Self::verify`].
    pub async fn verify_at(&self, token: &str, at: i64) -> Result<Judgement, ClientError> {
        let parts = &self.parts;
        let context = self.context();
        let deadline = context.deadline(parts.timeout);
        self.remembered
            .judge(&context, &parts.keys, &parts.rules, token, at, deadline)
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
