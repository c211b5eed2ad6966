//! Secrets as types: zeroed on drop, redacted in `Debug`, no `Display`, compared in constant time.

use std::fmt;
use zeroize::Zeroizing;

macro_rules! secret {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $name(Zeroizing<String>);

        impl $name {
            /// Takes the text over; the buffer is zeroed when the value is dropped.
            pub fn new(text: impl Into<String>) -> Self {
                Self(Zeroizing::new(text.into()))
            }

            /// Gives the secret away. Every call is a place to look at in a review.
            #[must_use]
            pub fn expose(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(redacted)"))
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                aws_lc_rs::constant_time::verify_slices_are_equal(self.0.as_bytes(), other.0.as_bytes()).is_ok()
            }
        }

        impl Eq for $name {}
    };
}

secret! {
    /// The password of a client (RFC 6749 2.3.1).
    ClientSecret
}
secret! {
    /// An access token as it goes over the wire (RFC 6749 1.4).
    AccessToken
}
secret! {
    /// A signed client assertion (RFC 7521 4.2): whoever holds it is the client until it expires.
    Assertion
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_the_type_and_nothing_else() {
        assert_eq!(
            format!("{:?}", ClientSecret::new("canary")),
            "ClientSecret(redacted)"
        );
        assert_eq!(
            format!("{:?}", AccessToken::new("canary")),
            "AccessToken(redacted)"
        );
        assert_eq!(
            format!("{:#?}", Some(Assertion::new("canary"))),
            "Some(\n    Assertion(redacted),\n)"
        );
    }

    #[test]
    fn equal_only_to_the_same_text() {
        assert_eq!(ClientSecret::new("a"), ClientSecret::new("a"));
        assert_ne!(ClientSecret::new("a"), ClientSecret::new("b"));
        assert_ne!(ClientSecret::new("a"), ClientSecret::new("aa"));
    }

    /// Compiles only where the buffer itself is zeroed on drop, which a plain `String` is not.
    #[test]
    fn every_buffer_is_of_a_type_that_zeroes_itself() {
        fn zeroes_itself(_: &impl zeroize::ZeroizeOnDrop) {}
        zeroes_itself(&ClientSecret::new("canary").0);
        zeroes_itself(&AccessToken::new("canary").0);
        zeroes_itself(&Assertion::new("canary").0);
    }

    /// Reads the freed memory through the operating system, which needs no `unsafe`.
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    mod freed_memory {
        #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

        use super::{AccessToken, Assertion, ClientSecret};
        use std::fs::File;
        use std::os::unix::fs::FileExt as _;

        /// Long enough that the allocator, which keeps its lists in freed blocks, leaves most of it alone.
        fn canary() -> String {
            "canary-".repeat(64)
        }

        /// What is left of a text at the place where `value` kept it, once `value` is dropped.
        fn left_after_drop<T>(value: T, text: impl Fn(&T) -> &str) -> String {
            let memory = File::open("/proc/self/mem").unwrap();
            let mut left = vec![0; text(&value).len()];
            let address = text(&value).as_ptr() as u64;
            drop(value);
            memory.read_exact_at(&mut left, address).unwrap();
            String::from_utf8_lossy(&left).into_owned()
        }

        #[test]
        fn nothing_is_left_of_a_dropped_secret() {
            // Without this the test would also pass where freed memory cannot be seen.
            let plain = left_after_drop(canary(), String::as_str);
            assert!(plain.contains("canary-"), "freed memory is not seen");

            let secret = left_after_drop(ClientSecret::new(canary()), ClientSecret::expose);
            let token = left_after_drop(AccessToken::new(canary()), AccessToken::expose);
            let assertion = left_after_drop(Assertion::new(canary()), Assertion::expose);
            for left in [secret, token, assertion] {
                assert!(!left.contains("canary-"), "{left:?}");
            }
        }
    }
}
