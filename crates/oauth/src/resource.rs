//! Resource indicators (RFC 8707 2): the absolute URI of what the token is for.

use std::fmt;
use thiserror::Error;
use url::Url;

/// A resource identifier, sent as given and compared after one normalisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResourceUri {
    text: String,
    normalized: String,
}

/// Why a text is no resource identifier.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum ResourceError {
    /// No scheme, or not a URI at all.
    #[error("a resource must be an absolute URI, such as https://api.example.com")]
    NotAbsolute,
    /// RFC 8707 2 forbids it.
    #[error("a resource must have no fragment")]
    Fragment,
}

impl ResourceUri {
    /// Reads an absolute URI without a fragment (RFC 8707 2).
    ///
    /// # Errors
    /// [`ResourceError`] says which of the two does not hold.
    pub fn parse(text: &str) -> Result<Self, ResourceError> {
        if !text.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(ResourceError::NotAbsolute);
        }
        if text.contains('#') {
            return Err(ResourceError::Fragment);
        }
        let url = Url::parse(text).map_err(|_| ResourceError::NotAbsolute)?;
        let (scheme, rest) = text.split_once(':').ok_or(ResourceError::NotAbsolute)?;
        let normalized = rest.strip_prefix("//").map_or_else(
            || format!("{}:{rest}", scheme.to_ascii_lowercase()),
            |rest| {
                let end = rest.find(['/', '?']).unwrap_or(rest.len());
                let (authority, path) = rest.split_at(end);
                let path = if path == "/" { "" } else { path };
                format!(
                    "{}://{}{path}",
                    url.scheme(),
                    authority.to_ascii_lowercase()
                )
            },
        );
        Ok(Self {
            text: text.to_owned(),
            normalized,
        })
    }

    /// The identifier as it was given: this is what goes over the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The form for comparison: scheme and host in lower case, no trailing slash where the path is empty
    /// (server requirement 45). Nothing else is changed.
    #[must_use]
    pub fn normalized(&self) -> &str {
        &self.normalized
    }
}

impl fmt::Display for ResourceUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn client_18_server_41_absolute_and_without_fragment() {
        for bad in [
            "mcp.example",
            "/api",
            "",
            "https://a b",
            "https://ä.example",
        ] {
            assert_eq!(
                ResourceUri::parse(bad),
                Err(ResourceError::NotAbsolute),
                "{bad:?}"
            );
        }
        assert_eq!(
            ResourceUri::parse("https://a.example/#x"),
            Err(ResourceError::Fragment)
        );
        assert_eq!(
            ResourceUri::parse("https://a.example#"),
            Err(ResourceError::Fragment)
        );
        assert!(ResourceUri::parse("urn:example:api").is_ok());
    }

    #[test]
    fn server_45_one_normalisation() {
        let same = |a: &str, b: &str| {
            ResourceUri::parse(a).unwrap().normalized()
                == ResourceUri::parse(b).unwrap().normalized()
        };
        assert!(same("HTTPS://MCP.Example/mcp", "https://mcp.example/mcp"));
        assert!(same("https://mcp.example/", "https://mcp.example"));
        assert!(!same("https://mcp.example/mcp/", "https://mcp.example/mcp"));
        assert!(!same("https://mcp.example/MCP", "https://mcp.example/mcp"));
        assert!(!same("https://mcp.example/?x", "https://mcp.example?x"));
        assert!(!same("https://mcp.example/%6d", "https://mcp.example/m"));
        assert!(same("URN:a:B", "urn:a:B"));
        assert!(!same("urn:a:B", "urn:a:b"));
    }
}
