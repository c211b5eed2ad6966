//! Certificates on the screen: a chain as a tree with what is left of each, and what is worth a row.

use super::super::facts::{CertificateFacts, Ours};
use super::super::report::Report;
use super::ROWS;
use crate::output::table::Cell;
use crate::output::time::relative;
use crate::output::{Bar, Branch, Console, Paint, Panel, Row, Tree};

pub(super) fn chain(report: &Report, console: &Console) -> Tree {
    certificates(
        "Server certificate",
        &report.target.host,
        &report.server.certificates,
        console,
    )
}

/// A chain below what it is of.
pub(super) fn certificates(
    title: &str,
    of: &str,
    chain: &[CertificateFacts],
    console: &Console,
) -> Tree {
    let mut tree = Tree::titled(title);
    let mut root = Branch::new(of, []);
    root.chain(
        chain
            .iter()
            .map(|link| certificate(link, console))
            .collect(),
    );
    tree.push(root);
    tree
}

fn certificate(link: &CertificateFacts, console: &Console) -> Branch {
    let (start, end) = link.span;
    let now = console.now();
    let bar = Bar::between(start, end, now);
    let name = if link.subject.is_empty() {
        "(no name)"
    } else {
        &link.subject
    };
    Branch::new(
        name,
        [
            Cell::new(&link.key.to_string()),
            Cell::new(&bar.to_string()).paint(bar.paint()),
            Cell::new(&relative(end, now)),
            Cell::new(&console.zone.stamp(end)),
        ],
    )
}

pub(super) fn server(report: &Report, console: &Console) -> Panel {
    let mut panel = Panel::new();
    let server = &report.server;
    if let Some(own) = server.certificates.first() {
        panel.push(Row::new("Names", &listed(&names(own))));
        panel.push(Row::new("Issuer", &own.issuer).aside(&own.signature));
    }
    if let Some(trust) = server.trust {
        let (text, paint) = match trust {
            "trusted" => ("trusted by this machine".to_owned(), Paint::Good),
            other => (
                format!("not trusted ({})", other.replace('_', " ")),
                Paint::Bad,
            ),
        };
        panel.push(Row::new("Trust", &text).paint(paint));
    }
    let staple = match &server.staple {
        None => "none stapled".to_owned(),
        Some(staple) => staple.status.to_owned(),
    };
    let until = server.staple.as_ref().and_then(|staple| staple.span?.1);
    let aside = until.map_or_else(String::new, |until| {
        format!("next {}", relative(until, console.now()))
    });
    panel.push(Row::new("OCSP", &staple).aside(&aside));
    panel
}

fn names(link: &CertificateFacts) -> Vec<String> {
    let names = &link.names;
    [&names.dns, &names.ip, &names.uri, &names.email]
        .into_iter()
        .flatten()
        .cloned()
        .collect()
}

fn listed(texts: &[String]) -> String {
    let shown = texts
        .iter()
        .take(ROWS)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    match texts.len().saturating_sub(ROWS) {
        0 if texts.is_empty() => "none".to_owned(),
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

pub(super) fn own(ours: &Ours) -> Panel {
    let mut panel = Panel::new();
    let (text, paint) = if ours.key_matches {
        ("belongs to the certificate", Paint::Good)
    } else {
        ("does not belong to the certificate", Paint::Bad)
    };
    panel.push(Row::new("Key", text).paint(paint));
    if let Some(first) = ours.certificates.first() {
        panel.push(Row::new("Issuer", &first.issuer).aside(&first.signature));
        panel.push(Row::new("Names", &listed(&names(first))));
        let usage = first.extended_key_usage.as_ref();
        panel.push(Row::new(
            "Use",
            &usage.map_or_else(|| "not stated".to_owned(), |usage| usage.join(", ")),
        ));
        panel.push(Row::whole("x5t#S256", &first.thumbprint));
        panel.push(Row::whole("SHA-256", &first.fingerprint));
    }
    let registration = &ours.registration;
    let choice = match registration.members.len() {
        0 | 1 => "",
        _ => "with one of these members",
    };
    panel.push(Row::new("Register", registration.token_endpoint_auth_method).aside(choice));
    for member in &registration.members {
        panel.push(Row::whole(
            "",
            &format!("{} = {}", member.name, member.value),
        ));
    }
    if let Some(jwk) = &registration.jwk {
        let jwk = serde_json::to_string(jwk).unwrap_or_default();
        panel.push(Row::whole("jwks", &format!("{{\"keys\":[{jwk}]}}")));
    }
    panel
}
