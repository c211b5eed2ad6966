//! The server's metadata that could not be read.

use crate::advice::advice;
use crate::context::ProfileContext;
use crate::evidence::{
    BadResponse, Described, Endpoint, Failure, NetworkFailure, ObservedResponse, RequestFacts,
};
use crate::finding::{Finding, Who};

/// Why there is no metadata: the failure, its words, and every response that came on the way.
#[must_use]
pub fn metadata(
    context: &ProfileContext,
    failure: &Failure,
    described: &Described,
    responses: &[ObservedResponse],
) -> Finding {
    let (code, who) = class(failure, responses);
    let mut finding = described.finding(code, who);
    let facts = RequestFacts {
        endpoint: Endpoint::Metadata,
        ..RequestFacts::default()
    };
    let response = |status, html| {
        Failure::Response(BadResponse {
            status: Some(status),
            html,
            ..BadResponse::default()
        })
    };
    let target = context.target_setting();
    let remedy = match code {
        "discovery.page" => {
            "got an HTML page instead of the server's metadata".clone_into(&mut finding.what);
            advice(context, &response(200, true), &facts)
        }
        "discovery.missing" => advice(context, &response(404, false), &facts),
        "discovery.document" => {
            let mut lines = advice(context, failure, &facts);
            lines.push(format!("check {target}, and tell the server's operator"));
            lines
        }
        _ => advice(context, failure, &facts),
    };
    let finding = remedy.into_iter().fold(finding, Finding::remedy);
    let seen = responses.iter().map(ToString::to_string);
    seen.fold(finding, Finding::seen)
}

/// What it is, and who can act.
fn class(failure: &Failure, responses: &[ObservedResponse]) -> (&'static str, Who) {
    let last = responses.last();
    let page = |response: &ObservedResponse| response.status == 200 && response.is_html();
    let elsewhere = last.is_some_and(|response| response.location.is_some());
    match failure {
        Failure::Network(kind) => network(*kind),
        _ if elsewhere || responses.iter().any(page) => ("discovery.page", Who::Network),
        Failure::Response(bad) if bad.status == Some(429) => ("discovery.limited", Who::Either),
        Failure::Response(bad) if bad.status >= Some(500) => ("discovery.failing", Who::Operator),
        Failure::Response(bad) if bad.status.is_none() && responses.is_empty() => {
            ("discovery.no_http", Who::You)
        }
        _ if last.is_some_and(|response| response.status == 200) => {
            ("discovery.document", Who::Either)
        }
        _ if last.is_some() => ("discovery.missing", Who::You),
        _ => ("discovery.failed", Who::Either),
    }
}

const fn network(kind: NetworkFailure) -> (&'static str, Who) {
    match kind {
        NetworkFailure::Timeout => ("discovery.timeout", Who::Operator),
        NetworkFailure::Broken => ("discovery.broken", Who::Either),
        NetworkFailure::CertificateWanted | NetworkFailure::CertificateRefused => {
            ("discovery.certificate", Who::Either)
        }
        NetworkFailure::SpeaksTls => ("discovery.speaks_tls", Who::You),
        NetworkFailure::Tls { .. } | NetworkFailure::Untrusted(_) | NetworkFailure::NotTls => {
            ("discovery.tls", Who::Either)
        }
        NetworkFailure::Dns(_) | NetworkFailure::Proxy(_) | NetworkFailure::Connect => {
            ("discovery.network", Who::Either)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::metadata;
    use crate::diagnosis::testing::context;
    use crate::evidence::{BadResponse, Described, Failure, NetworkFailure, ObservedResponse};

    fn server(status: Option<u16>) -> Failure {
        Failure::Response(BadResponse {
            status,
            ..BadResponse::default()
        })
    }

    fn response(status: u16, kind: &str, location: Option<&str>) -> ObservedResponse {
        ObservedResponse {
            method: "GET",
            url: "https://auth.example.com/.well-known/x".to_owned(),
            status,
            content_type: Some(kind.to_owned()),
            location: location.map(str::to_owned),
        }
    }

    #[test]
    fn pages_failures_and_gaps_are_told_apart() {
        let missing = Failure::Config { hint: None };
        let network = Failure::Network;
        let tls = NetworkFailure::Tls {
            nothing_in_common: false,
        };
        for (failure, responses, code) in [
            (
                server(Some(200)),
                vec![response(200, "Text/HTML", None)],
                "discovery.page",
            ),
            (
                missing,
                vec![response(404, "application/json", None)],
                "discovery.missing",
            ),
            (
                server(Some(302)),
                vec![response(302, "", Some("http://login.example/"))],
                "discovery.page",
            ),
            (
                server(Some(502)),
                vec![response(502, "text/html", None)],
                "discovery.failing",
            ),
            (
                server(Some(429)),
                vec![response(429, "text/plain", None)],
                "discovery.limited",
            ),
            (
                server(Some(200)),
                vec![response(200, "application/json", None)],
                "discovery.document",
            ),
            (
                network(NetworkFailure::Timeout),
                vec![],
                "discovery.timeout",
            ),
            (network(NetworkFailure::Broken), vec![], "discovery.broken"),
            (network(tls), vec![], "discovery.tls"),
            (
                network(NetworkFailure::CertificateWanted),
                vec![],
                "discovery.certificate",
            ),
            (
                network(NetworkFailure::Connect),
                vec![],
                "discovery.network",
            ),
            (server(Some(200)), vec![], "discovery.failed"),
            (server(None), vec![], "discovery.no_http"),
        ] {
            let described = Described::default();
            let found = metadata(&context(), &failure, &described, &responses);
            assert_eq!(found.code, code, "{found:?}");
            assert!(!found.remedy.is_empty(), "{found:?}");
        }
    }
}
