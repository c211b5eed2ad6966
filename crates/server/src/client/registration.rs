//! A client as someone registers it, and what can be registered.

use super::assertion_keys;
use super::grant::Grant;
use crate::config::Lifetimes;
use crate::resource::comparable;
use jeton_oauth::{Algorithm, AuthMethod, Scopes};

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
            assertion_keys::parse(jwks)?;
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
