//! One token request: POST, answer, judgement.

use crate::authenticate::{Authenticator, Params};
use crate::clock::Clock;
use crate::error::ClientError;
use crate::event::{Event, Observer};
use crate::http::Http;
use crate::redact::Redactor;
use crate::refusal::Told;
use jeton_oauth::{AnswerError, TokenResponse, form};
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use std::time::Duration;
use zeroize::Zeroizing;

/// Further parameters and headers of this length may be keys.
const SHORTEST_KEY: usize = 12;

/// A token and what came with it.
pub(crate) struct Fetched {
    pub(crate) response: TokenResponse,
    /// Server time minus ours in seconds, where it is notable.
    pub(crate) skew: Option<i64>,
    /// Whether the server announces tokens that are bound to certificates (RFC 8705 3.3).
    pub(crate) announces_binding: bool,
}

/// Sends one request and judges its answer.
pub(crate) async fn fetch(
    http: &Http,
    authenticator: &Authenticator<'_>,
    limit: Duration,
    clock: &dyn Clock,
    observer: &Observer,
) -> Result<Fetched, ClientError> {
    let config = authenticator.config;
    let mut redactor = Redactor::default();
    // What is added to a request may be a vendor's key. Short values are words, which descriptions need.
    for (_, value) in config.headers.iter().chain(&config.request.params) {
        if value.len() >= SHORTEST_KEY {
            redactor.add(value);
        }
    }
    let mut headers = own_headers(&config.headers)?;
    let mut params: Params = config
        .request
        .to_params()
        .into_iter()
        .map(|(name, value)| (name, Zeroizing::new(value)))
        .collect();
    authenticator.apply(&mut headers, &mut params, clock.now(), &mut redactor)?;
    let body = form::encode(
        params
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str())),
    );
    observer(&Event::BodyBuilt {
        scopes: &config.request.scopes.to_string(),
        audience: &config.request.audience.join(" "),
    });
    let url = &authenticator.endpoint.url;
    observer(&Event::Post {
        path: url.path(),
        method: authenticator.prepared.method.as_str(),
    });
    observer(&Event::Sending {
        url: url.as_str(),
        form: &redactor.form(&params),
    });
    let started = clock.instant();
    let answer = http
        .post(url, headers, &body, authenticator.way(), limit)
        .await?;
    observer(&Event::Answered {
        status: answer.status,
        elapsed: clock.instant().duration_since(started),
        kind: answer.header("content-type").unwrap_or_default(),
        body: &redactor.body(&answer.body),
    });
    let told = Told {
        answer: &answer,
        what: "the answer of the token endpoint",
        method: authenticator.prepared.method,
        redactor: &redactor,
        now: clock.now(),
    };
    let response = judge(&told)?;
    Ok(Fetched {
        response,
        skew: told.skew(),
        announces_binding: authenticator.endpoint.announces_binding(),
    })
}

/// The headers of the configuration, and those of a form that is answered in JSON.
pub(crate) fn own_headers(configured: &[(String, String)]) -> Result<HeaderMap, ClientError> {
    let mut headers = HeaderMap::new();
    for (name, value) in configured {
        let invalid =
            |_| ClientError::config(format!("the header {name:?} of the profile is not valid"));
        let value = HeaderValue::from_str(value).map_err(|error| invalid(error.to_string()))?;
        let name =
            HeaderName::try_from(name.as_str()).map_err(|error| invalid(error.to_string()))?;
        headers.append(name, value);
    }
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("application/x-www-form-urlencoded"),
    );
    Ok(headers)
}

fn judge(told: &Told<'_>) -> Result<TokenResponse, ClientError> {
    if let Some(error) = told.redirect() {
        return Err(error);
    }
    let answer = told.answer;
    match TokenResponse::parse(answer.status, answer.header("content-type"), &answer.body) {
        Ok(mut response) if response.token_type.eq_ignore_ascii_case("bearer") => {
            // The one member that is shown as it came.
            response.scope = response.scope.map(|scope| told.redactor.clean(&scope));
            Ok(response)
        }
        Ok(response) => Err(told.server(
            format!(
                "the token is of the type {:?}, and only Bearer tokens were asked for",
                told.redactor
                    .clean(&response.token_type)
                    .chars()
                    .take(32)
                    .collect::<String>()
            ),
            None,
        )),
        Err(AnswerError::Refused(error)) => Err(told.refused(error)),
        Err(AnswerError::NotOAuth { reason }) => Err(told.nonsense(&reason)),
    }
}
