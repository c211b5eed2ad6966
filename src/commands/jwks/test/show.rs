//! The report on the screen: the set, its keys as a tree with their certificates, the findings of each, then token, changes
//! and what was not checked.

use super::report::{CertificateFacts, Diff, Fetch, Key, Report, Token};
use crate::commands::verdict::{self, say};
use crate::output::clean::clean_bounded;
use crate::output::finding::{paint, word};
use crate::output::table::Cell;
use crate::output::time::{relative, span};
use crate::output::{Bar, Branch, Console, Paint, Panel, Row, Tree};
use jeton_inspect::finding::Severity;
use jeton_inspect::key_set::rotation::Change;

/// Keys that are shown, besides further ones that fail.
const KEYS: usize = 20;
/// Rows of a list.
const ROWS: usize = 20;

/// Everything, one below the other.
pub(super) fn panel(report: &Report, console: &Console) -> String {
    let look = console.stdout;
    let mut texts = vec![set(report).render(look)];
    let (shown, left_out) = keys(report);
    if report.key_count > 0 {
        texts.push(tree(&shown, left_out, console).render(look));
    }
    let talked_of = shown.iter().filter(|key| !key.findings.is_empty());
    texts.extend(talked_of.map(|key| of_key(key).render(look)));
    if let Some(token) = &report.token {
        texts.push(of_token(token, report).render(look));
    }
    if let Some(diff) = &report.diff {
        texts.push(of_diff(diff).render(look));
    }
    let verdict = verdict::panel(report.verdict, &report.counts, &report.unchecked);
    texts.push(verdict.render(look));
    texts.join("\n")
}

fn set(report: &Report) -> Panel {
    let mut panel = Panel::titled("Key set");
    panel.push(
        Row::new("Source", &report.source.name).aside(match report.source.kind {
            "issuer" => "issuer",
            _ => "",
        }),
    );
    if let Some(url) = report
        .source
        .url
        .as_ref()
        .filter(|url| **url != report.source.name)
    {
        panel.push(Row::new("URL", url));
    }
    if let Some(fetch) = &report.fetch {
        answer(&mut panel, fetch);
    }
    let verify = match report.signature_keys {
        1 => "1 verifies signatures".to_owned(),
        count => format!("{count} verify signatures"),
    };
    panel.push(Row::new("Keys", &report.key_count.to_string()).aside(&verify));
    for row in report.algorithms.iter().take(ROWS) {
        let keys = match row.without_key {
            Some(why) => why.to_owned(),
            None if row.keys.is_empty() => "no key".to_owned(),
            None => row.keys.join(", "),
        };
        let list = row.list.trim_end_matches("_signing_alg_values_supported");
        panel.push(Row::new("Announced", &format!("{} for {list}", row.alg)).aside(&keys));
    }
    say(&mut panel, &report.findings);
    panel
}

fn answer(panel: &mut Panel, fetch: &Fetch) {
    for redirect in &fetch.redirects {
        let text = format!("HTTP {} to {}", redirect.status, redirect.to);
        panel.push(Row::new("Redirect", &text).paint(Paint::Warning));
    }
    let kind = fetch.content_type.as_deref().unwrap_or("no content type");
    let size = format!("{kind}, {} bytes", fetch.bytes);
    panel.push(
        Row::new(
            "Response",
            &format!("HTTP {} in {} ms", fetch.status, fetch.ms),
        )
        .aside(&size),
    );
    let kept = match fetch.fresh_for {
        Some(0) => "clients may not cache it".to_owned(),
        Some(seconds) => {
            let kept = span(seconds.unsigned_abs());
            format!("clients may cache it for {kept}: publish a key {kept} before signing with it")
        }
        None => "not stated: clients decide".to_owned(),
    };
    panel.push(Row::new("Cache", &kept));
}

/// The first keys, and those further down that fail.
fn keys(report: &Report) -> (Vec<&Key>, usize) {
    let first = report.keys.iter().take(KEYS);
    let failing = report
        .keys
        .iter()
        .skip(KEYS)
        .filter(|key| key.level == Severity::Fail);
    let shown: Vec<&Key> = first.chain(failing.take(KEYS)).collect();
    let left_out = report.key_count - shown.len();
    (shown, left_out)
}

/// A branch per key: kind, purpose and worst level, with its certificates below.
fn tree(keys: &[&Key], left_out: usize, console: &Console) -> Tree {
    let mut tree = Tree::titled("Keys");
    for key in keys {
        let level = Cell::new(word(key.level)).paint(paint(key.level));
        let mut branch = Branch::new(
            title(key),
            [Cell::new(&key.kind), level, purpose(key).into()],
        );
        branch.chain(
            key.certificates
                .iter()
                .map(|link| certificate(link, console))
                .collect(),
        );
        tree.push(branch);
    }
    if left_out > 0 {
        tree.push(Branch::new(
            format!("… and {left_out} more; -o json has up to 500"),
            [],
        ));
    }
    tree
}

fn title(key: &Key) -> String {
    let name = key.kid.as_deref().unwrap_or("(no kid)");
    clean_bounded(&format!("{}. {name}", key.index + 1), 60)
}

/// What the key states about its use: `ES256 · sig (verify)`.
fn purpose(key: &Key) -> String {
    let words: Vec<&str> = [&key.alg, &key.use_]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    let about = words.join(" · ");
    match &key.key_ops {
        Some(ops) => format!("{about} ({})", ops.join(", ")).trim().to_owned(),
        None => about,
    }
}

fn certificate(certificate: &CertificateFacts, console: &Console) -> Branch {
    let (start, end) = certificate.span;
    let now = console.now();
    let bar = Bar::between(start, end, now);
    Branch::new(
        &certificate.subject,
        [
            Cell::new(&bar.to_string()).paint(bar.paint()),
            relative(end, now).into(),
            format!("until {}", console.zone.stamp(end)).into(),
        ],
    )
}

/// The findings about a key.
fn of_key(key: &Key) -> Panel {
    let mut panel = Panel::titled(&title(key));
    if let Some(thumbprint) = key
        .thumbprint
        .as_ref()
        .filter(|own| Some(*own) != key.kid.as_ref())
    {
        panel.push(Row::new("Thumbprint", thumbprint));
    }
    say(&mut panel, &key.findings);
    panel
}

fn of_token(token: &Token, report: &Report) -> Panel {
    let mut panel = Panel::titled("Token");
    let kid = token.kid.as_deref().unwrap_or("no kid");
    panel.push(Row::new("kid", kid).aside(&token.alg));
    for candidate in token.candidates.iter().take(ROWS) {
        let key = report.keys.iter().find(|key| key.index == candidate.index);
        let name = key.map_or_else(
            || format!("key {}", candidate.index + 1),
            |key| key.name.clone(),
        );
        panel.push(Row::new("Key", &name).aside(&candidate.why));
    }
    let more = token.candidates.len().saturating_sub(ROWS) + token.candidates_left_out;
    if more > 0 {
        panel.push(Row::new("…", &format!("and {more} more")));
    }
    say(&mut panel, &token.findings);
    panel
}

fn of_diff(diff: &Diff) -> Panel {
    let mut panel = Panel::titled("Changes");
    panel.push(Row::new("Since", &diff.file));
    if diff.changes.is_empty() {
        panel.push(Row::new("None", "no key was added, removed or changed"));
    }
    for change in diff.changes.iter().take(ROWS) {
        let (word, what) = words(change);
        panel.push(Row::new(word, &what));
    }
    let more = diff.changes.len().saturating_sub(ROWS) + diff.changes_left_out;
    if more > 0 {
        panel.push(Row::new("…", &format!("and {more} more")));
    }
    say(&mut panel, &diff.findings);
    panel
}

/// A change in words.
pub(super) fn words(change: &Change) -> (&'static str, String) {
    match change {
        Change::Added { key } => ("Added", format!("{} ({})", key.name(), key.kind)),
        Change::Removed { key } => ("Removed", format!("{} ({})", key.name(), key.kind)),
        Change::Replaced { before, key } => (
            "Replaced",
            format!(
                "{}: a different key ({}, was {})",
                key.name(),
                key.kind,
                before.kind
            ),
        ),
        Change::Relabelled { before, key } => (
            "Relabelled",
            format!("{} is now {}, the same key", label(before), label(key)),
        ),
    }
}

fn label(key: &jeton_inspect::key_set::rotation::Seen) -> String {
    let word = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
    format!(
        "{} (alg {}, use {})",
        key.name(),
        word(&key.alg),
        word(&key.use_)
    )
}
