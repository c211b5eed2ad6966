//! Changes of a configuration as text: what is not changed keeps every byte.

use super::NewProfile;
use crate::error::{Error, Result};
use std::path::Path;
use toml_edit::{Array, DocumentMut, InlineTable, Item, RawString, Table, value};

/// Adds `[profiles.NAME]` at the end.
pub(super) fn with_profile(text: &str, new: &NewProfile) -> Result<String> {
    let mut document = parse(text)?;
    let mut table = Table::new();
    let texts = [
        ("environment", &new.environment),
        ("issuer", &new.issuer),
        ("token_endpoint", &new.token_endpoint),
        ("client_id", &new.client_id),
        ("auth_method", &new.auth_method),
    ];
    for (key, text) in texts {
        if let Some(text) = text {
            table.insert(key, value(text));
        }
    }
    if let Some(path) = &new.secret_file {
        table.insert("client_secret", file_reference(path)?);
    }
    let lists = [
        ("scopes", &new.scopes),
        ("audience", &new.audience),
        ("resource", &new.resource),
        ("match", &new.matches),
    ];
    for (key, list) in lists {
        if !list.is_empty() {
            table.insert(
                key,
                value(Array::from_iter(list.iter().map(String::as_str))),
            );
        }
    }
    if let Some(path) = &new.private_key {
        let mut assertion = Table::new();
        assertion.insert("private_key", file_reference(path)?);
        table.insert("assertion", Item::Table(assertion));
    }
    // What stands at the end belongs to the table before it.
    let trailing = document.trailing().as_str().unwrap_or_default().to_owned();
    document.set_trailing("");
    let gap = match (text.trim().is_empty(), trailing.as_str()) {
        (true, trailing) => trailing.to_owned(),
        (false, trailing) if trailing.is_empty() || trailing.ends_with('\n') => {
            format!("{trailing}\n")
        }
        (false, trailing) => format!("{trailing}\n\n"),
    };
    table.decor_mut().set_prefix(gap);
    table.set_position(Some(last_position(document.as_table()) + 1));
    profiles(&mut document)?.insert(&new.name, Item::Table(table));
    Ok(written(&document, text))
}

/// Sets `default_profile`.
pub(super) fn with_default(text: &str, name: &str) -> Result<String> {
    const KEY: &str = "default_profile";
    let mut document = parse(text)?;
    if let Some(found) = document.get_mut(KEY).and_then(Item::as_value_mut) {
        let decor = found.decor().clone();
        *found = name.into();
        *found.decor_mut() = decor;
        return Ok(written(&document, text));
    }
    // The head of the file stays above the first key.
    let is_first = !document.iter().any(|(_, item)| item.is_value());
    let head = if is_first {
        take_head(&mut document)
    } else {
        String::new()
    };
    document.insert(KEY, value(name));
    if let Some(mut key) = document.as_table_mut().key_mut(KEY) {
        key.leaf_decor_mut().set_prefix(head);
    }
    if is_first {
        separate_first_table(&mut document);
    }
    Ok(written(&document, text))
}

/// Removes `[profiles.NAME]` with the tables below it, and `default_profile` where it names the profile.
pub(super) fn without_profile(text: &str, name: &str) -> Result<String> {
    let mut document = parse(text)?;
    let removed = profiles(&mut document)?.remove(name);
    if let Some(Item::Table(table)) = &removed {
        let mut kept = String::new();
        let mut at = isize::MAX;
        each_table(table, &mut |table| {
            kept.push_str(unattached(prefix(table)));
            at = at.min(table.position().unwrap_or(isize::MAX));
        });
        put_back(&mut document, &kept, at);
    }
    let names_it = document
        .get("default_profile")
        .and_then(Item::as_str)
        .is_some_and(|default| default == name);
    if names_it {
        remove_default(&mut document);
    }
    Ok(written(&document, text))
}

/// Removes `default_profile`; comments above it that a blank line sets apart are about the file, and stay.
fn remove_default(document: &mut DocumentMut) {
    let Some((key, _)) = document.as_table_mut().remove_entry("default_profile") else {
        return;
    };
    let above = key.leaf_decor().prefix().and_then(RawString::as_str);
    let head = unattached(above.unwrap_or_default());
    if head.is_empty() {
        return;
    }
    let values = document.iter().filter(|(_, item)| item.is_value());
    let first = values.map(|(key, _)| key.to_owned()).next();
    match first.and_then(|key| document.as_table_mut().key_mut(&key)) {
        Some(mut next) => {
            let below = next.leaf_decor().prefix().and_then(RawString::as_str);
            let prefix = format!("{head}{}", below.unwrap_or_default());
            next.leaf_decor_mut().set_prefix(prefix);
        }
        None => put_back(document, head, isize::MIN),
    }
}

fn parse(text: &str) -> Result<DocumentMut> {
    text.parse::<DocumentMut>()
        .map_err(|error| Error::config(format!("not TOML: {}", error.message())))
}

/// The table of the profiles, which is made where there is none.
fn profiles(document: &mut DocumentMut) -> Result<&mut Table> {
    let item = document.entry("profiles").or_insert_with(|| {
        let mut table = Table::new();
        table.set_implicit(true);
        Item::Table(table)
    });
    item.as_table_mut().ok_or_else(|| {
        Error::config("`profiles` is written on one line, which jeton does not change")
            .hint("write it as [profiles.NAME] tables, or edit the file yourself")
    })
}

fn file_reference(path: &Path) -> Result<Item> {
    let text = path
        .to_str()
        .ok_or_else(|| Error::usage(format!("{}: the path is not UTF-8 text", path.display())))?;
    let mut table = InlineTable::new();
    table.insert("file", text.into());
    Ok(value(table))
}

/// Looks at a table and at those below it.
fn each_table(table: &Table, look: &mut dyn FnMut(&Table)) {
    look(table);
    for (_, item) in table {
        match item {
            Item::Table(table) => each_table(table, look),
            Item::ArrayOfTables(tables) => tables.iter().for_each(|table| each_table(table, look)),
            Item::None | Item::Value(_) => {}
        }
    }
}

fn last_position(root: &Table) -> isize {
    let mut last = 0;
    each_table(root, &mut |table| {
        last = last.max(table.position().unwrap_or(0));
    });
    last
}

fn prefix(table: &Table) -> &str {
    let prefix = table.decor().prefix().and_then(RawString::as_str);
    prefix.unwrap_or_default()
}

/// What stands before a table and does not belong to it: up to the last blank line.
fn unattached(prefix: &str) -> &str {
    let end = prefix.rfind("\n\n").or_else(|| prefix.rfind("\n\r\n"));
    let text = end.map_or("", |end| &prefix[..=end]);
    if text.trim().is_empty() { "" } else { text }
}

/// Puts comments before the table that follows a position, or at the end.
fn put_back(document: &mut DocumentMut, comments: &str, at: isize) {
    if comments.is_empty() {
        return;
    }
    let mut next: Option<isize> = None;
    each_table(document.as_table(), &mut |table| {
        if let Some(position) = table.position().filter(|position| *position > at) {
            next = Some(next.map_or(position, |next| next.min(position)));
        }
    });
    let with = |rest: &str| format!("{comments}{rest}");
    match next {
        Some(next) => change_table(document.as_table_mut(), next, &mut |table| {
            let prefix = with(prefix(table));
            table.decor_mut().set_prefix(prefix);
        }),
        None => {
            let trailing = with(document.trailing().as_str().unwrap_or_default());
            document.set_trailing(trailing);
        }
    }
}

/// Changes the table at a position.
fn change_table(table: &mut Table, position: isize, change: &mut dyn FnMut(&mut Table)) {
    for (_, item) in table.iter_mut() {
        let Item::Table(below) = item else {
            continue;
        };
        if below.position() == Some(position) && !below.is_implicit() {
            return change(below);
        }
        change_table(below, position, change);
    }
}

fn first_position(document: &DocumentMut) -> Option<isize> {
    let mut first: Option<isize> = None;
    for (_, item) in document.iter() {
        if let Item::Table(table) = item {
            each_table(table, &mut |table| {
                if !table.is_implicit()
                    && let Some(position) = table.position()
                {
                    first = Some(first.map_or(position, |first| first.min(position)));
                }
            });
        }
    }
    first
}

/// Takes the first paragraph of comments, which is about the file and not about its first table.
fn take_head(document: &mut DocumentMut) -> String {
    let mut head = String::new();
    if let Some(first) = first_position(document) {
        change_table(document.as_table_mut(), first, &mut |table| {
            let whole = prefix(table).to_owned();
            if let Some(end) = whole.find("\n\n") {
                head.push_str(&whole[..end + 2]);
                table.decor_mut().set_prefix(&whole[end + 2..]);
            }
        });
    } else {
        head.push_str(document.trailing().as_str().unwrap_or_default());
        document.set_trailing("");
    }
    head
}

/// A blank line between the keys at the top and the first table.
fn separate_first_table(document: &mut DocumentMut) {
    if let Some(first) = first_position(document) {
        change_table(document.as_table_mut(), first, &mut |table| {
            let whole = prefix(table).to_owned();
            if !whole.starts_with('\n') {
                table.decor_mut().set_prefix(format!("\n{whole}"));
            }
        });
    }
}

/// The document as text, with the line ends of the old text.
fn written(document: &DocumentMut, old: &str) -> String {
    let text = document.to_string();
    match old.contains("\r\n") {
        true => text.replace("\r\n", "\n").replace('\n', "\r\n"),
        false => text,
    }
}

#[cfg(test)]
mod tests;
