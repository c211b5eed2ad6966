//! What a request is authenticated with: the method chosen, its credential and the certificate read, before anything is sent.

use crate::config::MethodChoice;
use crate::error::ClientError;
use crate::event::Event;
use crate::http::Identity;
use crate::metadata::Endpoint;
use crate::method::{self, Proof};
use crate::source::TokenSource;
use jeton_oauth::certificate::ClientCertificate;
use jeton_oauth::{AuthMethod, ClientSecret, PrivateKey};

/// Read once, for as many attempts as it takes.
pub(crate) struct Prepared {
    pub(crate) method: AuthMethod,
    pub(crate) credential: Credential,
    /// What TLS presents, whatever the method: the server may bind the token to it (RFC 8705 section 3).
    pub(crate) identity: Option<Identity>,
    /// The word for where the credential comes from.
    pub(crate) source: &'static str,
}

/// What the method needs.
pub(crate) enum Credential {
    Secret(ClientSecret),
    Key(PrivateKey),
    /// What TLS presents.
    Certificate,
}

/// A certificate that was read.
struct Presented {
    identity: Identity,
    self_signed: bool,
    source: &'static str,
}

impl TokenSource {
    /// Chooses the method and reads what it needs.
    ///
    /// # Errors
    /// [`ClientError::Config`] where no method fits, and where a certificate would have to be presented over http;
    /// [`ClientError::Credential`] and [`ClientError::Key`] where a credential is not available or cannot be used.
    pub(crate) fn prepare(&self, endpoint: &Endpoint) -> Result<Prepared, ClientError> {
        let credentials = &self.parts().credentials;
        let presented = self.presented(endpoint)?;
        let method = self.method(endpoint, presented.as_ref())?;
        let (credential, source) = match (method, &presented) {
            (AuthMethod::PrivateKeyJwt, _) => {
                let found = credentials.private_key().map_err(ClientError::Credential)?;
                (Credential::Key(found.value), found.source)
            }
            (AuthMethod::TlsClientAuth | AuthMethod::SelfSignedTlsClientAuth, Some(presented)) => {
                (Credential::Certificate, presented.source)
            }
            (AuthMethod::TlsClientAuth | AuthMethod::SelfSignedTlsClientAuth, None) => {
                return Err(ClientError::config(format!(
                    "the method {method} needs a client certificate, and none is configured"
                )));
            }
            (
                AuthMethod::ClientSecretBasic
                | AuthMethod::ClientSecretPost
                | AuthMethod::ClientSecretJwt
                | AuthMethod::None,
                _,
            ) => {
                let found = credentials.secret().map_err(ClientError::Credential)?;
                (Credential::Secret(found.value), found.source)
            }
        };
        Ok(Prepared {
            method,
            credential,
            identity: presented.map(|presented| presented.identity),
            source,
        })
    }

    fn method(
        &self,
        endpoint: &Endpoint,
        presented: Option<&Presented>,
    ) -> Result<AuthMethod, ClientError> {
        if let MethodChoice::One(method) = self.config().method {
            return Ok(method);
        }
        let credentials = &self.parts().credentials;
        let proof = match presented {
            _ if credentials.has_private_key() => Proof::PrivateKey,
            Some(presented) if !credentials.has_secret() => Proof::Certificate {
                self_signed: presented.self_signed,
            },
            _ => Proof::Secret,
        };
        let offered = endpoint.auth_methods();
        method::choose(proof, offered.as_deref()).map_err(|offered| {
            let offered = offered.join(", ");
            ClientError::config(format!(
                "no authentication method fits the credential: the server offers {offered}"
            ))
            .with_hint("set auth_method, or configure the credential that the server wants")
        })
    }

    /// The certificate, where one is configured, ready for TLS.
    fn presented(&self, endpoint: &Endpoint) -> Result<Option<Presented>, ClientError> {
        let Some(configured) = &self.config().certificate else {
            return Ok(None);
        };
        if endpoint.url.scheme() != "https" {
            return Err(ClientError::config(format!(
                "the {} is {}, and a client certificate cannot be presented over http",
                endpoint.named.as_str(),
                endpoint.url
            ))
            .with_hint(
                "use an endpoint with https, or switch mutual TLS off: mtls.enabled = false",
            ));
        }
        let found = self.parts().credentials.certificate();
        let found = found.map_err(ClientError::Credential)?;
        let certificate = found.value;
        // The token would be kept under the name of the old one.
        if certificate.thumbprint() != configured {
            return Err(ClientError::Credential(
                "the client certificate was replaced meanwhile: try again".into(),
            ));
        }
        let facts = certificate.facts();
        self.tell(&Event::CertificateRead {
            thumbprint: &facts.thumbprint,
            not_after: facts.not_after,
            source: found.source,
        });
        if let Some(text) = oddity(&certificate, self.parts().clock.now()) {
            self.tell(&Event::CertificateOdd { text });
        }
        Ok(Some(Presented {
            identity: Identity::new(&certificate)?,
            self_signed: certificate.self_signed(),
            source: found.source,
        }))
    }
}

/// Some servers look at the key alone, so this is for the server to refuse.
fn oddity(certificate: &ClientCertificate, now: i64) -> Option<&'static str> {
    let facts = certificate.facts();
    if facts.not_after < now {
        Some("the client certificate has expired: it is tried all the same")
    } else if facts.not_before > now {
        Some("the client certificate is not valid yet: it is tried all the same")
    } else {
        None
    }
}
