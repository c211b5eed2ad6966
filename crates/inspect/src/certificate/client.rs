//! Validation of a client certificate: whether a server can accept it at all, and what will fail soon.

use crate::finding::{self, Finding};
use crate::{DAY, EXPIRES_SOON};
use jeton_oauth::certificate::{
    Certificate, ClientCertificate, ClientUse, Link, is_issued_by, weak_hash,
};
use x509_parser::certificate::X509Certificate;
use x509_parser::prelude::FromDer as _;

/// Validates a certificate at a time in seconds since 1970; the worst comes first. What is as it should be is left out,
/// except for the key.
#[must_use]
pub fn validate_client(certificate: &ClientCertificate, now: i64) -> Vec<Finding> {
    let mut found = Vec::new();
    of_key(certificate, &mut found);
    let own = certificate.facts();
    dates(own, now, &mut found);
    usage(own, &mut found);
    strength(own, &mut found);
    of_chain(certificate.links(), now, &mut found);
    if own.self_signed {
        found.push(Finding::note(
            "cert.self_signed",
            "the certificate is self-signed: it is for self_signed_tls_client_auth, and the server must know it from the jwks of the client, where it stands in x5c (RFC 8705 2.2.2)",
        ));
    }
    finding::sort(&mut found);
    found
}

fn of_key(certificate: &ClientCertificate, found: &mut Vec<Finding>) {
    match certificate.place_of_key() {
        Some(0) => found.push(Finding::ok(
            "key.match",
            "the private key belongs to the certificate",
        )),
        Some(place) => {
            let links = certificate.links();
            found.push(Finding::fail(
                "chain.order",
                format!(
                    "the private key belongs to certificate {} of the file (line {}), and the client's own certificate has to be the first",
                    place + 1,
                    links[place].line
                ),
            ));
        }
        None => found.push(Finding::fail(
            "key.mismatch",
            "the private key belongs to another certificate: no server accepts the two together",
        )),
    }
}

fn dates(own: &Certificate, now: i64, found: &mut Vec<Finding>) {
    if own.not_after < now {
        found.push(Finding::fail(
            "cert.expired",
            format!(
                "the certificate ended {} ago: get a new one",
                span(now - own.not_after)
            ),
        ));
    } else if own.not_before > now {
        found.push(Finding::fail(
            "cert.not_yet_valid",
            format!(
                "the certificate begins in {}: is the clock of this machine right?",
                span(own.not_before - now)
            ),
        ));
    } else if own.not_after - now < EXPIRES_SOON {
        found.push(Finding::warn(
            "cert.expires_soon",
            format!("the certificate ends in {}", span(own.not_after - now)),
        ));
    }
}

fn usage(own: &Certificate, found: &mut Vec<Finding>) {
    if own.client_use() == ClientUse::No {
        let usages = own.extended_key_usage.as_deref().unwrap_or_default();
        found.push(Finding::fail(
            "cert.not_for_clients",
            format!(
                "the certificate is not for clients: its extended key usage is {}, without clientAuth",
                listed(usages)
            ),
        ));
    }
    if let Some(usages) = &own.key_usage
        && !usages.contains(&"digitalSignature")
    {
        found.push(Finding::fail(
            "cert.no_signatures",
            "the key usage of the certificate leaves out digitalSignature, which the handshake needs (RFC 8446 4.4.2.2)",
        ));
    }
    if own.ca {
        found.push(if own.self_signed {
            Finding::note(
                "cert.ca",
                "the certificate says that it is that of a CA, as openssl req -x509 makes it: some servers refuse it from a client",
            )
        } else {
            Finding::warn(
                "cert.ca",
                "the certificate is that of a CA: many servers refuse it from a client",
            )
        });
    }
}

fn strength(own: &Certificate, found: &mut Vec<Finding>) {
    if own.key.is_weak() {
        found.push(Finding::fail(
            "key.weak",
            format!(
                "the key is {}: at least RSA 2048 or P-256 is expected, and TLS here refuses less",
                own.key
            ),
        ));
    } else if !matches!(own.key.kind.as_str(), "RSA" | "EC" | "Ed25519") {
        found.push(Finding::warn(
            "key.kind",
            format!("the key is {}: few servers know it", own.key),
        ));
    }
    let Some(hash) = weak_hash(&own.signature) else {
        return;
    };
    found.push(if own.self_signed {
        Finding::warn(
            "cert.weak_signature",
            format!("the certificate is signed with {hash}: some servers refuse it though it is self-signed"),
        )
    } else {
        Finding::fail(
            "cert.weak_signature",
            format!("the certificate is signed with {hash}, which can be forged: servers refuse it"),
        )
    });
}

fn of_chain(links: &[Link], now: i64, found: &mut Vec<Finding>) {
    let parsed: Vec<X509Certificate<'_>> = links
        .iter()
        .filter_map(|link| X509Certificate::from_der(&link.der).ok())
        .map(|(_, certificate)| certificate)
        .collect();
    for (place, pair) in parsed.windows(2).enumerate() {
        if !is_issued_by(&pair[0], &pair[1]) {
            found.push(Finding::fail(
                "chain.broken",
                format!(
                    "certificate {} of the file (line {}) has not issued certificate {}: each has to be followed by its issuer",
                    place + 2,
                    links[place + 1].line,
                    place + 1
                ),
            ));
        }
    }
    for (place, link) in links.iter().enumerate().skip(1) {
        let facts = &link.facts;
        if facts.not_after < now || facts.not_before > now {
            found.push(Finding::fail(
                "chain.expired",
                format!(
                    "certificate {} of the file (line {}) is outside its validity period: servers refuse the chain",
                    place + 1,
                    link.line
                ),
            ));
        }
        if facts.self_signed {
            found.push(Finding::note(
                "chain.root",
                format!(
                    "certificate {} of the file (line {}) is a root, which the server must have itself: sending it is useless",
                    place + 1,
                    link.line
                ),
            ));
        }
    }
    if let [only] = links
        && !only.facts.self_signed
    {
        found.push(Finding::note(
            "chain.alone",
            "the file has no intermediate certificates: the server must know the issuer, or they must follow the certificate",
        ));
    }
}

/// A span of seconds as days, or hours where it is less than two days.
fn span(seconds: i64) -> String {
    if seconds < 2 * DAY {
        format!("{} h", seconds / 3600)
    } else {
        format!("{} days", seconds / DAY)
    }
}

fn listed(usages: &[String]) -> String {
    if usages.is_empty() {
        "empty".to_owned()
    } else {
        usages.join(", ")
    }
}
