//! RSA keys that are too short or whose primes were badly made: small factors, primes close together
//! (CVE-2022-26320), primes of a known faulty generator (CVE-2017-15361), primes shared with another key of the set.

use super::RSA_SEARCHED;
use super::key::KeyValidation;
use super::primes::{BATCHES, PRIMES};
use crate::finding::Finding;
use num_bigint::BigUint;
use num_integer::Integer as _;

/// Longer moduli are not used by jeton, nor searched.
const LONGEST: usize = 8192;
/// Steps of Fermat's method: keys with the fault fall in the first few.
const FERMAT_STEPS: u32 = 100;
/// Primes whose residues give the faulty generator away: those up to 167, without 2.
const FINGERPRINT: std::ops::Range<usize> = 1..39;

/// Takes the modulus and validates its length (RFC 7518 3.3: at least 2048 bits).
pub(super) fn size(key: &mut KeyValidation, bytes: &[u8], found: &mut Vec<Finding>) {
    let modulus = BigUint::from_bytes_be(bytes);
    let bits = usize::try_from(modulus.bits()).unwrap_or(usize::MAX);
    key.bits = Some(bits);
    match bits {
        0..2048 => found.push(Finding::fail(
            "rsa.size",
            format!("its modulus has {bits} bits: below 2048 RFC 7518 3.3 forbids it, and at 1024 it can be factored"),
        )),
        2048..=4096 => {}
        4097..=LONGEST => found.push(Finding::note(
            "rsa.size",
            format!("its modulus has {bits} bits: verifying is slow, and some clients stop at 4096"),
        )),
        _ => found.push(Finding::fail(
            "rsa.size",
            format!("its modulus has {bits} bits: clients, jeton among them, refuse more than {LONGEST}"),
        )),
    }
    if (2..=LONGEST).contains(&bits) {
        key.modulus = Some(modulus);
    }
}

/// Validates the public exponent.
pub(super) fn exponent(bytes: &[u8], found: &mut Vec<Finding>) {
    let exponent = BigUint::from_bytes_be(bytes);
    let text = match bytes {
        _ if exponent == BigUint::ZERO => return,
        [1] => "its exponent is 1: anyone can make signatures that it verifies".to_owned(),
        _ if exponent.is_even() => "its exponent is even: no RSA key has that".to_owned(),
        _ if exponent.bits() > 32 => format!(
            "its exponent has {} bits: clients, jeton among them, refuse more than 32",
            exponent.bits()
        ),
        _ if exponent < BigUint::from(65_537_u32) => {
            found.push(Finding::warn(
                "rsa.exponent",
                format!("its exponent is {exponent}: below 65537 small faults of a client become forgeries"),
            ));
            return;
        }
        _ => return,
    };
    found.push(Finding::fail("rsa.exponent", text));
}

/// Searches the first moduli of a set for weaknesses.
pub(super) fn search(keys: &mut [KeyValidation]) {
    let mut searched: Vec<&mut KeyValidation> = keys
        .iter_mut()
        .filter(|key| key.modulus.is_some())
        .take(RSA_SEARCHED)
        .collect();
    for key in &mut searched {
        let Some(modulus) = key.modulus.clone() else {
            continue;
        };
        for finding in weaknesses(&modulus) {
            key.say(finding);
        }
    }
    shared(&mut searched);
}

fn weaknesses(modulus: &BigUint) -> Vec<Finding> {
    let mut found = Vec::new();
    if let Some(factor) = small_factor(modulus) {
        found.push(Finding::fail(
            "rsa.small_factor",
            format!(
                "its modulus is divisible by {factor}: it is not a product of two large primes"
            ),
        ));
    } else if has_close_primes(modulus) {
        found.push(Finding::fail(
            "rsa.close_primes",
            "its two primes are so close that the private half was found in a moment (Fermat, CVE-2022-26320)",
        ));
    }
    if has_roca_fingerprint(modulus) {
        found.push(Finding::fail(
            "rsa.roca",
            "it has the fingerprint of a chip whose keys can be factored (ROCA, CVE-2017-15361)",
        ));
    }
    found
}

fn small_factor(modulus: &BigUint) -> Option<u32> {
    BATCHES.iter().find_map(|(product, primes)| {
        let rest = u64::try_from(modulus % *product).unwrap_or_default();
        primes
            .iter()
            .copied()
            .find(|prime| rest.is_multiple_of(u64::from(*prime)))
    })
}

/// n = a² − b² for an a close to √n.
fn has_close_primes(modulus: &BigUint) -> bool {
    let mut a = modulus.sqrt();
    if &a * &a < *modulus {
        a += 1_u8;
    }
    let mut rest = &a * &a - modulus;
    for _ in 0..FERMAT_STEPS {
        if is_square(&rest) {
            return true;
        }
        rest += &a + &a + 1_u8;
        a += 1_u8;
    }
    false
}

fn is_square(number: &BigUint) -> bool {
    /// Bit r is set where squares may leave r when divided by 64.
    const LAST_BITS: u64 = 0x0202_0212_0203_0213;
    let last = number.iter_u64_digits().next().unwrap_or_default() & 63;
    if LAST_BITS >> last & 1 == 0 {
        return false;
    }
    let root = number.sqrt();
    &root * &root == *number
}

/// Modulo each small prime, such a modulus is a power of 65537; of other moduli one in many millions is. The chip made
/// none below 512 bits, where small powers of 65537 would be taken for one.
fn has_roca_fingerprint(modulus: &BigUint) -> bool {
    if modulus.bits() < 512 {
        return false;
    }
    PRIMES[FINGERPRINT].iter().all(|&prime| {
        let rest = u32::try_from(modulus % prime).unwrap_or_default();
        let mut power = 1;
        for _ in 0..prime {
            if power == rest {
                return true;
            }
            power = power * (65_537 % prime) % prime;
        }
        false
    })
}

/// Moduli with a prime in common: the greatest common divisor is the prime, and both keys are broken.
fn shared(keys: &mut [&mut KeyValidation]) {
    let moduli: Vec<BigUint> = keys.iter().filter_map(|key| key.modulus.clone()).collect();
    for (index, modulus) in moduli.iter().enumerate() {
        let others = moduli.iter().filter(|other| *other != modulus);
        // One product, and one divisor per key. The other key is searched only if there is a common prime.
        let product = others.fold(BigUint::from(1_u8), |product, other| {
            product * other % modulus
        });
        if product.gcd(modulus) == BigUint::from(1_u8) {
            continue;
        }
        let partner = moduli
            .iter()
            .position(|other| other != modulus && other.gcd(modulus) != BigUint::from(1_u8));
        let Some(partner) = partner else { continue };
        let name = keys[partner].name();
        keys[index].say(Finding::fail(
            "rsa.shared_prime",
            format!("its modulus has a prime in common with that of {name}: both private halves can be computed"),
        ));
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use jeton_oauth::{Algorithm, PrivateKey, base64url};

    fn real() -> BigUint {
        let jwk = PrivateKey::generate(Algorithm::RS256).unwrap().public_jwk();
        BigUint::from_bytes_be(&base64url::decode(&jwk.n.unwrap()).unwrap())
    }

    #[test]
    fn client_66_a_real_key_has_no_weakness() {
        for _ in 0..3 {
            assert_eq!(weaknesses(&real()), []);
        }
    }

    #[test]
    fn client_66_small_factors() {
        assert_eq!(small_factor(&(real() * 65_521_u32)), Some(65_521));
        assert_eq!(small_factor(&(real() * 2_u32)), Some(2));
        assert_eq!(small_factor(&real()), None);
    }

    #[test]
    fn client_66_primes_close_together() {
        // Two odd numbers of 2048 bits whose difference is below the square root of the root of their product.
        let near = real();
        assert!(has_close_primes(&(&near * (&near + 2_u8))));
        assert!(has_close_primes(&(&near * &near)));
        let apart = &near + (BigUint::from(1_u8) << 1000_u32);
        assert!(has_close_primes(&(&near * apart)));
        assert!(!has_close_primes(&real()));
    }

    #[test]
    fn client_66_the_fingerprint_of_roca() {
        let product: BigUint = PRIMES[..39]
            .iter()
            .map(|prime| BigUint::from(*prime))
            .product();
        let generator = BigUint::from(65_537_u32);
        // As the chip made them: a multiple of the product, and a power of 65537 modulo it.
        let prime_like =
            |k: u32, a: u32| ((&product * k) << 800_u32) + generator.modpow(&a.into(), &product);
        assert!(has_roca_fingerprint(
            &(prime_like(77, 12_345) * prime_like(991, 54_321))
        ));
        assert!(!has_roca_fingerprint(&real()));
    }
}
