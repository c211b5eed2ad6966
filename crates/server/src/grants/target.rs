//! What the token is for (RFC 8707). `resource` and `audience` are two names for the same thing here, measured by the same list,
//! so that neither is a way round the other (server requirement 42).

use crate::client::Client;
use crate::refusal::Refusal;
use crate::registry::Registry;
use crate::resource::{Resource, comparable};
use jeton_oauth::form::FormParams;
use jeton_oauth::{Algorithm, ErrorCode, ResourceUri};
use std::sync::Arc;

/// Resources that one token may be for.
const MOST: usize = 8;

/// The resources of the request, else the client's default ones; never none (server requirement 44).
pub(super) fn find(
    registry: &Registry,
    client: &Client,
    form: &FormParams,
) -> Result<Vec<Arc<Resource>>, Refusal> {
    let mut wanted = Vec::new();
    for resource in form.all("resource") {
        let uri = ResourceUri::parse(resource).map_err(|_| {
            Refusal::quoting(
                ErrorCode::InvalidTarget,
                "a resource must be an absolute URI without fragment",
                resource,
            )
        })?;
        wanted.push(uri.normalized().to_owned());
    }
    wanted.extend(form.all("audience").map(comparable));
    if wanted.is_empty() {
        wanted.clone_from(&client.default_resources);
    }
    if wanted.is_empty() {
        return Err(Refusal::open(
            ErrorCode::InvalidTarget,
            "name a resource: this client has no default one",
        ));
    }
    let mut found: Vec<Arc<Resource>> = Vec::new();
    for identifier in wanted {
        // a client's list may name what is gone: the one answer for both tells nobody what there is
        let resource = registry
            .resource(&identifier)
            .filter(|_| client.resources.contains(&identifier))
            .ok_or_else(|| {
                Refusal::quoting(
                    ErrorCode::InvalidTarget,
                    "the client may not ask for this resource",
                    &identifier,
                )
            })?;
        if !found
            .iter()
            .any(|other| other.identifier == resource.identifier)
        {
            found.push(resource);
        }
    }
    if found.len() > MOST {
        return Err(Refusal::open(
            ErrorCode::InvalidTarget,
            "too many resources for one token",
        ));
    }
    Ok(found)
}

/// The one algorithm that all of them want; those that do not say take any.
pub(super) fn algorithm(
    resources: &[Arc<Resource>],
    served: &[Algorithm],
) -> Result<Algorithm, Refusal> {
    let mut wanted = resources.iter().filter_map(|resource| resource.algorithm);
    let chosen = match wanted.next() {
        Some(first) if wanted.all(|other| other == first) => Some(first),
        Some(_) => {
            return Err(Refusal::open(
                ErrorCode::InvalidTarget,
                "the resources want different signatures: ask for one token each",
            ));
        }
        None => served.first().copied(),
    };
    chosen.ok_or_else(|| Refusal::broken("no signing algorithm"))
}
