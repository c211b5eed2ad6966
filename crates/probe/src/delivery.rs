//! How a key set is delivered, and what that means for clients and for the rotation of its keys.

use super::jwks::Delivery;
use jeton_oauth::jwk_judgement::Finding;
use std::time::{Duration, SystemTime};

/// How long clients may keep a set without asking again (RFC 9111 4.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    /// The server does not say; each client has a rule of its own.
    Unsaid,
    /// Not at all: `no-store` or `no-cache`.
    Never,
    /// So many seconds from now.
    For(i64),
}

/// What is taken where the server does not say (10 min).
const USUAL: i64 = 600;
const MINUTE: i64 = 60;
const DAY: i64 = 86_400;
/// Slower than this is felt at every cold start.
const SLOW: Duration = Duration::from_secs(1);
/// Larger than this is felt too.
const LARGE: usize = 64 * 1024;

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

/// What there is to say about the way in which a set came.
#[must_use]
pub fn findings(delivery: &Delivery) -> Vec<Finding> {
    let mut found = Vec::new();
    if !delivery.hops.is_empty() {
        found.push(Finding::warn(
            "http.redirect",
            "the set is behind a redirect: clients that follow none (many do not) have no keys; publish the last URL as jwks_uri",
        ));
    }
    content_type(delivery, &mut found);
    freshness(delivery.freshness, &mut found);
    if delivery.elapsed > SLOW {
        found.push(Finding::note(
            "http.slow",
            format!(
                "the set took {} ms: the first verification of every client waits for it",
                delivery.elapsed.as_millis()
            ),
        ));
    }
    if delivery.body.len() > LARGE {
        found.push(Finding::warn(
            "http.large",
            format!(
                "the set has {} KiB: some clients stop at 64",
                delivery.body.len() / 1024
            ),
        ));
    }
    found
}

fn content_type(delivery: &Delivery, found: &mut Vec<Finding>) {
    let given = delivery.content_type.as_deref().unwrap_or_default();
    let essence = given
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    if essence.is_empty() {
        found.push(Finding::warn(
            "http.content_type",
            "the set has no content type: application/jwk-set+json or application/json is expected",
        ));
    } else if essence != "application/json" && essence != "application/jwk-set+json" {
        let shown: String = given.chars().take(80).collect();
        found.push(Finding::warn(
            "http.content_type",
            format!("the content type is {shown}: clients that look at it expect application/jwk-set+json or application/json"),
        ));
    }
}

fn freshness(freshness: Freshness, found: &mut Vec<Finding>) {
    match freshness {
        Freshness::Unsaid => found.push(Finding::note(
            "cache.unsaid",
            "nothing says how long the set may be kept: each client decides, so publish a key a day before it signs",
        )),
        Freshness::Never | Freshness::For(..MINUTE) => found.push(Finding::note(
            "cache.short",
            "the set may hardly be kept: clients that obey ask again and again, and depend on this server at every verification",
        )),
        Freshness::For(seconds) if seconds > DAY => found.push(Finding::warn(
            "cache.long",
            format!("the set may be kept for {} hours: for so long a key that was withdrawn is still trusted", seconds / 3600),
        )),
        Freshness::For(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jeton_oauth::jwk_judgement::Level;

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

    fn delivery() -> Delivery {
        Delivery {
            hops: Vec::new(),
            elapsed: Duration::from_millis(3),
            content_type: Some("application/json; charset=utf-8".to_owned()),
            cache_control: None,
            freshness: Freshness::For(3600),
            validator: false,
            body: Vec::new(),
        }
    }

    #[test]
    fn client_67_what_is_said_of_a_delivery() {
        assert_eq!(findings(&delivery()), []);
        let jwk_set = Some("Application/JWK-Set+JSON".to_owned());
        assert_eq!(
            findings(&Delivery {
                content_type: jwk_set,
                ..delivery()
            }),
            []
        );
        let of = |delivery: Delivery| {
            let found = findings(&delivery);
            assert_eq!(found.len(), 1, "{found:?}");
            (found[0].level, found[0].code)
        };
        let hop = jeton_client::document::Hop {
            status: 302,
            to: "https://x.example".parse().expect("a URL"),
        };
        assert_eq!(
            of(Delivery {
                hops: vec![hop],
                ..delivery()
            }),
            (Level::Warn, "http.redirect")
        );
        let text = Some("text/plain".to_owned());
        assert_eq!(
            of(Delivery {
                content_type: text,
                ..delivery()
            }),
            (Level::Warn, "http.content_type")
        );
        assert_eq!(
            of(Delivery {
                content_type: None,
                ..delivery()
            }),
            (Level::Warn, "http.content_type")
        );
        for (freshness, expected) in [
            (Freshness::Unsaid, (Level::Note, "cache.unsaid")),
            (Freshness::Never, (Level::Note, "cache.short")),
            (Freshness::For(59), (Level::Note, "cache.short")),
            (Freshness::For(86_401), (Level::Warn, "cache.long")),
        ] {
            assert_eq!(
                of(Delivery {
                    freshness,
                    ..delivery()
                }),
                expected
            );
        }
        let elapsed = Duration::from_millis(1001);
        assert_eq!(
            of(Delivery {
                elapsed,
                ..delivery()
            }),
            (Level::Note, "http.slow")
        );
        assert_eq!(
            of(Delivery {
                body: vec![0; 65_537],
                ..delivery()
            }),
            (Level::Warn, "http.large")
        );
    }
}
