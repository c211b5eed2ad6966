//! All routes, on one screen.

use crate::authority::Authority;
use crate::routes::{
    guard, health, jwks, log_request, metadata, method_not_allowed, not_found, token,
};
use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use std::sync::Arc;

/// Everything is below the issuer's path; the metadata is where RFC 8414 section 3.1 and OpenID Connect Discovery put it, and
/// `/healthz` is where the one who runs it looks.
pub(crate) fn router(authority: Arc<Authority>) -> Router {
    let base = authority
        .config
        .issuer
        .url()
        .path()
        .trim_end_matches('/')
        .to_owned();
    let mut routes = Router::new()
        .without_v07_checks()
        .route(&format!("{base}/token"), post(token))
        .route(&format!("{base}/jwks.json"), get(jwks))
        .route("/healthz", get(health));
    for url in authority.config.issuer.well_known_urls() {
        routes = routes.route(url.path(), get(metadata));
    }
    routes
        .fallback(not_found)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(from_fn_with_state(Arc::clone(&authority), guard))
        .layer(from_fn_with_state(Arc::clone(&authority), log_request))
        .with_state(authority)
}
