//! Claims for people: a table, and trees of what is deeper.

use crate::output::table::Cell;
use crate::output::time::relative;
use crate::output::{Branch, Console, Panel, Row, Tree};
use jeton_inspect::token::json_text::{Member, elements, members, string, strings};
use jeton_inspect::token::whole;

/// Claims whose number is a time.
const TIMES: [&str; 6] = ["exp", "nbf", "iat", "auth_time", "updated_at", "toe"];
/// More members are counted, not shown.
const MOST: usize = 200;
/// More actors, or details, are counted, not shown.
const MOST_BRANCHES: usize = 20;

/// The claims, then the actors and the authorization details as trees.
pub(super) fn render(members: &[Member<'_>], console: &Console) -> Vec<String> {
    let value = |name: &str| {
        let member = members.iter().rfind(|member| member.name == name)?;
        Some(member.value)
    };
    let trees = [
        value("act").and_then(actors),
        value("authorization_details").and_then(details),
    ];
    let mut texts = vec![table_of("Claims", members, console).render(console.stdout)];
    texts.extend(
        trees
            .iter()
            .flatten()
            .map(|tree| tree.render(console.stdout)),
    );
    texts
}

/// The members of a JSON object, claims in a form for people.
pub(in crate::commands::token) fn table(title: &str, json: &str, console: &Console) -> Panel {
    table_of(title, &members(json), console)
}

pub(super) fn table_of(title: &str, members: &[Member<'_>], console: &Console) -> Panel {
    let mut panel = Panel::titled(title);
    for member in members.iter().take(MOST) {
        panel.push(row(member, console));
    }
    if members.len() > MOST {
        panel.push(Row::new("…", &format!("and {} more", members.len() - MOST)));
    }
    panel
}

/// One member: strings without quotes, lists side by side, times as the wall clock shows them.
fn row(member: &Member<'_>, console: &Console) -> Row {
    let raw = member.value;
    let row = |value: &str| Row::new(&member.name, value);
    match member.name.as_str() {
        name if TIMES.contains(&name) => match raw.parse::<f64>() {
            Ok(date) if date.is_finite() => {
                let time = whole(date);
                let text = format!(
                    "{}  {}",
                    console.zone.stamp_with_offset(time),
                    relative(time, console.now())
                );
                row(&text).aside(raw)
            }
            _ => row(raw),
        },
        "aud" | "scope" | "scp" => match strings(raw) {
            Some(list) => row(&list.join(" ")),
            None => row(raw),
        },
        "cnf" => confirmation(raw).unwrap_or_else(|| row(raw)),
        "act" if actors(raw).is_some() => row("see below").aside("who acts for the subject"),
        "authorization_details" if details(raw).is_some() => row("see below").aside("RFC 9396"),
        _ => match string(raw) {
            Some(text) => row(&text),
            None => row(raw),
        },
    }
}

/// To which key the token is bound (RFC 7800), where it is one of the usual ways.
fn confirmation(raw: &str) -> Option<Row> {
    let [member] = object(raw)?.try_into().ok()?;
    let bound = match member.name.as_str() {
        "jkt" => "bound to a DPoP key (RFC 9449)",
        "x5t#S256" => "bound to a client certificate (RFC 8705)",
        _ => return None,
    };
    let text = format!("{} {}", member.name, string(member.value)?);
    Some(Row::new("cnf", &text).aside(bound))
}

/// Who acts now, and who acted before, each hanging from the later one (RFC 8693 section 4.1).
fn actors(raw: &str) -> Option<Tree> {
    let mut chain = Vec::new();
    let mut next = Some(raw);
    while let Some(actor) = next.filter(|_| chain.len() < MOST_BRANCHES) {
        let members = object(actor)?;
        let name = |member: &Member<'_>| {
            let text = string(member.value).unwrap_or_else(|| member.value.to_owned());
            match member.name.as_str() {
                "sub" => text,
                other => format!("{other} {text}"),
            }
        };
        let (deeper, own): (Vec<_>, Vec<_>) =
            members.iter().partition(|member| member.name == "act");
        let words: Vec<String> = own.into_iter().map(name).collect();
        let when = if chain.is_empty() {
            "acts now"
        } else {
            "acted before"
        };
        chain.push(Branch::new(words.join(", "), [Cell::new(when)]));
        next = deeper.first().map(|member| member.value);
    }
    let mut tree = Tree::titled("Actors");
    tree.chain(chain);
    Some(tree)
}

/// What each element allows: its type, then its members (RFC 9396 section 2).
fn details(raw: &str) -> Option<Tree> {
    if !raw.starts_with('[') {
        return None;
    }
    let elements = elements(raw);
    let mut tree = Tree::titled("Authorization details");
    for element in elements.iter().take(MOST_BRANCHES) {
        let members = object(element)?;
        let kind = members.iter().find(|member| member.name == "type")?;
        let mut branch = Branch::new(string(kind.value)?, []);
        for member in members.iter().filter(|member| member.name != "type") {
            let text = match strings(member.value) {
                Some(list) => list.join(" "),
                None => member.value.to_owned(),
            };
            branch.chain(vec![Branch::new(member.name.as_str(), [Cell::new(&text)])]);
        }
        tree.push(branch);
    }
    if elements.len() > MOST_BRANCHES {
        let more = elements.len() - MOST_BRANCHES;
        tree.push(Branch::new(format!("… and {more} more"), []));
    }
    (!elements.is_empty()).then_some(tree)
}

fn object(raw: &str) -> Option<Vec<Member<'_>>> {
    raw.starts_with('{').then(|| members(raw))
}
