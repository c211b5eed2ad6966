//! TLS 1.1 and 1.0 (RFC 4346, RFC 2246), which nothing here speaks and nobody should (RFC 8996): a ClientHello is sent, and
//! the first bytes of the response show whether the server would continue. Nothing else is sent or read.

use super::connector::Connector;
use crate::tls::{TlsFailure, names};
use jeton_client::{Clock, Random as _, System};
use rustls::AlertDescription;
use std::net::IpAddr;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::time::timeout;

/// The suites of that time: ECDHE and RSA, with AES and 3DES in CBC; then the signal that renegotiation is safe (RFC 5746).
const SUITES: [u16; 8] = [
    0xc00a, 0xc014, 0xc009, 0xc013, 0x0035, 0x002f, 0x000a, 0x00ff,
];
/// Header of the record, header of the message, version: no more is looked at.
const ENOUGH: usize = 11;

/// A version that servers should no longer accept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegacyVersion {
    /// `TLS 1.1` or `TLS 1.0`.
    pub name: &'static str,
    /// Whether the server would continue with it; `None` where that is not known.
    pub accepted: Option<bool>,
    /// How it refused, or why that is not known.
    pub failure: Option<TlsFailure>,
}

/// Offers each of them on a connection.
pub(super) async fn observe(
    connector: &mut Connector<'_>,
    host: &str,
    clock: &dyn Clock,
) -> Vec<LegacyVersion> {
    let mut versions = Vec::new();
    for (name, number) in [("TLS 1.1", 0x0302), ("TLS 1.0", 0x0301)] {
        let chosen = offer(connector, host, number, clock).await;
        let (accepted, failure) = match chosen {
            Ok(chosen) => (Some(chosen == number), None),
            Err(failure @ (TlsFailure::Alert(_) | TlsFailure::Closed | TlsFailure::Tls(_))) => {
                (Some(false), Some(failure))
            }
            Err(failure) => (None, Some(failure)),
        };
        versions.push(LegacyVersion {
            name,
            accepted,
            failure,
        });
    }
    versions
}

/// The version that the server chooses when this one is the newest.
async fn offer(
    connector: &mut Connector<'_>,
    host: &str,
    version: u16,
    clock: &dyn Clock,
) -> Result<u16, TlsFailure> {
    let mut stream = connector.again().await?;
    let hello = client_hello(host, version, clock.now());
    let mut response = Vec::new();
    let exchange = async {
        stream.write_all(&hello).await?;
        stream.flush().await?;
        loop {
            let mut buffer = [0; 256];
            let count = stream.read(&mut buffer).await?;
            response.extend_from_slice(&buffer[..count]);
            if let Some(result) = chosen_version(&response, count == 0) {
                return result;
            }
        }
    };
    match timeout(connector.step(), exchange).await {
        Ok(result) => result,
        Err(_) => match TlsFailure::of_first_bytes(&response, true) {
            Some(Err(failure)) => Err(failure),
            _ => Err(TlsFailure::Timeout),
        },
    }
}

/// Reads the first bytes that a server sends after a ClientHello: the version that it chose, or why it chose none. `None`
/// where more bytes are needed, which there are not once the server has `ended` the connection.
///
/// # Errors
/// [`TlsFailure::Alert`], [`TlsFailure::Closed`], [`TlsFailure::Tls`] for another message of TLS, and what
/// [`TlsFailure`] calls another protocol.
#[must_use]
pub fn chosen_version(response: &[u8], ended: bool) -> Option<Result<u16, TlsFailure>> {
    match TlsFailure::of_first_bytes(response, ended) {
        None if ended => return Some(Err(TlsFailure::Closed)),
        None => return None,
        Some(Err(failure)) => return Some(Err(failure)),
        Some(Ok(())) => {}
    }
    match response {
        // An alert: its level, and its description (RFC 5246 7.2).
        [21, _, _, _, _, _, description, ..] => {
            let description = AlertDescription::from(*description);
            Some(Err(TlsFailure::Alert(names::alert(description))))
        }
        // A handshake message that is a ServerHello (RFC 5246 7.4.1.3).
        [22, _, _, _, _, 2, _, _, _, high, low, ..] => Some(Ok(u16::from_be_bytes([*high, *low]))),
        _ if ended && response.len() < ENOUGH => Some(Err(TlsFailure::Closed)),
        _ if response.len() < ENOUGH => None,
        _ => Some(Err(TlsFailure::Tls(
            "an answer that makes no sense".to_owned(),
        ))),
    }
}

/// A ClientHello (RFC 4346 7.4.1.2) in one record.
fn client_hello(host: &str, version: u16, now: i64) -> Vec<u8> {
    let mut body = version.to_be_bytes().to_vec();
    // gmt_unix_time, as clients of that time sent it, and 28 random bytes.
    body.extend_from_slice(&u32::try_from(now).unwrap_or_default().to_be_bytes());
    body.extend_from_slice(&System.bytes());
    body.extend_from_slice(&System.bytes()[..12]);
    body.push(0); // no session
    let suites: Vec<u8> = SUITES
        .iter()
        .flat_map(|suite| suite.to_be_bytes())
        .collect();
    with_length(&mut body, &suites);
    body.extend_from_slice(&[1, 0]); // no compression

    let mut extensions = Vec::new();
    // Names only: addresses are not permitted there (RFC 6066 3).
    if host.parse::<IpAddr>().is_err() {
        let mut entry = vec![0];
        with_length(&mut entry, host.as_bytes());
        let mut list = Vec::new();
        with_length(&mut list, &entry);
        extension(&mut extensions, 0, &list);
    }
    extension(&mut extensions, 10, &[0, 6, 0, 23, 0, 24, 0, 25]); // P-256, P-384, P-521
    extension(&mut extensions, 11, &[1, 0]); // uncompressed points
    with_length(&mut body, &extensions);

    let mut message = vec![1, 0];
    with_length(&mut message, &body);
    // The record's version is the oldest, which every server reads (RFC 5246 E.1).
    let mut record = vec![22, 3, 1];
    with_length(&mut record, &message);
    record
}

fn extension(into: &mut Vec<u8>, number: u16, content: &[u8]) {
    into.extend_from_slice(&number.to_be_bytes());
    with_length(into, content);
}

/// Two bytes of length, then the content, which is short: a host has at most 253 characters.
fn with_length(into: &mut Vec<u8>, content: &[u8]) {
    let length = u16::try_from(content.len()).unwrap_or(u16::MAX);
    into.extend_from_slice(&length.to_be_bytes());
    into.extend_from_slice(&content[..usize::from(length)]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lengths_add_up() {
        let hello = client_hello("as.example", 0x0301, 0);
        assert_eq!(hello[..3], [22, 3, 1]);
        assert_eq!(
            usize::from(u16::from_be_bytes([hello[3], hello[4]])),
            hello.len() - 5
        );
        assert_eq!(hello[5..7], [1, 0]);
        assert_eq!(
            usize::from(u16::from_be_bytes([hello[7], hello[8]])),
            hello.len() - 9
        );
        assert!(hello.windows(10).any(|part| part == b"as.example"));
        let address = client_hello("127.0.0.1", 0x0302, 0);
        assert_eq!(address[9..11], [3, 2]);
        assert!(!address.windows(9).any(|part| part == b"127.0.0.1"));
        assert!(client_hello(&"a".repeat(70_000), 0x0302, 0).len() > 60_000);
    }

    #[test]
    fn responses() {
        let alert = |description| [21, 3, 1, 0, 2, 2, description];
        let refused = Some(Err(TlsFailure::Alert("protocol_version".to_owned())));
        let closed = Some(Err(TlsFailure::Closed));
        assert_eq!(chosen_version(&alert(70), false), refused);
        assert_eq!(chosen_version(&alert(70)[..6], false), None);
        assert_eq!(chosen_version(&alert(70)[..6], true), closed);
        let hello = [22, 3, 1, 0, 80, 2, 0, 0, 76, 3, 1];
        assert_eq!(chosen_version(&hello, false), Some(Ok(0x0301)));
        assert_eq!(chosen_version(b"", false), None);
        assert_eq!(chosen_version(b"", true), closed);
        let http = chosen_version(b"HTTP/1.1 400 Bad Request\r\n", false);
        let line = "HTTP/1.1 400 Bad Request".to_owned();
        assert_eq!(http, Some(Err(TlsFailure::PlainHttp(line))));
    }

    proptest! {
        #[test]
        fn any_response_is_read_in_the_end(bytes in proptest::collection::vec(any::<u8>(), 0..64), record in 18_u8..25) {
            prop_assert!(chosen_version(&bytes, true).is_some());
            let record = [&[record][..], &bytes].concat();
            prop_assert!(chosen_version(&record, true).is_some());
            if (20..=23).contains(&record[0]) && record.len() >= ENOUGH {
                prop_assert!(chosen_version(&record, false).is_some());
            }
        }
    }
}
