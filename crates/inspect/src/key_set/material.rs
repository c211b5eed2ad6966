//! The numbers of a key: lengths, ranges, points (RFC 7518 3.3, 6.2.1, 6.3.1; RFC 8037 2).

use super::key::{KeyValidation, Purpose};
use super::{okp, rsa};
use crate::finding::{Finding, quoted};
use jeton_oauth::{Algorithm, Jwk, VerifyingKey, base64url};

/// Curve, length of a coordinate, bits of the field.
const EC_CURVES: [(&str, usize, usize); 3] =
    [("P-256", 32, 256), ("P-384", 48, 384), ("P-521", 66, 521)];
/// Curve, length of the key.
const OKP_CURVES: [(&str, usize); 4] =
    [("Ed25519", 32), ("X25519", 32), ("Ed448", 57), ("X448", 56)];

/// Validates the numbers and keeps the key where it can verify signatures.
pub(super) fn validate(key: &mut KeyValidation, jwk: &Jwk) {
    let mut found = Vec::new();
    match jwk.kty.as_str() {
        "RSA" => rsa(key, jwk, &mut found),
        "EC" => ec(key, jwk, &mut found),
        "OKP" => okp(key, jwk, &mut found),
        "oct" => {}
        "AKP" => found.push(Finding::note(
            "kty.unsupported",
            "a post-quantum key (AKP): jeton does not verify its signatures, and most clients skip it",
        )),
        other => found.push(Finding::note(
            "kty.unknown",
            format!("its kty is {}, which is not known here: clients skip it (RFC 7517 5)", quoted(other)),
        )),
    }
    let sound = found
        .iter()
        .all(|finding| finding.severity < super::Severity::Fail);
    key.findings.append(&mut found);
    if sound && matches!(jwk.kty.as_str(), "RSA" | "EC" | "OKP") {
        take(key, jwk);
    }
}

/// The key as it verifies signatures, narrowed to its `alg`.
fn take(key: &mut KeyValidation, jwk: &Jwk) {
    let known_curve = match jwk.kty.as_str() {
        "EC" => EC_CURVES
            .iter()
            .any(|(name, _, _)| jwk.crv.as_deref() == Some(name)),
        "OKP" => jwk.crv.as_deref() == Some("Ed25519"),
        _ => true,
    };
    if !known_curve {
        return;
    }
    match VerifyingKey::from_jwk(jwk) {
        Ok(verifying) => {
            let own = verifying.algorithms();
            let pinned = key.alg.as_deref().map(Algorithm::from_name);
            if key.purpose == Purpose::Signatures {
                key.algorithms = match pinned {
                    None => own.to_vec(),
                    Some(alg) => own
                        .iter()
                        .copied()
                        .filter(|own| Some(*own) == alg)
                        .collect(),
                };
            }
            key.verifying = Some(verifying);
        }
        Err(error) => key.say(Finding::fail("key.unusable", error.to_string())),
    }
}

/// A number in base64url; reports it if it is missing or malformed.
fn number(jwk_member: &Option<String>, name: &str, found: &mut Vec<Finding>) -> Option<Vec<u8>> {
    let Some(text) = jwk_member else {
        found.push(Finding::fail(
            "member.missing",
            format!("it has no member {name}, so it cannot be used"),
        ));
        return None;
    };
    let bytes = base64url::decode(text).ok();
    if bytes.is_none() {
        let why = if text.contains(['+', '/', '=']) {
            "it is ordinary or padded Base64"
        } else {
            "a character is foreign to it, or the last bits are not zero"
        };
        found.push(Finding::fail(
            "member.base64url",
            format!("{name} is not base64url: {why}"),
        ));
    }
    bytes
}

fn rsa(key: &mut KeyValidation, jwk: &Jwk, found: &mut Vec<Finding>) {
    let modulus = number(&jwk.n, "n", found);
    let exponent = number(&jwk.e, "e", found);
    for (name, bytes) in [("n", &modulus), ("e", &exponent)] {
        if bytes
            .as_ref()
            .is_some_and(|bytes| bytes.first().is_none_or(|first| *first == 0))
        {
            found.push(Finding::fail(
                "rsa.encoding",
                format!("{name} is empty or starts with a zero byte, against RFC 7518 2: strict clients, jeton among them, refuse it"),
            ));
        }
    }
    if let Some(modulus) = modulus {
        rsa::size(key, &modulus, found);
    }
    if let Some(exponent) = exponent {
        rsa::exponent(&exponent, found);
    }
}

fn ec(key: &mut KeyValidation, jwk: &Jwk, found: &mut Vec<Finding>) {
    let Some(crv) = jwk.crv.as_deref() else {
        found.push(Finding::fail(
            "member.missing",
            "it has no member crv, so it cannot be used",
        ));
        return;
    };
    let Some((_, length, bits)) = EC_CURVES.iter().find(|(name, _, _)| *name == crv) else {
        found.push(Finding::note(
            "crv.unknown",
            format!(
                "its curve {} is not used here: jeton and many clients skip it",
                quoted(crv)
            ),
        ));
        return;
    };
    key.bits = Some(*bits);
    let x = number(&jwk.x, "x", found);
    let y = number(&jwk.y, "y", found);
    let mut whole = true;
    for (name, bytes) in [("x", &x), ("y", &y)] {
        if let Some(bytes) = bytes
            && bytes.len() != *length
        {
            whole = false;
            found.push(Finding::fail(
                "ec.coordinate",
                format!(
                    "{name} has {} bytes and {crv} needs {length}, leading zeros included (RFC 7518 6.2.1.2)",
                    bytes.len()
                ),
            ));
        }
    }
    if whole && x.is_some() && y.is_some() && VerifyingKey::from_jwk(jwk).is_err() {
        found.push(Finding::fail(
            "ec.off_curve",
            format!("its point is not on {crv}: no signature can be verified with it, and a client that does not look can be attacked"),
        ));
    }
}

fn okp(key: &mut KeyValidation, jwk: &Jwk, found: &mut Vec<Finding>) {
    let Some(crv) = jwk.crv.as_deref() else {
        found.push(Finding::fail(
            "member.missing",
            "it has no member crv, so it cannot be used",
        ));
        return;
    };
    let Some((_, length)) = OKP_CURVES.iter().find(|(name, _)| *name == crv) else {
        found.push(Finding::note(
            "crv.unknown",
            format!(
                "its curve {} is not used here: jeton and many clients skip it",
                quoted(crv)
            ),
        ));
        return;
    };
    if matches!(crv, "X25519" | "X448") && key.purpose == Purpose::Signatures {
        found.push(Finding::fail(
            "use.conflict",
            format!("{crv} agrees on keys and cannot sign, and use or key_ops say signatures"),
        ));
    }
    if crv == "Ed448" && key.purpose == Purpose::Signatures {
        found.push(Finding::note(
            "crv.unsupported",
            "an Ed448 key: jeton does not verify its signatures, and few clients do",
        ));
    }
    let Some(x) = number(&jwk.x, "x", found) else {
        return;
    };
    if x.len() != *length {
        found.push(Finding::fail(
            "okp.length",
            format!("x has {} bytes and {crv} needs {length}", x.len()),
        ));
    } else if crv == "Ed25519" {
        okp::validate(&x, found);
    }
}
