//! What a client may use to ask for a token.

/// What a client may use to ask for a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grant {
    /// RFC 6749 section 4.4.
    ClientCredentials,
}

impl Grant {
    /// Every grant that this authority serves.
    pub(crate) const ALL: [Self; 1] = [Self::ClientCredentials];

    /// The value of `grant_type`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ClientCredentials => "client_credentials",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|grant| grant.as_str() == name)
    }
}
