//! The metadata of RFC 8414 section 2: only what works in this version.
//!
//! `response_types_supported` is left out. RFC 8414 section 2 asks for it, and section 3.2 forbids an empty list: an authority
//! without an authorization endpoint has no response type to name, and naming one would send somebody to an endpoint that is not
//! there. For the same reason there is no `authorization_endpoint`.

use super::response::{cacheable, refuse};
use crate::authority::Authority;
use crate::client::{ASYMMETRIC, METHODS, SYMMETRIC};
use crate::refusal::Refusal;
use axum::extract::State;
use axum::response::Response;
use jeton_oauth::{AuthMethod, Metadata};
use std::sync::Arc;

/// Seconds that others may keep it.
const MAX_AGE: i64 = 300;

pub(crate) async fn metadata(State(authority): State<Arc<Authority>>) -> Response {
    let algorithms = ASYMMETRIC.iter().chain(&SYMMETRIC);
    let methods = METHODS.iter().filter(|method| **method != AuthMethod::None);
    let document = Metadata {
        issuer: authority.config.issuer.as_str().to_owned(),
        token_endpoint: Some(authority.token_endpoint.clone()),
        jwks_uri: Some(format!("{}/jwks.json", authority.base)),
        scopes_supported: Some(authority.registry.scopes()),
        grant_types_supported: Some(Authority::grants()),
        token_endpoint_auth_methods_supported: Some(
            methods.map(|method| method.as_str().to_owned()).collect(),
        ),
        token_endpoint_auth_signing_alg_values_supported: Some(
            algorithms.map(|alg| alg.as_str().to_owned()).collect(),
        ),
        ..Metadata::default()
    };
    match serde_json::to_string(&document) {
        Ok(body) => cacheable(body, MAX_AGE),
        Err(error) => refuse(&Refusal::broken(error.to_string()).into()),
    }
}
