//! The keys of an issuer, parsed once, and the choice among them.

use jeton_oauth::jwt::Header;
use jeton_oauth::{Algorithm, JwkSet, JwkSetError, KeyError, VerifyingKey};

/// No more keys are tried for one token: a set may hold thousands.
const MOST_TRIED: usize = 16;

/// Keys that check signatures. Those of a set that cannot be used are left out (RFC 7517 5) and remembered by name.
#[derive(Debug, Default)]
pub struct KeySet {
    keys: Vec<Named>,
    /// `kid` and reason.
    unusable: Vec<(Option<String>, String)>,
    /// A single key was given: it is meant, whatever `kid` the token has.
    alone: bool,
}

#[derive(Debug)]
struct Named {
    kid: Option<String>,
    key: VerifyingKey,
}

/// The keys that may have signed a token.
pub(super) enum Choice<'a> {
    /// Each is to be tried.
    Try {
        keys: Vec<&'a VerifyingKey>,
        /// Whether there were more than are tried.
        cut: bool,
    },
    /// No key has this `kid`: the set may be old.
    UnknownKid,
    /// There is none, for this reason.
    None(String),
}

impl KeySet {
    /// Reads a JWK Set.
    ///
    /// # Errors
    /// [`JwkSetError`] where it is none; members that are no keys are left out.
    pub fn parse(bytes: &[u8]) -> Result<Self, JwkSetError> {
        JwkSet::parse(bytes).map(|set| Self::from(&set))
    }

    /// A single key, used whatever `kid` a token has.
    #[must_use]
    pub fn alone(key: VerifyingKey) -> Self {
        Self {
            keys: vec![Named { kid: None, key }],
            unusable: Vec::new(),
            alone: true,
        }
    }

    /// How many keys can be used.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether no key can be used.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// By `kid`, then by kind (client requirement 66). The `kid` is compared and nothing else (requirement 64).
    pub(super) fn choose(&self, header: &Header, alg: Algorithm) -> Choice<'_> {
        let wanted = header.kid.as_deref().filter(|_| !self.alone);
        let is_named = |kid: &Option<String>| wanted.is_none() || kid.as_deref() == wanted;
        let named: Vec<&Named> = self.keys.iter().filter(|key| is_named(&key.kid)).collect();
        let mut fitting: Vec<&VerifyingKey> = named
            .iter()
            .map(|named| &named.key)
            .filter(|key| key.algorithms().contains(&alg))
            .collect();
        if !fitting.is_empty() {
            let cut = fitting.len() > MOST_TRIED;
            fitting.truncate(MOST_TRIED);
            return Choice::Try { keys: fitting, cut };
        }
        if let Some(key) = named.first() {
            let able: Vec<_> = key
                .key
                .algorithms()
                .iter()
                .map(|alg| alg.as_str())
                .collect();
            let able = able.join(", ");
            return Choice::None(match (self.alone, wanted) {
                (true, _) => format!("the key is good for {able}, and the token says {alg}"),
                (false, Some(kid)) => {
                    format!(
                        "the key with the kid \"{kid}\" is good for {able}, and the token says {alg}"
                    )
                }
                (false, None) => format!("no key of the set is good for {alg}"),
            });
        }
        let reason = self.unusable.iter().find(|(kid, _)| is_named(kid));
        match (reason, wanted) {
            (Some((_, reason)), Some(kid)) => Choice::None(format!(
                "the key with the kid \"{kid}\" cannot be used: {reason}"
            )),
            (_, Some(_)) => Choice::UnknownKid,
            (Some((_, reason)), None) => {
                Choice::None(format!("no key of the set can be used: {reason}"))
            }
            (None, None) => Choice::None("the key set is empty".to_owned()),
        }
    }
}

impl From<&JwkSet> for KeySet {
    /// Keeps what can check signatures.
    fn from(set: &JwkSet) -> Self {
        let mut keys = Vec::new();
        let mut unusable: Vec<_> = set
            .skipped
            .iter()
            .map(|skipped| (None, skipped.reason.to_owned()))
            .collect();
        for jwk in &set.keys {
            let key = if jwk.is_for_signatures() {
                VerifyingKey::from_jwk(jwk)
            } else {
                Err(KeyError::Invalid("its use or key_ops is not signing"))
            };
            match key {
                Ok(key) => keys.push(Named {
                    kid: jwk.kid.clone(),
                    key,
                }),
                Err(error) => unusable.push((jwk.kid.clone(), error.to_string())),
            }
        }
        Self {
            keys,
            unusable,
            alone: false,
        }
    }
}
