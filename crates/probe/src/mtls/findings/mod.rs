//! Findings about what a probe has seen.

mod client;
mod server;

#[cfg(test)]
mod tests;

use super::exchange::{Outcome, Presented};
use super::report::Report;
use super::requirement::Requirement;
use jeton_inspect::finding::Finding;
use jeton_oauth::certificate::ClientCertificate;

/// Checks the connection, the server's certificate and how it asks for a client certificate, at a time in seconds since 1970.
/// The worst finding comes first. The client certificate by itself is checked by [`jeton_inspect::certificate::validate_client`].
#[must_use]
pub fn findings(
    report: &Report,
    certificate: Option<&ClientCertificate>,
    now: i64,
) -> Vec<Finding> {
    let mut found = report.chain.findings.clone();
    versions(report, &mut found);
    server::trust(report, &mut found);
    server::staple(report, now, &mut found);
    client::requirement(report, certificate, &mut found);
    if let Some(certificate) = certificate {
        client::certificate(report, certificate, &mut found);
    }
    responses(report, &mut found);
    if report.unfinished {
        found.push(Finding::warn(
            "probe.unfinished",
            "the server is so slow that not everything could be looked at",
        ));
    }
    found.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    found
}

fn versions(report: &Report, found: &mut Vec<Finding>) {
    let accepted = |name: &str| {
        let mut all = report.versions.iter();
        all.any(|version| version.name == name && version.accepted != Some(false))
    };
    if let (None, Some(failure)) = (&report.negotiated, &report.failure) {
        found.push(Finding::fail(
            "tls.no_handshake",
            format!("the server and jeton find no way to speak TLS 1.3 or 1.2: {failure}"),
        ));
    }
    for legacy in report
        .legacy_versions
        .iter()
        .filter(|version| version.accepted == Some(true))
    {
        found.push(Finding::warn(
            "tls.old_version",
            format!(
                "the server still accepts {}, which is obsolete (RFC 8996)",
                legacy.name
            ),
        ));
    }
    if report.negotiated.is_some() && !accepted("TLS 1.3") {
        found.push(Finding::note(
            "tls.no_1_3",
            "the server does not speak TLS 1.3: in TLS 1.2 client certificates cross the network unencrypted",
        ));
    }
}

fn responses(report: &Report, found: &mut Vec<Finding>) {
    for exchange in &report.exchanges {
        let Some(response) = exchange.outcome.response() else {
            continue;
        };
        if let (300..=399, Some(location)) = (response.status, &response.location) {
            push_once(
                found,
                Finding::note(
                    "http.redirect",
                    format!(
                        "the server redirects to {location}, which was not followed: is it the right URL?"
                    ),
                ),
            );
        }
        if response.status >= 500 {
            push_once(
                found,
                Finding::warn(
                    "http.failure",
                    format!(
                        "the handshake is done, and behind it the server fails (HTTP {})",
                        response.status
                    ),
                ),
            );
        }
    }
    // Where no certificate was asked for, nothing else explains it.
    if report.requirement() == Requirement::NotAsked {
        for exchange in &report.exchanges {
            if let (Outcome::Failed(failure), Presented::Nothing) =
                (&exchange.outcome, exchange.presented)
            {
                found.push(Finding::warn(
                    "http.none",
                    format!(
                        "in {} no answer came to a request: {failure}",
                        exchange.version
                    ),
                ));
            }
        }
    }
}

fn push_once(found: &mut Vec<Finding>, finding: Finding) {
    if !found.contains(&finding) {
        found.push(finding);
    }
}
