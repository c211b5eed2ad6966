//! A token as people see it.

use super::bar::Bar;
use super::mask::mask;
use super::panel::{Panel, Row};
use super::terminal::{Look, Paint};
use super::time::{Zone, relative};
use jeton_oauth::AccessToken;
use std::fmt::Write;

/// How much of the token is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    /// The first six characters and the last four.
    Masked,
    /// All of it: the command line asked for that.
    Revealed,
}

/// Everything that is printed about a token: plain data, filled by a command.
///
/// Times are seconds since 1970. Foreign text goes in as it came; each printer cleans or escapes it.
#[derive(Debug, Clone)]
pub(crate) struct TokenView<'a> {
    pub(crate) token: &'a AccessToken,
    pub(crate) shown: Shown,
    pub(crate) token_type: &'a str,
    /// What the token is: `JWT · ES256 · kid 2026-10`, or `opaque`.
    pub(crate) kind: String,
    pub(crate) profile: &'a str,
    /// The issuer, or the token endpoint where no issuer is known.
    pub(crate) issuer: Option<&'a str>,
    pub(crate) environment: Option<&'a str>,
    pub(crate) region: Option<&'a str>,
    pub(crate) scope: Option<&'a str>,
    pub(crate) audience: &'a [String],
    pub(crate) expires_at: Option<i64>,
    /// Seconds from the token's beginning to its end, for the bar.
    pub(crate) lifetime: Option<u64>,
    pub(crate) now: i64,
    /// Where it comes from: `server` or `cache`.
    pub(crate) source: &'static str,
    /// A detail of the source: `38 ms`.
    pub(crate) source_detail: Option<String>,
    pub(crate) warnings: &'a [String],
}

impl TokenView<'_> {
    /// Seconds left; negative when it has ended.
    pub(crate) fn expires_in(&self) -> Option<i64> {
        self.expires_at.map(|end| end.saturating_sub(self.now))
    }

    /// The token, masked or not.
    pub(crate) fn visible(&self) -> zeroize::Zeroizing<String> {
        zeroize::Zeroizing::new(match self.shown {
            Shown::Masked => mask(self.token.expose()),
            Shown::Revealed => self.token.expose().to_owned(),
        })
    }

    /// The panel of the manual: Token, Profile, Scope, Audience, Expires, Source, and a line for each warning.
    pub(crate) fn panel(&self, look: Look, zone: Zone) -> zeroize::Zeroizing<String> {
        let mut panel = Panel::new();
        let visible = self.visible();
        panel.push(
            match self.shown {
                Shown::Masked => Row::new("Token", &visible),
                Shown::Revealed => Row::whole("Token", &visible),
            }
            .aside(&self.kind),
        );
        let profile = joined([Some(self.profile), self.issuer]);
        let place = joined([self.environment, self.region]);
        panel.push(Row::new("Profile", &profile).aside(&place));
        panel.push(Row::new("Scope", self.scope.unwrap_or("not stated")));
        if !self.audience.is_empty() {
            panel.push(Row::new("Audience", &self.audience.join(" ")));
        }
        panel.push(self.expiry(zone));
        let source = match &self.source_detail {
            Some(detail) => format!("{}, {detail}", self.source),
            None => self.source.to_owned(),
        };
        panel.push(Row::new("Source", &source));
        for warning in self.warnings {
            panel.push(Row::new("Warning", warning).paint(Paint::Warning));
        }
        zeroize::Zeroizing::new(panel.render(look))
    }

    fn expiry(&self, zone: Zone) -> Row {
        let (Some(end), Some(left)) = (self.expires_at, self.expires_in()) else {
            return Row::new("Expires", "not stated").paint(Paint::Warning);
        };
        let mut text = match left {
            ..=0 => format!("expired {}", relative(end, self.now)),
            _ => relative(end, self.now),
        };
        let mut paint = if left <= 0 { Paint::Bad } else { Paint::Good };
        if let Some(lifetime) = self.lifetime.filter(|lifetime| *lifetime > 0) {
            let bar = Bar::of(left, lifetime);
            paint = bar.paint();
            let _ = write!(text, "  {bar}");
        }
        text.push_str("  ");
        // The log beside it has the same time in UTC.
        text.push_str(&zone.stamp_with_offset(end));
        Row::new("Expires", &text).paint(paint)
    }
}

fn joined<const N: usize>(parts: [Option<&str>; N]) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
pub(crate) mod tests {
    use super::{Shown, TokenView};
    use crate::output::terminal::Look;
    use crate::output::time::Zone;
    use jeton_oauth::AccessToken;

    pub(crate) const TOKEN: &str = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJodHRwcyJ9.c2lnbmF0dXJlLTM3D7Q";

    pub(crate) fn with_view<T>(shown: Shown, then: impl FnOnce(TokenView<'_>) -> T) -> T {
        let token = AccessToken::new(TOKEN);
        then(TokenView {
            token: &token,
            shown,
            token_type: "Bearer",
            kind: "JWT · ES256 · kid 2026-10".to_owned(),
            profile: "billing",
            issuer: Some("https://auth.example.com"),
            environment: Some("prod"),
            region: Some("eu"),
            scope: Some("api.read"),
            audience: &["https://api.example.com".to_owned()],
            expires_at: Some(1_795_221_033),
            lifetime: Some(600),
            now: 1_795_221_033 - 598,
            source: "server",
            source_detail: Some("38 ms".to_owned()),
            warnings: &[],
        })
    }

    #[test]
    fn the_panel_of_the_manual() {
        let zone = Zone::fixed(3_600);
        let text = with_view(Shown::Masked, |view| view.panel(Look::plain(), zone));
        insta::assert_snapshot!(text.as_str(), @r"
          Token     eyJhbG……3D7Q                            JWT · ES256 · kid 2026-10
          Profile   billing · https://auth.example.com      prod · eu
          Scope     api.read
          Audience  https://api.example.com
          Expires   in 9m 58s  ▰▰▰▰▰▰▰▰▰▱  2026-11-21 01:30:33 +01:00
          Source    server, 38 ms
        ");
    }

    #[test]
    fn narrow_ascii_and_expired() {
        let zone = Zone::fixed(0);
        let look = Look {
            width: 44,
            unicode: false,
            ..Look::plain()
        };
        let text = with_view(Shown::Masked, |view| {
            let warnings = ["lives less than refresh_before (90s)".to_owned()];
            let view = TokenView {
                now: 1_795_221_093,
                warnings: &warnings,
                ..view
            };
            view.panel(look, zone)
        });
        insta::assert_snapshot!(text.as_str(), @r"
          Token     eyJhbG......3D7Q
                    JWT - ES256 - kid 2026-10
          Profile   billing -
                    https://auth.example.com
                    prod - eu
          Scope     api.read
          Audience  https://api.example.com
          Expires   expired 1m ago  ..........
                    2026-11-21 00:30:33
          Source    server, 38 ms
          Warning   lives less than refresh_before
                    (90s)
        ");
    }

    #[test]
    fn only_a_revealed_view_holds_the_token() {
        let zone = Zone::fixed(0);
        for (shown, expected) in [(Shown::Masked, false), (Shown::Revealed, true)] {
            let text = with_view(shown, |view| view.panel(Look::plain(), zone));
            assert_eq!(text.contains(TOKEN), expected);
        }
    }
}
