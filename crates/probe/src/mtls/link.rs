//! A connection with TLS on it, moved by hand: what a library would hide behind one error is what a probe wants to tell.

use super::trouble::Trouble;
use crate::path::Stream;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection};
use std::io::{Read as _, Write as _};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::time::timeout;

/// No answer is read beyond this.
const LONGEST: usize = 16 * 1024;
/// What a record can hold, and a little more.
const BUFFER: usize = 17 * 1024;

/// A connection on its way.
pub(super) struct Link {
    pub(super) tls: ClientConnection,
    stream: Box<dyn Stream>,
    /// Whether anything has come.
    spoken: bool,
    /// What was read of an answer.
    answer: Vec<u8>,
    ended: bool,
}

impl Link {
    pub(super) fn new(
        config: Arc<ClientConfig>,
        name: ServerName<'static>,
        stream: Box<dyn Stream>,
    ) -> Result<Self, Trouble> {
        Ok(Self {
            tls: ClientConnection::new(config, name)?,
            stream,
            spoken: false,
            answer: Vec::new(),
            ended: false,
        })
    }

    /// Moves the handshake on until this holds, or until it is done.
    ///
    /// # Errors
    /// [`Trouble`]; what is known of the handshake by then stays known.
    pub(super) async fn until(
        &mut self,
        done: impl Fn(&ClientConnection) -> bool,
        limit: Duration,
    ) -> Result<(), Trouble> {
        let moving = async {
            while !done(&self.tls) && self.tls.is_handshaking() {
                self.turn().await?;
                if self.ended {
                    return Err(Trouble::Closed);
                }
            }
            // Our last message of the handshake.
            self.flush().await
        };
        timeout(limit, moving)
            .await
            .unwrap_or(Err(Trouble::Timeout))
    }

    /// Sends a request and reads the answer until `complete` holds of it, the server ends it, or it is long enough. An
    /// answer that does not end in time is what has come of it.
    ///
    /// # Errors
    /// [`Trouble`] where nothing came.
    pub(super) async fn ask(
        &mut self,
        request: &[u8],
        complete: impl Fn(&[u8]) -> bool,
        limit: Duration,
    ) -> Result<&[u8], Trouble> {
        let moving = async {
            self.tls.writer().write_all(request)?;
            while !self.ended && self.answer.len() < LONGEST && !complete(&self.answer) {
                self.turn().await?;
            }
            Ok(())
        };
        let result = timeout(limit, moving)
            .await
            .unwrap_or(Err(Trouble::Timeout));
        match result {
            Err(trouble) if self.answer.is_empty() => Err(trouble),
            Ok(()) if self.answer.is_empty() => Err(Trouble::Closed),
            _ => Ok(&self.answer),
        }
    }

    /// Says goodbye, as far as that takes no time.
    pub(super) async fn close(&mut self) {
        self.tls.send_close_notify();
        let _ = timeout(Duration::from_millis(200), self.flush()).await;
    }

    /// Writes what there is to write, then reads once.
    async fn turn(&mut self) -> Result<(), Trouble> {
        // The server may have closed its side and said why before it read everything: what it said is still to be read.
        let written = self.flush().await;
        let mut buffer = [0; BUFFER];
        let read = match (self.stream.read(&mut buffer).await, written) {
            (Ok(0) | Err(_), Err(trouble)) => return Err(trouble),
            (Ok(read), _) => read,
            (Err(error), Ok(())) => return Err(error.into()),
        };
        if read == 0 {
            self.ended = true;
            return Ok(());
        }
        if !self.spoken {
            self.spoken = true;
            // Records of TLS begin with 20 to 23 (RFC 8446 5.1).
            if !(20..=23).contains(&buffer[0]) {
                return Err(Trouble::of_first_bytes(&buffer[..read]));
            }
        }
        self.take(&buffer[..read]).await
    }

    async fn take(&mut self, mut bytes: &[u8]) -> Result<(), Trouble> {
        while !bytes.is_empty() {
            self.tls.read_tls(&mut bytes)?;
            let state = match self.tls.process_new_packets() {
                Ok(state) => state,
                Err(error) => {
                    // Our alert, which tells the server why.
                    let _ = self.flush().await;
                    return Err(error.into());
                }
            };
            self.drain();
            self.ended |= state.peer_has_closed();
        }
        Ok(())
    }

    fn drain(&mut self) {
        let mut buffer = [0; 4096];
        while let Ok(read @ 1..) = self.tls.reader().read(&mut buffer) {
            let room = LONGEST.saturating_sub(self.answer.len());
            self.answer.extend_from_slice(&buffer[..read.min(room)]);
        }
    }

    async fn flush(&mut self) -> Result<(), Trouble> {
        while self.tls.wants_write() {
            let mut bytes = Vec::new();
            self.tls.write_tls(&mut bytes)?;
            self.stream.write_all(&bytes).await?;
        }
        self.stream.flush().await?;
        Ok(())
    }
}
