//! The keys: from a file, from a URL, from the issuer.

use super::{Context, VerifyArgs};
use crate::commands::app::App;
use crate::commands::source::{explain, verifier, wait};
use crate::error::{Error, Result};
use jeton_client::verify::{KeySet, KeySetLocation, Rules, Verdict, Verifier};
use jeton_oauth::{Issuer, VerifyingKey};
use jeton_profile::Profile;
use std::path::Path;

/// No key file is longer (1 MiB), as no key set that is fetched is.
const LONGEST: usize = 1 << 20;

/// Whether `--jwks` names a URL rather than a file.
pub(super) fn is_url(text: &str) -> bool {
    text.contains("://")
}

/// Verifies a token; returns the verdict and where the keys come from.
///
/// # Errors
/// Exit 2 where a file has no keys, exit 3 where no issuer is named, exit 6 and 7 where the keys cannot be fetched.
pub(super) fn validate(
    args: &VerifyArgs,
    app: &App,
    context: &Context,
    rules: Rules,
    token: &str,
    now: i64,
) -> Result<(Verdict, String)> {
    if let Some(path) = &args.key {
        let text = read(path)?;
        let key = VerifyingKey::from_text(&text).map_err(|error| {
            Error::usage(format!(
                "{} has no usable public key: {error}",
                path.display()
            ))
            .hint("give a public key as PEM (BEGIN PUBLIC KEY, or a certificate) or as JWK; for a key set use --jwks")
        })?;
        let verdict = rules.validate(token, &KeySet::alone(key), now);
        return Ok((verdict, format!("the key in {}", path.display())));
    }
    let (location, source) = match &args.jwks {
        Some(text) if is_url(text) => {
            let location =
                KeySetLocation::url(text).map_err(|error| Error::usage(error.to_string()))?;
            (location, format!("the key set at {text}"))
        }
        Some(path) => {
            let text = read(Path::new(path))?;
            let keys = KeySet::parse(text.as_bytes()).map_err(|error| {
                Error::usage(format!("{path} is not a key set: {error}")).hint(
                    "a key set is a JSON object with an array \"keys\"; for a single key use --key",
                )
            })?;
            let verdict = rules.validate(token, &keys, now);
            return Ok((verdict, format!("the key set in {path}")));
        }
        None => {
            let issuer = issuer(args, context)?;
            let source = format!("the key set of {issuer}");
            (KeySetLocation::Issuer(issuer), source)
        }
    };
    let (Some(settings), Some(profile)) = (&context.settings, &context.profile) else {
        return Err(Error::usage("no keys to verify with"));
    };
    let verifier = verifier(app, settings, profile, rules, location)?;
    // No runtime where the keys are in the cache.
    let verdict = match verifier.verify_cached(token, now) {
        Some(verdict) => verdict,
        None => fetched(app, profile, &verifier, token, now)?,
    };
    Ok((verdict, source))
}

#[inline(never)]
fn fetched(
    app: &App,
    profile: &Profile,
    verifier: &Verifier,
    token: &str,
    now: i64,
) -> Result<Verdict> {
    wait(&app.log, "fetching the keys", async {
        let verdict = verifier.verify_at(token, now).await;
        verdict.map_err(|error| explain(error, profile))
    })
}

fn issuer(args: &VerifyArgs, context: &Context) -> Result<Issuer> {
    if let Some(text) = &args.iss {
        return Issuer::parse(text).map_err(|error| Error::usage(format!("--iss {text}: {error}")));
    }
    let profile = context.profile.as_ref();
    let issuer = profile.and_then(|profile| profile.issuer.as_ref());
    issuer.map(|issuer| issuer.value.clone()).ok_or_else(|| {
        Error::config("no issuer is configured, so there are no keys to verify with")
            .hint("set issuer in the profile, or give --iss, --jwks or --key")
    })
}

fn read(path: &Path) -> Result<String> {
    let failed = |why: &str| Error::usage(format!("cannot read {}", path.display())).detail(why);
    let content = jeton_files::read(path, LONGEST).map_err(|error| failed(&error.to_string()))?;
    let text = content
        .text()
        .ok_or_else(|| failed("it is not UTF-8 text"))?;
    Ok(text.to_owned())
}
