//! Which URLs a profile is for.

use std::fmt;
use url::Url;

/// A URL prefix of a profile's `match` list, compared by structure and never as text.
///
/// Scheme, host and port must be equal; the path must be equal or go on after a whole segment:
/// `https://api.example.com/v1` covers `/v1` and `/v1/users`, not `/v10`, and no other host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatchUrl {
    url: Url,
}

impl MatchUrl {
    /// Reads a prefix.
    ///
    /// # Errors
    /// What is wrong: no absolute http(s) URL, http beyond loopback, user information, query or fragment.
    pub fn parse(text: &str) -> Result<Self, String> {
        let url = web_url(text)?;
        if url.query().is_some() || url.fragment().is_some() {
            return Err("a URL in match must not have a query or a fragment".to_owned());
        }
        Ok(Self { url })
    }

    /// How closely a URL is covered: the longer, the better. `None` when it is not.
    pub fn covers(&self, url: &Url) -> Option<usize> {
        let same_server = self.url.scheme() == url.scheme()
            && self.url.host() == url.host()
            && self.url.port_or_known_default() == url.port_or_known_default()
            && url.username().is_empty()
            && url.password().is_none();
        if !same_server {
            return None;
        }
        let prefix = self.url.path().trim_end_matches('/');
        let rest = url.path().strip_prefix(prefix)?;
        (rest.is_empty() || rest.starts_with('/')).then_some(prefix.len())
    }
}

/// An absolute URL to which a token may be sent: https, or http to the machine itself; without user information.
///
/// # Errors
/// What is wrong, without the text.
pub(crate) fn web_url(text: &str) -> Result<Url, String> {
    // The URL standard takes `\` for `/` and leaves line breaks out; other programs find another host in the same text.
    if text.contains(|c: char| c == '\\' || c.is_control() || c.is_whitespace()) {
        return Err(
            "a URL must not have a backslash, white space or a control character".to_owned(),
        );
    }
    let url = Url::parse(text)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https"))
        .ok_or("expected an absolute URL, such as https://api.example.com/")?;
    let loopback = url
        .host()
        .is_some_and(|host| jeton_oauth::is_loopback_host(&host));
    if url.scheme() == "http" && !loopback {
        return Err("http is allowed on loopback only: use https".to_owned());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("the URL must not have user information".to_owned());
    }
    Ok(url)
}

impl fmt::Display for MatchUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.url.as_str())
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::MatchUrl;
    use url::Url;

    fn covers(prefix: &str, url: &str) -> bool {
        let url = Url::parse(url).unwrap();
        MatchUrl::parse(prefix).unwrap().covers(&url).is_some()
    }

    #[test]
    fn structure_decides() {
        let root = "https://api.example.com/";
        for url in [
            "https://api.example.com",
            "https://API.example.com/x?y=1#z",
            "https://api.example.com:443/",
        ] {
            assert!(covers(root, url), "{url}");
        }
        for url in [
            "https://api.example.com.evil/",
            "https://api.example.com@evil/",
            "https://user@api.example.com/",
            "http://api.example.com/",
            "https://api.example.com:8443/",
            "https://example.com/api.example.com/",
            "ftp://api.example.com/",
        ] {
            assert!(!covers(root, url), "{url}");
        }
    }

    #[test]
    fn paths_go_by_whole_segments() {
        for prefix in ["https://h.example/v1", "https://h.example/v1/"] {
            assert!(covers(prefix, "https://h.example/v1"));
            assert!(covers(prefix, "https://h.example/v1/users"));
            assert!(covers(prefix, "https://h.example/v1?q"));
            assert!(!covers(prefix, "https://h.example/v10"));
            assert!(!covers(prefix, "https://h.example/v1/../admin"));
            assert!(!covers(prefix, "https://h.example/v1/%2e%2e/admin"));
            assert!(!covers(prefix, "https://h.example/"));
        }
    }

    #[test]
    fn the_longer_prefix_covers_more_closely() {
        let url = Url::parse("https://h.example/a/b/c").unwrap();
        let closeness = |prefix| MatchUrl::parse(prefix).unwrap().covers(&url);
        assert!(closeness("https://h.example/a/b") > closeness("https://h.example/a"));
        assert!(closeness("https://h.example/a") > closeness("https://h.example"));
    }

    #[test]
    fn what_cannot_be_a_prefix() {
        for text in [
            "api.example.com",
            "ftp://api.example.com",
            "http://api.example.com/",
            "https://u:p@api.example.com/",
            "https://api.example.com/?q",
            "https://api.example.com/#f",
            "https://api.example.com\\@evil.com/",
            "https://api.exa\tmple.com/",
            "https://api.example.com/\u{a0}x",
        ] {
            assert!(MatchUrl::parse(text).is_err(), "{text}");
        }
        assert!(MatchUrl::parse("http://127.0.0.1:8080/").is_ok());
    }
}
