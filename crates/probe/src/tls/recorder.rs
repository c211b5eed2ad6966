//! A verifier that records what a server presents, and what the platform's verifier says of it.

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{DigitallySignedStruct, Error, SignatureScheme};
use std::sync::{Arc, Mutex, PoisonError};

/// What a server presented.
#[derive(Debug)]
pub(crate) struct Recorded {
    /// The certificates, its own first, in DER.
    pub(crate) chain: Vec<Vec<u8>>,
    /// The stapled OCSP response; empty where there is none.
    pub(crate) ocsp_response: Vec<u8>,
    /// Whether the platform's verifier trusts it.
    pub(crate) verdict: Result<(), Error>,
}

/// What happens to a handshake whose chain the platform's verifier refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// It fails, as on every other connection of jeton.
    Enforce,
    /// It continues, so that the rest of it can be seen.
    Observe,
}

/// The verifier. Signatures of the handshake are checked in both modes.
#[derive(Debug)]
pub(crate) struct Recorder {
    verifier: Arc<dyn ServerCertVerifier>,
    mode: Mode,
    recorded: Mutex<Option<Recorded>>,
}

impl Recorder {
    /// Refuses what `verifier` refuses.
    pub(crate) fn enforcing(verifier: Arc<dyn ServerCertVerifier>) -> Arc<Self> {
        Arc::new(Self::new(verifier, Mode::Enforce))
    }

    /// Accepts every chain. Only [`Observer`](super::Observer) makes one, and no connection leaves it.
    pub(super) fn observing(verifier: Arc<dyn ServerCertVerifier>) -> Arc<Self> {
        Arc::new(Self::new(verifier, Mode::Observe))
    }

    const fn new(verifier: Arc<dyn ServerCertVerifier>, mode: Mode) -> Self {
        Self {
            verifier,
            mode,
            recorded: Mutex::new(None),
        }
    }

    /// What was presented since the last call; `None` where no handshake came so far.
    pub(crate) fn take(&self) -> Option<Recorded> {
        self.slot().take()
    }

    fn slot(&self) -> std::sync::MutexGuard<'_, Option<Recorded>> {
        self.recorded.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ServerCertVerifier for Recorder {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let verdict = self.verifier.verify_server_cert(
            end_entity,
            intermediates,
            server_name,
            ocsp_response,
            now,
        );
        let chain = std::iter::once(end_entity).chain(intermediates);
        *self.slot() = Some(Recorded {
            chain: chain.map(|certificate| certificate.to_vec()).collect(),
            ocsp_response: ocsp_response.to_vec(),
            verdict: verdict.as_ref().map(|_| ()).map_err(Clone::clone),
        });
        match self.mode {
            Mode::Enforce => verdict,
            Mode::Observe => Ok(ServerCertVerified::assertion()),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.verifier
            .verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.verifier
            .verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.verifier.supported_verify_schemes()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use rustls::CertificateError;
    use std::time::Duration;

    /// Trusts nobody.
    #[derive(Debug)]
    struct Refusing;

    impl ServerCertVerifier for Refusing {
        fn verify_server_cert(
            &self,
            _: &CertificateDer<'_>,
            _: &[CertificateDer<'_>],
            _: &ServerName<'_>,
            _: &[u8],
            _: UnixTime,
        ) -> Result<ServerCertVerified, Error> {
            Err(CertificateError::UnknownIssuer.into())
        }

        fn verify_tls12_signature(
            &self,
            _: &[u8],
            _: &CertificateDer<'_>,
            _: &DigitallySignedStruct,
        ) -> Result<HandshakeSignatureValid, Error> {
            Err(CertificateError::BadSignature.into())
        }

        fn verify_tls13_signature(
            &self,
            _: &[u8],
            _: &CertificateDer<'_>,
            _: &DigitallySignedStruct,
        ) -> Result<HandshakeSignatureValid, Error> {
            Err(CertificateError::BadSignature.into())
        }

        fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
            Vec::new()
        }
    }

    fn verify(recorder: &Recorder) -> Result<ServerCertVerified, Error> {
        recorder.verify_server_cert(
            &CertificateDer::from(vec![1]),
            &[CertificateDer::from(vec![2])],
            &ServerName::try_from("as.example").unwrap(),
            &[3],
            UnixTime::since_unix_epoch(Duration::ZERO),
        )
    }

    #[test]
    fn a_chain_is_recorded_in_both_modes_and_accepted_in_one() {
        let refusing = || Arc::new(Refusing) as Arc<dyn ServerCertVerifier>;
        let enforcing = Recorder::enforcing(refusing());
        let observing = Recorder::observing(refusing());
        let unknown: Error = CertificateError::UnknownIssuer.into();
        assert_eq!(verify(&enforcing).unwrap_err(), unknown);
        assert!(verify(&observing).is_ok());
        for recorder in [enforcing, observing] {
            let recorded = recorder.take().unwrap();
            assert_eq!(recorded.chain, [vec![1], vec![2]]);
            assert_eq!(recorded.ocsp_response, [3]);
            assert_eq!(recorded.verdict.unwrap_err(), unknown);
            assert!(recorder.take().is_none());
        }
    }
}
