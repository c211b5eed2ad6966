//! No response: names, connections, TLS, time.

use super::{certificate_missing, certificate_refused};
use crate::context::ProfileContext;
use crate::evidence::{Endpoint, NetworkFailure};

pub(super) fn advice(
    context: &ProfileContext,
    kind: NetworkFailure,
    endpoint: Endpoint,
) -> Vec<String> {
    let at = context.target_setting();
    let mut lines: Vec<String> = Vec::new();
    let mut say = |line: &str| lines.push(line.to_owned());
    match (kind, endpoint) {
        (NetworkFailure::Dns, _) => say("check the host name in the profile, and the network"),
        (NetworkFailure::Connect, _) => say(
            "is the server running there, and may this machine reach it? a proxy is taken from HTTPS_PROXY",
        ),
        (
            NetworkFailure::Tls {
                nothing_in_common: true,
            },
            _,
        ) => say(
            "the two found nothing in common; a server that demands a client certificate may say so in this way: mtls.cert in the profile",
        ),
        // The doctor has shaken hands with the same host before.
        (NetworkFailure::Tls { .. }, Endpoint::Metadata) => {
            say(
                "the handshake went through once, and did not the next time: servers behind one name may differ, or a load balancer is in between",
            );
            say("try again; if it stays, ask the server's operator");
        }
        (NetworkFailure::Tls { .. }, _) => say(
            "for a private certificate authority name its certificate: --ca-file, or ca_file in the profile",
        ),
        (NetworkFailure::CertificateWanted, _) => {
            say(&certificate_missing(context));
            say(
                "`jeton mtls probe` shows the handshake, and which certificates the server asks for",
            );
        }
        (NetworkFailure::CertificateRefused, _) => {
            say(&certificate_refused(context));
            say(
                "`jeton mtls probe` shows the handshake, and what the server makes of the certificate",
            );
        }
        (NetworkFailure::Timeout, Endpoint::Metadata) => {
            say(
                "the server takes connections and does not answer: try again, or tell its operator",
            );
            say("it may also be another service that waits for something else: check the port");
        }
        (NetworkFailure::Timeout, _) => {
            say("try again, or give it more time: timeout in the profile");
            say("the server takes the request and does not answer: tell its operator");
        }
        (NetworkFailure::Broken, Endpoint::Metadata) => {
            say(&format!(
                "what listens there may not speak HTTP: check the port in {at}"
            ));
            say("try again; a proxy or load balancer in between may have cut the connection");
        }
        (NetworkFailure::Broken, _) => {
            say("try again; a proxy or load balancer in between may have cut the connection");
        }
    }
    lines
}
