//! No response: names, connections, TLS, time.

use super::{certificate, certificate_missing, certificate_refused, name, proxy};
use crate::context::ProfileContext;
use crate::evidence::{Endpoint, NetworkFailure};

pub(super) fn advice(
    context: &ProfileContext,
    kind: NetworkFailure,
    endpoint: Endpoint,
) -> Vec<String> {
    match kind {
        NetworkFailure::Dns(failure) => return name::advice(context, failure),
        NetworkFailure::Proxy(step) => return proxy::advice(context, step),
        NetworkFailure::Untrusted(distrust) => return certificate::advice(context, distrust),
        _ => {}
    }
    let at = context.target_setting();
    let mut lines: Vec<String> = Vec::new();
    let mut say = |line: &str| lines.push(line.to_owned());
    match (kind, endpoint) {
        (NetworkFailure::Dns(_) | NetworkFailure::Proxy(_) | NetworkFailure::Untrusted(_), _) => {}
        (NetworkFailure::NotTls, _) => say(&format!(
            "check the scheme and the port in {at}: plain HTTP is accepted on loopback only"
        )),
        (NetworkFailure::SpeaksTls, _) => say(&format!(
            "write https:// in {at}; the issuer in the server's metadata must be identical"
        )),
        (NetworkFailure::Connect, _) => say(
            "is the server running there, and can this machine reach it? if the network requires a proxy, set HTTPS_PROXY",
        ),
        (
            NetworkFailure::Tls {
                nothing_in_common: true,
            },
            _,
        ) => say(
            "client and server have no parameters in common; some servers that require a client certificate respond like this: mtls.cert in the profile",
        ),
        // The doctor's handshake with the same host succeeded before.
        (NetworkFailure::Tls { .. }, Endpoint::Metadata) => {
            say(
                "the handshake succeeded once and then failed: there may be several servers behind the name, or a load balancer",
            );
            say("try again; if it persists, ask the server's operator");
        }
        (NetworkFailure::Tls { .. }, _) => {
            say("`jeton mtls probe` shows the handshake, and what the server accepts");
        }
        (NetworkFailure::CertificateWanted, _) => {
            say(&certificate_missing(context));
            say(
                "`jeton mtls probe` shows the handshake, and which certificates the server asks for",
            );
        }
        (NetworkFailure::CertificateRefused, _) => {
            say(&certificate_refused(context));
            say(
                "`jeton mtls probe` shows the handshake, and how the server responds to the certificate",
            );
        }
        (NetworkFailure::Timeout, Endpoint::Metadata) => {
            say(
                "the server accepts connections and does not answer: try again, or tell its operator",
            );
            say("another service may be listening there: check the port");
        }
        (NetworkFailure::Timeout, _) => {
            say("try again, or give it more time: timeout in the profile");
            say("the server accepts the request and does not answer: tell its operator");
        }
        (NetworkFailure::Broken, Endpoint::Metadata) => {
            say(&format!(
                "the service there may not speak HTTP: check the port in {at}"
            ));
            say("try again; a proxy or load balancer may have closed the connection");
        }
        (NetworkFailure::Broken, _) => {
            say("try again; a proxy or load balancer may have closed the connection");
        }
    }
    lines
}
