//! Discovery, retries, renewal.

use super::scripted::{NOW, Reply, World};
use super::{METADATA, SECRET, TOKEN, client, metadata, token};
use jeton_client::{AddressPolicy, NetworkKind, Origin};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

#[test]
fn a_whole_acquisition_is_driven_by_polling() {
    let tries = AtomicUsize::new(0);
    let world =
        World::new(
            move |sent| match (sent.url.as_str(), tries.fetch_add(1, Ordering::SeqCst)) {
                (METADATA, 0) => Reply::Fail(NetworkKind::Connect),
                (METADATA, _) => metadata(),
                (TOKEN, 2) => Reply::Respond(503, &[("retry-after", "2")], "busy".to_owned()),
                (TOKEN, _) => token("first"),
                _ => Reply::Respond(404, &[], String::new()),
            },
        );
    let client = client(&world);

    let first = world.run(client.get()).unwrap();
    assert_eq!(first.entry.access_token.expose(), "first");
    assert!(matches!(first.origin, Origin::Server(took) if took == world.elapsed()));
    let urls: Vec<_> = world.sent().into_iter().map(|sent| sent.url).collect();
    assert_eq!(urls, [METADATA, METADATA, TOKEN, TOKEN]);
    // The pause that the server asks for is kept to, on the clock that came in.
    let sent = world.sent();
    assert!(sent[3].at - sent[2].at >= Duration::from_secs(2));
    assert_eq!(first.entry.obtained_at, NOW + 2);
    // One deadline for all of it, and half of what is left for an attempt.
    let latest = sent.iter().map(|sent| sent.rules.deadline).max().unwrap();
    let last = sent[3].rules.deadline;
    assert!(latest == last && last <= sent[0].rules.deadline + Duration::from_secs(25));
    // A public server was asked without a certificate, and its endpoint must be public too.
    assert_eq!(sent[0].rules.addresses, AddressPolicy::Anywhere);
    assert_eq!(sent[3].rules.addresses, AddressPolicy::PublicOnly);
    assert!(sent[3].body.contains("grant_type=client_credentials"));

    let again = world.run(client.get()).unwrap();
    assert_eq!(again.origin, Origin::Cache);
    assert_eq!(world.sent().len(), 4);
    let told = client.told();
    assert!(
        told.contains("Retrying") && !told.contains(SECRET),
        "{told}"
    );
}

#[test]
fn renewal_ahead_of_time_takes_five_seconds_at_most() {
    let tokens = AtomicUsize::new(0);
    let world = World::new(
        move |sent| match (sent.url.as_str(), tokens.load(Ordering::SeqCst)) {
            (METADATA, _) => metadata(),
            (TOKEN, number) => {
                tokens.store(number + 1, Ordering::SeqCst);
                match number {
                    0 => token("first"),
                    1 => Reply::Never,
                    _ => token("second"),
                }
            }
            _ => Reply::Respond(404, &[], String::new()),
        },
    );
    let client = client(&world);
    world.run(client.get()).unwrap();
    world.advance(Duration::from_secs(520));

    let asked = world.elapsed();
    let old = world.run(client.get()).unwrap();
    assert_eq!(old.entry.access_token.expose(), "first");
    assert_eq!(world.elapsed() - asked, Duration::from_secs(5));
    let told = old.warnings.join("\n");
    assert!(told.contains("could not renew"), "{told}");
    // The next calls use what is there, and after a pause one of them renews.
    world.run(client.get()).unwrap();
    assert_eq!(world.count(TOKEN), 2);
    world.advance(Duration::from_secs(10));
    let new = world.run(client.get()).unwrap();
    assert_eq!(new.entry.access_token.expose(), "second");
}
