//! `POST /token`: read → authenticate → grant → sign → record → respond.

use super::Outcome;
use super::body::read_form;
use super::request_log::PeerAddress;
use super::response::{Rejection, json, refuse, texts};
use crate::audit::{Event, Kind};
use crate::auth::{self, Presented};
use crate::authority::Authority;
use crate::ephemeral::UsedJti;
use crate::grants::{self, Granted};
use crate::log::Level;
use crate::refusal::Refusal;
use crate::token;
use axum::extract::{Request, State};
use axum::response::Response;
use http::header::{AUTHORIZATION, CACHE_CONTROL};
use http::{HeaderValue, StatusCode};
use jeton_oauth::{AccessToken, ErrorCode};
use serde_json::json;
use std::sync::Arc;

/// A signed token, and what was granted.
struct Issued {
    token: AccessToken,
    jti: String,
    kid: String,
    granted: Granted,
}

/// RFC 6749 section 4.4.2 and 4.4.3.
pub(crate) async fn token(State(authority): State<Arc<Authority>>, request: Request) -> Response {
    let now = authority.clock.now();
    let address = request
        .extensions()
        .get::<PeerAddress>()
        .map(|address| address.0.ip().to_string());
    let mut seen = Seen::default();
    let issued = issue(&authority, request, now, &mut seen).await;
    let Seen { client, used } = seen;

    let mut event = match &issued {
        Ok(issued) => Event::new(Kind::TokenIssued, now)
            .detail("aud", issued.granted.audience.clone())
            .detail("scope", issued.granted.scopes.to_string())
            .detail("kid", issued.kid.as_str()),
        Err(Rejection { refusal, .. }) => Event::new(Kind::TokenRefused, now)
            .detail("error", refusal.code.as_str())
            .detail("why", refusal.why.as_ref()),
    };
    event.address = address;
    event.client.clone_from(&client);
    event.used = used;
    event.jti = issued.as_ref().ok().map(|issued| issued.jti.clone());

    // no response without its record
    let issued = match authority.audit.record(event).await {
        Ok(()) => issued,
        Err(error) => Err(Refusal::broken(error.to_string()).into()),
    };
    let (mut response, outcome) = match issued {
        Ok(issued) => (tell(&issued), "issued".to_owned()),
        Err(rejection) => {
            if rejection.refusal.code == ErrorCode::ServerError {
                let error = rejection.refusal.why.to_string();
                authority.say(Level::Error, "a token request failed", &[("error", error)]);
            }
            (
                refuse(&rejection),
                rejection.refusal.code.as_str().to_owned(),
            )
        }
    };
    response
        .extensions_mut()
        .insert(Outcome { client, outcome });
    response
}

/// What is known of a request, however it ends.
#[derive(Default)]
struct Seen {
    /// The registered client that the request claims to come from. Any other name may be anything, a mistyped secret too, and
    /// goes to no log.
    client: Option<String>,
    /// The `jti` that it has used up.
    used: Option<UsedJti>,
}

async fn issue(
    authority: &Authority,
    request: Request,
    now: i64,
    seen: &mut Seen,
) -> Result<Issued, Rejection> {
    let (headers, form) = read_form(request, authority.config.limits).await?;
    let authorization = texts(&headers, AUTHORIZATION).ok_or_else(|| {
        Refusal::open(ErrorCode::InvalidRequest, "malformed Authorization header")
    })?;
    let presented = Presented::find(&authorization, &form)?;
    let mut claimed = |refusal| {
        seen.client = presented
            .claimed()
            .filter(|id| authority.registry.client(id).is_some());
        refusal
    };
    let grant = grants::requested(&form).map_err(&mut claimed)?;
    let authenticated = auth::authenticate(authority, &presented, now)
        .await
        .map_err(&mut claimed)?;
    let client = authenticated.client;
    seen.client = Some(client.id.clone());
    seen.used = authenticated.used;
    let granted = grants::decide(authority, &client, grant, &form)?;
    Ok(sign(authority, &client.id, granted, now)?)
}

fn sign(
    authority: &Authority,
    client_id: &str,
    granted: Granted,
    now: i64,
) -> Result<Issued, Refusal> {
    let broken = |error: &dyn std::fmt::Display| Refusal::broken(error.to_string());
    let jti = authority.random.name().map_err(|error| broken(&error))?;
    let issuer = authority.config.issuer.as_str();
    let signed = authority.keys.current(granted.algorithm, |key| {
        token::mint(&granted, issuer, client_id, &jti, now, key)
            .map(|token| (token, key.kid.clone()))
    });
    let (token, kid) = signed
        .ok_or_else(|| Refusal::broken("there is no key for this algorithm"))?
        .map_err(|error| broken(&error))?;
    Ok(Issued {
        token,
        jti,
        kid,
        granted,
    })
}

/// RFC 6749 section 5.1: `scope` is always said, so that a narrowed one is never missed.
fn tell(issued: &Issued) -> Response {
    let mut body = json!({
        "access_token": issued.token.expose(),
        "token_type": "Bearer",
        "expires_in": issued.granted.lifetime,
    });
    if !issued.granted.scopes.is_empty() {
        body["scope"] = issued.granted.scopes.to_string().into();
    }
    let mut response = json(StatusCode::OK, body.to_string());
    response
        .headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
