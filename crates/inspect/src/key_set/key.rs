//! One member of a set, read tolerantly and validated.

use super::certificates;
use super::{material, published, usage};
use crate::finding::{self, Finding, Severity, quoted, worst};
use jeton_oauth::certificate::Certificate;
use jeton_oauth::json::Object;
use jeton_oauth::{Algorithm, Jwk, VerifyingKey};
use num_bigint::BigUint;
use serde::Serialize;
use serde_json::Value;
use std::fmt;

/// What a key says that it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Purpose {
    /// Verifying signatures; also where nothing is said.
    Signatures,
    /// Encrypting.
    Encryption,
    /// Something else, or a kind that is not known here.
    Other,
}

/// A member of a set. Its texts are foreign; private members are not in it.
pub struct KeyValidation {
    /// Its place in the set, from 0.
    pub index: usize,
    /// `kty`.
    pub kty: Option<String>,
    /// `crv`.
    pub crv: Option<String>,
    /// `kid`.
    pub kid: Option<String>,
    /// `alg`.
    pub alg: Option<String>,
    /// `use`.
    pub use_: Option<String>,
    /// `key_ops`.
    pub key_ops: Option<Vec<String>>,
    /// The length of the modulus, or of the curve's field.
    pub bits: Option<usize>,
    /// RFC 7638; not of a symmetric key, whose thumbprint would help to guess it.
    pub thumbprint: Option<String>,
    /// What it says that it is for.
    pub purpose: Purpose,
    /// The signatures that it can verify here; empty where it cannot be used.
    pub algorithms: Vec<Algorithm>,
    /// Of `x5c`, the key's own first.
    pub certificates: Vec<Certificate>,
    /// What there is to say, the worst first.
    pub findings: Vec<Finding>,
    pub(super) verifying: Option<VerifyingKey>,
    pub(super) modulus: Option<BigUint>,
}

impl KeyValidation {
    pub(super) fn read(index: usize, member: &Value, now: i64) -> Self {
        let mut key = Self {
            index,
            kty: None,
            crv: None,
            kid: None,
            alg: None,
            use_: None,
            key_ops: None,
            bits: None,
            thumbprint: None,
            purpose: Purpose::Other,
            algorithms: Vec::new(),
            certificates: Vec::new(),
            findings: Vec::new(),
            verifying: None,
            modulus: None,
        };
        match member {
            Value::Object(object) => key.read_members(object, now),
            _ => key.say(Finding::fail(
                "key.not_an_object",
                "it is no JSON object: clients skip it, or refuse the whole set",
            )),
        }
        key
    }

    fn read_members(&mut self, object: &Object, now: i64) {
        self.kid = self.text(object, "kid");
        self.alg = self.text(object, "alg");
        self.use_ = self.text(object, "use");
        self.crv = self.text(object, "crv");
        self.key_ops = self.ops(object);
        self.kty = self.text(object, "kty");
        self.private_members(object);
        if self.kty.is_none() {
            if !object.contains_key("kty") {
                self.say(Finding::fail(
                    "kty.missing",
                    "it has no kty: clients skip it",
                ));
            }
            return;
        }
        self.purpose = usage::purpose(self);
        usage::validate(self);
        let jwk = self.public_part(object);
        if self.kty.as_deref() != Some("oct") {
            self.thumbprint = jwk.thumbprint();
        }
        material::validate(self, &jwk);
        published::validate(self);
        certificates::validate(self, object, &jwk, now);
        // Clients, including jeton, skip a key with such a member.
        if self
            .findings
            .iter()
            .any(|finding| finding.code == "member.type")
        {
            self.algorithms.clear();
        }
    }

    /// The members that make the public key, and nothing else.
    fn public_part(&mut self, object: &Object) -> Jwk {
        Jwk {
            kty: self.kty.clone().unwrap_or_default(),
            crv: self.crv.clone(),
            x: self.text(object, "x"),
            y: self.text(object, "y"),
            n: self.text(object, "n"),
            e: self.text(object, "e"),
            other: jeton_oauth::OtherMembers::default(),
            ..Jwk::default()
        }
    }

    /// A member that must be a string.
    fn text(&mut self, object: &Object, name: &str) -> Option<String> {
        match object.get(name)? {
            Value::String(text) => Some(text.clone()),
            _ => {
                self.say(Finding::fail(
                    "member.type",
                    format!(
                        "{name} is not a string: clients skip the key, or refuse the whole set"
                    ),
                ));
                None
            }
        }
    }

    fn ops(&mut self, object: &Object) -> Option<Vec<String>> {
        let member = object.get("key_ops")?;
        let strings = member.as_array().and_then(|ops| {
            ops.iter()
                .map(|op| op.as_str().map(str::to_owned))
                .collect::<Option<Vec<_>>>()
        });
        if strings.is_none() {
            self.say(Finding::fail(
                "member.type",
                "key_ops is not an array of strings: clients skip the key, or refuse the whole set",
            ));
        }
        strings
    }

    /// Names them; their values are never looked at.
    fn private_members(&mut self, object: &Object) {
        let symmetric = self.kty.as_deref() == Some("oct");
        let names: Vec<&str> = ["d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv"]
            .into_iter()
            .filter(|name| object.contains_key(*name) && !(symmetric && *name == "k"))
            .collect();
        if !names.is_empty() {
            self.say(Finding::fail(
                "private.published",
                format!(
                    "the private half is published ({}): anyone can sign with it; withdraw the key now, and every token that it signed",
                    names.join(", ")
                ),
            ));
        }
        if symmetric {
            self.say(Finding::fail(
                "symmetric.published",
                "a shared secret is published: anyone can sign with it; withdraw the key now, and every token that it signed",
            ));
        }
    }

    pub(super) fn say(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    pub(super) fn sort(&mut self) {
        finding::sort(&mut self.findings);
    }

    /// The worst level of its findings.
    #[must_use]
    pub fn worst(&self) -> Severity {
        worst(&self.findings)
    }

    /// Whether it is meant for signatures and can be used for them.
    #[must_use]
    pub fn verifies_signatures(&self) -> bool {
        self.purpose == Purpose::Signatures && !self.algorithms.is_empty()
    }

    /// Kind and size: `RSA 2048`, `EC P-256`, `OKP Ed25519`; the name alone where it is not known here.
    #[must_use]
    pub fn kind(&self) -> String {
        let kty = self.kty.as_deref().unwrap_or("no key");
        match (&self.crv, self.bits) {
            (Some(crv), _) if matches!(kty, "EC" | "OKP") => format!("{kty} {crv}"),
            (_, Some(bits)) => format!("{kty} {bits}"),
            _ => kty.to_owned(),
        }
    }

    /// What to call it: its `kid` in quotes, or its place in the set, counted from 1.
    #[must_use]
    pub fn name(&self) -> String {
        self.kid
            .as_deref()
            .map_or_else(|| format!("key {} (no kid)", self.index + 1), quoted)
    }
}

impl fmt::Debug for KeyValidation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyValidation")
            .field("index", &self.index)
            .field("kid", &self.kid)
            .field("kind", &self.kind())
            .field("findings", &self.findings)
            .finish_non_exhaustive()
    }
}
