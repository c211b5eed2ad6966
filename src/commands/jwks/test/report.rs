//! The result: what `-o json` prints, and what the panel is made of.
//!
//! The JSON is part of the stable interface (docs/json.md): every member is always there, null where there is nothing.
//! Text from the document is unchanged, except that harmful characters are escaped.

use super::target::Loaded;
use crate::commands::verdict::Counts;
use crate::output::time::rfc3339;
use jeton_inspect::finding::{Finding, Severity, worst};
use jeton_inspect::key_set::algorithms::Announced;
use jeton_inspect::key_set::candidates::{Candidate, Matched, Outcome};
use jeton_inspect::key_set::rotation::Change;
use jeton_inspect::key_set::{KeyValidation, Purpose, Validation};
use jeton_probe::jwks::{self, Delivery};
use serde::Serialize;
use std::path::Path;

/// More keys are counted, and those with the worst findings are shown first.
const MOST_KEYS: usize = 500;
/// More changes or candidates are counted.
const MOST_ROWS: usize = 500;

#[derive(Serialize)]
pub(super) struct Report {
    /// The worst level of all findings.
    pub(super) verdict: Severity,
    /// How many findings there are of each level, those of keys that are left out included.
    pub(super) counts: Counts,
    pub(super) source: Source,
    /// Null for a file.
    pub(super) fetch: Option<Fetch>,
    pub(super) key_count: usize,
    /// Keys that can verify signatures.
    pub(super) signature_keys: usize,
    pub(super) keys: Vec<Key>,
    pub(super) keys_left_out: usize,
    /// What concerns the set as a whole.
    #[serde(serialize_with = "crate::output::finding::as_levels")]
    pub(super) findings: Vec<Finding>,
    /// What the metadata announces; empty without metadata.
    pub(super) algorithms: Vec<Announced>,
    /// Of `--token`.
    pub(super) token: Option<Token>,
    /// Of `--diff`.
    pub(super) diff: Option<Diff>,
    /// What was not checked.
    pub(super) unchecked: Vec<String>,
}

#[derive(Serialize)]
pub(super) struct Source {
    /// `url`, `issuer`, `file` or `stdin`.
    pub(super) kind: &'static str,
    pub(super) name: String,
    pub(super) url: Option<String>,
}

#[derive(Serialize)]
pub(super) struct Fetch {
    pub(super) status: u16,
    pub(super) redirects: Vec<Redirect>,
    pub(super) ms: u128,
    pub(super) bytes: usize,
    pub(super) content_type: Option<String>,
    pub(super) cache_control: Option<String>,
    /// For how many seconds clients may cache the set; null where the response does not say.
    pub(super) fresh_for: Option<i64>,
    /// Whether clients can ask whether it has changed (ETag, Last-Modified).
    pub(super) validator: bool,
}

#[derive(Serialize)]
pub(super) struct Redirect {
    pub(super) status: u16,
    pub(super) to: String,
}

#[derive(Serialize)]
pub(super) struct Key {
    /// From 0.
    pub(super) index: usize,
    pub(super) level: Severity,
    pub(super) kid: Option<String>,
    pub(super) kty: Option<String>,
    pub(super) crv: Option<String>,
    pub(super) bits: Option<usize>,
    pub(super) alg: Option<String>,
    #[serde(rename = "use")]
    pub(super) use_: Option<String>,
    pub(super) key_ops: Option<Vec<String>>,
    /// RFC 7638; null for a symmetric key.
    pub(super) thumbprint: Option<String>,
    pub(super) purpose: Purpose,
    /// The algorithms that jeton verifies with it.
    pub(super) algorithms: Vec<&'static str>,
    pub(super) certificates: Vec<CertificateFacts>,
    #[serde(serialize_with = "crate::output::finding::as_levels")]
    pub(super) findings: Vec<Finding>,
    /// For people: kind and size, and what to call it.
    #[serde(skip)]
    pub(super) kind: String,
    #[serde(skip)]
    pub(super) name: String,
}

#[derive(Serialize)]
pub(super) struct CertificateFacts {
    pub(super) subject: String,
    pub(super) issuer: String,
    pub(super) not_before: Option<String>,
    pub(super) not_after: Option<String>,
    #[serde(rename = "x5t#S256")]
    pub(super) thumbprint: String,
    #[serde(skip)]
    pub(super) span: (i64, i64),
}

#[derive(Serialize)]
pub(super) struct Token {
    pub(super) alg: String,
    pub(super) kid: Option<String>,
    /// The index of the key that verifies it and that its `kid` names.
    pub(super) verified_by: Option<usize>,
    pub(super) candidates: Vec<Candidate>,
    pub(super) candidates_left_out: usize,
    #[serde(serialize_with = "crate::output::finding::as_levels")]
    pub(super) findings: Vec<Finding>,
}

#[derive(Serialize)]
pub(super) struct Diff {
    pub(super) file: String,
    pub(super) changes: Vec<Change>,
    pub(super) changes_left_out: usize,
    #[serde(serialize_with = "crate::output::finding::as_levels")]
    pub(super) findings: Vec<Finding>,
}

impl Diff {
    pub(super) fn new(path: &Path, mut changes: Vec<Change>) -> Self {
        let replaced = changes
            .iter()
            .filter(|change| matches!(change, Change::Replaced { .. }))
            .count();
        let mut findings = Vec::new();
        if replaced > 0 {
            findings.push(Finding::fail(
                "diff.replaced",
                format!("{replaced} kid now name a different key: clients that cached the old set reject tokens signed with the new key"),
            ));
        }
        let left_out = changes.len().saturating_sub(MOST_ROWS);
        changes.truncate(MOST_ROWS);
        Self {
            file: path.display().to_string(),
            changes,
            changes_left_out: left_out,
            findings,
        }
    }
}

impl Report {
    pub(super) fn new(
        loaded: &Loaded,
        validation: &Validation,
        algorithms: Vec<Announced>,
        of_metadata: Vec<Finding>,
        matched: Option<Matched>,
        diff: Option<Diff>,
    ) -> Self {
        let mut findings = validation.findings.clone();
        findings.extend(loaded.delivery.iter().flat_map(jwks::findings));
        findings.extend(of_metadata);
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        let token = matched.map(Token::new);
        let own = [
            &findings[..],
            token.as_ref().map_or(&[], |token| &token.findings),
            diff.as_ref().map_or(&[], |diff| &diff.findings),
        ];
        let verdict = own
            .iter()
            .map(|findings| worst(findings))
            .fold(validation.worst(), Severity::max);
        let of_keys = validation.keys.iter().flat_map(|key| &key.findings);
        let all = of_keys.chain(own.iter().copied().flatten());
        let counts = Counts::of(all.map(|finding| finding.severity));
        Self {
            verdict,
            counts,
            source: Source {
                kind: loaded.kind,
                name: loaded.name.clone(),
                url: loaded.url.as_ref().map(ToString::to_string),
            },
            fetch: loaded.delivery.as_ref().map(Fetch::of),
            key_count: validation.members,
            signature_keys: validation.verifying().count(),
            keys: shown(&validation.keys, MOST_KEYS)
                .into_iter()
                .map(Key::of)
                .collect(),
            keys_left_out: validation.members.saturating_sub(MOST_KEYS),
            findings,
            algorithms,
            token,
            diff,
            unchecked: validation.unchecked.clone(),
        }
    }
}

/// As many keys as there is room for: the worst of them, in the order of the set.
fn shown(keys: &[KeyValidation], room: usize) -> Vec<&KeyValidation> {
    let mut shown: Vec<&KeyValidation> = keys.iter().collect();
    shown.sort_by_key(|key| std::cmp::Reverse(key.worst()));
    shown.truncate(room);
    shown.sort_by_key(|key| key.index);
    shown
}

impl Fetch {
    fn of(delivery: &Delivery) -> Self {
        Self {
            status: 200,
            redirects: delivery
                .hops
                .iter()
                .map(|hop| Redirect {
                    status: hop.status,
                    to: hop.to.to_string(),
                })
                .collect(),
            ms: delivery.elapsed.as_millis(),
            bytes: delivery.body.len(),
            content_type: delivery.content_type.clone(),
            cache_control: delivery.cache_control.clone(),
            fresh_for: match delivery.freshness {
                jwks::Freshness::Unsaid => None,
                known => Some(known.seconds()),
            },
            validator: delivery.validator,
        }
    }
}

impl Key {
    fn of(key: &KeyValidation) -> Self {
        Self {
            index: key.index,
            level: key.worst(),
            kid: key.kid.clone(),
            kty: key.kty.clone(),
            crv: key.crv.clone(),
            bits: key.bits,
            alg: key.alg.clone(),
            use_: key.use_.clone(),
            key_ops: key.key_ops.clone(),
            thumbprint: key.thumbprint.clone(),
            purpose: key.purpose,
            algorithms: key.algorithms.iter().map(|alg| alg.as_str()).collect(),
            certificates: key
                .certificates
                .iter()
                .map(|certificate| CertificateFacts {
                    subject: certificate.subject.clone(),
                    issuer: certificate.issuer.clone(),
                    not_before: rfc3339(certificate.not_before),
                    not_after: rfc3339(certificate.not_after),
                    thumbprint: certificate.thumbprint.clone(),
                    span: (certificate.not_before, certificate.not_after),
                })
                .collect(),
            findings: key.findings.clone(),
            kind: key.kind(),
            name: key.name(),
        }
    }
}

impl Token {
    fn new(matched: Matched) -> Self {
        let mut candidates = matched.candidates;
        candidates.sort_by_key(|candidate| match candidate.outcome {
            Outcome::Verifies => 0,
            Outcome::SignatureDiffers => 1,
            Outcome::Unusable => 2,
            Outcome::KidDiffers | Outcome::AlgorithmDiffers | Outcome::NotForSignatures => 3,
            Outcome::NotTried => 4,
        });
        let left_out = candidates.len().saturating_sub(MOST_ROWS);
        candidates.truncate(MOST_ROWS);
        Self {
            alg: matched.alg,
            kid: matched.kid,
            verified_by: matched.verified_by,
            candidates,
            candidates_left_out: left_out,
            findings: matched.findings,
        }
    }
}
