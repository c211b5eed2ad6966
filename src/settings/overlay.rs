//! What flags and environment change in the selected profile.

use super::choice::{self, MethodChoice, unsupported};
use super::environment::Environment;
use super::inputs::Overrides;
use super::origin::{Origin, Sourced};
use super::profile::Profile;
use super::secret_ref::SecretRef;
use super::{env, values};
use crate::error::Error;
use jeton_oauth::{ResourceUri, Scopes};
use std::path::PathBuf;

/// Lays the environment and then the flags over a profile.
///
/// # Errors
/// Exit 3 for a value that makes no sense, named by where it comes from.
pub(super) fn apply(
    profile: &mut Profile,
    environment: &Environment,
    flags: &Overrides,
) -> Result<(), Error> {
    refuse_unsupported(environment)?;
    let text = |name| environment.text(name);
    set_optional(&mut profile.issuer, text(env::OIDC_ISSUER)?, values::issuer)?;
    let endpoint = text(env::CC_TOKEN_ENDPOINT)?;
    set_optional(&mut profile.token_endpoint, endpoint, values::endpoint)?;
    let client_id = text(env::CC_CLIENT_ID)?;
    set_optional(&mut profile.client_id, client_id, |id| Ok(id.to_owned()))?;
    if let Some(method) = text(env::CC_AUTH_METHOD)? {
        profile.auth_method = parsed(method, MethodChoice::parse)?;
    }

    let scopes = list(&flags.scopes, "--scope", env::CC_SCOPES, environment)?;
    set_list(&mut profile.scopes, scopes, scopes_of)?;
    let audience = list(&flags.audience, "--audience", env::CC_AUDIENCE, environment)?;
    set_list(&mut profile.audience, audience, |items| Ok(items.to_vec()))?;
    let resource = list(&flags.resource, "--resource", env::CC_RESOURCE, environment)?;
    set_list(&mut profile.resource, resource, resources_of)?;

    let alg = text(env::CC_JWT_SIGNING_ALG)?;
    set_optional(&mut profile.assertion.alg, alg, choice::algorithm)?;
    let kid = text(env::CC_JWT_SIGNING_KID)?;
    set_optional(&mut profile.assertion.kid, kid, |kid| Ok(kid.to_owned()))?;
    let secret = secret(
        environment,
        env::CC_CLIENT_SECRET,
        env::CC_CLIENT_SECRET_FILE,
    );
    profile.client_secret = secret.or(profile.client_secret.take());
    let key = self::secret(
        environment,
        env::CC_JWT_PRIVATE_KEY,
        env::CC_JWT_PRIVATE_KEY_FILE,
    );
    profile.assertion.private_key = key.or(profile.assertion.private_key.take());

    profile.mtls.overlay(environment)?;

    if let Some(path) = &flags.ca_file {
        profile.ca_file = Some(Sourced::new(path.clone(), Origin::Flag("--ca-file")));
    }
    if let Some(least) = flags.min_ttl {
        profile.min_ttl = Sourced::new(least, Origin::Flag("--min-ttl"));
    }
    Ok(())
}

/// Whether the environment describes a client, so that no file is needed.
pub(super) fn describes_a_client(environment: &Environment) -> bool {
    [
        env::OIDC_ISSUER,
        env::CC_TOKEN_ENDPOINT,
        env::CC_CLIENT_ID,
        env::CC_CLIENT_SECRET,
        env::CC_CLIENT_SECRET_FILE,
        env::CC_JWT_PRIVATE_KEY,
        env::CC_JWT_PRIVATE_KEY_FILE,
        env::CC_MTLS_CERT,
    ]
    .iter()
    .any(|name| environment.path(name).is_some())
}

/// Refuses what only a later version does, except where it is switched off.
fn refuse_unsupported(environment: &Environment) -> Result<(), Error> {
    let name = env::CC_DPOP;
    match environment.flag(name)? {
        Some(found) if found.value => {
            Err(Error::config(unsupported(name)).hint(format!("unset {name}")))
        }
        _ => Ok(()),
    }
}

fn wrong(origin: &Origin, reason: &str) -> Error {
    let message = format!("{origin}: {reason}");
    match origin {
        Origin::Flag(_) => Error::usage(message),
        _ => Error::config(message),
    }
}

fn parsed<T>(
    Sourced { value, origin }: Sourced<String>,
    parse: impl FnOnce(&str) -> Result<T, String>,
) -> Result<Sourced<T>, Error> {
    let text = value.trim();
    if text.is_empty() {
        return Err(wrong(&origin, "the value is empty"));
    }
    let value = parse(text).map_err(|reason| wrong(&origin, &reason))?;
    Ok(Sourced::new(value, origin))
}

fn set_optional<T>(
    slot: &mut Option<Sourced<T>>,
    given: Option<Sourced<String>>,
    parse: impl FnOnce(&str) -> Result<T, String>,
) -> Result<(), Error> {
    if let Some(given) = given {
        *slot = Some(parsed(given, parse)?);
    }
    Ok(())
}

/// A list from a repeated flag, else from a variable with spaces between the items.
fn list(
    flag: &[String],
    name: &'static str,
    variable: &str,
    environment: &Environment,
) -> Result<Option<Sourced<Vec<String>>>, Error> {
    if !flag.is_empty() {
        return Ok(Some(Sourced::new(flag.to_vec(), Origin::Flag(name))));
    }
    let items = |text: String| text.split_whitespace().map(str::to_owned).collect();
    Ok(environment.text(variable)?.map(|found| found.map(items)))
}

fn set_list<T>(
    slot: &mut Sourced<T>,
    given: Option<Sourced<Vec<String>>>,
    parse: impl FnOnce(&[String]) -> Result<T, String>,
) -> Result<(), Error> {
    if let Some(Sourced { value, origin }) = given {
        if value.iter().any(|item| item.trim().is_empty()) {
            return Err(wrong(&origin, "the value is empty"));
        }
        let value = parse(&value).map_err(|reason| wrong(&origin, &reason))?;
        *slot = Sourced::new(value, origin);
    }
    Ok(())
}

fn scopes_of(items: &[String]) -> Result<Scopes, String> {
    let lists: Result<Vec<_>, _> = items.iter().map(|item| values::scopes(item)).collect();
    Ok(values::union(&lists?))
}

fn resources_of(items: &[String]) -> Result<Vec<ResourceUri>, String> {
    items.iter().map(|item| values::resource(item)).collect()
}

/// A reference to a secret in the environment: the variable itself, else the file that another one names.
/// Nothing is read here.
fn secret(environment: &Environment, name: &str, file: &str) -> Option<Sourced<SecretRef>> {
    if let Some(origin) = environment.origin(name) {
        return Some(Sourced::new(SecretRef::Env(name.to_owned()), origin));
    }
    let path: Sourced<PathBuf> = environment.path(file)?;
    Some(path.map(SecretRef::File))
}
