//! What is said of things that servers seldom do.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::findings;
use crate::mtls::{
    Answer, Asked, Exchange, Meaning, Negotiated, Outcome, Probed, Requirement, Shown, Staple,
    Timings, Trouble, Trust, Version,
};
use jeton_oauth::certificate::{ClientCertificate, judge_server};
use jeton_oauth::finding::Level::{self, Fail, Note, Ok, Warn};
use rustls::version::{TLS12, TLS13};

/// A moment in 2026.
const NOW: i64 = 1_795_221_033;

fn asked() -> Asked {
    Asked {
        authorities: Vec::new(),
        authorities_left_out: 0,
        schemes: vec!["ed25519".to_owned()],
    }
}

fn answered(status: u16, meaning: Meaning) -> Outcome {
    Outcome::Answered(Answer {
        status,
        says: None,
        location: None,
        meaning,
    })
}

fn exchange(
    version: &'static str,
    shown: Shown,
    resumed: Option<bool>,
    outcome: Outcome,
) -> Exchange {
    Exchange {
        version,
        shown,
        resumed,
        scheme_fits: (shown == Shown::Certificate).then_some(true),
        outcome,
    }
}

/// A server that asks for a certificate, goes on without one, and is all right.
fn good() -> Probed {
    let version = |name, of| Version {
        name,
        accepted: Some(true),
        trouble: None,
        asked: Some(asked()),
        of,
    };
    Probed {
        proxy: None,
        address: None,
        timings: Timings::default(),
        negotiated: Some(Negotiated {
            version: "TLS 1.3",
            suite: String::new(),
            group: None,
            alpn: None,
        }),
        trouble: None,
        chain: judge_server(&[], "", NOW),
        trust: Some(Trust::Trusted),
        staple: Staple::None,
        versions: vec![version("TLS 1.3", &TLS13), version("TLS 1.2", &TLS12)],
        old: Vec::new(),
        suites: Vec::new(),
        exchanges: vec![
            exchange(
                "TLS 1.3",
                Shown::Nothing,
                None,
                answered(401, Meaning::None),
            ),
            exchange(
                "TLS 1.3",
                Shown::Certificate,
                None,
                answered(200, Meaning::None),
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

/// What is said beside what a good server is said of.
fn said(change: impl FnOnce(&mut Probed)) -> Vec<(Level, &'static str)> {
    let mut probed = good();
    change(&mut probed);
    let found = findings(&probed, Some(&own()), NOW);
    found
        .iter()
        .map(|one| (one.level, one.code))
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
    let lost = said(|probed| {
        let answer = answered(400, Meaning::Missing);
        let again = exchange("TLS 1.3", Shown::Certificate, Some(true), answer);
        probed.exchanges.push(again);
    });
    assert_eq!(lost, [(Warn, "client.lost")]);
}

#[test]
fn versions_that_differ_and_keys_that_do_not_fit() {
    let one = said(|probed| probed.versions[0].asked = None);
    assert_eq!(one, [(Warn, "client.asked_differently")]);
    let scheme = said(|probed| probed.exchanges[1].scheme_fits = Some(false));
    assert_eq!(scheme, [(Fail, "client.scheme")]);
}

#[test]
fn answers_behind_the_handshake() {
    let moved = said(|probed| {
        probed.exchanges[0].outcome = Outcome::Answered(Answer {
            status: 302,
            says: None,
            location: Some("https://x.example/".to_owned()),
            meaning: Meaning::None,
        });
    });
    assert_eq!(moved, [(Note, "http.redirect")]);
    let failing = said(|probed| probed.exchanges[0].outcome = answered(502, Meaning::None));
    assert_eq!(failing, [(Warn, "http.failure")]);
    let silent = |probed: &mut Probed| {
        for version in &mut probed.versions {
            version.asked = None;
        }
        probed.exchanges.truncate(1);
        probed.exchanges[0].outcome = Outcome::Failed(Trouble::Timeout);
    };
    let expected = [(Fail, "client.not_asked"), (Warn, "http.none")];
    assert_eq!(said(silent), expected);
}

#[test]
fn refusals_of_every_kind() {
    for outcome in [
        answered(400, Meaning::Refused),
        answered(400, Meaning::Missing),
        Outcome::Failed(Trouble::Closed),
        Outcome::Failed(Trouble::Alert("access_denied".to_owned())),
        Outcome::Failed(Trouble::Timeout),
    ] {
        let found = said(|probed| probed.exchanges[1].outcome = outcome.clone());
        assert_eq!(found, [(Fail, "client.refused")], "{outcome:?}");
    }
}

#[test]
fn no_handshake_and_no_time() {
    let none = said(|probed| {
        probed.negotiated = None;
        probed.trouble = Some(Trouble::Alert("protocol_version".to_owned()));
        probed.trust = None;
        probed.exchanges.clear();
        for version in &mut probed.versions {
            version.accepted = Some(false);
            version.asked = None;
        }
    });
    assert_eq!(none, [(Fail, "tls.no_handshake")]);
    let slow = said(|probed| probed.unfinished = true);
    assert_eq!(slow, [(Warn, "probe.unfinished")]);
}

#[test]
fn what_is_required_shows_in_what_goes_without() {
    let of = |outcome: Outcome| {
        let mut probed = good();
        probed.exchanges[0].outcome = outcome;
        probed.requirement()
    };
    assert_eq!(of(answered(400, Meaning::Missing)), Requirement::Required);
    let closed = Outcome::Failed(Trouble::Closed);
    assert_eq!(of(closed), Requirement::Required);
    let timeout = Outcome::Failed(Trouble::Timeout);
    assert_eq!(of(timeout), Requirement::Unknown);
    let mut untried = good();
    untried.exchanges.clear();
    assert_eq!(untried.requirement(), Requirement::Unknown);
    untried.versions[1].trouble = Some(Trouble::Alert("handshake_failure".to_owned()));
    assert_eq!(untried.requirement(), Requirement::Required);
    for version in &mut untried.versions {
        version.asked = None;
    }
    assert_eq!(untried.requirement(), Requirement::NotAsked);
}
