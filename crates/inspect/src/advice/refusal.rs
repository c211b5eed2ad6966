//! OAuth errors (RFC 6749 5.2, RFC 8707 2).

use super::assertion;
use crate::context::{CertificateSetting, Origin, ProfileContext};
use crate::evidence::RequestFacts;
use jeton_oauth::{AuthMethod, ErrorCode, ErrorResponse};

pub(super) fn advice(
    context: &ProfileContext,
    error: &ErrorResponse,
    skew: Option<i64>,
    facts: &RequestFacts,
) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    if error.error == ErrorCode::InvalidClient {
        lines.extend(odd_secret(context, facts.method));
    }
    lines.extend(skew.map(clock));
    let client = &context.client_id.value;
    match (&error.error, facts.method) {
        (ErrorCode::InvalidClient, Some(AuthMethod::PrivateKeyJwt | AuthMethod::ClientSecretJwt)) => {
            lines.extend(assertion::advice(context, error, facts));
        }
        (
            ErrorCode::InvalidClient,
            Some(method @ (AuthMethod::TlsClientAuth | AuthMethod::SelfSignedTlsClientAuth)),
        ) => lines.extend(certificate(context, method)),
        (ErrorCode::InvalidClient, method) => lines.extend(secret(context, method)),
        (ErrorCode::UnauthorizedClient | ErrorCode::UnsupportedGrantType, _) => lines.extend([
            format!("the operator must allow the client {client} the grant client_credentials"),
            format!("is it the right client? {}", context.client_setting()),
        ]),
        (ErrorCode::InvalidScope, _) => lines.push(scope(context)),
        (ErrorCode::InvalidTarget, _) => lines.extend([
            format!(
                "check resource ({}): servers compare it character by character, including a slash at the end",
                context.resource_origin
            ),
            format!("or have the operator allow it for {client}"),
        ]),
        (ErrorCode::InvalidRequest, _) => lines.extend([
            DESCRIPTION.to_owned(),
            "some servers require an audience or another parameter: audience, [params] in the profile".to_owned(),
            "some require client_id beside an assertion: send_client_id = true".to_owned(),
        ]),
        _ => lines.push(DESCRIPTION.to_owned()),
    }
    lines
}

const DESCRIPTION: &str =
    "the server's description says what is wrong; -vv shows the request, redacted";

fn clock(skew: i64) -> String {
    let side = if skew > 0 { "ahead of" } else { "behind" };
    format!(
        "the server's clock is {} s {side} this machine's: set the clock, assertions are valid for a short time only",
        skew.abs()
    )
}

fn scope(context: &ProfileContext) -> String {
    let (scopes, client) = (&context.scopes.value, &context.client_id.value);
    let less = match &context.scopes.origin {
        Origin::Flag(_) => format!("ask for less than \"{scopes}\" with --scope"),
        origin => format!("ask for less than \"{scopes}\": scopes ({origin}), or --scope"),
    };
    format!("{less}; or have the operator grant it to {client}")
}

/// Likelier than anything else, where a secret was sent.
fn odd_secret(context: &ProfileContext, method: Option<AuthMethod>) -> Option<String> {
    let oddity = context.secret_oddity?;
    match method? {
        AuthMethod::ClientSecretBasic
        | AuthMethod::ClientSecretPost
        | AuthMethod::ClientSecretJwt => Some(format!(
            "look at the secret: {oddity} (it comes from {})",
            context.credential
        )),
        _ => None,
    }
}

fn secret(context: &ProfileContext, method: Option<AuthMethod>) -> Vec<String> {
    let client = &context.client_id.value;
    let registered = method.map_or_else(
        || "the method that was used".to_owned(),
        |method| method.to_string(),
    );
    vec![
        if context.in_keyring {
            format!(
                "is the secret current? it comes from {}; `jeton auth login -p {}` stores a new one there",
                context.credential, context.profile
            )
        } else {
            format!(
                "is the secret correct, to the last character? it comes from {}",
                context.credential
            )
        },
        format!(
            "is {client} the right client for this server? {}",
            context.client_setting()
        ),
        format!(
            "is the client registered for {registered}? auth_method ({}) selects another method",
            context.method_origin
        ),
        "if all of this is right: the server's log tells the operator why, and whether the client is disabled".to_owned(),
    ]
}

fn certificate(context: &ProfileContext, method: AuthMethod) -> Vec<String> {
    let client = &context.client_id.value;
    let place = match &context.certificate {
        CertificateSetting::Presented { place } => place,
        CertificateSetting::None | CertificateSetting::Disabled { .. } => &context.credential,
    };
    let registered = match method {
        AuthMethod::SelfSignedTlsClientAuth => format!(
            "is {client} registered for {method} with this very certificate ({place})? a renewed certificate must be registered again"
        ),
        _ => format!(
            "is {client} registered for {method} with the subject of this certificate ({place}), and does the server trust its issuer?"
        ),
    };
    vec![
        registered,
        "a proxy that terminates TLS must forward the certificate: its operator can see whether it does".to_owned(),
        "`jeton mtls probe` shows the handshake, and how the server responds to the certificate".to_owned(),
    ]
}
