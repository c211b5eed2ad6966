//! One line for each request: method, path, client, status, outcome, duration. Never the query, a header or a body.

use super::Outcome;
use crate::authority::Authority;
use crate::log::{Level, cleaned};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use std::net::SocketAddr;
use std::sync::Arc;

/// Where the connection comes from; put into each request by the listener.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PeerAddress(pub(crate) SocketAddr);

pub(crate) async fn log_request(
    State(authority): State<Arc<Authority>>,
    request: Request,
    next: Next,
) -> Response {
    let started = authority.clock.monotonic();
    let message = format!(
        "{} {}",
        cleaned(request.method().as_str()),
        cleaned(request.uri().path())
    );
    let mut response = next.run(request).await;

    let status = response.status();
    let outcome = response
        .extensions_mut()
        .remove::<Outcome>()
        .unwrap_or_default();
    let mut fields = Vec::with_capacity(4);
    if let Some(client) = outcome.client {
        fields.push(("client", client));
    }
    fields.push(("status", status.as_u16().to_string()));
    if !outcome.outcome.is_empty() {
        fields.push(("outcome", outcome.outcome));
    }
    let took = authority.clock.monotonic().saturating_sub(started);
    fields.push(("duration_ms", format!("{:.1}", took.as_secs_f64() * 1000.0)));
    let level = if status.is_server_error() {
        Level::Warn
    } else {
        Level::Info
    };
    authority.say(level, &message, &fields);
    response
}
