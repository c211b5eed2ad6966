//! Findings about the client certificate: whether one is required, and how the server responds to it.

use crate::mtls::exchange::{Exchange, Outcome, Presented};
use crate::mtls::report::Report;
use crate::mtls::requirement::Requirement;
use crate::mtls::trust::Trust;
use crate::tls::TlsFailure;
use jeton_client::Meaning;
use jeton_inspect::finding::Finding;
use jeton_oauth::certificate::ClientCertificate;

pub(super) fn requirement(
    report: &Report,
    certificate: Option<&ClientCertificate>,
    found: &mut Vec<Finding>,
) {
    if report.negotiated.is_none() {
        return;
    }
    match (report.requirement(), certificate) {
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
            "the server requires a client certificate: give one with --cert and --key to see how the server responds to it",
        )),
        (Requirement::Optional, None) => found.push(Finding::note(
            "client.none",
            "the server asks for a client certificate and continues without one; give one with --cert and --key to see how the server responds to it",
        )),
        (Requirement::Required | Requirement::Optional | Requirement::Unknown, _) => {}
    }
    let asking: Vec<&str> = report
        .versions
        .iter()
        .filter(|version| version.certificate_request.is_some())
        .map(|version| version.name)
        .collect();
    let accepted = report
        .versions
        .iter()
        .filter(|version| version.is_accepted())
        .count();
    if let [only] = asking.as_slice()
        && accepted > 1
    {
        found.push(Finding::warn(
            "client.certificate_request_differently",
            format!("the server asks for a client certificate only in {only}"),
        ));
    }
}

pub(super) fn certificate(
    report: &Report,
    certificate: &ClientCertificate,
    found: &mut Vec<Finding>,
) {
    let presented: Vec<&Exchange> = report
        .exchanges
        .iter()
        .filter(|exchange| exchange.presented == Presented::Certificate)
        .collect();
    for version in &report.versions {
        let Some(asked) = &version.certificate_request else {
            continue;
        };
        let accepts = presented.iter().any(|exchange| {
            exchange.version == version.name && refusal(&exchange.outcome).is_none()
        });
        if !asked.names_issuer_of(certificate) && !accepts {
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
    for exchange in presented
        .iter()
        .filter(|exchange| exchange.resumed.is_none())
    {
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
    for exchange in presented
        .iter()
        .filter(|exchange| exchange.resumed == Some(true))
    {
        if let Some(why) = refusal(&exchange.outcome) {
            found.push(Finding::warn(
                "client.lost",
                format!(
                    "on a resumed connection in {}, the server no longer knows our certificate: {why}",
                    exchange.version
                ),
            ));
        }
    }
    let asked = report
        .versions
        .iter()
        .any(|version| version.certificate_request.is_some());
    if asked && presented.is_empty() && report.trust == Some(Trust::Trusted) {
        found.push(Finding::fail(
            "client.not_shown",
            "our certificate was not shown, since it and its key cannot be used together",
        ));
    }
}

/// Why the server refuses the client certificate.
fn refusal(outcome: &Outcome) -> Option<String> {
    match outcome {
        Outcome::Responded(response) => {
            let says = response.says.as_deref().unwrap_or("no words");
            match response.meaning {
                Meaning::None => None,
                Meaning::Missing => Some(format!(
                    "HTTP {}, it says that none was sent ({says})",
                    response.status
                )),
                Meaning::Refused => Some(format!(
                    "HTTP {} ({says}): its CA, its time or its use is not what the server wants",
                    response.status
                )),
            }
        }
        Outcome::Failed(TlsFailure::Alert(alert)) => Some(match alert_means(alert) {
            Some(means) => format!("TLS alert {alert}, {means}"),
            None => format!("TLS alert {alert}"),
        }),
        Outcome::Failed(TlsFailure::Closed) => {
            Some("it closes the connection without a word".to_owned())
        }
        Outcome::Failed(other) => Some(other.to_string()),
    }
}

/// What an alert means where a client certificate was presented (RFC 8446 6.2).
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
