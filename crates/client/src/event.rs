//! What happens on the way to a token, told to whoever wants to log it. No event holds a secret.

use std::time::Duration;

/// A step. Texts that come from the server are foreign: clean them before a terminal sees them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are named after what they hold")]
pub enum Event<'a> {
    /// A usable token was in the cache.
    CacheHit { ttl: i64 },
    /// The cache has nothing usable, and why: absent, expiring, unreadable.
    CacheMiss { why: &'a str },
    /// The cache could not be read or written; the work goes on without it.
    CacheTrouble { what: &'a str },
    /// Another process is fetching the same token; this one waits for it.
    WaitingForOther,
    /// The metadata document is fetched.
    Discovering { url: &'a str },
    /// The metadata document is known, from the network or the cache.
    Discovered { issuer: &'a str, cached: bool },
    /// The metadata has an endpoint of its own for clients with a certificate, and it is taken (RFC 8705 section 5).
    AliasTaken { endpoint: &'a str, url: &'a str },
    /// The client's certificate and its key are there; where the key comes from.
    CertificateRead {
        thumbprint: &'a str,
        not_after: i64,
        source: &'a str,
    },
    /// Something is odd about the certificate, and it is tried all the same.
    CertificateOdd { text: &'a str },
    /// The key set is fetched.
    FetchingKeys { url: &'a str },
    /// The key set is known, from the network or the cache; so many keys of it can be used.
    KeysRead { keys: usize, cached: bool },
    /// The credential is there and the method is chosen.
    Preparing { method: &'a str, source: &'a str },
    /// The credential for another endpoint than the token endpoint is there.
    Authenticating { method: &'a str, source: &'a str },
    /// The form is complete.
    BodyBuilt { scopes: &'a str, audience: &'a str },
    /// The request goes out.
    Post { path: &'a str, method: &'a str },
    /// The request as it goes out, its secrets redacted.
    Sending { url: &'a str, form: &'a str },
    /// The answer came; its tokens are redacted.
    Answered {
        status: u16,
        elapsed: Duration,
        kind: &'a str,
        body: &'a str,
    },
    /// A token is there.
    Acquired {
        expires_at: Option<i64>,
        token_type: &'a str,
    },
    /// When the next call will renew it.
    RenewsIn { seconds: i64 },
    /// The attempt failed and another one follows.
    Retrying {
        attempt: u32,
        wait: Duration,
        why: &'a str,
    },
    /// The request failed for good.
    Failed { code: &'a str, http: Option<u16> },
    /// Something is odd, and the token is usable all the same.
    Warning { text: &'a str },
}

/// Takes events. It must not block.
pub type Observer = dyn Fn(&Event<'_>) + Send + Sync;
