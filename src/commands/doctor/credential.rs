//! The credential: where it is, and whether it can be used. Its value is never shown.

use super::client_certificate;
use super::convert::error_finding;
use super::step::{Name, Step};
use super::steps::{Evidence, Outcome, Running};
use super::subject::Subject;
use crate::commands::source::{certificate_place, credential_place};
use crate::error::Error;
use crate::exit::Exit;
use jeton_client::method::CredentialKind;
use jeton_client::{CredentialError, Credentials};
use jeton_inspect::finding::{Finding, Who};
use jeton_profile::{SecretRef, Sourced, oddity};
use std::time::Instant;

/// Reads the credential that the method needs, and the certificate where one is presented.
pub(super) fn check<'a>(subject: &'a Subject<'a>, _: &'a Evidence) -> Running<'a> {
    Box::pin(async {
        Outcome::from(match subject.given {
            Some(_) => Step::skipped(Name::Credential, "a token was given"),
            None => read(subject).await,
        })
    })
}

async fn read(subject: &Subject<'_>) -> Step {
    let started = Instant::now();
    let (profile, credentials) = (subject.profile(), subject.opened.source.credentials());
    let kind = subject.credential();
    let step = match kind {
        CredentialKind::PrivateKey => private_key(subject, credentials).await,
        CredentialKind::Secret => secret(subject, credentials).await,
        CredentialKind::Certificate => certificate(subject, credentials).await,
    };
    // With every method the certificate is presented, and the token is bound to it.
    let presented = kind != CredentialKind::Certificate && profile.mtls.certificate().is_some();
    let step = if presented && !step.is_broken() {
        self::presented(subject, credentials).await.unwrap_or(step)
    } else {
        step
    };
    let step = step.took(started.elapsed());
    match step.is_broken() {
        true => step.would_exit(Exit::Credential),
        false => step,
    }
}

async fn private_key(subject: &Subject<'_>, credentials: &dyn Credentials) -> Step {
    let profile = subject.profile();
    let place = profile.private_key();
    let step = match credentials.private_key().await {
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

async fn secret(subject: &Subject<'_>, credentials: &dyn Credentials) -> Step {
    let place = subject.profile().secret();
    let from = from(subject, &place);
    let step = match credentials.secret().await {
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

async fn certificate(subject: &Subject<'_>, credentials: &dyn Credentials) -> Step {
    let profile = subject.profile();
    let step = match credentials.certificate().await {
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
async fn presented(subject: &Subject<'_>, credentials: &dyn Credentials) -> Option<Step> {
    match credentials.certificate().await {
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

fn suspicious(from: &str, odd: &str) -> Finding {
    Finding::warn("credential.odd", format!("secret from {from}: {odd}")).by(Who::You)
    .remedy("compare it with what the operator gave you, and write it again: `printf %s 'SECRET' > FILE` adds nothing")
}

fn failed(cause: CredentialError) -> Step {
    let error = match cause.downcast::<jeton_profile::Error>() {
        Ok(of_profile) => (*of_profile).into(),
        Err(other) => Error::credential(other.to_string()),
    };
    Step::fail(
        Name::Credential,
        error_finding("credential.unavailable", Who::You, &error),
    )
}
