//! Certificates and the PEM documents that they come in.
#![no_main]

use jeton_oauth::VerifyingKey;
use jeton_oauth::certificate::{self, Certificate, ClientCertificate, pem};
use libfuzzer_sys::fuzz_target;

const NOW: i64 = 1_800_000_000;

fuzz_target!(|bytes: &[u8]| {
    der(bytes);
    if let Ok(blocks) = pem::read(bytes) {
        assert!(!blocks.is_empty() && blocks.len() <= pem::MOST_BLOCKS);
        for block in &blocks {
            der(&block.der);
        }
    }
    match ClientCertificate::from_pem(bytes, None) {
        Ok(own) => {
            let _ = (certificate::judge(&own, NOW), own.registration_jwk());
            assert_eq!(own.chain().count(), own.all_facts().count());
        }
        Err(error) => {
            let _ = (error.to_string(), error.problem.remedy());
        }
    }
});

fn der(bytes: &[u8]) {
    if let Some(facts) = Certificate::read(bytes) {
        let _ = facts.client_use();
    }
    let _ = certificate::public_jwk(bytes);
    let _ = VerifyingKey::from_spki(bytes);
}
