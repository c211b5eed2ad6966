//! The `Authorization` header of a client (RFC 6749 2.3.1): what is read can be written, and is read again the same.
#![no_main]

use jeton_oauth::{ClientSecret, basic};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    // Bytes that change by chance are hardly ever Base64: they are also taken for what stands inside.
    let (id, secret) = text.split_once(':').unwrap_or((text, ""));
    let joined = basic::encode_raw(id, &ClientSecret::new(secret));
    for header in [text, &joined] {
        let Ok((id, secret)) = basic::decode(header) else {
            continue;
        };
        let written = basic::encode(&id, &secret);
        let (id_again, secret_again) = basic::decode(&written).expect("it was written here");
        assert_eq!(id_again, id);
        assert_eq!(secret_again.expose(), secret.expose());
    }
});
