//! One manual page per command.
//!
//! clap_mangen renders what stands in the command tree: name, synopsis, options, subcommands. Examples, environment, exit status and
//! the list of related pages are written here, each under the heading that manual pages have for it.

use super::roff;
use crate::cli::manual;
use crate::exit::Exit;
use clap::Command;
use clap_mangen::Man;
use std::io::{Error, Write};

/// The day that the pages bear. It changes with a release, so that a page does not change from one day to the next.
const DATE: &str = "2026-11-21";

/// A page and the name of its command, such as `jeton-token-get`.
pub(super) struct Page {
    name: String,
    pub(super) text: String,
}

impl Page {
    pub(super) fn file_name(&self) -> String {
        format!("{}.1", self.name)
    }
}

/// A page for each command, the root first.
pub(super) fn all() -> Result<Vec<Page>, Error> {
    let mut pages = Vec::new();
    let mut waiting = vec![(manual::tree(), Vec::new())];
    while let Some((command, parents)) = waiting.pop() {
        let name = name(&command);
        let children: Vec<Command> = command.get_subcommands().cloned().collect();
        let mut related = parents.clone();
        related.extend(children.iter().map(self::name));
        pages.push(page(command, &name, &related)?);
        for child in children {
            let above = [parents.as_slice(), std::slice::from_ref(&name)].concat();
            waiting.push((child, above));
        }
    }
    Ok(pages)
}

/// `jeton-token-get`: set when the tree was built.
fn name(command: &Command) -> String {
    let name = command.get_display_name();
    name.unwrap_or_else(|| command.get_name()).to_owned()
}

fn page(command: Command, name: &str, related: &[String]) -> Result<Page, Error> {
    let is_root = related.first().is_none_or(|first| first != "jeton");
    let help = command.get_after_help().map(ToString::to_string);
    let has_subcommands = command.has_subcommands();
    let man = Man::new(command)
        .title(name.to_uppercase())
        .date(DATE)
        .source(concat!("jeton ", env!("CARGO_PKG_VERSION")))
        .manual("jeton manual");
    let mut text = Vec::new();
    man.render_title(&mut text)?;
    // Names of commands and options are not broken at the end of a line.
    text.write_all(b".nh\n.ad l\n")?;
    man.render_name_section(&mut text)?;
    man.render_synopsis_section(&mut text)?;
    man.render_description_section(&mut text)?;
    man.render_options_section(&mut text)?;
    if has_subcommands {
        man.render_subcommands_section(&mut text)?;
    }
    let mut text = tidied(&String::from_utf8_lossy(&text));
    text.push_str(&exit_status());
    text.push_str(&environment(is_root));
    if let Some(examples) = help
        .as_deref()
        .and_then(|help| help.strip_prefix("Examples:\n"))
    {
        text.push_str(".SH EXAMPLES\n");
        text.push_str(&roff::examples(examples));
    }
    text.push_str(&see_also(related));
    Ok(Page {
        name: name.to_owned(),
        text,
    })
}

/// What clap_mangen wrote, with code in bold, and without what `mandoc -Tlint` finds wrong with it.
fn tidied(rendered: &str) -> String {
    // A break, an empty line and a break stand before the possible values of an option.
    let rendered = rendered.replace("\n.br\n\n.br\n", "\n.sp\n");
    // Each part begins with the same definitions; once is enough.
    let first = rendered.find(".TH ").unwrap_or_default();
    let (head, body) = rendered.split_at(first);
    let rendered = format!("{head}{}", body.replace(head, ""));
    let lines = rendered.lines().map(|line| {
        let mut line = roff::code_in_bold(line.trim_end());
        line.push('\n');
        line
    });
    lines.collect()
}

fn environment(is_root: bool) -> String {
    let mut text = String::from(".SH ENVIRONMENT\n");
    if !is_root {
        text.push_str("ENVIRONMENT in \\fBjeton\\fR(1) lists the variables that are read.\n");
        return text;
    }
    for (title, variables) in manual::variables_by_kind() {
        text.push_str(&format!(".SS \"{title}\"\n"));
        for variable in variables {
            text.push_str(&roff::term(variable.name, variable.doc));
        }
    }
    text
}

fn exit_status() -> String {
    let mut text = String::from(".SH \"EXIT STATUS\"\n");
    for exit in Exit::ALL {
        text.push_str(&roff::term(&exit.code().to_string(), exit.meaning()));
    }
    text
}

fn see_also(related: &[String]) -> String {
    let references: Vec<String> = related
        .iter()
        .map(|name| format!("\\fB{}\\fR(1)", roff::escaped(name)))
        .collect();
    format!(".SH \"SEE ALSO\"\n{}\n", references.join(",\n"))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::all;
    use std::path::Path;

    #[test]
    fn the_committed_pages_are_fresh() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("man");
        let pages = all().unwrap();
        for page in &pages {
            let path = folder.join(page.file_name());
            let committed = std::fs::read_to_string(&path).unwrap_or_default();
            assert!(
                committed == page.text,
                "{} is stale: write it anew with `jeton man --dir man`",
                path.display()
            );
        }
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), pages.len());
    }

    #[test]
    fn every_page_has_the_sections_of_a_manual_page() {
        let pages = all().unwrap();
        assert_eq!(pages[0].file_name(), "jeton.1");
        assert!(pages.iter().any(|page| page.name == "jeton-token-get"));
        for page in &pages {
            let mut rest = page.text.as_str();
            for heading in [
                "NAME",
                "SYNOPSIS",
                "DESCRIPTION",
                "\"EXIT STATUS\"",
                "ENVIRONMENT",
                "EXAMPLES",
                "\"SEE ALSO\"",
            ] {
                let line = format!("\n.SH {heading}\n");
                let found = rest.find(&line);
                let found = found.unwrap_or_else(|| panic!("{}: {heading}", page.name));
                rest = &rest[found + 1..];
            }
            assert!(
                page.text.contains("\\fB130\\fR\ninterrupted\n"),
                "{}",
                page.name
            );
            assert!(!page.text.contains('`'), "{}", page.name);
        }
    }

    #[test]
    fn a_page_refers_to_the_pages_above_and_below_it() {
        let pages = all().unwrap();
        let of = |name: &str| &pages.iter().find(|page| page.name == name).unwrap().text;
        let leaf = of("jeton-token-get");
        assert!(leaf.ends_with(".SH \"SEE ALSO\"\n\\fBjeton\\fR(1),\n\\fBjeton\\-token\\fR(1)\n"));
        assert!(of("jeton-token").contains("\\fBjeton\\-token\\-get\\fR(1)"));
        assert!(of("jeton").contains("\\fBjeton\\-doctor\\fR(1)"));
    }
}
