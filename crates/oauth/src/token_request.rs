//! The client credentials request (RFC 6749 4.4.2 with RFC 8707 2), without the client's authentication.

use crate::{ResourceUri, Scopes};
use std::fmt;

/// What is asked for. Empty parts are not sent (OAuth 2.1 3.2). `Debug` shows further parameters by name: one may be a key.
#[derive(Clone, Default)]
pub struct ClientCredentialsRequest {
    /// `scope`.
    pub scopes: Scopes,
    /// `audience`: not of the standard, but asked for by several providers; most take one.
    pub audience: Vec<String>,
    /// `resource`, which may repeat (RFC 8707 2).
    pub resources: Vec<ResourceUri>,
    /// Any further parameters, sent as they are.
    pub params: Vec<(String, String)>,
}

impl fmt::Debug for ClientCredentialsRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Without `..`, so that a new field is thought about.
        let Self {
            scopes,
            audience,
            resources,
            params,
        } = self;
        let names: Vec<&str> = params.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("ClientCredentialsRequest")
            .field("scopes", scopes)
            .field("audience", audience)
            .field("resources", resources)
            .field("params", &names)
            .finish()
    }
}

impl ClientCredentialsRequest {
    /// The form parameters in the order in which they are sent.
    #[must_use]
    pub fn to_params(&self) -> Vec<(String, String)> {
        let mut params = vec![("grant_type".to_owned(), "client_credentials".to_owned())];
        let mut push = |name: &str, value: &str| {
            if !value.is_empty() {
                params.push((name.to_owned(), value.to_owned()));
            }
        };
        push("scope", &self.scopes.to_string());
        for audience in &self.audience {
            push("audience", audience);
        }
        for resource in &self.resources {
            push("resource", resource.as_str());
        }
        for (name, value) in &self.params {
            push(name, value);
        }
        params
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn client_17_each_once_and_nothing_empty() {
        assert_eq!(
            ClientCredentialsRequest::default().to_params(),
            [("grant_type".to_owned(), "client_credentials".to_owned())]
        );
        let request = ClientCredentialsRequest {
            scopes: Scopes::parse("a b").unwrap(),
            audience: vec![String::new()],
            resources: vec![
                ResourceUri::parse("https://a.example").unwrap(),
                ResourceUri::parse("https://b.example").unwrap(),
            ],
            params: vec![("x".into(), "1".into()), ("y".into(), String::new())],
        };
        let names: Vec<_> = request
            .to_params()
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        assert_eq!(names, ["grant_type", "scope", "resource", "resource", "x"]);
    }
}
