//! The validation of client certificates.

use super::super::validate_client;
use super::{Made, NOW, ca, issued, params, self_signed};
use crate::finding::Severity::{self, Fail, Note, Ok, Warn};
use jeton_oauth::certificate::ClientCertificate;
use rcgen::{ExtendedKeyUsagePurpose, KeyUsagePurpose, date_time_ymd};

fn said(document: &str) -> Vec<(Severity, &'static str)> {
    let client = ClientCertificate::from_pem(document.as_bytes(), None).unwrap();
    let found = validate_client(&client, NOW);
    found.iter().map(|one| (one.severity, one.code)).collect()
}

fn said_of(made: &Made) -> Vec<(Severity, &'static str)> {
    said(&format!("{}{}", made.cert, made.key))
}

#[test]
fn good_certificates() {
    let root = self_signed(ca("root"));
    let between = issued(ca("between"), &root);
    let leaf = issued(params("leaf"), &between);
    let chain = format!("{}{}{}", leaf.cert, between.cert, leaf.key);
    assert_eq!(said(&chain), [(Ok, "key.match")]);
    assert_eq!(said_of(&leaf), [(Note, "chain.alone"), (Ok, "key.match")]);
    let own = self_signed(params("own"));
    let expected = [(Note, "cert.self_signed"), (Ok, "key.match")];
    assert_eq!(said_of(&own), expected);
}

#[test]
fn dates() {
    for (from, to, expected) in [
        (2019, 2020, Some((Fail, "cert.expired"))),
        (2030, 2040, Some((Fail, "cert.not_yet_valid"))),
        (2019, 2026, Some((Warn, "cert.expires_soon"))),
        (2019, 2027, None),
    ] {
        let mut params = params("a");
        params.not_before = date_time_ymd(from, 1, 1);
        params.not_after = date_time_ymd(to, 12, 20);
        let found = said_of(&self_signed(params));
        let first = found.first().copied();
        assert_eq!(
            first.filter(|first| first.0 > Note),
            expected,
            "{from} {to}"
        );
    }
}

#[test]
fn usages() {
    let mut server = params("a");
    server.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    let found = said_of(&self_signed(server));
    assert!(found.contains(&(Fail, "cert.not_for_clients")), "{found:?}");
    let mut any = params("a");
    any.extended_key_usages = vec![ExtendedKeyUsagePurpose::Any];
    let mut unsaid = params("a");
    unsaid.extended_key_usages.clear();
    for good in [any, unsaid] {
        let found = said_of(&self_signed(good));
        assert!(found.iter().all(|one| one.0 <= Note), "{found:?}");
    }
    for (usage, fails) in [
        (KeyUsagePurpose::KeyEncipherment, true),
        (KeyUsagePurpose::DigitalSignature, false),
    ] {
        let mut params = params("a");
        params.key_usages = vec![usage];
        let found = said_of(&self_signed(params));
        assert_eq!(found.contains(&(Fail, "cert.no_signatures")), fails);
    }
    let root = self_signed(ca("root"));
    assert!(said_of(&root).contains(&(Note, "cert.ca")));
    let between = issued(ca("between"), &root);
    assert!(said_of(&between).contains(&(Warn, "cert.ca")));
}

#[test]
fn order_and_gaps_of_a_chain() {
    let root = self_signed(ca("root"));
    let between = issued(ca("between"), &root);
    let leaf = issued(params("leaf"), &between);
    let (l, b, r, key) = (&leaf.cert, &between.cert, &root.cert, &leaf.key);
    let expected = [(Note, "chain.root"), (Ok, "key.match")];
    assert_eq!(said(&format!("{l}{b}{r}{key}")), expected);
    let gap = said(&format!("{l}{r}{key}"));
    assert!(gap.contains(&(Fail, "chain.broken")), "{gap:?}");
    let reversed = said(&format!("{b}{l}{key}"));
    assert_eq!(reversed[0], (Fail, "chain.order"));
    let other = self_signed(params("other"));
    let foreign = said(&format!("{l}{b}{}", other.key));
    assert_eq!(foreign, [(Fail, "key.mismatch")]);
    // The issuer's name is right, but another key made the signature.
    let namesake = issued(ca("between"), &root);
    let forged = said(&format!("{l}{}{key}", namesake.cert));
    assert_eq!(forged[0], (Fail, "chain.broken"));
}

#[test]
fn an_intermediate_that_ended() {
    let root = self_signed(ca("root"));
    let mut ended = ca("between");
    ended.not_after = date_time_ymd(2020, 1, 1);
    let between = issued(ended, &root);
    let leaf = issued(params("leaf"), &between);
    let found = said(&format!("{}{}{}", leaf.cert, between.cert, leaf.key));
    assert_eq!(found[0], (Fail, "chain.expired"));
}

#[test]
fn texts_name_days_and_lines() {
    let mut soon = params("a");
    soon.not_after = date_time_ymd(2026, 11, 30);
    let made = self_signed(soon);
    let client = ClientCertificate::from_pem(&made.document(), None).unwrap();
    assert_eq!(
        validate_client(&client, NOW)[0].what,
        "the certificate ends in 8 days"
    );
    let other = self_signed(params("b"));
    let document = format!(
        "{}{}",
        other.cert,
        String::from_utf8(made.document()).unwrap()
    );
    let client = ClientCertificate::from_pem(document.as_bytes(), None).unwrap();
    let found = validate_client(&client, NOW);
    let line = other.cert.lines().count() + 1;
    assert!(
        found[0]
            .what
            .contains(&format!("certificate 2 of the file (line {line})"))
    );
}
