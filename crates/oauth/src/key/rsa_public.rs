//! An RSA public key, ready for each algorithm that it is used with.

use super::RSA;
use crate::Algorithm;
use aws_lc_rs::signature::{
    ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384,
    RSA_PKCS1_2048_8192_SHA512, RSA_PSS_2048_8192_SHA256, RSA_PSS_2048_8192_SHA384,
    RSA_PSS_2048_8192_SHA512, RsaParameters, RsaPublicKeyComponents,
};
use std::sync::OnceLock;

/// What the provider calls the algorithms of [`RSA`], in that order. A PSS salt is as long as the hash.
const PARAMETERS: [&RsaParameters; RSA.len()] = [
    &RSA_PKCS1_2048_8192_SHA256,
    &RSA_PSS_2048_8192_SHA256,
    &RSA_PKCS1_2048_8192_SHA384,
    &RSA_PSS_2048_8192_SHA384,
    &RSA_PKCS1_2048_8192_SHA512,
    &RSA_PSS_2048_8192_SHA512,
];

/// Modulus and exponent. The provider binds a parsed key to one algorithm, and a token alone tells which of the six is
/// wanted: so a key is parsed with its first token, and a large set costs nothing for the keys that nobody uses.
pub(super) struct RsaPublicKey {
    /// Big-endian, without leading zeros, as checked by the caller.
    components: RsaPublicKeyComponents<Vec<u8>>,
    /// In the order of [`RSA`]; `None` where the provider refuses the numbers.
    ready: Box<[OnceLock<Option<ParsedPublicKey>>; RSA.len()]>,
}

impl RsaPublicKey {
    pub(super) fn new(n: &[u8], e: &[u8]) -> Self {
        let (n, e) = (n.to_vec(), e.to_vec());
        Self {
            components: RsaPublicKeyComponents { n, e },
            ready: Box::default(),
        }
    }

    /// Whether the signature is one of this key with this algorithm.
    pub(super) fn verifies(&self, alg: Algorithm, message: &[u8], signature: &[u8]) -> bool {
        let parse = |parameters| self.components.to_parsed_public_key(parameters).ok();
        RSA.iter()
            .position(|own| *own == alg)
            .and_then(|at| {
                self.ready[at]
                    .get_or_init(|| parse(PARAMETERS[at]))
                    .as_ref()
            })
            .is_some_and(|key| key.verify_sig(message, signature).is_ok())
    }
}
