//! The token request that failed: what was sent, what the server said, and which of the usual causes that fits.

use super::assertion::assertion_refused;
use super::{Around, Diagnosis, Who};
use crate::error::Error;
use jeton_client::rehearsal::Assertion;
use jeton_client::{ClientError, NetworkKind};
use jeton_oauth::{AuthMethod, ErrorCode, ErrorResponse};

/// What was sent, as far as it is no secret.
#[derive(Debug, Clone)]
pub(in crate::commands::doctor) struct Sent {
    pub(in crate::commands::doctor) method: AuthMethod,
    pub(in crate::commands::doctor) assertion: Option<Assertion>,
    /// The methods that the metadata lists.
    pub(in crate::commands::doctor) offered: Option<Vec<String>>,
    pub(in crate::commands::doctor) token_endpoint: String,
}

/// Why there is no token. `told` are the words that `token get` has for the failure.
pub(in crate::commands::doctor) fn request(
    around: &Around,
    error: &ClientError,
    told: &Error,
    sent: Option<&Sent>,
) -> Diagnosis {
    let base = |code, who| Diagnosis {
        remedy: Vec::new(),
        ..Diagnosis::of_error(code, who, told)
    };
    let as_told = |code, who| Diagnosis::of_error(code, who, told);
    match (error, sent) {
        (ClientError::Refused { status, error, .. }, Some(sent)) => {
            refused(around, *status, error, sent)
        }
        (ClientError::Refused { .. }, None) => as_told("request.refused", Who::Either),
        (ClientError::Server { status: Some(429), retry_after, .. }, _) => {
            let diagnosis = base("request.limited", Who::Either);
            match retry_after {
                Some(wait) => diagnosis.remedy(format!("wait {} s, as the server asks", wait.as_secs())),
                None => diagnosis.remedy("wait, and ask less often: the server limits requests"),
            }
            .remedy("who else uses this client? jeton asks once for all processes of a user, as long as the cache works")
        }
        (ClientError::Server { status: Some(500..), .. }, _) => base("request.failing", Who::Operator)
            .remedy("the fault is on the server's side, or its load balancer finds no server: try again later, or tell its operator"),
        (ClientError::Server { status: Some(300..=399), .. }, _) => base("request.redirect", Who::Either)
            .remedy("credentials are never sent after a redirect: name the last URL as token_endpoint, or have the operator correct the metadata")
            .remedy("a login page that redirects may stand in between: a captive network, a proxy"),
        (ClientError::Server { status: Some(404 | 405 | 410), .. }, _) => base("request.missing", Who::Either)
            .seen_if(sent.map(|sent| format!("the token endpoint is {}", sent.token_endpoint)))
            .remedy("where the metadata names this token endpoint: the operator must name the right one")
            .remedy("where you have set token_endpoint yourself: check it, or leave it out and let the metadata name it"),
        (ClientError::Server { reason, .. }, _) if reason.contains("html") => {
            base("request.page", Who::Either)
                .remedy("a page for people came in place of an answer: a proxy, a login page or a wrong URL is in the way")
                .remedy("check token_endpoint, and where the metadata names it, tell the server's operator")
        }
        (ClientError::Server { .. }, _) => base("request.answer", Who::Operator)
            .remedy("what came is no OAuth answer (RFC 6749 5.1: JSON, application/json): tell the server's operator")
            .remedy("check that the token endpoint is right: another service may answer there"),
        (ClientError::Network { kind: NetworkKind::Timeout, .. }, _) => base("request.timeout", Who::Operator)
            .remedy("the server takes the request and does not answer: try again, or tell its operator")
            .remedy("give it more time: timeout in the profile"),
        (ClientError::Network { kind: NetworkKind::CertificateWanted, .. }, _) => {
            as_told("request.certificate_wanted", Who::You)
                .remedy("`jeton mtls probe` shows the handshake, and which certificates the server asks for")
        }
        (ClientError::Network { kind: NetworkKind::CertificateRefused, .. }, _) => {
            as_told("request.certificate_refused", Who::Either)
                .seen(format!("presented: the {}", around.credential))
                .remedy("`jeton mtls probe` shows the handshake, and what the server makes of the certificate")
        }
        (ClientError::Network { .. }, _) => as_told("request.network", Who::Network),
        (ClientError::Key(_) | ClientError::Config { .. }, _) => as_told("request.config", Who::You),
        (ClientError::Credential(_), _) => as_told("request.credential", Who::You),
    }
}

/// The server's refusal (RFC 6749 5.2).
fn refused(around: &Around, status: u16, answer: &ErrorResponse, sent: &Sent) -> Diagnosis {
    let code = answer.error.as_str();
    let said = answer.description.as_ref();
    let client = &around.client_id;
    let (at, method) = (&around.client_id_at, sent.method);
    let new = |code: &'static str, who, what: String| {
        Diagnosis::new(
            code,
            who,
            format!(
                "the server {what} ({}, HTTP {status})",
                answer.error.as_str()
            ),
        )
        .seen_if(said.map(|text| format!("the server says: {text}")))
    };
    match &answer.error {
        ErrorCode::InvalidClient if is_by_certificate(method) => certificate_refused(around, new("request.certificate", Who::Either, "does not take the client's certificate".to_owned()), method),
        ErrorCode::InvalidClient => match &sent.assertion {
            Some(assertion) => assertion_refused(around, status, answer, sent, assertion),
            None => secret_refused(around, new("request.secret", Who::Either, "does not take the client's secret".to_owned()), sent),
        },
        ErrorCode::UnauthorizedClient | ErrorCode::UnsupportedGrantType => new(
            "request.grant",
            Who::Operator,
            format!("does not allow {client} the grant client_credentials"),
        )
        .remedy(format!("the operator must allow the client {client} the grant client_credentials"))
        .remedy(format!("is it the right client? client_id ({at})")),
        ErrorCode::InvalidScope => new("request.scope", Who::Either, "refuses the scope".to_owned())
            .seen(format!("asked for: \"{}\" ({})", around.scopes, around.scopes_at))
            .remedy(if around.scopes_at.starts_with("flag") {
                "ask for less with --scope".to_owned()
            } else {
                format!("ask for less: scopes ({}), or --scope", around.scopes_at)
            })
            .remedy(format!("or have the scope granted to {client}")),
        ErrorCode::InvalidTarget => new("request.resource", Who::Either, "refuses the resource".to_owned())
            .remedy(format!(
                "check resource ({}): it is compared letter by letter, a slash at its end included",
                around.resource_at
            ))
            .remedy(format!("or have {client} allowed to ask for it")),
        _ if code == "invalid_request" => new("request.invalid", Who::You, "finds the request malformed".to_owned())
            .remedy("the server's words above say what it misses; -vv shows what was sent, redacted")
            .remedy("some servers want an audience or a parameter of their own: audience, [params] in the profile")
            .remedy("some want client_id beside an assertion: send_client_id = true"),
        _ => new("request.refused", Who::Either, "refuses the request".to_owned())
            .remedy("the server's words above say what it misses; -vv shows what was sent, redacted"),
    }
    .seen(format!("authenticated with {method} as {client} ({at})"))
}

const fn is_by_certificate(method: AuthMethod) -> bool {
    matches!(
        method,
        AuthMethod::TlsClientAuth | AuthMethod::SelfSignedTlsClientAuth
    )
}

fn certificate_refused(around: &Around, diagnosis: Diagnosis, method: AuthMethod) -> Diagnosis {
    let client = &around.client_id;
    diagnosis
        .seen(format!("presented: the {}", around.credential))
        .remedy(match method {
            AuthMethod::SelfSignedTlsClientAuth => format!(
                "is {client} registered for {method} with this very certificate? a renewed one has to be registered anew"
            ),
            _ => format!(
                "is {client} registered for {method} with the subject of this certificate, and is its issuer one that the server trusts?"
            ),
        })
        .remedy("a proxy that ends TLS before the server has to hand the certificate on: its operator can see whether it comes")
        .remedy("`jeton mtls probe` shows the handshake, and what the server makes of the certificate")
}

fn secret_refused(around: &Around, diagnosis: Diagnosis, sent: &Sent) -> Diagnosis {
    let (client, at) = (&around.client_id, &around.client_id_at);
    let method = sent.method;
    let offered = sent.offered.as_ref().map(|list| list.join(", "));
    diagnosis
        .seen(format!("the secret comes from {}", around.credential))
        .seen_if(offered.as_ref().map(|list| format!("the server offers {list}")))
        .remedy(if around.in_keyring {
            format!(
                "is the secret the current one? it comes from {}, where `jeton auth login -p {}` puts a new one",
                around.credential, around.profile
            )
        } else {
            format!(
                "is the secret the current one, to the last character? it comes from {}",
                around.credential
            )
        })
        .remedy(format!("is {client} the right client at this server? client_id ({at})"))
        .remedy(format!(
            "is the client registered for {method}? another one is set with auth_method ({})",
            around.method_at
        ))
        .remedy("if all of that is right: the operator can see in the server's log why it refused, and whether the client is disabled")
}

/// The method that is configured is not among those that the metadata lists.
pub(in crate::commands::doctor) fn not_offered(
    around: &Around,
    method: AuthMethod,
    offered: &[String],
) -> Diagnosis {
    let list = offered.join(", ");
    Diagnosis::new(
        "methods.not_offered",
        Who::You,
        format!("{method} is configured, and the server does not offer it"),
    )
    .seen(format!("auth_method ({}) is {method}", around.method_at))
    .seen(format!("the server offers {list}"))
    .remedy(format!(
        "set auth_method ({}) to one that the client {} is registered for: {list}",
        around.method_at, around.client_id
    ))
    .remedy("or leave it at auto, which takes the strongest that both sides can do")
}

#[cfg(test)]
mod tests {
    use super::{Around, Sent, refused, request};
    use crate::error::Error;
    use crate::exit::Exit;
    use jeton_client::rehearsal::Assertion;
    use jeton_client::{ClientError, NetworkKind};
    use jeton_oauth::{AuthMethod, ErrorCode, ErrorResponse};

    fn around() -> Around {
        Around {
            profile: "billing".to_owned(),
            target: "https://as.example".to_owned(),
            target_key: "issuer",
            client_id: "me".to_owned(),
            client_id_at: "config.toml:4".to_owned(),
            credential: "file key.pem (config.toml:9)".to_owned(),
            scopes: "a b".to_owned(),
            scopes_at: "config.toml:6".to_owned(),
            resource_at: "config.toml:7".to_owned(),
            assertion_audience: ("issuer".to_owned(), "default".to_owned()),
            ..Around::default()
        }
    }

    fn sent(method: AuthMethod) -> Sent {
        let signs = matches!(
            method,
            AuthMethod::PrivateKeyJwt | AuthMethod::ClientSecretJwt
        );
        Sent {
            method,
            assertion: signs.then(|| Assertion {
                alg: "ES256".to_owned(),
                kid: Some("k1".to_owned()),
                typ: None,
                audience: "https://as.example".to_owned(),
                client: "me".to_owned(),
                lifetime: 60,
            }),
            offered: Some(vec!["client_secret_basic".to_owned()]),
            token_endpoint: "https://as.example/token".to_owned(),
        }
    }

    fn of(
        code: &str,
        description: Option<&str>,
        method: AuthMethod,
    ) -> (String, Vec<String>, String) {
        let answer = ErrorResponse {
            error: ErrorCode::from_name(code),
            description: description.map(str::to_owned),
            uri: None,
        };
        let found = refused(&around(), 401, &answer, &sent(method));
        (found.code.to_owned(), found.remedy, found.seen.join("\n"))
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
        let kept = Around {
            in_keyring: true,
            ..around()
        };
        let answer = ErrorResponse {
            error: ErrorCode::InvalidClient,
            description: None,
            uri: None,
        };
        let found = refused(&kept, 401, &answer, &sent(AuthMethod::ClientSecretPost));
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
        assert!(
            remedy[0].contains("is the secret the current one?"),
            "{remedy:?}"
        );
    }

    #[test]
    fn the_other_audience_is_offered_and_never_tried() {
        let turned = Around {
            assertion_audience: ("token_endpoint".to_owned(), "config.toml:12".to_owned()),
            ..around()
        };
        let answer = ErrorResponse {
            error: ErrorCode::InvalidClient,
            description: Some("aud".to_owned()),
            uri: None,
        };
        let found = refused(&turned, 401, &answer, &sent(AuthMethod::PrivateKeyJwt));
        assert!(
            found.remedy[0].contains(
                "assertion.audience = \"issuer\" (config.toml:12) sends https://as.example"
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
        let told = Error::new(Exit::Server, "words").hint("a hint");
        let server = |status, reason: &str| ClientError::Server {
            what: "the answer",
            status,
            reason: reason.to_owned(),
            excerpt: None,
            retry_after: None,
        };
        let network = |kind| ClientError::Network {
            kind,
            host: String::new(),
            cause: String::new(),
        };
        for (error, code) in [
            (server(Some(429), ""), "request.limited"),
            (server(Some(503), ""), "request.failing"),
            (server(Some(302), ""), "request.redirect"),
            (server(Some(404), "text/html"), "request.missing"),
            (server(Some(200), "text/html"), "request.page"),
            (server(Some(200), "text/plain"), "request.answer"),
            (network(NetworkKind::Timeout), "request.timeout"),
            (network(NetworkKind::Connect), "request.network"),
            (
                network(NetworkKind::CertificateWanted),
                "request.certificate_wanted",
            ),
            (
                network(NetworkKind::CertificateRefused),
                "request.certificate_refused",
            ),
        ] {
            let found = request(&around(), &error, &told, None);
            assert_eq!(found.code, code);
            assert!(!found.remedy.is_empty(), "{found:?}");
        }
    }
}
