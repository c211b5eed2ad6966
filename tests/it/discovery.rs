//! What discovered metadata may name: the addresses that a public issuer may send the client to.

use crate::support::mtls::METADATA;
use crate::support::proxy::{Habit, TestProxy};
use crate::support::tls::Flaw;
use crate::support::world::World;
use crate::support::{Answer, Fault, Run};
use serde_json::json;

/// The issuer as its certificate names it. The proxy resolves the name, so it counts as public.
const ISSUER: &str = "https://auth.example.com";

/// `token get` where the metadata of a public issuer names this token endpoint.
fn get(token_endpoint: &str) -> (World, TestProxy, Run) {
    let world = World::over_tls(Flaw::OtherName);
    let text = world.profile("basic", "");
    world.env.config(&text.replace(&world.front.url(), ISSUER));
    let metadata = json!({ "issuer": ISSUER, "token_endpoint": token_endpoint });
    let metadata = Answer::json(200, &metadata.to_string());
    world.front.always(METADATA, Fault::Answer(metadata));
    let token = r#"{"access_token":"an-opaque-token-for-everybody","token_type":"Bearer","expires_in":600}"#;
    world
        .front
        .always("/token", Fault::Answer(Answer::json(200, token)));
    let proxy = TestProxy::start(&Habit::TunnelTo(world.front.address()));
    let ca_file = world.env.text("home/ca.pem");
    let run = world
        .cmd(&["token", "get", "--ca-file", &ca_file])
        .env("HTTPS_PROXY", &proxy.url())
        .run();
    (world, proxy, run)
}

#[test]
fn client_10_a_public_issuer_may_name_no_private_endpoint() {
    for endpoint in [
        "https://169.254.169.254/token",
        "https://10.0.0.1/token",
        "https://127.0.0.1/token",
        "https://[::1]/token",
        "https://localhost/token",
    ] {
        let (world, proxy, run) = get(endpoint);
        run.expect(3).says("private address");
        assert_eq!(world.token_requests(), 0, "{endpoint}");
        let targets = proxy.heads();
        assert!(!targets.is_empty());
        for head in targets {
            assert!(head.starts_with("CONNECT auth.example.com:443 "), "{head}");
        }
    }
}

#[test]
fn client_10_and_it_may_name_a_public_one() {
    let (world, _proxy, run) = get("https://auth.example.com/token");
    run.success();
    assert_eq!(world.token_requests(), 1);
}
