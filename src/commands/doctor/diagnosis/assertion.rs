//! A client assertion that the server does not take: which of its parts is the likeliest reason.

use super::refusal::Sent;
use super::{Around, Diagnosis, Who};
use jeton_client::rehearsal::Assertion;
use jeton_oauth::{AuthMethod, ErrorResponse};

/// What the description of a refused assertion points at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Suspect {
    Audience,
    Key,
    Time,
    Replay,
}

fn suspect(description: &str) -> Option<Suspect> {
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

/// The refusal, with what was sent; another audience is offered and never tried (RFC 10070).
pub(super) fn assertion_refused(
    around: &Around,
    status: u16,
    answer: &ErrorResponse,
    sent: &Sent,
    assertion: &Assertion,
) -> Diagnosis {
    let said = answer.description.as_deref();
    let suspect = said.and_then(suspect);
    let client = &around.client_id;
    let (code, what) = match suspect {
        Some(Suspect::Audience) => (
            "request.assertion_audience",
            "does not take the audience of the client's assertion",
        ),
        Some(Suspect::Key) => (
            "request.assertion_key",
            "does not take the key of the client's assertion",
        ),
        Some(Suspect::Time) => (
            "request.assertion_time",
            "does not take the times of the client's assertion",
        ),
        Some(Suspect::Replay) => (
            "request.assertion_replayed",
            "says that it has seen the client's assertion before",
        ),
        None => ("request.assertion", "does not take the client's assertion"),
    };
    let kid = assertion.kid.as_deref().unwrap_or("none");
    let (audience, audience_at) = &around.assertion_audience;
    let diagnosis = Diagnosis::new(
        code,
        Who::Either,
        format!(
            "the server {what} ({}, HTTP {status})",
            answer.error.as_str()
        ),
    )
    .seen_if(said.map(|text| format!("the server says: {text}")))
    .seen(format!(
        "sent as {}: aud {}, kid {kid}, alg {}, iss and sub {}, valid for {} s",
        sent.method, assertion.audience, assertion.alg, assertion.client, assertion.lifetime
    ));
    let key = if sent.method == AuthMethod::ClientSecretJwt {
        format!(
            "is the secret the current one? it signs the assertion, and comes from {}",
            around.credential
        )
    } else {
        format!(
            "is the public key of {} registered for {client}, under the kid {kid}? (assertion.kid names another one)",
            around.credential
        )
    };
    let try_audience = match audience.as_str() {
        "issuer" => format!(
            "the server may know its token endpoint alone as audience: assertion.audience = \"token_endpoint\" ({audience_at}) sends {}",
            sent.token_endpoint
        ),
        "token_endpoint" => format!(
            "the server may want its issuer as audience (RFC 10070): assertion.audience = \"issuer\" ({audience_at}) sends {}",
            around.target
        ),
        _ => format!(
            "is this audience the one that the server wants? assertion.audience ({audience_at}) may be \"issuer\" or \"token_endpoint\" too"
        ),
    };
    let mut remedies = vec![
        (Suspect::Key, key),
        (Suspect::Audience, try_audience),
        (
            Suspect::Time,
            format!("is this machine's clock right? it says {}; some servers also take short lifetimes only: assertion.lifetime", around.now),
        ),
        (
            Suspect::Replay,
            "jeton makes a new assertion for each request: something in between may send requests twice".to_owned(),
        ),
    ];
    remedies.retain(|(kind, _)| *kind != Suspect::Replay || suspect == Some(Suspect::Replay));
    remedies.sort_by_key(|(kind, _)| suspect != Some(*kind));
    remedies
        .into_iter()
        .fold(diagnosis, |diagnosis, (_, remedy)| diagnosis.remedy(remedy))
        .remedy(format!(
            "is {client} registered for {}? the operator can see in the server's log why it refused",
            sent.method
        ))
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
