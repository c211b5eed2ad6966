//! Mutual TLS (RFC 8705), from the configuration to the token, against servers that look at the certificate.

use crate::support::front::SHOWN;
use crate::support::mtls::{ClientCa, Holder, METADATA, Scene, token};
use crate::support::world::{RESOURCE, World, nobody_listens};
use crate::support::{Answer, Fault, Run, TestEnv};
use serde_json::json;
use std::fs;

fn get(scene: &Scene, args: &[&str]) -> Run {
    scene.world.cmd(&[&["token", "get"], args].concat()).run()
}

/// The key of the cache, and the certificate that it is made of.
fn explained(scene: &Scene) -> (String, String) {
    let run = scene.world.cmd(&["cache", "explain", "--json"]).run();
    let json = run.success().json();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    (text(&json["key"]), text(&json["parts"]["certificate"]))
}

#[test]
fn client_38_the_certificate_is_the_credential() {
    let scene = Scene::new();
    let run = get(&scene, &["--json"]).success();
    let run = run.says("auth_method=tls_client_auth source=file");
    assert_eq!(run.json()["warnings"], json!([]), "{run}");
    let request = scene.door.last("/token");
    assert_eq!(scene.shown("/token"), scene.client.thumbprint);
    assert_eq!(request.param("client_id").as_deref(), Some("basic"));
    assert_eq!(
        request.param("grant_type").as_deref(),
        Some("client_credentials")
    );
    for name in ["client_secret", "client_assertion", "client_assertion_type"] {
        assert_eq!(request.param(name), None);
    }
    assert_eq!(request.header("authorization"), None);
}

/// Certificate and key in one file, and no CA that anyone would have to trust.
#[test]
fn client_38_a_self_signed_certificate_in_one_file_with_its_key() {
    let scene = Scene::new();
    let both = format!("{}{}", scene.self_signed.key, scene.self_signed.cert);
    let file = scene.world.env.secret_file("home/both.pem", &both);
    scene.config_with(
        "self_signed_tls_client_auth",
        "",
        &format!("cert = {file:?}\n"),
    );
    get(&scene, &[])
        .success()
        .says("method=self_signed_tls_client_auth");
    assert_eq!(scene.shown("/token"), scene.self_signed.thumbprint);
    assert_eq!(
        scene.door.last("/token").param("client_id").as_deref(),
        Some("basic")
    );
}

#[test]
fn client_38_auto_takes_the_certificate_where_there_is_nothing_else() {
    let scene = Scene::new();
    scene.config("auto", "");
    get(&scene, &[])
        .success()
        .says("auth_method=tls_client_auth");
    scene.self_signed.install(&scene.world);
    get(&scene, &[])
        .success()
        .says("auth_method=self_signed_tls_client_auth");
    let secret = scene.world.env.text("home/basic.secret");
    scene.config("auto", &format!("client_secret = {{ file = {secret:?} }}"));
    get(&scene, &["--fresh"])
        .success()
        .says("auth_method=client_secret_basic");
    assert_eq!(
        scene.shown("/token"),
        scene.self_signed.thumbprint,
        "presented all the same"
    );
    scene.offer(|metadata| {
        metadata["token_endpoint_auth_methods_supported"] = json!(["private_key_jwt"]);
    });
    scene.config("auto", "");
    get(&scene, &["--fresh"]).expect(3).says("private_key_jwt");
}

/// With any method, the server may bind the token to the certificate. This one is the real authority.
#[test]
fn another_method_and_the_certificate_too() {
    let scene = Scene::new();
    scene.door.heal();
    scene.door.upstream(scene.world.server.address());
    let secret = scene.world.env.text("home/basic.secret");
    scene.config(
        "client_secret_basic",
        &format!("client_secret = {{ file = {secret:?} }}"),
    );
    let run = get(&scene, &["--json"]).success();
    assert_eq!(scene.shown("/token"), scene.client.thumbprint);
    let request = scene.door.last("/token");
    assert!(
        request
            .header("authorization")
            .unwrap()
            .starts_with("Basic ")
    );
    // Client requirement 39: announced, and not done.
    let run = run.says("not bound to the client certificate");
    assert!(
        run.json()["warnings"].to_string().contains("not bound"),
        "{run}"
    );
}

#[test]
fn client_09_aliases_where_there_are_some() {
    let scene = Scene::new();
    let run = get(&scene, &["-v"]).success();
    run.says(
        "[🪪 MTLS] [DEBUG] endpoint for clients with a certificate taken endpoint=token_endpoint",
    )
    .says(&format!("url={}/token", scene.door.url()))
    .says(&format!(
        "client certificate read thumbprint={}",
        scene.client.thumbprint
    ));
    assert_eq!(scene.world.token_requests(), 0);
    assert_eq!(scene.door.count("/token"), 1);
    // None for introspection: the ordinary one is asked.
    scene.world.front.always(
        "/introspect",
        Fault::Answer(Answer::json(200, r#"{"active":true}"#)),
    );
    let line = ["token", "introspect", "-p", "billing"];
    scene.world.cmd(&line).run().success();
    let request = scene.world.front.last("/introspect");
    assert_eq!(request.param("client_id").as_deref(), Some("basic"));
    // Without a certificate nobody takes the alias.
    let secret = scene.world.env.text("home/basic.secret");
    let more = format!("client_secret = {{ file = {secret:?} }}");
    scene.config_with(
        "client_secret_basic",
        &more,
        "enabled = false\ncert = \"client.pem\"\n",
    );
    get(&scene, &[]).success().says_nothing_of("MTLS");
    assert_eq!(
        (scene.world.token_requests(), scene.door.count("/token")),
        (1, 1)
    );
}

#[test]
fn client_09_an_endpoint_that_is_configured_has_no_alias() {
    let scene = Scene::new();
    let endpoint = format!("token_endpoint = \"{}/token?own\"", scene.door.url());
    scene.config("tls_client_auth", &endpoint);
    get(&scene, &[]).success();
    assert_eq!(scene.door.last("/token").target, "/token?own");
}

#[test]
fn client_09_an_alias_that_is_not_https_is_exit_3() {
    let scene = Scene::new();
    scene.offer(|metadata| {
        metadata["mtls_endpoint_aliases"]["token_endpoint"] = json!("http://mtls.example/token");
    });
    get(&scene, &[])
        .expect(3)
        .says("mtls_endpoint_aliases.token_endpoint");
}

#[test]
fn client_09_tokens_are_asked_about_and_given_back_at_their_aliases() {
    let scene = Scene::new();
    let door = scene.door.url();
    scene.offer(|metadata| {
        metadata["mtls_endpoint_aliases"]["introspection_endpoint"] =
            json!(format!("{door}/introspect"));
        metadata["mtls_endpoint_aliases"]["revocation_endpoint"] = json!(format!("{door}/revoke"));
    });
    get(&scene, &[]).success();
    scene.door.always(
        "/introspect",
        Fault::Answer(Answer::json(200, r#"{"active":true}"#)),
    );
    scene.door.always(
        "/revoke",
        Fault::Answer(Answer::new(200, "text/plain", Vec::new())),
    );
    for verb in ["introspect", "revoke"] {
        let run = scene.world.cmd(&["token", verb, "-p", "billing"]).run();
        run.success().says("method=tls_client_auth");
        let path = format!("/{verb}");
        assert_eq!(scene.shown(&path), scene.client.thumbprint);
        assert_eq!(
            scene.door.last(&path).param("client_id").as_deref(),
            Some("basic")
        );
        assert_eq!(scene.world.front.count(&path), 0);
    }
}

#[test]
fn a_certificate_that_is_demanded_and_not_configured_is_named_in_the_hint() {
    let scene = Scene::new();
    let endpoint = format!("token_endpoint = \"{}/token\"", scene.door.url());
    let secret = scene.world.env.text("home/basic.secret");
    let more = format!("{endpoint}\nclient_secret = {{ file = {secret:?} }}");
    scene.config_with("client_secret_basic", &more, "");
    let run = get(&scene, &["--json"]).expect(6);
    assert_eq!(
        run.json_error()["error"]["network"],
        "certificate_wanted",
        "{run}"
    );
    run.says("mtls.cert").says("CC_MTLS_CERT");
    assert_eq!(scene.door.count("/token"), 0, "no secret went there");
    scene.config_with(
        "client_secret_basic",
        &more,
        "enabled = false\ncert = \"client.pem\"\n",
    );
    get(&scene, &[])
        .expect(6)
        .says("switched off (config.toml:");
    // As nginx says it, in HTTP.
    let page = |title: &str| {
        let page = format!("<html><head><title>400 {title}</title></head></html>");
        let answer = Answer::new(400, "text/html", page.into());
        scene.world.front.times(1, "/token", Fault::Answer(answer));
    };
    page("No required SSL certificate was sent");
    scene.config_with(
        "client_secret_basic",
        &format!("client_secret = {{ file = {secret:?} }}"),
        "",
    );
    get(&scene, &[])
        .expect(7)
        .says("No required SSL certificate")
        .says("mtls.cert");
    scene.offer(|metadata| metadata["mtls_endpoint_aliases"] = json!({}));
    scene.config("tls_client_auth", "");
    page("The SSL certificate error");
    get(&scene, &[])
        .expect(7)
        .says("client.pem (config.toml:")
        .says("issued by a CA that it trusts");
}

/// The documents of a server are for everybody: see ARCHITECTURE.md.
#[test]
fn metadata_behind_a_demand_for_certificates_is_explained() {
    let scene = Scene::new();
    let issuer = scene.door.url();
    let run = scene
        .world
        .cmd(&["token", "get"])
        .env("OIDC_ISSUER", &issuer)
        .run();
    run.expect(6)
        .says("no client certificate for")
        .says("token_endpoint");
}

/// On one host for everything, the certificate is shown with the credential and not with the request for the metadata.
#[test]
fn the_metadata_is_asked_for_without_the_certificate() {
    let scene = Scene::new();
    let server = scene.ask_whoever();
    let run = scene
        .world
        .cmd(&["token", "get"])
        .env("OIDC_ISSUER", &server.url())
        .run();
    run.success().says("method=tls_client_auth");
    assert_eq!(server.last(METADATA).header(SHOWN), None);
    let shown = server.last("/token").header(SHOWN).map(str::to_owned);
    assert_eq!(shown, Some(scene.client.thumbprint));
}

#[test]
fn a_certificate_that_the_server_does_not_take_is_exit_6_once() {
    let scene = Scene::new();
    let canaries = &scene.world.env.canaries;
    // Under the name of one that the server knows, which it then finds signed by another key.
    Holder::self_signed(canaries).install(&scene.world);
    get(&scene, &[])
        .expect(6)
        .says("is refused by")
        .says("DecryptError");
    ClientCa::named("Other CA")
        .certify(canaries, 2120)
        .install(&scene.world);
    let run = get(&scene, &["--json"]).expect(6);
    assert_eq!(
        run.json_error()["error"]["network"],
        "certificate_refused",
        "{run}"
    );
    run.says("client.pem (config.toml:")
        .says_nothing_of("another one follows");
    assert_eq!(scene.door.count("/token"), 0);
}

#[test]
fn an_expired_certificate_is_warned_of_and_tried() {
    let scene = Scene::new();
    scene
        .ca
        .certify(&scene.world.env.canaries, 2020)
        .install(&scene.world);
    let run = get(&scene, &[]).expect(6);
    run.says("[🪪 MTLS] [WARN] the client certificate has expired")
        .says("CertificateExpired");
    let run = scene
        .world
        .cmd(&["auth", "status", "--json"])
        .run()
        .success();
    assert_eq!(
        run.json()["profiles"][0]["certificate"]["expired"],
        true,
        "{run}"
    );
    scene
        .world
        .cmd(&["auth", "status"])
        .run()
        .success()
        .shows("certificate expired");
    // Some servers look at the key alone. This one asks for no certificate at all, and never sees it.
    scene.offer(|metadata| metadata["mtls_endpoint_aliases"] = json!({}));
    scene
        .world
        .front
        .always("/token", Fault::Answer(token(&json!({ "sub": "basic" }))));
    let run = get(&scene, &[]).success();
    run.says("has expired")
        .says("not bound to the client certificate");
    assert_eq!(scene.world.front.last("/token").header(SHOWN), None);
}

#[test]
fn what_is_wrong_with_the_files_is_exit_4_and_nothing_is_sent() {
    let scene = Scene::new();
    let env = &scene.world.env;
    let (cert, key) = (&scene.client.cert, &scene.client.key);
    let other = &scene.self_signed.key;
    let (pem, own) = (env.path("home/client.pem"), env.path("home/client.key"));
    let cut = key.replace("-----END PRIVATE KEY-----", "");
    let garbage = cert.replacen("\nMII", "\n*II", 1);
    type Break<'a> = (&'a dyn Fn(), &'a [&'a str]);
    let breaks: [Break<'_>; 8] = [
        (
            &|| fs::write(&own, other).unwrap(),
            &[
                "is not that of the client certificate",
                "client.pem",
                "client.key",
                "renewed",
            ],
        ),
        (
            &|| fs::remove_file(&own).unwrap(),
            &[
                "client.key cannot be read",
                "mtls.key says where it is (config.toml:",
            ],
        ),
        (
            &|| fs::write(&own, &cut).unwrap(),
            &[
                "the key of the client certificate",
                "client.key",
                "line 1: BEGIN PRIVATE KEY has no END line",
            ],
        ),
        (
            &|| fs::write(&own, cert).unwrap(),
            &["it holds no private key, but a certificate"],
        ),
        (
            &|| fs::write(&pem, &garbage).unwrap(),
            &[
                "client.pem (config.toml:",
                "line 2: '*' is not a character of Base64",
            ],
        ),
        (
            &|| fs::write(&pem, "hello\n").unwrap(),
            &["client.pem", "not PEM", "BEGIN CERTIFICATE"],
        ),
        (
            &|| fs::write(&pem, key).unwrap(),
            &["it holds no certificate, but a private key", "swapped"],
        ),
        (
            &|| fs::remove_file(&pem).unwrap(),
            &[
                "the client certificate",
                "client.pem cannot be read",
                "mtls.cert names it (config.toml:",
            ],
        ),
    ];
    env.holds_secret("home/client.pem");
    for (break_it, told) in breaks {
        scene.client.install(&scene.world);
        break_it();
        let run = get(&scene, &["-vv"]).expect(4);
        for words in told {
            assert!(run.stderr.contains(words), "stderr lacks {words:?}\n{run}");
        }
    }
    let (before, behind) = (scene.world.token_requests(), scene.door.count("/token"));
    assert_eq!((before, behind), (0, 0));
    scene.config_with("tls_client_auth", "", &format!("cert = {pem:?}\n"));
    scene.client.install(&scene.world);
    get(&scene, &[])
        .expect(4)
        .says("no private key stands beside the certificate");
}

/// Client requirement 39: the test idea is to rotate the certificate.
#[test]
fn client_39_a_renewed_certificate_is_another_key_of_the_cache_and_another_connection() {
    let scene = Scene::new();
    get(&scene, &[]).success();
    let (key, certificate) = explained(&scene);
    assert_eq!(certificate, scene.client.thumbprint);
    // A warm call reads the certificate, and not its key.
    fs::remove_file(scene.world.env.path("home/client.key")).unwrap();
    get(&scene, &[])
        .success()
        .says("cache hit")
        .says_nothing_of("MTLS");
    assert_eq!(scene.door.count("/token"), 1);

    let renewed = scene.ca.certify(&scene.world.env.canaries, 2119);
    renewed.install(&scene.world);
    let (other_key, certificate) = explained(&scene);
    assert_eq!(certificate, renewed.thumbprint);
    assert_ne!(other_key, key);
    get(&scene, &[]).success().says_nothing_of("cache hit");
    assert_eq!(scene.shown("/token"), renewed.thumbprint);
    scene.client.install(&scene.world);
    get(&scene, &[]).success().says("cache hit");
    assert_eq!(scene.door.count("/token"), 2);
}

#[test]
fn client_39_a_token_that_is_bound_to_another_certificate_is_told() {
    let scene = Scene::new();
    scene.door.heal();
    let elsewhere =
        json!({ "cnf": { "x5t#S256": "bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2\u{1b}[2J" } });
    scene
        .door
        .times(1, "/token", Fault::Answer(token(&elsewhere)));
    let run = get(&scene, &["--json"]).success();
    let run = run
        .says("bwcK0esc3ACC3DB2Y5")
        .says(&scene.client.thumbprint);
    let warnings = run.json()["warnings"].to_string();
    assert!(warnings.contains("bound to another certificate"), "{run}");
    // Nothing is known of a token that only its server can read.
    let opaque = r#"{"access_token":"an-opaque-token-of-some-length","token_type":"Bearer","expires_in":600}"#;
    scene
        .door
        .times(1, "/token", Fault::Answer(Answer::json(200, opaque)));
    let run = get(&scene, &["--fresh", "--json"]).success();
    assert_eq!(run.json()["warnings"], json!([]), "{run}");
    // Nor is anything expected of a server that announces nothing.
    scene.offer(|metadata| metadata["tls_client_certificate_bound_access_tokens"] = json!(false));
    scene
        .door
        .times(1, "/token", Fault::Answer(token(&json!({ "sub": "x" }))));
    let run = get(&scene, &["--fresh", "--json"]).success();
    assert_eq!(run.json()["warnings"], json!([]), "{run}");
}

#[test]
fn over_http_no_certificate_can_be_presented() {
    let world = World::new();
    let client = Holder::self_signed(&world.env.canaries);
    client.install(&world);
    let (cert, key) = (
        world.env.text("home/client.pem"),
        world.env.text("home/client.key"),
    );
    let with = |name: &str, value: &str| {
        let run = world.cmd(&["token", "get"]).env("CC_MTLS_CERT", &cert);
        run.env("CC_MTLS_KEY", &key).env(name, value).run()
    };
    let run = with("CC_AUTH_METHOD", "tls_client_auth").expect(3);
    run.says("a client certificate cannot be presented over http")
        .says("mtls.enabled = false");
    with("CC_TOKEN_ENDPOINT", &format!("{}/token", nobody_listens())).expect(3);
    assert_eq!(world.token_requests(), 0);
    with("CC_ENABLE_MTLS", "false").success();
}

#[test]
fn the_environment_alone_is_enough() {
    let scene = Scene::new();
    let env = &scene.world.env;
    fs::remove_file(env.path("home/.config/jeton/config.toml")).unwrap();
    let run = |args: &[&str]| {
        let run = env.cmd(args).env("OIDC_ISSUER", &scene.world.front.url());
        let run = run
            .env("CC_CLIENT_ID", "basic")
            .env("CC_AUTH_METHOD", "tls_client_auth");
        let run = run.env("SSL_CERT_FILE", &env.text("home/ca.pem"));
        let run = run.env("CC_MTLS_CERT", "../home/client.pem");
        run.env("CC_MTLS_KEY", "../home/client.key").run()
    };
    run(&["token", "get"])
        .success()
        .says("method=tls_client_auth");
    assert_eq!(scene.shown("/token"), scene.client.thumbprint);
    let shown = run(&["config", "show"]).success();
    shown
        .shows("mtls.enabled")
        .shows("env CC_MTLS_CERT")
        .shows("file ../home/client.key");
}

/// Each value comes from the first place that has it, so a certificate of the environment needs its key there too.
#[test]
fn a_certificate_of_the_environment_beside_a_key_of_the_file() {
    let scene = Scene::new();
    let env = &scene.world.env;
    let both = format!("{}{}", scene.self_signed.cert, scene.self_signed.key);
    let both = env.secret_file("home/both.pem", &both);
    let both = both.to_str().unwrap();
    let run = |variables: &[&str]| {
        let mut run = env.cmd(&["token", "get"]);
        for name in variables {
            run = run.env(name, both);
        }
        run.run()
    };
    run(&["CC_MTLS_CERT"])
        .expect(4)
        .says("name its key in CC_MTLS_KEY");
    run(&["CC_MTLS_CERT", "CC_MTLS_KEY"]).success();
    assert_eq!(scene.shown("/token"), scene.self_signed.thumbprint);
    scene.config_with(
        "client_secret_basic",
        "client_secret.env = \"S\"",
        "enabled = false\n",
    );
    let check = env
        .cmd(&["config", "check"])
        .env("CC_MTLS_CERT", both)
        .run();
    check
        .success()
        .says("mtls.cert (env CC_MTLS_CERT) is not used");
}

#[test]
fn the_key_comes_from_a_variable_or_a_program_too() {
    let scene = Scene::new();
    let env = &scene.world.env;
    let (cert, key) = (env.text("home/client.pem"), env.text("home/client.key"));
    scene.config_with(
        "tls_client_auth",
        "",
        &format!("cert = {cert:?}\nkey.env = \"TLS_KEY\"\n"),
    );
    let one_line = scene.client.key.replace('\n', "\\n");
    let run = scene
        .world
        .cmd(&["token", "get"])
        .env("TLS_KEY", &one_line)
        .run();
    run.success().says("source=env");
    let command = format!("cert = {cert:?}\nkey.command = [\"cat\", {key:?}]\n");
    scene.config_with("tls_client_auth", "", &command);
    get(&scene, &["--fresh"]).success().says("source=command");
}

#[test]
fn a_key_that_is_too_weak_for_tls_is_exit_4() {
    let scene = Scene::new();
    let env = &scene.world.env;
    let line = "req -x509 -newkey rsa:1024 -nodes -keyout client.key -out client.pem -subj /CN=weak -days 9";
    let mut openssl = std::process::Command::new("openssl");
    let made = openssl
        .args(line.split(' '))
        .current_dir(env.path("home"))
        .output();
    assert!(made.unwrap().status.success());
    get(&scene, &[])
        .expect(4)
        .says("RSA 1024")
        .says("at least 2048 bits");
}

#[cfg(unix)]
#[test]
fn a_key_that_others_can_read_is_warned_of() {
    use std::os::unix::fs::PermissionsExt as _;
    let scene = Scene::new();
    let env = &scene.world.env;
    let open =
        |path| fs::set_permissions(env.path(path), fs::Permissions::from_mode(0o644)).unwrap();
    open("home/client.key");
    get(&scene, &[])
        .success()
        .says("client.key can be read by others");
    let both = format!("{}{}", scene.client.cert, scene.client.key);
    let file = env.secret_file("home/both.pem", &both);
    open("home/both.pem");
    scene.config_with("tls_client_auth", "", &format!("cert = {file:?}\n"));
    get(&scene, &["--fresh"])
        .success()
        .says("both.pem holds a private key and can be read by others");
}

#[test]
fn what_the_configuration_says_is_shown_and_checked() {
    let scene = Scene::new();
    let env = &scene.world.env;
    let shown = scene.world.cmd(&["config", "show"]).run().success();
    shown
        .shows("mtls.cert")
        .shows("client.pem")
        .shows("mtls.key")
        .shows("file ")
        .shows("config.toml:");
    scene.world.cmd(&["config", "check"]).run().success();
    let status = scene
        .world
        .cmd(&["auth", "status", "--json"])
        .run()
        .success();
    let profile = &status.json()["profiles"][0];
    assert_eq!(profile["credential"], "present", "{status}");
    assert!(
        profile["credential_origin"]
            .as_str()
            .unwrap()
            .contains("client.key"),
        "{status}"
    );
    assert_eq!(
        profile["certificate"]["thumbprint"], scene.client.thumbprint,
        "{status}"
    );
    assert_eq!(
        profile["certificate"]["expires_at"], "2120-12-31T00:00:00Z",
        "{status}"
    );
    assert_eq!(profile["certificate"]["expired"], false, "{status}");

    let broken = scene.client.cert.replacen("\nMII", "\n*II", 1);
    env.write("home/client.pem", 0o644, &broken);
    scene
        .world
        .cmd(&["config", "check"])
        .run()
        .expect(3)
        .says("line 2");
    let status = scene
        .world
        .cmd(&["auth", "status", "--json"])
        .run()
        .success();
    let profile = &status.json()["profiles"][0];
    assert!(
        profile["problem"].as_str().unwrap().contains("line 2"),
        "{status}"
    );

    for (mtls, told) in [
        (
            "enabled = true\n",
            "needs a client certificate, and the profile billing has no mtls.cert",
        ),
        (
            "enabled = false\ncert = \"client.pem\"\n",
            "switched off (config.toml:",
        ),
        ("key = { env = \"K\" }\n", "no mtls.cert"),
    ] {
        scene.config_with("tls_client_auth", "", mtls);
        for args in [
            &["config", "check"][..],
            &["token", "get"],
            &["auth", "status", "--check"],
        ] {
            let run = scene.world.cmd(args).run();
            assert_eq!(run.code, if args[0] == "auth" { 8 } else { 3 }, "{run}");
        }
        get(&scene, &[]).expect(3).says(told);
    }
}

#[test]
fn a_misspelt_key_and_a_document_in_place_of_a_path() {
    let env = TestEnv::new();
    env.config("[profiles.p]\n[profiles.p.mtls]\ncret = \"client.pem\"\n");
    env.cmd(&["token", "get"])
        .run()
        .expect(3)
        .says("config.toml:3:1")
        .says("`cert`");
    let key = Holder::self_signed(&env.canaries).key;
    env.config(&format!("[profiles.p]\nissuer = \"{RESOURCE}\"\n"));
    for args in [
        &["config", "show"][..],
        &["token", "get", "-vv"],
        &["config", "check"],
    ] {
        let run = env.cmd(args).env("CC_MTLS_KEY", &key).run();
        run.expect(3).says("env CC_MTLS_KEY: expected the path");
    }
}
