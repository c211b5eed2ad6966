//! The report on the screen: the connection, the server's chain as a tree, what it asks for, ours, what came back, and what
//! there is to say about it.

mod certificates;

use super::report::{Answer, Report, Version};
use crate::output::{Console, Paint, Panel, Row};
use certificates::{certificates, chain, own, server};
use jeton_client::probe::mtls::{Requirement, Shown};
use jeton_oauth::finding::{Finding, Level};

/// Rows of a list.
const ROWS: usize = 8;

/// Everything, one below the other.
pub(super) fn panel(report: &Report, console: &Console) -> String {
    let look = console.stdout;
    let mut texts = vec![connection(report).render(look)];
    if !report.server.certificates.is_empty() {
        texts.push(chain(report, console).render(look));
        texts.push(server(report, console).render(look));
    }
    texts.push(wish(report).render(look));
    if let Some(ours) = &report.certificate {
        texts.push(
            certificates("Our certificate", &ours.from, &ours.certificates, console).render(look),
        );
        texts.push(own(ours).render(look));
    }
    if !report.exchanges.is_empty() {
        texts.push(answers(&report.exchanges).render(look));
    }
    let of_ours = report.certificate.iter().flat_map(|ours| &ours.findings);
    let mut findings: Vec<&Finding> = report.findings.iter().chain(of_ours).collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.level));
    if !findings.is_empty() {
        texts.push(said(&findings).render(look));
    }
    texts.push(verdict(report).render(look));
    texts.join("\n")
}

fn connection(report: &Report) -> Panel {
    let mut panel = Panel::titled("Connection");
    let kind = if report.target.alias {
        "alias endpoint chosen (mtls_endpoint_aliases)"
    } else {
        ""
    };
    panel.push(Row::new("To", &report.target.url).aside(kind));
    let connection = &report.connection;
    let ms = &connection.ms;
    let mut took = vec![format!("TCP {} ms", ms.tcp)];
    took.splice(0..0, ms.dns.map(|ms| format!("DNS {ms} ms")));
    took.extend(ms.proxy.map(|ms| format!("CONNECT {ms} ms")));
    took.extend(ms.tls.map(|ms| format!("TLS {ms} ms")));
    let took = took.join(" · ");
    match (&connection.address, &connection.proxy) {
        (_, Some(proxy)) => panel.push(Row::new("Through", proxy).aside(&took)),
        (Some(address), None) => panel.push(Row::new("At", address).aside(&took)),
        (None, None) => {}
    }
    if let Some(tls) = &report.tls {
        let more: Vec<&str> = [tls.group.as_deref(), tls.alpn.as_deref()]
            .into_iter()
            .flatten()
            .collect();
        let text = format!("{} · {}", tls.version, tls.suite);
        panel.push(Row::new("Chosen", &text).aside(&more.join(" · ")));
    }
    let of = |accepted: bool| {
        let chosen = report.versions.iter();
        let chosen = chosen.filter(|version| version.accepted == Some(accepted));
        chosen
            .map(|version| version.version)
            .collect::<Vec<_>>()
            .join(", ")
    };
    let refused = of(false);
    let aside = if refused.is_empty() {
        refused
    } else {
        format!("refused: {refused}")
    };
    panel.push(Row::new("Versions", &of(true)).aside(&aside));
    let suites: Vec<&str> = report
        .suites
        .iter()
        .filter(|suite| suite.accepted == Some(true))
        .map(|suite| suite.name.as_str())
        .collect();
    for (place, suite) in suites.iter().enumerate() {
        panel.push(Row::new(if place == 0 { "Suites" } else { "" }, suite));
    }
    panel
}

fn wish(report: &Report) -> Panel {
    let mut panel = Panel::titled("Client certificate");
    let text = match report.client_certificate {
        Requirement::NotAsked => "not asked for",
        Requirement::Optional => "asked for, and not required",
        Requirement::Required => "required",
        Requirement::Unknown => "not known",
    };
    let asking: Vec<&Version> = report
        .versions
        .iter()
        .filter(|version| version.asked.is_some())
        .collect();
    let of: Vec<&str> = asking.iter().map(|version| version.version).collect();
    panel.push(Row::new("Wanted", text).aside(&of.join(", ")));
    let mut last = None;
    for version in asking {
        let Some(asked) = &version.asked else {
            continue;
        };
        // Versions that differ are told apart; mostly they do not in their CAs, and always in their signatures.
        if last != Some(&asked.authorities) {
            if asked.authorities.is_empty() {
                panel.push(Row::new("Of", "any CA").aside(version.version));
            }
            for (place, name) in asked.authorities.iter().take(ROWS).enumerate() {
                let row = Row::new(if place == 0 { "Of" } else { "" }, name);
                panel.push(if place == 0 {
                    row.aside(version.version)
                } else {
                    row
                });
            }
            let more = asked.authorities.len().saturating_sub(ROWS) + asked.authorities_left_out;
            if more > 0 {
                panel.push(Row::new(
                    "…",
                    &format!("and {more} more; -o json has up to 200"),
                ));
            }
        }
        last = Some(&asked.authorities);
        let schemes = asked.schemes.join(", ");
        panel.push(Row::new(
            "Signatures",
            &format!("{}: {schemes}", version.version),
        ));
    }
    panel
}

fn answers(exchanges: &[Answer]) -> Panel {
    let mut panel = Panel::titled("Answers");
    for answer in exchanges {
        let what = match (answer.shown, answer.resumed) {
            (Shown::Nothing, None) => "without a certificate",
            (Shown::Certificate, None) => "with our certificate",
            (Shown::Nothing, Some(true)) => "session resumed",
            (Shown::Certificate, Some(true)) => "session resumed, without showing it again",
            (_, Some(false)) => "session not resumed",
        };
        let text = match (answer.status, &answer.says, &answer.trouble) {
            (Some(status), Some(says), _) => format!("HTTP {status}: {says}"),
            (Some(status), None, _) => format!("HTTP {status}"),
            (None, _, Some(trouble)) => trouble.clone(),
            (None, _, None) => String::new(),
        };
        panel.push(Row::new(answer.version, what).aside(&text));
    }
    panel
}

fn said(findings: &[&Finding]) -> Panel {
    let mut panel = Panel::titled("Findings");
    for finding in findings {
        let row = Row::new(finding.level.as_str(), &finding.text);
        panel.push(row.paint(paint(finding.level)));
    }
    panel
}

fn verdict(report: &Report) -> Panel {
    let mut panel = Panel::titled("Verdict");
    let counts = &report.counts;
    let counted = |count: usize, word: &str| match count {
        0 => None,
        1 => Some(format!("1 {word}")),
        more => Some(format!("{more} {word}s")),
    };
    let parts: Vec<String> = [
        counted(counts.fail, "failure"),
        counted(counts.warn, "warning"),
        counted(counts.note, "note"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let text = if parts.is_empty() {
        "nothing is wrong".to_owned()
    } else {
        parts.join(", ")
    };
    panel.push(Row::new(report.verdict.as_str(), &text).paint(paint(report.verdict)));
    for text in &report.unchecked {
        panel.push(Row::new("Unchecked", text));
    }
    panel
}

const fn paint(level: Level) -> Paint {
    match level {
        Level::Ok => Paint::Good,
        Level::Note => Paint::Hint,
        Level::Warn => Paint::Warning,
        Level::Fail => Paint::Bad,
    }
}
