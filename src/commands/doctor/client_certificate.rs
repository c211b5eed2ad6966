//! The client certificate of the profile (RFC 8705): whether its key is there and belongs to it, and what servers will say
//! of it.

use super::step::{Name, Step};
use crate::commands::source::certificate_place;
use crate::output::time::rfc3339;
use jeton_client::Found;
use jeton_inspect::certificate::validate_client;
use jeton_inspect::finding::{Finding, Severity, Who};
use jeton_oauth::certificate::ClientCertificate;
use jeton_profile::Profile;

/// The credential where the certificate is the credential.
pub(super) fn step(profile: &Profile, found: &Found<ClientCertificate>, now: i64) -> Step {
    let (certificate, from) = (&found.value, certificate_place(profile));
    let facts = certificate.facts();
    let step = trouble(certificate, &from, now)
        .unwrap_or_else(|| Step::ok(Name::Credential, format!("{from}, with its key")));
    step.fact("kind", "certificate")
        .fact("source", found.source)
        .fact("subject", facts.subject.as_str())
        .fact("not_after", rfc3339(facts.not_after))
        .fact("x5t#S256", certificate.thumbprint())
}

/// What is wrong with it, if anything is. That its key belongs to it is known by now, and the rest is a warning: some
/// servers look at the key alone.
pub(super) fn trouble(certificate: &ClientCertificate, from: &str, now: i64) -> Option<Step> {
    let findings = validate_client(certificate, now);
    let worse = |finding: &&Finding| matches!(finding.severity, Severity::Fail | Severity::Warn);
    let worst = findings.iter().find(worse)?;
    let diagnosis =
        Finding::warn("credential.certificate", format!("{from}: {}", worst.what)).by(Who::You);
    let diagnosis = findings
        .iter()
        .filter(worse)
        .fold(diagnosis, |diagnosis, finding| {
            diagnosis.seen(format!("{}: {}", finding.code, finding.what))
        })
        .remedy("renew it, or replace it and its key: mtls.cert and mtls.key")
        .remedy(
            "`jeton mtls probe` shows the handshake, and how a server responds to the certificate",
        );
    Some(Step::warn(Name::Credential, diagnosis))
}
