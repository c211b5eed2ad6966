//! `jeton key …`, with openssl as the other side.

use crate::support::TestEnv;
use crate::support::world::World;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

/// What openssl prints, given arguments and files of the test's machine.
#[track_caller]
fn openssl(env: &TestEnv, words: &[&str]) -> String {
    let mut command = Command::new("openssl");
    let output = command.args(words).current_dir(env.path("work"));
    let output = output.output().unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "openssl {words:?}\n{stderr}");
    String::from_utf8(output.stdout).unwrap() + &stderr
}

/// Makes a key in `work/key.pem`; gives the key set that was printed.
#[track_caller]
fn generated(env: &TestEnv, more: &[&str]) -> serde_json::Value {
    env.holds_secret("work/key.pem");
    let words = [&["key", "generate", "key.pem"], more].concat();
    let run = env.cmd(&words).run().success();
    serde_json::from_str(&run.stdout).unwrap()
}

#[test]
fn every_algorithm_gives_a_key_that_openssl_reads() {
    for (alg, kind) in [
        ("ES256", "prime256v1"),
        ("ES384", "secp384r1"),
        ("ES512", "secp521r1"),
        ("EdDSA", "ED25519"),
        ("RS256", "(3072 bit"),
        ("ps256", "(3072 bit"),
    ] {
        let env = TestEnv::new();
        let set = generated(&env, &["--alg", alg]);
        let key = &set["keys"][0];
        assert_eq!(key["alg"], alg.replace("ps", "PS"), "{set}");
        assert_eq!(key["use"], "sig", "{set}");
        assert!(key["d"].is_null(), "{set}");
        let words = ["pkey", "-in", "key.pem", "-noout", "-text"];
        let text = openssl(&env, &words);
        assert!(text.contains(kind), "{alg}\n{text}");
        let mode = fs::metadata(env.path("work/key.pem")).unwrap();
        assert_eq!(mode.permissions().mode() & 0o777, 0o600);

        let pem = env.cmd(&["key", "public", "key.pem", "-o", "pem"]).run();
        let public = openssl(&env, &["pkey", "-in", "key.pem", "-pubout"]);
        assert_eq!(pem.success().stdout, public, "{alg}");

        let thumbprint = env.cmd(&["key", "thumbprint", "key.pem"]).run();
        assert_eq!(thumbprint.success().line(), key["kid"], "{alg}");
    }
}

#[test]
fn a_key_is_never_replaced_unasked() {
    let env = TestEnv::new();
    generated(&env, &[]);
    let first = fs::read_to_string(env.path("work/key.pem")).unwrap();
    let run = env.cmd(&["key", "generate", "key.pem"]).run().expect(3);
    run.says("already exists").says("--force");
    assert_eq!(fs::read_to_string(env.path("work/key.pem")).unwrap(), first);
    generated(&env, &["--force"]);
    assert_ne!(fs::read_to_string(env.path("work/key.pem")).unwrap(), first);
    let mode = fs::metadata(env.path("work/key.pem")).unwrap();
    assert_eq!(mode.permissions().mode() & 0o777, 0o600);
}

#[test]
fn sizes_belong_to_rsa() {
    let env = TestEnv::new();
    let run = env.cmd(&["key", "generate", "key.pem", "--bits", "2048"]);
    run.run().expect(2).says("--bits").says("ES256");
    let words = ["key", "generate", "key.pem", "--alg", "RS256", "--bits"];
    env.cmd(&[&words[..], &["1024"]].concat())
        .run()
        .expect(2)
        .says("2048, 3072");
    env.cmd(&["key", "generate", "key.pem", "--alg", "HS256"])
        .run()
        .expect(2);
    assert!(!env.path("work/key.pem").exists());
    generated(&env, &["--alg", "RS256", "--bits", "2048"]);
    let text = openssl(&env, &["pkey", "-in", "key.pem", "-noout", "-text"]);
    assert!(text.contains("(2048 bit"), "{text}");
}

#[test]
fn the_set_and_the_lines_that_are_printed_get_a_token() {
    let world = World::without_profile();
    let env = &world.env;
    env.holds_secret("work/key.pem");
    let run = env.cmd(&["key", "generate", "key.pem"]).run().success();
    let set: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    world
        .server
        .register("made", "private_key_jwt", Some(&set["keys"][0]));
    let lines: Vec<&str> = run
        .stderr
        .lines()
        .filter_map(|line| line.strip_prefix("note:   "))
        .collect();
    assert_eq!(lines.len(), 2, "{run}");
    env.config(&format!(
        "[profiles.made]\nissuer = {:?}\nclient_id = 'made'\nscopes = ['api.read']\n{}\n",
        world.front.url(),
        lines.join("\n")
    ));
    world.cmd(&["token", "get"]).run().success();
}

#[test]
fn a_public_key_is_printed_in_each_form() {
    let env = TestEnv::new();
    let set = generated(&env, &["--kid", "2026-10"]);
    assert_eq!(set["keys"][0]["kid"], "2026-10");
    let run = env.cmd(&["key", "public", "key.pem", "--kid", "2026-10"]);
    assert_eq!(run.run().success().json(), set);
    let words = ["key", "public", "key.pem", "-o", "jwk", "--kid", "x"];
    assert_eq!(env.cmd(&words).run().success().json()["kid"], "x");
    env.cmd(&["key", "public", "key.pem", "--json", "-o", "pem"])
        .run()
        .expect(2);
    let run = env.cmd(&["key", "public", "key.pem", "--alg", "RS256"]);
    run.run().expect(2).says("ES256");
    let pem = fs::read(env.path("work/key.pem")).unwrap();
    let run = env.cmd(&["key", "public", "-"]).stdin(pem).run();
    assert_eq!(run.success().json()["keys"][0]["x"], set["keys"][0]["x"]);
}

#[test]
fn a_thumbprint_is_that_of_rfc_7638_and_of_a_certificate_that_of_rfc_8705() {
    let env = TestEnv::new();
    // RFC 7638 3.1
    let n = "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";
    let jwk = format!(r#"{{"kty":"RSA","n":"{n}","e":"AQAB","alg":"RS256","kid":"2011-04-29"}}"#);
    let expected = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs";
    for document in [jwk.clone(), format!("{{\"keys\":[{jwk}]}}")] {
        let run = env.cmd(&["key", "thumbprint", "-"]).stdin(document).run();
        assert_eq!(run.success().line(), expected);
    }
    generated(&env, &[]);
    let words = [
        "req", "-x509", "-key", "key.pem", "-subj", "/CN=a", "-out", "cert.pem",
    ];
    openssl(&env, &words);
    let der = openssl_bytes(&env, &["x509", "-in", "cert.pem", "-outform", "DER"]);
    let run = env.cmd(&["key", "thumbprint", "cert.pem", "--json"]).run();
    let json = run.success().json();
    assert_eq!(json[0]["kind"], "x5t#S256");
    assert_eq!(
        json[0]["thumbprint"],
        crate::support::keys::thumbprint(&der)
    );
}

fn openssl_bytes(env: &TestEnv, words: &[&str]) -> Vec<u8> {
    let mut command = Command::new("openssl");
    let output = command.args(words).current_dir(env.path("work"));
    output.output().unwrap().stdout
}

#[test]
fn a_request_is_signed_by_its_key_and_has_the_names() {
    for alg in ["ES256", "ES384", "ES512", "EdDSA", "RS256"] {
        let env = TestEnv::new();
        generated(&env, &["--alg", alg]);
        let words = [
            "key",
            "csr",
            "key.pem",
            "--subject",
            r"CN=billing,O=Example\, Inc.",
            "--san",
            "billing.example.com",
            "--san",
            "192.0.2.1",
            "--san",
            "spiffe://example.org/b",
        ];
        let run = env.cmd(&words).run().success();
        env.write("work/a.csr", 0o600, &run.stdout);
        let words = ["req", "-in", "a.csr", "-noout", "-verify", "-text"];
        let text = openssl(&env, &words);
        for expected in [
            "verify OK",
            "CN = billing",
            "Example, Inc.",
            "DNS:billing.example.com",
            "IP Address:192.0.2.1",
            "URI:spiffe://example.org/b",
        ] {
            assert!(text.contains(expected), "{alg}: {expected}\n{text}");
        }
    }
    let env = TestEnv::new();
    generated(&env, &[]);
    let run = env.cmd(&["key", "csr", "key.pem", "--subject", "billing"]);
    run.run().expect(2).says("CN=billing");
}

#[test]
fn what_is_no_key_is_exit_4() {
    let env = TestEnv::new();
    env.write("work/text", 0o600, "hello\n");
    for words in [
        &["key", "public", "text"][..],
        &["key", "public", "missing"],
        &["key", "thumbprint", "text"],
        &["key", "csr", "text", "--subject", "CN=a"],
    ] {
        env.cmd(words).run().expect(4).says("cannot read a key");
    }
}
