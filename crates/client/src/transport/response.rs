//! A response as a transport returns it.

use http::HeaderMap;
use std::fmt;
use std::net::IpAddr;
use zeroize::Zeroizing;

/// A response of any status, read to its end.
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The headers. Foreign text.
    pub headers: HeaderMap,
    /// The body, at most [`Rules::max_body`](super::Rules::max_body) bytes of it. Zeroed on drop: it may hold a token.
    pub body: Zeroizing<Vec<u8>>,
    /// The address at the other end of the connection; `None` where it is not the server's, as behind a proxy, or not known.
    pub peer: Option<IpAddr>,
}

impl Response {
    /// The first header of this name, where it is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// Neither body nor headers: some servers repeat a credential in them.
impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("body", &format_args!("[{} bytes]", self.body.len()))
            .finish_non_exhaustive()
    }
}
