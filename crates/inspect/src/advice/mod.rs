//! The one table from a failure and its context to what to do, most likely first.
//!
//! `token get` prints the first line, `doctor` all of them.

mod assertion;
mod certificate;
pub(crate) mod name;
mod network;
mod proxy;
mod refusal;
mod response;

pub use assertion::{Suspect, suspect};

use crate::context::{CertificateSetting, ProfileContext};
use crate::evidence::{Failure, RequestFacts};

/// What to do about a failure. Each failure of a request has at least one line; what failed before that brings its own.
#[must_use]
pub fn advice(context: &ProfileContext, failure: &Failure, facts: &RequestFacts) -> Vec<String> {
    match failure {
        Failure::Refused { error, skew, .. } => refusal::advice(context, error, *skew, facts),
        Failure::Response(response) => response::advice(context, response, facts.endpoint),
        Failure::Network(kind) => network::advice(context, *kind, facts.endpoint),
        Failure::Config { hint } => hint.iter().cloned().collect(),
        Failure::Credential { hints } => hints.clone(),
        Failure::Key => vec![
            "the credential must fit the method: see auth_method and [assertion] of the profile"
                .to_owned(),
        ],
    }
}

/// Where the server requires a certificate and got none.
fn certificate_missing(context: &ProfileContext) -> String {
    match &context.certificate {
        CertificateSetting::Presented { .. } => "the server requires the client certificate even for its public documents, and jeton presents it to the token, introspection and revocation endpoints only: set token_endpoint in the profile".to_owned(),
        CertificateSetting::Disabled { origin } => format!(
            "the server requires a client certificate, and mutual TLS is disabled ({origin})"
        ),
        CertificateSetting::None => "the server requires a client certificate: name it in mtls.cert of the profile and its key in mtls.key, or in CC_MTLS_CERT and CC_MTLS_KEY".to_owned(),
    }
}

/// Where the server refuses the certificate.
fn certificate_refused(context: &ProfileContext) -> String {
    let place = match &context.certificate {
        CertificateSetting::Presented { place } => place,
        CertificateSetting::None | CertificateSetting::Disabled { .. } => "of the profile",
    };
    format!(
        "does the server know the certificate {place}, trust its issuer, and is it still valid?"
    )
}

#[cfg(test)]
mod tests;
