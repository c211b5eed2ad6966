//! No two files of the library import each other, directly or by way of others, unless one stands in the folder of the other:
//! what a file depends on can then be read before the file.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// A module by its path, `cache::disk`, with what it imports.
type Graph = BTreeMap<String, BTreeSet<String>>;

#[test]
fn files_import_each_other_in_no_circle() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = BTreeMap::new();
    read(&source, "", &mut files);
    assert!(files.len() > 40, "{}", files.len());
    let found = circles(&graph(&files));
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn a_circle_is_found() {
    let files = |list: &[(&str, &str)]| {
        let list = list.iter();
        list.map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect::<BTreeMap<_, _>>()
    };
    let of = |list: &[(&str, &str)]| circles(&graph(&files(list)));
    let direct = [
        ("a", "use crate::b::B;\n"),
        ("b", "use crate::a::{A, C};\n"),
    ];
    assert_eq!(of(&direct), [["a", "b"]]);
    let long = [
        ("a", "use crate::{b::B, x};\n"),
        ("b", "use crate::c::{self, C};\n"),
        ("c", "fn f() { crate::a::f(); }\n"),
    ];
    assert_eq!(of(&long), [["a", "b", "c"]]);
    // By way of a parent that hands on what its child has.
    let handed_on = [
        ("a", "use crate::m::X;\n"),
        ("m", "mod x;\npub use x::X;\n"),
        ("m::x", "use crate::a::A;\n"),
    ];
    assert_eq!(of(&handed_on), [["a", "m", "m::x"]]);
    let siblings = [
        ("m", "mod x;\nmod y;\n"),
        ("m::x", "use super::y::Y;\n"),
        ("m::y", "use super::x::X;\n"),
    ];
    assert_eq!(of(&siblings), [["m::x", "m::y"]]);
    let parent = [("m", "mod x;\nuse x::X;\n"), ("m::x", "use super::M;\n")];
    assert!(of(&parent).is_empty());
    let none = [("a", "use crate::b::B;\n"), ("b", "// use crate::a::A;\n")];
    assert!(of(&none).is_empty());
}

/// Every module with its text, without those of tests.
fn read(folder: &Path, parent: &str, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if stem == "tests" {
            continue;
        }
        let module = match parent {
            "" => stem.clone(),
            parent => format!("{parent}::{stem}"),
        };
        if path.is_dir() {
            read(&path, &module, files);
        } else if stem != "lib" {
            let module = if stem == "mod" {
                parent.to_owned()
            } else {
                module
            };
            files.insert(module, fs::read_to_string(&path).unwrap());
        }
    }
}

fn graph(files: &BTreeMap<String, String>) -> Graph {
    let mut graph = Graph::new();
    for (module, text) in files {
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let code: String = code
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .flat_map(|line| [line, "\n"])
            .collect();
        let imports = paths(&code)
            .into_iter()
            .filter_map(|path| absolute(module, &path))
            .filter_map(|path| file_of(&path, files))
            .filter(|to| !is_within(module, to))
            .collect();
        graph.insert(module.clone(), imports);
    }
    graph
}

/// Every path in the text that begins with `crate`, `super` or the name of a child module, its braces opened.
fn paths(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    let children: Vec<&str> = code
        .lines()
        .filter_map(|line| {
            line.trim()
                .strip_suffix(';')?
                .rsplit_once("mod ")
                .map(|(_, name)| name)
        })
        .collect();
    found.extend(children.iter().map(|child| format!("self::{child}")));
    for start in ["crate::", "super::"] {
        for (at, _) in code.match_indices(start) {
            let before = code[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
                continue;
            }
            open(&code[at..], "", &mut found);
        }
    }
    found
}

/// Reads `a::{b::C, d}` as `a::b::C` and `a::d`, and gives back what follows.
fn open<'a>(text: &'a str, prefix: &str, found: &mut Vec<String>) -> &'a str {
    let is_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    let end = text.find(|c| !is_path(c)).unwrap_or(text.len());
    let path = format!("{prefix}{}", &text[..end]);
    let Some(mut rest) = text[end..].strip_prefix('{') else {
        found.push(path.trim_end_matches(':').to_owned());
        return &text[end..];
    };
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        match rest.strip_prefix('}') {
            Some(after) => return after,
            None if rest.is_empty() => return rest,
            None => {
                let after = open(rest, &path, found);
                rest = after.trim_start_matches(|c: char| c != ',' && c != '}');
            }
        }
    }
}

/// The path from the root of the crate.
fn absolute(module: &str, path: &str) -> Option<String> {
    if let Some(path) = path.strip_prefix("crate::") {
        return Some(path.to_owned());
    }
    if let Some(path) = path.strip_prefix("self::") {
        return Some(format!("{module}::{path}"));
    }
    let (mut module, mut path) = (module, path);
    while let Some(rest) = path.strip_prefix("super::") {
        (module, path) = (parent_of(module)?, rest);
    }
    Some(format!("{module}::{path}"))
}

/// The file that holds what a path names.
fn file_of(path: &str, files: &BTreeMap<String, String>) -> Option<String> {
    let mut path = path;
    loop {
        if files.contains_key(path) {
            return Some(path.to_owned());
        }
        path = parent_of(path)?;
    }
}

/// Whether a module is `outer`, or stands in its folder.
fn is_within(module: &str, outer: &str) -> bool {
    module
        .strip_prefix(outer)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

fn parent_of(path: &str) -> Option<&str> {
    path.rsplit_once("::").map(|(parent, _)| parent)
}

/// The groups of files that reach each other.
fn circles(graph: &Graph) -> Vec<Vec<String>> {
    let reached: BTreeMap<&str, BTreeSet<&str>> = graph
        .keys()
        .map(|from| (from.as_str(), reached_from(from, graph)))
        .collect();
    let mut groups = BTreeSet::new();
    for (from, all) in &reached {
        let group: Vec<String> = all
            .iter()
            .filter(|to| reached[*to].contains(from))
            .map(|to| (*to).to_owned())
            .collect();
        if group.len() > 1 {
            groups.insert(group);
        }
    }
    groups.into_iter().collect()
}

fn reached_from<'a>(from: &'a str, graph: &'a Graph) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut next = vec![from];
    while let Some(module) = next.pop() {
        for to in &graph[module] {
            if reached.insert(to.as_str()) {
                next.push(to);
            }
        }
    }
    reached
}
