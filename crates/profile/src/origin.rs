//! Where a value comes from, carried beside it from the moment it is read.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

/// Where a value comes from. `Display` is what `jeton config show` prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A command-line flag: `flag --scope`.
    Flag(&'static str),
    /// An environment variable: `env CC_CLIENT_ID`.
    Env(String),
    /// A line of the file given with `--env-file`: `deploy.env:3 CC_CLIENT_ID`.
    EnvFile {
        /// The file.
        path: Arc<Path>,
        /// The line, counted from 1.
        line: usize,
        /// The variable.
        name: String,
    },
    /// A line of the configuration file: `config.toml:14`.
    File {
        /// The file.
        path: Arc<Path>,
        /// The line, counted from 1.
        line: usize,
    },
    /// The operating system's keyring: `keyring jeton/billing`.
    Keyring {
        /// The service of the entry.
        service: String,
        /// The user of the entry.
        user: String,
    },
    /// Nobody set it: `default`.
    Default,
}

impl Origin {
    /// Whether it was set for this run rather than in a file of the profile.
    pub const fn is_environment(&self) -> bool {
        matches!(self, Self::Env(_) | Self::EnvFile { .. })
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(flag) => write!(f, "flag {flag}"),
            Self::Env(name) => write!(f, "env {name}"),
            Self::EnvFile { path, line, name } => write!(f, "{}:{line} {name}", short(path)),
            Self::File { path, line } => write!(f, "{}:{line}", short(path)),
            Self::Keyring { service, user } => write!(f, "keyring {service}/{user}"),
            Self::Default => f.write_str("default"),
        }
    }
}

/// The file name alone: the folder is told once, by `jeton config path`.
fn short(path: &Path) -> std::path::Display<'_> {
    path.file_name().map_or(path, Path::new).display()
}

/// A value and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// Where it comes from.
    pub origin: Origin,
}

impl<T> Sourced<T> {
    /// A value and where it comes from.
    pub const fn new(value: T, origin: Origin) -> Self {
        Self { value, origin }
    }

    /// A value that nobody set.
    pub const fn default(value: T) -> Self {
        Self::new(value, Origin::Default)
    }

    /// The value turned into another, from the same place.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Sourced<U> {
        Sourced::new(change(self.value), self.origin)
    }
}

#[cfg(test)]
mod tests {
    use super::Origin;
    use std::path::Path;
    use std::sync::Arc;

    #[test]
    fn origins_read_as_the_manual_shows_them() {
        let path: Arc<Path> = Path::new("/home/me/.config/jeton/config.toml").into();
        let shown = [
            (Origin::Flag("--scope"), "flag --scope"),
            (Origin::Env("CC_CLIENT_ID".to_owned()), "env CC_CLIENT_ID"),
            (
                Origin::File {
                    path: path.clone(),
                    line: 14,
                },
                "config.toml:14",
            ),
            (
                Origin::EnvFile {
                    path,
                    line: 3,
                    name: "CC_SCOPES".to_owned(),
                },
                "config.toml:3 CC_SCOPES",
            ),
            (
                Origin::Keyring {
                    service: "jeton".to_owned(),
                    user: "billing".to_owned(),
                },
                "keyring jeton/billing",
            ),
            (Origin::Default, "default"),
        ];
        for (origin, text) in shown {
            assert_eq!(origin.to_string(), text);
        }
    }
}
