//! What we check with the provider, `jsonwebtoken` checks too: both must say the same of every signature, good or bad.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use jeton_oauth::{Algorithm, ClientSecret, Jwk, PrivateKey, VerifyingKey, base64url, jwt};
use jsonwebtoken::{Algorithm as Theirs, DecodingKey};
use proptest::prelude::*;
use proptest::sample::Index;
use std::sync::LazyLock;

/// A key in both hands, and how to sign with it. P-521 is missing: `jsonwebtoken` does not know it.
struct Pair {
    alg: Algorithm,
    name: Theirs,
    ours: VerifyingKey,
    theirs: DecodingKey,
    signer: Signer,
}

enum Signer {
    Key(PrivateKey),
    Secret(ClientSecret),
}

const ASYMMETRIC: [(Algorithm, Theirs); 9] = [
    (Algorithm::RS256, Theirs::RS256),
    (Algorithm::RS384, Theirs::RS384),
    (Algorithm::RS512, Theirs::RS512),
    (Algorithm::PS256, Theirs::PS256),
    (Algorithm::PS384, Theirs::PS384),
    (Algorithm::PS512, Theirs::PS512),
    (Algorithm::ES256, Theirs::ES256),
    (Algorithm::ES384, Theirs::ES384),
    (Algorithm::EdDSA, Theirs::EdDSA),
];

const SYMMETRIC: [(Algorithm, Theirs); 3] = [
    (Algorithm::HS256, Theirs::HS256),
    (Algorithm::HS384, Theirs::HS384),
    (Algorithm::HS512, Theirs::HS512),
];

static PAIRS: LazyLock<Vec<Pair>> = LazyLock::new(|| {
    let asymmetric = ASYMMETRIC.map(|(alg, name)| {
        let key = PrivateKey::generate(alg).unwrap();
        let jwk = key.public_jwk();
        Pair {
            alg,
            name,
            ours: VerifyingKey::from_jwk(&jwk).unwrap(),
            theirs: decoding_key(&jwk),
            signer: Signer::Key(key),
        }
    });
    let symmetric = SYMMETRIC.map(|(alg, name)| {
        let secret =
            ClientSecret::new("a secret of 64 bytes, as long as the longest of the hashes here!");
        Pair {
            alg,
            name,
            ours: VerifyingKey::from_secret(&secret),
            theirs: DecodingKey::from_secret(secret.expose().as_bytes()),
            signer: Signer::Secret(secret),
        }
    });
    asymmetric.into_iter().chain(symmetric).collect()
});

fn decoding_key(jwk: &Jwk) -> DecodingKey {
    let jwk = serde_json::from_value(serde_json::to_value(jwk).unwrap()).unwrap();
    DecodingKey::from_jwk(&jwk).unwrap()
}

impl Pair {
    /// The two parts that are signed, and the signature.
    fn token(&self, subject: &str) -> (String, Vec<u8>) {
        let claims = serde_json::json!({"sub": subject});
        let token = match &self.signer {
            Signer::Key(key) => jwt::sign("at+jwt", None, &claims, self.alg, key),
            Signer::Secret(secret) => jwt::sign_hmac("at+jwt", &claims, self.alg, secret),
        }
        .unwrap();
        let (input, signature) = token.rsplit_once('.').unwrap();
        (input.to_owned(), base64url::decode(signature).unwrap())
    }

    /// What both say, which must be one.
    fn agrees(&self, input: &str, signature: &[u8]) -> bool {
        let ours = self
            .ours
            .verify(self.alg, input.as_bytes(), signature)
            .is_ok();
        let text = base64url::encode(signature);
        let theirs = jsonwebtoken::crypto::verify(&text, input.as_bytes(), &self.theirs, self.name)
            .unwrap_or(false);
        assert_eq!(ours, theirs, "{} {signature:02x?}", self.alg);
        ours
    }
}

/// What is done to a signature before it is shown.
#[derive(Debug, Clone)]
enum Change {
    None,
    Bit(Index, u8),
    Cut(Index),
    Longer(Vec<u8>),
    Before(Vec<u8>),
    Zeros,
    Halves,
    Another(Vec<u8>),
}

fn change() -> impl Strategy<Value = Change> {
    let bytes = |most| proptest::collection::vec(any::<u8>(), 1..most);
    prop_oneof![
        Just(Change::None),
        (any::<Index>(), 0u8..8).prop_map(|(at, bit)| Change::Bit(at, bit)),
        any::<Index>().prop_map(Change::Cut),
        bytes(4).prop_map(Change::Longer),
        bytes(4).prop_map(Change::Before),
        Just(Change::Zeros),
        Just(Change::Halves),
        bytes(300).prop_map(Change::Another),
    ]
}

fn changed(signature: &[u8], change: &Change) -> Vec<u8> {
    let mut own = signature.to_vec();
    match change {
        Change::None => {}
        Change::Bit(at, bit) => own[at.index(signature.len())] ^= 1 << bit,
        Change::Cut(at) => own.truncate(at.index(signature.len())),
        Change::Longer(more) => own.extend(more),
        Change::Before(more) => own = [more, signature].concat(),
        Change::Zeros => own.fill(0),
        Change::Halves => own.rotate_left(signature.len() / 2),
        Change::Another(bytes) => own.clone_from(bytes),
    }
    own
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn client_68_two_implementations_say_the_same_of_a_signature(
        subject in "[a-z]{0,12}",
        change in change(),
        other in any::<bool>(),
    ) {
        for pair in PAIRS.iter() {
            let (input, signature) = pair.token(&subject);
            let shown = changed(&signature, &change);
            let input = if other { format!("{input}A") } else { input };
            let holds = pair.agrees(&input, &shown);
            prop_assert_eq!(holds, !other && shown == signature, "{} {:?}", pair.alg, &change);
        }
    }
}
