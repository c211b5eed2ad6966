//! `jeton doctor` where the client proves who it is with a certificate (RFC 8705).

use crate::doctor::{broken, doctor, step};
use crate::support::front::SHOWN;
use crate::support::mtls::{ClientCa, METADATA, Scene};
use crate::support::{Answer, Fault};
use std::fs;

#[test]
fn a_certificate_that_is_taken() {
    let scene = Scene::new();
    // The tokens of the scene are made up: what comes behind the request is not looked at.
    let run = doctor(&scene.world, &[]);
    let facts = &step(&run, "credential")["facts"];
    assert_eq!(facts["kind"], "certificate", "{run}");
    assert_eq!(facts["x5t#S256"], scene.client.thumbprint, "{run}");
    assert_eq!(
        step(&run, "methods")["facts"]["chosen"],
        "tls_client_auth",
        "{run}"
    );
    assert_eq!(step(&run, "request")["status"], "ok", "{run}");
    assert_eq!(
        scene.door.last("/token").header(SHOWN),
        Some(scene.client.thumbprint.as_str())
    );
}

#[test]
fn a_certificate_that_cannot_be_used_is_the_credential() {
    let scene = Scene::new();
    let env = &scene.world.env;
    env.secret_file("home/client.key", &scene.self_signed.key);
    let run = doctor(&scene.world, &[]);
    let run = broken(
        run,
        "credential",
        "credential.unavailable",
        &["client.pem", "renewed without the other"],
    );
    assert_eq!(run.json()["would_exit"], 4, "{run}");
    scene.client.install(&scene.world);
    fs::remove_file(env.path("home/client.key")).unwrap();
    let run = doctor(&scene.world, &[]);
    broken(
        run,
        "credential",
        "credential.unavailable",
        &["client.key", "mtls.key says where"],
    );
    fs::remove_file(env.path("home/client.pem")).unwrap();
    let run = doctor(&scene.world, &[]);
    let run = broken(
        run,
        "credential",
        "credential.certificate",
        &["client.pem", "mtls.cert names it"],
    );
    assert_eq!(step(&run, "settings")["status"], "ok", "{run}");
    assert_eq!(run.json()["would_exit"], 4, "{run}");
}

#[test]
fn a_certificate_that_the_server_refuses() {
    let scene = Scene::new();
    // By an authority that the door does not know.
    ClientCa::named("Somebody else")
        .certify(&scene.world.env.canaries, 2120)
        .install(&scene.world);
    let run = doctor(&scene.world, &[]);
    broken(
        run,
        "request",
        "request.certificate_refused",
        &["client.pem", "jeton mtls probe"],
    );
    // One that has ended is a warning, until the server refuses it for that.
    scene
        .ca
        .certify(&scene.world.env.canaries, 2020)
        .install(&scene.world);
    let run = doctor(&scene.world, &[]);
    broken(
        run,
        "credential",
        "credential.certificate",
        &["client.pem", "expired"],
    );
    // A server that knows it, and not for this client.
    scene.client.install(&scene.world);
    scene.door.heal();
    let said = Answer::json(401, "{\"error\":\"invalid_client\"}");
    scene.door.always("/token", Fault::Answer(said));
    let run = doctor(&scene.world, &[]);
    broken(
        run,
        "request",
        "request.certificate",
        &["presented: the client certificate from", "client.pem"],
    );
}

#[test]
fn a_certificate_that_is_wanted() {
    let scene = Scene::new();
    let secret = scene.world.env.text("home/basic.secret");
    let line = format!("client_secret = {{ file = {secret:?} }}");
    scene.config_with("client_secret_basic", &line, "enabled = false\n");
    scene.offer(|metadata| {
        metadata["token_endpoint"] = format!("{}/token", scene.door.url()).into();
    });
    let run = doctor(&scene.world, &[]);
    broken(
        run,
        "request",
        "request.certificate_wanted",
        &["CC_MTLS_CERT", "jeton mtls probe"],
    );
    assert_eq!(scene.world.front.count(METADATA), 1);
}

/// The endpoint is configured, and the handshake of the walk presents nothing.
#[test]
fn an_endpoint_that_demands_a_certificate_does_not_look_broken() {
    let scene = Scene::new();
    let endpoint = format!("token_endpoint = \"{}/token\"", scene.door.url());
    scene.config("tls_client_auth", &endpoint);
    let run = doctor(&scene.world, &[]);
    assert_ne!(step(&run, "tls")["status"], "fail", "{run}");
    assert_eq!(
        step(&run, "verify")["status"],
        "skipped",
        "no jwks_uri\n{run}"
    );
    assert_eq!(step(&run, "request")["status"], "ok", "{run}");
}
