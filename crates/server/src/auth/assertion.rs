//! A client assertion: a JWT that the client signed, with its private key or with its secret (RFC 7523 sections 2.2 and 3, RFC
//! 10070). Everything else is checked before the `jti` is used up, so that only the client can use one up.

use super::Authenticated;
use crate::authority::Authority;
use crate::client::{ASYMMETRIC, Client, SYMMETRIC};
use crate::config::AssertionRules;
use crate::ephemeral::{Replay, UsedJti};
use crate::refusal::Refusal;
use jeton_oauth::json::Object;
use jeton_oauth::jwt::{Header, Unverified, Verified, claims};
use jeton_oauth::{Algorithm, Assertion, AuthMethod};

/// Characters of a `jti`. Only its hash is remembered, so this refuses mistakes.
const LONGEST_JTI: usize = 512;

/// Seconds after which an assertion may come again when the memory of `jti`s is full.
const RETRY_AFTER: u32 = 5;

pub(super) async fn check(
    authority: &Authority,
    client_id: Option<&str>,
    assertion: &Assertion,
    now: i64,
) -> Result<Authenticated, Refusal> {
    let token = Unverified::parse(assertion.expose())
        .map_err(|error| Refusal::client(format!("assertion: {error}")))?;
    let subject = claims::text(token.claims(), "sub")
        .ok()
        .flatten()
        .ok_or_else(|| Refusal::client("assertion: no sub"))?;
    if client_id.is_some_and(|sent| sent != subject) {
        return Err(Refusal::client("assertion: sub is not the client_id"));
    }
    let client = authority
        .registry
        .client(subject)
        .ok_or_else(|| Refusal::client("unknown client"))?;
    if !client.enabled {
        return Err(Refusal::client("disabled client"));
    }
    check_typ(token.header()).map_err(Refusal::client)?;
    let token = verify(token, assertion, &client, now).map_err(Refusal::client)?;

    let expected = Expected {
        issuer: authority.config.issuer.as_str(),
        token_endpoint: &authority.token_endpoint,
        rules: authority.config.assertions,
        client: &client,
    };
    let good = expected
        .check(token.claims(), now)
        .map_err(Refusal::client)?;
    if good.for_token_endpoint {
        authority.note_endpoint_audience(&client.id);
    }
    let used = UsedJti::new(&client.id, good.jti, good.until);
    match authority.ephemeral.use_up(used.clone(), now).await {
        Ok(()) => Ok(Authenticated {
            client,
            used: Some(used),
        }),
        Err(Replay::Used) => Err(Refusal::client("assertion: used before")),
        Err(Replay::Full) => Err(Refusal::busy(
            "the memory of assertions is full for this client",
            RETRY_AFTER,
        )),
    }
}

/// Accepts no type, the generic one and that of client assertions; refuses a token made for something else (server requirement
/// 21).
fn check_typ(header: &Header) -> Result<(), &'static str> {
    let accepted = ["JWT", jeton_oauth::assertion::TYP];
    if header.typ.is_none() || accepted.iter().any(|typ| header.typ_is(typ)) {
        return Ok(());
    }
    Err("assertion: another typ")
}

/// Uses the registered keys only, never one in the token.
fn verify(
    token: Unverified,
    assertion: &Assertion,
    client: &Client,
    now: i64,
) -> Result<Verified, String> {
    let all: &[Algorithm] = match client.method {
        AuthMethod::PrivateKeyJwt => &ASYMMETRIC,
        AuthMethod::ClientSecretJwt => &SYMMETRIC,
        _ => return Err("another method than the registered one".to_owned()),
    };
    let pinned = client.assertion_algorithm.map(|algorithm| [algorithm]);
    let allowed = pinned.as_ref().map_or(all, <[Algorithm; 1]>::as_slice);
    let algorithm = Algorithm::from_name(&token.header().alg)
        .filter(|algorithm| allowed.contains(algorithm))
        .ok_or("assertion: this algorithm is not allowed")?;

    let kid = token.header().kid.clone();
    let candidates = client.assertion_keys.iter().filter(|key| {
        let named = kid.is_none() || key.kid.is_none() || key.kid == kid;
        let live = key.expires_at.is_none_or(|end| end > now);
        named && live && key.key.algorithms().contains(&algorithm)
    });
    let mut token = Some(token);
    for candidate in candidates {
        // verifying uses the parsed token up; a second candidate is rare
        let this = match token.take() {
            Some(token) => token,
            None => Unverified::parse(assertion.expose()).map_err(|error| error.to_string())?,
        };
        if let Ok(verified) = this.verify(allowed, &candidate.key) {
            return Ok(verified);
        }
    }
    Err("assertion: no registered key verifies it".to_owned())
}

/// What the claims must say.
struct Expected<'a> {
    issuer: &'a str,
    token_endpoint: &'a str,
    rules: AssertionRules,
    client: &'a Client,
}

/// What valid claims say.
#[derive(Debug, PartialEq)]
struct Good<'a> {
    jti: &'a str,
    /// Unix seconds until which the `jti` is remembered.
    until: i64,
    /// It was made for the URL of the token endpoint, which this client may do for a while.
    for_token_endpoint: bool,
}

impl Expected<'_> {
    fn check<'t>(&self, all: &'t Object, now: i64) -> Result<Good<'t>, String> {
        let wrong = |error: claims::ClaimError| format!("assertion: {error}");
        let text = |name| claims::text(all, name).map_err(wrong);
        let date = |name| claims::numeric_date(all, name).map_err(wrong);
        let no = |why: &str| Err(format!("assertion: {why}"));
        let id = self.client.id.as_str();
        if text("iss")? != Some(id) || text("sub")? != Some(id) {
            return no("iss and sub are not the client");
        }

        let audience = claims::audience(all).map_err(wrong)?;
        let moving = self
            .client
            .endpoint_audience_until
            .is_some_and(|until| until > now);
        let for_token_endpoint = match audience.as_slice() {
            [one] if *one == self.issuer => false,
            [one] if moving && *one == self.token_endpoint => true,
            _ => return no("aud is not this issuer alone"),
        };

        let (now_f, leeway) = (seconds(now), f64::from(self.rules.leeway));
        let longest = f64::from(self.rules.max_lifetime);
        let Some(exp) = date("exp")? else {
            return no("no exp");
        };
        let iat = date("iat")?;
        if exp <= now_f - leeway {
            return no("it has ended");
        }
        if exp > now_f + longest + leeway || iat.is_some_and(|iat| exp - iat > longest) {
            return no("it lives too long");
        }
        if iat.is_some_and(|iat| iat > now_f + leeway) {
            return no("iat lies ahead");
        }
        if date("nbf")?.is_some_and(|nbf| nbf > now_f + leeway) {
            return no("nbf lies ahead");
        }
        // without iat it may be as old as its exp allows
        if iat.unwrap_or(exp - longest) < seconds(self.client.not_before) {
            return no("it is from before everything of this client was revoked");
        }

        let jti = text("jti")?.unwrap_or_default();
        if jti.is_empty() || jti.len() > LONGEST_JTI {
            return no("no jti, or one that is too long");
        }
        Ok(Good {
            jti,
            until: whole_seconds(exp + leeway) + 1,
            for_token_endpoint,
        })
    }
}

/// Unix seconds fit a double for the next hundred million years.
#[expect(clippy::cast_precision_loss, reason = "exact below 2^53")]
const fn seconds(time: i64) -> f64 {
    time as f64
}

/// `exp` was checked to be near now: no double that does not fit comes here.
#[expect(clippy::cast_possible_truncation, reason = "checked to be near now")]
const fn whole_seconds(time: f64) -> i64 {
    time as i64
}
