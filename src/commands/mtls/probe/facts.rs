//! Certificates in the result: their facts, and for our certificate what to register.

use super::certificate::Own;
use crate::output::time::rfc3339;
use jeton_inspect::certificate::validate_client;
use jeton_inspect::finding::Finding;
use jeton_oauth::Jwk;
use jeton_oauth::certificate::{AlternativeNames, Certificate, CertifiedKey, ClientCertificate};
use serde::Serialize;

/// What a certificate says.
#[derive(Serialize)]
pub(super) struct CertificateFacts {
    pub(super) subject: String,
    pub(super) issuer: String,
    serial: String,
    not_before: Option<String>,
    not_after: Option<String>,
    pub(super) names: AlternativeNames,
    pub(super) key: CertifiedKey,
    pub(super) signature: String,
    key_usage: Option<Vec<&'static str>>,
    pub(super) extended_key_usage: Option<Vec<String>>,
    ca: bool,
    self_signed: bool,
    /// As `cnf` of a token has it (RFC 8705 3.1).
    #[serde(rename = "x5t#S256")]
    pub(super) thumbprint: String,
    /// As OpenSSL prints it.
    pub(super) fingerprint: String,
    key_pin: String,
    #[serde(skip)]
    pub(super) span: (i64, i64),
}

impl CertificateFacts {
    pub(super) fn of(certificate: &Certificate) -> Self {
        let certificate = certificate.clone();
        Self {
            not_before: rfc3339(certificate.not_before),
            not_after: rfc3339(certificate.not_after),
            span: (certificate.not_before, certificate.not_after),
            subject: certificate.subject,
            issuer: certificate.issuer,
            serial: certificate.serial,
            names: certificate.names,
            key: certificate.key,
            signature: certificate.signature,
            key_usage: certificate.key_usage,
            extended_key_usage: certificate.extended_key_usage,
            ca: certificate.ca,
            self_signed: certificate.self_signed,
            thumbprint: certificate.thumbprint,
            fingerprint: certificate.fingerprint,
            key_pin: certificate.key_pin,
        }
    }
}

/// Our certificate.
#[derive(Serialize)]
pub(super) struct Ours {
    /// Where it is from.
    pub(super) from: String,
    pub(super) key_matches: bool,
    /// The client's own first.
    pub(super) certificates: Vec<CertificateFacts>,
    pub(super) registration: Registration,
    #[serde(serialize_with = "crate::output::finding::as_levels")]
    pub(super) findings: Vec<Finding>,
}

/// What to register at the authorization server (RFC 8705 2.1.2, 2.2.2).
#[derive(Serialize)]
pub(super) struct Registration {
    pub(super) token_endpoint_auth_method: &'static str,
    /// For `tls_client_auth`: one of them is registered, and the server compares that one.
    pub(super) members: Vec<Member>,
    /// For `self_signed_tls_client_auth`: a key of the client's `jwks`.
    pub(super) jwk: Option<Jwk>,
}

/// A member of the registration.
#[derive(Serialize)]
pub(super) struct Member {
    pub(super) name: &'static str,
    pub(super) value: String,
}

impl Ours {
    pub(super) fn of(own: &Own, now: i64) -> Self {
        let certificate = &own.certificate;
        Self {
            from: own.from.clone(),
            key_matches: certificate.key_matches(),
            certificates: certificate.all_facts().map(CertificateFacts::of).collect(),
            registration: Registration::of(certificate),
            findings: validate_client(certificate, now),
        }
    }
}

impl Registration {
    fn of(certificate: &ClientCertificate) -> Self {
        if certificate.self_signed() {
            return Self {
                token_endpoint_auth_method: "self_signed_tls_client_auth",
                members: Vec::new(),
                jwk: certificate.registration_jwk(),
            };
        }
        let facts = certificate.facts();
        let subject = Some(&facts.subject).filter(|subject| !subject.is_empty());
        let subject = subject.map(|subject| ("tls_client_auth_subject_dn", subject));
        let names = &facts.names;
        let named = [
            ("tls_client_auth_san_dns", &names.dns),
            ("tls_client_auth_san_uri", &names.uri),
            ("tls_client_auth_san_ip", &names.ip),
            ("tls_client_auth_san_email", &names.email),
        ];
        let named = named
            .into_iter()
            .flat_map(|(name, values)| values.iter().map(move |value| (name, value)));
        Self {
            token_endpoint_auth_method: "tls_client_auth",
            members: subject
                .into_iter()
                .chain(named)
                .map(|(name, value)| Member {
                    name,
                    value: value.clone(),
                })
                .collect(),
            jwk: None,
        }
    }
}
