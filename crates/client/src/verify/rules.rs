//! What is demanded of a token.

use jeton_oauth::Algorithm;
use std::time::Duration;

/// How far clocks may be apart unless it is said otherwise (30 s).
pub const DEFAULT_LEEWAY: Duration = Duration::from_secs(30);

/// What is demanded of a token.
#[derive(Debug, Clone)]
pub struct Rules {
    /// The algorithms that may be used; the key narrows the choice further. `none` is not among them and cannot be.
    pub algorithms: Vec<Algorithm>,
    /// What is demanded of the claims.
    pub claims: Claims,
}

/// Which rules the claims are judged by.
#[derive(Debug, Clone)]
pub enum Claims {
    /// None: the signature alone is judged, and the findings say so.
    NotJudged,
    /// Those of an access token.
    AccessToken(AccessTokenRules),
    /// Those of a signed introspection answer.
    Introspection(IntrospectionRules),
}

/// Rules for access tokens (RFC 8725, RFC 9068 4).
#[derive(Debug, Clone)]
pub struct AccessTokenRules {
    /// `iss` must be this very text. Without one it is noted that nobody was expected.
    pub issuer: Option<String>,
    /// `aud` must hold one of these: the names that the resource is known by. Empty: noted, not judged.
    pub audience: Vec<String>,
    /// Whether a token without `aud` passes. Amazon Cognito issues such access tokens; anywhere else this opens the
    /// door to tokens meant for others.
    pub audience_may_be_missing: bool,
    /// Scopes that must all be there.
    pub scopes: Vec<String>,
    /// How far clocks may be apart, in whole seconds.
    pub leeway: Duration,
    /// Whether `typ` and the claims that RFC 9068 requires are demanded; otherwise what is missing is only noted.
    pub strict: bool,
}

/// Rules for the signed answer to an introspection request (RFC 9701 5).
#[derive(Debug, Clone)]
pub struct IntrospectionRules {
    /// The authorization server that was asked.
    pub issuer: String,
    /// Who asked: `aud` must name this client.
    pub client_id: String,
    /// How far clocks may be apart, in whole seconds.
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
    /// Nobody expected, nothing demanded beyond the times, 30 s of leeway.
    fn default() -> Self {
        Self {
            issuer: None,
            audience: Vec::new(),
            audience_may_be_missing: false,
            scopes: Vec::new(),
            leeway: DEFAULT_LEEWAY,
            strict: false,
        }
    }
}
