//! A client: as someone registers it, and as a request meets it, with every key parsed.

use crate::config::{HashCost, Lifetimes};
use crate::keys::{MasterKey, Purpose};
use crate::resource::comparable;
use crate::secrets::SecretHash;
use crate::store::{ClientRow, SecretRow};
use jeton_oauth::{Algorithm, AuthMethod, ClientSecret, JwkSet, Scopes, VerifyingKey};
use std::str::FromStr;

/// What a client may use to ask for a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grant {
    /// RFC 6749 section 4.4.
    ClientCredentials,
}

impl Grant {
    /// Every grant that this authority serves.
    pub(crate) const ALL: [Self; 1] = [Self::ClientCredentials];

    /// The value of `grant_type`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ClientCredentials => "client_credentials",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|grant| grant.as_str() == name)
    }
}

/// The methods that this authority can check. `none` is a public client: known by name, and so no candidate for a token of
/// its own (OAuth 2.1 section 4.2).
pub(crate) const METHODS: [AuthMethod; 5] = [
    AuthMethod::PrivateKeyJwt,
    AuthMethod::ClientSecretBasic,
    AuthMethod::ClientSecretPost,
    AuthMethod::ClientSecretJwt,
    AuthMethod::None,
];

/// Algorithms of client assertions signed with a private key.
pub(crate) const ASYMMETRIC: [Algorithm; 10] = [
    Algorithm::ES256,
    Algorithm::ES384,
    Algorithm::ES512,
    Algorithm::EdDSA,
    Algorithm::PS256,
    Algorithm::PS384,
    Algorithm::PS512,
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
];

/// Algorithms of client assertions signed with the secret: a generated one has 53 bytes, too few for HS512.
pub(crate) const SYMMETRIC: [Algorithm; 2] = [Algorithm::HS256, Algorithm::HS384];

/// Keys that one client may register.
const MOST_KEYS: usize = 16;

/// What is said about a client when it is registered.
#[derive(Debug, Clone)]
pub struct Registration {
    /// Its id: 1 to 128 printable ASCII characters without space; `None`: a random one.
    pub id: Option<String>,
    /// For people.
    pub name: String,
    /// How it authenticates: exactly one way.
    pub method: AuthMethod,
    /// What it may use.
    pub grants: Vec<Grant>,
    /// What it may ask for, and gets when it asks for nothing.
    pub scopes: Scopes,
    /// What it may get tokens for, by `resource` and `audience` alike; each must be known to the authority.
    pub resources: Vec<String>,
    /// What it gets a token for when it names nothing: among `resources`, or empty, and then it must name one.
    pub default_resources: Vec<String>,
    /// Seconds that its tokens live; `None`: the authority's default.
    pub lifetime: Option<u32>,
    /// Its public keys, as a JSON Web Key Set (RFC 7517 section 5); for `private_key_jwt` and for nothing else.
    pub jwks: Option<String>,
    /// The one algorithm that its assertions may use; `None`: any that the key is for.
    pub assertion_algorithm: Option<Algorithm>,
}

impl Registration {
    /// A client for the client credentials grant, with a random id and nothing it may ask for yet.
    #[must_use]
    pub fn new(name: impl Into<String>, method: AuthMethod) -> Self {
        Self {
            id: None,
            name: name.into(),
            method,
            grants: vec![Grant::ClientCredentials],
            scopes: Scopes::default(),
            resources: Vec::new(),
            default_resources: Vec::new(),
            lifetime: None,
            jwks: None,
            assertion_algorithm: None,
        }
    }

    /// Everything that can be said about it without asking the store.
    pub(crate) fn check(&self, lifetimes: Lifetimes) -> Result<(), InvalidRegistration> {
        let no = |what: &str| Err(InvalidRegistration(what.to_owned()));
        if let Some(id) = &self.id {
            let graphic = id.bytes().all(|byte| byte.is_ascii_graphic());
            if id.is_empty() || id.len() > 128 || !graphic {
                return no("the id must be 1 to 128 printable ASCII characters without space");
            }
            if id.starts_with("https://") {
                return no(
                    "an id that begins with https:// is the address of a client's own document",
                );
            }
        }
        if !METHODS.contains(&self.method) {
            return no("this authority does not check this authentication method");
        }
        if (self.method == AuthMethod::PrivateKeyJwt) != self.jwks.is_some() {
            return no("private_key_jwt needs a key set, and no other method takes one");
        }
        if let Some(jwks) = &self.jwks {
            assertion_keys(jwks)?;
        }
        let algorithms: &[Algorithm] = match self.method {
            AuthMethod::PrivateKeyJwt => &ASYMMETRIC,
            AuthMethod::ClientSecretJwt => &SYMMETRIC,
            _ => &[],
        };
        if self
            .assertion_algorithm
            .is_some_and(|algorithm| !algorithms.contains(&algorithm))
        {
            return no("the assertion algorithm does not fit the authentication method");
        }
        if let Some(lifetime) = self.lifetime {
            check_lifetime(lifetime, lifetimes)?;
        }
        let known = |identifier: &String| {
            self.resources
                .iter()
                .any(|own| comparable(own) == comparable(identifier))
        };
        if !self.default_resources.iter().all(known) {
            return no("a default resource must be among the resources of the client");
        }
        Ok(())
    }
}

/// What cannot be registered, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct InvalidRegistration(pub(crate) String);

/// Tokens live as long as the authority allows, no shorter and no longer.
pub(crate) fn check_lifetime(
    lifetime: u32,
    Lifetimes { min, max, .. }: Lifetimes,
) -> Result<(), InvalidRegistration> {
    if (min..=max).contains(&lifetime) {
        return Ok(());
    }
    Err(InvalidRegistration(format!(
        "a token lives between {min} and {max} s, not {lifetime} s"
    )))
}

/// A client as a request meets it.
pub(crate) struct Client {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) method: AuthMethod,
    pub(crate) grants: Vec<Grant>,
    pub(crate) scopes: Scopes,
    /// In comparable form.
    pub(crate) resources: Vec<String>,
    pub(crate) default_resources: Vec<String>,
    pub(crate) lifetime: Option<u32>,
    pub(crate) enabled: bool,
    pub(crate) assertion_keys: Vec<AssertionKey>,
    pub(crate) assertion_algorithm: Option<Algorithm>,
    /// Unix seconds: until then `aud` may be the token endpoint (server requirement 20).
    pub(crate) endpoint_audience_until: Option<i64>,
    /// Unix seconds: an assertion from before it is void.
    pub(crate) not_before: i64,
    pub(crate) hash: SecretHash,
    pub(crate) secrets: Vec<HashedSecret>,
    pub(crate) version: i64,
}

/// One live secret, hashed.
pub(crate) struct HashedSecret {
    pub(crate) id: i64,
    pub(crate) hash: [u8; 32],
    pub(crate) expires_at: Option<i64>,
}

/// A key that a client's assertions may be signed with: public, or its secret.
pub(crate) struct AssertionKey {
    pub(crate) kid: Option<String>,
    pub(crate) key: VerifyingKey,
    pub(crate) expires_at: Option<i64>,
}

impl Client {
    /// Reads a row and parses what it holds. `None`-free: a client that cannot be read whole is no client.
    pub(crate) fn read(
        row: ClientRow,
        secrets: Vec<SecretRow>,
        master: &MasterKey,
    ) -> Result<Self, String> {
        let names = |text: &str| serde_json::from_str::<Vec<String>>(text).map_err(text_of);
        let mut assertion_keys = match &row.jwks {
            Some(jwks) => assertion_keys(jwks).map_err(text_of)?,
            None => Vec::new(),
        };
        let mut hashed = Vec::new();
        for secret in secrets {
            if let Some(sealed) = secret.sealed {
                let clear = master
                    .open(Purpose::ClientSecret, &row.id, &sealed)
                    .map_err(text_of)?;
                let clear = std::str::from_utf8(&clear).map_err(text_of)?;
                assertion_keys.push(AssertionKey {
                    kid: None,
                    key: VerifyingKey::from_secret(&ClientSecret::new(clear)),
                    expires_at: secret.expires_at,
                });
            } else if let Some(hash) = secret.hash {
                hashed.push(HashedSecret {
                    id: secret.id,
                    hash: hash.try_into().map_err(|_| "a hash of another length")?,
                    expires_at: secret.expires_at,
                });
            }
        }
        Ok(Self {
            method: AuthMethod::from_str(&row.method).map_err(|_| "an unknown method")?,
            grants: row
                .grants
                .split_ascii_whitespace()
                .map(|name| Grant::from_name(name).ok_or("an unknown grant"))
                .collect::<Result<_, _>>()?,
            scopes: Scopes::parse(&row.scopes).map_err(text_of)?,
            resources: names(&row.resources)?
                .iter()
                .map(|r| comparable(r))
                .collect(),
            default_resources: names(&row.default_resources)?
                .iter()
                .map(|r| comparable(r))
                .collect(),
            assertion_algorithm: row
                .assertion_algorithm
                .map(|name| Algorithm::from_name(&name).ok_or("an unknown algorithm"))
                .transpose()?,
            hash: SecretHash {
                salt: row
                    .hash_salt
                    .try_into()
                    .map_err(|_| "a salt of another length")?,
                cost: HashCost {
                    memory_kib: row.hash_memory_kib,
                    passes: row.hash_passes,
                },
            },
            id: row.id,
            name: row.name,
            lifetime: row.lifetime,
            enabled: row.enabled,
            assertion_keys,
            endpoint_audience_until: row.endpoint_audience_until,
            not_before: row.not_before,
            secrets: hashed,
            version: row.version,
        })
    }
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the shape that map_err wants"
)]
fn text_of(error: impl ToString) -> String {
    error.to_string()
}

/// The keys of a set, each usable for signatures and public.
fn assertion_keys(jwks: &str) -> Result<Vec<AssertionKey>, InvalidRegistration> {
    let no = |what: String| InvalidRegistration(format!("the key set cannot be used: {what}"));
    let set = JwkSet::parse(jwks.as_bytes()).map_err(|error| no(error.to_string()))?;
    if let Some(skipped) = set.skipped.first() {
        return Err(no(format!("key {}: {}", skipped.index, skipped.reason)));
    }
    if set.keys.is_empty() || set.keys.len() > MOST_KEYS {
        return Err(no(format!("it must hold 1 to {MOST_KEYS} keys")));
    }
    let mut keys = Vec::with_capacity(set.keys.len());
    for (index, jwk) in set.keys.into_iter().enumerate() {
        if jwk.has_private_members() {
            return Err(no(format!(
                "key {index} has private members: register the public half, and consider this one as lost"
            )));
        }
        if !jwk.is_for_signatures() {
            return Err(no(format!("key {index} is not for signatures")));
        }
        let key =
            VerifyingKey::from_jwk(&jwk).map_err(|error| no(format!("key {index}: {error}")))?;
        if jwk.kid.is_some() && keys.iter().any(|other: &AssertionKey| other.kid == jwk.kid) {
            return Err(no(format!("key {index} has the kid of another")));
        }
        keys.push(AssertionKey {
            kid: jwk.kid,
            key,
            expires_at: None,
        });
    }
    Ok(keys)
}
