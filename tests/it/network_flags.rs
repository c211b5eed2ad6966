//! `--proxy` and `--timeout`, on every command that talks to a server.

use crate::support::Fault;
use crate::support::TestEnv;
use crate::support::proxy::{Habit, TestProxy};
use crate::support::world::World;
use std::net::TcpListener;
use std::time::{Duration, Instant};

const COMMANDS: [&[&str]; 6] = [
    &["token", "get"],
    &["export", "env"],
    &["token", "revoke", "x.y.z"],
    &["token", "introspect", "x.y.z"],
    &["jwks", "test", "https://auth.example.com/jwks"],
    &["mtls", "probe", "https://auth.example.com/token"],
];

/// A profile of a server that is reached through the proxy only.
fn far_away() -> TestEnv {
    let env = TestEnv::new();
    env.config(
        "[profiles.p]\nissuer = 'https://auth.example.com'\nclient_id = 'c'\nclient_secret.env = 'S'\ntimeout = '5s'\n",
    );
    env.set("S", "a-secret-for-the-tests");
    env
}

#[test]
fn every_command_connects_through_the_proxy_of_the_flag() {
    let env = far_away();
    for command in COMMANDS {
        let proxy = TestProxy::start(&Habit::Refuse(403));
        let url = proxy.url();
        let args = [command, &["--proxy", &url]].concat();
        let other = ("HTTPS_PROXY", "http://127.0.0.1:9");
        let run = env.cmd(&args).env(other.0, other.1).run();
        assert!(matches!(run.code, 6 | 7), "{run}");
        let heads = proxy.heads();
        assert!(
            heads
                .first()
                .is_some_and(|head| head.starts_with("CONNECT auth.example.com:443")),
            "{command:?}: {heads:?}\n{run}"
        );
    }
}

#[test]
fn the_file_may_name_the_proxy() {
    let env = far_away();
    let proxy = TestProxy::start(&Habit::Refuse(403));
    let text = std::fs::read_to_string(env.path("home/.config/jeton/config.toml")).unwrap();
    env.config(&format!("{text}proxy = '{}'\n", proxy.url()));
    assert_ne!(env.cmd(&["token", "get"]).run().code, 0);
    assert!(!proxy.heads().is_empty());
    let shown = env.cmd(&["config", "show"]).run().success();
    shown.shows(&proxy.url());
}

/// Client 12.
#[test]
fn client_12_loopback_does_not_go_through_the_proxy_of_the_flag() {
    let world = World::new();
    let proxy = TestProxy::start(&Habit::Refuse(403));
    let run = world.cmd(&["token", "get", "--proxy", &proxy.url()]).run();
    run.success();
    let run = world.cmd(&["token", "get", "--embedded", "--proxy", &proxy.url()]);
    run.run().success();
    assert_eq!(proxy.heads(), [""; 0]);
}

/// Client 2.
#[test]
fn client_2_a_password_is_not_taken_from_the_command_line() {
    let env = far_away();
    let password = "canary-of-the-proxy";
    env.canaries.secret("password of the proxy", password);
    let proxy = format!("http://me:{password}@127.0.0.1:9");
    let run = env
        .cmd(&["token", "get", "--proxy", &proxy])
        .run()
        .expect(2);
    run.says("flag --proxy").says("HTTPS_PROXY");
    for wrong in ["", "socks5://127.0.0.1:9", "http://"] {
        env.cmd(&["token", "get", "--proxy", wrong]).run().expect(2);
    }
}

#[test]
fn the_timeout_of_the_flag_holds() {
    let world = World::new();
    world.front.always("/token", Fault::Hang);
    let begun = Instant::now();
    let run = world.cmd(&["token", "get", "--timeout", "1s"]).run();
    run.expect(6);
    assert!(
        begun.elapsed() < Duration::from_secs(4),
        "{:?}",
        begun.elapsed()
    );
    for wrong in ["0s", "5", "soon"] {
        let args = ["token", "get", "--timeout", wrong];
        world.cmd(&args).run().expect(2);
    }
}

#[test]
fn the_timeout_bounds_a_probe_and_a_key_set_too() {
    let env = TestEnv::new();
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = silent.local_addr().unwrap();
    let (plain, tls) = (
        format!("http://{address}/jwks"),
        format!("https://{address}"),
    );
    let whole = "did not finish within its timeout of 1s";
    for (args, words) in [
        (["jwks", "test", &plain], "no answer in time"),
        (["mtls", "probe", &tls], whole),
    ] {
        let begun = Instant::now();
        let run = env.cmd(&[&args[..], &["--timeout", "1s"]].concat()).run();
        run.expect(6).says(words);
        assert!(
            begun.elapsed() < Duration::from_secs(4),
            "{:?}",
            begun.elapsed()
        );
    }
}
