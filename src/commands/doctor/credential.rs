//! The credential: where it is, and whether it can be used. Its value is never shown.

use super::client_certificate;
use super::convert::error_finding;
use super::step::{Name, Step};
use super::steps::{Evidence, Outcome, Running};
use super::subject::Subject;
use crate::commands::source::{certificate_place, credential_place};
use crate::error::Error;
use crate::exit::Exit;
use jeton_client::{CredentialError, Credentials, MethodChoice};
use jeton_inspect::finding::{Finding, Who};
use jeton_oauth::AuthMethod;
use jeton_profile::{Profile, SecretRef, Sourced};
use std::time::Instant;

/// What proves who the client is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Proof {
    PrivateKey,
    Secret,
    Certificate,
}

/// Reads the credential that the method needs, and the certificate where one is presented.
pub(super) fn check<'a>(subject: &'a Subject<'a>, _: &'a Evidence) -> Running<'a> {
    let step = match subject.given {
        Some(_) => Step::skipped(Name::Credential, "a token was given"),
        None => read(subject),
    };
    Outcome::from(step).ready()
}

fn read(subject: &Subject<'_>) -> Step {
    let started = Instant::now();
    let (profile, credentials) = (subject.profile(), subject.opened.source.credentials());
    let proof = proof(profile, credentials);
    let step = match proof {
        Proof::PrivateKey => private_key(subject, credentials),
        Proof::Secret => secret(subject, credentials),
        Proof::Certificate => certificate(subject, credentials),
    };
    // Whatever the method, the certificate is presented, and the token bound to it.
    let presented = proof != Proof::Certificate && profile.mtls.certificate().is_some();
    let step = if presented && !step.is_broken() {
        self::presented(subject, credentials).unwrap_or(step)
    } else {
        step
    };
    let step = step.took(started.elapsed());
    match step.is_broken() {
        true => step.would_exit(Exit::Credential),
        false => step,
    }
}

fn private_key(subject: &Subject<'_>, credentials: &dyn Credentials) -> Step {
    let profile = subject.profile();
    let place = profile.private_key();
    let step = match credentials.private_key() {
        Ok(found) => {
            let algorithms = found.value.algorithms().iter().map(|alg| alg.as_str());
            let algorithms: Vec<_> = algorithms.collect();
            let kid = profile.assertion.kid.as_ref().map(|kid| kid.value.as_str());
            let kid = kid.or_else(|| found.value.kid());
            let named = kid.map_or_else(String::new, |kid| format!(" · kid {kid}"));
            let (from, list) = (from(subject, &place), algorithms.join(", "));
            Step::ok(
                Name::Credential,
                format!("private key from {from} · {list}{named}"),
            )
            .fact("kind", "private_key")
            .fact("source", found.source)
            .fact("algorithms", algorithms)
            .fact("kid", kid)
        }
        Err(error) => failed(error),
    };
    step.fact("place", place.value.to_string())
        .fact("origin", place.origin.to_string())
}

fn secret(subject: &Subject<'_>, credentials: &dyn Credentials) -> Step {
    let place = subject.profile().secret();
    let from = from(subject, &place);
    let step = match credentials.secret() {
        Ok(found) => match oddity(found.value.expose()) {
            None => Step::ok(Name::Credential, format!("secret from {from}")),
            Some(odd) => Step::warn(Name::Credential, suspicious(&from, odd)),
        }
        .fact("kind", "client_secret")
        .fact("source", found.source),
        Err(error) => failed(error),
    };
    step.fact("place", place.value.to_string())
        .fact("origin", place.origin.to_string())
}

fn certificate(subject: &Subject<'_>, credentials: &dyn Credentials) -> Step {
    let profile = subject.profile();
    let step = match credentials.certificate() {
        Ok(found) => client_certificate::step(profile, &found, subject.session.now()),
        Err(error) => failed(error),
    };
    match profile.mtls.certificate() {
        Some(place) => step
            .fact("place", place.value.display().to_string())
            .fact("origin", place.origin.to_string()),
        None => step,
    }
}

/// What is wrong with a certificate beside another credential.
fn presented(subject: &Subject<'_>, credentials: &dyn Credentials) -> Option<Step> {
    match credentials.certificate() {
        Ok(found) => {
            let from = certificate_place(subject.profile());
            client_certificate::trouble(&found.value, &from, subject.session.now())
        }
        Err(error) => Some(failed(error)),
    }
}

fn from(subject: &Subject<'_>, place: &Sourced<SecretRef>) -> String {
    if subject.session.args.client.embedded {
        "the embedded authority".to_owned()
    } else {
        credential_place(place)
    }
}

/// As `auto` decides, without the server's list.
fn proof(profile: &Profile, credentials: &dyn Credentials) -> Proof {
    let has_certificate = profile.mtls.certificate().is_some();
    match profile.auth_method.value {
        MethodChoice::One(AuthMethod::PrivateKeyJwt) => Proof::PrivateKey,
        MethodChoice::One(AuthMethod::TlsClientAuth | AuthMethod::SelfSignedTlsClientAuth) => {
            Proof::Certificate
        }
        MethodChoice::One(_) => Proof::Secret,
        MethodChoice::Auto if credentials.has_private_key() => Proof::PrivateKey,
        MethodChoice::Auto if has_certificate && !credentials.has_secret() => Proof::Certificate,
        MethodChoice::Auto => Proof::Secret,
    }
}

/// What looks as if it did not belong to a secret: most often a slip of whoever put it there.
fn oddity(secret: &str) -> Option<&'static str> {
    let quoted = |mark| secret.len() > 1 && secret.starts_with(mark) && secret.ends_with(mark);
    if secret.trim() != secret {
        Some("it begins or ends with white space")
    } else if quoted('"') || quoted('\'') {
        Some("it is in quotes, which are sent too")
    } else if secret.contains(['\n', '\r']) {
        Some("it has more than one line")
    } else {
        None
    }
}

fn suspicious(from: &str, odd: &str) -> Finding {
    Finding::warn("credential.odd", format!("secret from {from}: {odd}")).by(Who::You)
    .remedy("compare it with what the operator gave you, and write it again: `printf %s 'SECRET' > FILE` adds nothing")
}

fn failed(cause: CredentialError) -> Step {
    let error = match cause.downcast::<Error>() {
        Ok(own) => *own,
        Err(other) => Error::credential(other.to_string()),
    };
    Step::fail(
        Name::Credential,
        error_finding("credential.unavailable", Who::You, &error),
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
