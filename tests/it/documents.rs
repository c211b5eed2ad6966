//! The documents: links lead somewhere, the map names what exists, every command that is shown is understood.

use crate::support::TestEnv;
use crate::support::markdown::{self, Page};
use std::collections::BTreeSet;

#[test]
fn links_lead_to_files_and_headings() {
    let pages = markdown::pages();
    let mut dead = Vec::new();
    let mut seen = 0;
    for page in &pages {
        for (line, target) in page.links() {
            if target.contains("://") {
                continue;
            }
            seen += 1;
            let (path, heading) = target.split_once('#').unwrap_or((&target, ""));
            let file = match path {
                "" => page.file.clone(),
                path => page.file.parent().unwrap().join(path),
            };
            let there = file.exists()
                && (heading.is_empty() || Page::read(&file).anchors().iter().any(|a| a == heading));
            if !there {
                dead.push(format!("{}:{line}: {target}", page.name()));
            }
        }
    }
    assert!(seen > 50, "only {seen} links were found");
    assert!(dead.is_empty(), "dead links:\n{}", dead.join("\n"));
}

#[test]
fn the_index_lists_every_page_and_every_decision() {
    for folder in ["docs", "docs/decisions"] {
        let index = Page::read(&markdown::root().join(folder).join("README.md"));
        let listed: BTreeSet<String> = index.links().into_iter().map(|(_, link)| link).collect();
        for page in markdown::pages_in(folder) {
            let name = page.file.file_name().unwrap().to_str().unwrap().to_owned();
            assert!(
                name == "README.md" || listed.contains(&name),
                "{folder}/README.md does not list {name}"
            );
        }
    }
}

/// Whatever ARCHITECTURE.md names in backticks that looks like a path: some file or folder of the checkout ends so.
#[test]
fn the_map_names_files_that_exist() {
    let page = Page::read(&markdown::root().join("ARCHITECTURE.md"));
    let files = markdown::tracked();
    let exists = |path: &str| match path.strip_suffix('/') {
        Some(folder) => files
            .iter()
            .any(|file| format!("/{file}").contains(&format!("/{folder}/"))),
        None => files
            .iter()
            .any(|file| format!("/{file}").ends_with(&format!("/{path}"))),
    };
    let named: Vec<_> = page
        .code_spans()
        .into_iter()
        .filter(|(_, span)| {
            !span.contains([' ', ':', '(']) && (span.ends_with(".rs") || span.ends_with('/'))
        })
        .collect();
    assert!(
        named.len() > 20,
        "only {} paths are named: {named:?}",
        named.len()
    );
    let missing: Vec<_> = named.iter().filter(|(_, span)| !exists(span)).collect();
    assert!(
        missing.is_empty(),
        "ARCHITECTURE.md names what is not there (line, path): {missing:?}"
    );
}

/// The folders of the map, each at its place.
#[test]
fn the_map_shows_the_tree() {
    let page = Page::read(&markdown::root().join("ARCHITECTURE.md"));
    let map = page.blocks().into_iter().next().unwrap();
    let mut parents: Vec<String> = Vec::new();
    for (number, line) in &map.lines {
        let depth = (line.len() - line.trim_start().len()) / 2;
        if depth > 3 {
            // What is said of the entry above, continued.
            continue;
        }
        let Some(names) = line.trim_start().split("  ").next() else {
            continue;
        };
        parents.truncate(depth);
        let parent: String = parents.concat();
        let mut last = "";
        for name in names.split(", ").filter(|name| !name.is_empty()) {
            let path = markdown::root().join(format!("{parent}{name}"));
            assert!(
                path.exists(),
                "ARCHITECTURE.md:{number}: there is no {parent}{name}"
            );
            last = name;
        }
        parents.push(last.to_owned());
    }
    let crates = std::fs::read_dir(markdown::root().join("crates")).unwrap();
    for entry in crates.map(Result::unwrap) {
        let name = format!("crates/{}/", entry.file_name().to_str().unwrap());
        let shown = map.lines.iter().any(|(_, line)| line.starts_with(&name));
        assert!(shown, "ARCHITECTURE.md does not show {name}");
    }
}

/// Each `jeton …` that a reader could copy is understood up to its `--help`.
#[test]
fn commands_that_are_shown_are_understood() {
    let env = TestEnv::new();
    let mut shown = BTreeSet::new();
    for page in markdown::pages() {
        for command in page.commands() {
            shown.insert(command);
        }
    }
    assert!(shown.len() > 40, "only {} were found", shown.len());
    for command in shown {
        let mut words: Vec<&str> = command.split_whitespace().skip(1).collect();
        words.push("--help");
        let run = env.cmd(&words).run();
        assert_eq!(
            run.code, 0,
            "a document shows a command that is not understood: {command}\n{run}"
        );
    }
}

/// The command that `.ci/run` takes from the README.
#[test]
fn the_readme_names_the_test_command() {
    let readme = std::fs::read_to_string(markdown::root().join("README.md")).unwrap();
    let named: Vec<&str> = readme
        .lines()
        .filter(|line| line.starts_with("cargo test"))
        .collect();
    assert_eq!(named, ["cargo test --workspace"]);
}
