//! What is configured, and where: the context of advice, which names the place to look at.

use std::fmt;

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A flag of the command line: `--scope`.
    Flag(String),
    /// An environment variable: `CC_SCOPES`.
    Environment(String),
    /// Any other place, in words: `config.toml:6`, `default`.
    Other(String),
}

impl Default for Origin {
    fn default() -> Self {
        Self::Other(String::new())
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(name) => write!(f, "flag {name}"),
            Self::Environment(name) => write!(f, "env {name}"),
            Self::Other(place) => f.write_str(place),
        }
    }
}

/// A value, and where it comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Setting {
    /// As it is shown: never a secret.
    pub value: String,
    /// Where it comes from.
    pub origin: Origin,
}

/// The client certificate of the profile (RFC 8705).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum CertificateSetting {
    /// None is configured.
    #[default]
    None,
    /// One is configured, and mutual TLS is switched off.
    Disabled {
        /// Where that is set.
        origin: String,
    },
    /// One is presented.
    Presented {
        /// `client.pem (config.toml:9)`
        place: String,
    },
}

/// The settings that advice names.
#[derive(Debug, Clone, Default)]
pub struct ProfileContext {
    /// The name of the profile.
    pub profile: String,
    /// The URL that is asked first: the issuer, or the token endpoint where that is configured.
    pub target: Setting,
    /// The setting that holds it: `issuer` or `token_endpoint`.
    pub target_key: &'static str,
    /// `client_id`.
    pub client_id: Setting,
    /// Where the credential is: `file billing.secret (config.toml:8)`.
    pub credential: String,
    /// What is odd about the secret that was sent, such as white space around it.
    pub secret_oddity: Option<&'static str>,
    /// Whether that is the keyring, where `jeton auth login` stores it.
    pub in_keyring: bool,
    /// Where `auth_method` is set.
    pub method_origin: String,
    /// `scopes`.
    pub scopes: Setting,
    /// Where `resource` is set, or `audience` where that alone is.
    pub resource_origin: String,
    /// The proxy in use.
    pub proxy: Option<Setting>,
    /// `assertion.audience`: `issuer`, `token_endpoint` or a text.
    pub assertion_audience: Setting,
    /// The client certificate.
    pub certificate: CertificateSetting,
    /// `ca_file`: `ca.pem (config.toml:7)`.
    pub ca_file: Option<String>,
    /// This machine's time, for people, where it is known.
    pub now: Option<String>,
}

impl ProfileContext {
    /// `issuer (config.toml:3)`
    pub(crate) fn target_setting(&self) -> String {
        if self.target.value.is_empty() {
            return "the URL".to_owned();
        }
        format!("{} ({})", self.target_key, self.target.origin)
    }

    /// Host and port of the target.
    pub(crate) fn target_host(&self) -> &str {
        host(&self.target.value)
    }

    /// `client_id (config.toml:4)`
    pub(crate) fn client_setting(&self) -> String {
        format!("client_id ({})", self.client_id.origin)
    }
}

/// Host and port of a URL.
pub(crate) fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?']).next().unwrap_or(rest)
}

/// The host alone, as `NO_PROXY` has it.
pub(crate) fn host_name(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => {
            name.trim_matches(['[', ']'])
        }
        _ => host.trim_matches(['[', ']']),
    }
}

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn host_and_port_of_a_url() {
        assert_eq!(host("https://as.example:1/x?y"), "as.example:1");
        assert_eq!(host("https://[::1]:1"), "[::1]:1");
    }
}
