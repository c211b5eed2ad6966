//! Every request with the client's authentication: built, sent, repeated where that makes sense, with one redactor.

use crate::authenticate::Authenticator;
use crate::config::ClientConfig;
use crate::endpoint::{Endpoint, EndpointName};
use crate::endpoints::Endpoints;
use crate::error::ClientError;
use crate::event::Event;
use crate::params::Params;
use crate::parts::Parts;
use crate::prepare::{Prepared, prepare};
use crate::redact::Redactor;
use crate::refusal::ResponseContext;
use crate::retry;
use crate::transport::{MAX_BODY, Method, Request, Rules};
use http::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use std::time::{Duration, Instant};

/// A form for an endpoint of the authorization server.
pub(crate) struct AuthenticatedRequest<'a> {
    pub(crate) endpoint: EndpointName,
    /// Names the response in messages.
    pub(crate) what: &'static str,
    pub(crate) accept: &'static str,
    /// The form without the client's authentication.
    pub(crate) params: Params,
    /// Values of the form that must not be shown.
    pub(crate) secrets: Vec<&'a str>,
}

/// Makes a request by `deadline`, again where that makes sense, and reads the response. The credential is read once; each
/// attempt is authenticated anew.
///
/// # Errors
/// [`ClientError`] where the credential is not available, no attempt brings a response, or `read` refuses it.
pub(crate) async fn send<T>(
    parts: &Parts,
    endpoints: &Endpoints,
    request: &AuthenticatedRequest<'_>,
    deadline: Instant,
    read: impl Fn(&ResponseContext<'_>) -> Result<T, ClientError>,
) -> Result<T, ClientError> {
    let mut prepared = None;
    let mut attempt = 1;
    loop {
        let error = match endpoints.find(parts, request.endpoint, deadline).await {
            Err(error) => Failed {
                error,
                moved: false,
            },
            Ok(endpoint) => {
                let sending = send_to(parts, &endpoint, request, deadline, &mut prepared, &read);
                match sending.await {
                    Ok(read) => return Ok(read),
                    Err(error) => Failed {
                        moved: endpoints.forget_if_moved(parts, &endpoint, &error),
                        error,
                    },
                }
            }
        };
        pause(parts, attempt, error, deadline).await?;
        attempt += 1;
    }
}

struct Failed {
    error: ClientError,
    /// Whether the endpoint is to be looked up again.
    moved: bool,
}

/// Waits as long as it takes before another attempt; not at all where the endpoint has moved.
///
/// # Errors
/// The failure itself, where there is no sense in another attempt.
async fn pause(
    parts: &Parts,
    attempt: u32,
    failed: Failed,
    deadline: Instant,
) -> Result<(), ClientError> {
    let Failed { error, moved } = failed;
    let now = parts.clock.instant();
    let left = deadline.saturating_duration_since(now);
    let wait = if moved {
        Some(Duration::ZERO)
    } else if error.is_transient() {
        retry::wait(attempt, parts.jitter(), error.retry_after(), left)
    } else {
        None
    };
    let Some(wait) = wait else {
        return Err(error);
    };
    parts.tell(&Event::Retrying {
        attempt,
        wait,
        why: &error.to_string(),
    });
    parts.timer.sleep_until(now + wait).await;
    Ok(())
}

/// One attempt.
async fn send_to<T>(
    parts: &Parts,
    endpoint: &Endpoint,
    request: &AuthenticatedRequest<'_>,
    deadline: Instant,
    prepared: &mut Option<Prepared>,
    read: impl Fn(&ResponseContext<'_>) -> Result<T, ClientError>,
) -> Result<T, ClientError> {
    let prepared = match prepared {
        Some(prepared) => prepared,
        None => {
            let found = prepare(parts, endpoint, deadline).await?;
            tell_prepared(parts, request, &found);
            prepared.insert(found)
        }
    };
    let authenticator = Authenticator {
        config: &parts.config,
        prepared,
        endpoint,
        random: parts.random.as_ref(),
    };
    let sent_at = parts.clock.now();
    let mut redactor = redactor(&parts.config, request);
    let mut headers = headers(&parts.config, request.accept)?;
    let mut params = request.params.clone();
    authenticator.apply(&mut headers, &mut params, sent_at, &mut redactor)?;
    tell_sending(parts, endpoint, prepared, &redactor.form(&params));
    let started = parts.clock.instant();
    let left = deadline.saturating_duration_since(started);
    let rules = Rules {
        addresses: endpoint.addresses,
        max_body: MAX_BODY,
        deadline: started + retry::attempt_time(left),
        certificate: prepared.certificate.clone(),
    };
    let post = Request {
        method: Method::Post,
        url: endpoint.url.clone(),
        headers,
        body: params.encode(),
    };
    let response = parts.context().send(&post, &rules).await?;
    parts.tell(&Event::Answered {
        status: response.status,
        elapsed: parts.clock.instant().duration_since(started),
        kind: &redactor.clean(response.header("content-type").unwrap_or_default()),
        body: &redactor.body(&response.body),
    });
    read(&ResponseContext {
        response: &response,
        what: request.what,
        endpoint,
        method: prepared.method,
        redactor: &redactor,
        sent_at,
        now: parts.clock.now(),
    })
}

fn tell_prepared(parts: &Parts, request: &AuthenticatedRequest<'_>, prepared: &Prepared) {
    let (method, source) = (prepared.method.as_str(), prepared.source);
    parts.tell(&match request.endpoint {
        EndpointName::Token => Event::Preparing { method, source },
        _ => Event::Authenticating { method, source },
    });
}

fn tell_sending(parts: &Parts, endpoint: &Endpoint, prepared: &Prepared, form: &str) {
    if endpoint.name == EndpointName::Token {
        let asked = &parts.config.request;
        parts.tell(&Event::BodyBuilt {
            scopes: &asked.scopes.to_string(),
            audience: &asked.audience.join(" "),
        });
    }
    parts.tell(&Event::Post {
        path: endpoint.url.path(),
        method: prepared.method.as_str(),
    });
    parts.tell(&Event::Sending {
        url: endpoint.url.as_str(),
        form,
    });
}

/// What must not be shown of any request: what the request says, and what the configuration adds to requests, which may be a
/// vendor's key. The authentication adds its own.
fn redactor(config: &ClientConfig, request: &AuthenticatedRequest<'_>) -> Redactor {
    let mut redactor = Redactor::default();
    for secret in &request.secrets {
        redactor.add(secret);
    }
    for (name, value) in config.headers.iter().chain(&config.request.params) {
        redactor.add_configured(name, value);
    }
    redactor
}

/// The headers of the configuration, and those of a form.
fn headers(config: &ClientConfig, accept: &'static str) -> Result<HeaderMap, ClientError> {
    let mut headers = HeaderMap::new();
    for (name, value) in &config.headers {
        let invalid =
            || ClientError::config(format!("the header {name:?} of the profile is not valid"));
        let mut value = HeaderValue::from_str(value).map_err(|_| invalid())?;
        value.set_sensitive(true);
        let name = HeaderName::try_from(name.as_str()).map_err(|_| invalid())?;
        headers.append(name, value);
    }
    headers.insert(ACCEPT, HeaderValue::from_static(accept));
    let form = HeaderValue::from_static("application/x-www-form-urlencoded");
    headers.insert(CONTENT_TYPE, form);
    Ok(headers)
}
