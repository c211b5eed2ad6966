//! What there is to say about what was seen.

use super::exchange::{Exchange, Outcome, Shown};
use super::requirement::Requirement;
use super::{Meaning, Probed, Staple, Trouble, Trust};
use jeton_oauth::certificate::{ClientCertificate, OcspStatus};
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
    trust(probed, &mut found);
    staple(probed, now, &mut found);
    wish(probed, certificate, &mut found);
    if let Some(certificate) = certificate {
        ours(probed, certificate, &mut found);
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

fn trust(probed: &Probed, found: &mut Vec<Finding>) {
    let text = match &probed.trust {
        None | Some(Trust::Trusted) => return,
        Some(Trust::UnknownIssuer) => unknown_issuer(probed),
        // The judgement of the chain has said it, unless the platform sees another certificate in it.
        Some(Trust::OutsideItsTime) if has(found, &["server.expired", "server.not_yet_valid"]) => {
            return;
        }
        Some(Trust::OtherName) if has(found, &["server.other_name"]) => return,
        Some(Trust::OutsideItsTime) => "the chain of the server is outside its time".to_owned(),
        Some(Trust::OtherName) => "the certificate of the server is for another host".to_owned(),
        Some(Trust::Refused(why)) => format!("the chain of the server is not trusted: {why}"),
    };
    found.push(Finding::fail("server.untrusted", text));
}

fn unknown_issuer(probed: &Probed) -> String {
    match probed.chain.links.as_slice() {
        [own] if own.self_signed => {
            "the certificate of the server is self-signed, and this machine does not know it: name it with --ca-file".to_owned()
        }
        [own] => format!(
            "the server sends its certificate alone, and its issuer {} is not known here: either the server misses to send an intermediate, or --ca-file has to name the CA",
            own.issuer
        ),
        [.., last] if last.self_signed => format!(
            "the root {} is not known here: name it with --ca-file",
            last.subject
        ),
        [.., last] => format!(
            "the chain ends at {}, which is not known here: name that CA with --ca-file, or have the server send what is missing",
            last.issuer
        ),
        [] => "the server sends no certificate".to_owned(),
    }
}

fn has(found: &[Finding], codes: &[&str]) -> bool {
    found.iter().any(|finding| codes.contains(&finding.code))
}

fn staple(probed: &Probed, now: i64, found: &mut Vec<Finding>) {
    let own = probed.chain.links.first();
    match &probed.staple {
        Staple::None => {
            if own.is_some_and(|own| own.must_staple) {
                found.push(Finding::warn(
                    "staple.missing",
                    "the certificate demands a stapled OCSP answer (RFC 7633), and the server sends none: strict clients refuse it",
                ));
            }
        }
        Staple::Unreadable(bytes) => found.push(Finding::note(
            "staple.unreadable",
            format!("{bytes} bytes are stapled, which are no OCSP answer"),
        )),
        Staple::Answer(answer) => {
            match answer.status {
                OcspStatus::Good => {}
                OcspStatus::Revoked => found.push(Finding::fail(
                    "staple.revoked",
                    "the stapled OCSP answer says that the certificate of the server is revoked",
                )),
                OcspStatus::Unknown => found.push(Finding::warn(
                    "staple.unknown",
                    "the stapled OCSP answer says that the CA does not know the certificate",
                )),
            }
            if answer.next_update.is_some_and(|next| next < now) {
                found.push(Finding::warn(
                    "staple.old",
                    "the stapled OCSP answer is over its time: strict clients refuse it",
                ));
            }
            if own.is_some_and(|own| own.serial != answer.serial) {
                found.push(Finding::warn(
                    "staple.other",
                    "the stapled OCSP answer is about another certificate",
                ));
            }
        }
    }
}

fn wish(probed: &Probed, certificate: Option<&ClientCertificate>, found: &mut Vec<Finding>) {
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

fn ours(probed: &Probed, certificate: &ClientCertificate, found: &mut Vec<Finding>) {
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
