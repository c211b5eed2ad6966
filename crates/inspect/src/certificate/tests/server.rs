//! The validation of what servers send.

use super::super::{ServerChain, validate_server};
use super::{Made, NOW, ca, issued, params, self_signed};
use crate::finding::Severity::{self, Fail, Note, Warn};
use jeton_oauth::certificate::pem;
use rcgen::{CertificateParams, ExtendedKeyUsagePurpose, SanType, date_time_ymd};

fn server(name: &str) -> CertificateParams {
    let mut params = params(name);
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.subject_alt_names = vec![SanType::DnsName(name.try_into().unwrap())];
    params
}

fn validated(chain: &[&Made], host: &str) -> ServerChain {
    let ders: Vec<_> = chain
        .iter()
        .map(|made| pem::read(made.cert.as_bytes()).unwrap().remove(0).der)
        .collect();
    let ders: Vec<&[u8]> = ders.iter().map(|der| der.as_slice()).collect();
    validate_server(&ders, host, NOW)
}

fn said(chain: &[&Made]) -> Vec<(Severity, &'static str)> {
    let found = validated(chain, "as.example").findings;
    found.iter().map(|one| (one.severity, one.code)).collect()
}

#[test]
fn chains_in_order_out_of_order_and_with_gaps() {
    let root = self_signed(ca("root"));
    let between = issued(ca("between"), &root);
    let leaf = issued(server("as.example"), &between);
    assert_eq!(said(&[&leaf, &between]), []);
    assert!(validated(&[&leaf, &between], "as.example").in_order);
    assert_eq!(said(&[&leaf]), []);
    let expected = [(Note, "server.root")];
    assert_eq!(said(&[&leaf, &between, &root]), expected);
    for (chain, word) in [
        (&[&leaf, &root, &between][..], "out of order"),
        (&[&leaf, &root], "a gap"),
        (&[&leaf, &between, &root, &leaf], "nothing to do"),
    ] {
        let validated = validated(chain, "as.example");
        let found = validated
            .findings
            .iter()
            .find(|one| one.code == "server.chain_order")
            .unwrap();
        assert_eq!(found.severity, Warn);
        assert!(found.what.contains(word), "{}", found.what);
        assert!(!validated.in_order);
    }
    let many = [&leaf; 11];
    assert!(said(&many).contains(&(Note, "server.long_chain")));
}

#[test]
fn dates_and_uses() {
    let root = self_signed(ca("root"));
    for (from, to, expected) in [
        (2018, 2020, (Fail, "server.expired")),
        (2030, 2040, (Fail, "server.not_yet_valid")),
        (2019, 2026, (Warn, "server.expires_soon")),
    ] {
        let mut params = server("as.example");
        params.not_before = date_time_ymd(from, 1, 1);
        params.not_after = date_time_ymd(to, 12, 10);
        assert_eq!(said(&[&issued(params, &root)]), [expected]);
    }
    let mut client = server("as.example");
    client.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    let expected = [(Fail, "server.not_for_servers")];
    assert_eq!(said(&[&issued(client, &root)]), expected);
}

#[test]
fn the_certificate_of_another_host() {
    let root = self_signed(ca("root"));
    let leaf = issued(server("as.example"), &root);
    let found = validated(&[&leaf], "other.example").findings;
    assert_eq!(found[0].code, "server.other_name");
    let says = "the certificate of the server is not for other.example: it is for as.example";
    assert_eq!(found[0].what, says);
}

#[test]
fn what_is_no_certificate() {
    let found = validate_server(&[b"\x30\x00"], "as.example", NOW).findings;
    assert_eq!(found[0].code, "server.no_certificate");
    assert!(!validate_server(&[], "as.example", NOW).name_fits);
}
