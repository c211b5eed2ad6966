//! Findings about how a key set is delivered, and what that means for clients and for the rotation of its keys.

use super::Delivery;
use super::freshness::Freshness;
use jeton_inspect::finding::Finding;
use std::time::Duration;

const MINUTE: i64 = 60;
const DAY: i64 = 86_400;
/// Slower than this is noticed at every cold start.
const SLOW: Duration = Duration::from_secs(1);
/// Some clients read no more than this.
const LARGE: usize = 64 * 1024;

/// Checks how a set was delivered.
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
    use jeton_inspect::finding::Severity;

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
            (found[0].severity, found[0].code)
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
            (Severity::Warn, "http.redirect")
        );
        let text = Some("text/plain".to_owned());
        assert_eq!(
            of(Delivery {
                content_type: text,
                ..delivery()
            }),
            (Severity::Warn, "http.content_type")
        );
        assert_eq!(
            of(Delivery {
                content_type: None,
                ..delivery()
            }),
            (Severity::Warn, "http.content_type")
        );
        for (freshness, expected) in [
            (Freshness::Unsaid, (Severity::Note, "cache.unsaid")),
            (Freshness::Never, (Severity::Note, "cache.short")),
            (Freshness::For(59), (Severity::Note, "cache.short")),
            (Freshness::For(86_401), (Severity::Warn, "cache.long")),
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
            (Severity::Note, "http.slow")
        );
        assert_eq!(
            of(Delivery {
                body: vec![0; 65_537],
                ..delivery()
            }),
            (Severity::Warn, "http.large")
        );
    }
}
