//! A server's certificates, for diagnosis and for JSON.

use crate::output::time::rfc3339;
use jeton_inspect::evidence::ShownCertificate;
use jeton_oauth::certificate::Certificate;
use serde_json::{Value, json};

/// What could be read of a chain.
pub(super) fn read(chain: &[Vec<u8>]) -> Vec<Certificate> {
    chain
        .iter()
        .filter_map(|der| Certificate::read(der))
        .collect()
}

/// For a diagnosis.
pub(super) fn shown(chain: &[Certificate]) -> Vec<ShownCertificate> {
    chain
        .iter()
        .map(|certificate| ShownCertificate {
            subject: certificate.subject.clone(),
            issuer: certificate.issuer.clone(),
            names: names(certificate),
            not_before: date(certificate.not_before),
            not_after: date(certificate.not_after),
            self_signed: certificate.self_signed,
            ca: certificate.ca,
        })
        .collect()
}

/// For `-o json`.
pub(super) fn json(certificate: &Certificate) -> Value {
    json!({
        "subject": certificate.subject,
        "issuer": certificate.issuer,
        "names": names(certificate),
        "not_before": rfc3339(certificate.not_before),
        "not_after": rfc3339(certificate.not_after),
        "x5t#S256": certificate.thumbprint,
    })
}

fn names(certificate: &Certificate) -> Vec<String> {
    let names = &certificate.names;
    names.dns.iter().chain(&names.ip).cloned().collect()
}

fn date(seconds: i64) -> String {
    rfc3339(seconds).unwrap_or_else(|| "an unknown date".to_owned())
}
