//! The judgement of key sets: what is wrong with a published set and with each of its keys, and what that means for
//! those who verify tokens with it (RFC 7517, RFC 7518, RFC 8037, RFC 8725).
//!
//! Pure and bounded: any JSON object gives a judgement, in time that grows with its size and not with its malice.
//! [`judge`] reads a set, [`algorithms`] compares it with the server's metadata, [`candidates`] finds the key of a
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

pub use crate::finding::{Finding, Level, worst};
pub use key::{JudgedKey, Purpose};

use crate::finding;
use crate::json::Object;
use serde_json::Value;

/// RSA moduli that are searched for weaknesses; the arithmetic of more would be felt.
pub const RSA_SEARCHED: usize = 100;

/// Members of a set that are judged: nobody has more keys, and what is said of a million would fill the memory.
pub const MOST_JUDGED: usize = 10_000;

/// What there is to say about a set.
#[derive(Debug)]
pub struct Judgement {
    /// How many members `keys` has.
    pub members: usize,
    /// The members of `keys`, in order, those included that are no keys; the first [`MOST_JUDGED`] of them.
    pub keys: Vec<JudgedKey>,
    /// What concerns the set as a whole, the worst first.
    pub findings: Vec<Finding>,
    /// What was not looked at, each a sentence without its full stop.
    pub unchecked: Vec<String>,
}

impl Judgement {
    /// The worst level of all findings.
    #[must_use]
    pub fn worst(&self) -> Level {
        let keys = self.keys.iter().map(JudgedKey::worst);
        keys.max().unwrap_or(Level::Ok).max(worst(&self.findings))
    }

    /// The keys that can verify signatures.
    pub fn verifying(&self) -> impl Iterator<Item = &JudgedKey> {
        self.keys.iter().filter(|key| key.verifies_signatures())
    }
}

/// Judges a set at a time in seconds since 1970; `None` where the document has no array `keys`.
#[must_use]
pub fn judge(document: &Object, now: i64) -> Option<Judgement> {
    let Some(Value::Array(members)) = document.get("keys") else {
        return None;
    };
    let mut keys: Vec<JudgedKey> = members
        .iter()
        .take(MOST_JUDGED)
        .enumerate()
        .map(|(index, member)| JudgedKey::read(index, member, now))
        .collect();
    let mut unchecked = vec![
        "lists of leaked and predictable keys, but for the examples of standards and of jwt.io"
            .to_owned(),
        "whether a chain of certificates is trusted, and whether a certificate was revoked"
            .to_owned(),
    ];
    if members.len() > MOST_JUDGED {
        unchecked.push(format!(
            "all but the first {MOST_JUDGED} of the {} keys",
            members.len()
        ));
    }
    let rsa = keys.iter().filter(|key| key.modulus.is_some()).count();
    if rsa > RSA_SEARCHED {
        unchecked.push(format!(
            "weak primes in {} of {rsa} RSA keys: the first {RSA_SEARCHED} alone are searched",
            rsa - RSA_SEARCHED
        ));
    }
    rsa::search(&mut keys);
    let mut findings = set::judge(document, members.len(), &mut keys);
    for key in &mut keys {
        key.sort();
    }
    finding::sort(&mut findings);
    Some(Judgement {
        members: members.len(),
        keys,
        findings,
        unchecked,
    })
}
