//! The algorithm of a certificate's signature, and whether a key made it.

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1, ECDSA_P256_SHA384_ASN1, ECDSA_P384_SHA256_ASN1, ECDSA_P384_SHA384_ASN1,
    ECDSA_P521_SHA256_ASN1, ECDSA_P521_SHA384_ASN1, ECDSA_P521_SHA512_ASN1, ED25519,
    RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY, RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY,
    RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY, RSA_PKCS1_2048_8192_SHA384,
    RSA_PSS_2048_8192_SHA256, RSA_PSS_2048_8192_SHA384, RSA_PSS_2048_8192_SHA512,
    UnparsedPublicKey, VerificationAlgorithm,
};
use x509_parser::certificate::X509Certificate;
use x509_parser::signature_algorithm::RsaSsaPssParams;
use x509_parser::x509::{AlgorithmIdentifier, SubjectPublicKeyInfo};

/// Algorithms by object identifier, under the names that OpenSSL prints.
const NAMES: [(&str, &str); 16] = [
    ("1.2.840.113549.1.1.2", "md2WithRSAEncryption"),
    ("1.2.840.113549.1.1.4", "md5WithRSAEncryption"),
    ("1.2.840.113549.1.1.5", "sha1WithRSAEncryption"),
    ("1.2.840.113549.1.1.14", "sha224WithRSAEncryption"),
    ("1.2.840.113549.1.1.11", "sha256WithRSAEncryption"),
    ("1.2.840.113549.1.1.12", "sha384WithRSAEncryption"),
    ("1.2.840.113549.1.1.13", "sha512WithRSAEncryption"),
    ("1.2.840.113549.1.1.10", "rsassaPss"),
    ("1.2.840.10045.4.1", "ecdsa-with-SHA1"),
    ("1.2.840.10045.4.3.1", "ecdsa-with-SHA224"),
    ("1.2.840.10045.4.3.2", "ecdsa-with-SHA256"),
    ("1.2.840.10045.4.3.3", "ecdsa-with-SHA384"),
    ("1.2.840.10045.4.3.4", "ecdsa-with-SHA512"),
    ("1.2.840.10040.4.3", "dsaWithSHA1"),
    ("1.3.101.112", "ED25519"),
    ("1.3.101.113", "ED448"),
];

/// The name of an algorithm; its number where it has none here.
pub(super) fn name(algorithm: &AlgorithmIdentifier<'_>) -> String {
    let number = algorithm.algorithm.to_id_string();
    let known = NAMES.iter().find(|(known, _)| *known == number);
    known.map_or(number, |(_, name)| (*name).to_owned())
}

/// The hash of a signature algorithm ([`Certificate::signature`](super::Certificate::signature)), where it can be forged:
/// MD2, MD5 or SHA-1.
#[must_use]
pub fn weak_hash(algorithm: &str) -> Option<&'static str> {
    let name = algorithm.to_ascii_lowercase();
    if name.starts_with("md") {
        Some("MD5")
    } else if name.contains("sha1") {
        Some("SHA-1")
    } else {
        None
    }
}

/// Whether this key made the signature of this certificate; `None` where the algorithm is none that is known here.
pub(super) fn is_by(
    certificate: &X509Certificate<'_>,
    key: &SubjectPublicKeyInfo<'_>,
) -> Option<bool> {
    let algorithm = verifier(&certificate.signature_algorithm, key)?;
    let key = UnparsedPublicKey::new(algorithm, &key.subject_public_key.data);
    let signed = certificate.tbs_certificate.as_ref();
    Some(
        key.verify(signed, &certificate.signature_value.data)
            .is_ok(),
    )
}

fn verifier(
    signature: &AlgorithmIdentifier<'_>,
    key: &SubjectPublicKeyInfo<'_>,
) -> Option<&'static dyn VerificationAlgorithm> {
    Some(match name(signature).as_str() {
        "sha1WithRSAEncryption" => &RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY,
        "sha256WithRSAEncryption" => &RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY,
        "sha384WithRSAEncryption" => &RSA_PKCS1_2048_8192_SHA384,
        "sha512WithRSAEncryption" => &RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY,
        "rsassaPss" => {
            let parameters = signature.parameters.as_ref()?;
            let parameters = RsaSsaPssParams::try_from(parameters).ok()?;
            let hash = parameters.hash_algorithm_oid().to_id_string();
            // Salts of another length than the hash are allowed (RFC 4055 3.1), and the provider checks none.
            match (hash.as_str(), parameters.salt_length()) {
                ("2.16.840.1.101.3.4.2.1", 32) => &RSA_PSS_2048_8192_SHA256,
                ("2.16.840.1.101.3.4.2.2", 48) => &RSA_PSS_2048_8192_SHA384,
                ("2.16.840.1.101.3.4.2.3", 64) => &RSA_PSS_2048_8192_SHA512,
                _ => return None,
            }
        }
        "ED25519" => &ED25519,
        name => match (super::keys::curve(key).as_deref()?, name) {
            ("P-256", "ecdsa-with-SHA256") => &ECDSA_P256_SHA256_ASN1,
            ("P-256", "ecdsa-with-SHA384") => &ECDSA_P256_SHA384_ASN1,
            ("P-384", "ecdsa-with-SHA256") => &ECDSA_P384_SHA256_ASN1,
            ("P-384", "ecdsa-with-SHA384") => &ECDSA_P384_SHA384_ASN1,
            ("P-521", "ecdsa-with-SHA256") => &ECDSA_P521_SHA256_ASN1,
            ("P-521", "ecdsa-with-SHA384") => &ECDSA_P521_SHA384_ASN1,
            ("P-521", "ecdsa-with-SHA512") => &ECDSA_P521_SHA512_ASN1,
            _ => return None,
        },
    })
}
