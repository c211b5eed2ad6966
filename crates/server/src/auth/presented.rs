//! What a request presents to say who it is: one mechanism, or none.

use crate::refusal::Refusal;
use jeton_oauth::form::FormParams;
use jeton_oauth::{Assertion, AuthMethod, ClientSecret, ErrorCode, assertion, basic};

/// The credentials of a request.
#[derive(Debug)]
pub(crate) enum Presented {
    /// RFC 6749 section 2.3.1, in the header or in the body.
    Secret {
        method: AuthMethod,
        client_id: String,
        secret: ClientSecret,
    },
    /// RFC 7523 section 2.2.
    Assertion {
        client_id: Option<String>,
        assertion: Assertion,
    },
    /// At most a name.
    Nothing { client_id: Option<String> },
}

/// What a secret is called where it must never stand: in the query.
pub(crate) const CREDENTIALS: [&str; 3] = ["client_secret", "client_assertion", "assertion"];

impl Presented {
    /// Finds the one mechanism; `authorization` are the values of all `Authorization` headers.
    pub(crate) fn find(authorization: &[&str], form: &FormParams) -> Result<Self, Refusal> {
        let invalid = |why| Refusal::open(ErrorCode::InvalidRequest, why);
        let client_id = form.get("client_id").map(str::to_owned);
        let secret = form.get("client_secret");
        let asserted = form.get("client_assertion");
        let kind = form.get("client_assertion_type");

        let mechanisms = usize::from(!authorization.is_empty())
            + usize::from(secret.is_some())
            + usize::from(asserted.is_some() || kind.is_some());
        if mechanisms > 1 || authorization.len() > 1 {
            return Err(invalid("more than one client authentication mechanism"));
        }
        if let Some(header) = authorization.first() {
            return Self::basic(header, client_id);
        }
        if let Some(secret) = secret {
            return Ok(Self::Secret {
                method: AuthMethod::ClientSecretPost,
                client_id: client_id.ok_or_else(|| invalid("client_id is missing"))?,
                secret: ClientSecret::new(secret),
            });
        }
        match (asserted, kind) {
            (None, None) => Ok(Self::Nothing { client_id }),
            (Some(asserted), Some(assertion::TYPE_JWT_BEARER)) => Ok(Self::Assertion {
                client_id,
                assertion: Assertion::new(asserted),
            }),
            (Some(_), Some(_)) => Err(invalid("this client_assertion_type is not supported")),
            (None, Some(_)) => Err(invalid("client_assertion is missing")),
            (Some(_), None) => Err(invalid("client_assertion_type is missing")),
        }
    }

    fn basic(header: &str, in_body: Option<String>) -> Result<Self, Refusal> {
        let scheme = header.split(' ').next().unwrap_or_default();
        if !scheme.eq_ignore_ascii_case("basic") {
            return Err(Refusal::client("another authorization scheme"));
        }
        let (client_id, secret) = basic::decode(header)
            .map_err(|_| Refusal::open(ErrorCode::InvalidRequest, "malformed Basic credentials"))?;
        if in_body.is_some_and(|in_body| in_body != client_id) {
            return Err(Refusal::open(
                ErrorCode::InvalidRequest,
                "client_id is not that of the Authorization header",
            ));
        }
        Ok(Self::Secret {
            method: AuthMethod::ClientSecretBasic,
            client_id,
            secret,
        })
    }

    /// The client id that the request claims, unchecked.
    pub(crate) fn claimed(&self) -> Option<String> {
        match self {
            Self::Secret { client_id, .. } => Some(client_id.clone()),
            Self::Assertion {
                client_id,
                assertion,
            } => client_id.clone().or_else(|| {
                let token = jeton_oauth::jwt::Unverified::parse(assertion.expose()).ok()?;
                Some(token.claims().get("sub")?.as_str()?.to_owned())
            }),
            Self::Nothing { client_id } => client_id.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::Presented;
    use jeton_oauth::form::parse_strict;

    const KIND: &str =
        "client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer";

    fn find(authorization: &[&str], body: &str) -> Result<Presented, String> {
        let form = parse_strict(body.as_bytes()).unwrap();
        Presented::find(authorization, &form)
            .map_err(|refusal| format!("{} {}", refusal.code.as_str(), refusal.why))
    }

    #[test]
    fn server_13_more_than_one_mechanism_is_refused() {
        let basic = "Basic YTpi"; // a:b
        let assertion = format!("{KIND}&client_assertion=x");
        for (authorization, body) in [
            (vec![basic], "client_id=a&client_secret=b"),
            (vec![basic], assertion.as_str()),
            (vec![basic], KIND),
            (vec![basic, basic], ""),
            (vec![], &format!("client_id=a&client_secret=b&{assertion}")),
        ] {
            let why = find(&authorization, body).unwrap_err();
            assert_eq!(
                why, "invalid_request more than one client authentication mechanism",
                "{body}"
            );
        }
    }

    #[test]
    fn half_an_assertion_is_no_assertion() {
        for body in [
            "client_assertion=x",
            KIND,
            "client_assertion=x&client_assertion_type=saml",
        ] {
            assert!(find(&[], body).unwrap_err().starts_with("invalid_request"));
        }
    }

    #[test]
    fn basic_is_read_strictly_and_its_name_may_be_repeated_in_the_body_only_if_equal() {
        assert!(find(&["bAsIc YTpi"], "client_id=a").is_ok());
        assert!(
            find(&["Basic YTpi"], "client_id=b")
                .unwrap_err()
                .starts_with("invalid_request")
        );
        assert!(
            find(&["Basic %"], "")
                .unwrap_err()
                .starts_with("invalid_request malformed")
        );
        assert!(
            find(&["Bearer x"], "")
                .unwrap_err()
                .starts_with("invalid_client")
        );
        assert!(
            find(&[], "client_secret=b")
                .unwrap_err()
                .starts_with("invalid_request")
        );
    }

    #[test]
    fn no_secret_is_ever_printed() {
        let presented = find(&[], "client_id=a&client_secret=canary").unwrap();
        assert!(!format!("{presented:?}").contains("canary"));
    }
}
