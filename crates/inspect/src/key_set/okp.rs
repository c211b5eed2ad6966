//! Points of Ed25519 (RFC 8032 5.1.3): whether the bytes are one, and whether it is of small order.

use crate::finding::Finding;
use num_bigint::BigUint;
use std::sync::LazyLock;

/// 2^255 − 19.
static PRIME: LazyLock<BigUint> = LazyLock::new(|| (BigUint::from(1_u8) << 255_u32) - 19_u8);
/// −121665/121666.
static D: LazyLock<BigUint> = LazyLock::new(|| {
    let inverse = BigUint::from(121_666_u32).modpow(&(&*PRIME - 2_u8), &PRIME);
    &*PRIME - (inverse * 121_665_u32) % &*PRIME
});

/// Validates 32 bytes.
pub(super) fn validate(bytes: &[u8], found: &mut Vec<Finding>) {
    let mut bytes = bytes.to_vec();
    if let Some(last) = bytes.last_mut() {
        *last &= 0x7f;
    }
    let y = BigUint::from_bytes_le(&bytes);
    if y >= *PRIME {
        found.push(Finding::fail(
            "okp.point",
            "x is not the canonical form of a point: clients disagree about such keys",
        ));
    } else if is_small_order(&y) {
        found.push(Finding::fail(
            "okp.small_order",
            "its point is of small order: anyone can make signatures that it verifies",
        ));
    } else if !is_point(&y) {
        found.push(Finding::fail(
            "okp.point",
            "x is not a point of Ed25519: no signature can be verified with it",
        ));
    }
}

/// Of order 1 or 2: y = ±1; 4: y = 0; 8: those whose double has y = 0, which is 2y² + dy⁴ = 1.
fn is_small_order(y: &BigUint) -> bool {
    let one = BigUint::from(1_u8);
    let square = y * y % &*PRIME;
    let double = (&square * 2_u8 + &*D * &square % &*PRIME * &square) % &*PRIME;
    *y == BigUint::ZERO || *y == one || *y == &*PRIME - 1_u8 || double == one
}

/// Whether x² = (y² − 1)/(dy² + 1) has a root, which it has exactly when the product of both has one.
fn is_point(y: &BigUint) -> bool {
    let square = y * y % &*PRIME;
    let above = (&square + &*PRIME - 1_u8) % &*PRIME;
    let below = (&*D * &square + 1_u8) % &*PRIME;
    let half: BigUint = (&*PRIME - 1_u8) >> 1_u32;
    (above * below % &*PRIME).modpow(&half, &PRIME) == BigUint::from(1_u8)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use jeton_oauth::{Algorithm, PrivateKey, base64url};

    fn codes(bytes: &[u8]) -> Vec<&'static str> {
        let mut found = Vec::new();
        validate(bytes, &mut found);
        found.iter().map(|finding| finding.code).collect()
    }

    #[test]
    fn real_keys_are_points() {
        for _ in 0..20 {
            let jwk = PrivateKey::generate(Algorithm::EdDSA).unwrap().public_jwk();
            assert!(codes(&base64url::decode(&jwk.x.unwrap()).unwrap()).is_empty());
        }
    }

    /// The order-8 point is the one that every list of such keys has.
    #[test]
    fn client_66_points_of_small_order() {
        let mut one = [0; 32];
        one[0] = 1;
        let order_8 = "JuiVj8KyJ7BFw_SJ8u-Y8NXfrAXTxjM5sTgCiG1T_AU";
        for bytes in [
            [0; 32].to_vec(),
            one.to_vec(),
            base64url::decode(order_8).unwrap(),
        ] {
            assert_eq!(codes(&bytes), ["okp.small_order"]);
        }
    }

    #[test]
    fn client_66_bytes_that_are_no_point() {
        assert_eq!(codes(&[0xff; 32]), ["okp.point"]);
        let mut two = [0; 32];
        two[0] = 2;
        assert_eq!(codes(&two), ["okp.point"]);
    }
}
