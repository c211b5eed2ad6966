//! From what was seen to what it means. Each kind of evidence has one function.

mod clock;
mod connect;
mod issuer;
mod metadata;
mod methods;
mod proxy;
mod request;
mod tls;
mod token;
mod trust;

#[cfg(test)]
pub(crate) mod testing;

pub use clock::clock;
pub use connect::{dns, http_without_tls, tcp};
pub use issuer::issuer;
pub use metadata::metadata;
pub use methods::{algorithm_not_listed, not_offered};
pub use proxy::proxy;
pub use request::request;
pub use tls::tls;
pub use token::{audience, odd, scope, unverified};

use crate::evidence::Described;
use crate::finding::{Finding, Who};

fn fail(code: &'static str, who: Who, what: impl Into<String>) -> Finding {
    Finding::fail(code, what).by(who)
}

impl Described {
    /// The failure in its own words, without remedies.
    #[must_use]
    pub fn finding(&self, code: &'static str, who: Who) -> Finding {
        Finding {
            seen: self.seen.clone(),
            ..fail(code, who, self.what.as_str())
        }
    }
}
