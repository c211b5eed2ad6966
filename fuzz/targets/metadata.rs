//! Metadata documents (RFC 8414) and the addresses in them.
#![no_main]

use jeton_oauth::{Issuer, Metadata, ResourceUri, Scopes};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|document: &[u8]| {
    if let Ok(metadata) = Metadata::parse(document) {
        let _ = (metadata.auth_methods(), metadata.grant_types());
        let written = serde_json::to_vec(&metadata).expect("it is JSON");
        let again = Metadata::parse(&written).expect("it was written here");
        // An empty list counts as none when it is written.
        assert_eq!(serde_json::to_vec(&again).expect("it is JSON"), written);
        names(&metadata.issuer);
    }
    if let Ok(text) = std::str::from_utf8(document) {
        names(text);
    }
});

/// Texts that stand for servers and resources.
fn names(text: &str) {
    if let Ok(issuer) = Issuer::parse(text) {
        assert_eq!(issuer.as_str(), text);
        for url in issuer.well_known_urls() {
            assert!(url.scheme() == "https" || issuer.is_loopback(), "{url}");
            assert!(url.fragment().is_none() && url.query().is_none(), "{url}");
        }
    }
    if let Ok(resource) = ResourceUri::parse(text) {
        assert!(!resource.normalized().contains('#'));
    }
    if let Ok(scopes) = Scopes::parse(text) {
        let normal = scopes.normalized();
        assert!(normal.is_subset(&scopes) && scopes.is_subset(&normal));
    }
}
