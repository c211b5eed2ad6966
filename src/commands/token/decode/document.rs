//! A decoded token as JSON. Neither the token itself nor its signature is in it.

use super::{ENCRYPTED, NOT_VERIFIED, OPAQUE};
use crate::error::Result;
use crate::output::clean::escape_json;
use jeton_inspect::finding::Finding;
use jeton_inspect::token::{Part, Payload, Structure};
use std::borrow::Cow;

/// Header and claims as the very text that stood in the token: digits, order and repeated names included. Harmful
/// characters are written as escapes, which is the same JSON.
///
/// Keys, always there: `type` (jws, jwe, opaque), `verified` (false), `size` in bytes, `header`, `claims` (null where
/// there are none to be read), `nested` (a token inside: `type`, `header`, `claims`, `nested`; else null), `notes`.
pub(super) fn json(token: &str, structure: &Structure, oddities: &[Finding]) -> Result<String> {
    let about = match structure {
        Structure::Jws { .. } => NOT_VERIFIED,
        Structure::Jwe { .. } => ENCRYPTED,
        Structure::Opaque => OPAQUE,
    };
    let notes: Vec<_> = std::iter::once(about)
        .chain(oddities.iter().map(|finding| finding.what.as_str()))
        .collect();
    let notes = serde_json::to_string(&notes).map_err(anyhow::Error::from)?;
    let parts = Parts::of(structure);
    Ok(format!(
        "{{\n  \"type\": \"{}\",\n  \"verified\": false,\n  \"size\": {},\n  \"header\": {},\n  \"claims\": {},\n  \
         \"nested\": {},\n  \"notes\": {}\n}}\n",
        parts.kind,
        token.len(),
        parts.header,
        parts.claims,
        parts.nested,
        escape_json(&notes)
    ))
}

struct Parts<'a> {
    kind: &'static str,
    header: Cow<'a, str>,
    claims: Cow<'a, str>,
    nested: Cow<'a, str>,
}

impl<'a> Parts<'a> {
    fn of(structure: &'a Structure) -> Self {
        let (kind, header, payload) = match structure {
            Structure::Jws {
                header, payload, ..
            } => ("jws", Some(header), Some(payload)),
            Structure::Jwe { header, .. } => ("jwe", Some(header), None),
            Structure::Opaque => ("opaque", None, None),
        };
        let null = Cow::Borrowed("null");
        let (claims, nested) = match payload {
            Some(Payload::Claims(claims)) => (raw(claims), null),
            Some(Payload::Nested { structure, .. }) => (null, Self::of(structure).inner()),
            Some(Payload::Other) | None => (null.clone(), null),
        };
        Self {
            kind,
            header: header.map_or(Cow::Borrowed("null"), raw),
            claims,
            nested,
        }
    }

    fn inner(self) -> Cow<'static, str> {
        let Self {
            kind,
            header,
            claims,
            nested,
        } = self;
        format!(
            "{{\"type\":\"{kind}\",\"header\":{header},\"claims\":{claims},\"nested\":{nested}}}"
        )
        .into()
    }
}

fn raw(part: &Part) -> Cow<'_, str> {
    escape_json(part.json().trim())
}
