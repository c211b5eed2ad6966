//! Which authentication method `auto` means: a pure choice.

use jeton_oauth::AuthMethod;

/// The order of preference. A JWT with the secret comes last: a server's list says what some client may use, not what
/// this one is registered for, and a secret is registered for Basic or the body nearly everywhere.
const WITH_SECRET: [AuthMethod; 3] = [
    AuthMethod::ClientSecretBasic,
    AuthMethod::ClientSecretPost,
    AuthMethod::ClientSecretJwt,
];

/// With a certificate, both are the same on the wire; which of them a server names is up to how it checks certificates.
const BY_CERTIFICATE: [AuthMethod; 2] = [
    AuthMethod::TlsClientAuth,
    AuthMethod::SelfSignedTlsClientAuth,
];
const BY_SELF_SIGNED: [AuthMethod; 2] = [
    AuthMethod::SelfSignedTlsClientAuth,
    AuthMethod::TlsClientAuth,
];

/// What the client has to prove who it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Proof {
    PrivateKey,
    /// A secret, or nothing that is known of: then a secret is what is missing.
    Secret,
    /// A certificate and nothing else.
    Certificate {
        self_signed: bool,
    },
}

/// Picks a method. `offered` is the server's list, or `None` where its metadata is not known.
///
/// # Errors
/// The list that the server offers, where nothing on it can be done with the credential at hand.
pub(crate) fn choose(proof: Proof, offered: Option<&[&str]>) -> Result<AuthMethod, Vec<String>> {
    let candidates: &[AuthMethod] = match proof {
        Proof::PrivateKey => &[AuthMethod::PrivateKeyJwt],
        Proof::Secret => &WITH_SECRET,
        Proof::Certificate { self_signed: true } => &BY_SELF_SIGNED,
        Proof::Certificate { self_signed: false } => &BY_CERTIFICATE,
    };
    let Some(offered) = offered else {
        return Ok(candidates[0]);
    };
    candidates
        .iter()
        .copied()
        .find(|method| offered.contains(&method.as_str()))
        .ok_or_else(|| offered.iter().map(|&name| name.to_owned()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn client_29_the_strongest_that_both_can() {
        let all = [
            "client_secret_post",
            "client_secret_basic",
            "private_key_jwt",
            "client_secret_jwt",
        ];
        assert_eq!(
            choose(Proof::PrivateKey, Some(&all)),
            Ok(AuthMethod::PrivateKeyJwt)
        );
        assert_eq!(
            choose(Proof::Secret, Some(&all)),
            Ok(AuthMethod::ClientSecretBasic)
        );
        assert_eq!(
            choose(Proof::Secret, Some(&all[..1])),
            Ok(AuthMethod::ClientSecretPost)
        );
        assert_eq!(
            choose(Proof::Secret, Some(&["client_secret_jwt"])),
            Ok(AuthMethod::ClientSecretJwt)
        );
        assert_eq!(
            choose(Proof::PrivateKey, None),
            Ok(AuthMethod::PrivateKeyJwt)
        );
        assert_eq!(
            choose(Proof::Secret, None),
            Ok(AuthMethod::ClientSecretBasic)
        );
        assert!(choose(Proof::Secret, Some(&["private_key_jwt"])).is_err());
        assert!(choose(Proof::PrivateKey, Some(&["client_secret_basic"])).is_err());
    }

    #[test]
    fn client_38_a_certificate_alone_is_the_credential() {
        let by_ca = Proof::Certificate { self_signed: false };
        let self_signed = Proof::Certificate { self_signed: true };
        let (tls, own) = (
            AuthMethod::TlsClientAuth,
            AuthMethod::SelfSignedTlsClientAuth,
        );
        let both = ["client_secret_basic", own.as_str(), tls.as_str()];
        for (proof, offered, picked) in [
            (by_ca, Some(&both[..]), tls),
            (self_signed, Some(&both[..]), own),
            (by_ca, Some(&both[..2]), own),
            (self_signed, Some(&both[2..]), tls),
            (by_ca, None, tls),
            (self_signed, None, own),
        ] {
            assert_eq!(choose(proof, offered), Ok(picked), "{proof:?} {offered:?}");
        }
        assert_eq!(
            choose(by_ca, Some(&both[..1])),
            Err(vec![both[0].to_owned()])
        );
    }
}
