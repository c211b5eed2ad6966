//! Many processes at once, and processes that die at any moment.

use crate::support::world::World;
use std::process::{Child, Stdio};
use std::time::Duration;

fn spawn(world: &World) -> Child {
    let mut command = world.cmd(&["token", "get", "-o", "raw"]).into_command();
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

#[test]
fn two_hundred_cold_processes_make_one_request() {
    let world = World::without_profile();
    // Nobody goes on without the lock, however slow the machine is: that happens after half of it.
    let text = world.profile("basic", "");
    world
        .env
        .config(&text.replace("timeout = \"5s\"", "timeout = \"5m\""));
    let children: Vec<Child> = (0..200).map(|_| spawn(&world)).collect();
    let mut tokens = Vec::new();
    for child in children {
        let output = child.wait_with_output().unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{stderr}\n{}", world.front.log());
        tokens.push(String::from_utf8(output.stdout).unwrap());
    }
    tokens.dedup();
    assert_eq!(tokens.len(), 1, "all have the same token");
    assert_eq!(world.token_requests(), 1, "{}", world.front.log());
    world.env.assert_no_leak_in_files(&|| world.front.log());
}

#[test]
fn a_kill_at_any_moment_leaves_a_machine_that_works() {
    let world = World::new();
    for round in 0..200_u64 {
        if round % 3 == 0 {
            world.cmd(&["cache", "clear"]).run().success();
        }
        let mut child = spawn(&world);
        // Spread over the first forty milliseconds, which is what a cold run takes.
        let mut bytes = [0; 2];
        aws_lc_rs::rand::fill(&mut bytes).unwrap();
        std::thread::sleep(Duration::from_micros(
            u64::from(u16::from_le_bytes(bytes)) * 40 / 66,
        ));
        child.kill().unwrap();
        child.wait().unwrap();
        world
            .env
            .assert_no_leak_in_files(&|| format!("round {round}"));
    }
    let token = world.raw_token();
    assert_eq!(world.raw_token(), token);
}

#[test]
fn the_renewal_threshold_is_capped_at_a_quarter_of_the_lifetime() {
    let world = World::without_profile();
    // Above the whole lifetime: without the cap every call would renew.
    let text = world.profile("basic", "refresh_before = \"20m\"\n");
    world.env.config(&text);
    let first = world.raw_token();
    assert_eq!(world.raw_token(), first);
    assert_eq!(world.token_requests(), 1);
}

#[test]
fn interrupted_is_130() {
    use rustix::process::{Pid, Signal, kill_process};
    let world = World::new();
    world.front.always("/token", crate::support::Fault::Hang);
    let mut child = spawn(&world);
    // It hangs in the token request: from here on an interrupt meets it at work.
    while world.token_requests() == 0 {
        let ended = child.try_wait().unwrap();
        assert!(ended.is_none(), "it ended without a request: {ended:?}");
        std::thread::sleep(Duration::from_millis(5));
    }
    kill_process(Pid::from_child(&child), Signal::INT).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130));
    assert!(output.stdout.is_empty());
    world.front.heal();
    world.raw_token();
}

/// A signal that reaches jeton alone, as a supervisor sends it: the program does not get it.
#[test]
fn interrupted_while_a_program_is_asked_it_ends_at_once_and_stops_the_program() {
    use rustix::process::{Pid, Signal, kill_process, test_kill_process};
    let world = World::without_profile();
    let started = world.env.text("home/started");
    let script =
        format!("echo $$ > {started}.part && mv {started}.part {started} && exec sleep 60");
    let secret = world.env.text("home/basic.secret");
    let profile = world.profile("basic", "").replace(
        &format!("{{ file = {secret:?} }}"),
        &format!("{{ command = [\"sh\", \"-c\", {script:?}] }}"),
    );
    assert!(profile.contains("command"), "{profile}");
    world.env.config(&profile);
    let mut child = spawn(&world);
    let program = loop {
        if let Ok(text) = std::fs::read_to_string(&started) {
            break Pid::from_raw(text.trim().parse().unwrap()).unwrap();
        }
        let ended = child.try_wait().unwrap();
        assert!(ended.is_none(), "it ended without the program: {ended:?}");
        std::thread::sleep(Duration::from_millis(5));
    };
    kill_process(Pid::from_child(&child), Signal::INT).unwrap();
    let begun = std::time::Instant::now();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130));
    assert!(begun.elapsed() < Duration::from_secs(20));
    assert!(test_kill_process(program).is_err(), "the program goes on");
}
