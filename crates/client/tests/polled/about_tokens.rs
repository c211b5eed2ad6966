//! Introspection and revocation are made like every other authenticated request: retried, bounded, redacted alike.

use super::scripted::{Reply, World, json};
use super::{METADATA, SECRET, client_with, metadata};
use jeton_client::cache::{Cache, MemoryCache};
use jeton_client::{ClientConfig, ClientError, IntrospectionError, MethodChoice};
use jeton_oauth::{AccessToken, AuthMethod};
use std::sync::atomic::{AtomicUsize, Ordering};

const INTROSPECT: &str = "https://as.example/introspect";
const REVOKE: &str = "https://as.example/revoke";
const KEY: &str = "canary-key-of-a-vendor";
const PARAM: &str = "canary-param-of-a-vendor";
const ACCESS_TOKEN: &str = "canary-access-token-to-ask-about";

fn configured(config: &mut ClientConfig) {
    config.method = MethodChoice::One(AuthMethod::ClientSecretPost);
    config.headers = vec![("x-api-key".to_owned(), KEY.to_owned())];
    config.request.params = vec![("vendor_key".to_owned(), PARAM.to_owned())];
}

fn echoing() -> World {
    World::new(|sent| match sent.url.as_str() {
        METADATA => metadata(),
        _ => Reply::Respond(
            400,
            &[("content-type", "application/json")],
            format!(
                r#"{{"error":"invalid_request","error_description":"got {SECRET}, {KEY}, {PARAM}, {ACCESS_TOKEN}"}}"#
            ),
        ),
    })
}

/// Security, client 1: what a server repeats of any request is taken out of what is shown.
#[test]
fn what_a_server_repeats_of_a_request_about_a_token_is_redacted() {
    for revoking in [false, true] {
        let world = echoing();
        let client = client_with(&world, Cache::Memory(MemoryCache::new()), configured);
        let token = AccessToken::new(ACCESS_TOKEN);
        let error = if revoking {
            world.run(client.source.revoke(&token)).unwrap_err()
        } else {
            let asked = world.run(client.source.introspect(&token, false));
            let IntrospectionError::Client(error) = asked.unwrap_err() else {
                panic!("the server refused the request");
            };
            error
        };
        let told = format!("{error} {error:?} {}", client.told());
        assert!(!told.contains("canary"), "{told}");
        assert!(
            told.contains("got [redacted], [redacted], [redacted], [redacted]"),
            "{told}"
        );
    }
}

#[test]
fn a_request_about_a_token_is_made_again_where_that_makes_sense() {
    let tries = AtomicUsize::new(0);
    let world =
        World::new(
            move |sent| match (sent.url.as_str(), tries.fetch_add(1, Ordering::SeqCst)) {
                // The metadata too: a server that starts has neither.
                (METADATA, 0) => Reply::Respond(503, &[], String::new()),
                (METADATA, _) => metadata(),
                (INTROSPECT, 2) => Reply::Respond(500, &[], String::new()),
                (INTROSPECT, _) => json(r#"{"active":true,"scope":"a"}"#),
                _ => Reply::Respond(404, &[], String::new()),
            },
        );
    let client = client_with(&world, Cache::None, configured);
    let token = AccessToken::new(ACCESS_TOKEN);
    let found = world.run(client.source.introspect(&token, false)).unwrap();
    assert!(found.active);
    assert_eq!(world.count(INTROSPECT), 2);
}

#[test]
fn an_endpoint_that_is_not_there_fails_at_once() {
    let world = World::new(|sent| match sent.url.as_str() {
        METADATA => metadata(),
        REVOKE => Reply::Respond(200, &[], String::new()),
        _ => Reply::Respond(404, &[], String::new()),
    });
    let client = client_with(&world, Cache::None, configured);
    let token = AccessToken::new(ACCESS_TOKEN);
    assert_eq!(world.run(client.source.revoke(&token)).unwrap().dropped, 0);
    let refused = world.run(client.source.introspect(&token, false));
    let Err(IntrospectionError::Client(ClientError::Server { status, .. })) = refused else {
        panic!("there is no such endpoint");
    };
    assert_eq!((status, world.count(INTROSPECT)), (Some(404), 1));
}
