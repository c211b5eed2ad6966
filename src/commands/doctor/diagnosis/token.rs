//! A token that came, and is not what was asked for, or does not hold.

use super::{Around, Diagnosis, Who};
use crate::error::Found;

/// What is odd about a token.
pub(in crate::commands::doctor) fn odd(oddities: &[String]) -> Diagnosis {
    let what = match oddities {
        [only] => format!("the token is odd: {only}"),
        [first, rest @ ..] => format!("the token is odd: {first}, and {} more", rest.len()),
        [] => "the token is odd".to_owned(),
    };
    oddities
        .iter()
        .fold(
            Diagnosis::new("decode.odd", Who::Operator, what),
            |diagnosis, oddity| diagnosis.seen(oddity.clone()),
        )
        .remedy("a resource server may refuse it: tell the server's operator")
}

/// Rules that failed. `fresh`: whether the token came a moment ago; one that was given may be old. `keys`: what the key
/// set holds, where it could be read.
pub(in crate::commands::doctor) fn unverified(
    around: &Around,
    found: &[Found],
    fresh: bool,
    keys: &[String],
    jwks: &str,
) -> Diagnosis {
    let failed: Vec<&Found> = found.iter().filter(|found| found.level == "fail").collect();
    let rules: Vec<&str> = failed.iter().map(|found| found.rule).collect();
    let has = |rule: &str| rules.contains(&rule);
    let another = format!(
        "get a new one, and see whether that is taken: `jeton token get -p {} --fresh`",
        around.profile
    );
    let diagnosis = if has("form") {
        Diagnosis::new("verify.form", Who::Operator, "the token is no signed JWT")
            .remedy("`jeton token decode` shows what it is")
    } else if has("key") {
        Diagnosis::new(
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
        .remedy("`jeton jwks test` judges the set, and --token says which key of it would do")
    } else if has("signature") || has("alg") {
        Diagnosis::new(
            "verify.signature",
            Who::Operator,
            "the signature of the token does not hold",
        )
        .remedy("the key set may be that of another server, or have another key under the same kid: `jeton jwks test --token -`")
    } else if has("iss") {
        Diagnosis::new(
            "verify.issuer",
            Who::Operator,
            "the token names another issuer than the server",
        )
        .remedy(format!(
            "resource servers compare iss with {}: the operator must put the same name into tokens and metadata",
            around.target
        ))
    } else if has("exp") && !fresh {
        Diagnosis::new("verify.time", Who::You, "the token has ended")
            .remedy(another)
            .remedy(format!(
                "if it should still be good, compare the clocks: this machine says {}",
                around.now
            ))
    } else if has("exp") || has("nbf") || has("iat") {
        Diagnosis::new(
            "verify.time",
            Who::Either,
            "the token is not valid at this time",
        )
        .remedy(format!(
            "compare the clocks: this machine says {}",
            around.now
        ))
    } else {
        Diagnosis::new("verify.claims", Who::Operator, "the token does not hold")
            .remedy("`jeton token verify` and `jeton token decode` show what it says")
    };
    failed.iter().fold(diagnosis, |diagnosis, found| {
        diagnosis.seen(format!("{}: {}", found.rule, found.words))
    })
}

/// Fewer scopes than were asked for.
pub(in crate::commands::doctor) fn scope(
    around: &Around,
    missing: &[&str],
    got: Option<&str>,
) -> Diagnosis {
    Diagnosis::new(
        "scope.fewer",
        Who::Operator,
        format!(
            "the token lacks a scope that was asked for: {}",
            missing.join(" ")
        ),
    )
    .seen(format!(
        "asked for: \"{}\" ({})",
        around.scopes, around.scopes_at
    ))
    .seen(format!("got: \"{}\"", got.unwrap_or_default()))
    .remedy(format!(
        "have {} granted to {}, or ask for less: scopes ({})",
        missing.join(" "),
        around.client_id,
        around.scopes_at
    ))
    .remedy("in scripts `jeton token get --require-scope` fails where a scope is missing")
}

/// The token is for somebody else.
pub(in crate::commands::doctor) fn audience(
    around: &Around,
    asked: &[String],
    got: &[String],
) -> Diagnosis {
    let got = match got {
        [] => "it names nobody".to_owned(),
        list => format!("it is for {}", list.join(", ")),
    };
    Diagnosis::new(
        "audience.other",
        Who::Either,
        "the token is not for what was asked for",
    )
    .seen(format!("asked for: {}", asked.join(", ")))
    .seen(got)
    .remedy(format!(
        "check resource and audience ({}): some servers know resource (RFC 8707), others an audience of their own, others derive it from the scope",
        around.resource_at
    ))
    .remedy(format!("or have the operator register it for {}", around.client_id))
}

#[cfg(test)]
mod tests {
    use super::{Around, audience, odd, scope, unverified};
    use crate::error::Found;

    fn of(rule: &'static str) -> (&'static str, String) {
        let found = [
            Found {
                rule: "typ",
                level: "pass",
                words: "fine".to_owned(),
            },
            Found {
                rule,
                level: "fail",
                words: "why".to_owned(),
            },
        ];
        let keys = ["k1".to_owned()];
        let diagnosis = unverified(&Around::default(), &found, true, &keys, "https://a/jwks");
        (diagnosis.code, diagnosis.seen.join("\n"))
    }

    #[test]
    fn a_token_that_was_given_may_be_old() {
        for rule in ["exp", "key"] {
            let found = [Found {
                rule,
                level: "fail",
                words: "why".to_owned(),
            }];
            let told = |fresh| unverified(&Around::default(), &found, fresh, &[], "https://a/jwks");
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
        let around = Around {
            client_id: "me".to_owned(),
            scopes: "a b".to_owned(),
            ..Around::default()
        };
        let fewer = scope(&around, &["b"], Some("a"));
        assert!(
            fewer.what.ends_with(": b") && fewer.seen[1] == "got: \"a\"",
            "{fewer:?}"
        );
        let other = audience(&around, &["x".to_owned()], &[]);
        assert_eq!(other.seen, ["asked for: x", "it names nobody"]);
        let two = odd(&["one".to_owned(), "two".to_owned()]);
        assert!(two.what.ends_with("one, and 1 more"), "{two:?}");
    }
}
