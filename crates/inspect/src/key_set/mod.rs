//! The validation of key sets: what is wrong with a published set and with each of its keys, and what that means for
//! those who verify tokens with it (RFC 7517, RFC 7518, RFC 8037, RFC 8725).
//!
//! Pure and bounded: any JSON object can be validated, in time proportional to its size.
//! [`validate`] reads a set, [`algorithms`] compares it with the server's metadata, [`candidates`] finds the key of a
//! token, [`rotation`] compares two versions of it.

pub mod algorithms;
pub mod candidates;
pub mod rotation;

mod certificates;
mod key;
mod material;
mod okp;
mod primes;
mod published;
mod rsa;
mod set;
mod usage;

#[cfg(test)]
mod tests;

pub use key::{KeyValidation, Purpose};

use crate::finding::{self, Finding, Severity, worst};
use jeton_oauth::json::Object;
use serde_json::Value;

/// RSA moduli that are searched for weaknesses; the arithmetic of more would be felt.
pub const RSA_SEARCHED: usize = 100;

/// Members of a set that are validated: no real set has more, and findings on a million keys would fill the memory.
pub const MOST_VALIDATED: usize = 10_000;

/// What there is to say about a set.
#[derive(Debug)]
pub struct Validation {
    /// How many members `keys` has.
    pub members: usize,
    /// The members of `keys`, in order, those included that are no keys; the first [`MOST_VALIDATED`] of them.
    pub keys: Vec<KeyValidation>,
    /// What concerns the set as a whole, the worst first.
    pub findings: Vec<Finding>,
    /// What was not looked at, each a sentence without its full stop.
    pub unchecked: Vec<String>,
}

impl Validation {
    /// The worst level of all findings.
    #[must_use]
    pub fn worst(&self) -> Severity {
        let keys = self.keys.iter().map(KeyValidation::worst);
        keys.max()
            .unwrap_or(Severity::Ok)
            .max(worst(&self.findings))
    }

    /// The keys that can verify signatures.
    pub fn verifying(&self) -> impl Iterator<Item = &KeyValidation> {
        self.keys.iter().filter(|key| key.verifies_signatures())
    }
}

/// Validates a set at a time in seconds since 1970; `None` where the document has no array `keys`.
#[must_use]
pub fn validate(document: &Object, now: i64) -> Option<Validation> {
    let Some(Value::Array(members)) = document.get("keys") else {
        return None;
    };
    let mut keys: Vec<KeyValidation> = members
        .iter()
        .take(MOST_VALIDATED)
        .enumerate()
        .map(|(index, member)| KeyValidation::read(index, member, now))
        .collect();
    let mut unchecked = vec![
        "leaked-key lists, except the examples of standards and of jwt.io".to_owned(),
        "trust in certificate chains, and revocation".to_owned(),
    ];
    if members.len() > MOST_VALIDATED {
        unchecked.push(format!(
            "all but the first {MOST_VALIDATED} of the {} keys",
            members.len()
        ));
    }
    let rsa = keys.iter().filter(|key| key.modulus.is_some()).count();
    if rsa > RSA_SEARCHED {
        unchecked.push(format!(
            "weak primes in {} of {rsa} RSA keys: only the first {RSA_SEARCHED} are searched",
            rsa - RSA_SEARCHED
        ));
    }
    rsa::search(&mut keys);
    let mut findings = set::validate(document, members.len(), &mut keys);
    for key in &mut keys {
        key.sort();
    }
    finding::sort(&mut findings);
    Some(Validation {
        members: members.len(),
        keys,
        findings,
        unchecked,
    })
}
