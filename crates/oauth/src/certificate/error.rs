//! Why a certificate or its key cannot be read: what is wrong, on which line, and what helps.

use super::pem::PemError;
use std::fmt;
use thiserror::Error;
use x509_parser::prelude::{FromDer as _, X509Certificate};

/// Which of the two documents it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    /// That of the certificate.
    Certificate,
    /// That of the private key, where it has one of its own.
    Key,
}

impl Half {
    /// The word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Certificate => "certificate",
            Self::Key => "key",
        }
    }
}

/// A client certificate that cannot be used at all. No message holds key material.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateError {
    /// The document that it is about.
    pub half: Half,
    /// The line, from 1; none where it is about the document as a whole.
    pub line: Option<usize>,
    /// What is wrong.
    pub problem: Problem,
}

impl CertificateError {
    pub(super) const fn new(half: Half, line: Option<usize>, problem: Problem) -> Self {
        Self {
            half,
            line,
            problem,
        }
    }

    pub(super) fn of_pem(half: Half, error: PemError) -> Self {
        Self::new(half, error.line, error.problem)
    }
}

impl fmt::Display for CertificateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        line_first(f, self.line, &self.problem)
    }
}

impl std::error::Error for CertificateError {}

impl fmt::Display for PemError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        line_first(f, self.line, &self.problem)
    }
}

impl std::error::Error for PemError {}

fn line_first(f: &mut fmt::Formatter<'_>, line: Option<usize>, problem: &Problem) -> fmt::Result {
    if let Some(line) = line {
        write!(f, "line {line}: ")?;
    }
    write!(f, "{problem}")
}

/// What can be wrong with a document that should hold a certificate or a key. Labels are foreign text.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Problem {
    /// Nothing but white space.
    #[error("it is empty")]
    Empty,
    /// Two bytes a character, as some shells of Windows write files.
    #[error("it is UTF-16 text, and PEM is ASCII")]
    Utf16,
    /// No BEGIN line anywhere.
    #[error("it has no line -----BEGIN …-----, so it is not PEM")]
    NoBegin,
    /// A certificate in binary form.
    #[error("it is a certificate in binary form (DER), and PEM is expected")]
    DerCertificate,
    /// A private key in binary form.
    #[error("it is a private key in binary form (DER), and PEM is expected")]
    DerKey,
    /// Some other binary document.
    #[error("it begins with 0x30, so it is a binary document (DER), and PEM is expected")]
    Der,
    /// A PKCS#12 document.
    #[error("it is a PKCS#12 document (.p12, .pfx), and PEM is expected")]
    Pkcs12,
    /// A key store of Java.
    #[error("it is a Java key store, and PEM is expected")]
    JavaKeyStore,
    /// Something else stands on the BEGIN line.
    #[error("the BEGIN line continues after its label: the line breaks are lost")]
    OneLine,
    /// BEGIN without END.
    #[error("BEGIN {0} has no END line: the end of the document is missing")]
    NoEnd(String),
    /// END without BEGIN.
    #[error("END {0} has no BEGIN line: the start of the document is missing")]
    EndAlone(String),
    /// Another label at the end.
    #[error("BEGIN {label} is ended by END {ends}")]
    OtherEnd {
        /// Of the BEGIN line.
        label: String,
        /// Of the END line.
        ends: String,
    },
    /// Nothing between BEGIN and END.
    #[error("nothing between BEGIN {0} and its END")]
    EmptyBlock(String),
    /// A character that Base64 does not have.
    #[error("{0:?} is not a character of Base64")]
    Character(char),
    /// Base64 goes on behind its padding.
    #[error(
        "the Base64 continues after its padding: a line was repeated, or two documents were joined"
    )]
    AfterPadding,
    /// Not a multiple of four characters.
    #[error("the Base64 of {0} is cut off: lines or characters are missing")]
    Truncated(String),
    /// More blocks than a client has.
    #[error(
        "it has more than {} blocks: this looks like a bundle of CA certificates",
        super::pem::MOST_BLOCKS
    )]
    TooMany,
    /// The Base64 is right, and what it stands for is no certificate.
    #[error("the content of this CERTIFICATE is damaged: it is not an X.509 certificate")]
    NoX509,
    /// Only something else where a certificate should be.
    #[error("it has no certificate, but {0}")]
    NotACertificate(String),
    /// Only something else where a key should be.
    #[error("it has no private key, but {0}")]
    NotAKey(String),
    /// No key, where the certificate's document should hold it.
    #[error("the file has no private key beside the certificate, and no key was given")]
    KeyMissing,
    /// A key with a passphrase.
    #[error("the private key is encrypted with a passphrase, which jeton does not ask for")]
    Encrypted,
    /// A key of a kind that TLS cannot use here.
    #[error("the private key cannot be used: {0}")]
    UnusableKey(String),
}

impl Problem {
    /// What a document without a BEGIN line is.
    pub(super) fn of_binary(bytes: &[u8]) -> Self {
        match bytes {
            [0xfe, 0xed, 0xfe, 0xed, ..] => Self::JavaKeyStore,
            [0x30, ..] if X509Certificate::from_der(bytes).is_ok() => Self::DerCertificate,
            // SEQUENCE, then the version: 3 in PKCS#12 (RFC 7292 4), 0 or 1 in private keys (RFC 5958, 8017, 5915).
            [0x30, rest @ ..] => match after_length(rest) {
                [2, 1, 3, ..] => Self::Pkcs12,
                [2, 1, 0 | 1, ..] => Self::DerKey,
                _ => Self::Der,
            },
            _ => Self::NoBegin,
        }
    }

    /// What helps; none where the text says it already.
    #[must_use]
    pub fn remedy(&self) -> Option<&'static str> {
        Some(match self {
            Self::Empty | Self::NoBegin => {
                "a PEM file has lines such as -----BEGIN CERTIFICATE-----: is it the right file?"
            }
            Self::Utf16 => "save it as ASCII or UTF-8",
            Self::DerCertificate => "convert it: openssl x509 -inform DER -in FILE -out cert.pem",
            Self::DerKey => "convert it: openssl pkey -inform DER -in FILE -out key.pem",
            Self::Der => {
                "convert it: openssl x509 -inform DER (certificate), openssl pkey -inform DER (key) or openssl pkcs12 (.p12)"
            }
            Self::Pkcs12 => {
                "take it apart: openssl pkcs12 -in FILE -out client.pem -noenc; one file then holds certificate and key"
            }
            Self::JavaKeyStore => {
                "export it: keytool -importkeystore -srckeystore FILE -destkeystore client.p12 -deststoretype PKCS12, then openssl pkcs12 -in client.p12 -out client.pem -noenc"
            }
            Self::OneLine => {
                "restore the line breaks: BEGIN and END need lines of their own (the two characters \\n in an environment variable are not one)"
            }
            Self::NoEnd(_)
            | Self::EndAlone(_)
            | Self::Truncated(_)
            | Self::EmptyBlock(_)
            | Self::NoX509
            | Self::AfterPadding => "copy the file anew, whole",
            Self::OtherEnd { .. } | Self::Character(_) => {
                "the file was edited or damaged: copy it anew, without quotes or indentation marks"
            }
            Self::TooMany => {
                "the certificate of the client comes first, then its intermediates, and nothing else; CA certificates belong into --ca-file"
            }
            Self::NotACertificate(_) | Self::NotAKey(_) => {
                "are the certificate and the key swapped, or is it the file of the request (CSR)?"
            }
            Self::KeyMissing => {
                "name the file of the key, or put the key's PEM behind the certificate in the same file"
            }
            Self::Encrypted => {
                "decrypt it into a private file: umask 077; openssl pkey -in FILE -out key.pem"
            }
            Self::UnusableKey(_) => {
                "keys that work: RSA of at least 2048 bits, P-256, P-384, P-521, Ed25519; as PRIVATE KEY, RSA PRIVATE KEY or EC PRIVATE KEY (openssl pkey -in FILE -out key.pem)"
            }
        })
    }
}

/// What follows the length of a DER value; nothing where there is none.
fn after_length(bytes: &[u8]) -> &[u8] {
    let skipped = match bytes {
        [length @ 0x81..=0x84, ..] => 1 + usize::from(length & 0x7f),
        _ => 1,
    };
    bytes.get(skipped..).unwrap_or_default()
}
