//! Where files are: the configuration, the cache, the key of the cache.

use super::env;
use super::environment::Environment;
use super::inputs::Inputs;
use super::origin::{Origin, Sourced};
use crate::error::Error;
use crate::home::home;
use std::path::{Path, PathBuf};

/// The folder of jeton in each of the user's folders.
const FOLDER: &str = "jeton";

/// The configuration file and whether somebody asked for this very one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ConfigPath {
    pub(crate) path: Sourced<PathBuf>,
    /// Named by a flag or a variable: then it must exist.
    pub(crate) explicit: bool,
}

/// `--config`, else `JETON_CONFIG`, else `jeton/config.toml` in the user's configuration folder; `None` when nothing is named and the
/// user has no home.
pub(crate) fn config(inputs: &Inputs, environment: &Environment) -> Option<ConfigPath> {
    let named = match &inputs.config {
        Some(path) => Some(Sourced::new(path.clone(), Origin::Flag("--config"))),
        None => environment.path(env::JETON_CONFIG),
    };
    if let Some(path) = named {
        return Some(ConfigPath {
            path,
            explicit: true,
        });
    }
    let folder = Base::Config.folder(environment)?;
    Some(ConfigPath {
        path: Sourced::default(folder.join("config.toml")),
        explicit: false,
    })
}

/// `JETON_CACHE_DIR`, else `jeton` in the user's cache folder; `None` when nothing is named and the user has no home.
pub(crate) fn cache(environment: &Environment) -> Option<Sourced<PathBuf>> {
    environment.path(env::JETON_CACHE_DIR).or_else(|| {
        let folder = Base::Cache.folder(environment)?;
        Some(Sourced::default(folder))
    })
}

/// The file that holds the key of the cache where no keyring does: in the data folder, as caches get wiped and copied.
/// `None` when the user has no home.
pub(crate) fn cache_key_file(environment: &Environment) -> Option<PathBuf> {
    Base::Data
        .folder(environment)
        .map(|folder| folder.join("cache.key"))
}

/// A path as it is written in a file: `~/` is the home, anything relative starts at the file's folder.
pub(crate) fn anchored(written: &str, folder: &Path, home: Option<&Path>) -> PathBuf {
    match (written.strip_prefix("~/"), home) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => folder.join(written),
    }
}

/// The failure of a command that needs the path of the configuration.
pub(crate) fn unknown_config() -> Error {
    Error::config("the configuration folder is unknown: the user has no home folder")
        .hint("set HOME, or give the path with --config or JETON_CONFIG")
}

#[derive(Clone, Copy)]
enum Base {
    Config,
    Cache,
    Data,
}

impl Base {
    /// The folder of jeton: by the XDG variables wherever they are set, else by the custom of the platform.
    fn folder(self, environment: &Environment) -> Option<PathBuf> {
        let (variable, below_home) = match self {
            Self::Config => (env::XDG_CONFIG_HOME, ".config"),
            Self::Cache => (env::XDG_CACHE_HOME, ".cache"),
            Self::Data => (env::XDG_DATA_HOME, ".local/share"),
        };
        // The XDG specification has relative values ignored.
        let named = environment
            .path(variable)
            .map(|found| found.value)
            .filter(|path| path.is_absolute());
        let base = named.or_else(|| {
            if cfg!(any(target_os = "macos", windows)) {
                self.native()
            } else {
                home(environment).map(|home| home.join(below_home))
            }
        })?;
        Some(base.join(FOLDER))
    }

    fn native(self) -> Option<PathBuf> {
        let dirs = directories::BaseDirs::new()?;
        let folder = match self {
            Self::Config => dirs.config_dir(),
            Self::Cache => dirs.cache_dir(),
            Self::Data => dirs.data_local_dir(),
        };
        Some(folder.to_path_buf())
    }
}

#[cfg(all(test, unix, not(target_os = "macos")))]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::{anchored, cache, cache_key_file, config};
    use crate::environment::Environment;
    use crate::inputs::Inputs;
    use crate::testing::variables;
    use std::path::{Path, PathBuf};

    fn found(pairs: &[(&str, &str)], flag: Option<&str>) -> (PathBuf, bool, String) {
        let inputs = Inputs {
            config: flag.map(PathBuf::from),
            ..Inputs::default()
        };
        let environment = Environment::new(variables(pairs), None).unwrap();
        let path = config(&inputs, &environment).unwrap();
        (path.path.value, path.explicit, path.path.origin.to_string())
    }

    #[test]
    fn the_flag_then_the_variable_then_xdg_then_home() {
        let all = [
            ("HOME", "/home/me"),
            ("XDG_CONFIG_HOME", "/xdg"),
            ("JETON_CONFIG", "/env.toml"),
        ];
        let expected =
            |path: &str, explicit, origin: &str| (PathBuf::from(path), explicit, origin.to_owned());
        assert_eq!(
            found(&all, Some("f.toml")),
            expected("f.toml", true, "flag --config")
        );
        assert_eq!(
            found(&all, None),
            expected("/env.toml", true, "env JETON_CONFIG")
        );
        assert_eq!(
            found(&all[..2], None),
            expected("/xdg/jeton/config.toml", false, "default")
        );
        let home = expected("/home/me/.config/jeton/config.toml", false, "default");
        assert_eq!(found(&all[..1], None), home);
        let relative = [("HOME", "/home/me"), ("XDG_CONFIG_HOME", "relative")];
        assert_eq!(found(&relative, None), home);
    }

    #[test]
    fn cache_and_key_are_in_different_folders() {
        let environment = Environment::new(variables(&[("HOME", "/home/me")]), None).unwrap();
        assert_eq!(
            cache(&environment).unwrap().value,
            Path::new("/home/me/.cache/jeton")
        );
        assert_eq!(
            cache_key_file(&environment).unwrap(),
            Path::new("/home/me/.local/share/jeton/cache.key")
        );
        let named = Environment::new(variables(&[("JETON_CACHE_DIR", "/c")]), None).unwrap();
        assert_eq!(cache(&named).unwrap().value, Path::new("/c"));
    }

    #[test]
    fn written_paths_start_at_the_folder_of_the_file() {
        let (folder, home) = (Path::new("/etc/jeton"), Some(Path::new("/home/me")));
        assert_eq!(
            anchored("a.pem", folder, home),
            Path::new("/etc/jeton/a.pem")
        );
        assert_eq!(anchored("/k/a.pem", folder, home), Path::new("/k/a.pem"));
        assert_eq!(
            anchored("~/a.pem", folder, home),
            Path::new("/home/me/a.pem")
        );
        assert_eq!(
            anchored("~/a.pem", folder, None),
            Path::new("/etc/jeton/~/a.pem")
        );
    }
}
