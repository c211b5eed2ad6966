//! Settings that are one of a few words.

use super::nearest::nearest;
use jeton_client::{AssertionType, BasicEncoding, MethodChoice};
use jeton_oauth::Algorithm;

/// A setting whose values are words.
pub(crate) trait Words: Copy + Sized + 'static {
    /// Every value, the default first.
    const ALL: &'static [Self];

    /// The word for a value.
    fn word(self) -> &'static str;

    /// Why a text that is no word of these cannot be used, where there is more to say than which words there are.
    fn refuse(_text: &str) -> Option<String> {
        None
    }

    /// The value for a word.
    ///
    /// # Errors
    /// The words there are.
    fn from_word(text: &str) -> Result<Self, String> {
        let mut all = Self::ALL.iter().copied();
        all.find(|value| value.word() == text).ok_or_else(|| {
            let words: Vec<_> = Self::ALL.iter().map(|value| value.word()).collect();
            Self::refuse(text).unwrap_or_else(|| expected_one_of(text, &words))
        })
    }
}

fn expected_one_of(text: &str, words: &[&str]) -> String {
    let meant = nearest(text, words.iter().copied())
        .map_or_else(String::new, |word| format!("; did you mean `{word}`?"));
    format!("expected one of {}{meant}", words.join(", "))
}

/// Where cached tokens are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CacheStore {
    /// In sealed files, shared by all processes of the user.
    Disk,
    /// In the process.
    Memory,
    /// Nowhere.
    None,
}

impl Words for CacheStore {
    const ALL: &'static [Self] = &[Self::Disk, Self::Memory, Self::None];

    fn word(self) -> &'static str {
        match self {
            Self::Disk => "disk",
            Self::Memory => "memory",
            Self::None => "none",
        }
    }
}

/// Where the key that seals the cache is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CacheKeySource {
    /// The first place that has it, or can take a new one.
    Auto,
    /// The operating system's keyring.
    Keyring,
    /// `JETON_CACHE_KEY`
    Env,
    /// A file of mode 0600.
    File,
}

impl Words for CacheKeySource {
    const ALL: &'static [Self] = &[Self::Auto, Self::Keyring, Self::Env, Self::File];

    fn word(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Keyring => "keyring",
            Self::Env => "env",
            Self::File => "file",
        }
    }
}

impl Words for BasicEncoding {
    const ALL: &'static [Self] = &Self::ALL;

    fn word(self) -> &'static str {
        self.as_str()
    }
}

impl Words for AssertionType {
    const ALL: &'static [Self] = &Self::ALL;

    fn word(self) -> &'static str {
        self.as_str()
    }
}

impl Words for MethodChoice {
    const ALL: &'static [Self] = &Self::ALL;

    fn word(self) -> &'static str {
        self.as_str()
    }

    /// Says more of `none`, which the grant forbids (RFC 6749 section 4.4), and of a method that a later version supports.
    fn refuse(text: &str) -> Option<String> {
        match text {
            "none" => Some(
                "the client credentials grant needs client authentication, so `none` cannot be used"
                    .to_owned(),
            ),
            "federated" => Some(unsupported(&format!("the method `{text}`"))),
            _ => None,
        }
    }
}

/// What is part of the contract and not of this version.
pub(super) fn unsupported(what: &str) -> String {
    format!("{what} is not supported by this version of jeton yet")
}

/// Reads the name of a signing algorithm.
///
/// # Errors
/// The names there are.
pub(super) fn algorithm(text: &str) -> Result<Algorithm, String> {
    Algorithm::from_name(text).ok_or_else(|| {
        let names: Vec<_> = Algorithm::ALL.iter().map(|alg| alg.as_str()).collect();
        expected_one_of(text, &names)
    })
}

#[cfg(test)]
mod tests {
    use super::{AssertionType, CacheStore, MethodChoice, Words, algorithm};
    use jeton_oauth::{Algorithm, AuthMethod};

    #[test]
    fn words_go_both_ways_and_slips_are_named() {
        for store in CacheStore::ALL {
            assert_eq!(CacheStore::from_word(store.word()), Ok(*store));
        }
        let told = CacheStore::from_word("dsik").expect_err("a slip");
        assert_eq!(
            told,
            "expected one of disk, memory, none; did you mean `disk`?"
        );
        assert_eq!(AssertionType::from_word("JWT"), Ok(AssertionType::Jwt));
    }

    #[test]
    fn methods() {
        assert_eq!(MethodChoice::from_word("auto"), Ok(MethodChoice::Auto));
        assert_eq!(
            MethodChoice::from_word("private_key_jwt"),
            Ok(MethodChoice::One(AuthMethod::PrivateKeyJwt))
        );
        assert_eq!(
            MethodChoice::from_word("tls_client_auth"),
            Ok(MethodChoice::One(AuthMethod::TlsClientAuth))
        );
        let later = MethodChoice::from_word("federated").expect_err("not yet");
        assert!(
            later.contains("not supported by this version of jeton yet"),
            "{later}"
        );
        // client requirement 16
        assert!(
            MethodChoice::from_word("none")
                .expect_err("none")
                .contains("needs client authentication")
        );
        let slip = MethodChoice::from_word("client_secret_basci").expect_err("a slip");
        assert!(slip.contains("`client_secret_basic`"), "{slip}");
    }

    #[test]
    fn algorithms_are_named_exactly() {
        assert_eq!(algorithm("ES256"), Ok(Algorithm::ES256));
        assert!(algorithm("es256").expect_err("case").contains("`ES256`"));
        assert!(algorithm("none").is_err());
    }
}
