//! All rules over one token: pure.

use super::finding::{Rule, RuleFinding};
use super::key_set::{Choice, KeySet};
use super::rules::{Claims, Rules};
use super::{claims, header};
use jeton_oauth::finding::Severity;
use jeton_oauth::jwt::{JwtError, Unverified, Verified};

/// No token is longer (1 MiB); headers that carry one end at a few kilobytes.
const LONGEST: usize = 1 << 20;

/// What all rules found.
#[derive(Debug)]
pub struct Judgement {
    findings: Vec<RuleFinding>,
    verified: Option<Verified>,
    unknown_kid: bool,
}

impl Judgement {
    /// Whether the signature was verified and no rule failed.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.verified.is_some() && self.failures() == 0
    }

    /// What every rule found, in the order of the token.
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

    /// The token, where it holds.
    ///
    /// # Errors
    /// The findings, where it does not.
    pub fn into_verified(self) -> Result<Verified, Vec<RuleFinding>> {
        let holds = self.holds();
        match self.verified {
            Some(verified) if holds => Ok(verified),
            _ => Err(self.findings),
        }
    }

    /// Notes beside what was found of the key that the set is so many seconds old.
    pub(super) fn keys_of_before(&mut self, age: i64) {
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
    /// Judges a token at a time in seconds since 1970. What it finds is complete, but for a text that is no JWT at all.
    #[must_use]
    pub fn judge(&self, token: &str, keys: &KeySet, now: i64) -> Judgement {
        let mut findings = Vec::with_capacity(12);
        let token = match read(token) {
            Ok(token) => token,
            Err(words) => {
                findings.push(RuleFinding::fail(Rule::Form, words));
                return Judgement {
                    findings,
                    verified: None,
                    unknown_kid: false,
                };
            }
        };
        findings.push(RuleFinding::ok(Rule::Form, "a signed JWT in compact form"));
        let alg = header::judge(token.header(), self, &mut findings);
        let choice = alg.map(|alg| keys.choose(token.header(), alg));
        let typ = header::judge_type(token.header(), &self.claims);
        let judged = match &self.claims {
            Claims::NotJudged => {
                let words = "not judged: nothing is said of times, issuer and audience";
                vec![RuleFinding::note(Rule::Claims, words)]
            }
            Claims::AccessToken(rules) => claims::access_token(token.claims(), rules, now),
            Claims::Introspection(rules) => claims::introspection(token.claims(), rules, now),
        };
        let unknown_kid = matches!(choice, Some(Choice::UnknownKid));
        let verified = self.check_signature(token, choice, &mut findings);
        findings.extend(typ);
        findings.extend(judged);
        Judgement {
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
                findings.push(unchecked("for want of a key"));
                return None;
            }
            Some(Choice::None(words)) => {
                findings.push(RuleFinding::fail(Rule::Key, words));
                findings.push(unchecked("for want of a key"));
                return None;
            }
            None => {
                findings.push(unchecked("for the algorithm's sake"));
                return None;
            }
        };
        let named = kid.map_or_else(
            || "there is no kid".to_owned(),
            |kid| format!("kid \"{kid}\""),
        );
        findings.push(match keys.len() {
            1 => RuleFinding::ok(Rule::Key, named),
            many => {
                let more = if cut { " and more" } else { "" };
                let words = format!("{named}: {many} keys{more} fit, each is tried");
                RuleFinding::note(Rule::Key, words)
            }
        });
        match token.verify_any(&self.algorithms, &keys) {
            Ok((verified, _)) => {
                findings.push(RuleFinding::ok(Rule::Signature, "it matches"));
                Some(verified)
            }
            Err(JwtError::Crit) => {
                findings.push(unchecked("for crit's sake"));
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
    RuleFinding::fail(Rule::Signature, format!("not checked, {why}"))
}

/// The token, or why it is none.
fn read(token: &str) -> Result<Unverified, String> {
    if token.len() > LONGEST {
        return Err("it is longer than 1 MiB".to_owned());
    }
    Unverified::parse(token).map_err(|error| match error {
        JwtError::Encrypted => {
            "an encrypted token (JWE): only its receiver can read it, and decrypting would verify nothing"
                .to_owned()
        }
        JwtError::Parts { .. } if !token.contains('.') => {
            "an opaque token: there is no signature to verify, introspection tells whether it is active"
                .to_owned()
        }
        other => other.to_string(),
    })
}
