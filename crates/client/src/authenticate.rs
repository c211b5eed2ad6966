//! Puts the client's authentication into a request: exactly one method, new for every attempt (RFC 6749 2.3).

use crate::clock::Random;
use crate::config::{AssertionAudience, BasicEncoding, ClientConfig};
use crate::endpoint::Endpoint;
use crate::error::ClientError;
use crate::params::Params;
use crate::prepare::{Credential, Prepared};
use crate::redact::Redactor;
use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderValue};
use jeton_oauth::assertion::{AssertionSpec, TYPE_JWT_BEARER};
use jeton_oauth::{Algorithm, Assertion, AuthMethod, Issuer, base64url, basic};
use std::time::Duration;
use url::Url;

/// What is known when a request is authenticated.
pub(crate) struct Authenticator<'a> {
    pub(crate) config: &'a ClientConfig,
    pub(crate) prepared: &'a Prepared,
    /// Where the request goes: to the token endpoint or another one of the same server.
    pub(crate) endpoint: &'a Endpoint,
    pub(crate) random: &'a dyn Random,
}

impl Authenticator<'_> {
    /// Adds headers and parameters for one attempt; what must never be shown goes to the redactor.
    ///
    /// # Errors
    /// [`ClientError::Key`] where the key or secret cannot make an assertion, [`ClientError::Config`] where there is
    /// no audience for it or no algorithm that both sides know.
    pub(crate) fn apply(
        &self,
        headers: &mut HeaderMap,
        params: &mut Params,
        now: i64,
        redactor: &mut Redactor,
    ) -> Result<(), ClientError> {
        let id = &self.config.client_id;
        match (self.prepared.method, &self.prepared.credential) {
            (AuthMethod::ClientSecretBasic, Credential::Secret(secret)) => {
                let value = match self.config.basic_encoding {
                    BasicEncoding::Form => basic::encode(id, secret),
                    BasicEncoding::Raw => basic::encode_raw(id, secret),
                };
                redactor.add(secret.expose());
                redactor.add(value.trim_start_matches("Basic "));
                let mut value = HeaderValue::from_str(&value).map_err(|_| {
                    ClientError::config("the client's credentials do not fit a header")
                })?;
                value.set_sensitive(true);
                headers.insert(AUTHORIZATION, value);
                Ok(())
            }
            (AuthMethod::ClientSecretPost, Credential::Secret(secret)) => {
                redactor.add(secret.expose());
                params.push("client_id", id);
                params.push("client_secret", secret.expose());
                Ok(())
            }
            (AuthMethod::ClientSecretJwt, Credential::Secret(secret)) => {
                redactor.add(secret.expose());
                let alg = self.pick(&[Algorithm::HS256, Algorithm::HS384, Algorithm::HS512])?;
                let assertion = self.spec(now, |spec| spec.sign_hmac(alg, secret))?;
                self.push_assertion(params, &assertion, redactor);
                Ok(())
            }
            (AuthMethod::PrivateKeyJwt, Credential::Key(key)) => {
                let alg = self.pick(key.algorithms())?;
                let assertion = self.spec(now, |spec| spec.sign(alg, key))?;
                self.push_assertion(params, &assertion, redactor);
                Ok(())
            }
            // The certificate says who it is, and this which client that is (RFC 8705 section 2).
            (
                AuthMethod::TlsClientAuth | AuthMethod::SelfSignedTlsClientAuth,
                Credential::Certificate,
            ) => {
                params.push("client_id", id);
                Ok(())
            }
            (method, _) => Err(ClientError::config(format!(
                "the authentication method {method} is not supported for this grant"
            ))),
        }
    }

    fn push_assertion(&self, params: &mut Params, assertion: &Assertion, redactor: &mut Redactor) {
        redactor.add(assertion.expose());
        if self.config.assertion.send_client_id {
            params.push("client_id", &self.config.client_id);
        }
        params.push("client_assertion_type", TYPE_JWT_BEARER);
        params.push("client_assertion", assertion.expose());
    }

    /// The configured algorithm, or the first that the key can do and the server lists (client requirement 34).
    fn pick(&self, able: &[Algorithm]) -> Result<Algorithm, ClientError> {
        let listed = self.endpoint.signing_algs();
        let offered = |alg: Algorithm| {
            listed.is_none_or(|names| {
                names
                    .iter()
                    .any(|name| Algorithm::from_name(name) == Some(alg))
            })
        };
        let names = |algs: &[Algorithm]| {
            algs.iter()
                .map(|alg| alg.as_str())
                .collect::<Vec<_>>()
                .join(", ")
        };
        match self.config.assertion.alg {
            Some(alg) if !able.contains(&alg) => Err(ClientError::config(format!(
                "the assertion's alg is configured as {alg}, and the credential can do {}",
                names(able)
            ))),
            Some(alg) => Ok(alg),
            None => able
                .iter()
                .copied()
                .find(|alg| offered(*alg))
                .ok_or_else(|| {
                    ClientError::config(format!(
                        "the credential can sign with {}, and the server takes {}",
                        names(able),
                        listed.map_or_else(String::new, |names| names.join(", "))
                    ))
                    .with_hint("register a key of a kind that the server takes")
                }),
        }
    }

    /// The token endpoint, whichever endpoint the request goes to.
    fn token_endpoint(&self) -> &str {
        let configured = self.config.token_endpoint.as_ref().map(Url::as_str);
        let named = self.endpoint.metadata.as_ref();
        configured
            .or_else(|| named?.token_endpoint.as_deref())
            .unwrap_or(self.endpoint.url.as_str())
    }

    /// Builds an assertion with an identifier that never came before (client requirement 33).
    fn spec(
        &self,
        now: i64,
        sign: impl FnOnce(&AssertionSpec<'_>) -> Result<Assertion, jeton_oauth::KeyError>,
    ) -> Result<Assertion, ClientError> {
        let config = &self.config.assertion;
        let audience = match &config.audience {
            AssertionAudience::Issuer => self.config.issuer.as_ref().map(Issuer::as_str).ok_or_else(|| {
                ClientError::config("an assertion is addressed to the issuer, and no issuer is configured")
                    .with_hint("set issuer, or assertion.audience where the server wants its token endpoint there")
            })?,
            AssertionAudience::TokenEndpoint => self.token_endpoint(),
            AssertionAudience::Own(text) => text,
        };
        let jti = base64url::encode(self.random.bytes());
        let seconds = |span: Duration| i64::try_from(span.as_secs()).unwrap_or(60);
        let backdate = seconds(config.backdate);
        let spec = AssertionSpec {
            client_id: &self.config.client_id,
            audience,
            typ: config.typ.header(),
            kid: config.kid.as_deref(),
            now: now - backdate,
            // The end stays where it is: a server whose clock is right accepts the assertion as well.
            lifetime: seconds(config.lifetime) + backdate,
            jti: &jti,
        };
        Ok(sign(&spec)?)
    }
}
