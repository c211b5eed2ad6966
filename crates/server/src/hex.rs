//! Bytes in a document: lower-case hexadecimal, which every database can write too.

use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::Serializer;
use std::fmt::Write as _;

/// Two digits a byte.
pub(crate) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // writing to a string does not fail
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// The bytes; `None` for anything but pairs of lower-case digits.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: &u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let (pairs, []) = text.as_bytes().as_chunks::<2>() else {
        return None;
    };
    pairs
        .iter()
        .map(|[high, low]| Some(digit(high)? << 4 | digit(low)?))
        .collect()
}

/// For `#[serde(with = "hex")]`.
pub(crate) fn serialize<S: Serializer, B: AsRef<[u8]>>(
    bytes: &B,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&encode(bytes.as_ref()))
}

/// For `#[serde(with = "hex")]`.
pub(crate) fn deserialize<'de, D: Deserializer<'de>, B: TryFrom<Vec<u8>>>(
    deserializer: D,
) -> Result<B, D::Error> {
    let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
    let bytes = decode(&text).ok_or_else(|| Error::custom("not hexadecimal"))?;
    B::try_from(bytes).map_err(|_| Error::custom("a value of another length"))
}

#[cfg(test)]
mod tests {
    use super::{decode, encode};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bytes_come_back(bytes: Vec<u8>) {
            prop_assert_eq!(decode(&encode(&bytes)), Some(bytes));
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for wrong in ["0", "0g", "0A", "é0", " 00"] {
            assert_eq!(decode(wrong), None, "{wrong}");
        }
        assert_eq!(decode(""), Some(Vec::new()));
    }
}
