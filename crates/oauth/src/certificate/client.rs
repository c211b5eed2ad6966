//! The certificate of a client with its private key, as it is shown on a connection (RFC 8705 2).

use super::error::{CertificateError, Half, Problem};
use super::pem::{self, Block};
use super::{Certificate, keys};
use crate::{Jwk, KeyError};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use serde_json::Value;
use std::fmt;
use x509_parser::certificate::X509Certificate;
use x509_parser::prelude::FromDer as _;
use zeroize::Zeroizing;

/// A certificate, those that follow it in its document, and its private key. Read, and not validated: `jeton_inspect`
/// says whether the key belongs to it and whether a server accepts it.
pub struct ClientCertificate {
    links: Vec<Link>,
    key: Key,
}

/// A certificate of the document.
#[derive(Debug)]
pub struct Link {
    /// The certificate itself.
    pub der: Vec<u8>,
    /// The line of its BEGIN, from 1.
    pub line: usize,
    /// What it says.
    pub facts: Certificate,
}

struct Key {
    label: String,
    der: Zeroizing<Vec<u8>>,
    public: Jwk,
}

impl ClientCertificate {
    /// Reads PEM documents: certificates, the client's own first, and a private key (PKCS#8, PKCS#1 or SEC1), which may
    /// stand in the document of the certificate.
    ///
    /// # Errors
    /// [`CertificateError`] says which document, on which line, and what helps.
    pub fn from_pem(certificate: &[u8], key: Option<&[u8]>) -> Result<Self, CertificateError> {
        let own = pem::read(certificate)
            .map_err(|error| CertificateError::of_pem(Half::Certificate, error))?;
        let links = links(&own)?;
        let key = match key {
            Some(key) => {
                let blocks =
                    pem::read(key).map_err(|error| CertificateError::of_pem(Half::Key, error))?;
                private_key(Half::Key, &blocks)?
            }
            None => private_key(Half::Certificate, &own)?,
        };
        Ok(Self { links, key })
    }

    /// The certificates in the order of the document.
    pub fn chain(&self) -> impl Iterator<Item = &[u8]> {
        self.links.iter().map(|link| link.der.as_slice())
    }

    /// The certificates for rustls.
    #[must_use]
    pub fn chain_der(&self) -> Vec<CertificateDer<'static>> {
        self.chain()
            .map(|der| CertificateDer::from(der.to_vec()))
            .collect()
    }

    /// The private key for rustls, which zeroes it too.
    #[must_use]
    pub fn key_der(&self) -> PrivateKeyDer<'static> {
        let der = self.key.der.to_vec();
        match self.key.label.as_str() {
            "RSA PRIVATE KEY" => PrivateKeyDer::Pkcs1(der.into()),
            "EC PRIVATE KEY" => PrivateKeyDer::Sec1(der.into()),
            _ => PrivateKeyDer::Pkcs8(der.into()),
        }
    }

    /// Whether the private key is that of the first certificate.
    #[must_use]
    pub fn key_matches(&self) -> bool {
        self.place_of_key() == Some(0)
    }

    /// Which certificate the private key belongs to, from 0; none where it belongs to none.
    #[must_use]
    pub fn place_of_key(&self) -> Option<usize> {
        self.links.iter().position(|link| {
            X509Certificate::from_der(&link.der)
                .is_ok_and(|(_, certificate)| keys::is_of(&certificate, &self.key.public))
        })
    }

    /// SHA-256 of the first certificate in base64url: `cnf.x5t#S256` of tokens that are bound to it (RFC 8705 3.1).
    #[must_use]
    pub fn thumbprint(&self) -> &str {
        &self.facts().thumbprint
    }

    /// What the first certificate says.
    #[must_use]
    pub fn facts(&self) -> &Certificate {
        &self.links[0].facts
    }

    /// What each certificate of the document says.
    pub fn all_facts(&self) -> impl Iterator<Item = &Certificate> {
        self.links.iter().map(|link| &link.facts)
    }

    /// Whether the first certificate is signed by its own key, as `self_signed_tls_client_auth` allows (RFC 8705 2.2).
    #[must_use]
    pub fn self_signed(&self) -> bool {
        self.facts().self_signed
    }

    /// The public key with the certificate in `x5c`, as `self_signed_tls_client_auth` has it registered in the client's
    /// `jwks` (RFC 8705 2.2.2); `None` for kinds of keys that JOSE does not have.
    #[must_use]
    pub fn registration_jwk(&self) -> Option<Jwk> {
        let own = &self.links[0].der;
        let mut jwk = keys::public_jwk(own)?;
        let x5c = Value::Array(vec![Value::String(STANDARD.encode(own))]);
        jwk.other.insert("x5c".to_owned(), x5c);
        Some(jwk)
    }

    /// Each certificate of the document, in order.
    #[must_use]
    pub fn links(&self) -> &[Link] {
        &self.links
    }
}

impl fmt::Debug for ClientCertificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientCertificate")
            .field("subject", &self.facts().subject)
            .field("certificates", &self.links.len())
            .field("key", &"[redacted]")
            .finish()
    }
}

fn links(blocks: &[Block]) -> Result<Vec<Link>, CertificateError> {
    let wrong = |line, problem| CertificateError::new(Half::Certificate, line, problem);
    let mut links = Vec::new();
    for block in blocks {
        if is_certificate(block) {
            let facts = Certificate::read(&block.der);
            let facts = facts.ok_or_else(|| wrong(Some(block.line), Problem::NoX509))?;
            links.push(Link {
                der: block.der.to_vec(),
                line: block.line,
                facts,
            });
        }
    }
    match blocks.first() {
        Some(first) if links.is_empty() => Err(not_a_certificate(first)),
        _ => Ok(links),
    }
}

/// OpenSSL read the second one once; the content is the same.
pub(super) fn is_certificate(block: &Block) -> bool {
    matches!(block.label.as_str(), "CERTIFICATE" | "X509 CERTIFICATE")
}

/// What stands first in a document without any certificate.
pub(super) fn not_a_certificate(first: &Block) -> CertificateError {
    let problem = Problem::NotACertificate(what_is(&first.label));
    CertificateError::new(Half::Certificate, Some(first.line), problem)
}

fn private_key(half: Half, blocks: &[Block]) -> Result<Key, CertificateError> {
    let wrong = |line, problem| CertificateError::new(half, line, problem);
    let found = blocks
        .iter()
        .find(|block| block.label.ends_with("PRIVATE KEY"));
    let Some(block) = found else {
        return Err(match blocks.first() {
            Some(first) if half == Half::Key => {
                wrong(Some(first.line), Problem::NotAKey(what_is(&first.label)))
            }
            _ => wrong(None, Problem::KeyMissing),
        });
    };
    match block.label.as_str() {
        "PRIVATE KEY" | "RSA PRIVATE KEY" | "EC PRIVATE KEY" => {}
        "ENCRYPTED PRIVATE KEY" => return Err(wrong(Some(block.line), Problem::Encrypted)),
        other => {
            let what = what_is(other);
            return Err(wrong(
                Some(block.line),
                Problem::UnusableKey(format!("it is {what}")),
            ));
        }
    }
    let public = keys::public_half(&block.label, &block.der).map_err(|error| {
        let why = match error {
            KeyError::Invalid(why) => why.to_owned(),
            other => other.to_string(),
        };
        wrong(Some(block.line), Problem::UnusableKey(why))
    })?;
    Ok(Key {
        label: block.label.clone(),
        der: block.der.clone(),
        public,
    })
}

/// What a block is, for people.
fn what_is(label: &str) -> String {
    match label {
        "CERTIFICATE" | "X509 CERTIFICATE" => "a certificate".to_owned(),
        "TRUSTED CERTIFICATE" => {
            "a certificate with trust settings of OpenSSL (TRUSTED CERTIFICATE)".to_owned()
        }
        "CERTIFICATE REQUEST" | "NEW CERTIFICATE REQUEST" => {
            "a request for a certificate (CSR), which the CA has not signed".to_owned()
        }
        "PUBLIC KEY" | "RSA PUBLIC KEY" => "a public key".to_owned(),
        "ENCRYPTED PRIVATE KEY" => "an encrypted private key".to_owned(),
        "OPENSSH PRIVATE KEY" => "a private key in the form of OpenSSH".to_owned(),
        label if label.ends_with("PRIVATE KEY") => "a private key".to_owned(),
        "PKCS7" | "CMS" => {
            "a PKCS#7 document (openssl pkcs7 -print_certs takes it apart)".to_owned()
        }
        "X509 CRL" => "a list of revoked certificates".to_owned(),
        other => format!("a block that is called {other}"),
    }
}
