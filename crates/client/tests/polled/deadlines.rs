//! One deadline for a whole call, whatever hangs.

use super::scripted::{Reply, World, poll};
use super::{METADATA, TOKEN, client, client_with, metadata, token};
use jeton_client::cache::Cache;
use jeton_client::{ClientError, NetworkKind};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

const TIMEOUT: Duration = Duration::from_secs(30);

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
