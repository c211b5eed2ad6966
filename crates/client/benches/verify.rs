//! How long judging a token takes, against the bare verification of its signature by the provider.
//!
//!     cargo bench -p jeton-client --bench verify
//!
//! `judged` and `bare` take turns, so that a busy machine slows both alike; `bench/run` takes the ratio of each turn's
//! medians, and of these ratios the median.

#![expect(
    clippy::unwrap_used,
    reason = "a benchmark that cannot start fails by panicking"
)]

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents,
};
use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, BenchmarkId, Criterion, criterion_group, criterion_main};
use jeton_client::verify::{AccessTokenRules, Claims, KeySet, Rules};
use jeton_oauth::{Algorithm, Jwk, JwkSet, PrivateKey, base64url, jwt};
use std::hint::black_box;
use std::time::Duration;

const NOW: i64 = 1_800_000_000;
const TURNS: u32 = 7;

fn verify(criterion: &mut Criterion) {
    for alg in [Algorithm::ES256, Algorithm::RS256] {
        let mut group = criterion.benchmark_group(alg.as_str());
        group.warm_up_time(Duration::from_millis(200));
        group.measurement_time(Duration::from_secs(1));
        measure(alg, &mut group);
    }
}

fn measure(alg: Algorithm, group: &mut BenchmarkGroup<'_, WallTime>) {
    let key = PrivateKey::generate(alg).unwrap();
    let claims = serde_json::json!({
        "iss": "https://as.example", "sub": "billing", "client_id": "billing", "aud": "https://api.example",
        "iat": NOW, "exp": NOW + 600, "jti": "0123456789abcdef", "scope": "api.read",
    });
    let token = jwt::sign("at+jwt", Some("k1"), &claims, alg, &key).unwrap();
    let jwk = Jwk {
        kid: Some("k1".to_owned()),
        ..key.public_jwk()
    };
    let bare = bare(alg, &jwk);
    let (input, signature) = token.rsplit_once('.').unwrap();
    let signature = base64url::decode(signature).unwrap();
    let keys = KeySet::from(&JwkSet {
        keys: vec![jwk],
        skipped: Vec::new(),
    });
    let rules = Rules::new(Claims::AccessToken(AccessTokenRules {
        issuer: Some("https://as.example".to_owned()),
        audience: vec!["https://api.example".to_owned()],
        ..AccessTokenRules::default()
    }));
    assert!(rules.validate(&token, &keys, NOW).holds());
    assert!(bare.verify_sig(input.as_bytes(), &signature).is_ok());
    for turn in 1..=TURNS {
        group.bench_function(BenchmarkId::new("judged", turn), |bencher| {
            bencher.iter(|| rules.validate(black_box(&token), &keys, NOW).holds());
        });
        group.bench_function(BenchmarkId::new("bare", turn), |bencher| {
            bencher.iter(|| bare.verify_sig(black_box(input.as_bytes()), &signature));
        });
    }
}

/// The key as the provider holds it.
fn bare(alg: Algorithm, jwk: &Jwk) -> ParsedPublicKey {
    let member = |text: &Option<String>| base64url::decode(text.as_deref().unwrap()).unwrap();
    if alg == Algorithm::ES256 {
        let point = [vec![4], member(&jwk.x), member(&jwk.y)].concat();
        return ParsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).unwrap();
    }
    let (n, e) = (member(&jwk.n), member(&jwk.e));
    RsaPublicKeyComponents { n, e }
        .to_parsed_public_key(&RSA_PKCS1_2048_8192_SHA256)
        .unwrap()
}

criterion_group!(benches, verify);
criterion_main!(benches);
