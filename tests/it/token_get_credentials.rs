//! Where the credential comes from, and what a missing or unreadable one does: exit 4, with the remedy.

use crate::support::world::World;
use std::os::unix::fs::PermissionsExt as _;

/// The profile with its line `client_secret = …` replaced.
fn profile_with(world: &World, line: &str) -> String {
    let text = world.profile("basic", "");
    let kept = text
        .lines()
        .filter(|line| !line.starts_with("client_secret"));
    let mut text = kept.collect::<Vec<_>>().join("\n");
    text.push_str(&format!("\n{line}\n"));
    text
}

#[test]
fn every_method_gets_a_token() {
    for id in ["basic", "post", "hmac", "signer"] {
        let world = World::without_profile();
        world.env.config(&world.profile(id, ""));
        world.raw_token();
        let request = world.front.last("/token");
        assert_eq!(
            request.header("authorization").is_some(),
            id == "basic",
            "{id}"
        );
        assert_eq!(
            request.param("client_secret").is_some(),
            id == "post",
            "{id}"
        );
        let assertion = matches!(id, "hmac" | "signer");
        assert_eq!(
            request.param("client_assertion").is_some(),
            assertion,
            "{id}"
        );
    }
}

#[test]
fn auto_picks_the_strongest_that_server_and_credentials_allow() {
    let world = World::without_profile();
    let text = world
        .profile("signer", "")
        .replace("\"private_key_jwt\"", "\"auto\"");
    world.env.config(&text);
    world
        .cmd(&["token", "get"])
        .run()
        .success()
        .says("method=private_key_jwt");
    let text = world
        .profile("basic", "")
        .replace("\"client_secret_basic\"", "\"auto\"");
    world.env.config(&text);
    world
        .cmd(&["token", "get"])
        .run()
        .success()
        .says("method=client_secret_");
}

#[test]
fn the_environment_comes_before_the_file_and_the_file_is_not_opened() {
    let world = World::new();
    let missing = world.env.text("home/no-such-file");
    world.env.config(&profile_with(
        &world,
        &format!("client_secret = {{ file = {missing:?} }}"),
    ));
    let run = world
        .cmd(&["token", "get"])
        .env("CC_CLIENT_SECRET", world.secret("basic"));
    run.run().success().says("source=env");
}

#[test]
fn a_secret_in_the_environment_by_file() {
    let world = World::new();
    let file = world.env.text("home/basic.secret");
    world.env.config(&profile_with(&world, ""));
    let run = world
        .cmd(&["token", "get"])
        .env("CC_CLIENT_SECRET_FILE", &file);
    run.run().success().says("auth_method=client_secret_basic");
    assert_eq!(world.token_requests(), 1);
}

#[test]
fn a_relative_path_starts_at_the_folder_of_the_configuration() {
    let world = World::new();
    let secret = world.secret("basic").to_owned();
    world
        .env
        .secret_file("home/.config/jeton/billing.secret", &secret);
    world.env.config(&profile_with(
        &world,
        "client_secret = { file = \"billing.secret\" }",
    ));
    world
        .cmd(&["token", "get"])
        .run()
        .success()
        .says("source=file");
}

#[test]
fn a_missing_secret_file_is_exit_4() {
    let world = World::new();
    let missing = world.env.text("home/no-such-file");
    world.env.config(&profile_with(
        &world,
        &format!("client_secret = {{ file = {missing:?} }}"),
    ));
    world
        .cmd(&["token", "get"])
        .run()
        .expect(4)
        .says("no-such-file");
}

#[test]
fn an_unreadable_secret_file_is_exit_4() {
    let world = World::new();
    // A folder cannot be read by root either.
    let folder = world.env.text("tmp");
    world.env.config(&profile_with(
        &world,
        &format!("client_secret = {{ file = {folder:?} }}"),
    ));
    world.cmd(&["token", "get"]).run().expect(4).says(&folder);
    if !rustix::process::geteuid().is_root() {
        let file = world.env.path("home/basic.secret");
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o000)).unwrap();
        world.env.config(&world.profile("basic", ""));
        world
            .cmd(&["token", "get"])
            .run()
            .expect(4)
            .says("basic.secret");
    }
}

#[test]
fn no_secret_anywhere_is_exit_4_and_names_the_remedy() {
    let world = World::new();
    world.env.config(&profile_with(&world, ""));
    let run = world.cmd(&["token", "get"]).run().expect(4);
    run.says("CC_CLIENT_SECRET");
    assert_eq!(world.token_requests(), 0);
}

#[test]
fn a_key_that_is_none_is_exit_4_and_is_not_quoted() {
    let world = World::without_profile();
    world.env.config(&world.profile("signer", ""));
    let broken = "-----BEGIN PRIVATE KEY-----\nbm90IGEga2V5IGF0IGFsbCwgYnV0IHNlY3JldA==\n-----END PRIVATE KEY-----\n";
    world
        .env
        .canaries
        .secret("broken key", "bm90IGEga2V5IGF0IGFsbCwgYnV0IHNlY3JldA==");
    world.env.secret_file("home/signer.pem", broken);
    world
        .cmd(&["token", "get", "-vv"])
        .run()
        .expect(4)
        .says("signer.pem");
}

#[test]
fn a_command_is_run_without_a_shell_and_sees_no_secret_in_its_arguments() {
    let world = World::new();
    let file = world.env.text("home/basic.secret");
    let seen = world.env.text("tmp/seen");
    let script = format!(
        "#!/bin/sh\nfor word in \"$0\" \"$@\"; do echo \"$word\"; done > {seen}\ncat {file}\n"
    );
    let script = world.env.write("home/helper", 0o755, &script);
    let line = format!(
        "client_secret = {{ command = [{:?}, \"a b\", \"$HOME; echo x\"] }}",
        script.display().to_string()
    );
    world.env.config(&profile_with(&world, &line));
    world
        .cmd(&["token", "get"])
        .run()
        .success()
        .says("source=command");
    let words = std::fs::read_to_string(&seen).unwrap();
    assert_eq!(
        words.lines().skip(1).collect::<Vec<_>>(),
        ["a b", "$HOME; echo x"]
    );
}

#[test]
fn a_command_that_fails_is_exit_4() {
    let world = World::new();
    world.env.config(&profile_with(
        &world,
        "client_secret = { command = [\"/bin/false\"] }",
    ));
    world
        .cmd(&["token", "get"])
        .run()
        .expect(4)
        .says("/bin/false");
    world.env.config(&profile_with(
        &world,
        "client_secret = { command = [\"/no/such/program\"] }",
    ));
    world
        .cmd(&["token", "get"])
        .run()
        .expect(4)
        .says("/no/such/program");
}

#[test]
fn a_literal_secret_needs_a_private_file_and_is_warned_of() {
    let world = World::new();
    let line = format!("client_secret = {:?}", world.secret("basic"));
    let file = world.env.config(&profile_with(&world, &line));
    world.env.holds_secret("home/.config/jeton/config.toml");
    world
        .cmd(&["token", "get"])
        .run()
        .success()
        .says("jeton auth login");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
    world
        .cmd(&["token", "get"])
        .run()
        .expect(3)
        .says("config.toml");
}

#[test]
fn a_short_secret_cannot_sign() {
    // Client requirement 35: HMAC with a key shorter than the hash.
    let world = World::without_profile();
    world.env.config(&world.profile("hmac", ""));
    let short = "thirty-one-characters-are-short";
    world.env.canaries.secret("short secret", short);
    let run = world
        .cmd(&["token", "get"])
        .env("CC_CLIENT_SECRET", short)
        .run();
    run.expect(4).says("at least 32");
    assert_eq!(world.token_requests(), 0);
}

#[test]
fn a_secret_on_the_command_line_is_not_possible() {
    let world = World::new();
    world
        .cmd(&["token", "get", "--client-secret", "x"])
        .run()
        .expect(2);
    world
        .cmd(&["auth", "login", "--secret", "x"])
        .run()
        .expect(2);
}

/// The message names the variable and every other place, not only what the last one said.
#[test]
fn without_any_secret_every_place_that_was_looked_at_is_named() {
    let world = World::without_profile();
    let run = world
        .cmd(&["token", "get"])
        .env("OIDC_ISSUER", &world.front.url())
        .env("CC_CLIENT_ID", "basic")
        .run();
    run.expect(4)
        .says("error: no client secret found for the profile env")
        .says("env CC_CLIENT_SECRET: not set")
        .says("env CC_CLIENT_SECRET_FILE: not set")
        .says("client_secret in the configuration file: not set")
        .says("keyring jeton/env: ")
        .says("hint: set CC_CLIENT_SECRET");
    let run = world
        .cmd(&["token", "get"])
        .env("OIDC_ISSUER", &world.front.url())
        .env("CC_CLIENT_ID", "signer")
        .env("CC_AUTH_METHOD", "private_key_jwt")
        .run();
    run.expect(4)
        .says("no private key found")
        .says("env CC_JWT_PRIVATE_KEY: not set")
        .says("keyring jeton/env/private_key: ");
}

#[test]
fn a_refused_secret_with_white_space_around_it_is_told() {
    let world = World::without_profile();
    for (method, client) in [
        ("client_secret_basic", "basic"),
        ("client_secret_post", "post"),
        ("client_secret_jwt", "hmac"),
    ] {
        let good = world.secret(client).to_owned();
        for odd in [format!("{good}\n"), format!("{good} "), format!("'{good}'")] {
            let run = world
                .cmd(&["token", "get"])
                .env("OIDC_ISSUER", &world.front.url())
                .env("CC_CLIENT_ID", client)
                .env("CC_AUTH_METHOD", method)
                .env("CC_CLIENT_SECRET", &odd)
                .run();
            let words = match odd.starts_with('\'') {
                true => "hint: look at the secret: it is in quotes",
                false => "hint: look at the secret: it begins or ends with white space",
            };
            run.expect(5)
                .says("invalid_client")
                .says(words)
                .says("(it comes from env CC_CLIENT_SECRET)");
        }
    }
    let good = world.secret("basic").to_owned();
    world
        .env
        .secret_file("home/basic.secret", &format!("{good} \n"));
    world.env.config(&world.profile("basic", ""));
    let run = world.cmd(&["token", "get"]).run();
    run.expect(5).says("white space");
}

#[test]
fn a_variable_that_is_nearly_right_is_warned_of() {
    let world = World::new();
    let run = world
        .cmd(&["token", "get"])
        .env("CC_SCOPE", "api.write")
        .env("CC_ENABLE_DEBUG_OUTPUT", "1")
        .run();
    let run = run
        .success()
        .says("jeton does not read CC_SCOPE (did you mean CC_SCOPES?)");
    run.says_nothing_of("CC_ENABLE");
    let line = "JETON_PROFIL=x\n";
    world.env.write("work/.env", 0o600, line);
    let run = world.cmd(&["config", "check", "--env-file", ".env"]).run();
    run.success()
        .says(".env:1: jeton does not read JETON_PROFIL (did you mean JETON_PROFILE?)");
}
