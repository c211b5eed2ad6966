//! How connections are made: what a configuration says about it, for whichever transport makes them.

use std::fmt;
use std::path::PathBuf;
use zeroize::Zeroizing;

/// How connections are made.
#[derive(Debug, Clone, Default)]
pub struct HttpConfig {
    /// Further certificate authorities in PEM, beside those of the platform.
    pub ca_file: Option<PathBuf>,
    /// `HTTPS_PROXY` and its kin.
    pub proxies: Proxies,
    /// What names are resolved with.
    pub name_files: NameFiles,
}

/// The files that names are resolved with, where this library does it (Linux). The default is those of the system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameFiles {
    /// hosts(5).
    pub hosts: PathBuf,
    /// resolv.conf(5): DNS servers, search list, options.
    pub resolv_conf: PathBuf,
    /// nsswitch.conf(5): whether other sources may know a name that DNS does not.
    pub nsswitch: PathBuf,
    /// Where `getent` may be, which asks those sources; the first that is a file is run.
    pub getent: Vec<PathBuf>,
    /// The port of the DNS servers.
    pub dns_port: u16,
}

impl Default for NameFiles {
    fn default() -> Self {
        Self {
            hosts: "/etc/hosts".into(),
            resolv_conf: "/etc/resolv.conf".into(),
            nsswitch: "/etc/nsswitch.conf".into(),
            getent: vec!["/usr/bin/getent".into(), "/bin/getent".into()],
            dns_port: 53,
        }
    }
}

/// Proxies by the scheme of the request.
#[derive(Debug, Clone, Default)]
pub struct Proxies {
    /// For https URLs.
    pub https: Option<ProxySetting>,
    /// For http URLs.
    pub http: Option<ProxySetting>,
    /// Hosts that are reached without one, as `NO_PROXY` writes them.
    pub no_proxy: Option<String>,
}

/// A proxy as it is configured. Its URL may hold a name and a password: it is zeroed on drop, and `Debug` does not show it.
#[derive(Clone)]
pub struct ProxySetting {
    url: Zeroizing<String>,
    /// Where it is configured, for messages: `env HTTPS_PROXY`.
    pub origin: String,
}

impl ProxySetting {
    /// A proxy, and where it is configured.
    pub fn new(url: impl Into<String>, origin: impl Into<String>) -> Self {
        Self {
            url: Zeroizing::new(url.into()),
            origin: origin.into(),
        }
    }

    /// The URL with everything in it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.url
    }
}

impl fmt::Debug for ProxySetting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ProxySetting({})", self.origin)
    }
}

#[cfg(test)]
mod tests {
    use super::{HttpConfig, Proxies, ProxySetting};

    #[test]
    fn client_17_debug_shows_no_password_of_a_proxy() {
        let proxy = || {
            Some(ProxySetting::new(
                "http://me:canary@proxy:3128",
                "env HTTPS_PROXY",
            ))
        };
        let config = HttpConfig {
            proxies: Proxies {
                https: proxy(),
                http: proxy(),
                no_proxy: Some("localhost".to_owned()),
            },
            ..HttpConfig::default()
        };
        let shown = format!("{config:?}");
        assert!(shown.contains("env HTTPS_PROXY"), "{shown}");
        assert!(!shown.contains("canary"), "{shown}");
    }
}
