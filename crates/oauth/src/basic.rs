//! HTTP Basic for clients (RFC 6749 2.3.1): identifier and secret are form-encoded, each on its own, before they
//! are joined; the receiver splits at the first colon and then decodes.

use crate::{ClientSecret, form};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use thiserror::Error;
use zeroize::Zeroizing;

/// Why an `Authorization` header is no Basic client authentication.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("malformed Basic credentials")]
pub struct BasicError;

/// The header value, `Basic …`, as the standard wants it.
#[must_use]
pub fn encode(client_id: &str, secret: &ClientSecret) -> Zeroizing<String> {
    join(
        &form::encode_component(client_id),
        &form::encode_component(secret.expose()),
    )
}

/// The header value without the form-encoding, for servers that skip the decoding.
#[must_use]
pub fn encode_raw(client_id: &str, secret: &ClientSecret) -> Zeroizing<String> {
    join(client_id, secret.expose())
}

fn join(id: &str, secret: &str) -> Zeroizing<String> {
    let pair = Zeroizing::new(format!("{id}:{secret}"));
    let mut header = Zeroizing::new(String::with_capacity(8 + pair.len() * 2));
    header.push_str("Basic ");
    STANDARD.encode_string(pair.as_bytes(), &mut header);
    header
}

/// Reads a header value; the scheme is compared without case (RFC 9110 11.1).
///
/// # Errors
/// [`BasicError`] where the scheme is another, or Base64, UTF-8, the colon or the form-encoding is wrong.
pub fn decode(header: &str) -> Result<(String, ClientSecret), BasicError> {
    let (scheme, encoded) = header.split_once(' ').ok_or(BasicError)?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return Err(BasicError);
    }
    let bytes = Zeroizing::new(
        STANDARD
            .decode(encoded.trim_start_matches(' '))
            .map_err(|_| BasicError)?,
    );
    let pair = std::str::from_utf8(&bytes).map_err(|_| BasicError)?;
    let (id, secret) = pair.split_once(':').ok_or(BasicError)?;
    let id = form::decode_component(id).ok_or(BasicError)?;
    let secret = form::decode_component(secret).ok_or(BasicError)?;
    if id.is_empty() {
        return Err(BasicError);
    }
    Ok((id.to_string(), ClientSecret::new(secret.as_str())))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn client_28_form_encoded_each_on_its_own() {
        let header = encode("a:b", &ClientSecret::new("p%+ :ä"));
        let pair = STANDARD
            .decode(header.strip_prefix("Basic ").unwrap())
            .unwrap();
        assert_eq!(pair, b"a%3Ab:p%25%2B+%3A%C3%A4");
    }

    #[test]
    fn client_28_raw_mode_for_servers_that_skip_the_decoding() {
        let header = encode_raw("a", &ClientSecret::new("p%+"));
        let pair = STANDARD
            .decode(header.strip_prefix("Basic ").unwrap())
            .unwrap();
        assert_eq!(pair, b"a:p%+");
    }

    #[test]
    fn server_15_split_at_the_first_colon_then_decode() {
        let header = format!("bAsIc {}", STANDARD.encode("a%3Ab:p%3A+q:r"));
        let (id, secret) = decode(&header).unwrap();
        assert_eq!((id.as_str(), secret.expose()), ("a:b", "p: q:r"));
    }

    #[test]
    fn malformed_headers() {
        for bad in [
            "Basic",
            "Basic !",
            "Bearer YTpi",
            "Basic YQ==",
            "Basic OmI=",
        ] {
            assert_eq!(decode(bad).unwrap_err(), BasicError, "{bad}");
        }
        let wrong = format!("Basic {}", STANDARD.encode("a:%zz"));
        assert_eq!(decode(&wrong).unwrap_err(), BasicError);
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(id in "\\PC{1,20}", secret in "\\PC{0,40}") {
            let (got_id, got_secret) = decode(&encode(&id, &ClientSecret::new(secret.clone()))).unwrap();
            prop_assert_eq!(got_id, id);
            prop_assert_eq!(got_secret.expose(), secret);
        }
    }
}
