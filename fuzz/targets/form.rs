//! Form bodies (OAuth 2.1 3.2): read strictly; what is read can be written, and is read again the same.
#![no_main]

use jeton_oauth::form;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|body: &[u8]| {
    if let Ok(text) = std::str::from_utf8(body) {
        let encoded = form::encode_component(text);
        assert!(encoded.bytes().all(|byte| byte.is_ascii_graphic()));
        let decoded = form::decode_component(&encoded).expect("it was encoded here");
        assert_eq!(decoded.as_str(), text);
    }
    let Ok(params) = form::parse_strict(body) else {
        return;
    };
    let pairs = || {
        params
            .names()
            .flat_map(|name| params.all(name).map(move |value| (name, value)))
    };
    let written = form::encode(pairs());
    let again = form::parse_strict(written.as_bytes()).expect("it was written here");
    let again = again
        .names()
        .flat_map(|name| again.all(name).map(move |value| (name, value)));
    assert!(pairs().eq(again));
});
