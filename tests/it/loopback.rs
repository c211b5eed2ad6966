//! Servers on this machine: never asked through a proxy, and found without a resolver (client requirement 12).

use crate::support::mtls::METADATA;
use crate::support::proxy::{Habit, TestProxy};
use crate::support::tls::Flaw;
use crate::support::world::World;
use crate::support::{Answer, Fault, Run, TestEnv, http};

/// Every variable that names a proxy.
const VARIABLES: [&str; 6] = [
    "http_proxy",
    "HTTP_PROXY",
    "https_proxy",
    "HTTPS_PROXY",
    "all_proxy",
    "ALL_PROXY",
];

/// The commands that send requests; each but the first takes the token that the first has cached.
const COMMANDS: [&[&str]; 6] = [
    &["token", "get"],
    &["token", "introspect", "-p", "billing"],
    &["token", "verify", "-p", "billing"],
    &["jwks", "test"],
    &["doctor"],
    &["token", "revoke", "-p", "billing"],
];

fn behind(env: &TestEnv, proxy: &TestProxy, args: &[&str]) -> Run {
    let mut run = env.cmd(args).judges();
    for name in VARIABLES {
        run = run.env(name, &proxy.url());
    }
    run.run()
}

/// Endpoints for introspection and revocation, which the front answers.
fn offer_all(world: &World) {
    let metadata = http::get(&format!("http://{}{METADATA}", world.server.address()));
    let mut metadata = metadata.json().unwrap();
    for (name, path, body) in [
        (
            "introspection_endpoint",
            "/introspect",
            r#"{"active":true}"#,
        ),
        ("revocation_endpoint", "/revoke", ""),
    ] {
        metadata[name] = format!("{}{path}", world.front.url()).into();
        let answer = Answer::json(200, body);
        world.front.always(path, Fault::Answer(answer));
    }
    let answer = Answer::json(200, &metadata.to_string());
    world.front.always(METADATA, Fault::Answer(answer));
}

#[test]
fn client_12_no_request_to_loopback_goes_through_a_proxy() {
    for world in [World::new(), World::over_tls(Flaw::None)] {
        let proxy = TestProxy::start(&Habit::Refuse(403));
        offer_all(&world);
        if world.front.url().starts_with("https") {
            let ca_file = format!("ca_file = {:?}\n", world.env.text("home/ca.pem"));
            world.env.config(&world.profile("basic", &ca_file));
        }
        for args in COMMANDS {
            behind(&world.env, &proxy, args).success();
            assert_eq!(proxy.heads(), [""; 0], "{args:?}");
        }
    }
}

#[test]
fn client_12_nor_does_a_probe_of_loopback() {
    let world = World::over_tls(Flaw::None);
    let ca_file = world.env.text("home/ca.pem");
    let proxy = TestProxy::start(&Habit::Refuse(403));
    let args = ["mtls", "probe", &world.front.url(), "--ca-file", &ca_file];
    behind(&world.env, &proxy, &args).success();
    assert_eq!(proxy.heads(), [""; 0]);
}

#[test]
fn client_12_embedded_works_where_a_proxy_is_configured() {
    let env = TestEnv::new();
    let proxy = TestProxy::start(&Habit::Refuse(403));
    behind(&env, &proxy, &["token", "get", "--embedded"]).success();
    behind(&env, &proxy, &["doctor", "--embedded"]).success();
    assert_eq!(proxy.heads(), [""; 0]);
}

/// RFC 6761 6.3: such a name is this machine's. The proxy would be asked, or a resolver, which knows no such name.
#[test]
fn client_12_names_below_localhost_are_this_machine() {
    for host in [
        "localhost",
        "LOCALHOST",
        "jeton.localhost",
        "a.b.localhost.",
    ] {
        let world = World::new();
        let proxy = TestProxy::start(&Habit::Refuse(403));
        let port = world.front.address().port();
        let endpoint = format!("token_endpoint = \"http://{host}:{port}/token\"\n");
        world.env.config(&world.profile("basic", &endpoint));
        behind(&world.env, &proxy, &["token", "get"]).success();
        assert_eq!(proxy.heads(), [""; 0], "{host}");
        assert_eq!(world.token_requests(), 1, "{host}");
    }
}
