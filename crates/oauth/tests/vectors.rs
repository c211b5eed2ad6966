//! Published vectors: RFC 7520 (the JOSE cookbook), RFC 8037, RFC 9449.
//!
//! `JETON_TEST_VECTORS` names a folder with `cookbook/jws/*.json`, `cookbook/jwk/*.json`, `cookbook/curve25519/jws.json`
//! (github.com/ietf-jose/cookbook) and `dpop/rfc9449.json`. Without it these tests say that they did nothing.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use jeton_oauth::jwt::Unverified;
use jeton_oauth::{Algorithm, ClientSecret, Jwk, KeyError, PrivateKey, VerifyingKey, base64url};
use serde_json::Value;
use std::io::Write as _;
use std::path::{Path, PathBuf};

const VARIABLE: &str = "JETON_TEST_VECTORS";

/// The folder; `None`, told past the capture of the test runner, where there is none.
fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os(VARIABLE).map(PathBuf::from);
    if folder.is_none() {
        let name = std::thread::current().name().unwrap_or("?").to_owned();
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED {name}: set {VARIABLE} to the folder of the published vectors to run it"
        );
    }
    folder
}

fn read(path: &Path) -> Value {
    let text = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_slice(&text).unwrap()
}

/// Every document of a folder, with its path.
fn documents(folder: &Path) -> Vec<(String, Value)> {
    let entries =
        std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "json"));
    paths.sort();
    paths
        .into_iter()
        .map(|path| (path.display().to_string(), read(&path)))
        .collect()
}

/// The public half of a key.
fn public(key: &Value) -> Jwk {
    let mut jwk: Jwk = serde_json::from_value(key.clone()).unwrap();
    jwk.other.clear();
    jwk
}

/// Checks one signature of a figure; the HMAC figure with its symmetric key.
fn check(key: &Value, alg: &str, input: &str, signature: &str) -> Result<(), KeyError> {
    let alg = Algorithm::from_name(alg).unwrap();
    let signature = base64url::decode(signature).unwrap();
    if alg.is_hmac() {
        // These random bytes are no text, as a client's secret is: the provider is asked directly.
        let secret = base64url::decode(key["k"].as_str().unwrap()).unwrap();
        let secret = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, &secret);
        return aws_lc_rs::hmac::verify(&secret, input.as_bytes(), &signature)
            .map_err(|_| KeyError::Signature);
    }
    VerifyingKey::from_jwk(&public(key))?.verify(alg, input.as_bytes(), &signature)
}

#[test]
fn rfc_7520_4_every_compact_figure_verifies() {
    let Some(folder) = folder() else { return };
    let mut figures = documents(&folder.join("cookbook/jws"));
    let curve = "cookbook/curve25519/jws.json";
    figures.push((curve.to_owned(), read(&folder.join(curve))));
    let mut verified = Vec::new();
    for (name, figure) in &figures {
        // Without a protected header, or with several signatures, there is no compact form: out of scope (client 55).
        let (Some(compact), Some(alg)) = (
            figure["output"]["compact"].as_str(),
            figure["signing"]["protected"]["alg"].as_str(),
        ) else {
            continue;
        };
        let key = &figure["input"]["key"];
        let input = figure["signing"]["sig-input"].as_str().unwrap();
        let signature = compact.rsplit('.').next().unwrap();
        check(key, alg, input, signature).unwrap_or_else(|error| panic!("{name}: {error}"));
        let changed = format!("{input}x");
        let refused = check(key, alg, &changed, signature);
        assert_eq!(refused, Err(KeyError::Signature), "{name}");
        // Their payload is a sentence, no claims, and of the detached one nothing: none is a JWT.
        assert!(Unverified::parse(compact).is_err(), "{name}");
        verified.push(alg.to_owned());
    }
    verified.sort();
    verified.dedup();
    assert_eq!(verified, ["ES512", "EdDSA", "HS256", "PS384", "RS256"]);
}

#[test]
fn rfc_7520_3_keys_are_read() {
    let Some(folder) = folder() else { return };
    let mut read_as = Vec::new();
    for (name, key) in documents(&folder.join("cookbook/jwk")) {
        let jwk: Jwk = serde_json::from_value(key.clone()).unwrap();
        let text = key.to_string();
        if jwk.kty == "oct" {
            let refused = VerifyingKey::from_jwk(&jwk);
            assert!(matches!(refused, Err(KeyError::Unsupported(_))), "{name}");
        } else if jwk.has_private_members() {
            let private = PrivateKey::from_text(&text).unwrap();
            let alg = private.algorithms()[0];
            let signature = private.sign(alg, b"m").unwrap();
            let public = VerifyingKey::from_jwk(&public(&key)).unwrap();
            public.verify(alg, b"m", &signature).unwrap();
            read_as.push(format!("{} private", jwk.kty));
        } else {
            VerifyingKey::from_text(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert!(PrivateKey::from_text(&text).is_err(), "{name}");
            read_as.push(format!("{} public", jwk.kty));
        }
    }
    read_as.sort();
    assert_eq!(
        read_as,
        ["EC private", "EC public", "RSA private", "RSA public"]
    );
}

#[test]
fn rfc_9449_proofs_and_thumbprints() {
    let Some(folder) = folder() else { return };
    let vectors = read(&folder.join("dpop/rfc9449.json"));
    let proofs = vectors["dpop_proofs"].as_array().unwrap();
    assert!(!proofs.is_empty());
    for vector in proofs {
        let proof = Unverified::parse(vector["proof"].as_str().unwrap()).unwrap();
        assert!(proof.header().typ_is("dpop+jwt"));
        let jwk: Jwk = serde_json::from_value(proof.header().raw["jwk"].clone()).unwrap();
        assert_eq!(jwk.thumbprint().as_deref(), vector["jkt"].as_str());
        let key = VerifyingKey::from_jwk(&jwk).unwrap();
        let verified = proof.verify(&[Algorithm::ES256], &key).unwrap();
        for claim in ["htm", "htu", "iat", "jti"] {
            assert_eq!(verified.claims()[claim], vector[claim], "{claim}");
        }
    }
    for vector in vectors["jwk_thumbprint"].as_array().unwrap() {
        let jwk: Jwk = serde_json::from_value(vector["jwk"].clone()).unwrap();
        let expected = vector["thumbprint_sha256"].as_str();
        assert_eq!(jwk.thumbprint().as_deref(), expected);
    }
}

/// The path that tokens take, with a secret that is a text.
#[test]
fn an_hmac_is_verified_by_the_shared_secret() {
    let secret = ClientSecret::new("a secret of thirty-two bytes, 32");
    let claims = serde_json::json!({ "sub": "a" });
    let token = jeton_oauth::jwt::sign_hmac("", &claims, Algorithm::HS256, &secret).unwrap();
    let verify = |secret: &ClientSecret| {
        let key = VerifyingKey::from_secret(secret);
        Unverified::parse(&token)
            .unwrap()
            .verify(&[Algorithm::HS256], &key)
    };
    assert_eq!(verify(&secret).unwrap().claims()["sub"], "a");
    let other = ClientSecret::new("another secret of 32 bytes, so so");
    assert!(verify(&other).is_err());
}
