//! How client assertions are built (RFC 7523 with RFC 10070).

use jeton_oauth::{Algorithm, assertion};
use std::fmt;
use std::time::Duration;

/// How client assertions are built.
#[derive(Debug, Clone)]
pub struct AssertionConfig {
    /// The algorithm; where there is none, what the key can do and the server lists.
    pub alg: Option<Algorithm>,
    /// `kid` of the header.
    pub kid: Option<String>,
    /// How long an assertion is valid from now on (`exp`).
    pub lifetime: Duration,
    /// How far `iat` is set back, in whole seconds: a server whose clock is behind refuses an assertion from its future.
    pub backdate: Duration,
    /// `aud`.
    pub audience: AssertionAudience,
    /// `typ` of the header.
    pub typ: AssertionType,
    /// Whether `client_id` is sent beside the assertion (RFC 7521 4.2: optional).
    pub send_client_id: bool,
}

impl Default for AssertionConfig {
    fn default() -> Self {
        Self {
            alg: None,
            kid: None,
            lifetime: Duration::from_secs(60),
            backdate: Duration::ZERO,
            audience: AssertionAudience::Issuer,
            typ: AssertionType::ClientAuthentication,
            send_client_id: false,
        }
    }
}

/// The audience of an assertion: one value, never a second try with another (RFC 10070).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AssertionAudience {
    /// The issuer identifier (RFC 10070 section 4).
    Issuer,
    /// The URL of the token endpoint, for servers that know nothing else.
    TokenEndpoint,
    /// Another value.
    Own(String),
}

impl AssertionAudience {
    /// The word of the configuration, or the value itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Issuer => "issuer",
            Self::TokenEndpoint => "token_endpoint",
            Self::Own(own) => own,
        }
    }
}

/// Reads what [`AssertionAudience::as_str`] gives.
impl From<&str> for AssertionAudience {
    fn from(text: &str) -> Self {
        match text {
            "issuer" => Self::Issuer,
            "token_endpoint" => Self::TokenEndpoint,
            own => Self::Own(own.to_owned()),
        }
    }
}

impl fmt::Display for AssertionAudience {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The `typ` header of an assertion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AssertionType {
    /// `client-authentication+jwt` (RFC 10070 section 4).
    ClientAuthentication,
    /// `JWT`, for older servers.
    Jwt,
    /// No such header.
    None,
}

impl AssertionType {
    /// Every type, the default first.
    pub const ALL: [Self; 3] = [Self::ClientAuthentication, Self::Jwt, Self::None];

    /// The word of the configuration.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            typ => typ.header(),
        }
    }

    /// The value of the header; empty where it is left out.
    #[must_use]
    pub const fn header(self) -> &'static str {
        match self {
            Self::ClientAuthentication => assertion::TYP,
            Self::Jwt => "JWT",
            Self::None => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{AssertionAudience, AssertionType};

    #[test]
    fn words_and_headers() {
        let words = AssertionType::ALL.map(AssertionType::as_str);
        assert_eq!(words, ["client-authentication+jwt", "JWT", "none"]);
        assert_eq!(AssertionType::None.header(), "");
        assert_eq!(AssertionType::Jwt.header(), "JWT");
    }

    #[test]
    fn audiences_read_back() {
        for text in ["issuer", "token_endpoint", "https://a.example/other"] {
            assert_eq!(AssertionAudience::from(text).as_str(), text);
        }
    }
}
