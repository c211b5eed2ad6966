//! Certificates and the PEM documents that they come in; chains of servers, stapled answers.
#![no_main]

use jeton_inspect::certificate::{MOST_LINKS, validate_client, validate_server};
use jeton_oauth::VerifyingKey;
use jeton_oauth::certificate::{self, Certificate, ClientCertificate, OcspAnswer, pem};
use libfuzzer_sys::fuzz_target;

const NOW: i64 = 1_800_000_000;

fuzz_target!(|bytes: &[u8]| {
    der(bytes);
    if let Ok(blocks) = pem::read(bytes) {
        assert!(!blocks.is_empty() && blocks.len() <= pem::MOST_BLOCKS);
        for block in &blocks {
            der(&block.der);
        }
        let chain: Vec<&[u8]> = blocks.iter().map(|block| block.der.as_slice()).collect();
        let validated = validate_server(&chain, "as.example", NOW);
        assert!(validated.links.len() <= MOST_LINKS.min(chain.len()));
        assert!(validated.name_fits <= !validated.links.is_empty());
    }
    let _ = certificate::read_first(bytes);
    match ClientCertificate::from_pem(bytes, None) {
        Ok(own) => {
            let _ = (validate_client(&own, NOW), own.registration_jwk());
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
        let _ = (facts.names.cover("as.example"), facts.names.cover("::1"));
    }
    let _ = certificate::public_jwk(bytes);
    let _ = certificate::name_from_der(bytes);
    let _ = OcspAnswer::read(bytes);
    let _ = VerifyingKey::from_spki(bytes);
}
