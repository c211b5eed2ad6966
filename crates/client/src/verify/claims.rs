//! Rules for the claims. Only the signature shows who made them.

use super::finding::{Rule, RuleFinding};
use super::rules::{AccessTokenRules, IntrospectionRules};
use jeton_oauth::finding::Severity;
use jeton_oauth::json::Object;
use jeton_oauth::jwt::claims::{audience, numeric_date, text};
use serde_json::Value;
use std::time::Duration;

/// The claims of RFC 9068 2.2 that are required and have no rule of their own, which says so itself.
const REQUIRED: [&str; 7] = ["iss", "exp", "aud", "sub", "client_id", "iat", "jti"];

/// A signed introspection answer is made for the asker, now: one that is older (5 min) is a replay.
const OLDEST_ANSWER: f64 = 300.0;

/// Ten thousand years, in seconds: whoever writes more means for ever.
const LONGEST_TOLD: u64 = 3_652_500 * 86_400;

/// The claims of an access token at a time in seconds since 1970.
pub(super) fn access_token(
    claims: &Object,
    rules: &AccessTokenRules,
    now: i64,
) -> Vec<RuleFinding> {
    let mut findings = vec![
        issuer(claims, rules.issuer.as_deref()),
        for_whom(claims, rules),
    ];
    findings.extend(times(
        claims,
        now,
        rules.leeway,
        rules.expiry_may_be_missing,
    ));
    findings.extend(profile(claims, rules.strict));
    findings.extend(scope(claims, &rules.scopes));
    findings
}

/// The claims of a signed introspection answer (RFC 9701 5).
pub(super) fn introspection(
    claims: &Object,
    rules: &IntrospectionRules,
    now: i64,
) -> Vec<RuleFinding> {
    let own = AccessTokenRules {
        audience: vec![rules.client_id.clone()],
        ..AccessTokenRules::default()
    };
    let mut findings = vec![issuer(claims, Some(&rules.issuer)), for_whom(claims, &own)];
    // A response is made for one request; it need not expire (RFC 9701 5).
    findings.extend(times(claims, now, rules.leeway, true));
    #[expect(clippy::cast_precision_loss, reason = "exact for every date to come")]
    let oldest = now as f64 - OLDEST_ANSWER - rules.leeway.as_secs_f64();
    match numeric_date(claims, "iat") {
        Ok(None) => findings.push(RuleFinding::fail(Rule::IssuedAt, "there is no iat")),
        Ok(Some(iat)) if iat < oldest => {
            findings.retain(|finding| finding.rule != Rule::IssuedAt);
            let words = format!("response issued {}: too old", away(iat, now));
            findings.push(RuleFinding::fail(Rule::IssuedAt, words));
        }
        Ok(Some(_)) | Err(_) => {}
    }
    let nested = claims.get("token_introspection");
    let active = nested.and_then(|nested| nested.get("active"));
    findings.push(match active {
        Some(Value::Bool(_)) => {
            RuleFinding::ok(Rule::Introspection, "has a token_introspection object")
        }
        _ => RuleFinding::fail(
            Rule::Introspection,
            "no token_introspection with a boolean active",
        ),
    });
    findings
}

fn issuer(claims: &Object, wanted: Option<&str>) -> RuleFinding {
    let own = match text(claims, "iss") {
        Ok(own) => own,
        Err(error) => return RuleFinding::fail(Rule::Issuer, error.to_string()),
    };
    match (own, wanted) {
        (Some(own), Some(wanted)) if own == wanted => RuleFinding::ok(Rule::Issuer, own.to_owned()),
        (Some(own), Some(wanted)) => {
            RuleFinding::fail(Rule::Issuer, format!("\"{own}\", expected \"{wanted}\""))
        }
        (None, Some(wanted)) => {
            RuleFinding::fail(Rule::Issuer, format!("no iss; expected \"{wanted}\""))
        }
        (Some(own), None) => RuleFinding::note(
            Rule::Issuer,
            format!("not checked: \"{own}\"; no expected issuer was given"),
        ),
        (None, None) => RuleFinding::note(
            Rule::Issuer,
            "not checked: no iss, and no expected issuer was given",
        ),
    }
}

fn for_whom(claims: &Object, rules: &AccessTokenRules) -> RuleFinding {
    let rule = Rule::Audience;
    let own = match audience(claims) {
        Ok(own) => own,
        Err(error) => return RuleFinding::fail(rule, error.to_string()),
    };
    if own.is_empty() {
        return if rules.audience_may_be_missing && !claims.contains_key("aud") {
            RuleFinding::note(rule, "no aud; allowed as an exception")
        } else {
            RuleFinding::fail(rule, "no aud: the token does not say who may accept it")
        };
    }
    let wanted = &rules.audience;
    if wanted.is_empty() {
        let listed = own.join(" ");
        let words = format!("not checked: {listed}; no expected audience was given");
        return RuleFinding::note(rule, words);
    }
    match wanted.iter().find(|wanted| own.contains(&wanted.as_str())) {
        Some(found) => RuleFinding::ok(rule, found.clone()),
        None => RuleFinding::fail(
            rule,
            format!("{}, expected {}", own.join(" "), wanted.join(" or ")),
        ),
    }
}

/// `exp`, `nbf` and `iat`, with a leeway on the side of the token (client requirement 61).
fn times(claims: &Object, now: i64, leeway: Duration, may_be_endless: bool) -> Vec<RuleFinding> {
    let within = format!("leeway {} s", leeway.as_secs());
    let leeway = leeway.as_secs_f64();
    #[expect(clippy::cast_precision_loss, reason = "exact for every date to come")]
    let at = now as f64;
    let mut findings = Vec::new();
    match numeric_date(claims, "exp") {
        Err(error) => findings.push(RuleFinding::fail(Rule::Expiry, error.to_string())),
        Ok(None) => {
            let words = "no exp: the token never expires";
            findings.push(if may_be_endless {
                RuleFinding::note(Rule::Expiry, words)
            } else {
                RuleFinding::fail(Rule::Expiry, words)
            });
        }
        Ok(Some(exp)) if at < exp + leeway => {
            let word = if at < exp { "expires" } else { "expired" };
            let words = format!("{word} {} ({within})", away(exp, now));
            findings.push(RuleFinding::ok(Rule::Expiry, words));
        }
        Ok(Some(exp)) => {
            let words = format!("expired {} ({within})", away(exp, now));
            findings.push(RuleFinding::fail(Rule::Expiry, words));
        }
    }
    for (rule, name, begins, began) in [
        (Rule::NotBefore, "nbf", "valid", "valid since"),
        (Rule::IssuedAt, "iat", "issued", "issued"),
    ] {
        findings.push(match numeric_date(claims, name) {
            Err(error) => RuleFinding::fail(rule, error.to_string()),
            Ok(None) => continue,
            Ok(Some(time)) => {
                let severity = if time <= at + leeway {
                    Severity::Ok
                } else {
                    Severity::Fail
                };
                let word = if time <= at { began } else { begins };
                RuleFinding::new(
                    rule,
                    severity,
                    format!("{word} {} ({within})", away(time, now)),
                )
            }
        });
    }
    findings
}

/// What RFC 9068 2.2 requires, each claim that is missing by itself.
fn profile(claims: &Object, strict: bool) -> Vec<RuleFinding> {
    let severity = if strict {
        Severity::Fail
    } else {
        Severity::Note
    };
    let missing: Vec<RuleFinding> = REQUIRED
        .into_iter()
        .filter_map(|name| {
            let words = match (name, claims.get(name)) {
                (_, None) => format!("no {name}; RFC 9068 requires it"),
                ("sub" | "client_id" | "jti", Some(value)) if !value.is_string() => {
                    format!("the claim {name:?} has the wrong type")
                }
                _ => return None,
            };
            Some(RuleFinding::new(Rule::Profile, severity, words))
        })
        .collect();
    if missing.is_empty() {
        return vec![RuleFinding::ok(
            Rule::Profile,
            "has all claims that RFC 9068 requires",
        )];
    }
    missing
}

/// Scopes that are demanded. `scope` is a text; some servers write an array, or call it `scp`.
fn scope(claims: &Object, demanded: &[String]) -> Option<RuleFinding> {
    if demanded.is_empty() {
        return None;
    }
    let granted: Vec<&str> = match claims.get("scope").or_else(|| claims.get("scp")) {
        None => Vec::new(),
        Some(Value::String(text)) => text.split(' ').collect(),
        Some(Value::Array(values)) => values.iter().filter_map(Value::as_str).collect(),
        Some(_) => return Some(RuleFinding::fail(Rule::Scope, "wrong type")),
    };
    let missing: Vec<&str> = demanded
        .iter()
        .map(String::as_str)
        .filter(|wanted| !granted.contains(wanted))
        .collect();
    Some(if missing.is_empty() {
        RuleFinding::ok(Rule::Scope, demanded.join(" "))
    } else {
        let words = format!(
            "missing {}; the token has \"{}\"",
            missing.join(" "),
            granted.join(" ")
        );
        RuleFinding::fail(Rule::Scope, words)
    })
}

/// `in 598 s`, `3 days ago`, `now`.
fn away(time: f64, now: i64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "exact for every date to come")]
    let distance = time - now as f64;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it saturates"
    )]
    let span = distance.abs() as u64;
    let long = match span {
        0 => return "now".to_owned(),
        1..7_200 => format!("{span} s"),
        7_200..172_800 => format!("{} h", span / 3_600),
        172_800..LONGEST_TOLD => format!("{} days", span / 86_400),
        LONGEST_TOLD.. => "more than 10000 years".to_owned(),
    };
    if distance < 0.0 {
        format!("{long} ago")
    } else {
        format!("in {long}")
    }
}
