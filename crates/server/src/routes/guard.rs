//! What holds for every request and every response, whichever route it is for.

use super::Outcome;
use super::response::{Rejection, refuse};
use crate::authority::Authority;
use crate::log::Level;
use crate::refusal::Refusal;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use futures_util::FutureExt;
use http::header::{
    CONNECTION, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, HOST, REFERRER_POLICY,
    STRICT_TRANSPORT_SECURITY, TRANSFER_ENCODING, X_CONTENT_TYPE_OPTIONS,
};
use http::uri::Authority as HostAndPort;
use http::{HeaderMap, HeaderValue, StatusCode, Version};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

/// Sets the security headers, refuses what two readers of HTTP could read differently, and turns a panic into a response.
pub(crate) async fn guard(
    State(authority): State<Arc<Authority>>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = match check(&request) {
        Err(why) => malformed(why),
        Ok(()) => match AssertUnwindSafe(next.run(request)).catch_unwind().await {
            Ok(response) => response,
            Err(_) => {
                authority.say(Level::Error, "a request handler panicked", &[]);
                refuse(&Refusal::broken("a request handler panicked").into())
            }
        },
    };
    add_security_headers(response.headers_mut(), authority.config.behind_proxy);
    response
}

/// RFC 9112 section 3.2 (one valid Host in HTTP/1.1), section 6.1 and 6.3 (one way to tell the length).
fn check(request: &Request) -> Result<(), &'static str> {
    let headers = request.headers();
    let mut hosts = headers.get_all(HOST).iter();
    match (hosts.next(), hosts.next()) {
        (Some(host), None) if is_host(host) => {}
        (None, _) if request.version() < Version::HTTP_11 => {}
        (None, _) => return Err("the request has no Host header"),
        (Some(_), None) => return Err("the Host header is not a host"),
        (Some(_), Some(_)) => return Err("the request has several Host headers"),
    }
    if headers.get_all(CONTENT_LENGTH).iter().count() > 1 {
        return Err("the request has several Content-Length headers");
    }
    if headers.contains_key(CONTENT_LENGTH) && headers.contains_key(TRANSFER_ENCODING) {
        return Err("the request has both Content-Length and Transfer-Encoding");
    }
    Ok(())
}

/// A host with an optional port, or nothing: what a client sends when its URL has no host.
fn is_host(value: &HeaderValue) -> bool {
    let text = value.as_bytes();
    if text.is_empty() {
        return true;
    }
    let Ok(host) = HostAndPort::try_from(text) else {
        return false;
    };
    let port = &host.as_str()[host.host().len()..];
    let port_is_number = match port.strip_prefix(':') {
        None => port.is_empty(),
        Some(digits) => digits.is_empty() || digits.parse::<u16>().is_ok(),
    };
    !text.contains(&b'@') && port_is_number
}

/// 400, after which nothing of this connection can be trusted.
fn malformed(why: &'static str) -> Response {
    let mut response = refuse(&Rejection::unreadable(StatusCode::BAD_REQUEST, why));
    let close = HeaderValue::from_static("close");
    response.headers_mut().insert(CONNECTION, close);
    response.extensions_mut().insert(Outcome {
        client: None,
        outcome: why.to_owned(),
    });
    response
}

fn add_security_headers(headers: &mut HeaderMap, tls: bool) {
    let policy = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");
    headers.insert(CONTENT_SECURITY_POLICY, policy);
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if tls {
        let a_year = HeaderValue::from_static("max-age=31536000");
        headers.insert(STRICT_TRANSPORT_SECURITY, a_year);
    }
}
