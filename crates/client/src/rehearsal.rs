//! A token request without its last step: everything is decided and nothing is sent.

use crate::authenticate::Authenticator;
use crate::endpoint::{Endpoint, EndpointName};
use crate::error::ClientError;
use crate::params::Params;
use crate::prepare::prepare;
use crate::redact::Redactor;
use crate::source::TokenSource;
use http::HeaderMap;
use jeton_oauth::jwt::{Unverified, claims};
use jeton_oauth::{AuthMethod, Metadata};
use std::time::Instant;
use url::Url;

/// Where the token endpoint is.
#[derive(Debug, Clone)]
pub struct Located {
    /// The token endpoint.
    pub url: Url,
    /// The metadata that names it; `None` where it is configured.
    pub metadata: Option<Metadata>,
}

/// What a request would be like. No secret is in it.
#[derive(Debug, Clone)]
pub struct Rehearsal {
    /// The method that was chosen.
    pub method: AuthMethod,
    /// The word for where the credential comes from.
    pub source: &'static str,
    /// The assertion, where the method has one.
    pub assertion: Option<Assertion>,
}

impl Rehearsal {
    /// Whether the request would carry an assertion, whose times the server compares with its clock.
    #[must_use]
    pub const fn signs(&self) -> bool {
        self.assertion.is_some()
    }
}

/// What an assertion says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assertion {
    /// `alg`.
    pub alg: String,
    /// `kid`.
    pub kid: Option<String>,
    /// `typ`.
    pub typ: Option<String>,
    /// `aud`.
    pub audience: String,
    /// `iss` and `sub`.
    pub client: String,
    /// From `iat` to `exp`, in seconds.
    pub lifetime: i64,
}

impl TokenSource {
    /// Finds the token endpoint, and remembers it for the requests that follow.
    ///
    /// # Errors
    /// As [`TokenSource::get`] before it has an endpoint.
    pub async fn locate(&self) -> Result<Located, ClientError> {
        let endpoint = self.token_endpoint(self.parts().deadline()).await?;
        Ok(Located {
            url: endpoint.url,
            metadata: endpoint.metadata,
        })
    }

    /// Prepares a request: chooses the method, reads the credential, signs an assertion, and drops it all.
    ///
    /// # Errors
    /// As [`TokenSource::get`] before it sends anything.
    pub async fn rehearse(&self) -> Result<Rehearsal, ClientError> {
        let parts = self.parts();
        let deadline = parts.deadline();
        let endpoint = self.token_endpoint(deadline).await?;
        let prepared = prepare(parts, &endpoint, deadline).await?;
        let authenticator = Authenticator {
            config: &parts.config,
            prepared: &prepared,
            endpoint: &endpoint,
            random: parts.random.as_ref(),
        };
        let mut params = Params::default();
        authenticator.apply(
            &mut HeaderMap::new(),
            &mut params,
            parts.clock.now(),
            &mut Redactor::default(),
        )?;
        let assertion = params.iter().find(|(name, _)| *name == "client_assertion");
        Ok(Rehearsal {
            method: prepared.method,
            source: prepared.source,
            assertion: assertion.and_then(|(_, text)| read(text)),
        })
    }

    async fn token_endpoint(&self, deadline: Instant) -> Result<Endpoint, ClientError> {
        let parts = self.parts();
        self.endpoints()
            .find(parts, EndpointName::Token, deadline)
            .await
    }
}

/// Reads back what was built, so that what is told is what is sent.
fn read(assertion: &str) -> Option<Assertion> {
    let token = Unverified::parse(assertion).ok()?;
    let (header, said) = (token.header(), token.claims());
    let date = |name: &'static str| claims::numeric_date(said, name).ok().flatten();
    #[expect(clippy::cast_possible_truncation, reason = "a float cast saturates")]
    let lifetime = (date("exp")? - date("iat")?) as i64;
    Some(Assertion {
        alg: header.alg.clone(),
        kid: header.kid.clone(),
        typ: header.typ.clone(),
        audience: claims::audience(said).ok()?.join(" "),
        client: claims::text(said, "sub").ok()??.to_owned(),
        lifetime,
    })
}
