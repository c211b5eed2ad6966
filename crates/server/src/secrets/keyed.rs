//! The hash of a secret with 256 random bits: HMAC-SHA-256 under a key that is derived from the master key.
//!
//! A slow hash protects secrets that can be guessed. These cannot, so it would only let a flood of wrong secrets take the
//! processors of everyone else. Without the master key the hash cannot even be computed. It covers the client's id, so that
//! a hash moved to another client does not match.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::hmac;
use jeton_oauth::ClientSecret;

/// Computes and compares keyed hashes.
pub(crate) struct SecretHasher(hmac::Key);

impl SecretHasher {
    /// With the key of [`crate::keys::MasterKey::secret_key`].
    pub(crate) const fn new(key: hmac::Key) -> Self {
        Self(key)
    }

    /// The hash of a client's secret: over the length of the id (8 bytes, big endian), the id and the secret.
    pub(crate) fn hash(&self, client_id: &str, secret: &ClientSecret) -> [u8; 32] {
        let mut context = hmac::Context::with_key(&self.0);
        context.update(&(client_id.len() as u64).to_be_bytes());
        context.update(client_id.as_bytes());
        context.update(secret.expose().as_bytes());
        let mut hash = [0; 32];
        hash.copy_from_slice(context.sign().as_ref());
        hash
    }
}

/// Whether two hashes are equal, in constant time.
pub(crate) fn equal(a: &[u8; 32], b: &[u8; 32]) -> bool {
    verify_slices_are_equal(a, b).is_ok()
}

#[cfg(test)]
mod tests {
    use super::{SecretHasher, equal};
    use aws_lc_rs::hmac;
    use jeton_oauth::ClientSecret;

    #[test]
    fn key_client_and_secret_all_count() {
        let hasher = |byte| SecretHasher::new(hmac::Key::new(hmac::HMAC_SHA256, &[byte; 32]));
        let secret = ClientSecret::new("secret");
        let hash = hasher(7).hash("a", &secret);
        assert!(equal(&hash, &hasher(7).hash("a", &secret)));
        let others = [
            hasher(8).hash("a", &secret),
            hasher(7).hash("b", &secret),
            hasher(7).hash("as", &ClientSecret::new("ecret")),
            hasher(7).hash("a", &ClientSecret::new("secreT")),
        ];
        assert!(others.iter().all(|other| !equal(&hash, other)));
    }
}
