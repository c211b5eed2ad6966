//! Defects of a set as a whole: ambiguous names, repeated keys, nothing to verify with.

use super::key::{KeyValidation, Purpose};
use crate::finding::Finding;
use jeton_oauth::json::Object;
use std::collections::HashMap;

/// More keys than this burden every client and every rotation.
const MANY: usize = 50;

/// `members` is how many there are, validated or not.
pub(super) fn validate(
    document: &Object,
    members: usize,
    keys: &mut [KeyValidation],
) -> Vec<Finding> {
    let mut found = Vec::new();
    if keys.is_empty() {
        found.push(Finding::fail(
            "set.empty",
            "the set has no key: no token of this issuer can be verified",
        ));
        return found;
    }
    if !keys.iter().any(KeyValidation::verifies_signatures) {
        found.push(Finding::fail(
            "set.no_signature_key",
            "no key of the set can verify a signature here",
        ));
    }
    if members > MANY {
        found.push(Finding::warn(
            "set.many",
            format!("the set has {members} keys: clients fetch and search all of them, and some stop early"),
        ));
    }
    // Some people put a single key and its set into one object.
    if document.contains_key("kty") {
        found.push(Finding::warn(
            "set.also_a_key",
            "the document is a set and a key at once: clients differ in which of them they read",
        ));
    }
    missing_names(keys);
    repeated_names(keys);
    repeated_keys(keys);
    found
}

fn missing_names(keys: &mut [KeyValidation]) {
    let signing = keys
        .iter()
        .filter(|key| key.purpose == Purpose::Signatures)
        .count();
    for key in keys {
        if key.kid.is_some() || key.purpose != Purpose::Signatures {
            continue;
        }
        key.say(if signing > 1 {
            Finding::warn(
                "kid.missing",
                "it has no kid, and it is not the only key: clients have to try every key, or refuse",
            )
        } else {
            Finding::note(
                "kid.missing",
                "it has no kid: once there is a second key, clients cannot tell them apart",
            )
        });
    }
}

fn repeated_names(keys: &mut [KeyValidation]) {
    for places in groups(keys, |key| key.kid.clone()) {
        let first = places[0];
        let same_kind = places
            .iter()
            .all(|place| keys[*place].kty == keys[first].kty);
        let numbers: Vec<String> = places
            .iter()
            .take(5)
            .map(|place| (place + 1).to_string())
            .collect();
        let more = if places.len() > 5 { " …" } else { "" };
        let numbers = format!("{}{more}", numbers.join(", "));
        for place in places {
            keys[place].say(if same_kind {
                Finding::fail(
                    "kid.duplicate",
                    format!("the keys {numbers} have the same kid: clients pick one of them by chance"),
                )
            } else {
                Finding::warn(
                    "kid.duplicate",
                    format!("the keys {numbers} have the same kid: clients that ignore kty take the wrong one (RFC 7517 4.5)"),
                )
            });
        }
    }
}

fn repeated_keys(keys: &mut [KeyValidation]) {
    for places in groups(keys, |key| key.thumbprint.clone()) {
        let numbers: Vec<String> = places
            .iter()
            .take(5)
            .map(|place| (place + 1).to_string())
            .collect();
        for place in &places {
            keys[*place].say(Finding::warn(
                "key.duplicate",
                format!(
                    "the same key appears {} times (as {}): one key belongs to one kid and one alg (RFC 8725 3.1)",
                    places.len(),
                    numbers.join(", ")
                ),
            ));
        }
    }
    let modulus = |key: &KeyValidation| key.modulus.as_ref().map(num_bigint::BigUint::to_bytes_be);
    for places in groups(keys, modulus) {
        let differ = places
            .iter()
            .any(|place| keys[*place].thumbprint != keys[places[0]].thumbprint);
        if !differ {
            continue;
        }
        for place in places {
            keys[place].say(Finding::fail(
                "rsa.shared_modulus",
                "another key has the same modulus with another exponent: who owns one of them can compute the other",
            ));
        }
    }
}

/// Groups of keys that share a property, in the order of the set.
fn groups<K: std::hash::Hash + Eq>(
    keys: &[KeyValidation],
    of: impl Fn(&KeyValidation) -> Option<K>,
) -> Vec<Vec<usize>> {
    let mut groups: HashMap<K, Vec<usize>> = HashMap::new();
    for (place, key) in keys.iter().enumerate() {
        if let Some(name) = of(key) {
            groups.entry(name).or_default().push(place);
        }
    }
    let mut repeated: Vec<_> = groups
        .into_values()
        .filter(|places| places.len() > 1)
        .collect();
    repeated.sort();
    repeated
}
