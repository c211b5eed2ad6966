//! What the metadata announces, against the keys.

use super::Severity::{Fail, Note};
use super::*;
use crate::key_set::algorithms::compare;
use jeton_oauth::Metadata;

/// Algorithms with how many keys each has.
type Rows = Vec<(String, usize)>;

fn compared(lists: &Value, keys: &[Value]) -> (Rows, Vec<(Severity, &'static str)>) {
    let mut document = json!({ "issuer": "https://as.example" });
    document
        .as_object_mut()
        .unwrap()
        .extend(lists.as_object().unwrap().clone());
    let metadata = Metadata::parse(document.to_string().as_bytes()).unwrap();
    let (announced, findings) = compare(&metadata, &validated(keys));
    (
        announced
            .into_iter()
            .map(|row| (row.alg, row.keys.len()))
            .collect(),
        findings
            .into_iter()
            .map(|finding| (finding.severity, finding.code))
            .collect(),
    )
}

#[test]
fn every_announced_algorithm_has_a_key() {
    let keys = [good(Algorithm::ES256, "a"), good(Algorithm::RS256, "b")];
    let lists =
        json!({ "id_token_signing_alg_values_supported": ["ES256", "RS256", "HS256", "none"] });
    let (rows, findings) = compared(&lists, &keys);
    let expected = [("ES256", 1), ("RS256", 1), ("HS256", 0), ("none", 0)];
    assert_eq!(rows, expected.map(|(alg, count)| (alg.to_owned(), count)));
    assert_eq!(findings, []);
}

#[test]
fn algorithms_without_a_key_and_keys_without_an_algorithm() {
    let keys = [good(Algorithm::ES256, "a")];
    let some = json!({ "id_token_signing_alg_values_supported": ["ES256", "RS256"] });
    assert_eq!(compared(&some, &keys).1, [(Note, "metadata.no_key")]);
    let none = json!({ "introspection_signing_alg_values_supported": ["RS256"] });
    let expected = [(Fail, "metadata.no_key"), (Note, "metadata.unannounced")];
    assert_eq!(compared(&none, &keys).1, expected);
}

#[test]
fn what_clients_sign_is_not_held_against_the_server() {
    let lists = json!({ "token_endpoint_auth_signing_alg_values_supported": ["RS256"], "x": 1 });
    let (rows, findings) = compared(&lists, &[good(Algorithm::ES256, "a")]);
    assert!(rows.is_empty() && findings.is_empty());
}
