//! The algorithms that the server's metadata announces, against the keys of its set.

use super::{Finding, KeyValidation, Validation};
use jeton_oauth::{Algorithm, Metadata};
use serde::Serialize;
use serde_json::Value;

/// Further names of a list are ignored.
const MOST: usize = 50;

/// An algorithm of the metadata and what there is for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Announced {
    /// The member of the metadata.
    pub list: String,
    /// The algorithm, as it stands there: foreign text.
    pub alg: String,
    /// Names of the keys that can do it, at most ten.
    pub keys: Vec<String>,
    /// Why no key is needed, where none is.
    pub without_key: Option<&'static str>,
}

/// Compares every list of algorithms that the server signs with.
///
/// `token_endpoint_auth_signing_alg_values_supported` and its kin are for what clients sign, with keys of their own:
/// nothing in the server's set can answer for them.
#[must_use]
pub fn compare(metadata: &Metadata, validation: &Validation) -> (Vec<Announced>, Vec<Finding>) {
    let mut announced = Vec::new();
    let mut findings = Vec::new();
    for (list, value) in &metadata.other {
        if !is_of_the_server(list) {
            continue;
        }
        let algs: Vec<&str> = value.as_array().map_or_else(Vec::new, |algs| {
            algs.iter().filter_map(Value::as_str).take(MOST).collect()
        });
        let rows: Vec<Announced> = algs.iter().map(|alg| row(list, alg, validation)).collect();
        let lacking: Vec<&str> = rows
            .iter()
            .filter(|row| row.keys.is_empty() && row.without_key.is_none())
            .map(|row| row.alg.as_str())
            .collect();
        if !lacking.is_empty() {
            let all = lacking.len() == rows.len();
            let names = lacking.join(", ");
            findings.push(if all {
                Finding::fail(
                    "metadata.no_key",
                    format!("{list} announces {names}, and the set has a key for none of them"),
                )
            } else {
                Finding::note(
                    "metadata.no_key",
                    format!("{list} announces {names}, for which the set has no key"),
                )
            });
        }
        announced.extend(rows);
    }
    unannounced(&announced, validation, &mut findings);
    (announced, findings)
}

fn is_of_the_server(list: &str) -> bool {
    list.ends_with("_signing_alg_values_supported")
        && matches!(
            list.split("_signing_alg").next(),
            Some("id_token" | "userinfo" | "introspection" | "authorization" | "logout_token")
        )
}

fn row(list: &str, alg: &str, validation: &Validation) -> Announced {
    let known = Algorithm::from_name(alg);
    let without_key = match known {
        Some(alg) if alg.is_hmac() => Some("made with the client's secret"),
        _ if alg == "none" => Some("not signed"),
        _ => None,
    };
    let can = |key: &&KeyValidation| known.is_some_and(|alg| key.algorithms.contains(&alg));
    Announced {
        list: list.to_owned(),
        alg: alg.to_owned(),
        keys: validation
            .verifying()
            .filter(can)
            .take(10)
            .map(KeyValidation::name)
            .collect(),
        without_key,
    }
}

/// A key for an algorithm that no list of the metadata announces.
fn unannounced(announced: &[Announced], validation: &Validation, findings: &mut Vec<Finding>) {
    if announced.is_empty() {
        return;
    }
    let listed = |alg: &Algorithm| {
        announced
            .iter()
            .any(|row| Algorithm::from_name(&row.alg) == Some(*alg))
    };
    let names: Vec<String> = validation
        .verifying()
        .filter(|key| !key.algorithms.iter().any(listed))
        .take(10)
        .map(KeyValidation::name)
        .collect();
    if !names.is_empty() {
        findings.push(Finding::note(
            "metadata.unannounced",
            format!(
                "no list of the metadata announces an algorithm of {}",
                names.join(", ")
            ),
        ));
    }
}
