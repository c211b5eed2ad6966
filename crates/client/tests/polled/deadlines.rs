//! One deadline for a whole call, whatever hangs.

use super::scripted::{Hanging, Reply, World, poll};
use super::{METADATA, TOKEN, client, client_of, client_with, metadata, token};
use jeton_client::cache::{Cache, MemoryCache};
use jeton_client::{ClientError, MethodChoice, NetworkKind};
use jeton_oauth::{AccessToken, AuthMethod};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

const TIMEOUT: Duration = Duration::from_secs(30);
const SECOND: Duration = Duration::from_secs(1);

fn is_timeout(error: &ClientError) -> bool {
    matches!(
        error,
        ClientError::Network {
            kind: NetworkKind::Timeout,
            ..
        }
    )
}

#[test]
fn a_transport_that_never_responds_ends_with_the_call() {
    for hanging in [METADATA, TOKEN] {
        let world = World::new(move |sent| match sent.url.as_str() {
            url if url == hanging => Reply::Never,
            METADATA => metadata(),
            _ => token("never"),
        });
        let error = world.run(client(&world).get()).unwrap_err();
        assert!(is_timeout(&error), "{error}");
        assert!(
            world.elapsed() <= TIMEOUT,
            "{hanging}: {:?}",
            world.elapsed()
        );
        let late = world.sent().into_iter().find(|sent| sent.at > TIMEOUT);
        assert!(late.is_none(), "{late:?}");
    }
}

#[test]
fn no_request_outlives_the_call() {
    let world = World::new(|sent| match sent.url.as_str() {
        METADATA => metadata(),
        _ => Reply::Respond(500, &[], String::new()),
    });
    world.run(client(&world).get()).unwrap_err();
    let begun = world.sent()[0].rules.deadline - Duration::from_secs(5);
    for sent in world.sent() {
        assert!(sent.rules.deadline <= begun + TIMEOUT, "{sent:?}");
    }
}

/// Two tasks, one behind the other: each ends with its own deadline, not with the sum of both.
#[test]
fn tasks_that_wait_for_each_other_end_with_their_own_deadline() {
    let world = World::new(|sent| match sent.url.as_str() {
        METADATA => metadata(),
        _ => Reply::Never,
    });
    let client = client_with(&world, Cache::None, |_| {});
    let mut first = pin!(client.get());
    let mut second = pin!(client.get());
    assert!(poll(first.as_mut()).is_pending() && poll(second.as_mut()).is_pending());
    world.advance(TIMEOUT);
    let Poll::Ready(Err(error)) = poll(second.as_mut()) else {
        panic!("it waits for longer than its time");
    };
    assert!(is_timeout(&error), "{error}");
    assert!(error.to_string().contains("as.example"), "{error}");
}

/// Everything that a server can draw out: three documents with four hops each, a token endpoint that fails slowly.
#[test]
fn client_16_slow_hops_and_slow_failures_end_with_the_call() {
    let redirect = |location: &'static [(&'static str, &'static str)]| {
        Reply::Late(
            SECOND,
            Box::new(Reply::Respond(302, location, String::new())),
        )
    };
    let hops = World::new(move |_| redirect(&[("location", "https://as.example/elsewhere")]));
    let absent = World::new(move |_| {
        Reply::Late(
            2 * SECOND,
            Box::new(Reply::Respond(404, &[], String::new())),
        )
    });
    let failing = World::new(move |sent| match sent.url.as_str() {
        METADATA => Reply::Late(SECOND, Box::new(metadata())),
        _ => Reply::Late(SECOND, Box::new(Reply::Respond(503, &[], String::new()))),
    });
    for world in [hops, absent, failing] {
        let timeout = 3 * SECOND;
        let client = client_with(&world, Cache::None, |config| config.timeout = timeout);
        world.run(client.get()).unwrap_err();
        assert!(world.elapsed() <= timeout, "{:?}", world.elapsed());
    }
}

#[test]
fn client_16_a_credential_that_does_not_come_ends_with_the_call() {
    for method in [
        MethodChoice::Auto,
        MethodChoice::One(AuthMethod::ClientSecretBasic),
        MethodChoice::One(AuthMethod::PrivateKeyJwt),
    ] {
        let world = World::new(|_| metadata());
        let client = client_of(&world, Cache::None, Box::new(Hanging), |config| {
            config.method = method;
        });
        let error = world.run(client.get()).unwrap_err();
        assert!(matches!(error, ClientError::Credential(_)), "{error}");
        assert!(error.to_string().contains("30 s"), "{error}");
        assert_eq!(world.elapsed(), TIMEOUT);
    }
}

/// What is done with a token has one deadline too.
#[test]
fn client_16_introspection_and_revocation_end_with_the_call() {
    let world = World::new(|sent| match sent.url.as_str() {
        METADATA => metadata(),
        _ => Reply::Never,
    });
    let client = client_with(&world, Cache::Memory(MemoryCache::new()), |_| {});
    let token = AccessToken::new("any");
    assert!(world.run(client.source.introspect(&token, false)).is_err());
    assert!(world.elapsed() <= TIMEOUT);
    let begun = world.elapsed();
    assert!(world.run(client.source.revoke(&token)).is_err());
    assert!(world.elapsed() - begun <= TIMEOUT);
}
