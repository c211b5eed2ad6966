//! Secrets that were right a moment ago, so that Argon2 runs once and not for each request.
//!
//! Kept is a HMAC under a random key of this process, over client, version and secret: nothing that is worth stealing, and
//! nothing that still matches after the client has changed.

use crate::random::{NoRandomness, Random};
use aws_lc_rs::hmac;
use jeton_oauth::ClientSecret;
use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

/// How long a right secret is remembered, in seconds.
pub(crate) const REMEMBERED_FOR: i64 = 300;

/// Above this, what has ended is thrown out; if all is alive, everything is.
const MOST: usize = 100_000;

type Mark = [u8; 32];

/// The memory of right secrets.
pub(crate) struct Remembered {
    key: hmac::Key,
    until: RwLock<HashMap<Mark, i64>>,
}

impl Remembered {
    pub(crate) fn new(random: &Random) -> Result<Self, NoRandomness> {
        Ok(Self {
            key: hmac::Key::new(hmac::HMAC_SHA256, &random.bytes::<32>()?),
            until: RwLock::default(),
        })
    }

    /// What `secret` of `client` at `version` is known by.
    pub(crate) fn mark(&self, client: &str, version: i64, secret: &ClientSecret) -> Mark {
        let mut context = hmac::Context::with_key(&self.key);
        context.update(&(client.len() as u64).to_be_bytes());
        context.update(client.as_bytes());
        context.update(&version.to_be_bytes());
        context.update(secret.expose().as_bytes());
        let mut mark = [0; 32];
        mark.copy_from_slice(context.sign().as_ref());
        mark
    }

    /// Whether it was right a moment ago.
    pub(crate) fn knows(&self, mark: &Mark, now: i64) -> bool {
        self.until
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(mark)
            .is_some_and(|until| *until > now)
    }

    /// Remembers it for minutes, but not beyond `end`, the end of the secret itself (unix seconds).
    pub(crate) fn remember(&self, mark: Mark, now: i64, end: Option<i64>) {
        let until = (now + REMEMBERED_FOR).min(end.unwrap_or(i64::MAX));
        let mut all = self.until.write().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST {
            all.retain(|_, until| *until > now);
            if all.len() >= MOST {
                all.clear();
            }
        }
        all.insert(mark, until);
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::Remembered;
    use crate::random::Random;
    use jeton_oauth::ClientSecret;

    #[test]
    fn a_right_secret_is_known_for_minutes_and_until_the_client_changes() {
        let remembered = Remembered::new(&Random::system()).unwrap();
        let secret = ClientSecret::new("right");
        let mark = remembered.mark("a", 1, &secret);
        assert!(!remembered.knows(&mark, 1000));
        remembered.remember(mark, 1000, None);
        assert!(remembered.knows(&mark, 1299));
        assert!(!remembered.knows(&mark, 1300));
        assert_ne!(mark, remembered.mark("a", 2, &secret));
        assert_ne!(mark, remembered.mark("b", 1, &secret));
        assert_ne!(mark, remembered.mark("a", 1, &ClientSecret::new("wrong")));
    }

    #[test]
    fn a_secret_is_not_remembered_beyond_its_own_end() {
        let remembered = Remembered::new(&Random::system()).unwrap();
        let mark = remembered.mark("a", 1, &ClientSecret::new("right"));
        remembered.remember(mark, 1000, Some(1010));
        assert!(remembered.knows(&mark, 1009));
        assert!(!remembered.knows(&mark, 1010));
    }
}
