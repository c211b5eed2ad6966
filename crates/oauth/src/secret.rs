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

    /// Zeroing happens in `Zeroizing`; this pins that a drop really is one.
    #[test]
    fn dropping_a_secret_runs_code() {
        assert!(std::mem::needs_drop::<ClientSecret>());
        let mut text = Zeroizing::new(String::from("canary"));
        zeroize::Zeroize::zeroize(&mut *text);
        assert!(text.is_empty());
    }
}
