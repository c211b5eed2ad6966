//! `jeton mtls probe` with a certificate of ours: by flags and by the profile, good and with every fault.

use crate::support::handshakes::{Wants, Wrong, ca, client};
use crate::support::lab::{Lab, OWN, has, told};
use crate::support::mtls::Scene;
use crate::support::{Run, TestEnv};
use serde_json::Value;

#[test]
fn a_certificate_that_is_wanted_shown_and_taken() {
    let lab = Lab::new();
    let own = client(Some(&lab.root), Wrong::Nothing);
    lab.own(&own);
    for wants in [Wants::Required, Wants::Optional] {
        let server = lab.server(wants);
        let run = lab.json(&server.host(), &OWN).success();
        let json = run.json();
        let word = if wants == Wants::Required {
            "required"
        } else {
            "optional"
        };
        assert_eq!(json["client_certificate"], word, "{run}");
        for (place, version) in ["TLS 1.3", "TLS 1.2"].into_iter().enumerate() {
            let without = match wants {
                Wants::Required => "nothing: certificate_required",
                _ => "nothing: 200 client false",
            };
            let expected = [
                without,
                "certificate: 200 client true",
                "resumed certificate: 200 client true",
            ];
            assert_eq!(told(&json, version), expected, "{run}");
            let asked = &json["versions"][place]["asked"];
            assert_eq!(asked["authorities"][0], "CN=root", "{run}");
            let schemes = asked["schemes"].as_array().unwrap();
            assert!(schemes.contains(&"ecdsa_secp256r1_sha256".into()), "{run}");
        }
        has(&run, "ok client.accepted");
        has(&run, "ok key.match");
        let ours = &json["certificate"];
        assert_eq!(ours["key_matches"], true);
        let registration = &ours["registration"];
        assert_eq!(
            registration["token_endpoint_auth_method"],
            "tls_client_auth"
        );
        let members = registration["members"].as_array().unwrap();
        let told: Vec<_> = members
            .iter()
            .map(|member| {
                format!(
                    "{}={}",
                    member["name"].as_str().unwrap(),
                    member["value"].as_str().unwrap()
                )
            })
            .collect();
        let expected = [
            "tls_client_auth_subject_dn=CN=billing",
            "tls_client_auth_san_uri=spiffe://example/billing",
        ];
        assert_eq!(told, expected);
    }
    let server = lab.server(Wants::Required);
    let run = lab.probe(&server.host(), &OWN).success();
    run.shows("required")
        .shows("CN=root")
        .shows("with your certificate")
        .shows("TLS alert certificate_required")
        .shows("tls_client_auth_subject_dn = CN=billing")
        .says("MTLS")
        .says("client_certificate=required");
}

#[test]
fn certificates_that_the_server_does_not_take() {
    let lab = Lab::new();
    let other = ca("other", None);
    for (own, alert, of_ours) in [
        (client(Some(&other), Wrong::Nothing), "unknown_ca", None),
        (
            client(Some(&lab.root), Wrong::Expired),
            "certificate_expired",
            Some("fail cert.expired"),
        ),
        (
            client(Some(&lab.root), Wrong::OtherUse),
            "",
            Some("fail cert.not_for_clients"),
        ),
        (
            client(None, Wrong::Nothing),
            "unknown_ca",
            Some("note cert.self_signed"),
        ),
    ] {
        lab.own(&own);
        let server = lab.server(Wants::Required);
        let run = lab.json(&server.host(), &OWN).expect(8);
        has(&run, "fail client.refused");
        if let Some(code) = of_ours {
            has(&run, code);
        }
        let json = run.json();
        for version in ["TLS 1.3", "TLS 1.2"] {
            let told = told(&json, version);
            assert_eq!(told.len(), 2, "{run}");
            assert!(
                told[1].starts_with(&format!("certificate: {alert}")),
                "{run}"
            );
        }
    }
}

#[test]
fn another_ca_than_those_that_are_asked_for() {
    let lab = Lab::new();
    lab.own(&client(Some(&ca("other", None)), Wrong::Nothing));
    let server = lab.server(Wants::Required);
    let run = lab.probe(&server.host(), &OWN).expect(8);
    run.shows("asks for certificates of other CAs than CN=other: CN=root")
        .shows("TLS alert unknown_ca");
}

#[test]
fn a_key_that_is_not_that_of_the_certificate_is_never_shown() {
    let lab = Lab::new();
    let own = client(Some(&lab.root), Wrong::Nothing);
    lab.own(&client(Some(&lab.root), Wrong::Nothing));
    lab.env.write("work/own.pem", 0o600, &own.pem);
    let server = lab.server(Wants::Optional);
    let run = lab.json(&server.host(), &OWN).expect(8);
    has(&run, "fail key.mismatch");
    has(&run, "fail client.not_shown");
    assert_eq!(run.json()["certificate"]["key_matches"], false);
    for version in ["TLS 1.3", "TLS 1.2"] {
        let told = told(&run.json(), version);
        assert!(!told.is_empty(), "{run}");
        assert!(told.iter().all(|one| one.contains("client false")), "{run}");
    }
}

#[test]
fn a_certificate_that_nobody_asks_for() {
    let lab = Lab::new();
    lab.own(&client(Some(&lab.root), Wrong::Nothing));
    let server = lab.server(Wants::No);
    let run = lab.json(&server.host(), &OWN).expect(8);
    has(&run, "fail client.not_asked");
    lab.probe(&server.host(), &OWN)
        .expect(8)
        .shows("mtls_endpoint_aliases");
}

#[test]
fn a_self_signed_certificate_is_registered_by_its_key() {
    let lab = Lab::new();
    let own = client(None, Wrong::Nothing);
    lab.own(&own);
    let server = lab.server(Wants::No);
    let run = lab.json(&server.host(), &OWN).expect(8);
    let registration = &run.json()["certificate"]["registration"];
    let method = &registration["token_endpoint_auth_method"];
    assert_eq!(method, "self_signed_tls_client_auth");
    assert_eq!(registration["members"].as_array().unwrap().len(), 0);
    let jwk = &registration["jwk"];
    let text: String = own
        .pem
        .lines()
        .filter(|line| !line.starts_with('-'))
        .collect();
    assert_eq!(jwk["x5c"][0], text, "{run}");
    assert_eq!(jwk["kty"], "EC");
    assert!(jwk["d"].is_null(), "{run}");
}

/// What the alias of the token endpoint is, and whether it was chosen.
fn probed(scene: &Scene, args: &[&str], code: i32) -> Run {
    let args = [&["mtls", "probe", "-o", "json"], args].concat();
    scene.world.cmd(&args).judges().run().expect(code)
}

#[test]
fn client_09_the_profile_names_server_and_certificate() {
    let scene = Scene::new();
    let run = probed(&scene, &[], 0).says("alias endpoint chosen");
    let json = run.json();
    assert_eq!(json["target"]["kind"], "profile", "{run}");
    assert_eq!(json["target"]["alias"], true, "{run}");
    let url = format!("{}/token", scene.door.url());
    assert_eq!(json["target"]["url"], url, "{run}");
    let ours = &json["certificate"];
    let thumbprint = scene.client.thumbprint.as_str();
    assert_eq!(ours["certificates"][0]["x5t#S256"], thumbprint, "{run}");
    assert!(
        ours["from"].as_str().unwrap().contains("(config.toml:"),
        "{run}"
    );
    assert_eq!(json["client_certificate"], "required", "{run}");
    has(&run, "ok client.accepted");
    // Nothing but a GET without credentials.
    let request = scene.door.last("/token");
    assert_eq!(request.method, "GET");
    assert_eq!(request.header("authorization"), None);
    scene.offer(|metadata| metadata["mtls_endpoint_aliases"] = Value::Null);
    let run = probed(&scene, &[], 8).says_nothing_of("alias");
    assert_eq!(run.json()["target"]["alias"], false, "{run}");
    has(&run, "fail client.not_asked");
}

#[test]
fn flags_count_more_than_the_profile() {
    let scene = Scene::new();
    let env = &scene.world.env;
    env.write("work/own.pem", 0o600, &scene.self_signed.cert);
    env.secret_file("work/own.key", &scene.self_signed.key);
    let run = probed(&scene, &OWN, 0);
    let json = run.json();
    let shown = &json["certificate"]["certificates"][0]["x5t#S256"];
    assert_eq!(shown, scene.self_signed.thumbprint.as_str(), "{run}");
    let door = scene.door.url();
    let run = probed(&scene, &[&door, "-p", "billing"], 0);
    let json = run.json();
    let shown = &json["certificate"]["certificates"][0]["x5t#S256"];
    assert_eq!(shown, scene.client.thumbprint.as_str(), "{run}");
    // A server that is named without a profile is shown nothing of it.
    let ca = env.text("home/ca.pem");
    let run = probed(&scene, &[&door, "--ca-file", &ca], 0);
    assert!(run.json()["certificate"].is_null(), "{run}");
}

#[test]
fn a_profile_whose_certificate_cannot_be_read() {
    let scene = Scene::new();
    let env = &scene.world.env;
    let args = ["mtls", "probe"];
    env.write("home/client.pem", 0o644, "nothing");
    let run = env.cmd(&args).run().expect(4);
    run.says("home/client.pem").says("no line -----BEGIN");
    scene.client.install(&scene.world);
    std::fs::remove_file(env.path("home/client.key")).unwrap();
    env.cmd(&args)
        .run()
        .expect(4)
        .says("mtls.key says where it is");
    // Another key is a finding: the rest is worth telling.
    env.secret_file("home/client.key", &scene.self_signed.key);
    has(&probed(&scene, &[], 8), "fail key.mismatch");
    let none = TestEnv::new();
    none.cmd(&args).run().expect(3);
}

#[test]
fn files_that_are_no_certificate_are_exit_4_with_file_and_line() {
    let lab = Lab::new();
    let own = client(Some(&lab.root), Wrong::Nothing);
    lab.own(&own);
    lab.env.holds_secret("work");
    let damaged = own.pem.replacen("\nMII", "\nM_I", 1);
    let key = own.key_pem.as_str();
    let open_end = own.pem.replace("-----END CERTIFICATE-----", "");
    for (cert, key, says, remedy) in [
        (
            damaged.as_str(),
            key,
            "own.pem, line 2: '_' is not a character of Base64",
            "copy it anew",
        ),
        (
            open_end.as_str(),
            key,
            "own.pem, line 1: BEGIN CERTIFICATE has no END line",
            "whole",
        ),
        (
            key,
            own.pem.as_str(),
            "own.pem, line 1: it has no certificate, but a private key",
            "swapped",
        ),
        (
            own.pem.as_str(),
            own.pem.as_str(),
            "own.key, line 1: it has no private key, but a certificate",
            "swapped",
        ),
        ("", key, "own.pem: it is empty", "BEGIN CERTIFICATE"),
    ] {
        lab.env.write("work/own.pem", 0o600, cert);
        lab.env.write("work/own.key", 0o600, key);
        let run = lab.probe("127.0.0.1:9", &OWN).expect(4);
        run.says(says).says(remedy);
    }
    lab.env.write("work/own.pem", 0o600, &own.pem);
    let run = lab.probe("127.0.0.1:9", &["--cert", "own.pem"]).expect(4);
    run.says("the file has no private key beside the certificate");
    lab.env.write("work/own.key", 0o644, &own.key_pem);
    let run = lab.probe("127.0.0.1:9", &OWN).expect(6);
    run.says("own.key contains a private key and is readable by others (mode 644)");
    let run = lab
        .probe("127.0.0.1:9", &["--cert", "missing.pem"])
        .expect(4);
    run.says("cannot read missing.pem");
}
