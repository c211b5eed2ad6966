//! What the client library tells, as lines of the log. The words are part of the stable interface.

use crate::log::{Log, Module, field, quoted};
use crate::output::time::rfc3339;
use jeton_client::event::{Event, Observer};
use jeton_profile::Notice;
use std::sync::Arc;

pub(super) fn to_log(log: Arc<Log>) -> Box<Observer> {
    Box::new(move |event| write(&log, event))
}

/// What is told while a profile's credentials and the key of the cache are read.
pub(super) fn notices_to_log(log: Arc<Log>) -> Arc<jeton_profile::Observer> {
    Arc::new(move |notice: &Notice<'_>| match notice {
        Notice::KeyringRead { entry } => {
            let fields = [field("entry", entry)];
            log.debug(Module::Keyring, "credential read", &fields);
        }
        Notice::SecretExposed { text } => log.warn(Module::ClientCreds, text, &[]),
        Notice::CertificateKeyExposed { text } => log.warn(Module::Mtls, text, &[]),
        Notice::CacheKeyFile { path } => {
            let message = "no keyring: the cache key is in a file";
            log.info(Module::Cache, message, &[field("path", &path.display())]);
        }
    })
}

fn write(log: &Log, event: &Event<'_>) {
    use Module::{Cache, ClientCreds, Discovery, Jwks, Mtls};
    match event {
        Event::CacheHit { ttl } => {
            log.info(Cache, "cache hit", &[field("ttl", &format_args!("{ttl}s"))]);
        }
        Event::CacheMiss { why } => log.debug(Cache, format_args!("cache miss: {why}"), &[]),
        Event::CacheTrouble { what } => log.warn(Cache, what, &[]),
        Event::WaitingForOther => {
            log.info(
                Cache,
                "another process is fetching this token: waiting for it",
                &[],
            );
        }
        Event::Discovering { url } => log.debug(Discovery, format_args!("GET {url}"), &[]),
        Event::Discovered { issuer, cached } => {
            let source = if *cached { "cache" } else { "server" };
            let fields = [field("issuer", issuer), field("source", &source)];
            log.debug(Discovery, "metadata read", &fields);
        }
        Event::AliasTaken { endpoint, url } => {
            let fields = [field("endpoint", endpoint), field("url", url)];
            log.debug(
                Mtls,
                "endpoint for clients with a certificate taken",
                &fields,
            );
        }
        Event::CertificateRead {
            thumbprint,
            not_after,
            source,
        } => {
            let ends = rfc3339(*not_after).unwrap_or_else(|| "unknown".to_owned());
            let fields = [
                field("thumbprint", thumbprint),
                field("ends", &ends),
                field("key", source),
            ];
            log.debug(Mtls, "client certificate read", &fields);
        }
        Event::CertificateOdd { text } => log.warn(Mtls, text, &[]),
        Event::FetchingKeys { url } => log.debug(Jwks, format_args!("GET {url}"), &[]),
        Event::KeysRead { keys, cached } => {
            let source = if *cached { "cache" } else { "server" };
            let fields = [field("keys", keys), field("source", &source)];
            log.debug(Jwks, "key set read", &fields);
        }
        Event::Authenticating { method, source } => log.debug(
            ClientCreds,
            "authenticating",
            &[field("auth_method", method), field("source", source)],
        ),
        Event::Preparing { method, source } => log.info(
            ClientCreds,
            "preparing client credentials request",
            &[field("auth_method", method), field("source", source)],
        ),
        Event::BodyBuilt { scopes, audience } => log.debug(
            ClientCreds,
            "body built",
            &[quoted("scopes", scopes), quoted("audience", audience)],
        ),
        Event::Post { path, method } => {
            log.info(
                ClientCreds,
                format_args!("POST {path}"),
                &[field("method", method)],
            );
        }
        Event::Sending { url, form } => {
            log.trace(
                ClientCreds,
                format_args!("sending to {url}"),
                &[quoted("form", form)],
            );
        }
        Event::Answered {
            status,
            elapsed,
            kind,
            body,
        } => log.trace(
            ClientCreds,
            "answer read",
            &[
                field("http", status),
                field("ms", &elapsed.as_millis()),
                field("type", kind),
                quoted("body", body),
            ],
        ),
        Event::Acquired {
            expires_at,
            token_type,
        } => {
            let exp = expires_at
                .and_then(rfc3339)
                .unwrap_or_else(|| "unknown".to_owned());
            let fields = [field("exp", &exp), field("token_type", token_type)];
            log.info(ClientCreds, "token acquired", &fields);
        }
        Event::RenewsIn { seconds } => {
            log.debug(
                ClientCreds,
                format_args!("proactive refresh in {seconds}s"),
                &[],
            );
        }
        Event::Retrying { attempt, wait, why } => log.warn(
            ClientCreds,
            format_args!("attempt {attempt} failed, retrying: {why}"),
            &[field("wait_ms", &wait.as_millis())],
        ),
        Event::Failed { code, http } => {
            let http = http.map_or_else(|| "-".to_owned(), |status| status.to_string());
            let fields = [field("code", code), field("http", &http)];
            log.error(ClientCreds, "token request failed", &fields);
        }
        Event::Warning { text } => log.warn(ClientCreds, text, &[]),
    }
}
