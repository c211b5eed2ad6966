//! The script of a shell: what clap generates, with completion of what the configuration and the file system know.
//!
//! clap completes only what stands in the command tree. For the rest, this module marks options by a value hint that jeton has no
//! other use for, and the marked places of the generated script call the functions of `additions.*`. bash completes words that
//! it split itself, so there the addition is called first, and the generated function afterwards.

use crate::cli::manual;
use clap::{Arg, Command, ValueHint};
use clap_complete::Shell;

/// The completion script of a shell.
pub(super) fn of(shell: Shell) -> String {
    let mut command = hinted(manual::documented());
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut command, "jeton", &mut text);
    // A description is plain text: no shell may find a quotation of code, or a command to substitute, in it.
    let text = String::from_utf8_lossy(&text)
        .replace("\\`", "")
        .replace('`', "");
    match shell {
        Shell::Bash => bash(&text),
        Shell::Fish => fish(&text),
        Shell::Zsh => zsh(&text),
        _ => text,
    }
}

/// The command tree with a value hint for every option that takes a value.
fn hinted(command: Command) -> Command {
    command
        .mut_args(|arg| match hint(&arg) {
            Some(hint) => arg.value_hint(hint),
            None => arg,
        })
        .mut_subcommands(hinted)
}

/// What completes the value; without a hint, clap offers files.
fn hint(arg: &Arg) -> Option<ValueHint> {
    if arg.get_value_hint() != ValueHint::Unknown || !arg.get_action().takes_values() {
        return None;
    }
    let names = arg.get_value_names().unwrap_or_default();
    let named = |part: &str| names.iter().any(|name| name.contains(part));
    match arg.get_id().as_str() {
        "profile" => Some(PROFILE),
        "for_url" => Some(URL),
        _ if named("@FILE") => Some(AT_FILE),
        _ if named("FILE") || named("PATH") || named("DIR") => Some(ValueHint::AnyPath),
        _ => Some(ValueHint::Other),
    }
}

/// A name of a profile.
const PROFILE: ValueHint = ValueHint::Username;
/// A URL of a `match` list.
const URL: ValueHint = ValueHint::Hostname;
/// A value, or `@` and the file that has it.
const AT_FILE: ValueHint = ValueHint::CommandString;

fn bash(generated: &str) -> String {
    let additions = include_str!("additions.bash");
    let registered = generated.replace("complete -F _jeton ", "complete -F _jeton_complete ");
    let (functions, registration) = registered
        .split_once("\nif [[ \"${BASH_VERSINFO[0]}\" -eq 4")
        .unwrap_or((&registered, ""));
    format!("{functions}\n{additions}\nif [[ \"${{BASH_VERSINFO[0]}}\" -eq 4{registration}")
}

fn fish(generated: &str) -> String {
    let additions = include_str!("additions.fish");
    let generated = generated
        .replace("(__fish_complete_users)", "(__jeton_candidates profiles)")
        .replace("(__fish_print_hostnames)", "(__jeton_candidates urls)")
        .replace("(__fish_complete_command)", "(__jeton_files_after_at)");
    format!("{additions}\n{generated}")
}

fn zsh(generated: &str) -> String {
    let additions = include_str!("additions.zsh");
    let generated = generated
        .replace(":_users'", ":_jeton_profiles'")
        .replace(":_hosts'", ":_jeton_urls'")
        .replace(":_cmdstring'", ":_jeton_at_file'")
        // Nested commands see only their own part of the line.
        .replacen(
            "_jeton() {\n",
            "_jeton() {\n    local -a jeton_line=(\"${(@)words[2,-1]}\")\n",
            1,
        );
    let (head, functions) = generated
        .split_once("\n_jeton() {")
        .unwrap_or(("", &generated));
    format!("{head}\n{additions}\n_jeton() {{{functions}")
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::of;
    use clap::ValueEnum;
    use clap_complete::{Generator, Shell};
    use std::path::Path;

    #[test]
    fn the_committed_scripts_are_fresh() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("completions");
        for shell in Shell::value_variants() {
            let path = folder.join(shell.file_name("jeton"));
            let committed = std::fs::read_to_string(&path).unwrap_or_default();
            assert!(
                committed == of(*shell),
                "{} is stale: write it anew with `jeton completions {shell}`",
                path.display()
            );
        }
        let count = std::fs::read_dir(&folder).unwrap().count();
        assert_eq!(count, Shell::value_variants().len());
    }

    #[test]
    fn every_mark_became_a_function_of_the_additions() {
        for (shell, functions) in [
            (Shell::Bash, ["_jeton_complete ", "_jeton_candidates "]),
            (
                Shell::Fish,
                [
                    "(__jeton_candidates profiles)\"",
                    "(__jeton_candidates urls)\"",
                ],
            ),
            (Shell::Zsh, [":_jeton_profiles'", ":_jeton_at_file'"]),
        ] {
            let script = of(shell);
            for name in functions {
                assert!(script.contains(name), "{shell}: {name}");
            }
            for mark in [
                "_users",
                "hostnames",
                "_hosts",
                "_cmdstring",
                "complete_command",
                "`",
            ] {
                assert!(!script.contains(mark), "{shell}: {mark}");
            }
        }
    }
}
