//! At which step a request of reqwest failed, in the words of the innermost cause.

use super::tls;
use crate::resolve::ResolveError;
use crate::transport::{NetworkKind, TransportError};

/// A name without an address.
impl From<ResolveError> for TransportError {
    fn from(error: ResolveError) -> Self {
        Self::Network {
            kind: NetworkKind::Dns(error.failure),
            cause: error.message,
        }
    }
}

/// Sorts a failure by the step at which it happened; `presented`: whether the request had a client certificate.
pub(super) fn failure(error: &reqwest::Error, presented: bool) -> TransportError {
    let cause = innermost(error);
    if is_no_http(error) {
        return TransportError::NotHttp(cause.to_string());
    }
    let kind = if let Some(tls) = cause.downcast_ref::<rustls::Error>() {
        tls_kind(tls, presented)
    } else if error.is_timeout() {
        NetworkKind::Timeout
    } else if error.is_connect() {
        NetworkKind::Connect
    } else {
        NetworkKind::Broken
    };
    let cause = match (kind, cause.downcast_ref::<rustls::Error>()) {
        (_, Some(rustls::Error::InvalidCertificate(why))) => tls::words(why),
        (NetworkKind::NotTls, _) => "its answer is not TLS (plain HTTP on this port?)".to_owned(),
        (NetworkKind::Connect, None) if is_closed(error) => {
            "the connection was closed during the TLS handshake".to_owned()
        }
        _ => words(cause),
    };
    TransportError::Network { kind, cause }
}

/// Whether the other side has ended the connection: before a request is sent, that is in a handshake.
fn is_closed(error: &(dyn std::error::Error + 'static)) -> bool {
    std::iter::successors(Some(error), |error| error.source())
        .filter_map(|error| error.downcast_ref::<std::io::Error>())
        .any(|error| error.kind() == std::io::ErrorKind::UnexpectedEof)
}

/// An error as text, without the number that the system has for it.
pub(super) fn words(error: &dyn std::error::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error ").next().unwrap_or_default();
    text.to_owned()
}

/// What a failed handshake means; `presented`: whether the request had a client certificate.
const fn tls_kind(error: &rustls::Error, presented: bool) -> NetworkKind {
    use rustls::AlertDescription::HandshakeFailure;
    match error {
        rustls::Error::InvalidCertificate(why) => {
            return NetworkKind::Untrusted(tls::distrust(why));
        }
        rustls::Error::InvalidMessage(_) => return NetworkKind::NotTls,
        _ => {}
    }
    match (is_about_our_certificate(error, presented), presented) {
        (true, true) => NetworkKind::CertificateRefused,
        (true, false) => NetworkKind::CertificateWanted,
        (false, _) if matches!(error, rustls::Error::AlertReceived(HandshakeFailure)) => {
            NetworkKind::TlsRejected
        }
        (false, _) => NetworkKind::Tls,
    }
}

/// Whether this is how a server objects to what we presented, or to our presenting nothing (RFC 8446 section 6.2). In TLS 1.2
/// some say `handshake_failure` instead, which means other things too. A signature that does not verify is that of the
/// certificate, where one was presented: as when a self-signed one was renewed under its old name.
const fn is_about_our_certificate(error: &rustls::Error, presented: bool) -> bool {
    use rustls::AlertDescription as Alert;
    if let rustls::Error::AlertReceived(Alert::DecryptError) = error {
        return presented;
    }
    matches!(
        error,
        rustls::Error::AlertReceived(
            Alert::CertificateRequired
                | Alert::NoCertificate
                | Alert::BadCertificate
                | Alert::UnsupportedCertificate
                | Alert::CertificateRevoked
                | Alert::CertificateExpired
                | Alert::CertificateUnknown
                | Alert::UnknownCA
                | Alert::AccessDenied
        )
    )
}

/// Whether the response is no HTTP: the connection is sound, and another attempt would bring the same.
fn is_no_http(error: &(dyn std::error::Error + 'static)) -> bool {
    std::iter::successors(Some(error), |error| error.source())
        .filter_map(|error| error.downcast_ref::<hyper::Error>())
        .any(hyper::Error::is_parse)
}

/// The end of a chain of causes. An I/O error passes over the error that it wraps when it is asked for its source, and
/// TLS libraries wrap theirs more than once.
fn innermost<'a>(
    error: &'a (dyn std::error::Error + 'static),
) -> &'a (dyn std::error::Error + 'static) {
    if error.is::<rustls::Error>() {
        return error;
    }
    let wrapped = error
        .downcast_ref::<std::io::Error>()
        .and_then(std::io::Error::get_ref)
        .map(|wrapped| wrapped as &'a (dyn std::error::Error + 'static));
    wrapped.or_else(|| error.source()).map_or(error, innermost)
}

#[cfg(test)]
mod tests {
    use super::{innermost, tls_kind};
    use crate::transport::NetworkKind;
    use rustls::AlertDescription as Alert;
    use std::io;

    #[test]
    fn what_an_alert_of_the_server_means() {
        for (alert, without, with) in [
            (
                Alert::CertificateRequired,
                NetworkKind::CertificateWanted,
                NetworkKind::CertificateRefused,
            ),
            (
                Alert::DecryptError,
                NetworkKind::Tls,
                NetworkKind::CertificateRefused,
            ),
            (
                Alert::HandshakeFailure,
                NetworkKind::TlsRejected,
                NetworkKind::TlsRejected,
            ),
            (Alert::InternalError, NetworkKind::Tls, NetworkKind::Tls),
        ] {
            let error = rustls::Error::AlertReceived(alert);
            assert_eq!(tls_kind(&error, false), without, "{alert:?}");
            assert_eq!(tls_kind(&error, true), with, "{alert:?}");
        }
    }

    /// The shape in which a certificate that is not trusted arrives.
    #[test]
    fn a_cause_is_found_in_errors_within_errors() {
        let certificate = rustls::CertificateError::UnknownIssuer;
        let error = io::Error::other(io::Error::other(rustls::Error::from(certificate)));
        assert!(innermost(&error).is::<rustls::Error>());
        let refused = io::Error::from(io::ErrorKind::ConnectionRefused);
        assert_eq!(innermost(&refused).to_string(), "connection refused");
    }
}
