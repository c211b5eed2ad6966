//! Why a request failed, for the person: exit code, the server's own words, and the first thing to do.

use super::{Opened, profile_context};
use crate::error::Error;
use crate::exit::Exit;
use jeton_client::Meaning;
use jeton_client::{ClientError, CredentialTimeout, NetworkKind, ProxyFailure};
use jeton_inspect::advice::advice;
use jeton_inspect::context::ProfileContext;
use jeton_inspect::evidence::{
    BadResponse, CertificateRemark, Failure, NetworkFailure, ProxyStep, RequestFacts,
};
use jeton_oauth::{ErrorCode, ErrorResponse};
use jeton_probe::path::{distrust, name_failure};
use jeton_profile::Profile;

/// Where the doctor knows more than one line.
const DOCTOR: &str =
    "`jeton doctor` checks every step on the way to a token, and lists other causes";

/// For a credential that was not there in time.
const LATE: &str = "does the program or the keyring wait for somebody? ask it by hand, or give it more time: timeout in the profile";

/// The failure of a token request: what is wrong with the connection or the response is for the doctor to find out.
pub(crate) fn explain_token(error: &ClientError, opened: &Opened) -> Error {
    let unclear = matches!(
        error,
        ClientError::Network { .. } | ClientError::Server { .. }
    );
    let explained = explain_request(error, opened);
    match unclear {
        true => explained.hint(DOCTOR),
        false => explained,
    }
}

/// The failure of a request that this profile was authenticated for, or should have been.
pub(crate) fn explain_request(error: &ClientError, opened: &Opened) -> Error {
    let profile = &opened.profile;
    explained_in(error, || ProfileContext {
        secret_oddity: opened.credentials.secret_oddity(),
        ..profile_context(profile, profile.configured_credential())
    })
}

/// The failure of a request of this profile.
#[expect(
    clippy::needless_pass_by_value,
    reason = "whoever explains a failure is done with it"
)]
pub(crate) fn explain(error: ClientError, profile: &Profile) -> Error {
    explained(&error, profile)
}

/// The same of a failure that is still looked at.
pub(crate) fn explained(error: &ClientError, profile: &Profile) -> Error {
    explained_in(error, || {
        profile_context(profile, profile.configured_credential())
    })
}

fn explained_in(error: &ClientError, context: impl FnOnce() -> ProfileContext) -> Error {
    if let ClientError::Credential(cause) = error
        && let Some(of_profile) = cause.downcast_ref::<jeton_profile::Error>()
    {
        return of_profile.clone().into();
    }
    let facts = RequestFacts {
        method: match error {
            ClientError::Refused { method, .. } => Some(*method),
            _ => None,
        },
        ..RequestFacts::default()
    };
    let lines = advice(&context(), &evidence(error), &facts);
    let explained = described(error);
    let explained = match lines.first() {
        Some(first) => explained.hint(first),
        None => explained,
    };
    if matches!(error, ClientError::Refused { .. }) && lines.len() > 1 {
        explained.hint(DOCTOR)
    } else {
        explained
    }
}

/// The failure without advice.
fn described(error: &ClientError) -> Error {
    let message = error.to_string();
    match error {
        ClientError::Config { message, .. } => Error::config(message),
        ClientError::Credential(_) | ClientError::Key(_) => Error::credential(message),
        ClientError::Refused { status, error, .. } => refused(*status, error),
        ClientError::Network { .. } => {
            Error::new(Exit::Network, message).fact("network", error.code().to_owned())
        }
        ClientError::Server {
            status,
            excerpt,
            retry_after,
            ..
        } => {
            let mut described = Error::new(Exit::Server, message);
            if let Some(excerpt) = excerpt {
                described = described.detail(format!("it says: {excerpt}"));
            }
            if let Some(status) = status {
                described = described.fact("http_status", *status);
            }
            match retry_after {
                Some(wait) => described.fact("retry_after", wait.as_secs()),
                None => described,
            }
        }
    }
}

fn refused(status: u16, answer: &ErrorResponse) -> Error {
    let code = answer.error.as_str();
    let what = match answer.error {
        ErrorCode::InvalidClient => "the client",
        ErrorCode::UnauthorizedClient | ErrorCode::UnsupportedGrantType => "the grant",
        ErrorCode::InvalidScope => "the scope",
        ErrorCode::InvalidTarget => "the resource",
        _ => "the request",
    };
    let message = format!("the server refused {what} ({code}, HTTP {status})");
    let error = Error::new(Exit::Refused, message)
        .fact("oauth_error", code)
        .fact("http_status", status);
    let said = [&answer.description, &answer.uri].into_iter().flatten();
    said.fold(error, Error::detail)
}

/// The failure as plain data, as advice is asked for it.
pub(crate) fn evidence(error: &ClientError) -> Failure {
    match error {
        ClientError::Config { hint, .. } => Failure::Config { hint: hint.clone() },
        ClientError::Credential(cause) => Failure::Credential {
            hints: match cause.downcast_ref::<jeton_profile::Error>() {
                Some(of_profile) => of_profile.hints.clone(),
                None if cause.is::<CredentialTimeout>() => vec![LATE.to_owned()],
                None => Vec::new(),
            },
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
        ClientError::Network { kind, .. } => Failure::Network(match kind {
            NetworkKind::Dns(failure) => NetworkFailure::Dns(name_failure(*failure)),
            NetworkKind::Proxy(failure) => NetworkFailure::Proxy(match failure {
                ProxyFailure::Name(_) => ProxyStep::Name,
                ProxyFailure::Connect => ProxyStep::Connect,
                ProxyFailure::Silent => ProxyStep::Silent,
                ProxyFailure::Tls => ProxyStep::Tls,
                ProxyFailure::Credentials => ProxyStep::Credentials,
                ProxyFailure::Refused(500..) => ProxyStep::Unable,
                ProxyFailure::Refused(_) => ProxyStep::Refused,
                ProxyFailure::NotHttp => ProxyStep::NotHttp,
            }),
            NetworkKind::Untrusted(found) => NetworkFailure::Untrusted(distrust(*found)),
            NetworkKind::NotTls => NetworkFailure::NotTls,
            NetworkKind::SpeaksTls => NetworkFailure::SpeaksTls,
            NetworkKind::Connect => NetworkFailure::Connect,
            NetworkKind::Tls => NetworkFailure::Tls {
                nothing_in_common: false,
            },
            NetworkKind::TlsRejected => NetworkFailure::Tls {
                nothing_in_common: true,
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
