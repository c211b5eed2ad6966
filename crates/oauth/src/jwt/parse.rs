//! Reading a JWT: first its form, then its signature.

use crate::{Algorithm, KeyError, VerifyingKey, base64url, json};
use std::fmt;
use std::sync::LazyLock;
use thiserror::Error;

/// Header parameters that this crate understands, so that `crit` may name them: none is an extension.
const UNDERSTOOD: [&str; 0] = [];

/// Why a text is no JWT, or its signature does not hold. No message quotes the token.
#[derive(Debug, Error)]
pub enum JwtError {
    /// Not three parts between two dots.
    #[error("not a JWT in compact form: it has {parts} parts, not 3")]
    Parts {
        /// How many there are.
        parts: usize,
    },
    /// Five parts: an encrypted token, of which only the header can be read.
    #[error("an encrypted token (JWE): only its receiver can read the claims")]
    Encrypted,
    /// A part is not strict base64url.
    #[error("the {part} is not base64url without padding in its canonical form")]
    Base64 {
        /// header, claims or signature.
        part: &'static str,
    },
    /// A part is not a JSON object with unique member names.
    #[error("the {part} is not a JSON object with unique member names: {cause}")]
    Json {
        /// header or claims.
        part: &'static str,
        /// Where and why.
        cause: serde_json::Error,
    },
    /// A header parameter has the wrong type or is missing.
    #[error("the header parameter {0:?} is missing or has the wrong type")]
    HeaderParameter(&'static str),
    /// `crit` is malformed or names something that is not understood (RFC 7515 4.1.11).
    #[error("the header's crit is malformed or demands an extension that is not understood")]
    Crit,
    /// The algorithm is not on the list of those allowed, `none` among them.
    #[error("the algorithm is not allowed here")]
    AlgorithmNotAllowed,
    /// The key does not verify it.
    #[error(transparent)]
    Key(#[from] KeyError),
}

/// The protected header. Its texts are foreign.
#[derive(Debug, Clone)]
pub struct Header {
    /// `alg`, as it came.
    pub alg: String,
    /// `typ`.
    pub typ: Option<String>,
    /// `kid`: opaque, to be compared and nothing else.
    pub kid: Option<String>,
    /// Every member.
    pub raw: json::Object,
}

impl Header {
    fn read(raw: json::Object) -> Result<Self, JwtError> {
        let text = |name: &'static str| match raw.get(name) {
            None => Ok(None),
            Some(serde_json::Value::String(text)) => Ok(Some(text.clone())),
            Some(_) => Err(JwtError::HeaderParameter(name)),
        };
        Ok(Self {
            alg: text("alg")?.ok_or(JwtError::HeaderParameter("alg"))?,
            typ: text("typ")?,
            kid: text("kid")?,
            raw,
        })
    }

    /// Whether `typ` is this media type: without case, and `application/` may be left out (RFC 7515 4.1.9).
    #[must_use]
    pub fn typ_is(&self, wanted: &str) -> bool {
        fn bare(typ: &str) -> &str {
            match typ.split_at_checked("application/".len()) {
                Some((tree, name)) if tree.eq_ignore_ascii_case("application/") => name,
                _ => typ,
            }
        }
        let typ = self.typ.as_deref().map(bare);
        typ.is_some_and(|typ| typ.eq_ignore_ascii_case(bare(wanted)))
    }

    /// `crit` is absent, or a non-empty array of names that are present and understood (RFC 7515 4.1.11); and the payload
    /// is not said to be unencoded, which is an extension that `crit` has to name (RFC 7797 6).
    ///
    /// # Errors
    /// [`JwtError::Crit`] otherwise. Verifying asks this itself; here it is for whoever lists all that is wrong.
    pub fn check_crit(&self) -> Result<(), JwtError> {
        if self
            .raw
            .get("b64")
            .is_some_and(|b64| b64 != &serde_json::Value::Bool(true))
        {
            return Err(JwtError::Crit);
        }
        let Some(crit) = self.raw.get("crit") else {
            return Ok(());
        };
        let names = crit.as_array().filter(|names| !names.is_empty());
        let understood = names.is_some_and(|names| {
            names.iter().all(|name| {
                name.as_str()
                    .is_some_and(|name| UNDERSTOOD.contains(&name) && self.raw.contains_key(name))
            })
        });
        if understood {
            Ok(())
        } else {
            Err(JwtError::Crit)
        }
    }
}

/// A JWT of which nothing but the form has been checked: good for display and for finding its key.
pub struct Unverified {
    header: Header,
    /// `None`: the payload is something else than a JSON object.
    claims: Option<json::Object>,
    signing_input: String,
    signature: Vec<u8>,
}

/// A JWT whose signature a key has verified. Its times and audience have not been judged.
pub struct Verified {
    header: Header,
    claims: Option<json::Object>,
}

/// The claims of a payload that is no JSON object.
static NO_CLAIMS: LazyLock<json::Object> = LazyLock::new(json::Object::new);

impl Unverified {
    /// Reads the compact form: three parts, strict base64url, JSON objects with unique names (client requirements
    /// 55 and 58).
    ///
    /// # Errors
    /// [`JwtError`] says which part is wrong, without quoting it.
    pub fn parse(token: &str) -> Result<Self, JwtError> {
        Self::read(token, |payload| {
            let claims = json::parse_object(payload);
            claims.map(Some).map_err(|cause| JwtError::Json {
                part: "claims",
                cause,
            })
        })
    }

    /// The same of any JWS: its payload may be something else than a JSON object with unique names, and then has no
    /// claims (RFC 7515 3.1). For whoever asks about the signature alone.
    ///
    /// # Errors
    /// As [`Self::parse`], but for the payload.
    pub fn parse_jws(token: &str) -> Result<Self, JwtError> {
        Self::read(token, |payload| Ok(json::parse_object(payload).ok()))
    }

    fn read(
        token: &str,
        claims: impl FnOnce(&[u8]) -> Result<Option<json::Object>, JwtError>,
    ) -> Result<Self, JwtError> {
        let parts: Vec<&str> = token.splitn(7, '.').collect();
        let [header, payload, signature] = parts[..] else {
            return Err(if parts.len() == 5 {
                JwtError::Encrypted
            } else {
                JwtError::Parts { parts: parts.len() }
            });
        };
        let bytes = |part, text| base64url::decode(text).map_err(|_| JwtError::Base64 { part });
        let header = json::parse_object(&bytes("header", header)?).map_err(|cause| {
            let part = "header";
            JwtError::Json { part, cause }
        })?;
        Ok(Self {
            header: Header::read(header)?,
            claims: claims(&bytes("claims", payload)?)?,
            signature: bytes("signature", signature)?,
            signing_input: token[..token.len() - signature.len() - 1].to_owned(),
        })
    }

    /// The header: it may choose the key, never the algorithm.
    #[must_use]
    pub const fn header(&self) -> &Header {
        &self.header
    }

    /// The claims, which anybody may have written. None of a payload that is no JSON object.
    #[must_use]
    pub fn claims(&self) -> &json::Object {
        self.claims.as_ref().unwrap_or(&NO_CLAIMS)
    }

    /// Whether the payload is a JSON object; always, but after [`Self::parse_jws`].
    #[must_use]
    pub const fn has_claims(&self) -> bool {
        self.claims.is_some()
    }

    /// Whether this key verifies it: [`Self::verify`] for those who only ask which key it is.
    ///
    /// # Errors
    /// As [`Self::verify`].
    pub fn check(&self, allowed: &[Algorithm], key: &VerifyingKey) -> Result<(), JwtError> {
        self.header.check_crit()?;
        let alg = Algorithm::from_name(&self.header.alg)
            .filter(|alg| allowed.contains(alg))
            .ok_or(JwtError::AlgorithmNotAllowed)?;
        Ok(key.verify(alg, self.signing_input.as_bytes(), &self.signature)?)
    }

    /// Checks `crit`, the algorithm against the list and against the key, and the signature.
    ///
    /// # Errors
    /// [`JwtError`] for the first of these that does not hold.
    pub fn verify(self, allowed: &[Algorithm], key: &VerifyingKey) -> Result<Verified, JwtError> {
        self.verify_any(allowed, &[key])
            .map(|(verified, _)| verified)
    }

    /// The same with each of several keys in turn, as a key set has them where a `kid` is used twice or left out;
    /// gives the index of the one that matches.
    ///
    /// # Errors
    /// As [`Self::verify`] for the last key; [`KeyError::Signature`] where there is no key at all.
    pub fn verify_any(
        self,
        allowed: &[Algorithm],
        keys: &[&VerifyingKey],
    ) -> Result<(Verified, usize), JwtError> {
        self.header.check_crit()?;
        let alg = Algorithm::from_name(&self.header.alg)
            .filter(|alg| allowed.contains(alg))
            .ok_or(JwtError::AlgorithmNotAllowed)?;
        let mut failure = KeyError::Signature;
        for (index, key) in keys.iter().enumerate() {
            match key.verify(alg, self.signing_input.as_bytes(), &self.signature) {
                Ok(()) => {
                    let verified = Verified {
                        header: self.header,
                        claims: self.claims,
                    };
                    return Ok((verified, index));
                }
                Err(error) => failure = error,
            }
        }
        Err(failure.into())
    }
}

impl Verified {
    /// The header.
    #[must_use]
    pub const fn header(&self) -> &Header {
        &self.header
    }

    /// The claims, which the owner of the key has written. None of a payload that is no JSON object.
    #[must_use]
    pub fn claims(&self) -> &json::Object {
        self.claims.as_ref().unwrap_or(&NO_CLAIMS)
    }

    /// Whether the payload is a JSON object; always, but after [`Unverified::parse_jws`].
    #[must_use]
    pub const fn has_claims(&self) -> bool {
        self.claims.is_some()
    }
}

impl fmt::Debug for Unverified {
    /// No signature: the whole would be a usable token.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unverified")
            .field("header", &self.header)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verified")
            .field("header", &self.header)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::{ClientSecret, PrivateKey, jwt};
    use proptest::prelude::*;

    fn token(header: &str, claims: &str) -> String {
        format!(
            "{}.{}.AAAA",
            base64url::encode(header),
            base64url::encode(claims)
        )
    }

    #[test]
    fn client_55_compact_form_and_nothing_else() {
        let good = token(r#"{"alg":"ES256"}"#, "{}");
        assert!(Unverified::parse(&good).is_ok());
        let padded = good.replacen('.', "=.", 1);
        for bad in [
            "",
            "a.b",
            "a.b.c.d",
            &format!(" {good}"),
            &format!("{good}\n"),
            &padded,
            r#"{"payload":"","signatures":[]}"#,
            &token("{}", "{}"),
            &token(r#"{"alg":1}"#, "{}"),
            &token(r#"{"alg":"ES256"}"#, "[]"),
            &good.replace(".AAAA", ".AAB"),
        ] {
            assert!(Unverified::parse(bad).is_err(), "{bad}");
        }
        assert!(matches!(
            Unverified::parse("a.b.c.d.e"),
            Err(JwtError::Encrypted)
        ));
    }

    #[test]
    fn client_56_the_key_decides_the_algorithm() {
        let key = PrivateKey::generate(Algorithm::RS256).unwrap();
        let public = VerifyingKey::from_jwk(&key.public_jwk()).unwrap();
        let signed = jwt::sign("", None, &serde_json::json!({}), Algorithm::RS256, &key).unwrap();
        let verify = |token: &str, allowed: &[Algorithm]| {
            Unverified::parse(token).unwrap().verify(allowed, &public)
        };
        assert!(verify(&signed, &[Algorithm::RS256]).is_ok());
        assert!(matches!(
            verify(&signed, &[Algorithm::ES256]),
            Err(JwtError::AlgorithmNotAllowed)
        ));
        for none in ["none", "None", "nOnE", "NONE"] {
            let token = token(&format!(r#"{{"alg":"{none}"}}"#), "{}");
            assert!(matches!(
                verify(&token, &Algorithm::ALL),
                Err(JwtError::AlgorithmNotAllowed)
            ));
        }
        let modulus = ClientSecret::new(key.public_jwk().n.unwrap());
        let confused =
            jwt::sign_hmac("", &serde_json::json!({}), Algorithm::HS256, &modulus).unwrap();
        assert!(matches!(
            verify(&confused, &Algorithm::ALL),
            Err(JwtError::Key(KeyError::Algorithm(_)))
        ));
    }

    /// Any payload is signed, and only a JSON object has claims.
    #[test]
    fn a_jws_need_not_have_claims() {
        for payload in ["text", "", "[1]", "7", r#"{"a":1,"a":2}"#, "\u{0}"] {
            let token = token(r#"{"alg":"ES256"}"#, payload);
            assert!(Unverified::parse(&token).is_err(), "{payload}");
            let jws = Unverified::parse_jws(&token).unwrap();
            assert!(!jws.has_claims() && jws.claims().is_empty(), "{payload}");
        }
        let jws = Unverified::parse_jws(&token(r#"{"alg":"ES256"}"#, r#"{"a":1}"#)).unwrap();
        assert!(jws.has_claims() && jws.claims().contains_key("a"));
        assert!(Unverified::parse_jws("e30.AAAA").is_err());
        for b64 in ["false", "0", "null"] {
            let header = format!(r#"{{"alg":"ES256","b64":{b64}}}"#);
            let jws = Unverified::parse_jws(&token(&header, "text")).unwrap();
            assert!(
                matches!(jws.header().check_crit(), Err(JwtError::Crit)),
                "{b64}"
            );
        }
    }

    #[test]
    fn client_57_crit() {
        let key = PrivateKey::generate(Algorithm::ES256).unwrap();
        let public = VerifyingKey::from_jwk(&key.public_jwk()).unwrap();
        for crit in [
            r#"["exp"]"#,
            "[]",
            r#""exp""#,
            "[1]",
            "null",
            r#"["alg"]"#,
            r#"["b64"]"#,
        ] {
            let input = format!(
                "{}.e30",
                base64url::encode(format!(r#"{{"alg":"ES256","b64":true,"crit":{crit}}}"#))
            );
            let signature = key.sign(Algorithm::ES256, input.as_bytes()).unwrap();
            let token = format!("{input}.{}", base64url::encode(signature));
            let result = Unverified::parse(&token)
                .unwrap()
                .verify(&[Algorithm::ES256], &public);
            assert!(matches!(result, Err(JwtError::Crit)), "{crit}");
        }
    }

    #[test]
    fn client_58_repeated_members() {
        assert!(Unverified::parse(&token(r#"{"alg":"RS256","alg":"none"}"#, "{}")).is_err());
        assert!(Unverified::parse(&token(r#"{"alg":"RS256"}"#, r#"{"a":1,"a":2}"#)).is_err());
    }

    #[test]
    fn client_63_typ_is_a_media_type() {
        let typ = |typ: &str| {
            Unverified::parse(&token(&format!(r#"{{"alg":"ES256","typ":"{typ}"}}"#), "{}")).unwrap()
        };
        for same in [
            "at+jwt",
            "AT+JWT",
            "application/at+jwt",
            "Application/At+Jwt",
        ] {
            assert!(typ(same).header().typ_is("at+jwt"), "{same}");
        }
        assert!(!typ("jwt").header().typ_is("at+jwt"));
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC{0,120}") {
            let _ = Unverified::parse(&text);
        }

        #[test]
        fn a_changed_byte_never_verifies(at in 0usize..200, byte in any::<u8>()) {
            let key = PrivateKey::generate(Algorithm::EdDSA).unwrap();
            let public = VerifyingKey::from_jwk(&key.public_jwk()).unwrap();
            let good = jwt::sign("at+jwt", None, &serde_json::json!({"sub":"a"}), Algorithm::EdDSA, &key).unwrap();
            let mut bytes = good.clone().into_bytes();
            let at = at % bytes.len();
            bytes[at] = byte;
            if let Ok(text) = String::from_utf8(bytes) && text != good {
                let verified = Unverified::parse(&text).and_then(|token| token.verify(&Algorithm::ALL, &public));
                prop_assert!(verified.is_err());
            }
        }
    }
}
