//! `jeton jwks test` against nginx: a key set as a plain file behind TLS.

use crate::support::keys::EcKey;
use crate::support::nginx::{Nginx, lab, nginx};
use crate::support::{Run, TestEnv};
use serde_json::json;

/// A folder of nginx with a key set in it.
fn with_a_set(env: &TestEnv) -> String {
    let key = EcKey::generate(&env.canaries).public_jwk("a");
    let set = json!({ "keys": [key] }).to_string();
    env.write("nginx/jwks.json", 0o644, &set);
    env.text("nginx")
}

fn test(env: &TestEnv, nginx: &Nginx, more: &[&str]) -> Run {
    let url = format!("https://{}/jwks.json", nginx.host);
    let args = [&["jwks", "test", &url, "--ca-file", "ca.pem"], more].concat();
    env.cmd(&args).judges().run()
}

fn codes(run: &Run) -> Vec<String> {
    let json = run.json();
    let findings = json["findings"].as_array().unwrap().iter();
    findings
        .map(|found| found["code"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_file_as_nginx_serves_it_by_itself() {
    let Some(program) = nginx() else { return };
    let (env, _) = lab();
    let folder = with_a_set(&env);
    let lines = format!("ssl_verify_client optional; location = /jwks.json {{ root {folder}; }}");
    let server = Nginx::start(program, &env, &lines);
    let run = test(&env, &server, &["--json"]).success();
    // Without its table of types it calls everything text, and it says nothing of keeping.
    assert_eq!(codes(&run), ["http.content_type", "cache.unsaid"], "{run}");
    let json = run.json();
    assert_eq!(json["fetch"]["content_type"], "text/plain", "{run}");
    assert_eq!(json["fetch"]["validator"], true, "it sends ETag\n{run}");
    assert_eq!(json["signature_keys"], 1, "{run}");
    test(&env, &server, &[]).success().shows("text/plain");
}

#[test]
fn a_file_as_it_should_be_served() {
    let Some(program) = nginx() else { return };
    let (env, _) = lab();
    let folder = with_a_set(&env);
    let lines = format!(
        "ssl_verify_client optional; location = /jwks.json {{ root {folder}; default_type application/jwk-set+json; expires 10m; }}"
    );
    let server = Nginx::start(program, &env, &lines);
    let run = test(&env, &server, &["--json"]).success();
    assert_eq!(codes(&run), [""; 0], "{run}");
    assert_eq!(run.json()["fetch"]["fresh_for"], 600, "{run}");
    let people = test(&env, &server, &[]).success();
    people
        .shows("nothing is wrong")
        .shows("clients may cache it for 10m");
}

/// Key sets are public: whoever demands a certificate for one has shut out most clients.
#[test]
fn a_set_behind_a_demand_for_certificates() {
    let Some(program) = nginx() else { return };
    let (env, _) = lab();
    let folder = with_a_set(&env);
    let lines = format!("ssl_verify_client on; location = /jwks.json {{ root {folder}; }}");
    let server = Nginx::start(program, &env, &lines);
    test(&env, &server, &[])
        .expect(7)
        .says(
            "the server demands a client certificate, and public documents are fetched without one",
        )
        .says("HTTP 400");
    let issuer = format!("https://{}", server.host);
    let run = env
        .cmd(&["jwks", "test", "--issuer", &issuer, "--ca-file", "ca.pem"])
        .judges()
        .run();
    run.expect(3)
        .says("demands a client certificate for its metadata");
}
