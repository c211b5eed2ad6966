//! Writing a JWT.

use crate::{Algorithm, ClientSecret, KeyError, PrivateKey, base64url};
use aws_lc_rs::hmac;
use serde::Serialize;

#[derive(Serialize)]
struct Header<'a> {
    alg: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    typ: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    kid: Option<&'a str>,
}

/// Signs claims with a private key. An empty `typ` is left out of the header.
///
/// # Errors
/// [`KeyError::Algorithm`] where the key is not for this algorithm.
pub fn sign<C: Serialize>(
    typ: &str,
    kid: Option<&str>,
    claims: &C,
    alg: Algorithm,
    key: &PrivateKey,
) -> Result<String, KeyError> {
    let input = signing_input(typ, kid, claims, alg)?;
    let signature = key.sign(alg, input.as_bytes())?;
    Ok(join(input, &signature))
}

/// Signs claims with a shared secret.
///
/// # Errors
/// [`KeyError::ShortSecret`] where the secret is shorter than the hash (RFC 7518 3.2), [`KeyError::Algorithm`] where
/// the algorithm is no HMAC.
pub fn sign_hmac<C: Serialize>(
    typ: &str,
    claims: &C,
    alg: Algorithm,
    secret: &ClientSecret,
) -> Result<String, KeyError> {
    let hash = match alg {
        Algorithm::HS256 => hmac::HMAC_SHA256,
        Algorithm::HS384 => hmac::HMAC_SHA384,
        Algorithm::HS512 => hmac::HMAC_SHA512,
        _ => return Err(KeyError::Algorithm(alg)),
    };
    let (have, need) = (secret.expose().len(), alg.hash_len());
    if have < need {
        return Err(KeyError::ShortSecret { alg, have, need });
    }
    let input = signing_input(typ, None, claims, alg)?;
    let key = hmac::Key::new(hash, secret.expose().as_bytes());
    let tag = hmac::sign(&key, input.as_bytes());
    Ok(join(input, tag.as_ref()))
}

fn signing_input<C: Serialize>(
    typ: &str,
    kid: Option<&str>,
    claims: &C,
    alg: Algorithm,
) -> Result<String, KeyError> {
    let unwritable = |_| KeyError::Invalid("the claims cannot be written as JSON");
    let header = Header {
        alg: alg.as_str(),
        typ,
        kid,
    };
    let header = serde_json::to_vec(&header).map_err(unwritable)?;
    let claims = serde_json::to_vec(claims).map_err(unwritable)?;
    Ok(format!(
        "{}.{}",
        base64url::encode(header),
        base64url::encode(claims)
    ))
}

fn join(mut input: String, signature: &[u8]) -> String {
    input.push('.');
    input.push_str(&base64url::encode(signature));
    input
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use serde_json::json;

    /// Another implementation reads what we write.
    #[test]
    fn jsonwebtoken_reads_our_tokens() {
        let key = PrivateKey::generate(Algorithm::ES256).unwrap();
        let token = sign(
            "at+jwt",
            Some("k1"),
            &json!({"sub": "a", "exp": 4_000_000_000_i64}),
            Algorithm::ES256,
            &key,
        )
        .unwrap();
        let jwk = serde_json::from_value(serde_json::to_value(key.public_jwk()).unwrap()).unwrap();
        let decoding = jsonwebtoken::DecodingKey::from_jwk(&jwk).unwrap();
        let rules = jsonwebtoken::Validation::new(jsonwebtoken::Algorithm::ES256);
        let read = jsonwebtoken::decode::<serde_json::Value>(&token, &decoding, &rules).unwrap();
        assert_eq!(read.claims["sub"], "a");
        assert_eq!(read.header.kid.as_deref(), Some("k1"));
        assert_eq!(read.header.typ.as_deref(), Some("at+jwt"));
    }

    #[test]
    fn client_35_a_secret_shorter_than_the_hash_is_refused() {
        let claims = json!({});
        let short =
            |alg, len: usize| sign_hmac("", &claims, alg, &ClientSecret::new("x".repeat(len)));
        assert!(matches!(
            short(Algorithm::HS256, 31),
            Err(KeyError::ShortSecret { .. })
        ));
        assert!(short(Algorithm::HS256, 32).is_ok());
        assert!(matches!(
            short(Algorithm::HS512, 63),
            Err(KeyError::ShortSecret { .. })
        ));
        assert!(short(Algorithm::HS512, 64).is_ok());
        assert_eq!(
            short(Algorithm::ES256, 64),
            Err(KeyError::Algorithm(Algorithm::ES256))
        );
    }
}
