//! `jeton jwks …`

use super::selection::{ClientArgs, NetworkArgs};
use crate::output::ShowFormat;
use clap::{Args, Subcommand};
use jeton_profile::duration;
use std::path::PathBuf;
use std::time::Duration;

#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(crate) enum JwksCommand {
    /// Fetch a key set and judge every key
    ///
    /// Reports how the set is delivered (status, redirects, content type, how long clients may keep it) and what is
    /// wrong with its keys: conflicting, missing or repeated members, private halves that were published, weak or broken
    /// numbers, certificates that belong to other keys. With the metadata of the issuer, the algorithms that it
    /// announces are compared with the keys.
    ///
    /// Each finding is a note, a warning or a failure; only a failure ends with exit 8. Without an argument the issuer
    /// of the profile is asked where its set is.
    Test(Box<TestArgs>),
}

#[derive(Debug, Args)]
#[group(skip)]
pub(crate) struct TestArgs {
    /// The key set: its URL, a file, or `-` for stdin
    #[arg(value_name = "URL|FILE|-", conflicts_with_all = ["issuer", "profile", "for_url", "embedded"])]
    pub(crate) target: Option<String>,

    /// Ask this issuer where its key set is, without a profile
    #[arg(long, value_name = "URL", conflicts_with_all = ["profile", "for_url", "embedded"])]
    pub(crate) issuer: Option<String>,

    #[command(flatten)]
    pub(crate) client: ClientArgs,

    /// Say which key verifies this token, and why the others do not; fail (exit 8) if none does
    #[arg(long, value_name = "TOKEN|-|@FILE", conflicts_with = "embedded")]
    pub(crate) token: Option<String>,

    /// Say what changed since this saved key set
    #[arg(long, value_name = "FILE", conflicts_with = "watch")]
    pub(crate) diff: Option<PathBuf>,

    /// Let warnings fail too
    #[arg(long)]
    pub(crate) strict: bool,

    /// Keep looking, and report every key that is added, removed or replaced, until Ctrl-C
    ///
    /// A change that would have hurt clients (a key replaced under its kid, a key gone before its successor could be
    /// known everywhere) is a failure. `--token @FILE` is read again each time.
    #[arg(long)]
    pub(crate) watch: bool,

    /// With --watch: how often to look, at least 1s
    #[arg(long, value_name = "DURATION", value_parser = interval, default_value = "30s", requires = "watch")]
    pub(crate) interval: Duration,

    /// With --watch: stop by itself after this long
    #[arg(long, value_name = "DURATION", value_parser = duration::parse, requires = "watch")]
    pub(crate) duration: Option<Duration>,

    #[command(flatten)]
    pub(crate) network: NetworkArgs,

    /// Form of the result [default: panel]
    #[arg(short, long, value_name = "FORMAT")]
    pub(crate) output: Option<ShowFormat>,
}

fn interval(text: &str) -> Result<Duration, String> {
    let interval = duration::parse(text)?;
    if interval < Duration::from_secs(1) {
        return Err("an interval is at least 1s: the server belongs to others too".to_owned());
    }
    Ok(interval)
}
