//! Settings that are one of a few words.

use super::nearest::nearest;
use jeton_oauth::{Algorithm, AuthMethod};
use std::fmt;
use std::str::FromStr;

/// A setting whose values are words: each value with its word, the default first.
pub(crate) trait Words: Copy + PartialEq + Sized + 'static {
    const WORDS: &'static [(Self, &'static str)];

    /// The word for a value.
    fn word(self) -> &'static str {
        Self::WORDS
            .iter()
            .find(|(value, _)| *value == self)
            .map_or("", |(_, word)| word)
    }

    /// The value for a word.
    ///
    /// # Errors
    /// The words there are.
    fn from_word(text: &str) -> Result<Self, String> {
        let found = Self::WORDS.iter().find(|(_, word)| *word == text);
        found.map(|(value, _)| *value).ok_or_else(|| {
            let words: Vec<_> = Self::WORDS.iter().map(|(_, word)| *word).collect();
            expected_one_of(text, &words)
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
pub(crate) enum CacheStore {
    Disk,
    Memory,
    None,
}

impl Words for CacheStore {
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::Disk, "disk"),
        (Self::Memory, "memory"),
        (Self::None, "none"),
    ];
}

/// Where the key that seals the cache is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CacheKeySource {
    Auto,
    Keyring,
    Env,
    File,
}

impl Words for CacheKeySource {
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::Auto, "auto"),
        (Self::Keyring, "keyring"),
        (Self::Env, "env"),
        (Self::File, "file"),
    ];
}

/// How client id and secret are written into the Basic header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BasicEncoding {
    /// Form-encoded each on its own, as RFC 6749 section 2.3.1 has it.
    Form,
    /// As they are, for servers that skip the decoding.
    Raw,
}

impl Words for BasicEncoding {
    const WORDS: &'static [(Self, &'static str)] = &[(Self::Form, "form"), (Self::Raw, "raw")];
}

/// How the client authenticates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MethodChoice {
    /// The strongest that server and credentials allow.
    Auto,
    /// This one.
    One(AuthMethod),
}

/// The methods that this version speaks.
const METHODS: [AuthMethod; 6] = [
    AuthMethod::ClientSecretBasic,
    AuthMethod::ClientSecretPost,
    AuthMethod::ClientSecretJwt,
    AuthMethod::PrivateKeyJwt,
    AuthMethod::TlsClientAuth,
    AuthMethod::SelfSignedTlsClientAuth,
];

impl MethodChoice {
    /// Reads `auto` or the name of a method.
    ///
    /// # Errors
    /// A method that this version does not support, `none` (which the grant forbids: RFC 6749 section 4.4), or the names there are.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        if text == "auto" {
            return Ok(Self::Auto);
        }
        let method = AuthMethod::from_str(text).ok();
        if let Some(method) = method.filter(|method| METHODS.contains(method)) {
            return Ok(Self::One(method));
        }
        if matches!(method, Some(AuthMethod::None)) {
            return Err(
                "the client credentials grant needs client authentication, so `none` cannot be used"
                    .to_owned(),
            );
        }
        if text == "federated" {
            return Err(unsupported(&format!("the method `{text}`")));
        }
        let mut words = vec!["auto"];
        words.extend(METHODS.iter().map(|method| method.as_str()));
        Err(expected_one_of(text, &words))
    }
}

impl fmt::Display for MethodChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Auto => "auto",
            Self::One(method) => method.as_str(),
        })
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

/// Whom the client assertion is addressed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum AssertionAudience {
    /// The issuer, as RFC 10070 section 4 demands.
    Issuer,
    /// The token endpoint, for servers that know only that form.
    TokenEndpoint,
    /// A value of one's own.
    Own(String),
}

impl AssertionAudience {
    /// Reads `issuer`, `token_endpoint`, or takes the text as the value.
    pub(crate) fn parse(text: &str) -> Self {
        match text {
            "issuer" => Self::Issuer,
            "token_endpoint" => Self::TokenEndpoint,
            own => Self::Own(own.to_owned()),
        }
    }
}

impl fmt::Display for AssertionAudience {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Issuer => "issuer",
            Self::TokenEndpoint => "token_endpoint",
            Self::Own(own) => own,
        })
    }
}

/// The `typ` header of the client assertion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AssertionType {
    /// `client-authentication+jwt`, as RFC 10070 section 4 demands.
    ClientAuthentication,
    /// `JWT`, for older servers.
    Jwt,
    /// No such header.
    None,
}

impl Words for AssertionType {
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::ClientAuthentication, "client-authentication+jwt"),
        (Self::Jwt, "JWT"),
        (Self::None, "none"),
    ];
}

impl AssertionType {
    /// The value of the header, if there is to be one.
    pub(crate) fn header(self) -> Option<&'static str> {
        (self != Self::None).then(|| self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::{AssertionType, CacheStore, MethodChoice, Words, algorithm};
    use jeton_oauth::{Algorithm, AuthMethod};

    #[test]
    fn words_go_both_ways_and_slips_are_named() {
        for (value, word) in CacheStore::WORDS {
            assert_eq!(CacheStore::from_word(word).as_ref(), Ok(value));
        }
        let told = CacheStore::from_word("dsik").expect_err("a slip");
        assert_eq!(
            told,
            "expected one of disk, memory, none; did you mean `disk`?"
        );
        assert_eq!(AssertionType::None.header(), None);
        assert_eq!(AssertionType::Jwt.header(), Some("JWT"));
    }

    #[test]
    fn methods() {
        assert_eq!(MethodChoice::parse("auto"), Ok(MethodChoice::Auto));
        assert_eq!(
            MethodChoice::parse("private_key_jwt"),
            Ok(MethodChoice::One(AuthMethod::PrivateKeyJwt))
        );
        assert_eq!(
            MethodChoice::parse("tls_client_auth"),
            Ok(MethodChoice::One(AuthMethod::TlsClientAuth))
        );
        let later = MethodChoice::parse("federated").expect_err("not yet");
        assert!(
            later.contains("not supported by this version of jeton yet"),
            "{later}"
        );
        // client requirement 16
        assert!(
            MethodChoice::parse("none")
                .expect_err("none")
                .contains("needs client authentication")
        );
        let slip = MethodChoice::parse("client_secret_basci").expect_err("a slip");
        assert!(slip.contains("`client_secret_basic`"), "{slip}");
    }

    #[test]
    fn algorithms_are_named_exactly() {
        assert_eq!(algorithm("ES256"), Ok(Algorithm::ES256));
        assert!(algorithm("es256").expect_err("case").contains("`ES256`"));
        assert!(algorithm("none").is_err());
    }
}
