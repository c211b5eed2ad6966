//! Whether one certificate is issued by another.

use super::signature;
use x509_parser::certificate::X509Certificate;

/// Whether the second is the issuer of the first: by name, and by signature where the algorithm is known. Whether it
/// may issue, and whether anyone trusts it, is not asked.
#[must_use]
pub fn is_issued_by(certificate: &X509Certificate<'_>, issuer: &X509Certificate<'_>) -> bool {
    certificate.issuer().as_raw() == issuer.subject().as_raw()
        && signature::is_by(certificate, issuer.public_key()).unwrap_or(true)
}

/// Whether it is its own issuer.
pub(super) fn is_self_signed(certificate: &X509Certificate<'_>) -> bool {
    is_issued_by(certificate, certificate)
}
