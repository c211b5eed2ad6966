//! A token as an environment variable, in the syntax of a shell, a file or a CI system.

pub(crate) mod file;
mod git;
pub(crate) mod github;
mod gitlab;
mod name;
mod shell;

pub(crate) use name::EnvName;
pub(crate) use shell::word as shell_word;

use super::mask::mask;
use super::pretty_json;
use crate::error::{Error, Result};
use clap::ValueEnum;
use jeton_profile::dotenv;
use zeroize::Zeroizing;

/// `--format` of `export env`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// `export NAME='…'` for sh, bash, zsh
    Sh,
    /// `set -gx NAME '…'`
    Fish,
    /// `$env:NAME = '…'`
    Powershell,
    /// NAME=… for .env files
    Dotenv,
    /// A JSON object
    Json,
    /// GitHub Actions: masked in the log, then into `$GITHUB_ENV` and `$GITHUB_OUTPUT`
    Github,
    /// GitLab CI: the content of a dotenv report
    Gitlab,
}

/// A variable to be written.
#[derive(Debug, Clone)]
pub(crate) struct Variable<'a> {
    pub(crate) name: &'a EnvName,
    pub(crate) value: Zeroizing<String>,
}

impl<'a> Variable<'a> {
    /// A variable with its value.
    pub(crate) fn new(name: &'a EnvName, value: &str) -> Self {
        Self {
            name,
            value: Zeroizing::new(value.to_owned()),
        }
    }

    /// The same with a masked value, for a terminal.
    pub(crate) fn masked(&self) -> Self {
        Self::new(self.name, &mask(&self.value))
    }
}

/// The variables in the given form, each line ended.
///
/// For GitHub this is the content of the job's file; the commands that mask the value in the log must come first and are
/// separate: [`github::deliver`].
///
/// # Errors
///
/// When a value cannot be written in that format: a zero byte in any, a line break for GitLab.
pub(crate) fn render(
    format: ExportFormat,
    variables: &[Variable<'_>],
) -> Result<Zeroizing<String>> {
    let mut out = Zeroizing::new(String::new());
    for variable in variables {
        let name = variable.name.as_str();
        if variable.value.contains('\0') {
            return Err(Error::usage(format!(
                "the value of {name} contains a zero byte, which an environment variable cannot"
            )));
        }
        let line = match format {
            ExportFormat::Sh => shell::sh(name, &variable.value),
            ExportFormat::Fish => shell::fish(name, &variable.value),
            ExportFormat::Powershell => shell::powershell(name, &variable.value),
            ExportFormat::Dotenv => dotenv::line(name, &variable.value),
            ExportFormat::Gitlab => gitlab::line(name, &variable.value)?,
            ExportFormat::Github => github::block(name, &variable.value)?,
            ExportFormat::Json => continue,
        };
        out.push_str(&line);
    }
    if format == ExportFormat::Json {
        let pairs: std::collections::BTreeMap<_, _> = variables
            .iter()
            .map(|variable| (variable.name.as_str(), variable.value.as_str()))
            .collect();
        out = pretty_json(&pairs)?;
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::{EnvName, ExportFormat, Variable, render};
    use clap::ValueEnum;

    #[test]
    fn every_form_of_a_plain_token() {
        let name = EnvName::parse("ACCESS_TOKEN").unwrap();
        let variables = [Variable::new(&name, "eyJ.a-b_c.d")];
        let text = |format| render(format, &variables).unwrap().to_string();
        assert_eq!(
            text(ExportFormat::Sh),
            "export ACCESS_TOKEN='eyJ.a-b_c.d'\n"
        );
        assert_eq!(
            text(ExportFormat::Fish),
            "set -gx ACCESS_TOKEN 'eyJ.a-b_c.d'\n"
        );
        assert_eq!(
            text(ExportFormat::Powershell),
            "$env:ACCESS_TOKEN = 'eyJ.a-b_c.d'\n"
        );
        assert_eq!(text(ExportFormat::Dotenv), "ACCESS_TOKEN=eyJ.a-b_c.d\n");
        assert_eq!(text(ExportFormat::Gitlab), "ACCESS_TOKEN=eyJ.a-b_c.d\n");
        assert_eq!(
            text(ExportFormat::Json),
            "{\n  \"ACCESS_TOKEN\": \"eyJ.a-b_c.d\"\n}\n"
        );
    }

    #[test]
    fn a_zero_byte_goes_nowhere() {
        let name = EnvName::parse("A").unwrap();
        for format in ExportFormat::value_variants() {
            assert_eq!(
                render(*format, &[Variable::new(&name, "a\0b")])
                    .unwrap_err()
                    .exit
                    .code(),
                2
            );
        }
    }

    #[test]
    fn a_masked_variable_keeps_its_secret() {
        let name = EnvName::parse("A").unwrap();
        let masked = Variable::new(&name, "0123456789012345678901234567").masked();
        assert_eq!(*masked.value, "012345……4567");
    }
}
