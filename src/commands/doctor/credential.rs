//! The credential: where it is, and whether it can be used. Its value is never shown.

use super::diagnosis::{Diagnosis, Who};
use super::step::{Name, Step};
use super::walk::{Ready, Walk};
use crate::error::Error;
use crate::settings::{MethodChoice, SecretRef, Sourced};
use jeton_client::CredentialError;
use jeton_oauth::AuthMethod;
use std::time::Instant;

impl Walk<'_> {
    /// Reads the credential that the method needs.
    pub(super) fn credential(&mut self, ready: &Ready) {
        let started = Instant::now();
        let profile = &ready.opened.profile;
        let credentials = ready.opened.source.credentials();
        let signs = match profile.auth_method.value {
            MethodChoice::One(method) => method == AuthMethod::PrivateKeyJwt,
            MethodChoice::Auto => credentials.has_private_key(),
        };
        let step = if signs {
            let place = profile.private_key();
            let from = self.from(&place);
            match credentials.private_key() {
                Ok(found) => {
                    let algorithms: Vec<_> = found
                        .value
                        .algorithms()
                        .iter()
                        .map(|alg| alg.as_str())
                        .collect();
                    let kid = profile.assertion.kid.as_ref().map(|kid| kid.value.as_str());
                    let kid = kid.or_else(|| found.value.kid());
                    let named = kid.map_or_else(String::new, |kid| format!(" · kid {kid}"));
                    let summary =
                        format!("private key from {from} · {}{named}", algorithms.join(", "));
                    Step::ok(Name::Credential, summary)
                        .fact("kind", "private_key")
                        .fact("source", found.source)
                        .fact("algorithms", algorithms)
                        .fact("kid", kid)
                }
                Err(error) => failed(error),
            }
            .fact("place", place.value.to_string())
            .fact("origin", place.origin.to_string())
        } else {
            let place = profile.secret();
            let from = self.from(&place);
            match credentials.secret() {
                Ok(found) => match oddity(found.value.expose()) {
                    None => Step::ok(Name::Credential, format!("secret from {from}")),
                    Some(odd) => Step::warn(Name::Credential, suspicious(&from, odd)),
                }
                .fact("kind", "client_secret")
                .fact("source", found.source),
                Err(error) => failed(error),
            }
            .fact("place", place.value.to_string())
            .fact("origin", place.origin.to_string())
        };
        self.note(step.took(started.elapsed()));
    }

    fn from(&self, place: &Sourced<SecretRef>) -> String {
        if self.args.client.embedded {
            "the embedded authority".to_owned()
        } else {
            told(place)
        }
    }
}

/// `file /home/me/billing.secret (config.toml:8)`
pub(super) fn told(place: &Sourced<SecretRef>) -> String {
    let (value, origin) = (place.value.to_string(), place.origin.to_string());
    if value == origin {
        value
    } else {
        format!("{value} ({origin})")
    }
}

/// What looks as if it did not belong to a secret: most often a slip of whoever put it there.
fn oddity(secret: &str) -> Option<&'static str> {
    let quoted = |mark| secret.len() > 1 && secret.starts_with(mark) && secret.ends_with(mark);
    if secret.trim() != secret {
        Some("it begins or ends with white space")
    } else if quoted('"') || quoted('\'') {
        Some("it stands in quotes, which are sent too")
    } else if secret.contains(['\n', '\r']) {
        Some("it has more than one line")
    } else {
        None
    }
}

fn suspicious(from: &str, odd: &str) -> Diagnosis {
    Diagnosis::new(
        "credential.odd",
        Who::You,
        format!("secret from {from}: {odd}"),
    )
    .remedy("compare it with what the operator gave you, and write it anew: `printf %s 'SECRET' > FILE` adds nothing")
}

fn failed(cause: CredentialError) -> Step {
    let error = match cause.downcast::<Error>() {
        Ok(own) => *own,
        Err(other) => Error::credential(other.to_string()),
    };
    Step::fail(
        Name::Credential,
        Diagnosis::of_error("credential.unavailable", Who::You, &error),
    )
}

#[cfg(test)]
mod tests {
    use super::oddity;

    #[test]
    fn slips_of_whoever_wrote_the_secret() {
        for good in ["s3cret", "with space", "a\"b", "\"", "'x"] {
            assert_eq!(oddity(good), None, "{good:?}");
        }
        for odd in [" s", "s\t", "\"s\"", "'s'", "a\nb"] {
            assert!(oddity(odd).is_some(), "{odd:?}");
        }
    }
}
