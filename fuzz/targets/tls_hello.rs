//! What a server sends after a ClientHello of TLS 1.0 or 1.1: a decision does not depend on how the bytes arrive, and an end
//! always brings one.
#![no_main]

use jeton_probe::mtls::{TlsFailure, chosen_version};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut decided = None;
    for length in 0..=bytes.len().min(300) {
        let decision = chosen_version(&bytes[..length], false);
        match (&decided, decision) {
            (None, decision) => decided = decision,
            (Some(_), decision) => assert_eq!(decision, decided, "{length} bytes"),
        }
        assert!(chosen_version(&bytes[..length], true).is_some());
    }
    match decided {
        Some(Ok(version)) => {
            assert_eq!((bytes[0], bytes[5]), (22, 2));
            assert_eq!(version.to_be_bytes(), bytes[9..11]);
        }
        Some(Err(failure)) => {
            assert_eq!(failure.alert().is_some(), bytes[0] == 21);
            if let TlsFailure::PlainHttp(line) | TlsFailure::OtherProtocol(line) = &failure {
                assert!(!line.contains('\n') && line.chars().count() <= 60);
                assert!(!(20..=23).contains(&bytes[0]));
            }
        }
        None => {}
    }
});
