//! `GET /jwks.json`: the keys that verify what this authority signed, signs, and will sign next (RFC 7517 section 5).

use super::response::cacheable;
use crate::authority::Authority;
use crate::keys::PUBLISHED_FOR;
use axum::extract::State;
use axum::response::Response;
use std::sync::Arc;

pub(crate) async fn jwks(State(authority): State<Arc<Authority>>) -> Response {
    let keys = authority.keys.published(authority.clock.now());
    cacheable(keys.to_string(), PUBLISHED_FOR)
}
