//! Small primes.

use std::sync::LazyLock;

/// Every prime below 2^16.
pub(super) static PRIMES: LazyLock<Vec<u32>> = LazyLock::new(|| {
    let mut composite = vec![false; 1 << 16];
    let mut primes = Vec::with_capacity(6542);
    for number in 2..composite.len() {
        if composite[number] {
            continue;
        }
        primes.extend(u32::try_from(number));
        for multiple in (number * number..composite.len()).step_by(number) {
            composite[multiple] = true;
        }
    }
    primes
});

/// The same, multiplied together as many at a time as 64 bits hold: one long division for each of these is enough.
pub(super) static BATCHES: LazyLock<Vec<(u64, Vec<u32>)>> = LazyLock::new(|| {
    let mut batches: Vec<(u64, Vec<u32>)> = Vec::new();
    for &prime in &*PRIMES {
        match batches.last_mut() {
            Some((product, primes)) if product.checked_mul(prime.into()).is_some() => {
                *product *= u64::from(prime);
                primes.push(prime);
            }
            _ => batches.push((prime.into(), vec![prime])),
        }
    }
    batches
});

#[cfg(test)]
mod tests {
    use super::{BATCHES, PRIMES};

    #[test]
    fn all_and_only_primes() {
        assert_eq!(PRIMES.len(), 6542);
        assert_eq!(PRIMES[..6], [2, 3, 5, 7, 11, 13]);
        assert_eq!(PRIMES.last(), Some(&65_521));
        assert_eq!(
            BATCHES
                .iter()
                .map(|(_, primes)| primes.len())
                .sum::<usize>(),
            6542
        );
    }
}
