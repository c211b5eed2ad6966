//! Mutual TLS (RFC 8705), from the configuration to the token, against servers that look at the certificate.

use crate::support::front::SHOWN;
use crate::support::mtls::{ClientCa, Holder, METADATA, Scene, token};
use crate::support::world::{World, nobody_listens};
use crate::support::{Answer, Fault};
use serde_json::json;
use std::fs;

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
    let run = scene.get(&["--json"]).success();
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
    scene
        .get(&[])
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
    scene.get(&[]).success().says("auth_method=tls_client_auth");
    scene.self_signed.install(&scene.world);
    scene
        .get(&[])
        .success()
        .says("auth_method=self_signed_tls_client_auth");
    let secret = scene.world.env.text("home/basic.secret");
    scene.config("auto", &format!("client_secret = {{ file = {secret:?} }}"));
    scene
        .get(&["--fresh"])
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
    scene.get(&["--fresh"]).expect(3).says("private_key_jwt");
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
    let run = scene.get(&["--json"]).success();
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
    let run = scene.get(&["-v"]).success();
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
    scene.get(&[]).success().says_nothing_of("MTLS");
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
    scene.get(&[]).success();
    assert_eq!(scene.door.last("/token").target, "/token?own");
}

#[test]
fn client_09_an_alias_that_is_not_https_is_exit_3() {
    let scene = Scene::new();
    scene.offer(|metadata| {
        metadata["mtls_endpoint_aliases"]["token_endpoint"] = json!("http://mtls.example/token");
    });
    scene
        .get(&[])
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
    scene.get(&[]).success();
    let elsewhere =
        r#"{"active":true,"cnf":{"x5t#S256":"bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2"}}"#;
    scene.door.times(
        1,
        "/introspect",
        Fault::Answer(Answer::json(200, elsewhere)),
    );
    let run = scene
        .world
        .cmd(&["token", "introspect", "-p", "billing"])
        .run();
    run.success()
        .says("bound to a different certificate")
        .says(&scene.client.thumbprint);
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
    let run = scene.get(&["--json"]).expect(6);
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
    scene.get(&[]).expect(6).says("disabled (config.toml:");
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
    scene
        .get(&[])
        .expect(7)
        .says("No required SSL certificate")
        .says("mtls.cert");
    scene.offer(|metadata| metadata["mtls_endpoint_aliases"] = json!({}));
    scene.config("tls_client_auth", "");
    page("The SSL certificate error");
    scene
        .get(&[])
        .expect(7)
        .says("client.pem (config.toml:")
        .says("trust its issuer");
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
    scene
        .get(&[])
        .expect(6)
        .says("is refused by")
        .says("DecryptError");
    ClientCa::named("Other CA")
        .certify(canaries, 2120)
        .install(&scene.world);
    let run = scene.get(&["--json"]).expect(6);
    assert_eq!(
        run.json_error()["error"]["network"],
        "certificate_refused",
        "{run}"
    );
    run.says("client.pem (config.toml:")
        .says_nothing_of("retrying");
    assert_eq!(scene.door.count("/token"), 0);
}

#[test]
fn an_expired_certificate_is_warned_of_and_tried() {
    let scene = Scene::new();
    scene
        .ca
        .certify(&scene.world.env.canaries, 2020)
        .install(&scene.world);
    let run = scene.get(&[]).expect(6);
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
    let run = scene.get(&[]).success();
    run.says("has expired")
        .says("not bound to the client certificate");
    assert_eq!(scene.world.front.last("/token").header(SHOWN), None);
}

/// Client requirement 39: the test idea is to rotate the certificate.
#[test]
fn client_39_a_renewed_certificate_is_another_key_of_the_cache_and_another_connection() {
    let scene = Scene::new();
    scene.get(&[]).success();
    let (key, certificate) = explained(&scene);
    assert_eq!(certificate, scene.client.thumbprint);
    // A warm call reads the certificate, and not its key.
    fs::remove_file(scene.world.env.path("home/client.key")).unwrap();
    scene
        .get(&[])
        .success()
        .says("cache hit")
        .says_nothing_of("MTLS");
    assert_eq!(scene.door.count("/token"), 1);

    let renewed = scene.ca.certify(&scene.world.env.canaries, 2119);
    renewed.install(&scene.world);
    let (other_key, certificate) = explained(&scene);
    assert_eq!(certificate, renewed.thumbprint);
    assert_ne!(other_key, key);
    scene.get(&[]).success().says_nothing_of("cache hit");
    assert_eq!(scene.shown("/token"), renewed.thumbprint);
    scene.client.install(&scene.world);
    scene.get(&[]).success().says("cache hit");
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
    let run = scene.get(&["--json"]).success();
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
    let run = scene.get(&["--fresh", "--json"]).success();
    assert_eq!(run.json()["warnings"], json!([]), "{run}");
    // Nor is anything expected of a server that announces nothing.
    scene.offer(|metadata| metadata["tls_client_certificate_bound_access_tokens"] = json!(false));
    scene
        .door
        .times(1, "/token", Fault::Answer(token(&json!({ "sub": "x" }))));
    let run = scene.get(&["--fresh", "--json"]).success();
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
