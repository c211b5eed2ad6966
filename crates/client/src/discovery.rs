//! Fetching the server's metadata (RFC 8414), at each of its places in turn.

use crate::context::FetchContext;
use crate::document::{self, Document, Wanted};
use crate::error::{ClientError, is_transient_status};
use crate::event::Event;
use crate::transport::AddressPolicy;
use jeton_oauth::{Issuer, Metadata};
use std::time::Instant;

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

/// Fetches and checks the metadata of an issuer, whatever a cache holds. No request takes longer than
/// [`document::LONGEST`].
///
/// # Errors
/// A network failure or a failing server at the first place that shows one; a wrong `issuer` at once (RFC 8414 3.3);
/// else, when no place has a document, what the last place had instead.
pub async fn discover(
    context: &FetchContext<'_>,
    issuer: &Issuer,
    deadline: Instant,
) -> Result<Discovered, ClientError> {
    let mut last = None;
    for url in issuer.well_known_urls() {
        context.tell(&Event::Discovering { url: url.as_str() });
        let wanted = Wanted {
            what: WHAT,
            url: &url,
            accept: "application/json",
            loopback: issuer.is_loopback(),
            addresses: AddressPolicy::Anywhere,
        };
        let document = document::fetch(context, &wanted, deadline).await?;
        if is_transient_status(document.status()) {
            return Err(document.failure("it does not give its metadata"));
        }
        if document.status() != 200 {
            last = Some(absent(issuer, &document));
            continue;
        }
        match Metadata::parse(document.body()) {
            Ok(metadata) => return check(issuer, metadata, &document),
            Err(error) => last = Some(document.failure(&error.to_string())),
        }
    }
    Err(last.unwrap_or_else(|| ClientError::config("the issuer has no place for metadata")))
}

fn absent(issuer: &Issuer, document: &Document) -> ClientError {
    ClientError::config(format!(
        "no authorization server metadata at {issuer} (HTTP {})",
        document.status()
    ))
    .with_hint(if document.wants_certificate() {
        "the server demands a client certificate for its metadata, which is fetched without one: set token_endpoint in the profile"
    } else {
        "check the issuer; where the server publishes no metadata, set token_endpoint"
    })
}

fn check(
    issuer: &Issuer,
    metadata: Metadata,
    document: &Document,
) -> Result<Discovered, ClientError> {
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
        public: document.is_public(),
        metadata,
        document: document.body().to_vec(),
        max_age: document.max_age(),
    })
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
    pub const fn addresses(&self) -> AddressPolicy {
        if self.public {
            AddressPolicy::PublicOnly
        } else {
            AddressPolicy::Anywhere
        }
    }
}
