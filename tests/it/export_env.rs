//! `jeton export env`: the token as environment, in the words of each shell and of each CI system.

use crate::support::world::World;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

fn export(world: &World, args: &[&str]) -> String {
    let mut line = vec!["export", "env"];
    line.extend_from_slice(args);
    let run = world.cmd(&line).reveals_token().run();
    run.success().stdout
}

#[test]
fn a_shell_takes_it_over() {
    let world = World::new();
    let token = world.raw_token();
    let text = export(&world, &[]);
    let script = format!("{text}\nprintf %s \"$ACCESS_TOKEN\"");
    let output = Command::new("sh")
        .args(["-c", &script])
        .env_clear()
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), token);
    let exported = format!("{text}\nenv");
    let output = Command::new("/bin/sh")
        .args(["-c", &exported])
        .env("PATH", "/usr/bin:/bin")
        .output()
        .unwrap();
    assert!(
        String::from_utf8(output.stdout)
            .unwrap()
            .contains(&format!("ACCESS_TOKEN={token}"))
    );
}

#[test]
fn every_format_has_its_words() {
    let world = World::new();
    let token = world.raw_token();
    for (format, start) in [
        ("sh", "export API_TOKEN="),
        ("fish", "set -gx API_TOKEN "),
        ("powershell", "$env:API_TOKEN = "),
        ("dotenv", "API_TOKEN="),
    ] {
        let text = export(&world, &["--format", format, "--name", "API_TOKEN"]);
        let line = text
            .lines()
            .find(|line| line.contains(&token))
            .unwrap_or_default();
        assert!(line.starts_with(start), "{format}: {text}");
    }
    let json = export(&world, &["--format", "json", "--name", "API_TOKEN"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["API_TOKEN"], token.as_str());
}

#[test]
fn github_masks_before_anything_else_and_writes_its_files() {
    let world = World::new();
    let token = world.raw_token();
    for variable in ["GITHUB_ENV", "GITHUB_OUTPUT"] {
        let path = world
            .env
            .write(&format!("tmp/{variable}"), 0o600, "OLD=kept\n");
        world.env.holds_secret(&format!("tmp/{variable}"));
        world.env.set(variable, path.to_str().unwrap());
    }
    let text = export(&world, &["--format", "github"]);
    assert_eq!(
        text.find(&token),
        text.find("::add-mask::")
            .map(|at| at + "::add-mask::".len()),
        "{text}"
    );
    for variable in ["GITHUB_ENV", "GITHUB_OUTPUT"] {
        let written = std::fs::read_to_string(world.env.path(&format!("tmp/{variable}"))).unwrap();
        let lines: Vec<&str> = written.lines().collect();
        let delimiter = lines[1].strip_prefix("ACCESS_TOKEN<<").unwrap();
        assert_eq!(
            lines,
            ["OLD=kept", lines[1], &token, delimiter],
            "{variable}"
        );
        assert!(!token.contains(delimiter), "{variable}");
    }
}

#[test]
fn github_needs_one_of_its_files_and_writes_no_other() {
    let world = World::new();
    let token = world.raw_token();
    let github = ["export", "env", "--format", "github"];
    world.cmd(&github).run().expect(3).says("GITHUB_OUTPUT");
    let output = world.env.write("tmp/output", 0o600, "");
    world.env.holds_secret("tmp/output");
    let run = world
        .cmd(&github)
        .env("GITHUB_OUTPUT", output.to_str().unwrap());
    run.reveals_token().run().success();
    let written = std::fs::read_to_string(&output).unwrap();
    assert!(written.contains(&format!("\n{token}\n")), "{written}");
    assert_eq!(world.env.files_below("tmp"), [output]);
}

#[test]
fn a_file_is_private_and_keeps_its_other_lines() {
    let world = World::new();
    let token = world.raw_token();
    let path = world.env.write(
        "work/.env",
        0o644,
        "# mine\nOTHER=1\nACCESS_TOKEN=old\nLAST=2\n",
    );
    world.env.holds_secret("work/.env");
    let run = world
        .cmd(&["export", "env", "--file", ".env"])
        .run()
        .success();
    run.hides(&token);
    let text = std::fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[..2], ["# mine", "OTHER=1"], "{lines:?}");
    assert!(lines[2].starts_with("ACCESS_TOKEN=") && lines[2].contains(&token));
    assert_eq!(lines[3], "LAST=2");
    assert_eq!(
        std::fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o600
    );
    assert_eq!(
        world.env.files_below("work"),
        [path],
        "no temporary file stays"
    );
}

#[test]
fn a_file_that_git_would_take_is_warned_of() {
    let world = World::new();
    let git = |args: &[&str]| {
        let status = Command::new("git")
            .args(args)
            .current_dir(world.env.path("work"))
            .output();
        assert!(status.unwrap().status.success(), "git {args:?}");
    };
    git(&["init", "-q"]);
    world.env.holds_secret("work/.env");
    let run = world
        .cmd(&["export", "env", "--file", ".env"])
        .run()
        .success();
    run.says("warning").says("git");
    world.env.write("work/.gitignore", 0o644, ".env\n");
    let run = world
        .cmd(&["export", "env", "--file", ".env"])
        .run()
        .success();
    run.says_nothing_of("git");
}

#[test]
fn a_symlink_is_not_written_through() {
    let world = World::new();
    let target = world.env.write("tmp/target", 0o644, "x\n");
    std::os::unix::fs::symlink(&target, world.env.path("work/.env")).unwrap();
    world.env.holds_secret("work/.env");
    let run = world.cmd(&["export", "env", "--file", ".env"]).run();
    assert_eq!(std::fs::read_to_string(&target).unwrap(), "x\n", "{run}");
    run.expect(2).says(".env").says("symbolic link");
}

#[test]
fn wrong_names_and_failures() {
    let world = World::new();
    world
        .cmd(&["export", "env", "--name", "1 BAD; rm"])
        .run()
        .expect(2);
    world
        .cmd(&["export", "env", "--format", "toml"])
        .run()
        .expect(2);
    world
        .cmd(&["export", "env", "--scope", "no.such"])
        .run()
        .expect(5);
    let run = world
        .cmd(&["export", "env", "--scope", "no.such", "--file", "new.env"])
        .run();
    run.expect(5);
    assert!(!world.env.path("work/new.env").exists());
}

/// Fifty processes at once, each with a name of its own: no line is lost, and those that were there stay.
#[test]
fn many_writers_of_one_file_lose_nothing() {
    const WRITERS: usize = 50;
    let world = World::new();
    world.raw_token();
    let path = world
        .env
        .write("work/.env", 0o600, "# mine\nexport API_TOKEN=old\nOTHER=1");
    let job = world.env.write("tmp/github", 0o600, "OLD=kept");
    world.env.holds_secret("work/.env");
    world.env.holds_secret("tmp/github");
    let start = |args: &[&str]| {
        let mut command = world.cmd(&[&["export", "env", "-q"], args].concat());
        command = command.env("GITHUB_ENV", job.to_str().unwrap());
        let mut command = command.into_command();
        command.stdout(std::process::Stdio::null()).spawn().unwrap()
    };
    let mut running: Vec<_> = (0..WRITERS)
        .map(|at| start(&["--name", &format!("T{at}"), "--file", ".env"]))
        .collect();
    running
        .extend((0..WRITERS).map(|at| start(&["--name", &format!("G{at}"), "--format", "github"])));
    running.push(start(&["--name", "API_TOKEN", "--file", ".env"]));
    for mut child in running {
        assert!(child.wait().unwrap().success());
    }
    let text = std::fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), WRITERS + 3);
    assert_eq!(lines[0], "# mine");
    assert!(lines[1].starts_with("export API_TOKEN=eyJ"), "{}", lines[1]);
    assert_eq!(lines[2], "OTHER=1");
    for at in 0..WRITERS {
        let start = format!("T{at}=");
        assert!(lines.iter().any(|line| line.starts_with(&start)), "{start}");
    }
    let text = std::fs::read_to_string(&job).unwrap();
    assert!(text.starts_with("OLD=kept\nG"), "{text}");
    assert_eq!(text.lines().count(), 1 + 3 * WRITERS);
    assert_eq!(world.env.files_below("work"), [path]);
}
