//! Findings about what servers seldom do.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::findings;
use crate::mtls::{
    CertificateRequest, Exchange, Meaning, Negotiated, Outcome, Presented, Report, Requirement,
    Response, Staple, Timings, TlsFailure, Trust, Version,
};
use jeton_inspect::certificate::validate_server;
use jeton_inspect::finding::Severity::{self, Fail, Note, Ok, Warn};
use jeton_oauth::certificate::ClientCertificate;
use rustls::version::{TLS12, TLS13};

/// A moment in 2026.
const NOW: i64 = 1_795_221_033;

fn asked() -> CertificateRequest {
    CertificateRequest {
        authorities: Vec::new(),
        authorities_left_out: 0,
        schemes: vec!["ed25519".to_owned()],
    }
}

fn responded(status: u16, meaning: Meaning) -> Outcome {
    Outcome::Responded(Response {
        status,
        says: None,
        location: None,
        meaning,
    })
}

fn exchange(
    version: &'static str,
    presented: Presented,
    resumed: Option<bool>,
    outcome: Outcome,
) -> Exchange {
    Exchange {
        version,
        presented,
        resumed,
        scheme_fits: (presented == Presented::Certificate).then_some(true),
        outcome,
    }
}

/// A server without faults, which asks for a certificate and continues without one.
fn good() -> Report {
    let version = |name, version| Version {
        name,
        accepted: Some(true),
        failure: None,
        certificate_request: Some(asked()),
        version,
    };
    Report {
        proxy: None,
        address: None,
        timings: Timings::default(),
        negotiated: Some(Negotiated {
            version: "TLS 1.3",
            suite: String::new(),
            group: None,
            alpn: None,
        }),
        failure: None,
        chain: validate_server(&[], "", NOW),
        trust: Some(Trust::Trusted),
        staple: Staple::None,
        versions: vec![version("TLS 1.3", &TLS13), version("TLS 1.2", &TLS12)],
        legacy_versions: Vec::new(),
        suites: Vec::new(),
        exchanges: vec![
            exchange(
                "TLS 1.3",
                Presented::Nothing,
                None,
                responded(401, Meaning::None),
            ),
            exchange(
                "TLS 1.3",
                Presented::Certificate,
                None,
                responded(200, Meaning::None),
            ),
        ],
        unfinished: false,
    }
}

fn own() -> ClientCertificate {
    let params = rcgen::CertificateParams::new(Vec::new()).unwrap();
    let pair = rcgen::KeyPair::generate().unwrap();
    let cert = params.self_signed(&pair).unwrap().pem();
    ClientCertificate::from_pem(cert.as_bytes(), Some(pair.serialize_pem().as_bytes())).unwrap()
}

/// The findings that a good server does not have.
fn said(change: impl FnOnce(&mut Report)) -> Vec<(Severity, &'static str)> {
    let mut report = good();
    change(&mut report);
    let found = findings(&report, Some(&own()), NOW);
    found
        .iter()
        .map(|one| (one.severity, one.code))
        .filter(|one| *one != (Ok, "client.accepted"))
        .collect()
}

#[test]
fn a_good_server() {
    assert_eq!(said(|_| {}), []);
    assert_eq!(good().requirement(), Requirement::Optional);
}

#[test]
fn sessions_that_lose_the_certificate() {
    let lost = said(|report| {
        let missing = responded(400, Meaning::Missing);
        let again = exchange("TLS 1.3", Presented::Certificate, Some(true), missing);
        report.exchanges.push(again);
    });
    assert_eq!(lost, [(Warn, "client.lost")]);
}

#[test]
fn versions_that_differ_and_keys_that_do_not_fit() {
    let one = said(|report| report.versions[0].certificate_request = None);
    assert_eq!(one, [(Warn, "client.certificate_request_differently")]);
    let scheme = said(|report| report.exchanges[1].scheme_fits = Some(false));
    assert_eq!(scheme, [(Fail, "client.scheme")]);
}

#[test]
fn responses_after_the_handshake() {
    let moved = said(|report| {
        report.exchanges[0].outcome = Outcome::Responded(Response {
            status: 302,
            says: None,
            location: Some("https://x.example/".to_owned()),
            meaning: Meaning::None,
        });
    });
    assert_eq!(moved, [(Note, "http.redirect")]);
    let failing = said(|report| report.exchanges[0].outcome = responded(502, Meaning::None));
    assert_eq!(failing, [(Warn, "http.failure")]);
    let silent = |report: &mut Report| {
        for version in &mut report.versions {
            version.certificate_request = None;
        }
        report.exchanges.truncate(1);
        report.exchanges[0].outcome = Outcome::Failed(TlsFailure::Timeout);
    };
    let expected = [(Fail, "client.not_asked"), (Warn, "http.none")];
    assert_eq!(said(silent), expected);
}

#[test]
fn refusals_of_every_kind() {
    for outcome in [
        responded(400, Meaning::Refused),
        responded(400, Meaning::Missing),
        Outcome::Failed(TlsFailure::Closed),
        Outcome::Failed(TlsFailure::Alert("access_denied".to_owned())),
        Outcome::Failed(TlsFailure::Timeout),
    ] {
        let found = said(|report| report.exchanges[1].outcome = outcome.clone());
        assert_eq!(found, [(Fail, "client.refused")], "{outcome:?}");
    }
}

#[test]
fn no_handshake_and_no_time() {
    let none = said(|report| {
        report.negotiated = None;
        report.failure = Some(TlsFailure::Alert("protocol_version".to_owned()));
        report.trust = None;
        report.exchanges.clear();
        for version in &mut report.versions {
            version.accepted = Some(false);
            version.certificate_request = None;
        }
    });
    assert_eq!(none, [(Fail, "tls.no_handshake")]);
    let slow = said(|report| report.unfinished = true);
    assert_eq!(slow, [(Warn, "probe.unfinished")]);
}

#[test]
fn what_is_required_shows_in_what_goes_without() {
    let of = |outcome: Outcome| {
        let mut report = good();
        report.exchanges[0].outcome = outcome;
        report.requirement()
    };
    assert_eq!(of(responded(400, Meaning::Missing)), Requirement::Required);
    let closed = Outcome::Failed(TlsFailure::Closed);
    assert_eq!(of(closed), Requirement::Required);
    let timeout = Outcome::Failed(TlsFailure::Timeout);
    assert_eq!(of(timeout), Requirement::Unknown);
    let mut untried = good();
    untried.exchanges.clear();
    assert_eq!(untried.requirement(), Requirement::Unknown);
    untried.versions[1].failure = Some(TlsFailure::Alert("handshake_failure".to_owned()));
    assert_eq!(untried.requirement(), Requirement::Required);
    for version in &mut untried.versions {
        version.certificate_request = None;
    }
    assert_eq!(untried.requirement(), Requirement::NotAsked);
}
