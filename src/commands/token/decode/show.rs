//! A decoded token on the screen. Neither the token itself nor its signature is in it.

use super::claims;
use super::{ENCRYPTED, NOT_VERIFIED, OPAQUE};
use crate::output::finding::{paint, word};
use crate::output::time::span;
use crate::output::{Bar, Console, Paint, Panel, Row};
use jeton_inspect::finding::Finding;
use jeton_inspect::token::json_text::{Member, members};
use jeton_inspect::token::whole;
use jeton_inspect::token::{Payload, Structure};

/// Header and claims as tables, and what is odd.
pub(super) fn panel(
    token: &str,
    structure: &Structure,
    oddities: &[Finding],
    console: &Console,
) -> String {
    let mut texts = Vec::new();
    describe("Token", token, structure, console, &mut texts);
    if !oddities.is_empty() {
        let mut odd = Panel::titled("Oddities");
        for oddity in oddities {
            odd.push(Row::new(word(oddity.severity), &oddity.what).paint(paint(oddity.severity)));
        }
        texts.push(odd.render(console.stdout));
    }
    texts.join("\n")
}

fn describe(
    title: &str,
    token: &str,
    structure: &Structure,
    console: &Console,
    texts: &mut Vec<String>,
) {
    let look = console.stdout;
    let (verdict, header, payload) = match structure {
        Structure::Jws {
            header, payload, ..
        } => (NOT_VERIFIED, Some(header), Some(payload)),
        Structure::Jwe { header, .. } => (ENCRYPTED, Some(header), None),
        Structure::Opaque => (OPAQUE, None, None),
    };
    let mut about = Panel::titled(title);
    about.push(Row::new("Type", &kind(token, structure)));
    let said = match payload {
        Some(Payload::Claims(part)) => members(part.json()),
        Some(Payload::Nested { .. } | Payload::Other) | None => Vec::new(),
    };
    about_life(&said, console, &mut about);
    about.push(Row::new("Trust", verdict).paint(Paint::Warning));
    texts.push(about.render(look));
    if let Some(header) = header {
        texts.push(claims::table_of("Header", &members(header.json()), console).render(look));
    }
    match payload {
        Some(Payload::Claims(_)) => texts.extend(claims::render(&said, console)),
        Some(Payload::Nested { token, structure }) => {
            describe("Nested token", token, structure, console, texts);
        }
        Some(Payload::Other) | None => {}
    }
}

fn kind(token: &str, structure: &Structure) -> String {
    let size = token.len();
    match structure {
        Structure::Jws {
            signature, payload, ..
        } => {
            let what = match payload {
                Payload::Nested { .. } => "nested JWT",
                Payload::Claims(_) | Payload::Other => "JWT",
            };
            format!("{what}, {size} bytes (signature {signature})")
        }
        Structure::Jwe { .. } => format!("encrypted JWT (JWE), {size} bytes"),
        Structure::Opaque => format!("opaque, {} characters", token.chars().count()),
    }
}

/// How much is left of the time from `iat` (else `nbf`) to `exp`, if the token has both.
fn about_life(claims: &[Member<'_>], console: &Console, about: &mut Panel) {
    let date = |name: &str| {
        let member = claims.iter().rfind(|member| member.name == name)?;
        let date: f64 = member.value.parse().ok()?;
        date.is_finite().then(|| whole(date))
    };
    let (Some(start), Some(end)) = (date("iat").or_else(|| date("nbf")), date("exp")) else {
        return;
    };
    if end <= start {
        return;
    }
    let now = console.now();
    let bar = Bar::between(start, end, now);
    let lifetime = span(end.abs_diff(start));
    let text = match u64::try_from(end.saturating_sub(now)) {
        Ok(left) if left > 0 => format!("{bar}  {} left of {lifetime}", span(left)),
        _ => format!("{bar}  expired (lifetime {lifetime})"),
    };
    about.push(Row::new("Lifetime", &text).paint(bar.paint()));
}
