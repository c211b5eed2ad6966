//! Why there is no token, for the person: exit code, the server's own words, and what to do.

use crate::error::Error;
use crate::exit::Exit;
use crate::settings::Profile;
use jeton_client::Meaning;
use jeton_client::{ClientError, NetworkKind};
use jeton_inspect::evidence::{BadResponse, CertificateRemark, Failure, NetworkFailure};
use jeton_oauth::{AuthMethod, ErrorCode, ErrorResponse};

/// The failure of a token request of this profile.
#[expect(
    clippy::needless_pass_by_value,
    reason = "whoever explains a failure is done with it"
)]
pub(crate) fn explain(error: ClientError, profile: &Profile) -> Error {
    explained(&error, profile)
}

/// The same of a failure that is still looked at.
pub(crate) fn explained(error: &ClientError, profile: &Profile) -> Error {
    let told = error.to_string();
    let code = error.code().to_owned();
    match error {
        ClientError::Config { message, hint } => {
            let error = Error::config(message);
            match hint {
                Some(hint) => error.hint(hint),
                None => error,
            }
        }
        ClientError::Credential(cause) => match cause.downcast_ref::<Error>() {
            Some(own) => own.clone(),
            None => Error::credential(told),
        },
        ClientError::Key(_) => Error::credential(told)
            .hint("the credential must fit the method: see auth_method and [assertion] of the profile"),
        ClientError::Refused { status, error, method, skew } => refused(*status, error, *method, *skew, profile),
        ClientError::Network { kind: NetworkKind::CertificateWanted, .. } => {
            Error::new(Exit::Network, told).hint(certificate_wanted(profile)).fact("network", code)
        }
        ClientError::Network { kind: NetworkKind::CertificateRefused, .. } => {
            Error::new(Exit::Network, told).hint(certificate_refused(profile)).fact("network", code)
        }
        ClientError::Network { kind, cause, .. } => Error::new(Exit::Network, told)
            .hint(match kind {
                NetworkKind::Tls if cause.contains("HandshakeFailure") => {
                    "the two found nothing in common; a server that demands a client certificate may say so in this way: mtls.cert in the profile"
                }
                NetworkKind::Dns => "check the host name in the profile, and the network",
                NetworkKind::Connect => "is the server running there, and may this machine reach it? a proxy is taken from HTTPS_PROXY",
                NetworkKind::Tls | NetworkKind::CertificateWanted | NetworkKind::CertificateRefused => "for a private certificate authority name its certificate: --ca-file, or ca_file in the profile",
                NetworkKind::Timeout => "try again, or give it more time: timeout in the profile",
                NetworkKind::Broken => "try again; a proxy or load balancer in between may have cut the connection",
            })
            .fact("network", code),
        ClientError::Server { status, excerpt, retry_after, .. } => {
            let mut error = Error::new(Exit::Server, told);
            let said = excerpt.as_deref().unwrap_or_default();
            match Meaning::of(status.unwrap_or_default(), said) {
                Meaning::Missing => error = error.hint(certificate_wanted(profile)),
                Meaning::Refused => error = error.hint(certificate_refused(profile)),
                Meaning::None => {}
            }
            if let Some(excerpt) = excerpt {
                error = error.detail(format!("it says: {excerpt}"));
            }
            if let Some(status) = status {
                error = error.fact("http_status", *status);
            }
            match (retry_after, status) {
                (Some(wait), _) => error
                    .fact("retry_after", wait.as_secs())
                    .hint(format!("the server asks to wait {} s", wait.as_secs())),
                (None, Some(500..)) => error.hint("the fault is on the server's side: try again later, or tell its operator"),
                (None, _) => error.hint("a proxy, a login page or a wrong URL may be in the way: check issuer and token_endpoint"),
            }
        }
    }
}

/// The failure as plain data, as advice is asked for it.
pub(crate) fn evidence(error: &ClientError) -> Failure {
    match error {
        ClientError::Config { hint, .. } => Failure::Config { hint: hint.clone() },
        ClientError::Credential(cause) => Failure::Credential {
            hints: cause
                .downcast_ref::<Error>()
                .map_or_else(Vec::new, |own| own.hints.clone()),
        },
        ClientError::Key(_) => Failure::Key,
        ClientError::Refused {
            status,
            error,
            skew,
            ..
        } => Failure::Refused {
            status: *status,
            error: error.clone(),
            skew: *skew,
        },
        ClientError::Network { kind, cause, .. } => Failure::Network(match kind {
            NetworkKind::Dns => NetworkFailure::Dns,
            NetworkKind::Connect => NetworkFailure::Connect,
            NetworkKind::Tls => NetworkFailure::Tls {
                // The name that rustls gives to the alert.
                nothing_in_common: cause.contains("HandshakeFailure"),
            },
            NetworkKind::CertificateWanted => NetworkFailure::CertificateWanted,
            NetworkKind::CertificateRefused => NetworkFailure::CertificateRefused,
            NetworkKind::Timeout => NetworkFailure::Timeout,
            NetworkKind::Broken => NetworkFailure::Broken,
        }),
        ClientError::Server {
            status,
            excerpt,
            retry_after,
            ..
        } => {
            let said = excerpt.as_deref().unwrap_or_default();
            Failure::Response(BadResponse {
                status: *status,
                html: false,
                certificate: match Meaning::of(status.unwrap_or_default(), said) {
                    Meaning::None => CertificateRemark::None,
                    Meaning::Missing => CertificateRemark::Missing,
                    Meaning::Refused => CertificateRemark::Refused,
                },
                retry_after: retry_after.map(|wait| wait.as_secs()),
            })
        }
    }
}

fn refused(
    status: u16,
    answer: &ErrorResponse,
    method: AuthMethod,
    skew: Option<i64>,
    profile: &Profile,
) -> Error {
    let code = answer.error.as_str();
    let what = match answer.error {
        ErrorCode::InvalidClient => "the client",
        ErrorCode::UnauthorizedClient | ErrorCode::UnsupportedGrantType => "the grant",
        ErrorCode::InvalidScope => "the scope",
        ErrorCode::InvalidTarget => "the resource",
        _ => "the request",
    };
    let mut error = Error::new(
        Exit::Refused,
        format!("the server refused {what} ({code}, HTTP {status})"),
    )
    .fact("oauth_error", code)
    .fact("http_status", status);
    for text in [&answer.description, &answer.uri].into_iter().flatten() {
        error = error.detail(text);
    }
    if let Some(skew) = skew {
        let side = if skew > 0 { "ahead of" } else { "behind" };
        error = error.hint(format!(
            "the server's clock is {} s {side} this machine's: set the clock, assertions are valid for a short time only",
            skew.abs()
        ));
    }
    let client = profile.client_id.as_ref().map_or("", |id| &id.value);
    match (&answer.error, method) {
        (ErrorCode::InvalidClient, AuthMethod::PrivateKeyJwt | AuthMethod::ClientSecretJwt) => error
            .hint(format!("check that {client} is registered for {method} with the key (and kid) that the profile uses"))
            .hint("a server that only knows its token endpoint as audience needs assertion.audience = \"token_endpoint\""),
        (ErrorCode::InvalidClient, AuthMethod::TlsClientAuth | AuthMethod::SelfSignedTlsClientAuth) => error
            .hint(format!("check that {client} is registered for {method} with the certificate {}", cert_of(profile)))
            .hint("a proxy that ends TLS before the server has to hand the certificate on"),
        (ErrorCode::InvalidClient, _) => error
            .hint(format!("check client_id ({client}) and secret ({}); `jeton auth login` stores a new one", profile.secret().origin))
            .hint(format!("the client may be registered for another method than {method}: see auth_method")),
        (ErrorCode::UnauthorizedClient | ErrorCode::UnsupportedGrantType, _) => {
            error.hint(format!("the server must allow {client} the grant client_credentials"))
        }
        (ErrorCode::InvalidScope, _) => error.hint(format!(
            "asked for \"{}\": ask for less with --scope, or have the scope granted to {client}",
            profile.scopes.value
        )),
        (ErrorCode::InvalidTarget, _) => {
            error.hint("check resource and audience of the profile: the server must know them and allow them to the client")
        }
        _ => error.hint("the server's description above says what it misses; -vv shows what was sent, redacted"),
    }
}

/// The file of the client certificate, and what names it.
fn cert_of(profile: &Profile) -> String {
    profile.mtls.cert.as_ref().map_or_else(
        || "of the profile".to_owned(),
        |cert| format!("{} ({})", cert.value.display(), cert.origin),
    )
}

/// What to do where a server demands a certificate and got none.
fn certificate_wanted(profile: &Profile) -> String {
    let enabled = profile.mtls.enabled();
    if profile.mtls.certificate().is_some() {
        return "the server demands the client certificate for its public documents too, and it is presented at the token, introspection and revocation endpoints alone: set token_endpoint in the profile".to_owned();
    }
    if profile.mtls.cert.is_some() {
        return format!(
            "the server demands a client certificate, and mutual TLS is switched off ({})",
            enabled.origin
        );
    }
    "the server demands a client certificate: name it in mtls.cert of the profile and its key in mtls.key, or in CC_MTLS_CERT and CC_MTLS_KEY".to_owned()
}

/// What to do where a server does not take the one that it got.
fn certificate_refused(profile: &Profile) -> String {
    format!(
        "is {} the certificate that the server knows, issued by a CA that it trusts, and not expired?",
        cert_of(profile)
    )
}
