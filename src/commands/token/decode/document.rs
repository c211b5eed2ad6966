//! A decoded token as JSON. Neither the token itself nor its signature is in it.

use super::{ENCRYPTED, NOT_VERIFIED, OPAQUE};
use crate::commands::token::anatomy::{Anatomy, Part, Payload};
use crate::error::Result;
use crate::output::clean::escape_json;
use std::borrow::Cow;

/// Header and claims as the very text that stood in the token: digits, order and repeated names included. Harmful
/// characters are written as escapes, which is the same JSON.
///
/// Keys, always there: `type` (jws, jwe, opaque), `verified` (false), `size` in bytes, `header`, `claims` (null where
/// there are none to be read), `nested` (a token inside: `type`, `header`, `claims`, `nested`; else null), `notes`.
pub(super) fn json(token: &str, anatomy: &Anatomy, oddities: &[String]) -> Result<String> {
    let about = match anatomy {
        Anatomy::Jws { .. } => NOT_VERIFIED,
        Anatomy::Jwe { .. } => ENCRYPTED,
        Anatomy::Opaque => OPAQUE,
    };
    let notes: Vec<_> = std::iter::once(about)
        .chain(oddities.iter().map(String::as_str))
        .collect();
    let notes = serde_json::to_string(&notes).map_err(anyhow::Error::from)?;
    let parts = Parts::of(anatomy);
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
    fn of(anatomy: &'a Anatomy) -> Self {
        let (kind, header, payload) = match anatomy {
            Anatomy::Jws {
                header, payload, ..
            } => ("jws", Some(header), Some(payload)),
            Anatomy::Jwe { header, .. } => ("jwe", Some(header), None),
            Anatomy::Opaque => ("opaque", None, None),
        };
        let null = Cow::Borrowed("null");
        let (claims, nested) = match payload {
            Some(Payload::Claims(claims)) => (raw(claims), null),
            Some(Payload::Nested { anatomy, .. }) => (null, Self::of(anatomy).inner()),
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
