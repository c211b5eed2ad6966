//! Client 11: a program that jeton starts runs without a shell and without our secrets, and a repository names none.

use crate::support::world::World;
use std::fs;
use std::os::unix::fs::chown;
use std::path::Path;
use std::process::Command;

/// A program that writes its environment to a file and prints the secret.
fn spy(world: &World) -> String {
    let secret = world.env.text("home/basic.secret");
    let seen = world.env.text("work/seen");
    let script = format!("#!/bin/sh\nenv > '{seen}'\ncat '{secret}'\n");
    let path = world.env.write("work/spy", 0o755, &script);
    path.to_str().unwrap().to_owned()
}

#[test]
fn client_11_a_secret_command_gets_no_secret() {
    let world = World::new();
    let program = spy(&world);
    let toml = world.profile("basic", "");
    let (head, _) = toml.split_once("client_secret =").unwrap();
    world.env.config(&format!(
        "{head}client_secret = {{ command = ['{program}'] }}\n\
         [profiles.other]\nclient_secret.env = 'OTHER_SECRET'\n\
         [profiles.third.assertion]\nprivate_key = {{ env = 'OTHER_KEY' }}\n\
         [profiles.third.mtls]\ncert = 'c.pem'\nkey.env = 'TLS_KEY'\n"
    ));
    let canary = "canary-in-the-environment";
    world.env.canaries.secret("secret variable", canary);
    let mut run = world.cmd(&["token", "get"]).env("KEPT", "yes");
    for name in [
        "CC_JWT_PRIVATE_KEY",
        "JETON_CACHE_KEY",
        "OTHER_SECRET",
        "OTHER_KEY",
        "TLS_KEY",
    ] {
        run = run.env(name, canary);
    }
    run.env("JETON_CACHE_DIR", &world.env.text("home/.cache"))
        .run()
        .success();
    let seen = fs::read_to_string(world.env.path("work/seen")).unwrap();
    assert!(seen.contains("KEPT=yes"), "{seen}");
    assert!(!seen.contains(canary), "{seen}");
}

fn git(folder: &Path, args: &[&str]) -> bool {
    let run = Command::new("git")
        .args(["-c", "user.name=t", "-c", "user.email=t@t"])
        .args(args)
        .current_dir(folder)
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .output();
    run.is_ok_and(|output| output.status.success())
}

const EXPORT: [&str; 4] = ["export", "env", "--file", ".env"];

#[test]
fn client_11_git_is_asked_in_our_own_repository_and_gets_no_secret() {
    let world = World::new();
    let work = world.env.path("work");
    if !git(&work, &["init", "-q"]) {
        return;
    }
    world.env.holds_secret("work/.env");
    let export = || world.cmd(&EXPORT).run().success();
    export().says("git does not ignore .env");
    fs::write(work.join(".gitignore"), ".env\n").unwrap();
    export().says_nothing_of("git does not ignore");
    // A stand-in shows what the real one gets.
    fs::remove_file(work.join(".gitignore")).unwrap();
    let seen = world.env.text("work/seen");
    let stand_in = format!("#!/bin/sh\nenv > '{seen}'\nexit 1\n");
    world.env.write("work/bin/git", 0o755, &stand_in);
    let canary = "canary-of-the-cache-key";
    world.env.canaries.secret("cache key", canary);
    let path = format!("{}:/usr/bin:/bin", world.env.text("work/bin"));
    let run = world.cmd(&EXPORT).env("PATH", &path);
    run.env("JETON_CACHE_KEY", canary).run().success();
    let seen = fs::read_to_string(seen).unwrap();
    assert!(seen.contains("GIT_NO_LAZY_FETCH=1"), "{seen}");
    assert!(!seen.contains(canary), "{seen}");
}

/// The index names an object that is missing, and the repository a program that would fetch it.
#[test]
fn client_11_a_hostile_repository_runs_nothing() {
    let world = World::new();
    let work = world.env.path("work");
    if !git(&work, &["init", "-q"]) {
        return;
    }
    world.env.holds_secret("work/.env");
    let marker = work.join("ran");
    let run = format!("touch '{}'; false", marker.display());
    fs::write(work.join(".gitignore"), ".env\n").unwrap();
    assert!(git(&work, &["add", ".gitignore"]));
    assert!(git(
        &work,
        &["update-index", "--skip-worktree", ".gitignore"]
    ));
    fs::remove_file(work.join(".gitignore")).unwrap();
    for folder in fs::read_dir(work.join(".git/objects")).unwrap() {
        let folder = folder.unwrap().path();
        if folder.file_name().unwrap().len() == 2 {
            fs::remove_dir_all(folder).unwrap();
        }
    }
    for (name, value) in [
        ("core.repositoryformatversion", "1"),
        ("extensions.partialClone", "origin"),
        ("remote.origin.promisor", "true"),
        ("remote.origin.url", "ssh://localhost/x"),
        ("core.sshCommand", &run),
        ("core.fsmonitor", &run),
    ] {
        assert!(git(&work, &["config", name, value]), "{name}");
    }
    world.cmd(&EXPORT).run().success();
    assert!(!marker.exists());
    // The trap works: asked without protection, git runs the program.
    git(&work, &["check-ignore", "-q", "--", "./.env"]);
    assert!(marker.exists(), "the repository is not hostile");
}

#[test]
fn client_11_nothing_is_asked_of_a_repository_of_another_user() {
    let world = World::new();
    let work = world.env.path("work");
    let repository = work.join(".git");
    if !git(&work, &["init", "-q"]) || chown(&repository, Some(12_345), None).is_err() {
        return;
    }
    world.env.holds_secret("work/.env");
    let trusting = "[safe]\n  directory = *\n";
    world.env.write("home/.gitconfig", 0o600, trusting);
    world
        .cmd(&EXPORT)
        .run()
        .success()
        .says_nothing_of("git does not ignore");
}
