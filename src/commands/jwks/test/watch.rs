//! `--watch`: first the report, then one line per event; with `-o json`, one object per line.
//!
//! Objects have `event` (`report`, `added`, `removed`, `replaced`, `relabelled`, `unreachable`, `reachable`, `token`),
//! `time`, `text`, and `breaks`: which clients it would have broken, or null.

use super::TestArgs;
use super::report::Report;
use super::show;
use super::target::{Loaded, Target};
use super::{matched, read_token, validated};
use crate::commands::app::App;
use crate::commands::verdict;
use crate::error::Result;
use crate::exit::Exit;
use crate::log::{Level, Module};
use crate::output::Console;
use crate::output::clean::{clean, escape_json};
use crate::output::time::rfc3339;
use crate::output::{Paint, ShowFormat};
use jeton_inspect::finding::{Severity, worst};
use jeton_inspect::key_set::Validation;
use jeton_inspect::key_set::rotation::{Change, Watch, seen};
use jeton_probe::jwks::Freshness;
use serde_json::{Value, json};
use std::time::Instant;

/// Fetches the set repeatedly.
///
/// # Errors
/// Exit 2 where stdout cannot be written; if the set cannot be fetched for a while, that is an event, not an error.
pub(super) async fn run(
    args: &TestArgs,
    app: &App,
    target: &Target,
    loaded: &Loaded,
    report: &Report,
) -> Result<Exit> {
    let mut watching = Watching::new(args, app, loaded)?;
    watching.begin(report)?;
    let started = Instant::now();
    loop {
        let left = args
            .duration
            .map(|whole| whole.saturating_sub(started.elapsed()));
        if left.is_some_and(|left| left.is_zero()) {
            break;
        }
        tokio::time::sleep(left.map_or(args.interval, |left| left.min(args.interval))).await;
        // What stays as it was is no news.
        let looked = target.load(app, Level::Debug).await.and_then(|loaded| {
            let validation = validated(app, &loaded)?;
            Ok((loaded, validation))
        });
        match looked {
            Ok((loaded, validation)) => watching.look(&loaded, &validation)?,
            Err(failure) => {
                let level = if watching.reachable {
                    Level::Warn
                } else {
                    Level::Debug
                };
                app.log.write(level, Module::Jwks, &failure, &[]);
                watching.unreachable(&failure.message)?;
            }
        }
    }
    Ok(if watching.broke {
        Exit::Check
    } else {
        verdict::exit(report.verdict, args.strict)
    })
}

struct Watching<'a> {
    args: &'a TestArgs,
    app: &'a App,
    watch: Watch,
    kept_for: i64,
    reachable: bool,
    /// Whether a key verified the token last time; nothing where there is no token that can be read again.
    token_held: Option<bool>,
    broke: bool,
}

impl<'a> Watching<'a> {
    fn new(args: &'a TestArgs, app: &'a App, loaded: &Loaded) -> Result<Self> {
        let validation = validated(app, loaded)?;
        let mut watching = Self {
            args,
            app,
            watch: Watch::new(seen(&validation)),
            kept_for: kept_for(loaded),
            reachable: true,
            token_held: None,
            broke: false,
        };
        watching.token_held = watching
            .token(&validation)
            .map(|(level, _)| level < Severity::Fail);
        Ok(watching)
    }

    fn begin(&self, report: &Report) -> Result<()> {
        let console = &self.app.console;
        match self.app.show_format(self.args.output) {
            ShowFormat::Panel => {
                console.print(&show::panel(report, console))?;
                console.note(&format!(
                    "fetching every {} s; press Ctrl-C to stop",
                    self.args.interval.as_secs()
                ));
                Ok(())
            }
            ShowFormat::Json => {
                let report = serde_json::to_value(report).map_err(anyhow::Error::from)?;
                self.line(
                    &json!({ "event": "report", "time": rfc3339(console.now()), "report": report }),
                )
            }
        }
    }

    fn look(&mut self, loaded: &Loaded, validation: &Validation) -> Result<()> {
        if !self.reachable {
            self.reachable = true;
            self.tell("reachable", "the set can be fetched again", None)?;
        }
        // How long clients may cache the version that they have, or this one: whichever is longer.
        let kept_for = self.kept_for.max(kept_for(loaded));
        let events = self
            .watch
            .observe(self.app.console.now(), seen(validation), kept_for);
        self.kept_for = self::kept_for(loaded);
        for event in events {
            let name = match event.change {
                Change::Added { .. } => "added",
                Change::Removed { .. } => "removed",
                Change::Replaced { .. } => "replaced",
                Change::Relabelled { .. } => "relabelled",
            };
            let (_, text) = show::words(&event.change);
            self.tell(name, &text, event.breaks.as_deref())?;
        }
        if let Some((level, text)) = self.token(validation) {
            let holds = level < Severity::Fail;
            if self.token_held.is_some_and(|held| held != holds) {
                let breaks =
                    (!holds).then_some("clients that fetch the set again reject the token");
                self.tell("token", &text, breaks)?;
            }
            self.token_held = Some(holds);
        }
        Ok(())
    }

    /// The findings about the token as it is now; nothing where there is no token that can be read again.
    fn token(&self, validation: &Validation) -> Option<(Severity, String)> {
        let typed = self.args.token.as_deref()?;
        if typed == "-" {
            return None;
        }
        // Notes about it were printed the first time.
        let quiet = Console {
            quiet: true,
            ..self.app.console
        };
        let token = read_token(self.args, &quiet).ok()??;
        let matched = matched(&token, validation).ok()?;
        // An expired token is invalid, whatever happens to its key.
        if matched
            .expires_at
            .is_some_and(|end| end <= self.app.console.now())
        {
            return None;
        }
        let texts: Vec<&str> = matched
            .findings
            .iter()
            .map(|finding| finding.what.as_str())
            .collect();
        Some((worst(&matched.findings), texts.join("; ")))
    }

    fn unreachable(&mut self, why: &str) -> Result<()> {
        if !self.reachable {
            return Ok(());
        }
        self.reachable = false;
        self.tell("unreachable", why, None)
    }

    fn tell(&mut self, event: &str, text: &str, breaks: Option<&str>) -> Result<()> {
        self.broke |= breaks.is_some();
        let console = &self.app.console;
        let now = console.now();
        if self.app.show_format(self.args.output) == ShowFormat::Json {
            return self.line(&json!({
                "event": event, "time": rfc3339(now), "text": text, "breaks": breaks,
            }));
        }
        let look = console.stdout;
        let stamp = look.paint(Paint::Label, &console.zone.stamp(now));
        let mut line = format!("{stamp}  {event:<11}  {}\n", look.fit(&clean(text)));
        if let Some(breaks) = breaks {
            let word = look.paint(Paint::Bad, "breaks");
            line.push_str(&format!(
                "{:21}{word}       {}\n",
                "",
                look.fit(&clean(breaks))
            ));
        }
        console.print(&line)
    }

    fn line(&self, value: &Value) -> Result<()> {
        let text = value.to_string();
        self.app.console.print(&format!("{}\n", escape_json(&text)))
    }
}

/// For how many seconds clients may cache this version.
fn kept_for(loaded: &Loaded) -> i64 {
    let freshness = loaded.delivery.as_ref().map(|delivery| delivery.freshness);
    freshness.unwrap_or(Freshness::Unsaid).seconds()
}
