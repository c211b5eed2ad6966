//! `GET /healthz`: whether it could issue a token, as far as that can be said without doing it.

use super::response::json;
use crate::authority::Authority;
use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use std::sync::Arc;

pub(crate) async fn health(State(authority): State<Arc<Authority>>) -> Response {
    match authority.store.ping().await {
        Ok(()) => json(StatusCode::OK, r#"{"status":"ok"}"#),
        Err(error) => {
            authority.warn("the store does not answer", &error);
            json(
                StatusCode::SERVICE_UNAVAILABLE,
                r#"{"status":"the store does not answer"}"#,
            )
        }
    }
}
