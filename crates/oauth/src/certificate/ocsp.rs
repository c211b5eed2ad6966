//! What a server staples to its certificate: an answer of the CA about its revocation (RFC 6960 4.2.1). Its signature is
//! not checked here.

use serde::Serialize;
use x509_parser::asn1_rs::{Any, Class, FromDer as _};
use x509_parser::time::ASN1Time;

/// `id-pkix-ocsp-basic`.
const BASIC: &str = "1.3.6.1.5.5.7.48.1.1";

/// What is said of a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum OcspStatus {
    /// Not revoked.
    Good,
    /// Revoked.
    Revoked,
    /// The CA does not know it.
    Unknown,
}

impl OcspStatus {
    /// The word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Revoked => "revoked",
            Self::Unknown => "unknown",
        }
    }
}

/// An answer about one certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OcspAnswer {
    /// What is said.
    pub status: OcspStatus,
    /// The serial number of the certificate that it is about, in hexadecimal.
    pub serial: String,
    /// Since when this is known, in seconds since 1970.
    pub this_update: i64,
    /// When there will be news, in seconds since 1970.
    pub next_update: Option<i64>,
}

impl OcspAnswer {
    /// Reads the first answer of a response; `None` where it is an error message, no basic response, or damaged.
    #[must_use]
    pub fn read(der: &[u8]) -> Option<Self> {
        let mut response = Values::inside(der)?;
        // OCSPResponseStatus: only `successful` (0) has an answer.
        if response.next()?.data != [0] {
            return None;
        }
        let mut bytes = Values(Values(response.context(0)?).next()?.data);
        if bytes.next()?.oid().ok()?.to_id_string() != BASIC {
            return None;
        }
        let mut basic = Values::inside(bytes.next()?.data)?;
        let mut data = Values(basic.next()?.data);
        // ResponseData: version [0] where it is not the first, responderID [1] or [2], producedAt, responses.
        let mut first = data.next()?;
        if first.class() == Class::ContextSpecific && first.tag().0 == 0 {
            first = data.next()?;
        }
        if first.class() != Class::ContextSpecific {
            return None;
        }
        let _produced_at = data.next()?;
        let mut single = Values(Values(data.next()?.data).next()?.data);
        let mut id = Values(single.next()?.data);
        let serial = id.nth(3)?.data;
        let status = match single.next()?.tag().0 {
            0 => OcspStatus::Good,
            1 => OcspStatus::Revoked,
            2 => OcspStatus::Unknown,
            _ => return None,
        };
        let (_, this_update) = ASN1Time::from_der(single.0).ok()?;
        single.next()?;
        let next_update = single.context(0).and_then(|inner| {
            let (_, time) = ASN1Time::from_der(inner).ok()?;
            Some(time.timestamp())
        });
        Some(Self {
            status,
            serial: serial.iter().map(|byte| format!("{byte:02X}")).collect(),
            this_update: this_update.timestamp(),
            next_update,
        })
    }
}

/// DER values, one behind the other.
struct Values<'a>(&'a [u8]);

impl<'a> Values<'a> {
    /// Those inside the value that these bytes are.
    fn inside(der: &'a [u8]) -> Option<Self> {
        Values(der).next().map(|outer| Self(outer.data))
    }

    /// What is inside the next value, where that has this context tag.
    fn context(&mut self, tag: u32) -> Option<&'a [u8]> {
        let next = self.next()?;
        let fits = next.class() == Class::ContextSpecific && next.tag().0 == tag;
        fits.then_some(next.data)
    }
}

impl<'a> Iterator for Values<'a> {
    type Item = Any<'a>;

    fn next(&mut self) -> Option<Any<'a>> {
        let (rest, value) = Any::from_der(self.0).ok()?;
        self.0 = rest;
        Some(value)
    }
}
