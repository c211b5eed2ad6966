//! `-o kubeconfig-user`: the `users:` entry of a kubeconfig whose credential plugin is this command line.

use super::GetArgs;
use crate::error::{Error, Result};
use crate::output::ApiVersion;
use crate::output::clean::escape_json;
use jeton_profile::{Inputs, Origin, duration};
use serde_json::Value;
use std::fmt::Write as _;
use std::path::Path;

/// The entry, as YAML. Every text is written as JSON, which YAML includes.
///
/// # Errors
/// Exit 2 for an option that has no place in the entry; exit 1 where the program does not know its own path.
pub(super) fn user(args: &GetArgs, inputs: &Inputs, profile: &str) -> Result<String> {
    let unusable = [
        (args.client.embedded, "--embedded"),
        (args.reveal, "--reveal"),
        (args.copy, "--copy"),
    ];
    if let Some((_, option)) = unusable.into_iter().find(|(given, _)| *given) {
        return Err(Error::usage(format!(
            "{option} cannot be used with -o kubeconfig-user, which requests no token"
        )));
    }
    let program = std::env::current_exe().map_err(|error| {
        anyhow::Error::from(error).context("the path of this program is unknown")
    })?;
    let mut text = format!(
        "users:\n- name: {}\n  user:\n    exec:\n      apiVersion: {}\n      command: {}\n      args:\n",
        quoted(&format!("jeton-{profile}")),
        ApiVersion::V1.as_str(),
        quoted(&path(&program)?),
    );
    for word in words(args, inputs, profile)? {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "      - {}", quoted(&word));
    }
    text.push_str("      interactiveMode: Never\n      provideClusterInfo: false\n");
    Ok(text)
}

/// The command line of the plugin: this one, with what it was told about profile, token and network.
fn words(args: &GetArgs, inputs: &Inputs, profile: &str) -> Result<Vec<String>> {
    let mut words: Vec<String> = [
        "token",
        "get",
        "-q",
        "--no-input",
        "-o",
        "exec-credential",
        "-p",
    ]
    .map(str::to_owned)
    .into();
    words.push(profile.to_owned());
    let mut add = |option: &str, value: String| words.extend([option.to_owned(), value]);
    let config = inputs.config_path().ok();
    // Where the variable that names the file may be missing later, its name stands in the entry.
    let config = config.filter(|config| config.origin != Origin::Default);
    for (option, file) in [
        ("--config", &config.map(|config| config.value)),
        ("--env-file", &inputs.env_file),
        ("--ca-file", &args.network.ca_file),
    ] {
        if let Some(file) = file {
            // kubectl runs the plugin in any folder.
            let file = std::path::absolute(file).map_err(anyhow::Error::from)?;
            add(option, path(&file)?);
        }
    }
    for (option, values) in [
        ("--scope", &args.wanted.scope),
        ("--resource", &args.wanted.resource),
        ("--require-scope", &args.require_scope),
        ("--require-aud", &args.require_aud),
    ] {
        for value in values {
            add(option, value.clone());
        }
    }
    if let Some(audience) = &args.wanted.audience {
        add("--audience", audience.clone());
    }
    if let Some(min_ttl) = args.acquire.min_ttl {
        add("--min-ttl", duration::format(min_ttl));
    }
    if args.acquire.fresh {
        words.push("--fresh".to_owned());
    }
    Ok(words)
}

fn path(path: &Path) -> Result<String> {
    path.to_str().map(str::to_owned).ok_or_else(|| {
        Error::usage(format!(
            "{} is not UTF-8, as a kubeconfig has to be",
            path.display()
        ))
    })
}

fn quoted(text: &str) -> String {
    escape_json(&Value::from(text).to_string()).into_owned()
}
