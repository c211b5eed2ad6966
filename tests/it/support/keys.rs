//! Keys and tokens of the tests, made anew for each run.

use super::canary::Canaries;
use aws_lc_rs::digest::SHA256;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};

/// A P-256 key in the forms that the tests hand out.
pub(crate) struct EcKey {
    pair: EcdsaKeyPair,
    pem: String,
}

impl EcKey {
    /// A new key, whose private number the search for leaks knows from now on.
    pub(crate) fn generate(canaries: &Canaries) -> Self {
        let alg = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let pair = EcdsaKeyPair::generate(alg).unwrap();
        let document = pair.to_pkcs8v1().unwrap();
        canaries.key("private key", private_number(document.as_ref()));
        Self {
            pem: pem("PRIVATE KEY", document.as_ref()),
            pair,
        }
    }

    /// PKCS#8, as `openssl genpkey` writes it.
    pub(crate) fn pem(&self) -> &str {
        &self.pem
    }

    /// The public JWK.
    pub(crate) fn public_jwk(&self, kid: &str) -> Value {
        let point = self.pair.public_key().as_ref();
        json!({
            "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": kid,
            "x": URL_SAFE_NO_PAD.encode(&point[1..33]),
            "y": URL_SAFE_NO_PAD.encode(&point[33..65]),
        })
    }

    /// A signed JWT with this header and these claims.
    pub(crate) fn jwt(&self, header: &Value, claims: &Value) -> String {
        self.jws(header, claims.to_string().as_bytes())
    }

    /// A signed text of any kind.
    pub(crate) fn jws(&self, header: &Value, payload: &[u8]) -> String {
        let header = URL_SAFE_NO_PAD.encode(header.to_string());
        let input = format!("{header}.{}", URL_SAFE_NO_PAD.encode(payload));
        let random = SystemRandom::new();
        let signature = self.pair.sign(&random, input.as_bytes()).unwrap();
        format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature.as_ref()))
    }
}

/// `x5t#S256` of a certificate (RFC 8705 section 3.1).
pub(crate) fn thumbprint(certificate: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(aws_lc_rs::digest::digest(&SHA256, certificate))
}

/// Header and claims in compact form, without a signature.
pub(crate) fn signing_input(header: &Value, claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}", part(header), part(claims))
}

/// The header of a JWT, read without any check.
pub(crate) fn header(jwt: &str) -> Value {
    part(jwt, 0)
}

/// The claims of a JWT, read without any check.
pub(crate) fn claims(jwt: &str) -> Value {
    part(jwt, 1)
}

fn part(jwt: &str, at: usize) -> Value {
    let text = jwt.split('.').nth(at).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).unwrap()).unwrap()
}

/// The private number inside PKCS#8: an octet string of 32 bytes right after the version of the inner structure.
fn private_number(pkcs8: &[u8]) -> &[u8] {
    const MARK: [u8; 5] = [0x02, 0x01, 0x01, 0x04, 0x20];
    let at = pkcs8.windows(MARK.len()).position(|window| window == MARK);
    let start = at.unwrap() + MARK.len();
    &pkcs8[start..start + 32]
}

fn pem(label: &str, der: &[u8]) -> String {
    let mut text = format!("-----BEGIN {label}-----\n");
    for line in STANDARD.encode(der).as_bytes().chunks(64) {
        text.push_str(std::str::from_utf8(line).unwrap());
        text.push('\n');
    }
    text.push_str(&format!("-----END {label}-----\n"));
    text
}

/// A secret of 256 bits as the authority would generate one, known to the search for leaks.
pub(crate) fn random_secret(canaries: &Canaries) -> String {
    let mut bytes = [0; 32];
    aws_lc_rs::rand::fill(&mut bytes).unwrap();
    // `+ / : %` have to survive Basic and forms (client requirement 28).
    let secret = format!("s:%+/{}", STANDARD.encode(bytes));
    canaries.secret("client secret", &secret);
    secret
}
