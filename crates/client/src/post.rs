//! An authenticated request about a token, to another endpoint than the token endpoint (RFC 7662 2.1, RFC 7009 2.1).

use crate::authenticate::{Authenticator, Params};
use crate::endpoint::looks_moved;
use crate::error::ClientError;
use crate::event::Event;
use crate::fetch::own_headers;
use crate::http::Answer;
use crate::metadata::{self, Endpoint, Named};
use crate::prepare::Prepared;
use crate::redact::Redactor;
use crate::refusal::Told;
use crate::retry;
use crate::source::TokenSource;
use jeton_oauth::{AccessToken, AuthMethod, ErrorCode, ErrorResponse, Issuer, form, json};
use reqwest::header::{ACCEPT, HeaderValue};
use std::time::{Duration, Instant};
use zeroize::Zeroizing;

/// What is asked about a token.
pub(crate) struct Question<'a> {
    pub(crate) named: Named,
    pub(crate) token: &'a AccessToken,
    pub(crate) accept: &'static str,
    /// Names the answer in messages.
    pub(crate) what: &'static str,
}

/// An answer with a status of success, and what is needed to find fault with it.
pub(crate) struct Reply {
    pub(crate) answer: Answer,
    pub(crate) method: AuthMethod,
    pub(crate) redactor: Redactor,
}

impl Question<'_> {
    /// Asks, again where that makes sense: both requests change nothing by being made twice.
    ///
    /// # Errors
    /// As a token request, and [`ClientError::Config`] where the server has no such endpoint.
    pub(crate) async fn ask(&self, source: &TokenSource) -> Result<Reply, ClientError> {
        let parts = source.parts();
        let issuer = issuer(source)?;
        let deadline = parts.clock.instant() + parts.config.timeout;
        let mut prepared = None;
        let mut attempt = 1;
        loop {
            let (endpoint, error) = {
                let left = left(source, deadline);
                let door = parts.config.door();
                let endpoint =
                    metadata::endpoint(&parts.means(), issuer, self.named, door, left).await?;
                let left = self::left(source, deadline);
                match self.attempt(source, &endpoint, left, &mut prepared).await {
                    Ok(reply) => return Ok(reply),
                    Err(error) => (endpoint, error),
                }
            };
            let moved = endpoint.kept && looks_moved(&error);
            if moved {
                metadata::forget(&parts.cache, issuer);
            }
            source.pause(attempt, moved, error, deadline).await?;
            attempt += 1;
        }
    }

    async fn attempt(
        &self,
        source: &TokenSource,
        endpoint: &Endpoint,
        left: Duration,
        prepared: &mut Option<Prepared>,
    ) -> Result<Reply, ClientError> {
        let parts = source.parts();
        let prepared = match prepared {
            Some(prepared) => prepared,
            None => {
                let found = source.prepare(endpoint)?;
                source.tell(&Event::Authenticating {
                    method: found.method.as_str(),
                    source: found.source,
                });
                prepared.insert(found)
            }
        };
        let authenticator = Authenticator {
            config: &parts.config,
            prepared,
            endpoint,
            random: parts.random.as_ref(),
        };
        self.send(source, &authenticator, left).await
    }

    async fn send(
        &self,
        source: &TokenSource,
        authenticator: &Authenticator<'_>,
        left: Duration,
    ) -> Result<Reply, ClientError> {
        let parts = source.parts();
        let mut redactor = Redactor::default();
        redactor.add(self.token.expose());
        let mut headers = own_headers(&parts.config.headers)?;
        headers.insert(ACCEPT, HeaderValue::from_static(self.accept));
        let mut params: Params = vec![
            (
                "token".to_owned(),
                Zeroizing::new(self.token.expose().to_owned()),
            ),
            (
                "token_type_hint".to_owned(),
                Zeroizing::new("access_token".to_owned()),
            ),
        ];
        authenticator.apply(&mut headers, &mut params, parts.clock.now(), &mut redactor)?;
        let body = form::encode(
            params
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str())),
        );
        let endpoint = authenticator.endpoint;
        source.tell(&Event::Post {
            path: endpoint.url.path(),
            method: authenticator.prepared.method.as_str(),
        });
        source.tell(&Event::Sending {
            url: endpoint.url.as_str(),
            form: &redactor.form(&params),
        });
        let started = parts.clock.instant();
        let limit = retry::attempt_time(left);
        let answer = parts
            .http
            .post(&endpoint.url, headers, &body, authenticator.way(), limit)
            .await?;
        source.tell(&Event::Answered {
            status: answer.status,
            elapsed: parts.clock.instant().duration_since(started),
            kind: answer.header("content-type").unwrap_or_default(),
            body: &redactor.body(&answer.body),
        });
        let reply = Reply {
            answer,
            method: authenticator.prepared.method,
            redactor,
        };
        let refusal = refusal(&reply.told(self.what, parts.clock.now()));
        refusal.map_or(Ok(reply), Err)
    }
}

impl Reply {
    pub(crate) fn told(&self, what: &'static str, now: i64) -> Told<'_> {
        Told {
            answer: &self.answer,
            what,
            method: self.method,
            redactor: &self.redactor,
            now,
        }
    }
}

/// The error in an answer whose status is none of success.
fn refusal(told: &Told<'_>) -> Option<ClientError> {
    let status = told.answer.status;
    if (200..300).contains(&status) {
        return None;
    }
    let object = json::parse_object(&told.answer.body).ok();
    let error = object.as_ref().and_then(ErrorResponse::from_object);
    Some(match (told.redirect(), error, status) {
        (Some(redirect), _, _) => redirect,
        (None, Some(error), _) => told.refused(error),
        // A status of its own is all that some servers say (RFC 7662 2.3).
        (None, None, 401) => told.refused(ErrorResponse {
            error: ErrorCode::InvalidClient,
            description: None,
            uri: None,
        }),
        (None, None, _) => told.nonsense(&format!("HTTP {status} without an OAuth error in it")),
    })
}

/// The issuer: its metadata names the endpoint.
pub(crate) fn issuer(source: &TokenSource) -> Result<&Issuer, ClientError> {
    source.config().issuer.as_ref().ok_or_else(|| {
        ClientError::config(
            "the endpoint is found in the issuer's metadata, and no issuer is configured",
        )
        .with_hint("set issuer in the profile, or OIDC_ISSUER")
    })
}

fn left(source: &TokenSource, deadline: Instant) -> Duration {
    deadline.saturating_duration_since(source.parts().clock.instant())
}
