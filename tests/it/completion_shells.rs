//! Completion as bash, zsh and fish do it: each real shell reads the committed script, and Tab is pressed.

use crate::support::TestEnv;
use std::io::Write as _;
use std::process::{Command, Stdio};

const CONFIG: &str = r#"
[profiles.billing]
issuer = "https://auth.example.com"
client_id = "billing-batch"
match = ["https://api.example.com/v1"]

[profiles.ledger]
issuer = "https://auth.example.com:8443"
client_id = "ledger"

[profiles."x $(touch ran)"]
issuer = "https://auth.example.com"
client_id = "x"
"#;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Shell {
    Bash,
    Zsh,
    Fish,
}

impl Shell {
    const ALL: [Self; 3] = [Self::Bash, Self::Zsh, Self::Fish];

    fn program(self) -> &'static str {
        match self {
            Self::Bash => "bash",
            Self::Zsh => "zsh",
            Self::Fish => "fish",
        }
    }

    /// Without the shell, the test does nothing and says so; where the shells are required, it fails.
    fn is_here(self) -> bool {
        let version = Command::new(self.program()).arg("--version").output();
        version.is_ok() || {
            let what = format!("needs {}", self.program());
            assert!(!crate::support::wanted("JETON_REQUIRE_SHELLS", &what));
            false
        }
    }
}

fn machine() -> TestEnv {
    let env = TestEnv::new();
    env.config(CONFIG);
    env.write("work/token.txt", 0o600, "");
    env.write("work/a file", 0o600, "");
    env.write("work/sub/inner", 0o600, "");
    env
}

/// The words of the line after Tab was pressed at its end.
fn completed(env: &TestEnv, shell: Shell, line: &str) -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/completions");
    if shell == Shell::Fish {
        let script = format!("source '{folder}/jeton.fish'; complete -C \"$argv[1]\"");
        let mut command = env.shell("exec fish --no-config -c \"$0\" \"$1\"");
        let output = command.args([&script, line]).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let candidates: Vec<&str> = text.lines().collect();
        let mut words: Vec<String> = line.split(' ').map(str::to_owned).collect();
        // fish lists candidates; a single one replaces the last word.
        if let [only] = candidates[..] {
            words.pop();
            words.push(only.split('\t').next().unwrap().to_owned());
        }
        return words;
    }
    let (start, setup) = match shell {
        Shell::Bash => ("bash --norc -i", format!("source '{folder}/jeton.bash'")),
        _ => (
            "zsh -f -i",
            format!("fpath=('{folder}' $fpath); autoload -U compinit; compinit -u -D"),
        ),
    };
    // On a terminal: Tab completes; then the line becomes the arguments of a command that writes them to a file.
    let typed = format!("{setup}\n{line}\t\x01printf '%s\\n' \x05 > typed\nexit\n");
    let mut command = env.shell("exec script -q -c \"$0\" /dev/null");
    command.arg(start).env("TERM", "xterm");
    command.stdin(Stdio::piped()).stdout(Stdio::null());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(typed.as_bytes()).unwrap();
    child.wait().unwrap();
    let words = std::fs::read_to_string(env.path("work/typed")).unwrap_or_default();
    words.lines().map(str::to_owned).collect()
}

#[track_caller]
fn completes(line: &str, expected: &str) {
    completes_in(&Shell::ALL, line, expected);
}

#[track_caller]
fn completes_in(shells: &[Shell], line: &str, expected: &str) {
    for shell in shells.iter().filter(|shell| shell.is_here()) {
        let env = machine();
        let words = completed(&env, *shell, line);
        assert_eq!(words.join(" "), expected, "{shell:?}: {line}");
        assert!(!env.path("work/ran").exists(), "{shell:?}: {line}");
    }
}

#[test]
fn profiles_are_offered_for_profile() {
    completes("jeton token get -p bil", "jeton token get -p billing");
    completes(
        "jeton auth status --profile led",
        "jeton auth status --profile ledger",
    );
    completes(
        "jeton token get --profile=bil",
        "jeton token get --profile=billing",
    );
}

#[test]
fn urls_of_match_lists_are_offered_for_for() {
    completes(
        "jeton token get --for ht",
        "jeton token get --for https://api.example.com/v1",
    );
    completes(
        "jeton token get --for=https://api",
        "jeton token get --for=https://api.example.com/v1",
    );
}

#[test]
fn files_are_offered_after_at() {
    completes("jeton token decode @to", "jeton token decode @token.txt");
    completes("jeton token decode @a", "jeton token decode @a file");
    completes(
        "jeton jwks test --token @to",
        "jeton jwks test --token @token.txt",
    );
    // zsh takes the slash away again when the next word begins.
    completes_in(
        &[Shell::Bash, Shell::Fish],
        "jeton token decode @su",
        "jeton token decode @sub/",
    );
}

#[test]
fn no_file_is_offered_where_a_profile_is_wanted() {
    completes("jeton token get -p tok", "jeton token get -p tok");
    completes("jeton token get --scope tok", "jeton token get --scope tok");
}

#[test]
fn the_configuration_of_the_line_is_the_one_that_is_read() {
    completes(
        "jeton token get --config /nowhere -p bil",
        "jeton token get --config /nowhere -p bil",
    );
}

#[test]
fn a_name_of_a_profile_is_quoted_and_never_run() {
    completes_in(
        &[Shell::Bash, Shell::Zsh],
        "jeton token get -p x",
        "jeton token get -p x $(touch ran)",
    );
}

#[test]
fn commands_and_values_are_still_offered() {
    completes("jeton tok", "jeton token");
    completes(
        "jeton token get -o exec",
        "jeton token get -o exec-credential",
    );
}

#[test]
fn candidates_are_printed_with_descriptions_and_nothing_on_an_error() {
    let env = machine();
    let run = env.cmd(&["completions", "profiles"]).run().success();
    assert!(
        run.stdout
            .starts_with("billing\thttps://auth.example.com\nledger\t"),
        "{run}"
    );
    let run = env.cmd(&["completions", "urls"]).run().success();
    assert_eq!(run.stdout, "https://api.example.com/v1\tbilling\n");
    let line = ["completions", "profiles", "--", "--config", "/nowhere"];
    let run = env.cmd(&line).run().success();
    assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("", ""));
    env.config(
        "[profiles.a]\nissuer = 3\n[profiles.b]\nissuer = 'https://b.example'\nclient_id = 'b'\n",
    );
    let run = env.cmd(&["completions", "profiles"]).run().success();
    assert!(run.stdout.contains("b\thttps://b.example\n"), "{run}");
    assert_eq!(run.stderr, "");
}
