//! Responses. This is the one place that turns a refusal into JSON.

use super::Outcome;
use crate::refusal::Refusal;
use axum::body::Body;
use axum::response::Response;
use http::header::{CACHE_CONTROL, CONNECTION, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use jeton_oauth::{ErrorCode, ErrorResponse};

const JSON: HeaderValue = HeaderValue::from_static("application/json");
const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

/// A refusal with the status that HTTP has for it.
#[derive(Debug)]
pub(super) struct Rejection {
    pub(super) status: StatusCode,
    pub(super) refusal: Refusal,
}

impl Rejection {
    /// `invalid_request` with a more specific status.
    pub(super) fn unreadable(status: StatusCode, why: &'static str) -> Self {
        Self {
            status,
            refusal: Refusal::open(ErrorCode::InvalidRequest, why),
        }
    }
}

impl From<Refusal> for Rejection {
    /// RFC 6749 section 5.2: 400, but 401 for `invalid_client`; the codes of section 4.1.2.1 with the status they stand for.
    fn from(refusal: Refusal) -> Self {
        let status = match refusal.code {
            ErrorCode::InvalidClient => StatusCode::UNAUTHORIZED,
            ErrorCode::TemporarilyUnavailable => StatusCode::SERVICE_UNAVAILABLE,
            ErrorCode::ServerError => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::BAD_REQUEST,
        };
        Self { status, refusal }
    }
}

/// An error as JSON (RFC 6749 section 5.2), never cached.
pub(super) fn refuse(rejection: &Rejection) -> Response {
    let Rejection { status, refusal } = rejection;
    let body = ErrorResponse::new(refusal.code.clone(), refusal.description.as_ref()).to_json();
    let mut response = json(*status, body);
    response.headers_mut().insert(CACHE_CONTROL, NO_STORE);
    if *status == StatusCode::UNAUTHORIZED {
        // RFC 9110 section 15.5.2 wants it with every 401, whichever way the client tried
        let challenge = HeaderValue::from_static("Basic realm=\"jeton\", charset=\"UTF-8\"");
        response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
    }
    if let Some(seconds) = refusal.retry_after {
        response.headers_mut().insert(RETRY_AFTER, seconds.into());
    }
    if matches!(
        *status,
        StatusCode::PAYLOAD_TOO_LARGE | StatusCode::REQUEST_TIMEOUT
    ) {
        // the rest of the body is not waited for
        let close = HeaderValue::from_static("close");
        response.headers_mut().insert(CONNECTION, close);
    }
    response
}

/// A JSON document.
pub(super) fn json(status: StatusCode, body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, JSON);
    response
}

/// A document that others may keep for `seconds`.
pub(super) fn cacheable(body: String, seconds: i64) -> Response {
    let mut response = json(StatusCode::OK, body);
    if let Ok(value) = HeaderValue::from_str(&format!("public, max-age={seconds}")) {
        response.headers_mut().insert(CACHE_CONTROL, value);
    }
    response
}

/// Nothing is here.
pub(crate) async fn not_found() -> Response {
    noted(Rejection::unreadable(
        StatusCode::NOT_FOUND,
        "nothing is here",
    ))
}

/// Something is here, but not for this method; the `Allow` header comes from the router.
pub(crate) async fn method_not_allowed() -> Response {
    noted(Rejection::unreadable(
        StatusCode::METHOD_NOT_ALLOWED,
        "this method is not allowed here",
    ))
}

fn noted(rejection: Rejection) -> Response {
    let mut response = refuse(&rejection);
    response.extensions_mut().insert(Outcome {
        client: None,
        outcome: rejection.refusal.why.into_owned(),
    });
    response
}

/// All values of a header as text; `None` where one is not.
pub(super) fn texts(headers: &HeaderMap, name: HeaderName) -> Option<Vec<&str>> {
    headers
        .get_all(name)
        .iter()
        .map(|value| value.to_str().ok())
        .collect()
}
