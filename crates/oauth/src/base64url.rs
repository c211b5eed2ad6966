//! Base64url without padding, read strictly (RFC 7515 2, RFC 4648 5): other alphabets, padding, white space and
//! non-canonical last bits are refused.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

/// Why a text is not base64url as JOSE wants it.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not base64url without padding in its canonical form")]
pub struct Base64UrlError;

/// Writes bytes as base64url without padding.
pub fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Reads base64url without padding in its one canonical form.
///
/// # Errors
/// [`Base64UrlError`] for anything else.
pub fn decode(text: &str) -> Result<Vec<u8>, Base64UrlError> {
    URL_SAFE_NO_PAD.decode(text).map_err(|_| Base64UrlError)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn client_55_alphabet_padding_space_and_last_bits() {
        assert_eq!(decode("_-8").unwrap(), [0xff, 0xef]);
        for bad in ["/+8", "_-8=", "_ -8", "_-9", "A", "\n"] {
            assert_eq!(decode(bad), Err(Base64UrlError), "{bad:?}");
        }
    }

    proptest! {
        #[test]
        fn what_reads_is_what_was_written(text in "[A-Za-z0-9_-]{0,40}") {
            if let Ok(bytes) = decode(&text) {
                prop_assert_eq!(encode(bytes), text);
            }
        }
    }
}
