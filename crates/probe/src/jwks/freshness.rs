//! How long clients may keep a key set without asking again (RFC 9111 4.2).

use std::time::SystemTime;

/// How long a set may be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    /// The server does not say; each client has its own rule.
    Unsaid,
    /// Not at all: `no-store` or `no-cache`.
    Never,
    /// So many seconds from now.
    For(i64),
}

/// What clients assume where the server does not say (10 min).
const USUAL: i64 = 600;

impl Freshness {
    pub(super) fn of(
        cache_control: Option<&str>,
        expires: Option<&str>,
        date: Option<&str>,
        age: Option<&str>,
    ) -> Self {
        let mut max_age = None;
        for directive in cache_control.unwrap_or_default().split(',') {
            let directive = directive.trim().to_ascii_lowercase();
            if directive == "no-store" || directive == "no-cache" {
                return Self::Never;
            }
            if let Some(seconds) = directive.strip_prefix("max-age=") {
                max_age = seconds.trim_matches('"').parse::<u32>().ok().map(i64::from);
            }
        }
        let lifetime = max_age.or_else(|| {
            let ends = httpdate::parse_http_date(expires?).ok()?;
            let sent = httpdate::parse_http_date(date?).ok()?;
            Some(seconds_between(sent, ends))
        });
        let Some(lifetime) = lifetime else {
            return Self::Unsaid;
        };
        let age = age
            .and_then(|age| age.trim().parse::<u32>().ok())
            .map_or(0, i64::from);
        Self::For((lifetime - age).max(0))
    }

    /// The seconds for which clients keep the set: 10 minutes where nothing is said.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        match self {
            Self::Unsaid => USUAL,
            Self::Never => 0,
            Self::For(seconds) => seconds,
        }
    }
}

fn seconds_between(from: SystemTime, to: SystemTime) -> i64 {
    to.duration_since(from)
        .map_or(0, |span| i64::try_from(span.as_secs()).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(cache_control: &str) -> Freshness {
        Freshness::of(Some(cache_control), None, None, None)
    }

    #[test]
    fn client_67_cache_headers() {
        assert_eq!(of("public, max-age=600"), Freshness::For(600));
        assert_eq!(of("Max-Age=\"600\""), Freshness::For(600));
        assert_eq!(of("max-age=600, no-store"), Freshness::Never);
        assert_eq!(of("max-age=-1"), Freshness::Unsaid);
        assert_eq!(of(""), Freshness::Unsaid);
        let aged = Freshness::of(Some("max-age=600"), None, None, Some("200"));
        assert_eq!(aged, Freshness::For(400));
        let older = Freshness::of(Some("max-age=600"), None, None, Some("900"));
        assert_eq!(older, Freshness::For(0));
        let (sent, ends) = (
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 09:49:37 GMT",
        );
        assert_eq!(
            Freshness::of(None, Some(ends), Some(sent), None),
            Freshness::For(3600)
        );
        assert_eq!(
            Freshness::of(None, Some("0"), Some(sent), None),
            Freshness::Unsaid
        );
    }
}
