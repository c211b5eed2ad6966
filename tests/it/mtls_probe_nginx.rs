//! `jeton mtls probe` against nginx, which answers in HTTP what others say in the handshake.

use crate::support::TestEnv;
use crate::support::handshakes::{Certified, Wrong, ca, client, server};
use serde_json::Value;
use std::io::Write as _;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Where Debian puts it; a user's path may not have it.
const PLACES: [&str; 3] = ["/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/bin/nginx"];

/// The program; none where it is not there and not asked for.
fn nginx() -> Option<&'static str> {
    let found = PLACES.into_iter().find(|place| Path::new(place).exists());
    let required = std::env::var_os("JETON_REQUIRE_NGINX").is_some_and(|value| value == "1");
    assert!(
        found.is_some() || !required,
        "there is no nginx, and JETON_REQUIRE_NGINX asks for it"
    );
    if found.is_none() {
        let name = std::thread::current().name().unwrap_or("?").to_owned();
        let _ = writeln!(std::io::stderr(), "SKIPPED {name}: it needs nginx");
    }
    found
}

/// A server of nginx, ended with its test.
struct Nginx {
    child: Child,
    host: String,
}

impl Nginx {
    /// With these lines in its configuration, and a location that tells who came. A free port may be taken by another test
    /// before nginx has it: then another one is tried.
    fn start(program: &str, env: &TestEnv, lines: &str) -> Self {
        let attempts = (0..5).map(|_| Self::attempt(program, env, lines));
        let Some(own) = attempts.flatten().next() else {
            let log = std::fs::read_to_string(env.path("nginx/error.log"));
            panic!("nginx does not start: {log:?}");
        };
        own
    }

    fn attempt(program: &str, env: &TestEnv, lines: &str) -> Option<Self> {
        let host = free();
        let folder = env.text("nginx");
        let config = format!(
            "daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log info;\n\
             events {{ worker_connections 64; }}\n\
             http {{ access_log off; client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;\n\
             uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;\n\
             server {{ listen {host} ssl; ssl_certificate server.pem; ssl_certificate_key server.key;\n\
             ssl_client_certificate ca.pem; {lines}\n\
             location / {{ return 401 '{{\"error\":\"invalid_client\",\"error_description\":\"$ssl_client_verify\"}}'; }} }} }}\n"
        );
        let path = env.write("nginx/nginx.conf", 0o600, &config);
        let child = Command::new(program)
            .args(["-p", &folder, "-e", &env.text("nginx/first.log"), "-c"])
            .arg(path)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut own = Self { child, host };
        own.listens().then_some(own)
    }

    /// Waits until it takes connections, or has ended.
    fn listens(&mut self) -> bool {
        let begun = Instant::now();
        while self.child.try_wait().unwrap().is_none() {
            assert!(
                begun.elapsed() < Duration::from_secs(30),
                "nginx does not listen"
            );
            if TcpStream::connect(&self.host).is_ok() {
                return true;
            }
            std::thread::yield_now();
        }
        false
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port that nobody listens on.
fn free() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().to_string()
}

/// A folder with the certificates of a server that trusts this CA.
fn lab() -> (TestEnv, Certified) {
    let env = TestEnv::new();
    let root = ca("root", None);
    let own = server(&root, Wrong::Nothing);
    for place in ["work", "nginx"] {
        env.write(&format!("{place}/ca.pem"), 0o600, &root.pem);
    }
    env.write("nginx/server.pem", 0o600, &own.pem);
    env.write("nginx/server.key", 0o600, &own.key_pem);
    (env, root)
}

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
