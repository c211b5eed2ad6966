//! The token that is checked: a new one, or one that was given.

use jeton_client::cache::Entry;
use jeton_inspect::token::Structure;
use jeton_oauth::AccessToken;
use jeton_oauth::jwt::{Unverified, claims};

/// A token, and what is said of it.
pub(super) struct ReceivedToken {
    pub(super) token: AccessToken,
    /// By the token itself, else by the response.
    pub(super) scope: Option<String>,
    pub(super) audience: Vec<String>,
    pub(super) expires_at: Option<i64>,
    /// Whether it was issued a moment ago; one that was given may be old.
    pub(super) fresh: bool,
}

impl ReceivedToken {
    pub(super) fn fresh(entry: Entry) -> Self {
        let own = own_scope(entry.access_token.expose());
        Self {
            // Receivers use what the token itself says.
            scope: own.or(entry.scope),
            audience: entry.audience,
            expires_at: entry.expires_at,
            token: entry.access_token,
            fresh: true,
        }
    }

    pub(super) fn given(token: &AccessToken) -> Self {
        let unverified = Unverified::parse(token.expose()).ok();
        let said = unverified.as_ref().map(Unverified::claims);
        let audience = said.and_then(|said| claims::audience(said).ok());
        #[expect(clippy::cast_possible_truncation, reason = "a float cast saturates")]
        let end = said
            .and_then(|said| claims::numeric_date(said, "exp").ok().flatten())
            .map(|end| end as i64);
        Self {
            scope: own_scope(token.expose()),
            audience: audience
                .unwrap_or_default()
                .into_iter()
                .map(str::to_owned)
                .collect(),
            expires_at: end,
            token: token.clone(),
            fresh: false,
        }
    }

    pub(super) fn is_opaque(&self) -> bool {
        !matches!(Structure::of(self.token.expose()), Structure::Jws { .. })
    }
}

/// The claim `scope` of a JWT (RFC 9068 2.2.3).
fn own_scope(token: &str) -> Option<String> {
    let token = Unverified::parse(token).ok()?;
    let scope = claims::text(token.claims(), "scope").ok()??;
    Some(scope.to_owned())
}
