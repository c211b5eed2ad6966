//! Failures on stderr: what failed, what the other side said, what to do.

use super::Console;
use super::clean::{SHOWN, clean_bounded, escape_json, strip_bounded};
use super::finding::{Rule, findings};
use super::terminal::{Look, Paint};
use crate::error::Error;
use crate::exit::Exit;
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::io::Write;

/// Prints an error on stderr: as an object if JSON was requested, else as text.
pub(crate) fn report(error: &Error, console: &Console, as_json: bool) {
    let text = if as_json {
        json(error)
    } else {
        words(error, console.stderr)
    };
    // If stderr cannot be written, there is nowhere to report it.
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

/// From now on a panic is reported like any other bug, and ends the process with its exit code.
pub(crate) fn report_panics(console: Console, as_json: bool) {
    std::panic::set_hook(Box::new(move |panic| {
        let error = panicked(panic.location());
        report(&error, &console, as_json);
        #[expect(clippy::exit, reason = "a process in an unknown state must not go on")]
        std::process::exit(error.exit.code().into());
    }));
}

/// Reports a panic as a bug by its location only: the message may contain a secret.
fn panicked(location: Option<&std::panic::Location<'_>>) -> Error {
    let place = location.map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
    Error::bug(&anyhow::anyhow!("jeton stopped at {place}"))
}

/// Prints clap's output: help and version as a result, wrong usage as an error.
pub(crate) fn report_usage(stop: &clap::Error, console: &Console, as_json: bool) -> Exit {
    if !stop.use_stderr() {
        return match console.print(&rendered(stop, console.stdout)) {
            Ok(()) => Exit::Done,
            Err(failure) => {
                report(&failure, console, as_json);
                failure.exit
            }
        };
    }
    if as_json {
        report(&usage(stop), console, true);
    } else {
        let text = rendered(stop, console.stderr);
        // If stderr cannot be written, there is nowhere to report it.
        let _ = std::io::stderr().lock().write_all(text.as_bytes());
    }
    Exit::Usage
}

/// clap's own text. What it repeats of the command line is clean: see [`crate::cli::parse`].
fn rendered(stop: &clap::Error, look: Look) -> String {
    match look.colour {
        true => stop.render().ansi().to_string(),
        false => stop.render().to_string(),
    }
}

/// clap's error in our own form: its first line, its list below, and its tips.
fn usage(stop: &clap::Error) -> Error {
    let text = stop.render().to_string();
    let mut lines = text
        .lines()
        .map(str::trim)
        .take_while(|line| !line.starts_with("Usage:"))
        .filter(|line| !line.is_empty());
    let message = lines.next().unwrap_or_default();
    let error = Error::usage(message.strip_prefix("error: ").unwrap_or(message));
    lines
        .fold(error, |error, line| match line.strip_prefix("tip: ") {
            Some(tip) => error.hint(tip),
            None => error.detail(line),
        })
        .hint("see --help")
}

/// `error: …`, the details below it, then `hint: …`.
fn words(error: &Error, look: Look) -> String {
    let mut out = String::new();
    let mut line = |paint: Paint, word: &str, text: &str| {
        out.push_str(&look.paint(paint, word));
        out.push_str(&look.fit(&clean_bounded(text, SHOWN)));
        out.push('\n');
    };
    line(Paint::Bad, "error: ", &error.message);
    for detail in &error.details {
        line(Paint::Label, "  ", detail);
    }
    out.push_str(&findings(&error.findings).render(look));
    for hint in &error.hints {
        out.push_str(&look.paint(Paint::Hint, "hint: "));
        out.push_str(&look.fit(&clean_bounded(hint, SHOWN)));
        out.push('\n');
    }
    out
}

/// `{"error":{"code":…,"exit_code":…,"message":…,"details":[…],"hints":[…], facts…}}`, one line.
fn json(error: &Error) -> String {
    // Serialising strings and numbers to a string cannot fail.
    let text = serde_json::to_string(&Document {
        error: Members(error),
    })
    .unwrap_or_default();
    let mut out = escape_json(&text).into_owned();
    out.push('\n');
    out
}

#[derive(serde::Serialize)]
struct Document<'a> {
    error: Members<'a>,
}

/// The members in their fixed order, then the facts.
struct Members<'a>(&'a Error);

impl Serialize for Members<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let error = self.0;
        let bounded = |text: &String| strip_bounded(text, SHOWN);
        let mut members = serializer.serialize_map(None)?;
        members.serialize_entry("code", code(error.exit))?;
        members.serialize_entry("exit_code", &error.exit.code())?;
        members.serialize_entry("message", &bounded(&error.message))?;
        members.serialize_entry(
            "details",
            &error.details.iter().map(bounded).collect::<Vec<_>>(),
        )?;
        members.serialize_entry(
            "hints",
            &error.hints.iter().map(bounded).collect::<Vec<_>>(),
        )?;
        if !error.findings.is_empty() {
            let rules: Vec<_> = error.findings.iter().map(Rule).collect();
            members.serialize_entry("findings", &rules)?;
        }
        for (name, value) in &error.facts {
            match value {
                serde_json::Value::String(text) => members.serialize_entry(name, &bounded(text))?,
                other => members.serialize_entry(name, other)?,
            }
        }
        members.end()
    }
}

/// The kind of a failure in one stable word.
const fn code(exit: Exit) -> &'static str {
    match exit {
        Exit::Done => "done",
        Exit::Bug => "bug",
        Exit::Usage => "usage",
        Exit::Config => "config",
        Exit::Credential => "credential",
        Exit::Refused => "refused",
        Exit::Network => "network",
        Exit::Server => "server",
        Exit::Check => "check",
        Exit::Interrupted => "interrupted",
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::{code, json, panicked, rendered, usage, words};
    use crate::error::Error;
    use crate::exit::Exit;
    use crate::output::terminal::Look;

    fn sample() -> Error {
        Error::new(
            Exit::Refused,
            "the server refused the client (invalid_client, HTTP 401)",
        )
        .detail("bad \u{1b}]0;owned\u{7}secret\u{202e}")
        .hint("check the secret with: jeton auth login -p billing")
        .fact("oauth_error", "invalid_client")
        .fact("http_status", 401)
    }

    #[test]
    fn what_why_and_what_to_do() {
        insta::assert_snapshot!(words(&sample(), Look::plain()), @r"
        error: the server refused the client (invalid_client, HTTP 401)
          bad secret
        hint: check the secret with: jeton auth login -p billing
        ");
    }

    #[test]
    fn the_same_as_an_object() {
        let text = json(&sample());
        assert_eq!(
            text,
            "{\"error\":{\"code\":\"refused\",\"exit_code\":5,\
             \"message\":\"the server refused the client (invalid_client, HTTP 401)\",\
             \"details\":[\"bad secret\"],\"hints\":[\"check the secret with: jeton auth login -p billing\"],\
             \"oauth_error\":\"invalid_client\",\"http_status\":401}}\n"
        );
    }

    fn refusal(line: &[&str]) -> clap::Error {
        let line: Vec<_> = line.iter().map(std::ffi::OsString::from).collect();
        crate::cli::parse(&line).unwrap_err()
    }

    #[test]
    fn wrong_usage_as_an_object_keeps_what_is_missing() {
        let error = usage(&refusal(&["jeton", "serve"]));
        assert_eq!(error.details, ["<--dev|--data <DIR>>"]);
        let error = usage(&refusal(&["jeton", "tokn"]));
        assert_eq!(error.message, "unrecognized subcommand 'tokn'");
        assert_eq!(
            error.hints,
            ["a similar subcommand exists: 'token'", "see --help"]
        );
    }

    #[test]
    fn what_was_typed_comes_back_harmless() {
        for (typed, shown) in [
            ("\u{1b}]0;owned\u{7}x\u{202e}", "x"),
            ("x\n::set-output name=a::b", "x : :set-output name=a: :b"),
            ("##vso[x]", "# #vso[x]"),
        ] {
            let text = rendered(&refusal(&["jeton", typed]), Look::plain());
            assert!(
                text.starts_with(&format!("error: unrecognized subcommand '{shown}'\n")),
                "{text:?}"
            );
        }
    }

    /// Security, client 1: no secret in panic messages.
    #[test]
    fn a_panic_is_a_bug_at_a_place() {
        let error = panicked(Some(std::panic::Location::caller()));
        assert_eq!(error.exit.code(), 1);
        assert!(error.message.contains("error.rs:"), "{error}");
        assert!(error.hints[0].contains("report it"));
    }

    #[test]
    fn the_codes_are_pinned() {
        let all: Vec<_> = Exit::ALL.into_iter().map(code).collect();
        assert_eq!(
            all,
            [
                "done",
                "bug",
                "usage",
                "config",
                "credential",
                "refused",
                "network",
                "server",
                "check",
                "interrupted",
            ]
        );
    }
}
