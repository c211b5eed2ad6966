//! The variables that hold secrets: what no program that jeton starts gets to see.

use crate::env::Kind;
use crate::reference::variables;
use std::collections::BTreeSet;
use std::process::Command;

/// The names of the variables that hold secrets: those of jeton, and those that the `{ env }` references of a configuration name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretVariables(BTreeSet<String>);

impl Default for SecretVariables {
    /// Those of jeton alone.
    fn default() -> Self {
        Self::new([])
    }
}

impl SecretVariables {
    /// Those of jeton, and those that `references` name.
    pub(crate) fn new<'a>(references: impl IntoIterator<Item = &'a String>) -> Self {
        let own = variables()
            .into_iter()
            .filter(|variable| variable.kind == Kind::Secret)
            .map(|variable| variable.name.to_owned());
        Self(own.chain(references.into_iter().cloned()).collect())
    }

    /// Whether a variable holds a secret.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.0.contains(name)
    }

    /// The names.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Takes them out of the environment of a program that is about to be started.
    pub fn remove_from(&self, command: &mut Command) {
        for name in &self.0 {
            command.env_remove(name);
        }
    }
}
