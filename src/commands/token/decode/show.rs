//! A decoded token on the screen, and as JSON. Neither has the token itself or its signature.

use super::json_text::{Member, members, string, strings};
use super::odd::whole;
use crate::commands::token::anatomy::{Anatomy, Part};
use crate::error::Result;
use crate::output::clean::escape_json;
use crate::output::time::relative;
use crate::output::{Console, Paint, Panel, Row};
use std::borrow::Cow;

const NOT_VERIFIED: &str =
    "not verified: the signature was not checked, anyone may have written this";
const ENCRYPTED: &str = "not verified, and encrypted (JWE): only its receiver can read the claims";
const OPAQUE: &str = "not verified: an opaque token says nothing to those who carry it; its resource server asks the \
                      authorization server about it (introspection, RFC 7662)";
/// Claims whose number is a time.
const TIMES: [&str; 6] = ["exp", "nbf", "iat", "auth_time", "updated_at", "toe"];
/// More members are counted, not shown.
const MOST: usize = 200;

/// Header and claims as tables, and what is odd.
pub(super) fn panel(
    token: &str,
    anatomy: &Anatomy,
    oddities: &[String],
    console: &Console,
) -> String {
    let (verdict, header, claims) = match anatomy {
        Anatomy::Jws { header, claims, .. } => (NOT_VERIFIED, Some(header), claims.as_ref()),
        Anatomy::Jwe { header, .. } => (ENCRYPTED, Some(header), None),
        Anatomy::Opaque => (OPAQUE, None, None),
    };
    let mut panels = Vec::new();
    let mut token_panel = Panel::titled("Token");
    token_panel.push(Row::new("Kind", &kind(token, anatomy)));
    token_panel.push(Row::new("Trust", verdict).paint(Paint::Warning));
    panels.push(token_panel);
    if let Some(header) = header {
        panels.push(table("Header", header.json(), console));
    }
    if let Some(claims) = claims {
        panels.push(table("Claims", claims.json(), console));
    }
    let mut odd = Panel::titled("Odd");
    for oddity in oddities {
        odd.push(Row::new("!", oddity).paint(Paint::Warning));
    }
    panels.push(odd);
    let texts: Vec<_> = panels
        .iter()
        .filter(|panel| !panel.is_empty())
        .map(|panel| panel.render(console.stdout))
        .collect();
    texts.join("\n")
}

fn kind(token: &str, anatomy: &Anatomy) -> String {
    match anatomy {
        Anatomy::Jws { signature, .. } => format!("JWT, signature of {signature} bytes"),
        Anatomy::Jwe { .. } => "encrypted JWT (JWE)".to_owned(),
        Anatomy::Opaque => format!("opaque, {} characters", token.chars().count()),
    }
}

/// The members of a JSON object, claims in a form for people.
pub(in crate::commands::token) fn table(title: &str, json: &str, console: &Console) -> Panel {
    let mut panel = Panel::titled(title);
    let members = members(json);
    for member in members.iter().take(MOST) {
        panel.push(row(member, console));
    }
    if members.len() > MOST {
        panel.push(Row::new("…", &format!("and {} more", members.len() - MOST)));
    }
    panel
}

/// One member: strings without quotes, lists side by side, times as the wall clock shows them.
fn row(member: &Member<'_>, console: &Console) -> Row {
    let raw = member.value;
    let row = |value: &str| Row::new(&member.name, value);
    match member.name.as_str() {
        name if TIMES.contains(&name) => match raw.parse::<f64>() {
            Ok(date) if date.is_finite() => {
                let time = whole(date);
                let text = format!(
                    "{}  {}",
                    console.zone.stamp(time),
                    relative(time, console.now())
                );
                row(&text).aside(raw)
            }
            _ => row(raw),
        },
        "aud" | "scope" | "scp" => match strings(raw) {
            Some(list) => row(&list.join(" ")),
            None => row(raw),
        },
        "cnf" => {
            let bound =
                members(raw_object(raw))
                    .iter()
                    .find_map(|bound| match bound.name.as_str() {
                        "jkt" => Some("bound to a DPoP key"),
                        "x5t#S256" => Some("bound to a client certificate"),
                        _ => None,
                    });
            row(raw).aside(bound.unwrap_or_default())
        }
        "act" => row(raw).aside("who acts for the subject"),
        _ => match string(raw) {
            Some(text) => row(&text),
            None => row(raw),
        },
    }
}

/// The value, or an empty object where it is none.
fn raw_object(raw: &str) -> &str {
    if raw.starts_with('{') { raw } else { "{}" }
}

/// Header and claims as the very text that stood in the token: digits, order and repeated names included. Harmful
/// characters are written as escapes, which is the same JSON.
///
/// Keys, always there: `type` (jws, jwe, opaque), `verified` (false), `header`, `claims` (null where there are none
/// to be read), `notes`.
pub(super) fn json(anatomy: &Anatomy, oddities: &[String]) -> Result<String> {
    let (kind, header, claims, about) = match anatomy {
        Anatomy::Jws { header, claims, .. } => ("jws", Some(header), claims.as_ref(), NOT_VERIFIED),
        Anatomy::Jwe { header, .. } => ("jwe", Some(header), None, ENCRYPTED),
        Anatomy::Opaque => ("opaque", None, None, OPAQUE),
    };
    let notes: Vec<_> = std::iter::once(about)
        .chain(oddities.iter().map(String::as_str))
        .collect();
    let notes = serde_json::to_string(&notes).map_err(anyhow::Error::from)?;
    Ok(format!(
        "{{\n  \"type\": \"{kind}\",\n  \"verified\": false,\n  \"header\": {},\n  \"claims\": {},\n  \"notes\": {}\n}}\n",
        raw(header),
        raw(claims),
        escape_json(&notes)
    ))
}

fn raw(part: Option<&Part>) -> Cow<'_, str> {
    part.map_or("null".into(), |part| escape_json(part.json().trim()))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::super::odd::oddities;
    use super::{json, panel};
    use crate::commands::token::anatomy::Anatomy;
    use crate::commands::token::anatomy::tests::jws;
    use crate::output::Console;
    use serde_json::Value;

    fn shown(token: &str) -> (String, String) {
        let console = Console::plain();
        let anatomy = Anatomy::of(token);
        let odd = oddities(token, &anatomy, console.now());
        (
            panel(token, &anatomy, &odd, &console),
            json(&anatomy, &odd).unwrap(),
        )
    }

    const CLAIMS: &str = r#"{"iss":"https://auth.example.com","sub":"billing","aud":["https://api.example.com","urn:x"],"scope":"api.read","iat":1795221000,"exp":1795221600.5,"cnf":{"jkt":"abc"},"act":{"sub":"robot"},"big":12345678901234567890123,"evil":"\u001b[2J\u202ex"}"#;

    #[test]
    fn a_jwt_in_tables() {
        let (text, _) = shown(&jws(
            r#"{"alg":"ES256","typ":"at+jwt","kid":"2026-10"}"#,
            CLAIMS,
        ));
        insta::assert_snapshot!(text, @r#"
        Token
          Kind   JWT, signature of 3 bytes
          Trust  not verified: the signature was not checked, anyone may have written this

        Header
          alg  ES256
          typ  at+jwt
          kid  2026-10

        Claims
          iss    https://auth.example.com
          sub    billing
          aud    https://api.example.com urn:x
          scope  api.read
          iat    2026-11-21 00:30:00  33s ago            1795221000
          exp    2026-11-21 00:40:00  in 9m 27s          1795221600.5
          cnf    {"jkt":"abc"}                           bound to a DPoP key
          act    {"sub":"robot"}                         who acts for the subject
          big    12345678901234567890123
          evil   x
        "#);
    }

    #[test]
    fn opaque_and_encrypted() {
        let (text, document) = shown("opaque-0123456789");
        insta::assert_snapshot!(text, @r"
        Token
          Kind   opaque, 17 characters
          Trust  not verified: an opaque token says nothing to those who carry it; its resource server asks
                 the authorization server about it (introspection, RFC 7662)
        ");
        assert!(document.contains("\"type\": \"opaque\""));
        let header = jeton_oauth::base64url::encode(r#"{"alg":"dir","enc":"A256GCM"}"#);
        let (text, document) = shown(&format!("{header}..aXY.Y2lwaGVy.dGFn"));
        assert!(
            text.contains("encrypted (JWE): only its receiver"),
            "{text}"
        );
        assert!(text.contains("A256GCM"), "{text}");
        assert!(document.contains("\"type\": \"jwe\""));
    }

    #[test]
    fn json_is_the_text_of_the_token() {
        let claims = "{\"z\":1.10,\"a\":12345678901234567890123,\"a\":\"\u{202e}\u{7f}\"}";
        let (_, document) = shown(&jws(r#"{"alg":"ES256"}"#, claims));
        assert!(
            document.contains(
                "\"claims\": {\"z\":1.10,\"a\":12345678901234567890123,\"a\":\"\\u202e\\u007f\"},"
            ),
            "{document}"
        );
        assert!(document.contains("\"header\": {\"alg\":\"ES256\"},"));
        let read: Value = serde_json::from_str(&document).unwrap();
        assert_eq!(read["verified"], false);
    }

    #[test]
    fn every_output_says_that_nothing_was_verified_and_none_has_the_token() {
        let header = jeton_oauth::base64url::encode(r#"{"alg":"dir"}"#);
        for token in [
            jws(r#"{"alg":"none"}"#, CLAIMS),
            format!("{header}.a.b.c.d"),
            "opaque-token-opaque-token".to_owned(),
        ] {
            let (text, document) = shown(&token);
            assert!(text.contains("not verified"), "{text}");
            assert!(document.contains("\"verified\": false"), "{document}");
            for part in token.split('.').filter(|part| part.len() > 3) {
                assert!(
                    !text.contains(part) && !document.contains(part),
                    "{text}{document}"
                );
            }
        }
    }
}
