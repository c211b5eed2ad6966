//! `jeton mtls probe` against nginx, which answers in HTTP what others say in the handshake.

use crate::support::TestEnv;
use crate::support::handshakes::{Certified, Wrong, ca, client};
use crate::support::nginx::{Nginx, lab, nginx};
use serde_json::Value;

fn probe(env: &TestEnv, host: &str, own: Option<&Certified>) -> (i32, Value) {
    let mut args = vec!["mtls", "probe", host, "--ca-file", "ca.pem", "-o", "json"];
    if let Some(own) = own {
        env.write(
            "work/own.pem",
            0o600,
            &format!("{}{}", own.pem, own.key_pem),
        );
        args.extend(["--cert", "own.pem"]);
    }
    let run = env.cmd(&args).judges().run();
    (run.code, run.json())
}

/// The answers of a version to first connections: status, meaning, words.
fn answers(json: &Value, version: &str) -> Vec<String> {
    let all = json["exchanges"].as_array().unwrap().iter();
    all.filter(|one| one["version"] == version && one["resumed"].is_null())
        .map(|one| {
            let word = |name: &str| one[name].as_str().unwrap_or_default().to_owned();
            format!("{} {} {}", one["status"], word("meaning"), word("says"))
        })
        .collect()
}

#[test]
fn nginx_that_requires_a_certificate_says_so_in_http() {
    let Some(program) = nginx() else { return };
    let (env, root) = lab();
    let nginx = Nginx::start(
        program,
        &env,
        "ssl_protocols TLSv1.2 TLSv1.3; ssl_verify_client on;",
    );
    let good = client(Some(&root), Wrong::Nothing);
    let (code, json) = probe(&env, &nginx.host, Some(&good));
    assert_eq!(code, 0, "{json:#}");
    assert_eq!(json["client_certificate"], "required", "{json:#}");
    let missing = "400 missing No required SSL certificate was sent";
    let taken = "401 none invalid_client: SUCCESS";
    for version in ["TLS 1.3", "TLS 1.2"] {
        assert_eq!(answers(&json, version), [missing, taken], "{json:#}");
    }
    assert_eq!(json["versions"][0]["asked"]["authorities"][0], "CN=root");
    assert_eq!(json["tls"]["alpn"], "http/1.1");

    let refused = "400 refused The SSL certificate error";
    let stranger = ca("stranger", None);
    for bad in [
        client(Some(&stranger), Wrong::Nothing),
        client(Some(&root), Wrong::Expired),
        client(Some(&root), Wrong::OtherUse),
    ] {
        let (code, json) = probe(&env, &nginx.host, Some(&bad));
        assert_eq!(code, 8, "{json:#}");
        for version in ["TLS 1.3", "TLS 1.2"] {
            assert_eq!(answers(&json, version), [missing, refused], "{json:#}");
        }
        let findings = json["findings"].to_string();
        assert!(findings.contains("client.refused"), "{json:#}");
    }
}

#[test]
fn nginx_that_goes_on_without_a_certificate() {
    let Some(program) = nginx() else { return };
    let (env, root) = lab();
    let nginx = Nginx::start(
        program,
        &env,
        "ssl_protocols TLSv1.2 TLSv1.3; ssl_verify_client optional;",
    );
    let (code, json) = probe(&env, &nginx.host, None);
    assert_eq!(
        (code, &json["client_certificate"]),
        (0, &"optional".into()),
        "{json:#}"
    );
    assert_eq!(answers(&json, "TLS 1.3"), ["401 none invalid_client: NONE"]);
    let good = client(Some(&root), Wrong::Nothing);
    let (code, json) = probe(&env, &nginx.host, Some(&good));
    let expected = [
        "401 none invalid_client: NONE",
        "401 none invalid_client: SUCCESS",
    ];
    assert_eq!(
        (code, answers(&json, "TLS 1.2")),
        (0, expected.map(str::to_owned).to_vec())
    );
}

#[test]
fn nginx_with_versions_that_should_be_gone() {
    let Some(program) = nginx() else { return };
    let (env, _) = lab();
    let lines =
        "ssl_verify_client off; ssl_protocols TLSv1 TLSv1.1 TLSv1.2; ssl_ciphers ALL:@SECLEVEL=0;";
    let nginx = Nginx::start(program, &env, lines);
    let (code, json) = probe(&env, &nginx.host, None);
    assert_eq!(code, 0, "{json:#}");
    let accepted = |place: usize| json["versions"][place]["accepted"].as_bool();
    let all = [accepted(0), accepted(1), accepted(2), accepted(3)];
    assert_eq!(
        all,
        [Some(false), Some(true), Some(true), Some(true)],
        "{json:#}"
    );
    assert_eq!(json["counts"]["warn"], 2, "{json:#}");
    assert_eq!(json["client_certificate"], "not_asked");
}

#[test]
fn nginx_without_session_tickets_or_cache() {
    let Some(program) = nginx() else { return };
    let (env, _) = lab();
    let lines = "ssl_protocols TLSv1.2 TLSv1.3; ssl_session_tickets off; ssl_session_cache off;";
    let nginx = Nginx::start(program, &env, lines);
    let (_, json) = probe(&env, &nginx.host, None);
    let all = json["exchanges"].as_array().unwrap();
    let resumed: Vec<_> = all
        .iter()
        .filter_map(|one| one["resumed"].as_bool())
        .collect();
    assert_eq!(resumed, [false, false], "{json:#}");
}

#[test]
fn nginx_that_takes_no_signature_of_our_kind() {
    let Some(program) = nginx() else { return };
    let (env, root) = lab();
    let lines = "ssl_protocols TLSv1.2 TLSv1.3; ssl_verify_client optional;\n\
                 ssl_conf_command ClientSignatureAlgorithms RSA+SHA256:rsa_pss_rsae_sha256;";
    let nginx = Nginx::start(program, &env, lines);
    let good = client(Some(&root), Wrong::Nothing);
    let (code, json) = probe(&env, &nginx.host, Some(&good));
    assert_eq!(code, 8, "{json:#}");
    let asked = &json["versions"][0]["asked"]["schemes"];
    assert_eq!(
        asked,
        &serde_json::json!(["rsa_pss_rsae_sha256"]),
        "{json:#}"
    );
    let findings = json["findings"].as_array().unwrap().iter();
    let found: Vec<_> = findings
        .filter(|one| one["code"] == "client.scheme")
        .collect();
    assert_eq!(found.len(), 2, "{json:#}");
    assert!(
        found[0]["text"].as_str().unwrap().contains("EC P-256"),
        "{json:#}"
    );
}
