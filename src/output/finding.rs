//! Findings as they are printed: on the screen in one set of words (ok, note, warn, FAIL), in JSON in those of each document.
//!
//! The JSON documents are older than the one vocabulary, and stable (docs/json.md). So each keeps its names:
//!
//! | document | severity | code | what |
//! | --- | --- | --- | --- |
//! | `jwks test`, `mtls probe` | `level`: ok, note, warn, fail | `code` | `text` |
//! | `token verify` | `level`: pass, note, fail | `rule` | `words` |
//! | `config check` | `severity`: warning, error | none | `message`, with `path`, `line`, `column`, `hint` |
//! | `doctor` | none: it stands at the step | `code` | `what`, with `seen`, `remedy`, `who` |

use super::panel::{Panel, Row};
use super::terminal::Paint;
use jeton_inspect::finding::{Finding, Severity};
use jeton_profile::Located;
use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

/// The word for a severity.
pub(crate) const fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Ok => "ok",
        Severity::Note => "note",
        Severity::Warn => "warn",
        Severity::Fail => "FAIL",
    }
}

/// The colour of a severity.
pub(crate) const fn paint(severity: Severity) -> Paint {
    match severity {
        Severity::Ok => Paint::Good,
        Severity::Note => Paint::Hint,
        Severity::Warn => Paint::Warning,
        Severity::Fail => Paint::Bad,
    }
}

/// One row a finding: the word and the rule on the left, what was found beside them.
pub(crate) fn findings(list: &[Finding]) -> Panel {
    let mut panel = Panel::new();
    for finding in list {
        let word = word(finding.severity);
        let row = Row::new(&format!("{word:<4}  {}", finding.code), &finding.what);
        panel.push(row.paint(paint(finding.severity)));
    }
    panel
}

/// The findings of `jwks test` and `mtls probe`.
///
/// # Errors
/// Those of the serializer.
pub(crate) fn as_levels<S: Serializer>(list: &[Finding], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(list.iter().map(Level))
}

/// The findings of `token verify`, rule by rule.
///
/// # Errors
/// Those of the serializer.
pub(crate) fn as_rules<S: Serializer>(list: &[Finding], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(list.iter().map(Rule))
}

/// The finding of a step of the doctor; null where there is none.
///
/// # Errors
/// Those of the serializer.
pub(crate) fn as_diagnosis<S: Serializer>(
    finding: &Option<Finding>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    finding.as_ref().map(Diagnosis).serialize(serializer)
}

/// The findings of `config check`.
///
/// # Errors
/// Those of the serializer.
pub(crate) fn as_located<S: Serializer>(
    list: &[Located],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(list.iter().map(InFile))
}

struct InFile<'a>(&'a Located);

impl Serialize for InFile<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_struct("Finding", 6)?;
        let severity = if self.0.is_error() {
            "error"
        } else {
            "warning"
        };
        members.serialize_field("severity", severity)?;
        members.serialize_field("path", &self.0.path.display().to_string())?;
        members.serialize_field("line", &self.0.line)?;
        members.serialize_field("column", &self.0.column)?;
        members.serialize_field("message", &self.0.finding.what)?;
        members.serialize_field("hint", &self.0.finding.remedy.first())?;
        members.end()
    }
}

struct Level<'a>(&'a Finding);

impl Serialize for Level<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_struct("Finding", 3)?;
        members.serialize_field("level", &self.0.severity)?;
        members.serialize_field("code", self.0.code)?;
        members.serialize_field("text", &self.0.what)?;
        members.end()
    }
}

/// One rule of `token verify`.
pub(crate) struct Rule<'a>(pub(crate) &'a Finding);

impl Serialize for Rule<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_struct("Finding", 3)?;
        members.serialize_field("rule", self.0.code)?;
        members.serialize_field(
            "level",
            match self.0.severity {
                Severity::Ok => "pass",
                Severity::Note | Severity::Warn => "note",
                Severity::Fail => "fail",
            },
        )?;
        members.serialize_field("words", &self.0.what)?;
        members.end()
    }
}

struct Diagnosis<'a>(&'a Finding);

impl Serialize for Diagnosis<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_struct("Finding", 5)?;
        members.serialize_field("code", self.0.code)?;
        members.serialize_field("what", &self.0.what)?;
        members.serialize_field("seen", &self.0.seen)?;
        members.serialize_field("remedy", &self.0.remedy)?;
        members.serialize_field("who", &self.0.who)?;
        members.end()
    }
}

#[cfg(test)]
mod tests {
    use super::{as_diagnosis, as_levels, as_located, as_rules, findings};
    use crate::output::Look;
    use jeton_inspect::finding::{Finding, Who};
    use jeton_profile::Located;
    use serde::Serialize;
    use std::path::Path;

    #[test]
    fn aligned_and_cleaned() {
        let list = [
            Finding::ok("iss", "https://auth.example.com"),
            Finding::note("typ", "\"\u{1b}[2J\u{202e}JWT\", and RFC 9068 wants at+jwt"),
            Finding::fail("signature", "the signature does not match"),
        ];
        insta::assert_snapshot!(findings(&list).render(Look::plain()), @r#"
          ok    iss        https://auth.example.com
          note  typ        "JWT", and RFC 9068 wants at+jwt
          FAIL  signature  the signature does not match
        "#);
    }

    /// The four documents, with the names that they have had from the beginning.
    #[test]
    fn each_document_keeps_its_names() {
        #[derive(Serialize)]
        struct Documents {
            #[serde(serialize_with = "as_levels")]
            jwks: Vec<Finding>,
            #[serde(serialize_with = "as_rules")]
            verify: Vec<Finding>,
            #[serde(serialize_with = "as_located")]
            config: Vec<Located>,
            #[serde(serialize_with = "as_diagnosis")]
            doctor: Option<Finding>,
        }
        let documents = Documents {
            jwks: vec![Finding::warn("rsa.size", "short")],
            verify: vec![Finding::ok("iss", "fine")],
            config: vec![Located::in_file(
                Finding::fail("config.value", "bad").remedy("mend it"),
                Path::new("c.toml"),
            )],
            doctor: Some(
                Finding::fail("dns.unknown", "no address")
                    .seen("a")
                    .remedy("b")
                    .by(Who::You),
            ),
        };
        assert_eq!(
            serde_json::to_string(&documents).unwrap_or_default(),
            "{\"jwks\":[{\"level\":\"warn\",\"code\":\"rsa.size\",\"text\":\"short\"}],\
             \"verify\":[{\"rule\":\"iss\",\"level\":\"pass\",\"words\":\"fine\"}],\
             \"config\":[{\"severity\":\"error\",\"path\":\"c.toml\",\"line\":null,\"column\":null,\
             \"message\":\"bad\",\"hint\":\"mend it\"}],\
             \"doctor\":{\"code\":\"dns.unknown\",\"what\":\"no address\",\"seen\":[\"a\"],\
             \"remedy\":[\"b\"],\"who\":\"you\"}}"
        );
    }
}
