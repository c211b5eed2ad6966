//! What a key says that it is for: `use`, `key_ops`, `alg` and `kid`, against each other and against its kind
//! (RFC 7517 4.2 to 4.5, RFC 8725 3.1).

use super::key::{KeyValidation, Purpose};
use crate::finding::{Finding, quoted};
use jeton_oauth::Algorithm;

/// What an `alg` is, for a key of this kind.
enum Fit {
    Signature,
    Encryption,
    /// It cannot be of this key.
    Conflict,
    Unknown,
}

fn fit(alg: &str, key: &KeyValidation) -> Fit {
    let kty = key.kty.as_deref().unwrap_or_default();
    let crv = key.crv.as_deref();
    let when = |holds: bool, what: Fit| if holds { what } else { Fit::Conflict };
    if let Some(known) = Algorithm::from_name(alg) {
        use Algorithm::{
            ES256, ES384, ES512, EdDSA, HS256, HS384, HS512, PS256, PS384, PS512, RS256, RS384,
            RS512,
        };
        let holds = match known {
            HS256 | HS384 | HS512 => kty == "oct",
            RS256 | RS384 | RS512 | PS256 | PS384 | PS512 => kty == "RSA",
            ES256 => kty == "EC" && crv == Some("P-256"),
            ES384 => kty == "EC" && crv == Some("P-384"),
            ES512 => kty == "EC" && crv == Some("P-521"),
            EdDSA if alg == "EdDSA" => kty == "OKP" && matches!(crv, Some("Ed25519" | "Ed448")),
            EdDSA => kty == "OKP" && crv == Some("Ed25519"),
        };
        return when(holds, Fit::Signature);
    }
    match alg {
        "ES256K" => when(kty == "EC" && crv == Some("secp256k1"), Fit::Signature),
        "Ed448" => when(kty == "OKP" && crv == Some("Ed448"), Fit::Signature),
        _ if alg.starts_with("ML-DSA-") => when(kty == "AKP", Fit::Signature),
        _ if alg.eq_ignore_ascii_case("none") => Fit::Conflict,
        _ if alg.starts_with("RSA-OAEP") || alg == "RSA1_5" => when(kty == "RSA", Fit::Encryption),
        _ if alg.starts_with("ECDH-ES") => when(
            kty == "EC" || (kty == "OKP" && matches!(crv, Some("X25519" | "X448"))),
            Fit::Encryption,
        ),
        _ => Fit::Unknown,
    }
}

/// What the key is for: by `use`, else by `key_ops`, else by `alg`, else by what its curve can do.
pub(super) fn purpose(key: &KeyValidation) -> Purpose {
    if !matches!(key.kty.as_deref(), Some("RSA" | "EC" | "OKP" | "AKP")) {
        return Purpose::Other;
    }
    match key.use_.as_deref() {
        Some("sig") => return Purpose::Signatures,
        Some("enc") => return Purpose::Encryption,
        Some(_) => return Purpose::Other,
        None => {}
    }
    if let Some(ops) = &key.key_ops {
        let signs = ops.iter().any(|op| op == "verify" || op == "sign");
        return if signs {
            Purpose::Signatures
        } else if ops.iter().any(|op| is_for_encryption(op)) {
            Purpose::Encryption
        } else {
            Purpose::Other
        };
    }
    match key.alg.as_deref().map(|alg| fit(alg, key)) {
        Some(Fit::Encryption) => Purpose::Encryption,
        _ if matches!(key.crv.as_deref(), Some("X25519" | "X448")) => Purpose::Encryption,
        _ => Purpose::Signatures,
    }
}

fn is_for_encryption(op: &str) -> bool {
    matches!(
        op,
        "encrypt" | "decrypt" | "wrapKey" | "unwrapKey" | "deriveKey" | "deriveBits"
    )
}

/// Says what does not go together.
pub(super) fn validate(key: &mut KeyValidation) {
    let mut found = Vec::new();
    names(key, &mut found);
    operations(key, &mut found);
    algorithm(key, &mut found);
    key.findings.append(&mut found);
}

fn names(key: &KeyValidation, found: &mut Vec<Finding>) {
    if let Some(kid) = &key.kid {
        if kid.is_empty() {
            found.push(Finding::warn(
                "kid.empty",
                "its kid is empty: some clients treat that as none",
            ));
        } else if kid.len() > 256 || kid.chars().any(char::is_control) {
            found.push(Finding::warn(
                "kid.odd",
                "its kid is longer than 256 bytes or has control characters: logs and caches of clients trip over it",
            ));
        }
    }
    match key.use_.as_deref() {
        None | Some("sig" | "enc") => {}
        Some(other) => found.push(Finding::note(
            "use.unknown",
            format!(
                "its use is {}, which clients do not know: they skip it",
                quoted(other)
            ),
        )),
    }
}

fn operations(key: &KeyValidation, found: &mut Vec<Finding>) {
    let Some(ops) = &key.key_ops else { return };
    let mut seen = ops.clone();
    seen.sort();
    seen.dedup();
    if seen.len() < ops.len() {
        found.push(Finding::warn(
            "key_ops.repeated",
            "key_ops names an operation twice, which RFC 7517 4.3 forbids",
        ));
    }
    let signs = ops.iter().any(|op| op == "verify" || op == "sign");
    let encrypts = ops.iter().any(|op| is_for_encryption(op));
    if signs && encrypts {
        found.push(Finding::warn(
            "key_ops.mixed",
            "key_ops allows both signatures and encryption: one key should do one thing (RFC 7517 4.3)",
        ));
    }
    let private: Vec<&str> = ["sign", "decrypt", "unwrapKey"]
        .into_iter()
        .filter(|private| ops.iter().any(|op| op == private))
        .collect();
    if !private.is_empty() && key.kty.as_deref() != Some("oct") {
        found.push(Finding::warn(
            "key_ops.private",
            format!(
                "key_ops of a public key names {}, which only the private half can do: strict clients refuse it",
                private.join(", ")
            ),
        ));
    }
    match key.use_.as_deref() {
        Some("sig") if !signs => found.push(Finding::fail(
            "use.conflict",
            "use is sig and key_ops does not allow verify: clients that read both refuse it",
        )),
        Some("enc") if signs && !encrypts => found.push(Finding::fail(
            "use.conflict",
            "use is enc, but key_ops allows only signatures: clients that read both refuse it",
        )),
        Some(_) => found.push(Finding::note(
            "use.both",
            "use and key_ops are both present: RFC 7517 4.3 advises one of them",
        )),
        None => {}
    }
}

fn algorithm(key: &KeyValidation, found: &mut Vec<Finding>) {
    let Some(alg) = key.alg.as_deref() else {
        if key.purpose == Purpose::Signatures {
            found.push(Finding::note(
                "alg.missing",
                "it has no alg: each client decides by itself which algorithms it allows (RFC 8725 3.1)",
            ));
        }
        return;
    };
    let shown = quoted(alg);
    match fit(alg, key) {
        Fit::Conflict if alg.eq_ignore_ascii_case("none") => found.push(Finding::fail(
            "alg.conflict",
            "its alg is none: a client that believes it accepts tokens without a signature",
        )),
        Fit::Conflict if alg.starts_with("HS") => found.push(Finding::fail(
            "alg.conflict",
            format!(
                "its alg is {shown}, for shared secrets, and it is a public key: a client that believes it takes public bytes for a secret"
            ),
        )),
        Fit::Conflict => found.push(Finding::fail(
            "alg.conflict",
            format!("its alg is {shown}, which a key of the kind {} cannot do", quoted(&key.kind())),
        )),
        Fit::Signature if key.purpose == Purpose::Encryption => found.push(Finding::fail(
            "alg.conflict",
            format!("its alg is {shown}, for signatures, and use or key_ops say encryption"),
        )),
        Fit::Encryption if key.purpose == Purpose::Signatures => found.push(Finding::fail(
            "alg.conflict",
            format!("its alg is {shown}, for encryption, and use or key_ops say signatures"),
        )),
        Fit::Encryption if alg == "RSA1_5" => found.push(Finding::warn(
            "alg.weak",
            "its alg is RSA1_5, whose padding has been broken again and again: use RSA-OAEP-256",
        )),
        Fit::Signature | Fit::Encryption => {}
        Fit::Unknown => found.push(Finding::note(
            "alg.unknown",
            format!("its alg is {shown}, which is not known here"),
        )),
    }
}
