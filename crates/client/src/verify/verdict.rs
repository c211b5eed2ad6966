//! Applies all rules to one token; pure.

use super::finding::{Rule, RuleFinding};
use super::key_set::{Choice, KeySet};
use super::rules::{Claims, Rules};
use super::{claims, header};
use jeton_oauth::finding::Severity;
use jeton_oauth::jwt::{JwtError, Unverified, Verified};

/// No token is longer (1 MiB); headers that carry one end at a few kilobytes.
const LONGEST: usize = 1 << 20;

/// The findings of all rules.
#[derive(Debug)]
pub struct Verdict {
    findings: Vec<RuleFinding>,
    verified: Option<Verified>,
    unknown_kid: bool,
}

impl Verdict {
    /// Whether the signature was verified and no rule failed.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.verified.is_some() && self.failures() == 0
    }

    /// The finding of every rule, in the order of the token.
    #[must_use]
    pub fn findings(&self) -> &[RuleFinding] {
        &self.findings
    }

    /// How many rules failed.
    #[must_use]
    pub fn failures(&self) -> usize {
        let failed = |finding: &&RuleFinding| finding.severity == Severity::Fail;
        self.findings.iter().filter(failed).count()
    }

    /// The token, if it is valid.
    ///
    /// # Errors
    /// The findings, if it is not.
    pub fn into_verified(self) -> Result<Verified, Vec<RuleFinding>> {
        let holds = self.holds();
        match self.verified {
            Some(verified) if holds => Ok(verified),
            _ => Err(self.findings),
        }
    }

    /// Adds the age of the key set, in seconds, as a note behind the finding about the key.
    pub(super) fn note_age_of_keys(&mut self, age: i64) {
        let at = self
            .findings
            .iter()
            .rposition(|finding| finding.rule == Rule::Key);
        if let Some(at) = at {
            let words = format!("the key set was fetched {age} s ago");
            self.findings
                .insert(at + 1, RuleFinding::note(Rule::Key, words));
        }
    }

    /// Whether the token names a key that is not in the set: a newer set may have it.
    pub(super) const fn names_an_unknown_key(&self) -> bool {
        self.unknown_kid
    }
}

impl Rules {
    /// Validates a token as of `now`, in seconds since 1970. The findings are complete, unless the text is not a JWT.
    #[must_use]
    pub fn validate(&self, token: &str, keys: &KeySet, now: i64) -> Verdict {
        let mut findings = Vec::with_capacity(12);
        let token = match read(token, &self.claims) {
            Ok(token) => token,
            Err(words) => {
                findings.push(RuleFinding::fail(Rule::Form, words));
                return Verdict {
                    findings,
                    verified: None,
                    unknown_kid: false,
                };
            }
        };
        let form = if token.has_claims() {
            "a signed JWT in compact form"
        } else {
            "a JWS in compact form; its payload is not a JSON object, so it has no claims"
        };
        findings.push(RuleFinding::ok(Rule::Form, form));
        let alg = header::validate(token.header(), self, &mut findings);
        let choice = alg.map(|alg| keys.choose(token.header(), alg));
        let typ = header::validate_type(token.header(), &self.claims);
        let checked = match &self.claims {
            Claims::NotChecked => {
                let words = "not checked: times, issuer and audience";
                vec![RuleFinding::note(Rule::Claims, words)]
            }
            Claims::AccessToken(rules) => claims::access_token(token.claims(), rules, now),
            Claims::Introspection(rules) => claims::introspection(token.claims(), rules, now),
        };
        let unknown_kid = matches!(choice, Some(Choice::UnknownKid));
        let verified = self.check_signature(token, choice, &mut findings);
        findings.extend(typ);
        findings.extend(checked);
        Verdict {
            findings,
            verified,
            unknown_kid,
        }
    }

    fn check_signature(
        &self,
        token: Unverified,
        choice: Option<Choice<'_>>,
        findings: &mut Vec<RuleFinding>,
    ) -> Option<Verified> {
        let kid = token.header().kid.clone();
        let (keys, cut) = match choice {
            Some(Choice::Try { keys, cut }) => (keys, cut),
            Some(Choice::UnknownKid) => {
                let words = format!("no key has the kid \"{}\"", kid.unwrap_or_default());
                findings.push(RuleFinding::fail(Rule::Key, words));
                findings.push(unchecked("no matching key"));
                return None;
            }
            Some(Choice::None(words)) => {
                findings.push(RuleFinding::fail(Rule::Key, words));
                findings.push(unchecked("no matching key"));
                return None;
            }
            None => {
                findings.push(unchecked("the algorithm is not allowed"));
                return None;
            }
        };
        let named = kid.map_or_else(
            || "the token has no kid".to_owned(),
            |kid| format!("kid \"{kid}\""),
        );
        findings.push(match keys.len() {
            1 => RuleFinding::ok(Rule::Key, named),
            many => {
                let more = if cut { " and more" } else { "" };
                let words = format!("{named}: {many} keys{more} match, each is tried");
                RuleFinding::note(Rule::Key, words)
            }
        });
        match token.verify_any(&self.algorithms, &keys) {
            Ok((verified, _)) => {
                findings.push(RuleFinding::ok(Rule::Signature, "valid"));
                Some(verified)
            }
            Err(JwtError::Crit) => {
                findings.push(unchecked("crit lists an unknown extension"));
                None
            }
            Err(error) => {
                findings.push(RuleFinding::fail(Rule::Signature, error.to_string()));
                None
            }
        }
    }
}

fn unchecked(why: &str) -> RuleFinding {
    RuleFinding::fail(Rule::Signature, format!("not checked: {why}"))
}

/// The token, or why the text is not one. Where claims are not checked, any signed text will do.
fn read(token: &str, claims: &Claims) -> Result<Unverified, String> {
    if token.len() > LONGEST {
        return Err("it is longer than 1 MiB".to_owned());
    }
    let read = match claims {
        Claims::NotChecked => Unverified::parse_jws(token),
        Claims::AccessToken(_) | Claims::Introspection(_) => Unverified::parse(token),
    };
    read.map_err(|error| match error {
        JwtError::Encrypted => {
            "an encrypted token (JWE): only its receiver can read it, and decrypting would verify nothing"
                .to_owned()
        }
        JwtError::Parts { .. } if !token.contains('.') => {
            "an opaque token: it has no signature to verify; introspection shows whether it is active"
                .to_owned()
        }
        other => other.to_string(),
    })
}
