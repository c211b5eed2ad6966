//! `timeout` is one deadline for a whole call, whatever hangs (client requirement 16).

use crate::support::mtls::METADATA;
use crate::support::world::World;
use crate::support::{Answer, Fault, Run};
use std::time::{Duration, Instant};

/// What a busy machine may add to a timeout of two seconds. What hung took half a minute.
const LATE: Duration = Duration::from_secs(12);

/// `token get` with a timeout of 2 s.
fn get(world: &World, profile: &str) -> Run {
    world.env.config(&profile.replace("\"5s\"", "\"2s\""));
    let begun = Instant::now();
    let run = world.cmd(&["token", "get"]).run();
    assert!(begun.elapsed() < LATE, "{:?}\n{run}", begun.elapsed());
    run
}

#[test]
fn client_16_discovery_that_hangs() {
    let world = World::new();
    // The last of the places hangs, and is behind as many redirects as are followed.
    let place = |hop: usize| format!("{}/hop/{hop}", world.front.url());
    world
        .front
        .always(METADATA, Fault::Answer(Answer::redirect(302, &place(1))));
    for hop in 1..3 {
        let next = Answer::redirect(302, &place(hop + 1));
        world
            .front
            .always(&format!("/hop/{hop}"), Fault::Answer(next));
    }
    world.front.always("/hop/3", Fault::Hang);
    get(&world, &world.profile("basic", ""))
        .expect(6)
        .says("no answer in time");
}

#[test]
fn client_16_a_secret_command_that_hangs() {
    let world = World::new();
    let profile = world.profile("basic", "");
    let (start, _) = profile.split_once("client_secret =").unwrap();
    let profile = format!("{start}client_secret = {{ command = [\"sleep\", \"60\"] }}\n");
    let run = get(&world, &profile).expect(4);
    run.says("longer than the timeout of 2 s")
        .says("timeout in the profile");
    assert_eq!(world.token_requests(), 0);
}

/// A key set is fetched in two steps, each of which has a limit of five seconds.
#[test]
fn client_16_a_key_set_that_hangs() {
    let world = World::new();
    world.front.always("/jwks.json", Fault::Hang);
    let profile = world.profile("basic", "").replace("\"5s\"", "\"1s\"");
    world.env.config(&profile);
    let started = Instant::now();
    let run = world.cmd(&["jwks", "test"]).judges().run().expect(6);
    run.says("no answer in time");
    assert!(
        started.elapsed() < Duration::from_secs(4),
        "{:?}",
        started.elapsed()
    );
}
