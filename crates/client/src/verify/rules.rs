//! The requirements for a token.

use jeton_oauth::Algorithm;
use std::time::Duration;

/// More leeway would hide a clock that is wrong (5 min).
pub const MAX_LEEWAY: Duration = Duration::from_secs(300);

/// How far clocks may differ by default (30 s).
pub const DEFAULT_LEEWAY: Duration = Duration::from_secs(30);

/// The requirements for a token.
#[derive(Debug, Clone)]
pub struct Rules {
    /// The algorithms that may be used; the key narrows the choice further. `none` is not among them and cannot be.
    pub algorithms: Vec<Algorithm>,
    /// The requirements for the claims.
    pub claims: Claims,
}

/// Which rules apply to the claims.
#[derive(Debug, Clone)]
pub enum Claims {
    /// None: only the signature is checked, and the findings say so.
    NotChecked,
    /// Those of an access token.
    AccessToken(AccessTokenRules),
    /// Those of a signed introspection answer.
    Introspection(IntrospectionRules),
}

/// Rules for access tokens (RFC 8725, RFC 9068 4).
#[derive(Debug, Clone)]
pub struct AccessTokenRules {
    /// `iss` must equal this text byte by byte. Without one, a note says that no issuer was expected.
    pub issuer: Option<String>,
    /// `aud` must hold one of these: the names that the resource is known by. Empty: noted, not checked.
    pub audience: Vec<String>,
    /// Whether a token without `aud` passes. Amazon Cognito issues such access tokens; anywhere else this opens the
    /// door to tokens meant for others.
    pub audience_may_be_missing: bool,
    /// Whether a token without `exp` passes: one that never expires can only be revoked.
    pub expiry_may_be_missing: bool,
    /// Scopes that the token must have.
    pub scopes: Vec<String>,
    /// How far clocks may differ, in whole seconds.
    pub leeway: Duration,
    /// Whether `typ` and the claims that RFC 9068 requires must be there; otherwise a missing one is only a note.
    pub strict: bool,
}

/// Rules for the signed response to an introspection request (RFC 9701 5).
#[derive(Debug, Clone)]
pub struct IntrospectionRules {
    /// The authorization server that responded.
    pub issuer: String,
    /// The client that sent the request: `aud` must name it.
    pub client_id: String,
    /// How far clocks may differ, in whole seconds.
    pub leeway: Duration,
}

impl Rules {
    /// These claims, and every algorithm with a public key.
    #[must_use]
    pub fn new(claims: Claims) -> Self {
        let public = Algorithm::ALL.into_iter().filter(|alg| !alg.is_hmac());
        Self {
            algorithms: public.collect(),
            claims,
        }
    }
}

impl Default for AccessTokenRules {
    /// No expected issuer or audience; only the times are checked, with 30 s of leeway.
    fn default() -> Self {
        Self {
            issuer: None,
            audience: Vec::new(),
            audience_may_be_missing: false,
            expiry_may_be_missing: false,
            scopes: Vec::new(),
            leeway: DEFAULT_LEEWAY,
            strict: false,
        }
    }
}
