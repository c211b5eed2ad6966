//! `jeton completions`, `jeton man` and `--help`: what is committed is what the binary prints.

use crate::support::TestEnv;
use std::fs;
use std::path::{Path, PathBuf};

/// Each shell and its committed file.
const COMPLETIONS: [(&str, &str); 5] = [
    ("bash", "completions/jeton.bash"),
    ("zsh", "completions/_jeton"),
    ("fish", "completions/jeton.fish"),
    ("powershell", "completions/_jeton.ps1"),
    ("elvish", "completions/jeton.elv"),
];

fn committed(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

#[test]
fn completions_are_fresh() {
    let env = TestEnv::new();
    for (shell, file) in COMPLETIONS {
        let run = env.cmd(&["completions", shell]).run().success();
        assert!(run.stdout.contains("jeton"), "{run}");
        let kept = fs::read_to_string(committed(file)).unwrap_or_default();
        assert_eq!(
            kept, run.stdout,
            "run `jeton completions {shell} > {file}` and commit it"
        );
    }
}

#[test]
fn man_pages_are_fresh() {
    let env = TestEnv::new();
    let folder = env.text("work/man");
    fs::create_dir_all(&folder).unwrap();
    env.cmd(&["man", "--dir", &folder]).run().success();
    let mut written = names(Path::new(&folder));
    let mut kept = names(&committed("man"));
    assert!(written.contains(&"jeton.1".to_owned()), "{written:?}");
    written.sort();
    kept.sort();
    assert_eq!(kept, written, "run `jeton man --dir man` and commit it");
    for name in written {
        let new = fs::read_to_string(Path::new(&folder).join(&name)).unwrap();
        let old = fs::read_to_string(committed("man").join(&name)).unwrap();
        assert_eq!(old, new, "run `jeton man --dir man` and commit man/{name}");
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[test]
fn the_page_of_jeton_lists_the_exit_codes() {
    let env = TestEnv::new();
    let run = env.cmd(&["man"]).run().success();
    for words in ["130", "refused by the authorization server", "JETON_CONFIG"] {
        assert!(run.stdout.contains(words), "{words}\n{run}");
    }
}

#[test]
fn help_of_every_command_has_examples_and_that_of_jeton_the_exit_codes() {
    let env = TestEnv::new();
    let pages = names(&committed("man"));
    let is_group = |page: &str| {
        let below = page.replace(".1", "-");
        pages.iter().any(|other| other.starts_with(&below))
    };
    let commands: Vec<&str> = pages
        .iter()
        .filter(|page| !is_group(page))
        .map(|page| page.trim_start_matches("jeton-").trim_end_matches(".1"))
        .collect();
    assert!(commands.contains(&"token-get") && commands.contains(&"doctor"));
    for command in commands {
        let line: Vec<&str> = command.split('-').chain(["--help"]).collect();
        let run = env.cmd(&line).run().success();
        assert!(run.stdout.contains("Examples:"), "{command}\n{run}");
    }
    let root = env.cmd(&["--help"]).run().success();
    root.shows("130").shows("interrupted");
}

#[test]
fn the_version_is_the_one_of_the_package() {
    let env = TestEnv::new();
    let run = env.cmd(&["--version"]).run().success();
    assert_eq!(run.line(), format!("jeton {}", env!("CARGO_PKG_VERSION")));
}

#[test]
fn wrong_usage_is_exit_2() {
    let env = TestEnv::new();
    env.cmd(&["completions", "cmd"]).run().expect(2);
    env.cmd::<&str>(&[]).run().expect(2);
}
