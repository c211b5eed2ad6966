//! What a server says when it asks for a certificate: which CAs, which kinds of signature.

use crate::names;
use jeton_oauth::certificate::{ClientCertificate, name_from_der};
use rustls::SignatureScheme;
use rustls::client::ResolvesClientCert;
use rustls::sign::CertifiedKey;
use serde::Serialize;
use std::sync::{Arc, Mutex, PoisonError};

/// Names of CAs beyond this are counted alone.
pub(super) const MOST_AUTHORITIES: usize = 200;

/// A request for a certificate (RFC 8446 4.3.2, RFC 5246 7.4.4). Its names are foreign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Asked {
    /// The CAs whose certificates are wanted, as RFC 4514 writes names; empty where any will do.
    pub authorities: Vec<String>,
    /// How many more there are.
    pub authorities_left_out: usize,
    /// The kinds of signature that are taken.
    pub schemes: Vec<String>,
}

impl Asked {
    fn new(authorities: &[&[u8]], schemes: &[SignatureScheme]) -> Self {
        let shown = authorities.iter().take(MOST_AUTHORITIES);
        Self {
            authorities: shown
                .map(|der| name_from_der(der).unwrap_or_else(|| "(no name)".to_owned()))
                .collect(),
            authorities_left_out: authorities.len().saturating_sub(MOST_AUTHORITIES),
            schemes: schemes
                .iter()
                .map(|scheme| names::scheme(*scheme))
                .collect(),
        }
    }

    /// Whether our certificate, or one of those that are sent with it, is by a CA that is asked for. An empty list names
    /// everybody; a long one may name it in the part that was not read.
    #[must_use]
    pub fn names_issuer_of(&self, certificate: &ClientCertificate) -> bool {
        (self.authorities.is_empty() && self.authorities_left_out == 0)
            || self.authorities_left_out > 0
            || certificate
                .all_facts()
                .any(|facts| self.authorities.contains(&facts.issuer))
    }
}

/// Hands over our certificate where there is one, and writes down what was asked for.
#[derive(Debug)]
pub(super) struct Resolver {
    own: Option<Arc<CertifiedKey>>,
    seen: Mutex<Seen>,
}

/// What was asked for on the last connection.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) asked: Option<Asked>,
    /// Whether our key can make a signature of one of the kinds that are taken. Where it cannot, nothing is shown.
    pub(super) scheme_fits: Option<bool>,
}

impl Resolver {
    /// Shows nothing.
    pub(super) fn without() -> Self {
        Self::of(None)
    }

    /// Shows this one.
    pub(super) fn with(own: Arc<CertifiedKey>) -> Self {
        Self::of(Some(own))
    }

    fn of(own: Option<Arc<CertifiedKey>>) -> Self {
        Self {
            own,
            seen: Mutex::default(),
        }
    }

    /// What was asked for since the last time.
    pub(super) fn take(&self) -> Seen {
        std::mem::take(&mut *self.seen.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl ResolvesClientCert for Resolver {
    fn resolve(
        &self,
        root_hint_subjects: &[&[u8]],
        sigschemes: &[SignatureScheme],
    ) -> Option<Arc<CertifiedKey>> {
        let own = self.own.as_ref();
        let seen = Seen {
            asked: Some(Asked::new(root_hint_subjects, sigschemes)),
            scheme_fits: own.map(|own| own.key.choose_scheme(sigschemes).is_some()),
        };
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = seen;
        self.own.clone()
    }

    fn has_certs(&self) -> bool {
        self.own.is_some()
    }
}
