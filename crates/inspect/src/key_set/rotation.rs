//! Two versions of a set: what was added, removed and changed; and whether that came too fast for clients that keep
//! the set for as long as they may (RFC 7517 has no rule for it; OpenID Connect Core 10.1.1 describes the usual one).

use super::{KeyValidation, Purpose, Validation};
use crate::finding::quoted;
use serde::Serialize;
use std::collections::HashMap;

/// What tells a key apart from another version of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Seen {
    /// `kid`: foreign text.
    pub kid: Option<String>,
    /// Kind and size.
    pub kind: String,
    /// `alg`: foreign text.
    pub alg: Option<String>,
    /// `use`: foreign text.
    #[serde(rename = "use")]
    pub use_: Option<String>,
    /// RFC 7638.
    pub thumbprint: Option<String>,
    /// Whether it can verify signatures.
    pub signatures: bool,
}

impl Seen {
    fn of(key: &KeyValidation) -> Self {
        Self {
            kid: key.kid.clone(),
            kind: key.kind(),
            alg: key.alg.clone(),
            use_: key.use_.clone(),
            thumbprint: key.thumbprint.clone(),
            signatures: key.purpose == Purpose::Signatures && !key.algorithms.is_empty(),
        }
    }

    /// What to call it: its `kid` in quotes, else the beginning of its thumbprint.
    #[must_use]
    pub fn name(&self) -> String {
        match (&self.kid, &self.thumbprint) {
            (Some(kid), _) => quoted(kid),
            (None, Some(thumbprint)) => {
                format!("{}… (no kid)", thumbprint.get(..8).unwrap_or_default())
            }
            (None, None) => format!("a key of the kind {}", quoted(&self.kind)),
        }
    }
}

/// The keys of a set as far as they are told apart.
#[must_use]
pub fn seen(validation: &Validation) -> Vec<Seen> {
    validation.keys.iter().map(Seen::of).collect()
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "change", rename_all = "lowercase")]
pub enum Change {
    /// A new key.
    Added {
        /// The key.
        key: Seen,
    },
    /// A key that was removed.
    Removed {
        /// The key.
        key: Seen,
    },
    /// Another key under the same `kid`.
    Replaced {
        /// As it was.
        before: Seen,
        /// As it is.
        key: Seen,
    },
    /// The same key with another `kid`, `alg` or `use`.
    Relabelled {
        /// As it was.
        before: Seen,
        /// As it is.
        key: Seen,
    },
}

/// What changed from one version to another. The order of the keys is no change.
#[must_use]
pub fn compare(before: &[Seen], after: &[Seen]) -> Vec<Change> {
    let mut old = without(before, after);
    let mut changes = Vec::new();
    let mut new = Vec::new();
    for key in without(after, before) {
        let same_key = key
            .thumbprint
            .is_some()
            .then(|| old.iter().position(|old| old.thumbprint == key.thumbprint));
        let same_kid = key
            .kid
            .is_some()
            .then(|| old.iter().position(|old| old.kid == key.kid));
        if let Some(place) = same_key.flatten() {
            let before = old.remove(place);
            changes.push(Change::Relabelled { before, key });
        } else if let Some(place) = same_kid.flatten() {
            let before = old.remove(place);
            changes.push(Change::Replaced { before, key });
        } else {
            new.push(key);
        }
    }
    changes.extend(new.into_iter().map(|key| Change::Added { key }));
    changes.extend(old.into_iter().map(|key| Change::Removed { key }));
    changes
}

/// The keys of `these` that are not among `those`, each counted as often as it stands there.
fn without(these: &[Seen], those: &[Seen]) -> Vec<Seen> {
    let mut counts: HashMap<&Seen, usize> = HashMap::new();
    for key in those {
        *counts.entry(key).or_default() += 1;
    }
    let mut rest = Vec::new();
    for key in these {
        match counts.get_mut(key) {
            Some(count) if *count > 0 => *count -= 1,
            _ => rest.push(key.clone()),
        }
    }
    rest
}

/// A change as it was watched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Event {
    /// What changed.
    #[serde(flatten)]
    pub change: Change,
    /// Whom it would have hurt; nothing where clients that behave were safe.
    pub breaks: Option<String>,
}

/// A set under watch.
#[derive(Debug)]
pub struct Watch {
    keys: Vec<Seen>,
    /// When a key was first seen, by its thumbprint; the keys of the beginning are older than the watch.
    since: HashMap<String, i64>,
}

impl Watch {
    /// Begins with the set as it is.
    #[must_use]
    pub fn new(keys: Vec<Seen>) -> Self {
        Self {
            keys,
            since: HashMap::new(),
        }
    }

    /// Takes the next version, at a time in seconds since 1970. `kept_for` is how many seconds clients may keep the
    /// set without asking.
    pub fn observe(&mut self, now: i64, keys: Vec<Seen>, kept_for: i64) -> Vec<Event> {
        let changes = compare(&self.keys, &keys);
        for change in &changes {
            if let Change::Added { key } | Change::Replaced { key, .. } = change
                && let Some(thumbprint) = &key.thumbprint
            {
                self.since.insert(thumbprint.clone(), now);
            }
        }
        let events = changes
            .into_iter()
            .map(|change| Event {
                breaks: self.breaks(now, &change, &keys, kept_for),
                change,
            })
            .collect();
        self.keys = keys;
        events
    }

    fn breaks(&self, now: i64, change: &Change, keys: &[Seen], kept_for: i64) -> Option<String> {
        match change {
            Change::Added { .. } => None,
            Change::Replaced { key, .. } if key.signatures => Some(
                "another key under the same kid: clients that kept the set refuse new tokens until they ask again, and those that asked refuse the old ones".to_owned(),
            ),
            Change::Relabelled { before, key } if before.kid != key.kid && before.signatures => Some(
                "the key has another kid: tokens that name the old one cannot be verified any more".to_owned(),
            ),
            Change::Replaced { .. } | Change::Relabelled { .. } => None,
            Change::Removed { key } if !key.signatures => None,
            Change::Removed { key } => {
                let age = |key: &Seen| {
                    let since = self.since.get(key.thumbprint.as_deref()?)?;
                    Some(now - since)
                };
                let mut heirs = keys.iter().filter(|heir| heir.signatures).peekable();
                if heirs.peek().is_none() {
                    return Some("no key for signatures is left".to_owned());
                }
                if let Some(lived) = age(key).filter(|lived| *lived < kept_for) {
                    return Some(format!(
                        "it was published for only {lived}s, and clients may cache a set for {kept_for}s: some never saw it"
                    ));
                }
                // If an older key remains, clients that cached the set have it.
                let oldest = heirs.map(|heir| age(heir).unwrap_or(i64::MAX)).max()?;
                (oldest < kept_for).then(|| format!(
                    "its successor was published {oldest}s ago, and clients may keep the set for {kept_for}s: those that kept it cannot verify new tokens, and those that ask again refuse the old ones"
                ))
            }
        }
    }
}
