//! Certificates made for one test: a CA of its own, and what it signs for the front.

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use std::sync::Arc;

/// What is wrong with the certificate of the front, if anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flaw {
    None,
    /// It ended in 2020.
    Expired,
    /// It begins in 2100.
    NotYetValid,
    /// It names another host.
    OtherName,
    /// No CA has signed it; `ca_pem` is this very certificate.
    SelfSigned,
}

/// A CA, as `--ca-file` reads it, and the server's side of TLS with a certificate that it signed.
pub(crate) struct Tls {
    pub(crate) ca_pem: String,
    /// The certificate that it signed, and the key of that.
    pub(crate) cert_pem: String,
    pub(crate) key_pem: String,
    pub(crate) config: Arc<ServerConfig>,
}

/// Whose certificate the front asks for.
#[derive(Debug, Clone)]
pub(crate) enum Asks {
    Nobody,
    /// Whoever has one of these, or none.
    Whoever(RootCertStore),
    /// Everybody, for one of these.
    Everybody(RootCertStore),
}

impl Tls {
    /// A CA that nobody knows, and a certificate for 127.0.0.1 by it.
    pub(crate) fn new(flaw: Flaw) -> Self {
        Self::by("jeton test CA", flaw, &Asks::Nobody)
    }

    /// The same, asking for the certificate of the client.
    pub(crate) fn asking(flaw: Flaw, asks: &Asks) -> Self {
        Self::by("jeton test CA", flaw, asks)
    }

    /// The same by a CA of this name.
    pub(crate) fn by(ca_name: &str, flaw: Flaw, asks: &Asks) -> Self {
        let ca_key = KeyPair::generate().unwrap();
        let mut ca = CertificateParams::new(Vec::new()).unwrap();
        ca.distinguished_name.push(DnType::CommonName, ca_name);
        ca.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let ca_pem = ca.self_signed(&ca_key).unwrap().pem();

        let name = match flaw {
            Flaw::OtherName => "auth.example.com",
            Flaw::None | Flaw::Expired | Flaw::NotYetValid | Flaw::SelfSigned => "127.0.0.1",
        };
        let mut leaf = CertificateParams::new([name.to_owned()]).unwrap();
        let begin = if flaw == Flaw::NotYetValid {
            2100
        } else {
            2019
        };
        leaf.not_before = date_time_ymd(begin, 1, 1);
        leaf.distinguished_name.push(DnType::CommonName, name);
        let end = if flaw == Flaw::Expired { 2020 } else { 2120 };
        leaf.not_after = date_time_ymd(end, 1, 1);
        let key = KeyPair::generate().unwrap();
        let issuer = Issuer::from_params(&ca, &ca_key);
        let certificate = if flaw == Flaw::SelfSigned {
            leaf.self_signed(&key).unwrap()
        } else {
            leaf.signed_by(&key, &issuer).unwrap()
        };

        let key_pem = key.serialize_pem();
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let builder = ServerConfig::builder_with_provider(Arc::clone(&provider));
        let builder = builder.with_safe_default_protocol_versions().unwrap();
        let verifier = |roots: &RootCertStore| {
            WebPkiClientVerifier::builder_with_provider(Arc::new(roots.clone()), provider)
        };
        let builder = match asks {
            Asks::Nobody => builder.with_no_client_auth(),
            Asks::Whoever(roots) => builder.with_client_cert_verifier(
                verifier(roots).allow_unauthenticated().build().unwrap(),
            ),
            Asks::Everybody(roots) => {
                builder.with_client_cert_verifier(verifier(roots).build().unwrap())
            }
        };
        let config = builder
            .with_single_cert(vec![certificate.der().clone()], key)
            .unwrap();
        Self {
            ca_pem,
            cert_pem: certificate.pem(),
            key_pem,
            config: Arc::new(config),
        }
    }
}
