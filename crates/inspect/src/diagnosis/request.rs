//! The token request that failed: what was sent, what the server said, and which of the usual causes that fits.

use crate::advice::{Suspect, advice, suspect};
use crate::context::ProfileContext;
use crate::evidence::{BadResponse, Described, Failure, NetworkFailure, RequestFacts};
use crate::finding::{Finding, Who};
use jeton_oauth::{AuthMethod, ErrorCode, ErrorResponse};

/// Why there is no token.
#[must_use]
pub fn request(
    context: &ProfileContext,
    failure: &Failure,
    described: &Described,
    facts: &RequestFacts,
) -> Finding {
    let finding = match (failure, facts.method) {
        (Failure::Refused { status, error, .. }, Some(method)) => {
            refused(context, *status, error, method, facts)
        }
        _ => {
            let (code, who) = class(failure);
            let finding = described.finding(code, who);
            match code {
                "request.missing" => finding.seen_if(
                    facts
                        .token_endpoint
                        .as_ref()
                        .map(|url| format!("the token endpoint is {url}")),
                ),
                "request.certificate_refused" => {
                    finding.seen(format!("presented: the {}", context.credential))
                }
                _ => finding,
            }
        }
    };
    let remedy = advice(context, failure, facts);
    remedy.into_iter().fold(finding, Finding::remedy)
}

/// What it is, and who can act.
const fn class(failure: &Failure) -> (&'static str, Who) {
    match failure {
        Failure::Refused { .. } => ("request.refused", Who::Either),
        Failure::Response(bad) => response(bad),
        Failure::Network(NetworkFailure::Timeout) => ("request.timeout", Who::Operator),
        Failure::Network(NetworkFailure::CertificateWanted) => {
            ("request.certificate_wanted", Who::You)
        }
        Failure::Network(NetworkFailure::CertificateRefused) => {
            ("request.certificate_refused", Who::Either)
        }
        Failure::Network(_) => ("request.network", Who::Network),
        Failure::Key | Failure::Config { .. } => ("request.config", Who::You),
        Failure::Credential { .. } => ("request.credential", Who::You),
    }
}

const fn response(bad: &BadResponse) -> (&'static str, Who) {
    match bad.status {
        Some(429) => ("request.limited", Who::Either),
        Some(500..) => ("request.failing", Who::Operator),
        Some(300..=399) => ("request.redirect", Who::Either),
        Some(404 | 405 | 410) => ("request.missing", Who::Either),
        _ if bad.html => ("request.page", Who::Either),
        _ => ("request.answer", Who::Operator),
    }
}

/// The server's refusal (RFC 6749 5.2).
fn refused(
    context: &ProfileContext,
    status: u16,
    error: &ErrorResponse,
    method: AuthMethod,
    facts: &RequestFacts,
) -> Finding {
    let name = error.error.as_str();
    let client = &context.client_id.value;
    let (code, who, what) = match &error.error {
        ErrorCode::InvalidClient => {
            let (code, what) = client_refused(method, error, facts);
            (code, Who::Either, what.to_owned())
        }
        ErrorCode::UnauthorizedClient | ErrorCode::UnsupportedGrantType => (
            "request.grant",
            Who::Operator,
            format!("does not allow the grant client_credentials for {client}"),
        ),
        ErrorCode::InvalidScope => ("request.scope", Who::Either, "refuses the scope".to_owned()),
        ErrorCode::InvalidTarget => (
            "request.resource",
            Who::Either,
            "refuses the resource".to_owned(),
        ),
        ErrorCode::InvalidRequest => (
            "request.invalid",
            Who::You,
            "considers the request malformed".to_owned(),
        ),
        _ => (
            "request.refused",
            Who::Either,
            "refuses the request".to_owned(),
        ),
    };
    let said = error.description.as_ref();
    let finding = super::fail(
        code,
        who,
        format!("the server {what} ({name}, HTTP {status})"),
    )
    .seen_if(said.map(|text| format!("the server says: {text}")));
    let finding = match (code, &facts.assertion) {
        ("request.scope", _) => finding.seen(format!(
            "asked for: \"{}\" ({})",
            context.scopes.value, context.scopes.origin
        )),
        ("request.certificate", _) => {
            finding.seen(format!("presented: the {}", context.credential))
        }
        ("request.secret", _) => {
            let offered = facts.offered.as_ref().map(|list| list.join(", "));
            finding
                .seen(format!("the secret comes from {}", context.credential))
                .seen_if(offered.map(|list| format!("the server offers {list}")))
        }
        (_, Some(assertion)) if error.error == ErrorCode::InvalidClient => {
            let kid = assertion.kid.as_deref().unwrap_or("none");
            return finding.seen(format!(
                "sent as {method}: aud {}, kid {kid}, alg {}, iss and sub {}, valid for {} s",
                assertion.audience, assertion.alg, assertion.client, assertion.lifetime
            ));
        }
        _ => finding,
    };
    finding.seen(format!(
        "authenticated with {method} as {client} ({})",
        context.client_id.origin
    ))
}

/// Which part of the client's authentication is refused.
fn client_refused(
    method: AuthMethod,
    error: &ErrorResponse,
    facts: &RequestFacts,
) -> (&'static str, &'static str) {
    match (method, &facts.assertion) {
        (AuthMethod::TlsClientAuth | AuthMethod::SelfSignedTlsClientAuth, _) => {
            ("request.certificate", "rejects the client's certificate")
        }
        (_, None) => ("request.secret", "rejects the client's secret"),
        (_, Some(_)) => match error.description.as_deref().and_then(suspect) {
            Some(Suspect::Audience) => (
                "request.assertion_audience",
                "rejects the audience of the client's assertion",
            ),
            Some(Suspect::Key) => (
                "request.assertion_key",
                "rejects the key of the client's assertion",
            ),
            Some(Suspect::Time) => (
                "request.assertion_time",
                "rejects the times of the client's assertion",
            ),
            Some(Suspect::Replay) => (
                "request.assertion_replayed",
                "reports that it has seen the client's assertion before",
            ),
            None => ("request.assertion", "rejects the client's assertion"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::request;
    use crate::context::{ProfileContext, Setting};
    use crate::diagnosis::testing::{context, facts};
    use crate::evidence::{BadResponse, Described, Failure, NetworkFailure, RequestFacts};
    use crate::finding::Finding;
    use jeton_oauth::{AuthMethod, ErrorCode, ErrorResponse};

    fn refused(
        context: &ProfileContext,
        code: &str,
        description: Option<&str>,
        method: AuthMethod,
    ) -> Finding {
        let failure = Failure::Refused {
            status: 401,
            error: ErrorResponse {
                error: ErrorCode::from_name(code),
                description: description.map(str::to_owned),
                uri: None,
            },
            skew: None,
        };
        request(context, &failure, &Described::default(), &facts(method))
    }

    fn of(
        code: &str,
        description: Option<&str>,
        method: AuthMethod,
    ) -> (&'static str, Vec<String>, String) {
        let found = refused(&context(), code, description, method);
        (found.code, found.remedy, found.seen.join("\n"))
    }

    #[test]
    fn a_refused_secret_names_where_it_comes_from() {
        let (code, remedy, seen) = of("invalid_client", Some("no"), AuthMethod::ClientSecretBasic);
        assert_eq!(code, "request.secret");
        assert!(
            remedy[0].contains("key.pem") && !remedy[0].contains("auth login"),
            "{remedy:?}"
        );
        assert!(
            seen.contains("the server says: no") && seen.contains("as me (config.toml:4)"),
            "{seen}"
        );
        let kept = ProfileContext {
            in_keyring: true,
            ..context()
        };
        let found = refused(&kept, "invalid_client", None, AuthMethod::ClientSecretPost);
        assert!(
            found.remedy[0].contains("auth login -p billing"),
            "{found:?}"
        );
    }

    #[test]
    fn a_refused_assertion_puts_what_the_server_says_first() {
        for (words, code, first) in [
            (
                "invalid audience",
                "request.assertion_audience",
                "assertion.audience = \"token_endpoint\" (default) sends https://as.example/token",
            ),
            (
                "No matching kid.",
                "request.assertion_key",
                "under the kid k1",
            ),
            (
                "assertion: exp is too far",
                "request.assertion_time",
                "clock",
            ),
            (
                "jti was used",
                "request.assertion_replayed",
                "send requests twice",
            ),
            (
                "said nothing of use",
                "request.assertion",
                "registered for me",
            ),
        ] {
            let (found, remedy, seen) =
                of("invalid_client", Some(words), AuthMethod::PrivateKeyJwt);
            assert_eq!(found, code, "{words}");
            assert!(remedy[0].contains(first), "{words}: {remedy:?}");
            assert!(
                seen.contains("aud https://as.example, kid k1, alg ES256"),
                "{seen}"
            );
        }
        let (_, remedy, _) = of("invalid_client", None, AuthMethod::ClientSecretJwt);
        assert!(remedy[0].contains("secret"), "{remedy:?}");
    }

    #[test]
    fn the_other_audience_is_offered_and_never_tried() {
        let turned = ProfileContext {
            assertion_audience: Setting {
                value: "token_endpoint".to_owned(),
                origin: crate::context::Origin::Other("config.toml:12".to_owned()),
            },
            ..context()
        };
        let method = AuthMethod::PrivateKeyJwt;
        let found = refused(&turned, "invalid_client", Some("aud"), method);
        assert!(
            found.remedy[0].contains(
                "assertion.audience = \"issuer\" (config.toml:12) sends http://as.example:8443/realm"
            ),
            "{found:?}"
        );
    }

    #[test]
    fn a_refused_certificate_is_no_refused_secret() {
        for (method, words) in [
            (AuthMethod::TlsClientAuth, "the subject of this certificate"),
            (AuthMethod::SelfSignedTlsClientAuth, "this very certificate"),
        ] {
            let (code, remedy, seen) = of("invalid_client", None, method);
            assert_eq!(code, "request.certificate");
            assert!(remedy[0].contains(words), "{remedy:?}");
            assert!(seen.contains("presented: the "), "{seen}");
        }
    }

    #[test]
    fn each_oauth_error_has_its_code() {
        for (error, code) in [
            ("invalid_scope", "request.scope"),
            ("invalid_target", "request.resource"),
            ("unauthorized_client", "request.grant"),
            ("unsupported_grant_type", "request.grant"),
            ("invalid_request", "request.invalid"),
            ("strange", "request.refused"),
        ] {
            let (found, remedy, _) = of(error, None, AuthMethod::ClientSecretPost);
            assert_eq!(found, code);
            assert!(!remedy.is_empty());
        }
    }

    #[test]
    fn failures_without_an_oauth_error() {
        let server = |status, html| {
            Failure::Response(BadResponse {
                status,
                html,
                ..BadResponse::default()
            })
        };
        let network = Failure::Network;
        for (failure, code) in [
            (server(Some(429), false), "request.limited"),
            (server(Some(503), true), "request.failing"),
            (server(Some(302), false), "request.redirect"),
            (server(Some(404), true), "request.missing"),
            (server(Some(200), true), "request.page"),
            (server(Some(200), false), "request.answer"),
            (network(NetworkFailure::Timeout), "request.timeout"),
            (network(NetworkFailure::Connect), "request.network"),
            (
                network(NetworkFailure::CertificateWanted),
                "request.certificate_wanted",
            ),
            (
                network(NetworkFailure::CertificateRefused),
                "request.certificate_refused",
            ),
        ] {
            let (described, facts) = (Described::default(), RequestFacts::default());
            let found = request(&context(), &failure, &described, &facts);
            assert_eq!(found.code, code);
            assert!(!found.remedy.is_empty(), "{found:?}");
        }
    }
}
