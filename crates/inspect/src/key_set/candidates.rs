//! Which key of a set verifies a token, and why the others do not.

use super::{Finding, KeyValidation, Purpose, Validation};
use crate::finding::quoted;
use jeton_oauth::jwt::{JwtError, Unverified, claims};
use jeton_oauth::{Algorithm, KeyError};
use serde::Serialize;

/// Signatures that are checked; more keys of the right kind are counted.
const MOST: usize = 200;

/// The result for one key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The signature is of this key.
    Verifies,
    /// The token names another `kid`.
    KidDiffers,
    /// The key cannot do the token's algorithm.
    AlgorithmDiffers,
    /// The key is for something else.
    NotForSignatures,
    /// The key is broken.
    Unusable,
    /// The key could have made it, and did not.
    SignatureDiffers,
    /// Too many keys came before.
    NotTried,
}

/// A key and its result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Candidate {
    /// The key's place in the set, from 0.
    pub index: usize,
    /// The result.
    pub outcome: Outcome,
    /// The same in words.
    pub why: String,
}

/// The token against the whole set.
#[derive(Debug)]
pub struct Matched {
    /// Of the token's header: foreign text.
    pub alg: String,
    /// Of the token's header: foreign text.
    pub kid: Option<String>,
    /// `exp`, in whole seconds since 1970.
    pub expires_at: Option<i64>,
    /// The place of the key that verifies it and that its `kid` names.
    pub verified_by: Option<usize>,
    /// One for each key.
    pub candidates: Vec<Candidate>,
    /// What follows.
    pub findings: Vec<Finding>,
}

/// Tries the keys. Times and audience of the token are not validated.
///
/// # Errors
/// [`JwtError`] where it is no JWT in compact form.
pub fn of_token(token: &str, validation: &Validation) -> Result<Matched, JwtError> {
    let token = Unverified::parse(token)?;
    let mut left = MOST;
    let candidates: Vec<Candidate> = validation
        .keys
        .iter()
        .map(|key| {
            let (outcome, why) = try_key(&token, key, &mut left);
            Candidate {
                index: key.index,
                outcome,
                why,
            }
        })
        .collect();
    let header = token.header();
    let mut matched = Matched {
        alg: header.alg.clone(),
        kid: header.kid.clone(),
        expires_at: expiry(&token),
        verified_by: None,
        candidates,
        findings: Vec::new(),
    };
    conclude(&mut matched, validation);
    Ok(matched)
}

fn expiry(token: &Unverified) -> Option<i64> {
    let date = claims::numeric_date(token.claims(), "exp").ok().flatten()?;
    // Beyond the range of dates the cast saturates, as intended.
    #[expect(clippy::cast_possible_truncation, reason = "it saturates")]
    Some(date as i64)
}

fn try_key(token: &Unverified, key: &KeyValidation, left: &mut usize) -> (Outcome, String) {
    let header = token.header();
    if key.purpose != Purpose::Signatures {
        return (Outcome::NotForSignatures, "not for signatures".to_owned());
    }
    let Some(verifying) = key
        .verifying
        .as_ref()
        .filter(|_| !key.algorithms.is_empty())
    else {
        return (
            Outcome::Unusable,
            "the key cannot be used: see its findings".to_owned(),
        );
    };
    let other_kid = match (&header.kid, &key.kid) {
        (Some(wanted), Some(own)) if wanted != own => true,
        (Some(_), None) => true,
        _ => false,
    };
    let alg = Algorithm::from_name(&header.alg);
    if !alg.is_some_and(|alg| key.algorithms.contains(&alg)) {
        let own: Vec<&str> = key.algorithms.iter().map(|alg| alg.as_str()).collect();
        let why = format!(
            "the token is {}, the key does {}",
            quoted(&header.alg),
            own.join(", ")
        );
        return (Outcome::AlgorithmDiffers, why);
    }
    if *left == 0 {
        return (
            Outcome::NotTried,
            format!("not tried: {MOST} keys came before it"),
        );
    }
    *left -= 1;
    match token.check(&key.algorithms, verifying) {
        Ok(()) => {
            let named = if other_kid {
                ", though the token names another kid"
            } else {
                ""
            };
            (Outcome::Verifies, format!("it verifies the token{named}"))
        }
        Err(_) if other_kid => (
            Outcome::KidDiffers,
            "the token names another kid".to_owned(),
        ),
        Err(JwtError::Key(KeyError::Signature)) => (
            Outcome::SignatureDiffers,
            "the signature does not match".to_owned(),
        ),
        Err(error) => (Outcome::SignatureDiffers, error.to_string()),
    }
}

fn conclude(matched: &mut Matched, validation: &Validation) {
    let verifies: Vec<usize> = matched
        .candidates
        .iter()
        .filter(|candidate| candidate.outcome == Outcome::Verifies)
        .map(|candidate| candidate.index)
        .collect();
    let has_its_kid = |index: &&usize| {
        let own = validation
            .keys
            .get(**index)
            .and_then(|key| key.kid.as_ref());
        matched
            .kid
            .as_ref()
            .is_none_or(|wanted| own == Some(wanted))
    };
    let name = |index: usize| {
        validation
            .keys
            .get(index)
            .map(KeyValidation::name)
            .unwrap_or_default()
    };
    let shown_kid = matched.kid.as_deref().map_or_else(String::new, quoted);
    let finding = if let Some(index) = verifies.iter().find(has_its_kid).copied() {
        matched.verified_by = Some(index);
        Finding::ok(
            "token.verifies",
            format!("{} verifies the token", name(index)),
        )
    } else if let Some(index) = verifies.first().copied() {
        Finding::fail(
            "token.other_kid",
            format!(
                "{} verifies the token, and the token names the kid {shown_kid}: clients that select by kid do not find it",
                name(index)
            ),
        )
    } else if Algorithm::from_name(&matched.alg).is_none_or(Algorithm::is_hmac) {
        Finding::fail(
            "token.alg",
            format!(
                "the token's algorithm is {}, which no public key verifies",
                quoted(&matched.alg)
            ),
        )
    } else if let Some(kid) = &matched.kid {
        let known = validation
            .keys
            .iter()
            .any(|key| key.kid.as_ref() == Some(kid));
        if known {
            Finding::fail(
                "token.signature",
                format!("the key {shown_kid}, which the token names, does not verify it"),
            )
        } else {
            Finding::fail(
                "token.unknown_kid",
                format!(
                    "the token names the kid {shown_kid}, and no key of the set has it: rotated out, not published yet, or of another issuer"
                ),
            )
        }
    } else {
        Finding::fail("token.signature", "no key of the set verifies the token")
    };
    matched.findings.push(finding);
    let could = matched.candidates.iter().filter(|candidate| {
        matches!(
            candidate.outcome,
            Outcome::Verifies | Outcome::SignatureDiffers
        )
    });
    if matched.kid.is_none() && could.count() > 1 {
        matched.findings.push(Finding::warn(
            "token.no_kid",
            "the token has no kid, and several keys could have made it: clients have to try them all, or refuse",
        ));
    }
}
