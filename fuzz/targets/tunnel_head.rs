//! What a proxy responds to CONNECT: a tunnel is open where the status line says so and nowhere else, and what follows the head
//! changes nothing.
#![no_main]

use jeton_probe::http_head::{self, Head};
use jeton_probe::path::{NoTunnel, opened};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let length = http_head::length(bytes);
    let head = &bytes[..length.unwrap_or(bytes.len())];
    assert_eq!(length.is_some(), head.ends_with(b"\r\n\r\n"));
    assert_eq!(Head::read(bytes), Head::read(head));
    match opened(bytes) {
        Ok(()) => {
            assert!(bytes.starts_with(b"HTTP/1."));
            let status = Head::read(bytes).expect("the tunnel is open").status;
            assert!((200..300).contains(&status));
            let digits = status.to_string();
            assert!(head.windows(3).any(|part| part == digits.as_bytes()));
        }
        Err(NoTunnel::Silent) => assert!(bytes.is_empty()),
        Err(NoTunnel::NotHttp) => assert_eq!(Head::read(bytes), None),
        Err(NoTunnel::Status {
            status,
            kind,
            server,
        }) => {
            assert!(!(200..300).contains(&status) && (100..1000).contains(&status));
            for text in [kind, server].into_iter().flatten() {
                assert!(!text.contains('\n') && text.trim() == text);
            }
        }
        Err(NoTunnel::Tls(_) | NoTunnel::Config(_)) => unreachable!("nothing was connected"),
    }
});
