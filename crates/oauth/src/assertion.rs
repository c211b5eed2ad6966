//! Client assertions (RFC 7521 4.2, RFC 7523 2.2 and 3, as RFC 10070 updates them).
//!
//! `aud` is the issuer identifier of the authorization server as a plain string and nothing else, and the header says
//! `typ: client-authentication+jwt`. A server that only knows the URL of its token endpoint is a matter of
//! configuration; there is never a second try with another audience, since a server that asks for one is the attack.

use crate::{Algorithm, Assertion, ClientSecret, KeyError, PrivateKey, jwt};
use serde::Serialize;

/// The value of `client_assertion_type` (RFC 7523 2.2).
pub const TYPE_JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// The header's `typ` (RFC 10070).
pub const TYP: &str = "client-authentication+jwt";

/// What an assertion says. A new one, with a new `jti`, is built for every attempt.
#[derive(Debug, Clone)]
pub struct AssertionSpec<'a> {
    /// `iss` and `sub`.
    pub client_id: &'a str,
    /// `aud`: the issuer, unless configured otherwise.
    pub audience: &'a str,
    /// `typ`; empty leaves it out.
    pub typ: &'a str,
    /// `kid` of the key, where the server wants one.
    pub kid: Option<&'a str>,
    /// Now, in seconds since 1970.
    pub now: i64,
    /// `exp` − `iat`, in seconds.
    pub lifetime: i64,
    /// `jti`: never used before.
    pub jti: &'a str,
}

#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    sub: &'a str,
    aud: &'a str,
    jti: &'a str,
    iat: i64,
    exp: i64,
}

impl AssertionSpec<'_> {
    /// Signs with a private key: `private_key_jwt`.
    ///
    /// # Errors
    /// [`KeyError::Algorithm`] where the key is not for this algorithm.
    pub fn sign(&self, alg: Algorithm, key: &PrivateKey) -> Result<Assertion, KeyError> {
        let kid = self.kid.or_else(|| key.kid());
        jwt::sign(self.typ, kid, &self.claims(), alg, key).map(Assertion::new)
    }

    /// Signs with the client's secret: `client_secret_jwt`.
    ///
    /// # Errors
    /// [`KeyError::ShortSecret`] where the secret is shorter than the hash.
    pub fn sign_hmac(&self, alg: Algorithm, secret: &ClientSecret) -> Result<Assertion, KeyError> {
        jwt::sign_hmac(self.typ, &self.claims(), alg, secret).map(Assertion::new)
    }

    const fn claims(&self) -> Claims<'_> {
        Claims {
            iss: self.client_id,
            sub: self.client_id,
            aud: self.audience,
            jti: self.jti,
            iat: self.now,
            exp: self.now + self.lifetime,
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::{VerifyingKey, jwt::Unverified};

    #[test]
    fn client_30_to_33_header_and_claims() {
        let key = PrivateKey::generate(Algorithm::ES256).unwrap();
        let spec = AssertionSpec {
            client_id: "billing",
            audience: "https://as.example/",
            typ: TYP,
            kid: Some("2026-10"),
            now: 1_000,
            lifetime: 60,
            jti: "one",
        };
        let assertion = spec.sign(Algorithm::ES256, &key).unwrap();
        let token = Unverified::parse(assertion.expose()).unwrap();
        let public = VerifyingKey::from_jwk(&key.public_jwk()).unwrap();
        let token = token.verify(&[Algorithm::ES256], &public).unwrap();
        assert_eq!(
            serde_json::to_value(&token.header().raw).unwrap(),
            serde_json::json!({"alg":"ES256","typ":"client-authentication+jwt","kid":"2026-10"})
        );
        assert_eq!(
            serde_json::to_value(token.claims()).unwrap(),
            serde_json::json!({"iss":"billing","sub":"billing","aud":"https://as.example/","jti":"one","iat":1000,"exp":1060})
        );
    }

    #[test]
    fn client_32_typ_can_be_left_out() {
        let secret = ClientSecret::new("x".repeat(32));
        let spec = AssertionSpec {
            client_id: "a",
            audience: "b",
            typ: "",
            kid: None,
            now: 0,
            lifetime: 60,
            jti: "c",
        };
        let assertion = spec.sign_hmac(Algorithm::HS256, &secret).unwrap();
        let token = Unverified::parse(assertion.expose()).unwrap();
        assert_eq!(token.header().raw.len(), 1);
    }
}
