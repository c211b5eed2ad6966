//! Client authentication methods by their registered names (RFC 7591 2, RFC 8705 2).

use std::{fmt, str::FromStr};

/// How a client proves who it is at the token endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AuthMethod {
    /// Identifier and secret in the `Authorization` header (RFC 6749 2.3.1).
    ClientSecretBasic,
    /// Identifier and secret in the body (RFC 6749 2.3.1).
    ClientSecretPost,
    /// An assertion under an HMAC with the secret (OpenID Connect Core 9).
    ClientSecretJwt,
    /// An assertion under a private key (RFC 7523 2.2).
    PrivateKeyJwt,
    /// A certificate of a trusted authority (RFC 8705 2.1).
    TlsClientAuth,
    /// A registered certificate (RFC 8705 2.2).
    SelfSignedTlsClientAuth,
    /// None: a public client, which the client credentials grant does not serve.
    None,
}

impl AuthMethod {
    /// Every method, in the order of the enum.
    pub const ALL: [Self; 7] = [
        Self::ClientSecretBasic,
        Self::ClientSecretPost,
        Self::ClientSecretJwt,
        Self::PrivateKeyJwt,
        Self::TlsClientAuth,
        Self::SelfSignedTlsClientAuth,
        Self::None,
    ];

    /// The registered name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ClientSecretBasic => "client_secret_basic",
            Self::ClientSecretPost => "client_secret_post",
            Self::ClientSecretJwt => "client_secret_jwt",
            Self::PrivateKeyJwt => "private_key_jwt",
            Self::TlsClientAuth => "tls_client_auth",
            Self::SelfSignedTlsClientAuth => "self_signed_tls_client_auth",
            Self::None => "none",
        }
    }
}

impl fmt::Display for AuthMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for AuthMethod {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        Self::ALL
            .into_iter()
            .find(|method| method.as_str() == name)
            .ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::AuthMethod;

    #[test]
    fn every_name_reads_back() {
        for method in AuthMethod::ALL {
            assert_eq!(method.as_str().parse(), Ok(method));
        }
        assert_eq!("Client_Secret_Basic".parse::<AuthMethod>(), Err(()));
    }
}
