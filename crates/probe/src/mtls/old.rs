//! TLS 1.0 and 1.1 (RFC 2246, RFC 4346), which nothing here speaks and nobody should (RFC 8996): a first message is sent,
//! and the first few bytes of the answer say whether the server would go on.

use super::dial::Dialer;
use super::trouble::Trouble;
use crate::names;
use jeton_client::{Clock, Random as _, System};
use rustls::AlertDescription;
use std::net::IpAddr;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::time::timeout;

/// Suites of those days: ECDHE and RSA, with AES and 3DES in CBC; then the word that no renegotiation is meant (RFC 5746).
const SUITES: [u16; 8] = [
    0xc00a, 0xc014, 0xc009, 0xc013, 0x0035, 0x002f, 0x000a, 0x00ff,
];
/// Header of a record, header of a message, version: all that is looked at.
const ENOUGH: usize = 11;

/// A version that should be gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OldVersion {
    /// `TLS 1.1` or `TLS 1.0`.
    pub name: &'static str,
    /// Whether the server would go on with it; `None` where it did not say.
    pub accepted: Option<bool>,
    /// How it refused.
    pub trouble: Option<Trouble>,
}

/// One connection for each.
pub(super) async fn look(
    dialer: &mut Dialer<'_>,
    host: &str,
    clock: &dyn Clock,
) -> Vec<OldVersion> {
    let mut versions = Vec::new();
    for (name, number) in [("TLS 1.1", 0x0302), ("TLS 1.0", 0x0301)] {
        let answer = ask(dialer, host, number, clock).await;
        let (accepted, trouble) = match answer {
            Ok(chosen) => (Some(chosen == number), None),
            Err(trouble @ (Trouble::Alert(_) | Trouble::Closed | Trouble::Tls(_))) => {
                (Some(false), Some(trouble))
            }
            Err(trouble) => (None, Some(trouble)),
        };
        versions.push(OldVersion {
            name,
            accepted,
            trouble,
        });
    }
    versions
}

async fn ask(
    dialer: &mut Dialer<'_>,
    host: &str,
    version: u16,
    clock: &dyn Clock,
) -> Result<u16, Trouble> {
    let mut stream = dialer.again().await?;
    let talk = async {
        stream.write_all(&hello(host, version, clock.now())).await?;
        stream.flush().await?;
        let mut answer = Vec::new();
        loop {
            let mut buffer = [0; 256];
            let count = stream.read(&mut buffer).await?;
            answer.extend_from_slice(&buffer[..count]);
            if let Some(result) = understood(&answer, count == 0) {
                return result;
            }
        }
    };
    timeout(dialer.step(), talk)
        .await
        .unwrap_or(Err(Trouble::Timeout))
}

/// What the first bytes of the answer say: the version that the server chose, or why not. `None` where more are needed.
fn understood(answer: &[u8], ended: bool) -> Option<Result<u16, Trouble>> {
    match answer {
        // alert: fatal or not, the second byte of it is the reason. (RFC 5246 7.2)
        [21, _, _, _, _, _, reason, ..] => Some(Err(Trouble::Alert(names::alert(
            AlertDescription::from(*reason),
        )))),
        // handshake, of it a ServerHello. (RFC 5246 7.4.1.3)
        [22, _, _, _, _, 2, _, _, _, high, low, ..] => Some(Ok(u16::from_be_bytes([*high, *low]))),
        [] | [20..=23, ..] if ended => Some(Err(Trouble::Closed)),
        [] => None,
        [20..=23, ..] if answer.len() < ENOUGH => None,
        [20..=23, ..] => Some(Err(Trouble::Tls(
            "an answer that makes no sense".to_owned(),
        ))),
        other => Some(Err(Trouble::of_first_bytes(other))),
    }
}

/// A ClientHello (RFC 4346 7.4.1.2) in a record of its own.
fn hello(host: &str, version: u16, now: i64) -> Vec<u8> {
    let mut body = version.to_be_bytes().to_vec();
    // gmt_unix_time, as clients of those days sent it, and 28 bytes of randomness.
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
    // Names alone: addresses must not stand there (RFC 6066 3).
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
        let hello = hello("as.example", 0x0301, 0);
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
        let address = super::hello("127.0.0.1", 0x0302, 0);
        assert_eq!(address[9..11], [3, 2]);
        assert!(!address.windows(9).any(|part| part == b"127.0.0.1"));
        assert!(super::hello(&"a".repeat(70_000), 0x0302, 0).len() > 60_000);
    }

    #[test]
    fn answers() {
        let alert = |reason| [21, 3, 1, 0, 2, 2, reason];
        let refused = Some(Err(Trouble::Alert("protocol_version".to_owned())));
        assert_eq!(understood(&alert(70), false), refused);
        assert_eq!(understood(&alert(70)[..6], false), None);
        assert_eq!(
            understood(&alert(70)[..6], true),
            Some(Err(Trouble::Closed))
        );
        let chosen = [22, 3, 1, 0, 80, 2, 0, 0, 76, 3, 1];
        assert_eq!(understood(&chosen, false), Some(Ok(0x0301)));
        assert_eq!(understood(b"", false), None);
        assert_eq!(understood(b"", true), Some(Err(Trouble::Closed)));
        let http = understood(b"HTTP/1.1 400 Bad Request\r\n", false);
        let says = "HTTP/1.1 400 Bad Request".to_owned();
        assert_eq!(http, Some(Err(Trouble::PlainHttp(says))));
    }

    proptest! {
        #[test]
        fn any_answer_is_understood_in_the_end(bytes in proptest::collection::vec(any::<u8>(), 0..64), record in 18_u8..25) {
            prop_assert!(understood(&bytes, true).is_some());
            let record = [&[record][..], &bytes].concat();
            prop_assert!(understood(&record, true).is_some());
            if record.len() >= ENOUGH {
                prop_assert!(understood(&record, false).is_some());
            }
        }
    }
}
