//! What is odd about a token: signs of a mistake or of an attack.

use super::json_text::{Member, members, repeated, string};
use super::personal::personal;
use super::structure::{Payload, Structure};
use crate::finding::Finding;
use crate::span::{relative, span};
use jeton_oauth::Algorithm;
use jeton_oauth::jwt::Unverified;

/// Access tokens live for minutes or hours.
const LONG: f64 = 86_400.0;
/// Some servers and proxies reject larger tokens.
const LARGE: usize = 4096;
/// Clocks differ by less.
const LEEWAY: f64 = 60.0;
/// Header parameters that carry or name a key: a verifier that uses them trusts the token to vouch for itself.
const KEYS_OF_ITS_OWN: [&str; 4] = ["jwk", "jku", "x5u", "x5c"];
/// Further findings are dropped.
const MOST: usize = 50;

/// Everything odd, most telling first. `now` is in seconds since 1970.
#[must_use]
pub fn oddities(token: &str, structure: &Structure, now: i64) -> Vec<Finding> {
    let mut found = Vec::new();
    if token.len() > LARGE {
        found.push(Finding::warn("token.large", format!(
            "it has {} bytes: many servers and proxies accept no header beyond 8 KiB, some stop at 4",
            token.len()
        )));
    }
    match structure {
        Structure::Opaque => {}
        Structure::Jwe { header, canonical } => {
            header_oddities(&members(header.json()), false, &mut found);
            form_oddities(*canonical, &mut found);
        }
        Structure::Jws {
            header,
            payload,
            signature,
            canonical,
        } => {
            header_oddities(&members(header.json()), true, &mut found);
            if *signature == 0 {
                found.push(Finding::warn("signature.empty", "the signature is empty"));
            }
            match payload {
                Payload::Claims(claims) => claim_oddities(&members(claims.json()), now, &mut found),
                Payload::Nested { token, structure } => {
                    let inner = oddities(token, structure, now);
                    found.extend(inner.into_iter().map(|odd| Finding {
                        what: format!("inside: {}", odd.what),
                        ..odd
                    }));
                }
                Payload::Other => found.push(Finding::warn(
                    "claims.unreadable",
                    "the claims are not a JSON object, or nested too deep: they are not shown",
                )),
            }
            form_oddities(*canonical, &mut found);
            // Finally the strict reader, in case nothing above caught its objection. It reads claims only.
            if found.is_empty()
                && matches!(payload, Payload::Claims(_))
                && let Err(objection) = Unverified::parse(token)
            {
                found.push(Finding::warn(
                    "token.refused",
                    format!("a verifier refuses it: {objection}"),
                ));
            }
        }
    }
    found.truncate(MOST);
    found
}

fn form_oddities(canonical: bool, found: &mut Vec<Finding>) {
    if !canonical {
        found.push(Finding::warn("token.form", "not canonical base64url (padding, other characters or stray last bits): a verifier refuses it"));
    }
}

fn header_oddities(all: &[Member<'_>], signed: bool, found: &mut Vec<Finding>) {
    let value = |name: &str| {
        all.iter()
            .find(|member| member.name == name)
            .map(|member| member.value)
    };
    match value("alg").and_then(string) {
        None => found.push(Finding::warn(
            "alg.missing",
            "the header has no algorithm (alg)",
        )),
        Some(alg) if alg.eq_ignore_ascii_case("none") => {
            found.push(Finding::warn(
                "alg.none",
                format!("alg is {alg}: the token is not signed, anyone can write one"),
            ));
        }
        Some(alg) if signed && Algorithm::from_name(&alg).is_none() => {
            found.push(Finding::warn(
                "alg.unknown",
                format!("alg is {alg}, which jeton does not know"),
            ));
        }
        Some(_) => {}
    }
    if let Some(crit) = value("crit") {
        found.push(Finding::warn(
            "crit.unknown",
            format!("crit requires an extension that jeton does not know: {crit}"),
        ));
    }
    for name in KEYS_OF_ITS_OWN {
        if value(name).is_some() {
            found.push(Finding::warn(
                "header.key",
                format!("the header contains a key ({name}): a verifier must not trust it"),
            ));
        }
    }
    for name in repeated(all) {
        found.push(Finding::warn(
            "header.repeated",
            format!("the header has {name} more than once: readers disagree on which one counts"),
        ));
    }
}

fn claim_oddities(all: &[Member<'_>], now: i64, found: &mut Vec<Finding>) {
    // Readers that accept a repeated name use the last one.
    let value = |name: &str| {
        all.iter()
            .rfind(|member| member.name == name)
            .map(|member| member.value)
    };
    let mut date = |name: &str| {
        let text = value(name)?;
        let date = text.parse::<f64>().ok().filter(|date| date.is_finite());
        if date.is_none() {
            found.push(Finding::warn(
                "date.type",
                format!("{name} is not a number of seconds"),
            ));
        }
        date
    };
    let (exp, nbf, iat) = (date("exp"), date("nbf"), date("iat"));
    #[expect(
        clippy::cast_precision_loss,
        reason = "the clock stays below 2^53 seconds for long"
    )]
    let at = now as f64;
    let away = |date: f64| relative(whole(date), now);
    if value("exp").is_none() {
        found.push(Finding::warn(
            "exp.missing",
            "no exp: the token never expires",
        ));
    }
    if let Some(exp) = exp.filter(|exp| *exp <= at) {
        found.push(Finding::warn("exp.past", format!("expired {}", away(exp))));
    }
    if let Some(nbf) = nbf.filter(|nbf| *nbf > at + LEEWAY) {
        found.push(Finding::warn(
            "nbf.future",
            format!("not valid yet: nbf is {}", away(nbf)),
        ));
    }
    if let Some(iat) = iat.filter(|iat| *iat > at + LEEWAY) {
        found.push(Finding::warn(
            "iat.future",
            format!("issued in the future: iat is {}", away(iat)),
        ));
    }
    if let (Some(exp), Some(start)) = (exp, iat.or(nbf)) {
        if exp <= start {
            found.push(Finding::warn(
                "exp.before_start",
                "it ends before it begins",
            ));
        } else if exp - start > LONG {
            found.push(Finding::warn(
                "lifetime.long",
                format!(
                    "its lifetime is {}: a stolen one works for as long",
                    span(whole(exp).abs_diff(whole(start)))
                ),
            ));
        }
    }
    if value("aud").is_none() {
        found.push(Finding::warn(
            "aud.missing",
            "no aud: any resource server may accept it",
        ));
    }
    found.extend(personal(all));
    for name in repeated(all) {
        found.push(Finding::warn(
            "claims.repeated",
            format!("the claims have {name} more than once: readers disagree on which one counts"),
        ));
    }
}

/// Whole seconds; what is beyond the numbers is their end.
#[expect(clippy::cast_possible_truncation, reason = "the cast saturates")]
#[must_use]
pub fn whole(date: f64) -> i64 {
    date.floor() as i64
}

#[cfg(test)]
mod tests {
    use super::oddities;
    use crate::token::Structure;
    use crate::token::structure::tests::jws;

    const NOW: i64 = 1_795_221_033;
    const HEADER: &str = r#"{"alg":"ES256","typ":"at+jwt","kid":"k"}"#;

    fn odd(header: &str, claims: &str) -> Vec<String> {
        let token = jws(header, claims);
        let found = oddities(&token, &Structure::of(&token), NOW);
        found.into_iter().map(|finding| finding.what).collect()
    }

    fn sound(extra: &str) -> String {
        format!(
            "{{\"iss\":\"i\",\"aud\":\"a\",\"iat\":{},\"exp\":{}{extra}}}",
            NOW - 5,
            NOW + 600
        )
    }

    #[test]
    fn nothing_odd_about_a_sound_token() {
        assert_eq!(odd(HEADER, &sound("")), [""; 0]);
    }

    #[test]
    fn odd_headers() {
        for (header, word) in [
            (r#"{"alg":"none"}"#, "not signed"),
            (r#"{"alg":"nOnE"}"#, "not signed"),
            (r#"{"typ":"JWT"}"#, "has no algorithm"),
            (r#"{"alg":"es256"}"#, "which jeton does not know"),
            (
                r#"{"alg":"ES256","crit":["b64"],"b64":false}"#,
                "crit requires",
            ),
            (r#"{"alg":"ES256","jwk":{}}"#, "contains a key (jwk)"),
            (r#"{"alg":"ES256","alg":"none"}"#, "alg more than once"),
        ] {
            let found = odd(header, &sound(""));
            assert!(
                found.iter().any(|line| line.contains(word)),
                "{header}: {found:?}"
            );
        }
    }

    #[test]
    fn odd_claims() {
        let cases = [
            ("{\"aud\":\"a\"}".to_owned(), "no exp"),
            (
                format!("{{\"aud\":\"a\",\"exp\":{}}}", NOW - 182),
                "expired 3m 2s ago",
            ),
            (format!("{{\"aud\":\"a\",\"exp\":{NOW}}}"), "expired now"),
            (
                format!("{{\"aud\":\"a\",\"exp\":\"{}\"}}", NOW + 9),
                "exp is not a number",
            ),
            (
                "{\"aud\":\"a\",\"exp\":1e400}".to_owned(),
                "exp is not a number",
            ),
            (format!("{{\"exp\":{}}}", NOW + 9), "no aud"),
            (sound(&format!(",\"nbf\":{}", NOW + 120)), "not valid yet"),
            (
                format!(
                    "{{\"aud\":\"a\",\"iat\":{},\"exp\":{}}}",
                    NOW + 120,
                    NOW + 300
                ),
                "in the future",
            ),
            (
                format!("{{\"aud\":\"a\",\"iat\":{},\"exp\":{}}}", NOW, NOW + 86_401),
                "lifetime is 1d",
            ),
            (
                format!("{{\"aud\":\"a\",\"iat\":{},\"exp\":{}}}", NOW + 5, NOW + 4),
                "ends before it begins",
            ),
            (
                sound(",\"cnf\":{\"jkt\":\"a\",\"jkt\":\"b\"}"),
                "cnf.jkt more than once",
            ),
            ("[]".to_owned(), "not a JSON object"),
        ];
        for (claims, word) in cases {
            let found = odd(HEADER, &claims);
            assert!(
                found.iter().any(|line| line.contains(word)),
                "{claims}: {found:?}"
            );
        }
    }

    #[test]
    fn odd_forms() {
        let token = jws(HEADER, &sound(""));
        for broken in [
            format!("{token}="),
            token.replace(".AQID", "."),
            token.replace(".AQID", ".AQI-"),
        ] {
            let found = oddities(&broken, &Structure::of(&broken), NOW);
            let expected = usize::from(!broken.ends_with(".AQI-"));
            assert_eq!(found.len(), expected, "{found:?}");
        }
    }

    #[test]
    fn large_tokens_and_tokens_inside() {
        let large = odd(HEADER, &sound(&format!(",\"x\":\"{}\"", "x".repeat(4_000))));
        assert!(
            large.concat().contains("no header beyond 8 KiB"),
            "{large:?}"
        );
        let inner = jws(r#"{"alg":"none"}"#, &sound(""));
        let found = odd(HEADER, &inner);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("inside: alg is none"), "{found:?}");
    }

    #[test]
    fn the_number_of_lines_is_bounded() {
        let claims = format!("{{{}\"a\":1}}", "\"a\":1,".repeat(10_000));
        assert_eq!(odd(HEADER, &claims).len(), super::MOST);
    }
}
