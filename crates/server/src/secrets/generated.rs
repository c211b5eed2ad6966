//! How a generated secret is written: `jts_` ‖ 43 base62 digits (256 random bits) ‖ 6 base62 digits (checksum).
//!
//! The prefix lets a scanner find one in a repository; the checksum (32 bits of SHA-256 over what stands before it) lets the
//! authority refuse a mistyped one before any hash.

use crate::random::{NoRandomness, Random};
use aws_lc_rs::digest::{SHA256, digest};
use jeton_oauth::ClientSecret;
use zeroize::{Zeroize, Zeroizing};

const PREFIX: &str = "jts_";
const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const BODY: usize = 43;
const CHECKSUM: usize = 6;

/// A new secret.
pub(crate) fn generate(random: &Random) -> Result<ClientSecret, NoRandomness> {
    let mut number = Zeroizing::new(random.bytes::<32>()?);
    let mut text = Zeroizing::new(String::with_capacity(PREFIX.len() + BODY + CHECKSUM));
    text.push_str(PREFIX);
    for _ in 0..BODY {
        text.push(char::from(DIGITS[usize::from(divide(&mut number))]));
    }
    let sum = checksum(&text);
    for digit in sum {
        text.push(char::from(digit));
    }
    let secret = ClientSecret::new(text.as_str());
    text.zeroize();
    Ok(secret)
}

/// Whether it can be one of ours at all: says nothing about whose it is.
pub(crate) fn well_formed(secret: &ClientSecret) -> bool {
    let text = secret.expose();
    if text.len() != PREFIX.len() + BODY + CHECKSUM || !text.is_ascii() {
        return false;
    }
    let (body, sum) = text.split_at(text.len() - CHECKSUM);
    body.starts_with(PREFIX) && checksum(body) == sum.as_bytes()
}

fn checksum(body: &str) -> [u8; CHECKSUM] {
    let hash = digest(&SHA256, body.as_bytes());
    let mut rest = hash
        .as_ref()
        .iter()
        .take(4)
        .fold(0_usize, |sum, byte| (sum << 8) | usize::from(*byte));
    std::array::from_fn(|_| {
        let digit = DIGITS[rest % DIGITS.len()];
        rest /= DIGITS.len();
        digit
    })
}

/// Divides a big-endian number by 62 in place and gives the remainder.
fn divide(number: &mut [u8; 32]) -> u8 {
    let mut remainder = 0_u16;
    for byte in number.iter_mut() {
        let value = (remainder << 8) | u16::from(*byte);
        // remainder < 62, so the quotient fits a byte
        *byte = u8::try_from(value / 62).unwrap_or(u8::MAX);
        remainder = value % 62;
    }
    u8::try_from(remainder).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::{divide, generate, well_formed};
    use crate::random::Random;
    use jeton_oauth::ClientSecret;

    #[test]
    fn a_generated_secret_can_be_found_by_a_scanner() {
        let random = Random::system();
        let (one, two) = (generate(&random).unwrap(), generate(&random).unwrap());
        let text = one.expose();
        assert_eq!(text.len(), 53);
        assert!(text.starts_with("jts_"));
        assert!(text[4..].chars().all(|c| c.is_ascii_alphanumeric()));
        assert_ne!(text, two.expose());
        assert!(well_formed(&one) && well_formed(&two));
    }

    #[test]
    fn a_mistyped_secret_is_seen_without_a_hash() {
        let secret = generate(&Random::system()).unwrap();
        let text = secret.expose();
        for at in 0..text.len() {
            let mut typed = text.as_bytes().to_vec();
            typed[at] = if typed[at] == b'x' { b'y' } else { b'x' };
            let typed = ClientSecret::new(String::from_utf8(typed).unwrap());
            assert!(!well_formed(&typed), "position {at}");
        }
        for wrong in ["", "jts_", "é", &text[1..], &format!("{text} ")] {
            assert!(!well_formed(&ClientSecret::new(wrong)), "{wrong}");
        }
    }

    #[test]
    fn all_256_bits_fit_43_digits() {
        let mut number = [0xff; 32];
        for _ in 0..43 {
            divide(&mut number);
        }
        assert_eq!(number, [0; 32]);
    }
}
