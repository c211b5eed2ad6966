//! The client certificate of a profile and its key: where they are configured, and what is wrong with them.

use crate::support::TestEnv;
use crate::support::mtls::{Holder, Scene};
use crate::support::world::RESOURCE;
use std::fs;

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
            &["it has no private key, but a certificate"],
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
            &["it has no certificate, but a private key", "swapped"],
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
        let run = scene.get(&["-vv"]).expect(4);
        for words in told {
            assert!(run.stderr.contains(words), "stderr lacks {words:?}\n{run}");
        }
    }
    let (before, behind) = (scene.world.token_requests(), scene.door.count("/token"));
    assert_eq!((before, behind), (0, 0));
    scene.config_with("tls_client_auth", "", &format!("cert = {pem:?}\n"));
    scene.client.install(&scene.world);
    scene
        .get(&[])
        .expect(4)
        .says("the file has no private key beside the certificate");
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
    scene.get(&["--fresh"]).success().says("source=command");
}

#[test]
fn a_key_in_a_keyring_that_is_not_there_is_exit_4_with_its_own_remedy() {
    let scene = Scene::new();
    let cert = scene.world.env.text("home/client.pem");
    let mtls = format!("cert = {cert:?}\nkey.keyring = \"billing-tls\"\n");
    scene.config_with("tls_client_auth", "", &mtls);
    let run = scene.get(&[]).expect(4);
    run.says("keyring")
        .says("mtls.key says where it is (config.toml:")
        .says_nothing_of("auth login")
        .says_nothing_of("CC_CLIENT_SECRET_FILE");
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
    scene
        .get(&[])
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
    scene
        .get(&[])
        .success()
        .says("client.key is readable by others");
    let both = format!("{}{}", scene.client.cert, scene.client.key);
    let file = env.secret_file("home/both.pem", &both);
    open("home/both.pem");
    scene.config_with("tls_client_auth", "", &format!("cert = {file:?}\n"));
    scene
        .get(&["--fresh"])
        .success()
        .says("both.pem contains a private key and is readable by others");
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
            "disabled (config.toml:",
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
        scene.get(&[]).expect(3).says(told);
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
