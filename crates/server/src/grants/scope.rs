//! Which scopes (RFC 6749 section 3.3; server requirement 46).
//!
//! A scope that the client may not ask for is an error: it would wait for something that never comes. One that it may ask for,
//! but that a resource of the request does not understand, is left out, and the answer's `scope` says so. With several resources
//! what is left is understood by all of them, because the token is good at each with everything that it says.

use crate::client::Client;
use crate::refusal::Refusal;
use crate::resource::Resource;
use jeton_oauth::{ErrorCode, Scopes};
use std::sync::Arc;

pub(super) fn narrow(
    requested: Option<&str>,
    client: &Client,
    resources: &[Arc<Resource>],
) -> Result<Scopes, Refusal> {
    let wanted = match requested {
        None => client.scopes.clone(),
        Some(text) => asked_for(text, client)?,
    };
    let understood = |scope: &&str| {
        resources.iter().all(|resource| {
            let known = resource.scopes.as_ref();
            known.is_none_or(|known| known.contains(scope))
        })
    };
    let invalid = |why| Refusal::open(ErrorCode::InvalidScope, why);
    let granted = Scopes::from_values(wanted.iter().filter(understood))
        .map_err(|_| invalid("the scope is malformed"))?;
    if requested.is_some() && granted.is_empty() {
        return Err(invalid("the resource understands none of the scopes"));
    }
    Ok(granted)
}

fn asked_for(text: &str, client: &Client) -> Result<Scopes, Refusal> {
    let wanted = Scopes::parse(text)
        .map_err(|_| Refusal::open(ErrorCode::InvalidScope, "the scope is malformed"))?;
    let foreign = wanted.iter().find(|scope| !client.scopes.contains(scope));
    if let Some(scope) = foreign {
        return Err(Refusal::quoting(
            ErrorCode::InvalidScope,
            "the client may not ask for this scope",
            scope,
        ));
    }
    Ok(wanted)
}
