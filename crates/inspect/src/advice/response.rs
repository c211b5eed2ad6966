//! Responses that are not OAuth responses.

use super::{certificate_missing, certificate_refused};
use crate::context::ProfileContext;
use crate::evidence::{BadResponse, CertificateRemark, Endpoint};

pub(super) fn advice(
    context: &ProfileContext,
    response: &BadResponse,
    endpoint: Endpoint,
) -> Vec<String> {
    let mut lines = Vec::new();
    match response.certificate {
        CertificateRemark::Missing => lines.push(certificate_missing(context)),
        CertificateRemark::Refused => lines.push(certificate_refused(context)),
        CertificateRemark::None => {}
    }
    if let Some(wait) = response.retry_after {
        lines.push(format!("the server asks to wait {wait} s"));
    }
    let more = by_status(context, response, endpoint);
    lines.extend(more);
    lines
}

fn by_status(context: &ProfileContext, response: &BadResponse, endpoint: Endpoint) -> Vec<String> {
    let at = context.target_setting();
    let lines = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect();
    match (response.status, endpoint) {
        (None, _) => vec![format!(
            "another service is listening there: check the port in {at}"
        )],
        (Some(429), _) => lines(&[
            "ask less often: the server limits requests",
            "does anyone else use this client? jeton asks once for all processes of a user while the cache works",
        ]),
        (Some(500..), _) => lines(&[
            "the fault is on the server's side, or its load balancer finds no server: try again later, or tell its operator",
        ]),
        (_, Endpoint::Metadata) if response.html => vec![
            "a captive network or a login page may respond instead of the server: open the URL in a browser, and log in there".to_owned(),
            format!("if the page is the server's own: check {at}, whose path may be missing (a realm, a tenant)"),
        ],
        (Some(404 | 405 | 410), Endpoint::Metadata) => vec![
            format!("check {at}: its path (a realm, a tenant) is part of it, and must be written as in the metadata"),
            "if the server has no metadata: set token_endpoint in the profile, or CC_TOKEN_ENDPOINT".to_owned(),
        ],
        (Some(300..=399), Endpoint::Token | Endpoint::Unknown) => lines(&[
            "redirects are not followed with credentials: set the final URL as token_endpoint, or have the operator correct the metadata",
            "a captive network or a proxy may redirect to a login page",
        ]),
        (Some(404 | 405 | 410), Endpoint::Token) => lines(&[
            "if the metadata names this token endpoint: the operator must correct it",
            "if you have set token_endpoint: check it, or leave it out and use the metadata",
        ]),
        (_, Endpoint::Token) if response.html => lines(&[
            "got an HTML page instead of a token response: a proxy, a login page or a wrong URL is in the way",
            "check token_endpoint; if the metadata names it, tell the server's operator",
        ]),
        (_, Endpoint::Token) => lines(&[
            "the response is not an OAuth response (RFC 6749 5.1: JSON, application/json): tell the server's operator",
            "check the token endpoint: another service may respond there",
        ]),
        (_, Endpoint::Unknown | Endpoint::Metadata) => lines(&[
            "a proxy, a login page or a wrong URL may be in the way: check issuer and token_endpoint",
        ]),
    }
}
