//! Which key set to check, and how it is loaded.

use super::TestArgs;
use crate::commands::app::App;
use crate::commands::source;
use crate::error::{Error, Result};
use crate::exit::Exit;
use crate::log::{Level, Module, field};
use jeton_files::FileError;
use jeton_oauth::{Issuer, Metadata, json};
use jeton_probe::jwks::{self, Delivery, Located};
use jeton_profile::Profile;
use std::path::{Path, PathBuf};
use std::time::Instant;
use url::Url;
use zeroize::Zeroizing;

/// No set is read beyond this, wherever it is (1 MiB).
const LONGEST: usize = 1 << 20;

/// What was asked for.
pub(super) enum Target {
    Url(Url, Remote),
    Issuer(Issuer, Remote),
    File(PathBuf),
    Stdin,
}

/// How to fetch it.
pub(super) struct Remote {
    network: source::Uncached,
    /// For error messages.
    profile: Profile,
}

/// A document, and how it was delivered.
pub(super) struct Loaded {
    /// `url`, `issuer`, `file` or `stdin`.
    pub(super) kind: &'static str,
    /// What was given: a URL, an issuer, a path.
    pub(super) name: String,
    /// The URL that it was fetched from.
    pub(super) url: Option<Url>,
    pub(super) delivery: Option<Delivery>,
    pub(super) metadata: Option<Metadata>,
    pub(super) document: json::Object,
}

impl Target {
    /// The URL, file or issuer that was typed, or the issuer of the profile. Files are not opened yet.
    ///
    /// # Errors
    /// Exit 2: not a URL that may be fetched. Exit 3: no profile, or one without an issuer.
    pub(super) fn of(args: &TestArgs, app: &mut App) -> Result<Self> {
        match (args.target.as_deref(), args.issuer.as_deref()) {
            (Some("-"), _) => Ok(Self::Stdin),
            (Some(typed), _) if typed.starts_with("https://") || typed.starts_with("http://") => {
                let url = Url::parse(typed)
                    .map_err(|error| Error::usage(format!("{typed} is not a URL: {error}")))?;
                Located::at(url.clone()).map_err(|error| {
                    Error::usage(error.to_string())
                        .hint("an attacker on the network could add a key to the set")
                })?;
                Ok(Self::Url(url, Remote::without_profile(app)?))
            }
            (Some(typed), _) => Ok(Self::File(PathBuf::from(typed))),
            (None, Some(typed)) => {
                let issuer = Issuer::parse(typed)
                    .map_err(|error| Error::usage(format!("{typed} is not an issuer: {error}")))?;
                Ok(Self::Issuer(issuer, Remote::without_profile(app)?))
            }
            (None, None) => Self::of_profile(app),
        }
    }

    fn of_profile(app: &mut App) -> Result<Self> {
        let settings = app.settings()?;
        let profile = settings.select()?;
        let Some(issuer) = profile.issuer.as_ref().map(|issuer| issuer.value.clone()) else {
            return Err(Error::config(format!(
                "the profile {} has no issuer, so its key set is unknown",
                profile.name
            ))
            .hint("give the URL of the key set: `jeton jwks test https://…`"));
        };
        let network = source::Uncached::of(app, &settings.tool, &profile);
        Ok(Self::Issuer(issuer, Remote { network, profile }))
    }

    /// Whether it is fetched, so that it can be watched.
    pub(super) const fn is_remote(&self) -> bool {
        matches!(self, Self::Url(..) | Self::Issuer(..))
    }

    /// Loads it, and logs so at this level.
    ///
    /// # Errors
    /// Exit 6, 7 for what is fetched; exit 2, 8 for what is read; exit 3 where the issuer's metadata has no jwks_uri.
    pub(super) async fn load(&self, app: &App, level: Level) -> Result<Loaded> {
        match self {
            Self::Url(url, remote) => {
                let deadline = remote.deadline();
                let located = Located::at(url.clone());
                let located = located.map_err(|error| source::explain(error, &remote.profile))?;
                fetch(app, remote, level, ("url", url.as_str()), located, deadline).await
            }
            Self::Issuer(issuer, remote) => {
                let (context, deadline) = (remote.network.context(), remote.deadline());
                let located = Located::of_issuer(&context, issuer, deadline).await;
                let located = located.map_err(|error| source::explain(error, &remote.profile))?;
                let named = ("issuer", issuer.as_str());
                fetch(app, remote, level, named, located, deadline).await
            }
            Self::File(path) => read_file(path),
            Self::Stdin => {
                let content = jeton_files::read_stream(std::io::stdin().lock(), LONGEST);
                parse("stdin", "standard input", content)
            }
        }
    }
}

impl Remote {
    fn without_profile(app: &mut App) -> Result<Self> {
        let settings = app.settings()?;
        let profile = settings.own_profile("jwks")?;
        let network = source::Uncached::of(app, &settings.tool, &profile);
        Ok(Self { network, profile })
    }

    /// When the timeout of the profile ends, for the metadata and the key set together.
    fn deadline(&self) -> Instant {
        self.network.context().deadline(self.profile.timeout.value)
    }
}

async fn fetch(
    app: &App,
    remote: &Remote,
    level: Level,
    (kind, name): (&'static str, &str),
    located: Located,
    deadline: Instant,
) -> Result<Loaded> {
    let get = format_args!("GET {}", located.url);
    app.log.write(level, Module::Jwks, &get, &[]);
    let delivery = jwks::fetch(&remote.network.context(), &located, deadline)
        .await
        .map_err(|error| source::explain(error, &remote.profile))?;
    app.log.write(
        level,
        Module::Jwks,
        &"key set received",
        &[
            field("http", &200),
            field("bytes", &delivery.body.len()),
            field("ms", &delivery.elapsed.as_millis()),
        ],
    );
    let document = json::parse_object(&delivery.body).map_err(|error| {
        let kind = delivery
            .content_type
            .as_deref()
            .unwrap_or("no content type");
        let failure = no_json(Exit::Server, located.url.as_str(), &delivery.body, &error)
            .fact("content_type", kind);
        if kind.contains("html") {
            failure
                .hint("got an HTML page: check the URL; a login page or a proxy may be in the way")
        } else {
            failure
        }
    })?;
    Ok(Loaded {
        kind,
        name: name.to_owned(),
        url: Some(located.url),
        delivery: Some(delivery),
        metadata: located.metadata,
        document,
    })
}

/// Reads a set from a file.
///
/// # Errors
/// Exit 2 where it cannot be read, exit 8 where it is not a JSON object.
pub(super) fn read_file(path: &Path) -> Result<Loaded> {
    let content = jeton_files::read(path, LONGEST).map(|content| content.bytes);
    parse("file", &path.display().to_string(), content)
}

fn parse(
    kind: &'static str,
    name: &str,
    content: Result<Zeroizing<Vec<u8>>, FileError>,
) -> Result<Loaded> {
    let bytes = content.map_err(|failure| match failure {
        FileError::TooLong { .. } => Error::new(
            Exit::Check,
            format!("{name} is larger than 1 MiB: clients refuse such a set"),
        ),
        other => Error::usage(format!("cannot read {name}")).detail(other.to_string()),
    })?;
    let document =
        json::parse_object(&bytes).map_err(|error| no_json(Exit::Check, name, &bytes, &error))?;
    Ok(Loaded {
        kind,
        name: name.to_owned(),
        url: None,
        delivery: None,
        metadata: None,
        document,
    })
}

fn no_json(exit: Exit, name: &str, bytes: &[u8], error: &serde_json::Error) -> Error {
    let failure = Error::new(exit, format!("{name} is not a key set: {error}"));
    if bytes.is_empty() {
        failure.hint("it is empty")
    } else if bytes.starts_with(b"\xef\xbb\xbf") {
        failure.hint("it starts with a byte order mark, which JSON forbids (RFC 8259 8.1)")
    } else {
        failure
    }
}

impl Loaded {
    /// The error for a document that is JSON but not a key set.
    pub(super) fn no_set(&self) -> Error {
        let exit = if self.delivery.is_some() {
            Exit::Server
        } else {
            Exit::Check
        };
        let failure = Error::new(
            exit,
            format!("{} is not a key set: it has no array \"keys\"", self.name),
        );
        if self.document.contains_key("jwks_uri") {
            failure.hint("this is the metadata of an issuer: give the issuer with --issuer")
        } else if self.document.contains_key("kty") {
            failure.hint("this is a single key: a set is {\"keys\":[…]} around it")
        } else {
            failure
        }
    }
}
