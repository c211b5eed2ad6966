//! Whether one certificate is issued by another.

use super::signature;
use x509_parser::certificate::X509Certificate;

/// Whether the second is the issuer of the first: by name, and by signature where the algorithm is known. Whether it
/// may issue, and whether anyone trusts it, is not asked.
#[must_use]
pub fn is_issued_by(certificate: &X509Certificate<'_>, issuer: &X509Certificate<'_>) -> bool {
    broken_link(certificate, issuer).is_none()
}

/// What the second has not done to the first: `issued` where the names differ, `signed` where the signature is that of
/// another key.
#[must_use]
pub fn broken_link(
    certificate: &X509Certificate<'_>,
    issuer: &X509Certificate<'_>,
) -> Option<&'static str> {
    if certificate.issuer().as_raw() != issuer.subject().as_raw() {
        Some("issued")
    } else if signature::is_by(certificate, issuer.public_key()) == Some(false) {
        Some("signed")
    } else {
        None
    }
}

/// Whether it is its own issuer.
pub(super) fn is_self_signed(certificate: &X509Certificate<'_>) -> bool {
    is_issued_by(certificate, certificate)
}
