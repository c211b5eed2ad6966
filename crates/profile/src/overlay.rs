//! What flags and environment change in the selected profile.

use super::choice::unsupported;
use super::env;
use super::environment::Environment;
use super::inputs::Overrides;
use super::profile::Profile;
use super::reference::declared;
use super::setting::Overlay;
use crate::error::Error;

/// Lays the environment and then the flags over a profile.
///
/// # Errors
/// [`crate::ErrorKind::Config`] for a variable that makes no sense, [`crate::ErrorKind::Usage`] for a flag, each named.
pub(super) fn apply(
    profile: &mut Profile,
    environment: &Environment,
    flags: &Overrides,
) -> Result<(), Error> {
    refuse_unsupported(environment)?;
    refuse_unknown(flags)?;
    let mut overlay = Overlay { environment, flags };
    profile.visit(&mut overlay)?;
    profile.assertion.visit(&mut overlay)?;
    profile.mtls.visit(&mut overlay)
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

/// A flag that no setting has would be ignored silently.
fn refuse_unknown(flags: &Overrides) -> Result<(), Error> {
    if flags.is_empty() {
        return Ok(());
    }
    let declared = declared();
    let known = |flag: &str| declared.iter().any(|setting| setting.flag == Some(flag));
    match flags.names().find(|flag| !known(flag)) {
        Some(flag) => Err(Error::usage(format!("no setting has the flag {flag}"))),
        None => Ok(()),
    }
}
