//! A TLS connection that is driven by hand, so that each step of the handshake can be seen.

use super::TlsFailure;
use crate::stream::Stream;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection};
use std::io::{Read as _, Write as _};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::time::timeout;

/// No response is read beyond this.
const MAX_RESPONSE: usize = 16 * 1024;
/// One record, with its header and what encryption adds (RFC 8446 5.2).
const BUFFER: usize = 17 * 1024;
/// How long the last message may take: the other side may be gone already.
const CLOSE_TIME: Duration = Duration::from_millis(200);

/// A connection, before, during or after its handshake.
pub(crate) struct TlsConnection {
    tls: ClientConnection,
    stream: Box<dyn Stream>,
    /// The first bytes of the server, until they show whether it speaks TLS.
    first_bytes: Option<Vec<u8>>,
    /// What was read of a response.
    response: Vec<u8>,
    ended: bool,
}

impl TlsConnection {
    /// A connection on which nothing was sent yet.
    ///
    /// # Errors
    /// [`TlsFailure`] where the configuration does not suit the name.
    pub(crate) fn new(
        config: Arc<ClientConfig>,
        name: ServerName<'static>,
        stream: Box<dyn Stream>,
    ) -> Result<Self, TlsFailure> {
        Ok(Self {
            tls: ClientConnection::new(config, name)?,
            stream,
            first_bytes: Some(Vec::new()),
            response: Vec::new(),
            ended: false,
        })
    }

    /// What the TLS library knows of it.
    pub(crate) const fn tls(&self) -> &ClientConnection {
        &self.tls
    }

    /// Continues the handshake until `enough` holds or it is done.
    ///
    /// # Errors
    /// [`TlsFailure`]; what is known of the handshake by then stays known.
    pub(crate) async fn handshake(
        &mut self,
        enough: impl Fn(&ClientConnection) -> bool,
        limit: Duration,
    ) -> Result<(), TlsFailure> {
        let driving = async {
            while !enough(&self.tls) && self.tls.is_handshaking() {
                self.step().await?;
                if self.ended {
                    return Err(TlsFailure::Closed);
                }
            }
            // The client's last message of the handshake.
            self.flush().await
        };
        let result = timeout(limit, driving).await;
        result.unwrap_or_else(|_| Err(self.timed_out()))
    }

    /// Sends a request and reads the response until `complete` holds of it, the server ends it, or it is too long. A
    /// response that does not end in time is returned as far as it came.
    ///
    /// # Errors
    /// [`TlsFailure`] where nothing came.
    pub(crate) async fn request(
        &mut self,
        request: &[u8],
        complete: impl Fn(&[u8]) -> bool,
        limit: Duration,
    ) -> Result<&[u8], TlsFailure> {
        let driving = async {
            self.tls.writer().write_all(request)?;
            while !self.ended && self.response.len() < MAX_RESPONSE && !complete(&self.response) {
                self.step().await?;
            }
            Ok(())
        };
        let result = timeout(limit, driving).await;
        match result.unwrap_or(Err(TlsFailure::Timeout)) {
            Err(failure) if self.response.is_empty() => Err(failure),
            Ok(()) if self.response.is_empty() => Err(TlsFailure::Closed),
            _ => Ok(&self.response),
        }
    }

    /// Ends the connection, without waiting for the other side.
    pub(crate) async fn close(&mut self) {
        self.tls.send_close_notify();
        let _ = timeout(CLOSE_TIME, self.flush()).await;
    }

    /// Writes what there is to write, then reads once.
    async fn step(&mut self) -> Result<(), TlsFailure> {
        // The server may have said why before it closed its side without reading everything: that is still to be read.
        let written = self.flush().await;
        let mut buffer = [0; BUFFER];
        let count = match (self.stream.read(&mut buffer).await, written) {
            (Ok(0) | Err(_), Err(failure)) => return Err(failure),
            (Ok(count), _) => count,
            (Err(error), Ok(())) => return Err(error.into()),
        };
        self.ended |= count == 0;
        let Some(mut bytes) = self.first_bytes.take() else {
            return self.read(&buffer[..count]).await;
        };
        bytes.extend_from_slice(&buffer[..count]);
        if bytes.is_empty() {
            return Ok(());
        }
        match TlsFailure::of_first_bytes(&bytes, self.ended) {
            Some(Err(failure)) => Err(failure),
            Some(Ok(())) => self.read(&bytes).await,
            None => {
                self.first_bytes = Some(bytes);
                Ok(())
            }
        }
    }

    fn timed_out(&self) -> TlsFailure {
        let first_bytes = self.first_bytes.as_deref().unwrap_or_default();
        match TlsFailure::of_first_bytes(first_bytes, true) {
            Some(Err(failure)) => failure,
            _ => TlsFailure::Timeout,
        }
    }

    async fn read(&mut self, mut bytes: &[u8]) -> Result<(), TlsFailure> {
        while !bytes.is_empty() {
            self.tls.read_tls(&mut bytes)?;
            let state = match self.tls.process_new_packets() {
                Ok(state) => state,
                Err(error) => {
                    // The client's alert, which tells the server why.
                    let _ = self.flush().await;
                    return Err(error.into());
                }
            };
            self.collect();
            self.ended |= state.peer_has_closed();
        }
        Ok(())
    }

    /// Keeps the decrypted bytes, as far as there is room.
    fn collect(&mut self) {
        let mut buffer = [0; 4096];
        while let Ok(count @ 1..) = self.tls.reader().read(&mut buffer) {
            let room = MAX_RESPONSE.saturating_sub(self.response.len());
            self.response.extend_from_slice(&buffer[..count.min(room)]);
        }
    }

    async fn flush(&mut self) -> Result<(), TlsFailure> {
        while self.tls.wants_write() {
            let mut bytes = Vec::new();
            self.tls.write_tls(&mut bytes)?;
            self.stream.write_all(&bytes).await?;
        }
        self.stream.flush().await?;
        Ok(())
    }
}
