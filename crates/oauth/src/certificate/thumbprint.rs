//! The first certificate of a document, without the rest of it.

use super::error::{CertificateError, Half, Problem};
use super::pem::{self, Block};
use super::{Certificate, client};
use crate::base64url;
use aws_lc_rs::digest::{SHA256, digest};

/// SHA-256 of the first certificate of a PEM document in base64url (RFC 8705 3.1). Nothing else of it is looked at: this
/// is what a client asks for each time before it knows whether anything else is needed.
///
/// # Errors
/// [`CertificateError`] where the document is no PEM, or has no certificate.
pub fn thumbprint(document: &[u8]) -> Result<String, CertificateError> {
    let block = first(document)?;
    Ok(base64url::encode(digest(&SHA256, &block.der)))
}

/// What the first certificate of a PEM document says.
///
/// # Errors
/// As [`thumbprint`], and where it is damaged.
pub fn read_first(document: &[u8]) -> Result<Certificate, CertificateError> {
    let block = first(document)?;
    Certificate::read(&block.der)
        .ok_or_else(|| CertificateError::new(Half::Certificate, Some(block.line), Problem::NoX509))
}

fn first(document: &[u8]) -> Result<Block, CertificateError> {
    let blocks =
        pem::read(document).map_err(|error| CertificateError::of_pem(Half::Certificate, error))?;
    let missing = blocks.first().map(client::not_a_certificate);
    let mut blocks = blocks.into_iter();
    match (blocks.find(client::is_certificate), missing) {
        (Some(block), _) => Ok(block),
        (None, Some(error)) => Err(error),
        // A document without a block is an error already.
        (None, None) => Err(CertificateError::new(
            Half::Certificate,
            None,
            Problem::Empty,
        )),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::{read_first, thumbprint};
    use crate::certificate::ClientCertificate;
    use rcgen::{CertificateParams, KeyPair};

    fn document() -> (String, String) {
        let key = KeyPair::generate().unwrap();
        let certificate = CertificateParams::new(Vec::new()).unwrap();
        let certificate = certificate.self_signed(&key).unwrap().pem();
        (certificate, key.serialize_pem())
    }

    #[test]
    fn client_39_the_thumbprint_is_that_of_the_whole_reading() {
        let (certificate, key) = document();
        let whole = ClientCertificate::from_pem(certificate.as_bytes(), Some(key.as_bytes()));
        let whole = whole.unwrap();
        // The key may stand before it.
        for document in [certificate.clone(), format!("{key}\n{certificate}")] {
            assert_eq!(thumbprint(document.as_bytes()).unwrap(), whole.thumbprint());
            assert_eq!(&read_first(document.as_bytes()).unwrap(), whole.facts());
        }
    }

    #[test]
    fn what_holds_none_is_told_as_by_the_whole_reading() {
        let (certificate, key) = document();
        let cut = certificate.replace("-----END", "----END");
        for document in ["", "x", &key, &cut] {
            let whole = ClientCertificate::from_pem(document.as_bytes(), None).unwrap_err();
            assert_eq!(thumbprint(document.as_bytes()).unwrap_err(), whole);
            assert_eq!(read_first(document.as_bytes()).unwrap_err(), whole);
        }
        let damaged = "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n";
        assert!(thumbprint(damaged.as_bytes()).is_ok());
        assert_eq!(read_first(damaged.as_bytes()).unwrap_err().line, Some(1));
    }
}
