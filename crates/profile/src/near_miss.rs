//! Variables that are set and not read, and that look like one that is.

use crate::env::Variable;
use crate::environment::Environment;
use crate::finding::{Finding, Located};
use crate::reference::variables;
use std::path::Path;

/// What the variables of jeton begin with.
const PREFIXES: [&str; 3] = ["CC_", "OIDC_", "JETON_"];

/// How many characters may differ.
const SLIPS: usize = 2;

/// How many may be missing or too many at the end: `OIDC_ISSUER_URL`, `CC_MTLS_KEY_FILE`.
const ENDING: usize = 4;

/// A warning for each variable that is probably meant to be another one, which is not set.
pub(crate) fn findings(environment: &Environment) -> Vec<Located> {
    let mut suspects = environment
        .set()
        .filter(|(name, _)| ours(name).is_some())
        .peekable();
    // Nearly always there is nothing to compare.
    if suspects.peek().is_none() {
        return Vec::new();
    }
    let known = variables();
    suspects
        .filter(|(name, _)| known.iter().all(|variable| variable.name != *name))
        .filter_map(|(name, place)| {
            let meant = meant(name, &known)?;
            let is_free = environment.origin(meant).is_none();
            is_free.then(|| located(name, meant, place))
        })
        .collect()
}

/// Whether it could be one of ours, and what follows the prefix.
fn ours(name: &str) -> Option<&str> {
    let upper = |prefix: &&&str| {
        name.get(..prefix.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    };
    let prefix = PREFIXES.iter().find(upper)?;
    name.get(prefix.len()..)
}

/// The variable that was probably meant.
fn meant(name: &str, known: &[Variable]) -> Option<&'static str> {
    let tail = ours(name)?;
    // Programs of all kinds read OIDC_… variables; jeton reads one.
    if name.to_ascii_uppercase().starts_with("OIDC_") && !plain(tail).starts_with('i') {
        return None;
    }
    let candidates = known
        .iter()
        .map(|variable| variable.name)
        .filter(|candidate| ours(candidate).is_some());
    candidates
        .filter_map(|candidate| Some((distance(name, tail, candidate)?, candidate)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// How far a name is from a variable; `None` where it is another one.
fn distance(name: &str, tail: &str, candidate: &'static str) -> Option<usize> {
    let (typed, known) = (plain(name), plain(candidate));
    // JETON_CLIENT_ID, CC_ISSUER: the right name behind the wrong prefix.
    if ours(candidate).is_some_and(|own| plain(own) == plain(tail)) {
        return Some(1);
    }
    if is_a_word_short(name, candidate) {
        return Some(1);
    }
    let (shorter, longer) = if typed.len() < known.len() {
        (&typed, &known)
    } else {
        (&known, &typed)
    };
    let more = longer.len() - shorter.len();
    if shorter.len() > 2 * ENDING && longer.starts_with(shorter.as_str()) && more <= ENDING {
        return Some(more);
    }
    let distance = strsim::osa_distance(&typed, &known);
    (distance <= SLIPS.min(known.len() / 4)).then_some(distance)
}

/// CC_SECRET, CC_PRIVATE_KEY_FILE: one word of the right name is missing.
fn is_a_word_short(name: &str, candidate: &str) -> bool {
    let words: Vec<_> = candidate.split('_').collect();
    let without = |left_out: usize| {
        let kept = words.iter().enumerate();
        let kept: Vec<_> = kept
            .filter(|(at, _)| *at != left_out)
            .map(|(_, word)| *word)
            .collect();
        kept.join("_")
    };
    (1..words.len().saturating_sub(1)).any(|at| without(at).eq_ignore_ascii_case(name))
}

fn plain(name: &str) -> String {
    name.to_ascii_lowercase().replace('_', "")
}

fn located(name: &str, meant: &str, place: Option<(&Path, usize)>) -> Located {
    let finding = Finding::warn(
        "environment.near_miss",
        format!("jeton does not read {name}"),
    )
    .remedy(format!("did you mean {meant}?"));
    let (path, line) = place.map_or((Path::new("environment"), None), |(path, line)| {
        (path, Some(line))
    });
    Located {
        line,
        ..Located::in_file(finding, path)
    }
}

#[cfg(test)]
mod tests {
    use super::findings;
    use crate::env::OIDC_ISSUER;
    use crate::testing::environment;

    fn told(name: &str) -> Option<String> {
        let found = findings(&environment(&[(name, "x")]));
        let first = found.first()?;
        Some(first.with_remedy())
    }

    #[test]
    fn slips_name_the_right_variable() {
        for (name, meant) in [
            ("CC_SCOPE", "CC_SCOPES"),
            ("cc_scopes", "CC_SCOPES"),
            ("OIDC_ISSUER_URL", OIDC_ISSUER),
            ("OIDC_ISUER", OIDC_ISSUER),
            ("CC_ISSUER", OIDC_ISSUER),
            ("CC_CLIENTID", "CC_CLIENT_ID"),
            ("CC_CLIENT", "CC_CLIENT_ID"),
            ("CC_CLIENT_SECRETS", "CC_CLIENT_SECRET"),
            ("CC_CLIENT_SERCET", "CC_CLIENT_SECRET"),
            ("JETON_CLIENT_SECRET", "CC_CLIENT_SECRET"),
            ("CC_AUDIENCES", "CC_AUDIENCE"),
            ("CC_MTLS_KEY_FILE", "CC_MTLS_KEY"),
            ("CC_PRIVATE_KEY_FILE", "CC_JWT_PRIVATE_KEY_FILE"),
            ("JETON_PROFIL", "JETON_PROFILE"),
            ("JETON_CONFIG_FILE", "JETON_CONFIG"),
        ] {
            let expected =
                format!("environment: jeton does not read {name} (did you mean {meant}?)");
            assert_eq!(told(name), Some(expected));
        }
    }

    #[test]
    fn variables_of_others_are_passed_over() {
        for name in [
            "CC",
            "CC_x86_64_unknown_linux_musl",
            "CC_ENABLE_DEBUG_OUTPUT",
            "CC_FLAGS",
            "CC_OPTS",
            "OIDC_CLIENT_ID",
            "OIDC_USER",
            "OIDC_SCOPES",
            "JETON_TEST_VECTORS",
            "HOME",
            "CC_SCOPES",
            "CC_CLIENT_SECRET_FILE",
        ] {
            assert_eq!(told(name), None);
        }
    }

    #[test]
    fn nothing_is_said_where_the_right_one_is_set() {
        let both = environment(&[("CC_SCOPE", "a"), ("CC_SCOPES", "b")]);
        assert!(findings(&both).is_empty());
        assert!(findings(&environment(&[("CC_SCOPE", "")])).is_empty());
    }
}
