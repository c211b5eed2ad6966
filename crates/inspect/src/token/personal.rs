//! Private data in claims. Everyone who handles a token can read it, and it ends up in logs (RFC 9068 section 6).

use super::json_text::{Member, string};
use crate::finding::Finding;

/// Claims about a person: OpenID Connect Core 5.1, and others in use.
const PERSONAL: [&str; 20] = [
    "name",
    "given_name",
    "family_name",
    "middle_name",
    "nickname",
    "preferred_username",
    "profile",
    "picture",
    "website",
    "email",
    "gender",
    "birthdate",
    "phone_number",
    "phone",
    "mobile",
    "address",
    "ip_address",
    "ipaddr",
    "ssn",
    "national_id",
];

/// Parts of names of data that should never be in a token.
const SECRET: [&str; 6] = [
    "password",
    "passwd",
    "secret",
    "api_key",
    "apikey",
    "private_key",
];

/// What of it there is: names alone, never a value.
pub(super) fn personal(claims: &[Member<'_>]) -> Vec<Finding> {
    let named = |what: &dyn Fn(&Member<'_>) -> bool| {
        let names: Vec<&str> = claims
            .iter()
            .filter(|member| what(member))
            .map(|member| member.name.as_str())
            .collect();
        (!names.is_empty()).then(|| names.join(", "))
    };
    let about = named(&|member| {
        let name = member.name.to_ascii_lowercase();
        PERSONAL.contains(&name.as_str()) || string(member.value).is_some_and(|text| is_mail(&text))
    });
    let secret = named(&|member| {
        let name = member.name.to_ascii_lowercase().replace('-', "_");
        SECRET.iter().any(|part| name.contains(part))
    });
    let token = named(&|member| string(member.value).is_some_and(|text| is_token(&text)));
    let tell = |names: Option<String>, code, what: &str| {
        names.map(|names| Finding::warn(code, format!("{what}: {names}")))
    };
    [
        tell(
            about,
            "claims.personal",
            "personal data, readable by everyone who handles the token and by its logs",
        ),
        tell(
            secret,
            "claims.secret",
            "a secret, judging by its name, readable by everyone who handles the token",
        ),
        tell(
            token,
            "claims.token",
            "a claim contains another token: who gets this one has both",
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Looks like an e-mail address. A URL with a user name does not.
fn is_mail(text: &str) -> bool {
    let Some((user, host)) = text.split_once('@') else {
        return false;
    };
    let plain = |part: &str, more: &[char]| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| c.is_alphanumeric() || "-_.".contains(c) || more.contains(&c))
    };
    plain(user, &['+', '\'', '%']) && plain(host, &[]) && host.contains('.')
}

/// Looks like a signed JWT.
fn is_token(text: &str) -> bool {
    text.starts_with("eyJ") && text.split('.').count() == 3
}

#[cfg(test)]
mod tests {
    use super::personal;
    use crate::token::json_text::members;

    fn found(claims: &str) -> String {
        let found = personal(&members(claims));
        let lines: Vec<_> = found.iter().map(|finding| finding.what.as_str()).collect();
        lines.join("\n")
    }

    #[test]
    fn names_alone() {
        let text = found(
            r#"{"sub":"ada@example.com","Email":"ada@x.example","db-password":"hunter2","id_token":"eyJhbGciOiJub25lIn0.e30.","phone_number":1}"#,
        );
        assert!(text.contains("logs: sub, Email, phone_number"), "{text}");
        assert!(
            text.contains("readable by everyone who handles the token: db-password"),
            "{text}"
        );
        assert!(text.contains("has both: id_token"), "{text}");
        assert!(
            !text.contains("hunter2") && !text.contains("ada@"),
            "{text}"
        );
    }

    #[test]
    fn machines_are_no_persons() {
        let text = found(
            r#"{"sub":"billing","client_id":"x","client_name":"batch","iss":"https://a@b.example","scope":"user@read","jti":"@","azp":"a@localhost"}"#,
        );
        assert_eq!(text, "");
    }
}
