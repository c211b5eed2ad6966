//! The access token: a JWT as RFC 9068 section 2 describes it. It is not kept anywhere.

use crate::grants::Granted;
use crate::keys::SigningKey;
use jeton_oauth::{AccessToken, KeyError, jwt};
use serde::Serialize;

/// The `typ` that no other token of this authority has (server requirements 48 and 52).
const TYP: &str = "at+jwt";

#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    sub: &'a str,
    client_id: &'a str,
    aud: Audience<'a>,
    iat: i64,
    exp: i64,
    jti: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    scope: &'a str,
}

/// One audience is a string, several are an array.
#[derive(Serialize)]
#[serde(untagged)]
enum Audience<'a> {
    One(&'a str),
    Several(&'a [String]),
}

/// Signs what was granted.
pub(crate) fn mint(
    granted: &Granted,
    issuer: &str,
    client_id: &str,
    jti: &str,
    now: i64,
    key: &SigningKey,
) -> Result<AccessToken, KeyError> {
    let claims = Claims {
        iss: issuer,
        sub: client_id,
        client_id,
        aud: match granted.audience.as_slice() {
            [one] => Audience::One(one),
            several => Audience::Several(several),
        },
        iat: now,
        exp: now + i64::from(granted.lifetime),
        jti,
        scope: &granted.scopes.to_string(),
    };
    jwt::sign(TYP, Some(&key.kid), &claims, key.algorithm, &key.private).map(AccessToken::new)
}
