//! Fetching the server's metadata (RFC 8414), at each of its places in turn.

use crate::document::{self, Wanted, failed, wants_certificate};
use crate::error::{ClientError, is_transient_status};
use crate::event::{Event, Observer};
use crate::http::{Answer, Http, Reach, names_private};
use jeton_oauth::{Issuer, Metadata};
use std::time::Duration;

const WHAT: &str = "the server's metadata";

/// What discovery finds out.
#[derive(Debug, Clone)]
pub struct Discovered {
    /// The metadata; its `issuer` is the one that was asked.
    pub metadata: Metadata,
    /// Whether the issuer answered from a public address; its endpoints must then be public too.
    pub(crate) public: bool,
    /// The document as it came, for keeping.
    pub(crate) document: Vec<u8>,
    /// How long it may be kept, in seconds.
    pub(crate) max_age: i64,
}

/// Fetches and checks the metadata of an issuer, whatever a cache holds. No request takes longer than 5 s, nor than `left`.
///
/// # Errors
/// A network failure or a failing server at the first place that shows one; a wrong `issuer` at once (RFC 8414 3.3);
/// else, when no place has a document, what the last place had instead.
pub async fn discover(
    http: &Http,
    issuer: &Issuer,
    observer: &Observer,
    left: Duration,
) -> Result<Discovered, ClientError> {
    let mut last = None;
    for url in issuer.well_known_urls() {
        observer(&Event::Discovering { url: url.as_str() });
        let wanted = Wanted {
            what: WHAT,
            url: &url,
            accept: "application/json",
            loopback: issuer.is_loopback(),
            reach: Reach::Anywhere,
        };
        let answer = document::fetch(http, &wanted, left).await?;
        if is_transient_status(answer.status) {
            return Err(failed(&answer, WHAT, "it does not give its metadata"));
        }
        if answer.status != 200 {
            last = Some(
                ClientError::config(format!(
                    "no authorization server metadata at {issuer} (HTTP {})",
                    answer.status
                ))
                .with_hint(if wants_certificate(&answer) {
                    "the server demands a client certificate for its metadata, which is fetched without one: set token_endpoint in the profile"
                } else {
                    "check the issuer; where the server publishes no metadata, set token_endpoint"
                }),
            );
            continue;
        }
        match Metadata::parse(&answer.body) {
            Ok(metadata) => return check(issuer, metadata, &answer),
            Err(error) => last = Some(failed(&answer, WHAT, &error.to_string())),
        }
    }
    Err(last.unwrap_or_else(|| ClientError::config("the issuer has no place for metadata")))
}

fn check(issuer: &Issuer, metadata: Metadata, answer: &Answer) -> Result<Discovered, ClientError> {
    if metadata.issuer != issuer.as_str() {
        return Err(ClientError::config(format!(
            "the issuer is configured as {issuer}, and the server calls itself {}",
            metadata.issuer
        ))
        .with_hint(
            "the two must be equal byte by byte (RFC 8414 3.3), a slash at the end included",
        ));
    }
    Ok(Discovered {
        public: answer.public_peer.unwrap_or_else(|| is_public_name(issuer))
            && !issuer.is_loopback(),
        metadata,
        document: answer.body.to_vec(),
        max_age: document::kept_for(answer),
    })
}

/// Behind a proxy the peer is not seen: an issuer counts as public there unless it is a private address itself.
fn is_public_name(issuer: &Issuer) -> bool {
    !issuer.well_known_urls().iter().any(names_private)
}

impl Discovered {
    /// Reads a document that was kept.
    pub(crate) fn from_kept(issuer: &Issuer, document: Vec<u8>, public: bool) -> Option<Self> {
        let metadata = Metadata::parse(&document).ok()?;
        (metadata.issuer == issuer.as_str()).then_some(Self {
            metadata,
            public,
            document,
            max_age: 0,
        })
    }

    /// Where the endpoints of this server may be.
    #[must_use]
    pub const fn reach(&self) -> Reach {
        if self.public {
            Reach::PublicOnly
        } else {
            Reach::Anywhere
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    /// Client requirement 10, behind a proxy, where nobody sees the peer.
    #[test]
    fn client_10_a_private_issuer_may_name_private_endpoints() {
        for (issuer, public) in [
            ("https://as.example", true),
            ("https://1.1.1.1", true),
            ("https://10.0.0.5/realm", false),
            ("https://[fd00::1]", false),
        ] {
            let issuer = Issuer::parse(issuer).unwrap();
            let metadata = Metadata {
                issuer: issuer.as_str().to_owned(),
                ..Metadata::default()
            };
            let answer = Answer {
                status: 200,
                headers: reqwest::header::HeaderMap::new(),
                body: Vec::new().into(),
                public_peer: None,
            };
            let found = check(&issuer, metadata, &answer).unwrap();
            assert_eq!(found.public, public, "{issuer}");
        }
    }
}
