//! What an answer says of client certificates: some servers finish the handshake and complain in HTTP.

use serde::Serialize;

/// What an answer says about certificates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Meaning {
    /// Nothing.
    None,
    /// That there was none, and one is needed.
    Missing,
    /// That it was refused.
    Refused,
}

/// Texts of servers that end TLS before HTTP, and answer in HTTP all the same: nginx, IIS.
const TEXTS: [(&str, Meaning); 7] = [
    ("No required SSL certificate was sent", Meaning::Missing),
    ("The SSL certificate error", Meaning::Refused),
    ("403.7 ", Meaning::Missing),
    ("403.13 ", Meaning::Refused),
    ("403.16 ", Meaning::Refused),
    ("403.17 ", Meaning::Refused),
    ("SSL Certificate Required", Meaning::Missing),
];

impl Meaning {
    /// Reads it from the status, and from the body or a part of it.
    #[must_use]
    pub fn of(status: u16, body: &str) -> Self {
        match status {
            495 => return Self::Refused,
            496 => return Self::Missing,
            400..=499 => {}
            _ => return Self::None,
        }
        let found = TEXTS.iter().find(|(text, _)| body.contains(text));
        found.map_or(Self::None, |(_, meaning)| *meaning)
    }
}

#[cfg(test)]
mod tests {
    use super::Meaning;

    #[test]
    fn what_servers_say_about_certificates() {
        for (status, body, meaning) in [
            (495, "", Meaning::Refused),
            (496, "", Meaning::Missing),
            (
                400,
                "<title>400 No required SSL certificate was sent</title>",
                Meaning::Missing,
            ),
            (400, "The SSL certificate error", Meaning::Refused),
            (403, "403.7 - Forbidden", Meaning::Missing),
            (200, "No required SSL certificate was sent", Meaning::None),
            (401, "", Meaning::None),
        ] {
            assert_eq!(Meaning::of(status, body), meaning, "{status} {body}");
        }
    }
}
