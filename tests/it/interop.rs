//! Against an authorization server that is not ours: npm oidc-provider, certified, started from tests/interop.

use crate::support::env::TestEnv;
use crate::support::keys::{EcKey, claims, random_secret};
use crate::support::mtls::{ClientCa, Holder};
use crate::support::tls::{Flaw, Tls};
use crate::support::world::RESOURCE;
use crate::support::{Run, wanted};
use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

/// The foreign server and a machine that knows it.
struct Foreign {
    env: TestEnv,
    child: Child,
    issuer: String,
    secret: String,
    certified: Holder,
    self_signed: Holder,
}

/// Starts it, and waits for its first line; `None` where that does not come within a minute.
fn begin(mut command: Command) -> Option<(Child, Value)> {
    let mut child = command
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/interop"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let (tell, told) = channel();
    std::thread::spawn(move || {
        let mut line = String::new();
        let _ = stdout.read_line(&mut line);
        let _ = tell.send(line);
    });
    let line = told.recv_timeout(Duration::from_secs(60));
    match line.ok().and_then(|line| serde_json::from_str(&line).ok()) {
        Some(first) => Some((child, first)),
        None => {
            let _ = child.kill();
            let _ = child.wait();
            None
        }
    }
}

impl Foreign {
    /// `None` where interoperability was not asked for.
    fn start() -> Option<Self> {
        if !wanted("JETON_INTEROP", "needs node and `npm ci` in tests/interop") {
            return None;
        }
        let env = TestEnv::new();
        let key = EcKey::generate(&env.canaries);
        let secret = random_secret(&env.canaries);
        env.secret_file("home/secret", &secret);
        env.secret_file("home/key.pem", key.pem());
        let by_secret = |method: &str| json!({ "client_id": method, "client_secret": secret, "token_endpoint_auth_method": method });
        let ca = ClientCa::named("Client CA");
        let certified = ca.certify(&env.canaries, 2120);
        let self_signed = Holder::self_signed(&env.canaries);
        let tls = Tls::new(Flaw::None);
        env.write("home/ca.pem", 0o600, &tls.ca_pem);
        let door = json!({ "key": tls.key_pem, "cert": tls.cert_pem, "ca": ca.pem() });
        let door = env.write("tmp/door.json", 0o600, &door.to_string());
        let clients = json!([
            by_secret("client_secret_basic"),
            by_secret("client_secret_post"),
            by_secret("client_secret_jwt"),
            {
                "client_id": "private_key_jwt", "token_endpoint_auth_method": "private_key_jwt",
                "jwks": { "keys": [key.public_jwk("k-1")] },
            },
            {
                "client_id": "tls_client_auth", "token_endpoint_auth_method": "tls_client_auth",
                "tls_client_auth_subject_dn": "CN=billing",
                "tls_client_certificate_bound_access_tokens": true,
            },
            {
                "client_id": "self_signed_tls_client_auth",
                "token_endpoint_auth_method": "self_signed_tls_client_auth",
                "tls_client_certificate_bound_access_tokens": true,
                "jwks": { "keys": [self_signed.jwk] },
            },
        ]);
        let clients = env.secret_file("tmp/clients.json", &clients.to_string());
        let begin = || {
            let mut command = Command::new("node");
            command.arg("server.mjs").arg(&clients).arg(&door);
            begin(command)
        };
        // Under load node hangs at its start once in a while, before it has done anything.
        let (child, first) = begin().or_else(begin).expect("node starts");
        Some(Self {
            issuer: first["issuer"].as_str().unwrap().to_owned(),
            env,
            child,
            secret,
            certified,
            self_signed,
        })
    }

    /// Writes the profile for a method; `more` are further lines of it.
    fn profile(&self, method: &str, more: &str) {
        let credential = if method == "private_key_jwt" {
            let file = self.env.text("home/key.pem");
            format!("[profiles.it.assertion]\nkid = \"k-1\"\nprivate_key = {{ file = {file:?} }}\n")
        } else {
            format!(
                "client_secret = {{ file = {:?} }}\n",
                self.env.text("home/secret")
            )
        };
        self.env.config(&format!(
            "[profiles.it]\nissuer = {:?}\nclient_id = {method:?}\nauth_method = {method:?}\n{more}\n{credential}",
            self.issuer
        ));
    }

    fn get(&self, args: &[&str]) -> Run {
        let line = [&["token", "get", "-p", "it", "-o", "raw"], args].concat();
        let run = self.env.cmd(&line).reveals_token().run();
        if run.code == 0 {
            // No front stands before this server, so its tokens are learnt here, and then looked for.
            self.env.canaries.token(run.line());
            self.env.assert_no_leak_in_files(&|| run.to_string());
        }
        run
    }
}

impl Drop for Foreign {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const READ: &str = "scopes = [\"api.read\"]\nresource = [\"https://api.example.com\"]\n";

#[test]
fn every_method_gets_a_token() {
    let Some(foreign) = Foreign::start() else {
        return;
    };
    for method in [
        "client_secret_basic",
        "client_secret_post",
        "client_secret_jwt",
        "private_key_jwt",
    ] {
        foreign.profile(method, READ);
        let run = foreign.get(&[]).success().says(&format!("method={method}"));
        let decoded = foreign
            .env
            .cmd(&["token", "decode", "--json", "-"])
            .stdin(run.line())
            .run();
        let json = decoded.success().json();
        assert_eq!(json["claims"]["client_id"], method);
        assert_eq!(json["claims"]["iss"], foreign.issuer.as_str());
        assert_eq!(json["claims"]["aud"], RESOURCE);
        assert_eq!(json["claims"]["scope"], "api.read");
        foreign.get(&[]).success().says("cache hit");
    }
}

/// Client requirements 9, 38 and 39.
#[test]
fn both_methods_by_certificate_get_bound_tokens() {
    let Some(foreign) = Foreign::start() else {
        return;
    };
    let env = &foreign.env;
    let ca = env.text("home/ca.pem");
    for (method, holder) in [
        ("tls_client_auth", &foreign.certified),
        ("self_signed_tls_client_auth", &foreign.self_signed),
    ] {
        env.write("home/client.pem", 0o644, &holder.cert);
        env.secret_file("home/client.key", &holder.key);
        let opaque = "scopes = [\"api.read\"]\nresource = [\"https://opaque.example.com\"]\n";
        for (more, word) in [(READ, method), (READ, "auto"), (opaque, method)] {
            env.config(&format!(
                "[profiles.it]\nissuer = {:?}\nclient_id = {method:?}\nauth_method = {word:?}\nca_file = {ca:?}\n{more}\n\
                 [profiles.it.mtls]\ncert = \"../../client.pem\"\nkey = {{ file = \"../../client.key\" }}\n",
                foreign.issuer
            ));
            let run = foreign.get(&["--fresh", "-v"]).success();
            let run = run
                .says(&format!("auth_method={method} "))
                .says("endpoint=token_endpoint url=https:")
                .says_nothing_of("bound to");
            if more == READ {
                let bound = &claims(run.line())["cnf"]["x5t#S256"];
                assert_eq!(bound, &Value::from(holder.thumbprint.as_str()), "{run}");
            }
        }
        let about = |args: &[&str]| env.cmd(&[&["token"], args, &["-p", "it"]].concat()).run();
        let json = about(&["introspect", "--json"]).success().json();
        assert_eq!(json["active"], true, "{json}");
        assert_eq!(
            json["token"]["cnf"]["x5t#S256"], holder.thumbprint,
            "{json}"
        );
        about(&["revoke"]).success().shows("removed from the cache");
        let probe = env.cmd(&["mtls", "probe", "-p", "it", "-o", "json"]);
        let probed = probe.judges().run().success().json();
        assert_eq!(probed["target"]["alias"], true, "{probed:#}");
        assert_eq!(probed["client_certificate"], "optional", "{probed:#}");
        let ours = &probed["certificate"];
        let registered = &ours["registration"]["token_endpoint_auth_method"];
        assert_eq!(registered, method, "{probed:#}");
        let thumbprint = &ours["certificates"][0]["x5t#S256"];
        assert_eq!(thumbprint, holder.thumbprint.as_str(), "{probed:#}");
        let exchanges = probed["exchanges"].as_array().unwrap();
        // It answers POST alone at this place; what matters is that it answers.
        assert!(
            !exchanges.is_empty() && exchanges.iter().all(|one| one["status"] == 404),
            "{probed:#}"
        );
        // A certificate that it does not know is refused in its own words.
        let stranger = Holder::self_signed(&env.canaries);
        env.write("home/client.pem", 0o644, &stranger.cert);
        env.secret_file("home/client.key", &stranger.key);
        let run = foreign.get(&[]).expect(5).says("invalid_client");
        run.says("registered for").says("client.pem (config.toml:");
    }
}

#[test]
fn its_tokens_are_verified_with_its_keys() {
    let Some(foreign) = Foreign::start() else {
        return;
    };
    foreign.profile("client_secret_basic", READ);
    foreign.get(&[]).success();
    let line = ["token", "verify", "-p", "it", "--profile-strict"];
    foreign.env.cmd(&line).run().success().shows("verified");
    let line = [&line[..], &["--aud", "urn:other"]].concat();
    foreign.env.cmd(&line).run().expect(8).says("FAIL  aud");
}

/// Client requirements 69 and 70.
#[test]
fn a_token_is_asked_about_and_given_back() {
    let Some(foreign) = Foreign::start() else {
        return;
    };
    for method in [
        "client_secret_basic",
        "client_secret_post",
        "private_key_jwt",
    ] {
        foreign.profile(
            method,
            "scopes = [\"api.read\"]\nresource = [\"https://opaque.example.com\"]\n",
        );
        let run = foreign.get(&["--fresh"]).success();
        let token = run.line();
        let about = |args: &[&str]| {
            let line = [&["token", "introspect", "-p", "it", "-"], args].concat();
            foreign.env.cmd(&line).stdin(token).run()
        };
        let json = about(&["--json"]).success().json();
        assert_eq!(json["active"], true, "{json}");
        assert_eq!(json["token"]["scope"], "api.read", "{json}");
        let json = about(&["--json", "--jwt"]).success().json();
        assert_eq!(json["signed"], true, "{json}");
        assert_eq!(json["token"]["client_id"], method, "{json}");
        let revoke = ["token", "revoke", "-p", "it"];
        foreign
            .env
            .cmd(&revoke)
            .run()
            .success()
            .shows("removed from the cache");
        about(&[]).success().shows("not active");
        about(&["--jwt", "--check"]).expect(8).says("not active");
    }
}

#[test]
fn auto_finds_a_method_that_works() {
    let Some(foreign) = Foreign::start() else {
        return;
    };
    foreign.profile("private_key_jwt", READ);
    let text = std::fs::read_to_string(foreign.env.path("home/.config/jeton/config.toml")).unwrap();
    foreign.env.config(&text.replace(
        "auth_method = \"private_key_jwt\"",
        "auth_method = \"auto\"",
    ));
    foreign.get(&[]).success().says("method=private_key_jwt");
}

#[test]
fn both_scopes_come_back() {
    let Some(foreign) = Foreign::start() else {
        return;
    };
    foreign.profile("client_secret_basic", READ);
    let args = [
        "--scope",
        "api.read api.write",
        "--require-scope",
        "api.write",
        "--require-aud",
        RESOURCE,
    ];
    foreign.get(&args).success();
}

#[test]
fn refusals_are_exit_5_with_the_words_of_the_server() {
    let Some(foreign) = Foreign::start() else {
        return;
    };
    foreign.profile("client_secret_basic", READ);
    foreign
        .get(&["--scope", "api.admin"])
        .expect(5)
        .says("invalid_scope");
    foreign
        .get(&["--resource", "https://other.example.com"])
        .expect(5)
        .says("invalid_target");
    let wrong = format!("{}-not", foreign.secret);
    foreign.env.canaries.secret("wrong secret", &wrong);
    foreign.env.secret_file("home/secret", &wrong);
    foreign.get(&[]).expect(5).says("invalid_client");
}

#[test]
fn its_key_set_is_judged_and_finds_the_key_of_its_token() {
    let Some(foreign) = Foreign::start() else {
        return;
    };
    foreign.profile("client_secret_basic", READ);
    let token = foreign.get(&[]).success().line().to_owned();
    let judged = foreign
        .env
        .cmd(&["jwks", "test", "-p", "it", "--token", "-", "--json"])
        .judges()
        .stdin(&token)
        .run()
        .success();
    let json = judged.json();
    assert_eq!(json["keys"][0]["kid"], "interop-1", "{judged}");
    assert_eq!(json["token"]["verified_by"], 0, "{judged}");
    let announced = json["algorithms"].as_array().unwrap();
    let for_id_tokens = |row: &&Value| row["list"] == "id_token_signing_alg_values_supported";
    assert!(announced.iter().any(|row| for_id_tokens(&row)), "{judged}");
    foreign
        .env
        .cmd(&["jwks", "test", "--issuer", &foreign.issuer])
        .judges()
        .run()
        .success()
        .shows("interop-1");
}
