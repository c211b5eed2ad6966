//! Certificates inside a key: `x5c`, `x5t`, `x5t#S256`, `x5u` (RFC 7517 4.6 to 4.9). Nothing is fetched, and no chain is
//! trusted: what is validated is whether they belong to the key, are signed by each other, and when they end.

use super::key::KeyValidation;
use crate::finding::{Finding, quoted};
use crate::{DAY, EXPIRES_SOON};
use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jeton_oauth::certificate::{Certificate, broken_link, is_of};
use jeton_oauth::json::Object;
use jeton_oauth::{Jwk, base64url};
use serde_json::Value;
use x509_parser::prelude::{FromDer as _, X509Certificate};

/// Further certificates of a key are not read.
const MOST: usize = 10;

/// Validates what there is of them.
pub(super) fn validate(key: &mut KeyValidation, object: &Object, jwk: &Jwk, now: i64) {
    let mut found = Vec::new();
    let chain = chain(object, &mut found);
    let parsed: Vec<(&[u8], X509Certificate<'_>)> = chain
        .iter()
        .enumerate()
        .filter_map(|(place, der)| match X509Certificate::from_der(der) {
            Ok(([], certificate)) => Some((der.as_slice(), certificate)),
            _ => {
                found.push(Finding::fail(
                    "x5c.certificate",
                    format!("x5c: entry {} is not a certificate", place + 1),
                ));
                None
            }
        })
        .collect();
    if parsed.len() == chain.len() {
        belongs(&parsed, jwk, &mut found);
    }
    for (place, (_, certificate)) in parsed.iter().enumerate() {
        dates(place, certificate, now, &mut found);
    }
    thumbprints(object, chain.first(), &mut found);
    if object.contains_key("x5u") {
        found.push(Finding::note(
            "x5u.present",
            "x5u names a URL of certificates, which jeton never fetches",
        ));
    }
    key.certificates = parsed
        .iter()
        .map(|(_, certificate)| Certificate::of(certificate))
        .collect();
    key.findings.append(&mut found);
}

/// The entries of `x5c`: ordinary Base64, not base64url (RFC 7517 4.7).
fn chain(object: &Object, found: &mut Vec<Finding>) -> Vec<Vec<u8>> {
    let Some(member) = object.get("x5c") else {
        return Vec::new();
    };
    let entries = member.as_array().filter(|entries| !entries.is_empty());
    let Some(entries) = entries else {
        found.push(Finding::fail(
            "x5c.type",
            "x5c is not an array of certificates",
        ));
        return Vec::new();
    };
    if entries.len() > MOST {
        found.push(Finding::note(
            "x5c.long",
            format!(
                "x5c has {} entries: the first {MOST} are read",
                entries.len()
            ),
        ));
    }
    let mut chain = Vec::new();
    for (place, entry) in entries.iter().take(MOST).enumerate() {
        match entry.as_str().map(|text| STANDARD.decode(text)) {
            Some(Ok(der)) => chain.push(der),
            _ => found.push(Finding::fail(
                "x5c.base64",
                format!(
                    "x5c: entry {} is not ordinary Base64 with padding (RFC 7517 4.7)",
                    place + 1
                ),
            )),
        }
    }
    chain
}

/// The first certificate is of this key, and each is issued and signed by the next. A signature of a kind that is not known
/// here is left alone.
fn belongs(parsed: &[(&[u8], X509Certificate<'_>)], jwk: &Jwk, found: &mut Vec<Finding>) {
    let Some((_, own)) = parsed.first() else {
        return;
    };
    if !is_of(own, jwk) {
        found.push(Finding::fail(
            "x5c.other_key",
            "the first certificate of x5c is for another key: clients that read it verify with that one",
        ));
    }
    for (place, pair) in parsed.windows(2).enumerate() {
        let Some(what) = broken_link(&pair[0].1, &pair[1].1) else {
            continue;
        };
        found.push(Finding::warn(
            "x5c.chain",
            format!(
                "x5c: certificate {} is not {what} by certificate {}",
                place + 1,
                place + 2
            ),
        ));
    }
}

fn dates(place: usize, certificate: &X509Certificate<'_>, now: i64, found: &mut Vec<Finding>) {
    let validity = certificate.validity();
    let number = place + 1;
    if validity.not_after.timestamp() < now {
        found.push(Finding::warn(
            "x5c.expired",
            format!("certificate {number} of x5c has expired: clients that check the chain refuse the key"),
        ));
    } else if validity.not_before.timestamp() > now {
        found.push(Finding::warn(
            "x5c.not_yet_valid",
            format!("certificate {number} of x5c is not valid yet: clients that check the chain refuse the key"),
        ));
    } else if validity.not_after.timestamp() - now < EXPIRES_SOON {
        let days = (validity.not_after.timestamp() - now) / DAY;
        found.push(Finding::note(
            "x5c.expires_soon",
            format!("certificate {number} of x5c ends in {days} days"),
        ));
    }
}

fn thumbprints(object: &Object, own: Option<&Vec<u8>>, found: &mut Vec<Finding>) {
    for (name, algorithm, code) in [
        ("x5t#S256", &SHA256, "x5t_s256.mismatch"),
        ("x5t", &SHA1_FOR_LEGACY_USE_ONLY, "x5t.mismatch"),
    ] {
        let Some(member) = object.get(name) else {
            continue;
        };
        let Some(der) = own else {
            found.push(Finding::note(
                "x5t.alone",
                format!("{name} is present without x5c: it cannot be checked"),
            ));
            continue;
        };
        let right = base64url::encode(digest(algorithm, der));
        if *member != Value::String(right) {
            let given = member
                .as_str()
                .map_or_else(|| "no string".to_owned(), quoted);
            found.push(Finding::fail(
                code,
                format!(
                    "{name} is {given}, which is not the thumbprint of the first certificate of x5c"
                ),
            ));
        }
    }
}
