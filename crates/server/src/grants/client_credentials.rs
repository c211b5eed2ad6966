//! RFC 6749 section 4.4: a client asks for itself.

use super::{Granted, scope, target};
use crate::auth::confidential;
use crate::authority::Authority;
use crate::client::Client;
use crate::refusal::Refusal;
use jeton_oauth::form::FormParams;

pub(super) fn decide(
    authority: &Authority,
    client: &Client,
    form: &FormParams,
) -> Result<Granted, Refusal> {
    confidential(client)?;
    let resources = target::find(&authority.registry, client, form)?;
    let scopes = scope::narrow(form.get("scope"), client, &resources)?;
    let config = &authority.config;
    let lifetime = resources
        .iter()
        .filter_map(|resource| resource.lifetime)
        .chain([client.lifetime.unwrap_or(config.lifetimes.default)])
        .min()
        .unwrap_or(config.lifetimes.default);
    Ok(Granted {
        scopes,
        algorithm: target::algorithm(&resources, &config.algorithms)?,
        audience: resources
            .iter()
            .map(|resource| resource.identifier.clone())
            .collect(),
        lifetime,
    })
}
