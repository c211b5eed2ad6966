//! A client assertion that the server refuses (RFC 7523 3): which of its parts is the likeliest reason.

use crate::context::ProfileContext;
use crate::evidence::RequestFacts;
use jeton_oauth::{AuthMethod, ErrorResponse};

/// What the description of a refused assertion points at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Suspect {
    /// `aud`.
    Audience,
    /// The key, or its `kid`.
    Key,
    /// `exp`, `iat`, `nbf`.
    Time,
    /// `jti`.
    Replay,
}

/// Reads the server's description.
#[must_use]
pub fn suspect(description: &str) -> Option<Suspect> {
    let text = description.to_ascii_lowercase();
    let words: Vec<&str> = text.split(|c: char| !c.is_ascii_alphanumeric()).collect();
    let has = |list: &[&str]| words.iter().any(|word| list.contains(word));
    if has(&["aud", "audience", "audiences"]) {
        Some(Suspect::Audience)
    } else if has(&["jti", "replay", "replayed", "reused"]) {
        Some(Suspect::Replay)
    } else if has(&[
        "exp",
        "iat",
        "nbf",
        "expired",
        "expiration",
        "lifetime",
        "clock",
        "future",
    ]) {
        Some(Suspect::Time)
    } else if has(&["kid", "key", "keys", "jwk", "jwks", "signature"]) {
        Some(Suspect::Key)
    } else {
        None
    }
}

/// The part that the server points at comes first; another audience is offered and never tried (RFC 10070).
pub(super) fn advice(
    context: &ProfileContext,
    error: &ErrorResponse,
    facts: &RequestFacts,
) -> Vec<String> {
    let suspected = error.description.as_deref().and_then(suspect);
    let mut lines = vec![
        (Suspect::Key, key(context, facts)),
        (Suspect::Audience, audience(context, facts)),
        (
            Suspect::Time,
            format!(
                "is this machine's clock right{}; some servers also accept short lifetimes only: assertion.lifetime",
                context
                    .now
                    .as_ref()
                    .map_or_else(|| "?".to_owned(), |now| format!("? it says {now}"))
            ),
        ),
    ];
    if suspected == Some(Suspect::Replay) {
        lines.push((
            Suspect::Replay,
            "jeton makes a new assertion for each request: something in between may send requests twice".to_owned(),
        ));
    }
    lines.sort_by_key(|(part, _)| suspected != Some(*part));
    let mut lines: Vec<String> = lines.into_iter().map(|(_, line)| line).collect();
    let client = &context.client_id.value;
    let method = facts
        .method
        .map_or_else(|| "its method".to_owned(), |method| method.to_string());
    lines.push(format!(
        "is {client} registered for {method}? the server's log tells the operator why it was refused"
    ));
    lines
}

fn key(context: &ProfileContext, facts: &RequestFacts) -> String {
    let (client, credential) = (&context.client_id.value, &context.credential);
    if facts.method == Some(AuthMethod::ClientSecretJwt) {
        return format!(
            "is the secret current? it signs the assertion, and comes from {credential}"
        );
    }
    let kid = match &facts.assertion {
        Some(assertion) => {
            let kid = assertion.kid.as_deref().unwrap_or("none");
            format!("under the kid {kid}? (assertion.kid sets another one)")
        }
        None => "under the kid that the profile uses (assertion.kid)?".to_owned(),
    };
    format!("is the public key of {credential} registered for {client}, {kid}")
}

fn audience(context: &ProfileContext, facts: &RequestFacts) -> String {
    let origin = &context.assertion_audience.origin;
    let sends = |url: Option<&String>| url.map_or_else(String::new, |url| format!(" sends {url}"));
    match context.assertion_audience.value.as_str() {
        "issuer" => format!(
            "the server may accept only its token endpoint as audience: assertion.audience = \"token_endpoint\" ({origin}){}",
            sends(facts.token_endpoint.as_ref())
        ),
        "token_endpoint" => format!(
            "the server may require its issuer as audience (RFC 10070): assertion.audience = \"issuer\" ({origin}){}",
            sends(Some(&context.target.value))
        ),
        _ => format!(
            "is this the audience that the server requires? assertion.audience ({origin}) can also be \"issuer\" or \"token_endpoint\""
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::{Suspect, suspect};

    #[test]
    fn words_are_whole_words() {
        assert_eq!(suspect("fraud said"), None);
        assert_eq!(suspect("Monkey business"), None);
        assert_eq!(suspect("wrong `aud`"), Some(Suspect::Audience));
        assert_eq!(suspect("key expired"), Some(Suspect::Time));
    }
}
