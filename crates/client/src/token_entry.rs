//! From a token response to the entry that is kept, and what is said about it: pure.

use crate::cache::Entry;
use crate::config::ClientConfig;
use crate::token_request::Fetched;
use jeton_oauth::json::Object;
use jeton_oauth::jwt::{Unverified, claims};
use jeton_oauth::{ResourceUri, Scopes, TokenResponse};
use serde_json::Value;

/// No token is believed to live for more than a year, in seconds; the same as for `expires_in`.
const LONGEST: i64 = 365 * 24 * 3600;

/// SHA-256 in base64url; what is longer is none.
const LONGEST_THUMBPRINT: usize = 43;

/// The entry for a response to a request sent at `asked_at`.
///
/// It ends `expires_in` after the request was sent, which is never too late; where the server does not say it, a JWT's
/// own `exp` counts; else its end is unknown.
pub(crate) fn entry(config: &ClientConfig, response: TokenResponse, asked_at: i64) -> Entry {
    let token = Unverified::parse(response.access_token.expose()).ok();
    let claims = token.as_ref().map(Unverified::claims);
    let own_end = claims.and_then(|claims| claims::numeric_date(claims, "exp").ok().flatten());
    // A token may say anything; what is kept is a date that arithmetic and calendars can take.
    #[expect(clippy::cast_possible_truncation, reason = "a float cast saturates")]
    let own_end = own_end.map(|end| (end as i64).clamp(0, asked_at.saturating_add(LONGEST)));
    let audience = claims
        .and_then(|claims| claims::audience(claims).ok())
        .map_or_else(Vec::new, |list| {
            list.into_iter().map(str::to_owned).collect()
        });
    let own_scope = claims.and_then(own_scope);
    let asked = &config.request.scopes;
    Entry {
        token_type: response.token_type,
        scope: response
            .scope
            .or(own_scope)
            .or_else(|| (!asked.is_empty()).then(|| asked.to_string())),
        audience,
        expires_at: response
            .expires_in
            .map(|seconds| asked_at + seconds)
            .or(own_end),
        obtained_at: asked_at,
        renew_after: None,
        profile: config.labels.profile.clone(),
        issuer: config
            .issuer
            .as_ref()
            .map(|issuer| issuer.as_str().to_owned()),
        client_id: config.client_id.clone(),
        extra: response.extra,
        access_token: response.access_token,
    }
}

/// The scope that a JWT names itself (RFC 9068 2.2.3), by either name and in either form that servers use.
fn own_scope(claims: &Object) -> Option<String> {
    match claims.get("scope").or_else(|| claims.get("scp"))? {
        Value::String(scope) => Some(scope.clone()),
        Value::Array(list) => {
            let scopes: Option<Vec<&str>> = list.iter().map(Value::as_str).collect();
            Some(scopes?.join(" "))
        }
        _ => None,
    }
    .filter(|scope| !scope.trim().is_empty())
}

/// What is odd about a response, in sentences.
pub(crate) fn warnings(config: &ClientConfig, fetched: &Fetched) -> Vec<String> {
    let response = &fetched.response;
    let mut warnings: Vec<String> = response
        .notes
        .iter()
        .map(|note| note.as_str().to_owned())
        .collect();
    if let Some(skew) = fetched.skew {
        warnings.push(format!(
            "the server's clock is {} s {} this machine's",
            skew.abs(),
            if skew > 0 { "ahead of" } else { "behind" }
        ));
    }
    warnings.extend(binding_warning(config, fetched));
    let resources: Option<Vec<&str>> = response
        .extra
        .get("resource")
        .and_then(|value| value.as_array())
        .map(|values| values.iter().filter_map(|value| value.as_str()).collect());
    let asked = &config.request.resources;
    if let Some(got) = resources
        && !asked.is_empty()
        && !asked
            .iter()
            .all(|resource| got.contains(&resource.as_str()))
    {
        warnings.push(format!(
            "the server says that the token is for {}",
            got.join(", ")
        ));
    }
    warnings
}

/// Where a token is not what was requested, in sentences: another scope, or another audience.
pub(crate) fn grant_warnings(config: &ClientConfig, entry: &Entry) -> Vec<String> {
    let requested = &config.request;
    let mut warnings = Vec::new();
    if let Some(granted) = &entry.scope
        && !requested.scopes.is_empty()
        && Scopes::parse(granted).map(|granted| granted.normalized())
            != Ok(requested.scopes.normalized())
    {
        warnings.push(format!(
            "the token has the scope \"{granted}\", and \"{}\" was requested",
            requested.scopes
        ));
    }
    let resources = requested.resources.iter().map(ResourceUri::as_str);
    let missing: Vec<&str> = resources
        .chain(requested.audience.iter().map(String::as_str))
        .filter(|wanted| !entry.audience.iter().any(|own| own == wanted))
        .collect();
    // An opaque token does not say for whom it is.
    if !entry.audience.is_empty() && !missing.is_empty() {
        warnings.push(format!(
            "the token is for {}, and {} was requested: a resource server may refuse it",
            entry.audience.join(" "),
            missing.join(" ")
        ));
    }
    warnings
}

/// What is to be said about the certificate that the token is bound to (RFC 8705 3.1). Only a JWT shows it.
fn binding_warning(config: &ClientConfig, fetched: &Fetched) -> Option<String> {
    let ours = config.certificate.as_deref()?;
    let token = Unverified::parse(fetched.response.access_token.expose()).ok()?;
    let bound = token
        .claims()
        .get("cnf")
        .and_then(|cnf| cnf.get("x5t#S256")?.as_str());
    match bound {
        Some(bound) if bound == ours => None,
        Some(bound) => Some(format!(
            "the token is bound to another certificate than that of this client: cnf.x5t#S256 is {}, and the certificate has {ours}",
            bound.chars().take(LONGEST_THUMBPRINT).collect::<String>()
        )),
        None if fetched.announces_binding => Some(
            "the token is not bound to the client certificate, although the server announces certificate-bound tokens"
                .to_owned(),
        ),
        None => None,
    }
}

/// What is to be said about how long the token lives.
pub(crate) fn lifetime_warning(config: &ClientConfig, entry: &Entry, now: i64) -> Option<String> {
    let Some(end) = entry.expires_at else {
        return Some("the server does not say when the token ends: it is not kept".to_owned());
    };
    let left = end - now;
    let min_ttl = config.thresholds.min_ttl.as_secs();
    let refresh_before = config.thresholds.refresh_before.as_secs();
    let below = |limit: u64| u64::try_from(left).map_or(true, |left| left < limit);
    if left <= 0 {
        Some("the token has already ended".to_owned())
    } else if below(min_ttl) {
        Some(format!(
            "the token ends in {left} s, which is less than min_ttl ({min_ttl} s)"
        ))
    } else if below(refresh_before) {
        Some(format!(
            "the token ends in {left} s, which is less than refresh_before ({refresh_before} s)"
        ))
    } else {
        None
    }
}
