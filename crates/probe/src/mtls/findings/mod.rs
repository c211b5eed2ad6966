//! What there is to say about what was seen.

mod client;
mod server;

#[cfg(test)]
mod tests;

use super::Probed;
use super::exchange::{Outcome, Shown};
use super::requirement::Requirement;
use jeton_oauth::certificate::ClientCertificate;
use jeton_oauth::finding::Finding;

/// How the connection, the server's certificate and its wish for ours are to be judged at a time in seconds since 1970; the
/// worst comes first. Our certificate by itself is judged by [`jeton_oauth::certificate::judge`].
#[must_use]
pub fn findings(
    probed: &Probed,
    certificate: Option<&ClientCertificate>,
    now: i64,
) -> Vec<Finding> {
    let mut found = probed.chain.findings.clone();
    versions(probed, &mut found);
    server::trust(probed, &mut found);
    server::staple(probed, now, &mut found);
    client::wish(probed, certificate, &mut found);
    if let Some(certificate) = certificate {
        client::ours(probed, certificate, &mut found);
    }
    answers(probed, &mut found);
    if probed.unfinished {
        found.push(Finding::warn(
            "probe.unfinished",
            "the server is so slow that not everything could be looked at",
        ));
    }
    found.sort_by_key(|finding| std::cmp::Reverse(finding.level));
    found
}

fn versions(probed: &Probed, found: &mut Vec<Finding>) {
    let accepted = |name: &str| {
        let mut all = probed.versions.iter();
        all.any(|version| version.name == name && version.accepted != Some(false))
    };
    if let (None, Some(trouble)) = (&probed.negotiated, &probed.trouble) {
        found.push(Finding::fail(
            "tls.no_handshake",
            format!("the server and jeton find no way to speak TLS 1.3 or 1.2: {trouble}"),
        ));
    }
    for old in probed.old.iter().filter(|old| old.accepted == Some(true)) {
        found.push(Finding::warn(
            "tls.old_version",
            format!(
                "the server still accepts {}, which nobody should use (RFC 8996)",
                old.name
            ),
        ));
    }
    if probed.negotiated.is_some() && !accepted("TLS 1.3") {
        found.push(Finding::note(
            "tls.no_1_3",
            "the server does not speak TLS 1.3: in TLS 1.2 client certificates cross the network unencrypted",
        ));
    }
}

fn answers(probed: &Probed, found: &mut Vec<Finding>) {
    for exchange in &probed.exchanges {
        let Some(answer) = exchange.outcome.answer() else {
            continue;
        };
        if let (300..=399, Some(location)) = (answer.status, &answer.location) {
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
        if answer.status >= 500 {
            push_once(
                found,
                Finding::warn(
                    "http.failure",
                    format!(
                        "the handshake is done, and behind it the server fails (HTTP {})",
                        answer.status
                    ),
                ),
            );
        }
    }
    // Without a wish for a certificate there is nothing that could explain it.
    if probed.requirement() == Requirement::NotAsked {
        for exchange in &probed.exchanges {
            if let (Outcome::Failed(trouble), Shown::Nothing) = (&exchange.outcome, exchange.shown)
            {
                found.push(Finding::warn(
                    "http.none",
                    format!(
                        "in {} no answer came to a request: {trouble}",
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
