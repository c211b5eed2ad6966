//! Of the certificate of the client: whether one is wanted, and what the server makes of ours.

use super::super::exchange::{Exchange, Outcome, Shown};
use super::super::requirement::Requirement;
use super::super::{Meaning, Probed, Trouble, Trust};
use jeton_oauth::certificate::ClientCertificate;
use jeton_oauth::finding::Finding;

pub(super) fn wish(
    probed: &Probed,
    certificate: Option<&ClientCertificate>,
    found: &mut Vec<Finding>,
) {
    if probed.negotiated.is_none() {
        return;
    }
    match (probed.requirement(), certificate) {
        (Requirement::NotAsked, Some(_)) => found.push(Finding::fail(
            "client.not_asked",
            "the server asks for no client certificate here, so ours is never shown: is this the endpoint for mutual TLS (mtls_endpoint_aliases, RFC 8705 5)?",
        )),
        (Requirement::NotAsked, None) => found.push(Finding::note(
            "client.not_asked",
            "the server asks for no client certificate here",
        )),
        (Requirement::Required, None) => found.push(Finding::note(
            "client.none",
            "the server wants a client certificate: name one with --cert and --key to see what it makes of it",
        )),
        (Requirement::Optional, None) => found.push(Finding::note(
            "client.none",
            "the server asks for a client certificate and goes on without one; name one with --cert and --key to see what it makes of it",
        )),
        (Requirement::Required | Requirement::Optional | Requirement::Unknown, _) => {}
    }
    let asking: Vec<&str> = probed
        .versions
        .iter()
        .filter(|version| version.asked.is_some())
        .map(|version| version.name)
        .collect();
    let accepted = probed
        .versions
        .iter()
        .filter(|version| version.is_accepted())
        .count();
    if let [only] = asking.as_slice()
        && accepted > 1
    {
        found.push(Finding::warn(
            "client.asked_differently",
            format!("the server asks for a client certificate in {only} alone"),
        ));
    }
}

pub(super) fn ours(probed: &Probed, certificate: &ClientCertificate, found: &mut Vec<Finding>) {
    let shown: Vec<&Exchange> = probed
        .exchanges
        .iter()
        .filter(|exchange| exchange.shown == Shown::Certificate)
        .collect();
    for version in &probed.versions {
        let Some(asked) = &version.asked else {
            continue;
        };
        let took = shown.iter().any(|exchange| {
            exchange.version == version.name && refusal(&exchange.outcome).is_none()
        });
        if !asked.names_issuer_of(certificate) && !took {
            found.push(Finding::warn(
                "client.other_ca",
                format!(
                    "in {} the server asks for certificates of other CAs than {}: {}",
                    version.name,
                    certificate.facts().issuer,
                    listed(&asked.authorities)
                ),
            ));
        }
    }
    for exchange in shown.iter().filter(|exchange| exchange.resumed.is_none()) {
        let version = exchange.version;
        if exchange.scheme_fits == Some(false) {
            found.push(Finding::fail(
                "client.scheme",
                format!(
                    "in {version} the server takes no signature that a key such as ours ({}) makes, so nothing is shown",
                    certificate.facts().key
                ),
            ));
            continue;
        }
        match refusal(&exchange.outcome) {
            Some(why) => found.push(Finding::fail(
                "client.refused",
                format!("in {version} the server refuses our certificate: {why}"),
            )),
            None => found.push(Finding::ok(
                "client.accepted",
                format!("in {version} the server takes our certificate"),
            )),
        }
    }
    for exchange in shown
        .iter()
        .filter(|exchange| exchange.resumed == Some(true))
    {
        if let Some(why) = refusal(&exchange.outcome) {
            found.push(Finding::warn(
                "client.lost",
                format!(
                    "on a resumed connection in {} the server knows our certificate no more: {why}",
                    exchange.version
                ),
            ));
        }
    }
    let asked = probed
        .versions
        .iter()
        .any(|version| version.asked.is_some());
    if asked && shown.is_empty() && probed.trust == Some(Trust::Trusted) {
        found.push(Finding::fail(
            "client.not_shown",
            "our certificate was not shown, since it and its key cannot be used together",
        ));
    }
}

/// Why the server would not have our certificate.
fn refusal(outcome: &Outcome) -> Option<String> {
    match outcome {
        Outcome::Answered(answer) => {
            let says = answer.says.as_deref().unwrap_or("no words");
            match answer.meaning {
                Meaning::None => None,
                Meaning::Missing => Some(format!(
                    "HTTP {}, it says that none was sent ({says})",
                    answer.status
                )),
                Meaning::Refused => Some(format!(
                    "HTTP {} ({says}): its CA, its time or its use is not what the server wants",
                    answer.status
                )),
            }
        }
        Outcome::Failed(Trouble::Alert(alert)) => Some(match alert_means(alert) {
            Some(means) => format!("TLS alert {alert}, {means}"),
            None => format!("TLS alert {alert}"),
        }),
        Outcome::Failed(Trouble::Closed) => {
            Some("it closes the connection without a word".to_owned())
        }
        Outcome::Failed(other) => Some(other.to_string()),
    }
}

/// What an alert means where a client certificate was shown (RFC 8446 6.2).
fn alert_means(alert: &str) -> Option<&'static str> {
    Some(match alert {
        "unknown_ca" => {
            "which means that it does not know the CA, or that an intermediate is missing in our file"
        }
        "bad_certificate" | "certificate_unknown" => {
            "which may be anything: another CA, its extended key usage, its signature"
        }
        "certificate_expired" => "which means that it is over its time by the server's clock",
        "certificate_revoked" => "which means that the CA has revoked it",
        "unsupported_certificate" => {
            "which means that it is of a kind that the server does not take: its key, or its extended key usage"
        }
        "access_denied" => {
            "which means that it was understood, and that this client may not come in"
        }
        "certificate_required" => {
            "which means that none arrived: the kinds of signature do not fit our key"
        }
        "decrypt_error" => "which means that the signature by our key is wrong",
        "handshake_failure" => {
            "which may be anything: no certificate arrived, or it is not good enough"
        }
        _ => return None,
    })
}

fn listed(names: &[String]) -> String {
    const SHOWN: usize = 3;
    let shown: Vec<&str> = names.iter().take(SHOWN).map(String::as_str).collect();
    match names.len().saturating_sub(SHOWN) {
        0 => shown.join("; "),
        more => format!("{} and {more} more", shown.join("; ")),
    }
}
