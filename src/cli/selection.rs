//! Options shared by the commands of the client: which profile, which token, through which network.

use clap::Args;
use jeton_profile::duration;
use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

// Which profile is meant.
#[derive(Debug, Clone, Default, Args)]
#[group(skip)]
pub(crate) struct ProfileArgs {
    /// The profile to use [env: JETON_PROFILE]
    #[arg(short, long, value_name = "NAME")]
    pub(crate) profile: Option<String>,

    /// Use the profile whose `match` list covers this URL; the longest match wins
    #[arg(long = "for", value_name = "URL", conflicts_with = "profile")]
    pub(crate) for_url: Option<String>,
}

impl ProfileArgs {
    /// Whether the command line says which profile is meant.
    pub(crate) fn is_named(&self) -> bool {
        self.profile.is_some() || self.for_url.is_some()
    }
}

// Which client is meant: that of a profile, or one that is made for this call.
#[derive(Debug, Clone, Default, Args)]
#[group(skip)]
pub(crate) struct ClientArgs {
    #[command(flatten)]
    pub(crate) profile: ProfileArgs,

    /// Start an authority inside this process and use it; needs no configuration
    #[arg(long, conflicts_with_all = ["profile", "for_url"])]
    pub(crate) embedded: bool,
}

impl ClientArgs {
    /// Whether the command line says which client is meant.
    pub(crate) fn is_named(&self) -> bool {
        self.embedded || self.profile.is_named()
    }
}

// What the token is for. It decides the cache key.
#[derive(Debug, Clone, Default, Args)]
#[group(skip)]
pub(crate) struct WantedArgs {
    /// Request this scope instead of the profile's; repeat the option, or separate scopes with spaces
    #[arg(long, value_name = "SCOPE")]
    pub(crate) scope: Vec<String>,

    /// Request a token for this resource instead of the profile's (RFC 8707); may be repeated
    #[arg(long, value_name = "URI")]
    pub(crate) resource: Vec<String>,

    /// Send this `audience` instead of the profile's
    #[arg(long, value_name = "AUDIENCE")]
    pub(crate) audience: Option<String>,
}

// How the token is obtained.
#[derive(Debug, Clone, Default, Args)]
#[group(skip)]
pub(crate) struct AcquireArgs {
    /// Never use a token that expires sooner than this, such as 30s or 10m
    #[arg(long, value_name = "DURATION", value_parser = duration::parse)]
    pub(crate) min_ttl: Option<Duration>,

    /// Bypass the cache and request a new token, which is then cached
    #[arg(long)]
    pub(crate) fresh: bool,
}

// How connections are made.
#[derive(Debug, Clone, Default, Args)]
#[group(skip)]
pub(crate) struct NetworkArgs {
    /// Also trust the certificate authorities in this PEM file
    #[arg(long, value_name = "PATH")]
    pub(crate) ca_file: Option<PathBuf>,

    /// Connect through this proxy instead of the one in the environment; never for loopback
    #[arg(long, value_name = "URL")]
    pub(crate) proxy: Option<OsString>,

    /// Give up after this long, retries included, such as 10s
    #[arg(long, value_name = "DURATION", value_parser = duration::parse)]
    pub(crate) timeout: Option<Duration>,
}
