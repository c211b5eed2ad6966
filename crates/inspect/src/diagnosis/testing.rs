//! A profile and a request, as most tests need them.

use crate::context::{Origin, ProfileContext, Setting};
use crate::evidence::{AssertionFacts, Endpoint, RequestFacts};
use jeton_oauth::AuthMethod;

fn setting(value: &str, place: &str) -> Setting {
    Setting {
        value: value.to_owned(),
        origin: Origin::Other(place.to_owned()),
    }
}

pub(crate) fn context() -> ProfileContext {
    ProfileContext {
        profile: "billing".to_owned(),
        target: setting("http://as.example:8443/realm", "config.toml:3"),
        target_key: "issuer",
        client_id: setting("me", "config.toml:4"),
        credential: "file key.pem (config.toml:9)".to_owned(),
        method_origin: "config.toml:10".to_owned(),
        scopes: setting("a b", "config.toml:6"),
        resource_origin: "config.toml:7".to_owned(),
        assertion_audience: setting("issuer", "default"),
        now: Some("2026-11-21 08:00:00".to_owned()),
        ..ProfileContext::default()
    }
}

pub(crate) fn facts(method: AuthMethod) -> RequestFacts {
    let signs = matches!(
        method,
        AuthMethod::PrivateKeyJwt | AuthMethod::ClientSecretJwt
    );
    RequestFacts {
        endpoint: Endpoint::Token,
        method: Some(method),
        assertion: signs.then(|| AssertionFacts {
            alg: "ES256".to_owned(),
            kid: Some("k1".to_owned()),
            audience: "https://as.example".to_owned(),
            client: "me".to_owned(),
            lifetime: 60,
        }),
        offered: Some(vec!["client_secret_basic".to_owned()]),
        token_endpoint: Some("https://as.example/token".to_owned()),
    }
}
