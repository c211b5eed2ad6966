//! The token endpoint of an issuer for clients with a certificate: its alias, where it has one (RFC 8705 5).

use super::STEP;
use super::target::Target;
use jeton_client::discovery::discover;
use jeton_client::{ClientError, FetchContext};
use jeton_oauth::{Issuer, Metadata};
use serde_json::Value;
use url::Url;

/// A token endpoint.
#[derive(Debug, Clone)]
pub struct Endpoint {
    /// Where it is.
    pub target: Target,
    /// Whether that is its alias in `mtls_endpoint_aliases`.
    pub alias: bool,
}

/// Fetches the metadata of an issuer now, and reads it there.
///
/// # Errors
/// As for discovery; [`ClientError::Config`] where the metadata names no token endpoint, or one without TLS.
pub async fn of_issuer(
    context: &FetchContext<'_>,
    issuer: &Issuer,
) -> Result<Endpoint, ClientError> {
    let discovered = discover(context, issuer, context.deadline(STEP)).await?;
    let (text, alias) = token_endpoint(&discovered.metadata).ok_or_else(|| {
        ClientError::config(format!("the metadata of {issuer} has no token_endpoint"))
            .with_hint("name the server itself: `jeton mtls probe https://…`")
    })?;
    let failed = |why: String| {
        ClientError::config(format!(
            "the metadata of {issuer} names the token endpoint {text}: {why}"
        ))
        .with_hint("name the server itself: `jeton mtls probe https://…`")
    };
    let url = Url::parse(text).map_err(|error| failed(error.to_string()))?;
    let target = Target::of(url).map_err(|error| failed(error.to_string()))?;
    let target = Target {
        addresses: discovered.addresses(),
        ..target
    };
    Ok(Endpoint { target, alias })
}

fn token_endpoint(metadata: &Metadata) -> Option<(&str, bool)> {
    let aliases = metadata.mtls_endpoint_aliases.as_ref();
    let alias = aliases
        .and_then(|aliases| aliases.get("token_endpoint"))
        .and_then(Value::as_str);
    match alias {
        Some(alias) => Some((alias, true)),
        None => Some((metadata.token_endpoint.as_deref()?, false)),
    }
}
