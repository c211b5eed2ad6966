//! The report on the screen: the connection, the server's chain as a tree, what it requests, our certificate, the responses,
//! and the findings.

mod certificates;

use super::report::{Answer, Report, Version};
use crate::commands::verdict;
use crate::output::{Console, Panel, Row};
use certificates::{certificates, chain, own, server};
use jeton_inspect::finding::Finding;
use jeton_probe::mtls::{CertificateRequest, Presented, Requirement};

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
    texts.push(requested(report).render(look));
    if let Some(ours) = &report.certificate {
        texts.push(
            certificates("Your certificate", &ours.from, &ours.certificates, console).render(look),
        );
        texts.push(own(ours).render(look));
    }
    if !report.exchanges.is_empty() {
        texts.push(answers(&report.exchanges).render(look));
    }
    let of_ours = report.certificate.iter().flat_map(|ours| &ours.findings);
    let mut findings: Vec<&Finding> = report.findings.iter().chain(of_ours).collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    if !findings.is_empty() {
        let mut panel = Panel::titled("Findings");
        verdict::say(&mut panel, findings);
        texts.push(panel.render(look));
    }
    let verdict = verdict::panel(report.verdict, &report.counts, &report.unchecked);
    texts.push(verdict.render(look));
    texts.join("\n")
}

fn connection(report: &Report) -> Panel {
    let mut panel = Panel::titled("Connection");
    let kind = if report.target.alias {
        "alias endpoint chosen (mtls_endpoint_aliases)"
    } else {
        ""
    };
    panel.push(Row::new("URL", &report.target.url).aside(kind));
    let connection = &report.connection;
    let ms = &connection.ms;
    let mut took = vec![format!("TCP {} ms", ms.tcp)];
    took.splice(0..0, ms.dns.map(|ms| format!("DNS {ms} ms")));
    took.extend(ms.proxy.map(|ms| format!("CONNECT {ms} ms")));
    took.extend(ms.tls.map(|ms| format!("TLS {ms} ms")));
    let took = took.join(" · ");
    match (&connection.address, &connection.proxy) {
        (_, Some(proxy)) => panel.push(Row::new("Proxy", proxy).aside(&took)),
        (Some(address), None) => panel.push(Row::new("Address", address).aside(&took)),
        (None, None) => {}
    }
    if let Some(tls) = &report.tls {
        let more: Vec<&str> = [tls.group.as_deref(), tls.alpn.as_deref()]
            .into_iter()
            .flatten()
            .collect();
        let text = format!("{} · {}", tls.version, tls.suite);
        panel.push(Row::new("Negotiated", &text).aside(&more.join(" · ")));
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

fn requested(report: &Report) -> Panel {
    let mut panel = Panel::titled("Client certificate");
    let text = match report.client_certificate {
        Requirement::NotAsked => "not requested",
        Requirement::Optional => "requested, not required",
        Requirement::Required => "required",
        Requirement::Unknown => "unknown",
    };
    let asking: Vec<&Version> = report
        .versions
        .iter()
        .filter(|version| version.asked.is_some())
        .collect();
    let of: Vec<&str> = asking.iter().map(|version| version.version).collect();
    panel.push(Row::new("Requested", text).aside(&of.join(", ")));
    // Mostly versions do not differ in the CAs that they ask for, and always in the signatures.
    let names = |version: &Version| {
        version
            .asked
            .as_ref()
            .map(|asked| asked.authorities.clone())
    };
    let alike = asking
        .windows(2)
        .all(|pair| names(pair[0]) == names(pair[1]));
    for (place, version) in asking.iter().enumerate() {
        if let Some(asked) = version.asked.as_ref().filter(|_| place == 0 || !alike) {
            let of = if alike { "" } else { version.version };
            authorities(&mut panel, asked, of);
        }
    }
    for version in &asking {
        let schemes = version.asked.iter().flat_map(|asked| &asked.schemes);
        let schemes = schemes.map(String::as_str).collect::<Vec<_>>().join(", ");
        panel.push(Row::new(
            "Signatures",
            &format!("{}: {schemes}", version.version),
        ));
    }
    panel
}

/// The CAs whose certificates are asked for, in this version where versions differ.
fn authorities(panel: &mut Panel, asked: &CertificateRequest, version: &str) {
    if asked.authorities.is_empty() {
        panel.push(Row::new("CAs", "any").aside(version));
    }
    for (place, name) in asked.authorities.iter().take(ROWS).enumerate() {
        panel.push(match place {
            0 => Row::new("CAs", name).aside(version),
            _ => Row::new("", name),
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

fn answers(exchanges: &[Answer]) -> Panel {
    let mut panel = Panel::titled("Responses");
    for answer in exchanges {
        let what = match (answer.shown, answer.resumed) {
            (Presented::Nothing, None) => "without a certificate",
            (Presented::Certificate, None) => "with your certificate",
            (Presented::Nothing, Some(true)) => "session resumed",
            (Presented::Certificate, Some(true)) => "session resumed, without presenting it again",
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
