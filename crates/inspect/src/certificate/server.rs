//! Validation of a server's certificate and of the chain that it sends, apart from trust in its root.

use crate::finding::{self, Finding};
use crate::{DAY, EXPIRES_SOON};
use jeton_oauth::certificate::{Certificate, broken_link, weak_hash};
use x509_parser::certificate::X509Certificate;
use x509_parser::prelude::FromDer as _;

/// Certificates that are read; more are reported.
pub const MOST_LINKS: usize = 10;
/// Names of a certificate that are quoted.
const NAMES: usize = 6;

/// What a server sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerChain {
    /// Each certificate, in the order in which it was sent; those that are none are left out.
    pub links: Vec<Certificate>,
    /// Whether the first is for the host.
    pub name_fits: bool,
    /// Whether each is issued by the one that follows it.
    pub in_order: bool,
    /// The worst first.
    pub findings: Vec<Finding>,
}

/// Validates the chain of a host (a name, or an address without brackets) at a time in seconds since 1970.
#[must_use]
pub fn validate_server(chain: &[&[u8]], host: &str, now: i64) -> ServerChain {
    let mut findings = Vec::new();
    if chain.len() > MOST_LINKS {
        findings.push(Finding::note(
            "server.long_chain",
            format!(
                "the server sends {} certificates: the first {MOST_LINKS} are read",
                chain.len()
            ),
        ));
    }
    let mut parsed: Vec<X509Certificate<'_>> = Vec::new();
    for (place, der) in chain.iter().take(MOST_LINKS).enumerate() {
        match X509Certificate::from_der(der) {
            Ok(([], certificate)) => parsed.push(certificate),
            _ => findings.push(Finding::fail(
                "server.no_certificate",
                format!(
                    "certificate {} of the server is not a certificate",
                    place + 1
                ),
            )),
        }
    }
    let links: Vec<Certificate> = parsed.iter().map(Certificate::of).collect();
    let name_fits = links.first().is_some_and(|own| own.names.cover(host));
    if let Some(own) = links.first() {
        if !name_fits {
            findings.push(other_name(own, host));
        }
        usage(own, &mut findings);
    }
    for (place, link) in links.iter().enumerate() {
        dates(place, link, now, &mut findings);
        strength(place, link, &mut findings);
    }
    let in_order = order(&parsed, &mut findings);
    if let [.., last] = links.as_slice()
        && links.len() > 1
        && last.self_signed
    {
        findings.push(Finding::note(
            "server.root",
            "the server also sends its root, which clients must have themselves: sending it is useless",
        ));
    }
    finding::sort(&mut findings);
    ServerChain {
        links,
        name_fits,
        in_order,
        findings,
    }
}

fn other_name(own: &Certificate, host: &str) -> Finding {
    let names = &own.names;
    let mut all: Vec<&str> = names
        .dns
        .iter()
        .chain(&names.ip)
        .map(String::as_str)
        .collect();
    let more = all.len().saturating_sub(NAMES);
    all.truncate(NAMES);
    let listed = match (all.is_empty(), more) {
        (true, _) => "it has no host".to_owned(),
        (false, 0) => format!("it is for {}", all.join(", ")),
        (false, more) => format!("it is for {} and {more} more", all.join(", ")),
    };
    Finding::fail(
        "server.other_name",
        format!("the certificate of the server is not for {host}: {listed}"),
    )
}

fn usage(own: &Certificate, found: &mut Vec<Finding>) {
    let Some(usages) = &own.extended_key_usage else {
        return;
    };
    let fits = |usage: &String| usage == "serverAuth" || usage == "anyExtendedKeyUsage";
    if !usages.iter().any(fits) {
        found.push(Finding::fail(
            "server.not_for_servers",
            format!(
                "the certificate of the server is not for servers: its extended key usage is {}",
                usages.join(", ")
            ),
        ));
    }
}

fn dates(place: usize, link: &Certificate, now: i64, found: &mut Vec<Finding>) {
    let whose = whose(place);
    let left = link.not_after - now;
    if left < 0 {
        found.push(Finding::fail(
            "server.expired",
            format!("{whose} ended {} days ago", -left / DAY),
        ));
    } else if link.not_before > now {
        found.push(Finding::fail(
            "server.not_yet_valid",
            format!("{whose} is not valid yet: is the clock of this machine right?"),
        ));
    } else if left < EXPIRES_SOON {
        found.push(Finding::warn(
            "server.expires_soon",
            format!("{whose} ends in {} days", left / DAY),
        ));
    }
}

fn strength(place: usize, link: &Certificate, found: &mut Vec<Finding>) {
    let whose = whose(place);
    if link.key.is_weak() {
        found.push(Finding::fail(
            "server.weak_key",
            format!("the key of {whose} is {}: clients refuse it", link.key),
        ));
    }
    // A root's own signature is never checked.
    if let Some(hash) = weak_hash(&link.signature)
        && !link.self_signed
    {
        found.push(Finding::fail(
            "server.weak_signature",
            format!("{whose} is signed with {hash}, which can be forged: clients refuse it"),
        ));
    }
}

fn whose(place: usize) -> String {
    if place == 0 {
        "the certificate of the server".to_owned()
    } else {
        format!("certificate {} of the chain", place + 1)
    }
}

/// Whether each is issued by the next one; what is not is told once, with the one that would be right.
fn order(parsed: &[X509Certificate<'_>], found: &mut Vec<Finding>) -> bool {
    let broken = parsed
        .windows(2)
        .position(|pair| broken_link(&pair[0], &pair[1]).is_some());
    let Some(place) = broken else {
        return true;
    };
    let issuer = parsed
        .iter()
        .position(|other| broken_link(&parsed[place], other).is_none());
    let text = match issuer {
        // A root in the middle: what follows is unrelated.
        Some(right) if right <= place => format!(
            "certificate {} of the chain has nothing to do with those before it",
            place + 2
        ),
        Some(right) => format!(
            "the chain is out of order: certificate {} is issued by certificate {}, and not by the one that follows; strict clients refuse it",
            place + 1,
            right + 1
        ),
        None => format!(
            "the chain has a gap: certificate {} of it has not issued certificate {}, and no other that was sent has",
            place + 2,
            place + 1
        ),
    };
    found.push(Finding::warn("server.chain_order", text));
    false
}
