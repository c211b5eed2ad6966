//! A token that was received, but is invalid or not what was requested.

use super::fail;
use crate::context::ProfileContext;
use crate::finding::{Finding, Severity, Who};

/// A token with oddities.
pub fn odd(oddities: &[Finding]) -> Finding {
    let what = match oddities {
        [only] => format!("the token is odd: {}", only.what),
        [first, rest @ ..] => format!("the token is odd: {}, and {} more", first.what, rest.len()),
        [] => "the token is odd".to_owned(),
    };
    let finding = Finding::warn("decode.odd", what).by(Who::Operator);
    oddities
        .iter()
        .fold(finding, |finding, odd| finding.seen(odd.what.as_str()))
        .remedy("a resource server may refuse it: tell the server's operator")
}

/// Rules that failed. `fresh`: whether the token came a moment ago; one that was given may be old. `keys`: what the key
/// set holds, where it could be read.
pub fn unverified(
    context: &ProfileContext,
    found: &[Finding],
    fresh: bool,
    keys: &[String],
    jwks: &str,
) -> Finding {
    let failed: Vec<&Finding> = found
        .iter()
        .filter(|found| found.severity == Severity::Fail)
        .collect();
    let rules: Vec<&str> = failed.iter().map(|found| found.code).collect();
    let has = |rule: &str| rules.contains(&rule);
    let another = format!(
        "get a new one and try again: `jeton token get -p {} --fresh`",
        context.profile
    );
    let diagnosis = if has("form") {
        fail(
            "verify.form",
            Who::Operator,
            "the token is not a signed JWT",
        )
        .remedy("`jeton token decode` shows what it is")
    } else if has("key") {
        fail(
            "verify.unknown_key",
            if fresh { Who::Operator } else { Who::Either },
            "the key that signed the token is not in the server's key set",
        )
        .seen(match keys {
            [] => format!("the set at {jwks} has no key that can be used"),
            keys => format!("the set at {jwks} has {}", keys.join(", ")),
        })
        .remedy_if((!fresh).then(|| another.clone()))
        .remedy("the operator must publish the key before it signs, or the metadata names the key set of another server")
        .remedy("`jeton jwks test` checks the set, and --token says which of its keys would verify the token")
    } else if has("signature") || has("alg") {
        fail(
            "verify.signature",
            Who::Operator,
            "the signature of the token does not match",
        )
        .remedy("the key set may belong to another server, or have another key under the same kid: `jeton jwks test --token -`")
    } else if has("iss") {
        fail(
            "verify.issuer",
            Who::Operator,
            "the token names another issuer than the server",
        )
        .remedy(format!(
            "resource servers compare iss with {}: the operator must use the same name in tokens and metadata",
            context.target.value
        ))
    } else if has("exp") && !fresh {
        fail("verify.time", Who::You, "the token has expired")
            .remedy(another)
            .remedy(format!(
                "if it should still be valid, compare the clocks: this machine says {}",
                now(context)
            ))
    } else if has("exp") || has("nbf") || has("iat") {
        fail(
            "verify.time",
            Who::Either,
            "the token is not valid at this time",
        )
        .remedy(format!(
            "compare the clocks: this machine says {}",
            now(context)
        ))
    } else {
        fail("verify.claims", Who::Operator, "token verification failed")
            .remedy("`jeton token verify` and `jeton token decode` show what it says")
    };
    failed.iter().fold(diagnosis, |diagnosis, found| {
        diagnosis.seen(format!("{}: {}", found.code, found.what))
    })
}

/// Fewer scopes than were asked for.
pub fn scope(context: &ProfileContext, missing: &[&str], got: Option<&str>) -> Finding {
    fail(
        "scope.fewer",
        Who::Operator,
        format!(
            "the token lacks a scope that was asked for: {}",
            missing.join(" ")
        ),
    )
    .seen(format!(
        "asked for: \"{}\" ({})",
        context.scopes.value, context.scopes.origin
    ))
    .seen(format!("got: \"{}\"", got.unwrap_or_default()))
    .remedy(format!(
        "have the operator grant {} to {}, or ask for less: scopes ({})",
        missing.join(" "),
        context.client_id.value,
        context.scopes.origin
    ))
    .remedy("in scripts, `jeton token get --require-scope` fails if a scope is missing")
}

/// The token is for another audience.
pub fn audience(context: &ProfileContext, asked: &[String], got: &[String]) -> Finding {
    let got = match got {
        [] => "it has no audience".to_owned(),
        list => format!("it is for {}", list.join(", ")),
    };
    fail(
        "audience.other",
        Who::Either,
        "the token is for another audience than requested",
    )
    .seen(format!("asked for: {}", asked.join(", ")))
    .seen(got)
    .remedy(format!(
        "check resource and audience ({}): some servers use resource (RFC 8707), others an audience parameter, others derive it from the scope",
        context.resource_origin
    ))
    .remedy(format!("or have the operator register it for {}", context.client_id.value))
}

fn now(context: &ProfileContext) -> &str {
    context.now.as_deref().unwrap_or("nothing")
}

#[cfg(test)]
mod tests {
    use super::{audience, odd, scope, unverified};
    use crate::context::{ProfileContext, Setting};
    use crate::finding::Finding;

    fn of(rule: &'static str) -> (&'static str, String) {
        let found = [Finding::ok("typ", "fine"), Finding::fail(rule, "why")];
        let keys = ["k1".to_owned()];
        let context = ProfileContext::default();
        let finding = unverified(&context, &found, true, &keys, "https://a/jwks");
        (finding.code, finding.seen.join("\n"))
    }

    #[test]
    fn a_token_that_was_given_may_be_old() {
        let context = ProfileContext::default();
        for rule in ["exp", "key"] {
            let found = [Finding::fail(rule, "why")];
            let told = |fresh| unverified(&context, &found, fresh, &[], "https://a/jwks");
            assert!(told(false).remedy[0].contains("token get -p"), "{rule}");
            assert!(!told(true).remedy.concat().contains("token get"), "{rule}");
        }
    }

    #[test]
    fn the_first_rule_that_matters_gives_the_code() {
        for (rule, code) in [
            ("form", "verify.form"),
            ("key", "verify.unknown_key"),
            ("signature", "verify.signature"),
            ("iss", "verify.issuer"),
            ("exp", "verify.time"),
            ("profile", "verify.claims"),
        ] {
            let (found, seen) = of(rule);
            assert_eq!(found, code);
            assert!(
                seen.contains(&format!("{rule}: why")) && !seen.contains("fine"),
                "{seen}"
            );
        }
        assert!(of("key").1.contains("https://a/jwks has k1"));
    }

    #[test]
    fn what_is_missing_is_named() {
        let setting = |value: &str| Setting {
            value: value.to_owned(),
            ..Setting::default()
        };
        let context = ProfileContext {
            client_id: setting("me"),
            scopes: setting("a b"),
            ..ProfileContext::default()
        };
        let fewer = scope(&context, &["b"], Some("a"));
        assert!(
            fewer.what.ends_with(": b") && fewer.seen[1] == "got: \"a\"",
            "{fewer:?}"
        );
        let other = audience(&context, &["x".to_owned()], &[]);
        assert_eq!(other.seen, ["asked for: x", "it has no audience"]);
        let two = odd(&[Finding::warn("a", "one"), Finding::warn("b", "two")]);
        assert!(two.what.ends_with("one, and 1 more"), "{two:?}");
    }
}
