//! Which authentication method and which credential a configuration means: one pure choice, for every request and for
//! everyone who reports on one.

use crate::config::MethodChoice;
use jeton_oauth::AuthMethod;
use std::fmt;
use thiserror::Error;

/// The order of preference. A JWT with the secret comes last: a server's list says what some client may use, not what
/// this one is registered for, and a secret is registered for Basic or the body nearly everywhere.
const WITH_SECRET: [AuthMethod; 3] = [
    AuthMethod::ClientSecretBasic,
    AuthMethod::ClientSecretPost,
    AuthMethod::ClientSecretJwt,
];

/// With a certificate, both are the same on the wire; which of them a server names depends on how it checks certificates.
const BY_CERTIFICATE: [AuthMethod; 2] = [
    AuthMethod::TlsClientAuth,
    AuthMethod::SelfSignedTlsClientAuth,
];
const BY_SELF_SIGNED: [AuthMethod; 2] = [
    AuthMethod::SelfSignedTlsClientAuth,
    AuthMethod::TlsClientAuth,
];

/// What a client can prove its identity with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Available {
    /// Whether there is a private key for assertions.
    pub private_key: bool,
    /// Whether there is a secret. It matters only beside a certificate: without one, a secret is what is missing.
    pub secret: bool,
}

/// The client's certificate, as far as the choice depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CertificateKind {
    /// Another key has signed it.
    Issued,
    /// Its own key has signed it.
    SelfSigned,
}

/// What a method proves the client's identity with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialKind {
    /// A secret that the server knows too.
    Secret,
    /// A private key that signs assertions.
    PrivateKey,
    /// The certificate that TLS presents (RFC 8705 section 2).
    Certificate,
}

impl fmt::Display for CredentialKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Secret => "client secret",
            Self::PrivateKey => "private key",
            Self::Certificate => "client certificate",
        })
    }
}

impl CredentialKind {
    /// What `method` needs; `None` for a public client, which the grant does not serve.
    #[must_use]
    pub const fn of(method: AuthMethod) -> Option<Self> {
        match method {
            AuthMethod::ClientSecretBasic
            | AuthMethod::ClientSecretPost
            | AuthMethod::ClientSecretJwt => Some(Self::Secret),
            AuthMethod::PrivateKeyJwt => Some(Self::PrivateKey),
            AuthMethod::TlsClientAuth | AuthMethod::SelfSignedTlsClientAuth => {
                Some(Self::Certificate)
            }
            AuthMethod::None => None,
        }
    }
}

/// The method and the credential that are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MethodDecision {
    /// How the client authenticates.
    pub method: AuthMethod,
    /// With what.
    pub credential: CredentialKind,
    /// Why.
    pub reason: Reason,
}

/// Why a method is chosen. Its display is a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It is configured.
    Configured,
    /// The server offers it, and there is the credential for it.
    Offered(CredentialKind),
    /// There is the credential for it, and what the server offers is not known.
    NotKnown(CredentialKind),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Configured => f.write_str("the configuration names it"),
            Self::Offered(credential) => {
                write!(f, "the client has a {credential}, and the server offers it")
            }
            Self::NotKnown(credential) => write!(
                f,
                "the client has a {credential}, and the server does not say what it offers"
            ),
        }
    }
}

/// Why no method can be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NoMethod {
    /// The grant does not serve public clients.
    #[error("the authentication method {0} is not supported for this grant")]
    Unsupported(AuthMethod),
    /// The method presents a certificate, and there is none.
    #[error("the method {0} needs a client certificate, and none is configured")]
    CertificateMissing(AuthMethod),
    /// The server offers no method for the credential.
    #[error("no authentication method fits the credential: the server offers {}", .offered.join(", "))]
    NotOffered {
        /// What the client has.
        credential: CredentialKind,
        /// The server's list.
        offered: Vec<String>,
    },
}

/// Decides. A configured method is taken as it is, whether the server lists it or not. Otherwise a private key comes before
/// a secret, and a certificate counts as the credential where there is nothing else; of the methods for that credential, the
/// first that the server offers. `offered` is the server's list, or `None` where it is not known.
///
/// # Errors
/// [`NoMethod`] where nothing fits.
pub fn decide(
    choice: MethodChoice,
    available: Available,
    certificate: Option<CertificateKind>,
    offered: Option<&[&str]>,
) -> Result<MethodDecision, NoMethod> {
    match choice {
        MethodChoice::One(method) => configured(method, certificate),
        MethodChoice::Auto => automatic(available, certificate, offered),
    }
}

fn configured(
    method: AuthMethod,
    certificate: Option<CertificateKind>,
) -> Result<MethodDecision, NoMethod> {
    let credential = CredentialKind::of(method).ok_or(NoMethod::Unsupported(method))?;
    if credential == CredentialKind::Certificate && certificate.is_none() {
        return Err(NoMethod::CertificateMissing(method));
    }
    Ok(MethodDecision {
        method,
        credential,
        reason: Reason::Configured,
    })
}

fn automatic(
    available: Available,
    certificate: Option<CertificateKind>,
    offered: Option<&[&str]>,
) -> Result<MethodDecision, NoMethod> {
    let (credential, candidates): (_, &[AuthMethod]) = match certificate {
        _ if available.private_key => (CredentialKind::PrivateKey, &[AuthMethod::PrivateKeyJwt]),
        Some(kind) if !available.secret => (
            CredentialKind::Certificate,
            match kind {
                CertificateKind::Issued => &BY_CERTIFICATE,
                CertificateKind::SelfSigned => &BY_SELF_SIGNED,
            },
        ),
        _ => (CredentialKind::Secret, &WITH_SECRET),
    };
    let decided = |method, reason| MethodDecision {
        method,
        credential,
        reason,
    };
    let Some(offered) = offered else {
        return Ok(decided(candidates[0], Reason::NotKnown(credential)));
    };
    candidates
        .iter()
        .find(|method| offered.contains(&method.as_str()))
        .map(|method| decided(*method, Reason::Offered(credential)))
        .ok_or_else(|| NoMethod::NotOffered {
            credential,
            offered: offered.iter().map(|&name| name.to_owned()).collect(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: Available = Available {
        private_key: true,
        secret: false,
    };
    const SECRET: Available = Available {
        private_key: false,
        secret: true,
    };
    const NOTHING: Available = Available {
        private_key: false,
        secret: false,
    };

    fn auto(
        available: Available,
        certificate: Option<CertificateKind>,
        offered: Option<&[&str]>,
    ) -> Option<AuthMethod> {
        let decision = decide(MethodChoice::Auto, available, certificate, offered).ok()?;
        assert_eq!(
            CredentialKind::of(decision.method),
            Some(decision.credential)
        );
        Some(decision.method)
    }

    #[test]
    fn client_29_the_strongest_that_both_can() {
        let all = [
            "client_secret_post",
            "client_secret_basic",
            "private_key_jwt",
            "client_secret_jwt",
        ];
        for (available, offered, expected) in [
            (KEY, Some(&all[..]), Some(AuthMethod::PrivateKeyJwt)),
            (SECRET, Some(&all[..]), Some(AuthMethod::ClientSecretBasic)),
            (SECRET, Some(&all[..1]), Some(AuthMethod::ClientSecretPost)),
            (SECRET, Some(&all[3..]), Some(AuthMethod::ClientSecretJwt)),
            (KEY, None, Some(AuthMethod::PrivateKeyJwt)),
            (SECRET, None, Some(AuthMethod::ClientSecretBasic)),
            (NOTHING, None, Some(AuthMethod::ClientSecretBasic)),
            (SECRET, Some(&all[2..3]), None),
            (KEY, Some(&all[1..2]), None),
        ] {
            assert_eq!(
                auto(available, None, offered),
                expected,
                "{available:?} {offered:?}"
            );
        }
    }

    #[test]
    fn client_38_a_certificate_alone_is_the_credential() {
        use CertificateKind::{Issued, SelfSigned};
        let (tls, own) = (
            AuthMethod::TlsClientAuth,
            AuthMethod::SelfSignedTlsClientAuth,
        );
        let both = ["client_secret_basic", own.as_str(), tls.as_str()];
        for (kind, offered, expected) in [
            (Issued, Some(&both[..]), Some(tls)),
            (SelfSigned, Some(&both[..]), Some(own)),
            (Issued, Some(&both[..2]), Some(own)),
            (SelfSigned, Some(&both[2..]), Some(tls)),
            (Issued, None, Some(tls)),
            (SelfSigned, None, Some(own)),
            (Issued, Some(&both[..1]), None),
        ] {
            let found = auto(NOTHING, Some(kind), offered);
            assert_eq!(found, expected, "{kind:?} {offered:?}");
        }
        // Beside another credential it is presented, and that other one is the credential.
        let beside = |available| auto(available, Some(Issued), None);
        assert_eq!(beside(SECRET), Some(AuthMethod::ClientSecretBasic));
        assert_eq!(beside(KEY), Some(AuthMethod::PrivateKeyJwt));
    }

    #[test]
    fn a_configured_method_is_taken_whatever_the_server_offers() {
        for method in AuthMethod::ALL {
            let choice = MethodChoice::One(method);
            let certificate = Some(CertificateKind::Issued);
            let found = decide(choice, NOTHING, certificate, Some(&["private_key_jwt"]));
            match CredentialKind::of(method) {
                Some(credential) => assert_eq!(
                    found,
                    Ok(MethodDecision {
                        method,
                        credential,
                        reason: Reason::Configured
                    })
                ),
                None => assert_eq!(found, Err(NoMethod::Unsupported(method))),
            }
        }
        let tls = AuthMethod::TlsClientAuth;
        assert_eq!(
            decide(MethodChoice::One(tls), SECRET, None, None),
            Err(NoMethod::CertificateMissing(tls))
        );
    }

    #[test]
    fn what_does_not_fit_says_what_the_server_offers() {
        let found = decide(MethodChoice::Auto, KEY, None, Some(&["none", "x"]));
        assert_eq!(
            found.map_err(|error| error.to_string()),
            Err(
                "no authentication method fits the credential: the server offers none, x"
                    .to_owned()
            )
        );
    }
}
