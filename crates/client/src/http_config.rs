//! How connections are made: what a configuration says about it, for whichever transport makes them.

use std::path::PathBuf;

/// How connections are made.
#[derive(Debug, Clone, Default)]
pub struct HttpConfig {
    /// Further certificate authorities in PEM, beside those of the platform.
    pub ca_file: Option<PathBuf>,
    /// `HTTPS_PROXY` and its kin.
    pub proxies: Proxies,
}

/// Proxies by the scheme of the request.
#[derive(Debug, Clone, Default)]
pub struct Proxies {
    /// For https URLs.
    pub https: Option<String>,
    /// For http URLs.
    pub http: Option<String>,
    /// Hosts that are reached without one, as `NO_PROXY` writes them.
    pub no_proxy: Option<String>,
}

impl Proxies {
    /// Whether there is any.
    #[must_use]
    pub const fn any(&self) -> bool {
        self.https.is_some() || self.http.is_some()
    }
}
