//! One at a time: tasks of a process by a mutex, processes by a lock beside the cache.

use super::scripted::{Gate, Reply, World, poll};
use super::{Client, METADATA, TOKEN, client, client_with, metadata, token};
use jeton_client::Origin;
use jeton_client::cache::{Cache, CacheError, DiskCache, KeyProvider, SealKey};
use std::path::Path;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

struct OneKey;

impl KeyProvider for OneKey {
    fn seal_key(&self) -> Result<SealKey, CacheError> {
        Ok(SealKey::new([7; 32]))
    }
}

/// As another process would open it.
fn on_disk(world: &World, folder: &Path) -> Client {
    let cache = Cache::Disk(DiskCache::new(folder, Box::new(OneKey)));
    client_with(world, cache, |_| {})
}

/// A world in which the first token comes when the gate opens.
fn gated() -> (World, Gate) {
    let gate = Gate::default();
    let behind = gate.clone();
    let world = World::new(move |sent| match sent.url.as_str() {
        METADATA => metadata(),
        TOKEN => Reply::Behind(behind.clone(), Box::new(token("shared"))),
        _ => Reply::Respond(404, &[], String::new()),
    });
    (world, gate)
}

#[test]
fn whoever_waits_for_the_lock_gets_the_token_of_its_holder() {
    let folder = tempfile::tempdir().unwrap();
    let (world, gate) = gated();
    let (holder, waiter) = (
        on_disk(&world, folder.path()),
        on_disk(&world, folder.path()),
    );
    let mut holding = pin!(holder.get());
    let mut waiting = pin!(waiter.get());
    assert!(poll(holding.as_mut()).is_pending());
    for _ in 0..20 {
        assert!(poll(waiting.as_mut()).is_pending());
        world.advance(Duration::from_millis(50));
    }
    assert!(waiter.told().contains("WaitingForOther"));
    gate.open();
    let Poll::Ready(Ok(held)) = poll(holding.as_mut()) else {
        panic!("the response is there");
    };
    world.advance(Duration::from_millis(50));
    let Poll::Ready(Ok(served)) = poll(waiting.as_mut()) else {
        panic!("the token is in the cache");
    };
    assert_eq!(served.entry, held.entry);
    assert_eq!(served.origin, Origin::Cache);
    assert_eq!(world.count(TOKEN), 1);
}

#[test]
fn a_holder_that_hangs_holds_nobody_up_for_longer_than_half_the_time() {
    let folder = tempfile::tempdir().unwrap();
    let (world, _gate) = gated();
    let (holder, waiter) = (
        on_disk(&world, folder.path()),
        on_disk(&world, folder.path()),
    );
    let mut holding = pin!(holder.get());
    assert!(poll(holding.as_mut()).is_pending());
    let mut waiting = pin!(waiter.get());
    assert!(poll(waiting.as_mut()).is_pending());
    world.advance(Duration::from_secs(14));
    assert!(poll(waiting.as_mut()).is_pending());
    assert_eq!(world.count(TOKEN), 1);
    for _ in 0..4 {
        world.advance(Duration::from_millis(600));
        assert!(poll(waiting.as_mut()).is_pending());
    }
    // It asks by itself, in what is left of its time.
    let sent = world.sent();
    let own = sent.last().unwrap();
    assert_eq!((own.url.as_str(), world.count(TOKEN)), (TOKEN, 2));
    assert!(own.rules.deadline <= sent[1].rules.deadline + Duration::from_secs(15));
}

#[test]
fn tasks_of_one_process_make_one_request() {
    let (world, gate) = gated();
    let client = client(&world);
    let mut tasks: Vec<_> = (0..50).map(|_| Box::pin(client.get())).collect();
    for task in &mut tasks {
        assert!(poll(task.as_mut()).is_pending());
    }
    gate.open();
    for task in &mut tasks {
        let Poll::Ready(Ok(token)) = poll(task.as_mut()) else {
            panic!("its turn has come");
        };
        assert_eq!(token.entry.access_token.expose(), "shared");
    }
    assert_eq!(world.count(TOKEN), 1);
}

#[test]
fn a_task_that_is_dropped_lets_the_next_one_go_on() {
    let (world, gate) = gated();
    let client = client(&world);
    let mut first = Box::pin(client.get());
    let mut second = Box::pin(client.get());
    assert!(poll(first.as_mut()).is_pending() && poll(second.as_mut()).is_pending());
    drop(first);
    gate.open();
    assert!(world.run(second).is_ok());
}
