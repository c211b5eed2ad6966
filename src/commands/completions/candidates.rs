//! The values of an option that only the configuration knows, for the completion scripts.
//!
//! Reads the configuration file and nothing else: no secret, no keyring, no network. Where that fails it prints nothing, because a
//! message would end up in the middle of the line that is being typed.

use jeton_profile::{Inputs, Settings};
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

#[derive(Debug, Clone, Copy)]
pub(super) enum Candidates {
    /// Names of profiles, each with its issuer
    Profiles,
    /// URLs of `match` lists, each with its profile
    Urls,
}

impl Candidates {
    /// Stands on the command line instead of a shell.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Profiles => "profiles",
            Self::Urls => "urls",
        }
    }

    /// One line per candidate: the value, a tab, its description.
    pub(super) fn of(self, line: &[OsString], mut inputs: Inputs) -> String {
        inputs.config = option(line, "--config").or(inputs.config);
        inputs.env_file = option(line, "--env-file").or(inputs.env_file);
        // A mistake in the file must not hide the profiles that can be read.
        let Ok((settings, _)) = Settings::examine(&inputs) else {
            return String::new();
        };
        let mut lines = String::new();
        for profile in &settings.profiles {
            match self {
                Self::Profiles => {
                    let issuer = profile.issuer.as_ref();
                    let issuer = issuer.map(|issuer| issuer.value.to_string());
                    push(&mut lines, &profile.name, &issuer.unwrap_or_default());
                }
                Self::Urls => {
                    for url in &profile.matches.value {
                        push(&mut lines, &url.to_string(), &profile.name);
                    }
                }
            }
        }
        lines
    }
}

/// A value with a control character, such as a newline, is left out: it would look like another value.
fn push(lines: &mut String, value: &str, description: &str) {
    if value.is_empty() || value.contains(char::is_control) {
        return;
    }
    let description = description.replace(char::is_control, " ");
    lines.push_str(&format!("{value}\t{description}\n"));
}

/// The value of an option in the line being typed, where it has one.
fn option(line: &[OsString], name: &str) -> Option<PathBuf> {
    let mut words = line.iter();
    while let Some(word) = words.next() {
        if word == name {
            return words.next().map(PathBuf::from);
        }
        let attached = word.to_str().and_then(|word| word.strip_prefix(name));
        if let Some(value) = attached.and_then(|rest| rest.strip_prefix('=')) {
            return Some(PathBuf::from(OsStr::new(value)));
        }
    }
    None
}
