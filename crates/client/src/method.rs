//! Which authentication method `auto` means: a pure choice.

use jeton_oauth::AuthMethod;

/// The order of preference. A JWT with the secret comes last: a server's list says what some client may use, not what
/// this one is registered for, and a secret is registered for Basic or the body nearly everywhere.
const WITH_SECRET: [AuthMethod; 3] = [
    AuthMethod::ClientSecretBasic,
    AuthMethod::ClientSecretPost,
    AuthMethod::ClientSecretJwt,
];

/// Picks a method. `offered` is the server's list, or `None` where its metadata is not known.
///
/// # Errors
/// The list that the server offers, where nothing on it can be done with the credential at hand.
pub(crate) fn choose(
    has_private_key: bool,
    offered: Option<&[&str]>,
) -> Result<AuthMethod, Vec<String>> {
    let candidates: &[AuthMethod] = if has_private_key {
        &[AuthMethod::PrivateKeyJwt]
    } else {
        &WITH_SECRET
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
        assert_eq!(choose(true, Some(&all)), Ok(AuthMethod::PrivateKeyJwt));
        assert_eq!(choose(false, Some(&all)), Ok(AuthMethod::ClientSecretBasic));
        assert_eq!(
            choose(false, Some(&all[..1])),
            Ok(AuthMethod::ClientSecretPost)
        );
        assert_eq!(
            choose(false, Some(&["client_secret_jwt"])),
            Ok(AuthMethod::ClientSecretJwt)
        );
        assert_eq!(choose(true, None), Ok(AuthMethod::PrivateKeyJwt));
        assert_eq!(choose(false, None), Ok(AuthMethod::ClientSecretBasic));
        assert!(choose(false, Some(&["private_key_jwt"])).is_err());
        assert!(choose(true, Some(&["client_secret_basic"])).is_err());
    }
}
