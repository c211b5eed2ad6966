//! Failures on stderr: what failed, what the other side said, what to do.

use super::Console;
use super::clean::{SHOWN, clean_bounded, escape_json};
use super::terminal::{Look, Paint};
use crate::error::Error;
use crate::exit::Exit;
use serde_json::{Map, Value};
use std::io::Write;

/// Prints a failure on stderr: as an object where JSON was asked for, else in words.
pub(crate) fn report(error: &Error, console: &Console, as_json: bool) {
    let text = if as_json {
        json(error)
    } else {
        words(error, console.stderr)
    };
    // There is nowhere to say that stderr is gone.
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

/// Prints what clap has to say: help and version as a result, wrong usage as a failure.
pub(crate) fn report_usage(stop: &clap::Error, console: &Console, as_json: bool) -> Exit {
    let render = |look: Look| match look.colour {
        true => stop.render().ansi().to_string(),
        false => stop.render().to_string(),
    };
    if !stop.use_stderr() {
        return match console.print(&render(console.stdout)) {
            Ok(()) => Exit::Done,
            Err(failure) => {
                report(&failure, console, as_json);
                failure.exit
            }
        };
    }
    if as_json {
        let text = stop.render().to_string();
        let message = text.lines().next().unwrap_or_default();
        let error = Error::usage(message.strip_prefix("error: ").unwrap_or(message))
            .hint("see --help");
        report(&error, console, true);
    } else {
        let _ = std::io::stderr().lock().write_all(render(console.stderr).as_bytes());
    }
    Exit::Usage
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
    for hint in &error.hints {
        line(Paint::Hint, "hint: ", hint);
    }
    out
}

/// `{"error":{"code":…,"exit_code":…,"message":…,"details":[…],"hints":[…], facts…}}`, one line.
fn json(error: &Error) -> String {
    let bounded = |texts: &[String]| -> Value {
        texts.iter().map(|text| clean_bounded(text, SHOWN)).collect()
    };
    let mut members = Map::new();
    members.insert("code".to_owned(), code(error.exit).into());
    members.insert("exit_code".to_owned(), error.exit.code().into());
    members.insert("message".to_owned(), clean_bounded(&error.message, SHOWN).into());
    members.insert("details".to_owned(), bounded(&error.details));
    members.insert("hints".to_owned(), bounded(&error.hints));
    for (name, value) in &error.facts {
        // A fact never takes the place of one of the fixed members.
        if !members.contains_key(*name) {
            members.insert((*name).to_owned(), clean_bounded(value, SHOWN).into());
        }
    }
    let document = Value::from(Map::from_iter([("error".to_owned(), Value::Object(members))]));
    let mut out = escape_json(&document.to_string()).into_owned();
    out.push('\n');
    out
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

    use super::{code, json, words};
    use crate::error::Error;
    use crate::exit::Exit;
    use crate::output::terminal::Look;

    fn sample() -> Error {
        Error::new(Exit::Refused, "the server refused the client (invalid_client, HTTP 401)")
            .detail("bad \u{1b}]0;owned\u{7}secret\u{202e}")
            .hint("check the secret with: jeton auth login -p billing")
            .fact("oauth_error", "invalid_client")
            .fact("http_status", "401")
            .fact("message", "not this one")
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
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["error"], serde_json::json!({
            "code": "refused",
            "exit_code": 5,
            "message": "the server refused the client (invalid_client, HTTP 401)",
            "details": ["bad secret"],
            "hints": ["check the secret with: jeton auth login -p billing"],
            "oauth_error": "invalid_client",
            "http_status": "401",
        }));
        assert_eq!(text.lines().count(), 1);
    }

    #[test]
    fn the_codes_are_pinned() {
        let all: Vec<_> = Exit::ALL.into_iter().map(code).collect();
        assert_eq!(all, [
            "done", "bug", "usage", "config", "credential", "refused", "network", "server", "check", "interrupted",
        ]);
    }
}
