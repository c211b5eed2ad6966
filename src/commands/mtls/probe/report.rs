//! The result: what `-o json` prints, and what the panel is made of.
//!
//! The JSON is part of the stable interface (docs/json.md): every member is always there, null where there is nothing.
//! Text from the server is unchanged, except that harmful characters are escaped.

use super::certificate::Own;
use super::facts::{CertificateFacts, Ours};
use super::target::ProbedServer;
use crate::commands::verdict::Counts;
use crate::output::time::rfc3339;
use jeton_inspect::finding::{Finding, Severity, worst};
use jeton_probe::mtls::{
    self, CertificateRequest, Exchange, LegacyVersion, Meaning, Negotiated, Presented, Requirement,
    Staple, Suite, Timings, Trust,
};
use serde::Serialize;
use serde_json::Value;
use std::time::Duration;

#[derive(Serialize)]
pub(super) struct Report {
    /// The worst level of all findings.
    pub(super) verdict: Severity,
    pub(super) counts: Counts,
    pub(super) target: Target,
    pub(super) connection: Connection,
    /// Null if no handshake succeeded.
    pub(super) tls: Option<Negotiated>,
    pub(super) versions: Vec<Version>,
    pub(super) suites: Vec<Suite>,
    pub(super) server: Server,
    /// Whether the server requests a client certificate.
    pub(super) client_certificate: Requirement,
    /// Ours; null where there is none.
    pub(super) certificate: Option<Ours>,
    pub(super) exchanges: Vec<Answer>,
    /// About the server, and how it responds to our certificate.
    #[serde(serialize_with = "crate::output::finding::as_levels")]
    pub(super) findings: Vec<Finding>,
    /// What was not checked.
    pub(super) unchecked: Vec<&'static str>,
}

#[derive(Serialize)]
pub(super) struct Target {
    /// `url` or `profile`.
    kind: &'static str,
    pub(super) url: String,
    pub(super) host: String,
    port: u16,
    /// Whether it is the alias of the token endpoint (RFC 8705 5).
    pub(super) alias: bool,
}

#[derive(Serialize)]
pub(super) struct Connection {
    /// Null behind a proxy.
    pub(super) address: Option<String>,
    pub(super) proxy: Option<String>,
    pub(super) ms: Milliseconds,
}

#[derive(Serialize)]
pub(super) struct Milliseconds {
    pub(super) dns: Option<u128>,
    pub(super) tcp: u128,
    pub(super) proxy: Option<u128>,
    pub(super) tls: Option<u128>,
}

#[derive(Serialize)]
pub(super) struct Version {
    pub(super) version: &'static str,
    /// Null where the server did not say.
    pub(super) accepted: Option<bool>,
    /// How it refused, or what ended the handshake.
    why: Option<String>,
    pub(super) asked: Option<CertificateRequest>,
}

#[derive(Serialize)]
pub(super) struct Server {
    /// Null where it sent no certificate.
    pub(super) trust: Option<&'static str>,
    name_fits: bool,
    in_order: bool,
    pub(super) certificates: Vec<CertificateFacts>,
    pub(super) staple: Option<Stapled>,
}

#[derive(Serialize)]
pub(super) struct Stapled {
    /// `good`, `revoked`, `unknown`, or `unreadable`.
    pub(super) status: &'static str,
    this_update: Option<String>,
    next_update: Option<String>,
    #[serde(skip)]
    pub(super) span: Option<(i64, Option<i64>)>,
}

#[derive(Serialize)]
pub(super) struct Answer {
    pub(super) version: &'static str,
    pub(super) shown: Presented,
    /// Null for a first connection.
    pub(super) resumed: Option<bool>,
    /// The HTTP status; null without a response.
    pub(super) status: Option<u16>,
    pub(super) says: Option<String>,
    location: Option<String>,
    pub(super) meaning: Meaning,
    /// Why there is no response.
    pub(super) trouble: Option<String>,
    /// The name of the TLS alert, where it was one.
    alert: Option<String>,
}

impl Report {
    pub(super) fn new(
        server: &ProbedServer,
        probed: &mtls::Report,
        own: Option<&Own>,
        now: i64,
    ) -> Self {
        let findings = mtls::findings(probed, own.map(|own| &own.certificate), now);
        let ours = own.map(|own| Ours::of(own, now));
        let of_ours = ours.as_ref().map_or(&[][..], |ours| &ours.findings);
        let all = findings.iter().chain(of_ours);
        let counts = Counts::of(all.map(|finding| finding.severity));
        Self {
            verdict: worst(&findings).max(worst(of_ours)),
            counts,
            target: Target {
                kind: server.kind,
                url: server.target.url.to_string(),
                host: server.target.host.clone(),
                port: server.target.port,
                alias: server.alias,
            },
            connection: Connection::of(probed),
            tls: probed.negotiated.clone(),
            versions: versions(probed),
            suites: probed.suites.clone(),
            server: Server::of(probed),
            client_certificate: probed.requirement(),
            certificate: ours,
            exchanges: probed.exchanges.iter().map(Answer::of).collect(),
            findings,
            unchecked: unchecked(probed, own.is_some()),
        }
    }

    /// Whether the server requests a client certificate, as in the JSON.
    pub(super) fn client_certificate_word(&self) -> String {
        match serde_json::to_value(self.client_certificate) {
            Ok(Value::String(word)) => word,
            _ => String::new(),
        }
    }
}

fn versions(probed: &mtls::Report) -> Vec<Version> {
    let why = |trouble: &Option<mtls::TlsFailure>| trouble.as_ref().map(ToString::to_string);
    let new = probed.versions.iter().map(|version| Version {
        version: version.name,
        accepted: version.accepted,
        why: why(&version.failure),
        asked: version.certificate_request.clone(),
    });
    let old = probed
        .legacy_versions
        .iter()
        .map(|old: &LegacyVersion| Version {
            version: old.name,
            accepted: old.accepted,
            why: why(&old.failure),
            asked: None,
        });
    new.chain(old).collect()
}

fn unchecked(probed: &mtls::Report, ours: bool) -> Vec<&'static str> {
    let mut list = vec![
        "revocation of certificates, except a stapled response, whose signature is not checked",
        "certificates requested after the handshake, by renegotiation or for a single path",
    ];
    if probed.trust.as_ref() != Some(&Trust::Trusted) {
        list.push(if ours {
            "how the server responds to your certificate: it is not presented to an untrusted server"
        } else {
            "how the server responds: an untrusted server receives no request"
        });
    }
    list
}

impl Connection {
    fn of(probed: &mtls::Report) -> Self {
        let ms = |span: Option<Duration>| span.map(|span| span.as_millis());
        let Timings {
            dns,
            tcp,
            proxy,
            tls,
        } = probed.timings;
        Self {
            address: probed.address.map(|address| address.to_string()),
            proxy: probed.proxy.as_ref().map(ToString::to_string),
            ms: Milliseconds {
                dns: ms(dns),
                tcp: tcp.as_millis(),
                proxy: ms(proxy),
                tls: ms(tls),
            },
        }
    }
}

impl Server {
    fn of(probed: &mtls::Report) -> Self {
        Self {
            trust: probed.trust.as_ref().map(Trust::code),
            name_fits: probed.chain.name_fits,
            in_order: probed.chain.in_order,
            certificates: probed
                .chain
                .links
                .iter()
                .map(CertificateFacts::of)
                .collect(),
            staple: match &probed.staple {
                Staple::None => None,
                Staple::Unreadable(_) => Some(Stapled {
                    status: "unreadable",
                    this_update: None,
                    next_update: None,
                    span: None,
                }),
                Staple::Answer(answer) => Some(Stapled {
                    status: answer.status.as_str(),
                    this_update: rfc3339(answer.this_update),
                    next_update: answer.next_update.and_then(rfc3339),
                    span: Some((answer.this_update, answer.next_update)),
                }),
            },
        }
    }
}

impl Answer {
    fn of(exchange: &Exchange) -> Self {
        let (answer, trouble) = match &exchange.outcome {
            mtls::Outcome::Responded(answer) => (Some(answer.clone()), None),
            mtls::Outcome::Failed(trouble) => (None, Some(trouble)),
        };
        Self {
            version: exchange.version,
            shown: exchange.presented,
            resumed: exchange.resumed,
            status: answer.as_ref().map(|answer| answer.status),
            meaning: answer
                .as_ref()
                .map_or(Meaning::None, |answer| answer.meaning),
            trouble: trouble.map(ToString::to_string),
            alert: trouble.and_then(|trouble| trouble.alert().map(str::to_owned)),
            location: answer.as_ref().and_then(|answer| answer.location.clone()),
            says: answer.and_then(|answer| answer.says),
        }
    }
}
