//! How long judging a token takes, against the bare verification of its signature by the provider.
//!
//!     cargo run --release -p jeton-client --example verify_speed
//!
//! Prints a line for each algorithm: microseconds of both, and their ratio. The two take turns in one process, and the
//! median of many rounds counts, so that a busy machine slows both alike. An example rather than a benchmark of a
//! framework: it needs no further dependency.

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, VerificationAlgorithm,
};
use jeton_client::verify::{AccessTokenRules, Claims, KeySet, Rules};
use jeton_oauth::{Algorithm, Jwk, JwkSet, KeyError, PrivateKey, base64url, jwt};
use std::error::Error;
use std::hint::black_box;
use std::time::Instant;

const NOW: i64 = 1_800_000_000;
const ROUNDS: usize = 41;
const CALLS: u32 = 200;

#[expect(clippy::print_stdout, reason = "the table is what it is for")]
fn main() -> Result<(), Box<dyn Error>> {
    println!("alg     judged µs   bare µs   ratio");
    for alg in [Algorithm::ES256, Algorithm::RS256] {
        let (judged, bare) = measure(alg)?;
        let ratio = judged / bare;
        println!("{alg}  {judged:10.1}  {bare:8.1}  {ratio:6.2}");
    }
    Ok(())
}

/// Microseconds of a judgement, and of the signature alone.
fn measure(alg: Algorithm) -> Result<(f64, f64), Box<dyn Error>> {
    let key = PrivateKey::generate(alg)?;
    let claims = serde_json::json!({
        "iss": "https://as.example", "sub": "billing", "client_id": "billing", "aud": "https://api.example",
        "iat": NOW, "exp": NOW + 600, "jti": "0123456789abcdef", "scope": "api.read",
    });
    let token = jwt::sign("at+jwt", Some("k1"), &claims, alg, &key)?;
    let (input, signature) = token.rsplit_once('.').ok_or("no signature")?;
    let signature = base64url::decode(signature)?;
    let jwk = Jwk {
        kid: Some("k1".to_owned()),
        ..key.public_jwk()
    };
    let parsed = bare(alg, &jwk)?;
    let keys = KeySet::from(&JwkSet {
        keys: vec![jwk],
        skipped: Vec::new(),
    });
    let rules = Rules::new(Claims::AccessToken(AccessTokenRules {
        issuer: Some("https://as.example".to_owned()),
        audience: vec!["https://api.example".to_owned()],
        ..AccessTokenRules::default()
    }));
    if !rules.judge(&token, &keys, NOW).holds() {
        return Err("the token does not hold".into());
    }
    let mut rounds = [Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        rounds[0].push(per_call(|| {
            rules.judge(black_box(&token), &keys, NOW).holds()
        }));
        rounds[1].push(per_call(|| {
            let input = black_box(input.as_bytes());
            parsed.verify_sig(input, &signature).is_ok()
        }));
    }
    let [judged, bare] = rounds.map(|mut times| {
        times.sort_by(f64::total_cmp);
        times[ROUNDS / 2]
    });
    Ok((judged, bare))
}

fn per_call(mut work: impl FnMut() -> bool) -> f64 {
    let started = Instant::now();
    for _ in 0..CALLS {
        assert!(black_box(work()), "it holds every time");
    }
    started.elapsed().as_secs_f64() * 1e6 / f64::from(CALLS)
}

/// The key as the provider holds it.
fn bare(alg: Algorithm, jwk: &Jwk) -> Result<ParsedPublicKey, Box<dyn Error>> {
    let member = |text: &Option<String>| {
        let text = text.as_deref().ok_or(KeyError::Member("n, e, x or y"))?;
        Ok::<_, Box<dyn Error>>(base64url::decode(text)?)
    };
    let (algorithm, bytes): (&'static dyn VerificationAlgorithm, Vec<u8>) = match alg {
        Algorithm::ES256 => {
            let point = [vec![4], member(&jwk.x)?, member(&jwk.y)?].concat();
            (&ECDSA_P256_SHA256_FIXED, point)
        }
        _ => (
            &RSA_PKCS1_2048_8192_SHA256,
            rsa_public_key(&member(&jwk.n)?, &member(&jwk.e)?),
        ),
    };
    ParsedPublicKey::new(algorithm, bytes).map_err(|error| error.to_string().into())
}

/// An RSAPublicKey (RFC 8017 A.1.1) in DER.
fn rsa_public_key(n: &[u8], e: &[u8]) -> Vec<u8> {
    let value = |tag: u8, content: &[u8]| {
        let [high, low] = u16::try_from(content.len())
            .unwrap_or(u16::MAX)
            .to_be_bytes();
        [&[tag, 0x82, high, low][..], content].concat()
    };
    let integer = |number: &[u8]| value(2, &[&[0], number].concat());
    // The exponent is short: its length takes one byte, and no zero stands before it.
    let exponent = [&[2, u8::try_from(e.len()).unwrap_or(u8::MAX)][..], e].concat();
    value(0x30, &[integer(n), exponent].concat())
}
