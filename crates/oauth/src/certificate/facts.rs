//! What a certificate says.

use super::keys::CertifiedKey;
use super::{chain, distinguished_name, signature};
use crate::base64url;
use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use std::net::{Ipv4Addr, Ipv6Addr};
use x509_parser::certificate::X509Certificate;
use x509_parser::extensions::{ExtendedKeyUsage, GeneralName, KeyUsage};
use x509_parser::prelude::FromDer as _;

/// Names of one kind beyond this are not read.
const MOST_NAMES: usize = 200;
/// The TLS feature extension (RFC 7633); its feature `status_request` (5) means that the server must staple.
const TLS_FEATURE: &str = "1.3.6.1.5.5.7.1.24";

/// What a certificate says. Its names are foreign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Certificate {
    /// The subject, as RFC 4514 writes names: also the value of `tls_client_auth_subject_dn` (RFC 8705 2.1.2).
    pub subject: String,
    /// The issuer.
    pub issuer: String,
    /// The serial number in hexadecimal, as OpenSSL prints it.
    pub serial: String,
    /// Seconds since 1970.
    pub not_before: i64,
    /// Seconds since 1970.
    pub not_after: i64,
    /// Subject alternative names.
    pub names: AlternativeNames,
    /// The kind of its key.
    pub key: CertifiedKey,
    /// The algorithm that it is signed with, as OpenSSL names it.
    pub signature: String,
    /// Its key usages as RFC 5280 4.2.1.3 names them; `None` where it does not say.
    pub key_usage: Option<Vec<&'static str>>,
    /// Its extended key usages (RFC 5280 4.2.1.12); `None` where it does not say.
    pub extended_key_usage: Option<Vec<String>>,
    /// Whether it is that of a CA (basic constraints).
    pub ca: bool,
    /// Whether it is signed by its own key.
    pub self_signed: bool,
    /// Whether its server must staple an OCSP answer (RFC 7633).
    pub must_staple: bool,
    /// SHA-256 of the certificate in base64url, as `x5t#S256` has it (RFC 8705 3.1).
    pub thumbprint: String,
    /// SHA-256 of the certificate in hexadecimal pairs with colons, as OpenSSL prints it.
    pub fingerprint: String,
    /// SHA-256 of its public key in Base64, as pins have it (RFC 7469 2.4).
    pub key_pin: String,
}

/// Subject alternative names (RFC 5280 4.2.1.6), as the registration members `tls_client_auth_san_dns`, `_uri`, `_ip`
/// and `_email` have them (RFC 8705 2.1.2).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct AlternativeNames {
    /// Names of hosts.
    pub dns: Vec<String>,
    /// URIs.
    pub uri: Vec<String>,
    /// Addresses: dotted IPv4, or IPv6 as RFC 5952 writes it.
    pub ip: Vec<String>,
    /// Addresses of mail.
    pub email: Vec<String>,
}

/// Whether a certificate is meant for clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClientUse {
    /// `clientAuth` is among its extended key usages.
    Yes,
    /// `anyExtendedKeyUsage` is.
    Any,
    /// It does not say what it is for.
    Unsaid,
    /// It is for something else.
    No,
}

impl Certificate {
    /// Reads a DER document; `None` where it is no certificate, or something follows it.
    #[must_use]
    pub fn read(der: &[u8]) -> Option<Self> {
        match X509Certificate::from_der(der) {
            Ok(([], certificate)) => Some(Self::of(&certificate)),
            _ => None,
        }
    }

    /// The facts of a certificate that is parsed already.
    #[must_use]
    pub fn of(certificate: &X509Certificate<'_>) -> Self {
        let hash = digest(&SHA256, certificate.as_raw());
        let usage = certificate.key_usage().ok().flatten();
        let extended = certificate.extended_key_usage().ok().flatten();
        Self {
            subject: distinguished_name(certificate.subject()),
            issuer: distinguished_name(certificate.issuer()),
            serial: hex(certificate.raw_serial(), ""),
            not_before: certificate.validity().not_before.timestamp(),
            not_after: certificate.validity().not_after.timestamp(),
            names: AlternativeNames::of(certificate),
            key: CertifiedKey::of(certificate.public_key()),
            signature: signature::name(&certificate.signature_algorithm),
            key_usage: usage.map(|usage| key_usages(usage.value)),
            extended_key_usage: extended.map(|usage| extended_usages(usage.value)),
            ca: certificate.is_ca(),
            self_signed: chain::is_self_signed(certificate),
            must_staple: must_staple(certificate),
            thumbprint: base64url::encode(hash),
            fingerprint: hex(hash.as_ref(), ":"),
            key_pin: STANDARD.encode(digest(&SHA256, certificate.public_key().raw)),
        }
    }

    /// Whether it is meant for clients.
    #[must_use]
    pub fn client_use(&self) -> ClientUse {
        let Some(usages) = &self.extended_key_usage else {
            return ClientUse::Unsaid;
        };
        let has = |name: &str| usages.iter().any(|usage| usage == name);
        if has("clientAuth") {
            ClientUse::Yes
        } else if has("anyExtendedKeyUsage") {
            ClientUse::Any
        } else {
            ClientUse::No
        }
    }
}

impl AlternativeNames {
    fn of(certificate: &X509Certificate<'_>) -> Self {
        let mut names = Self::default();
        let Ok(Some(extension)) = certificate.subject_alternative_name() else {
            return names;
        };
        for name in &extension.value.general_names {
            let (list, text) = match name {
                GeneralName::DNSName(text) => (&mut names.dns, (*text).to_owned()),
                GeneralName::URI(text) => (&mut names.uri, (*text).to_owned()),
                GeneralName::RFC822Name(text) => (&mut names.email, (*text).to_owned()),
                GeneralName::IPAddress(bytes) => (&mut names.ip, address(bytes)),
                _ => continue,
            };
            if list.len() < MOST_NAMES {
                list.push(text);
            }
        }
        names
    }
}

fn address(bytes: &[u8]) -> String {
    if let Ok(bytes) = <[u8; 4]>::try_from(bytes) {
        Ipv4Addr::from(bytes).to_string()
    } else if let Ok(bytes) = <[u8; 16]>::try_from(bytes) {
        Ipv6Addr::from(bytes).to_string()
    } else {
        hex(bytes, ":")
    }
}

fn key_usages(usage: &KeyUsage) -> Vec<&'static str> {
    let all = [
        (usage.digital_signature(), "digitalSignature"),
        (usage.non_repudiation(), "nonRepudiation"),
        (usage.key_encipherment(), "keyEncipherment"),
        (usage.data_encipherment(), "dataEncipherment"),
        (usage.key_agreement(), "keyAgreement"),
        (usage.key_cert_sign(), "keyCertSign"),
        (usage.crl_sign(), "cRLSign"),
        (usage.encipher_only(), "encipherOnly"),
        (usage.decipher_only(), "decipherOnly"),
    ];
    let set = all.iter().filter(|(set, _)| *set);
    set.map(|(_, name)| *name).collect()
}

fn extended_usages(usage: &ExtendedKeyUsage<'_>) -> Vec<String> {
    let all = [
        (usage.client_auth, "clientAuth"),
        (usage.server_auth, "serverAuth"),
        (usage.any, "anyExtendedKeyUsage"),
        (usage.code_signing, "codeSigning"),
        (usage.email_protection, "emailProtection"),
        (usage.time_stamping, "timeStamping"),
        (usage.ocsp_signing, "OCSPSigning"),
    ];
    let named = all.iter().filter(|(set, _)| *set);
    let named = named.map(|(_, name)| (*name).to_owned());
    let others = usage.other.iter().take(MOST_NAMES);
    named
        .chain(others.map(x509_parser::der_parser::Oid::to_id_string))
        .collect()
}

/// The extension is a sequence of integers, of which 5 is `status_request`.
fn must_staple(certificate: &X509Certificate<'_>) -> bool {
    let mut extensions = certificate.extensions().iter();
    extensions
        .find(|extension| extension.oid.to_id_string() == TLS_FEATURE)
        .is_some_and(|extension| extension.value.windows(3).any(|part| part == [2, 1, 5]))
}

/// Upper-case hexadecimal, with this between the bytes.
fn hex(bytes: &[u8], between: &str) -> String {
    let pairs: Vec<String> = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
    pairs.join(between)
}
