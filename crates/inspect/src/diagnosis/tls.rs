//! TLS that could not be established: the certificate, or another protocol.

use super::fail;
use super::trust::distrusted;
use crate::context::ProfileContext;
use crate::evidence::{HandshakeFailure, ShownCertificate};
use crate::finding::{Finding, Who};

/// Why there is no trusted connection. `speaks_http`: a plain request got a response there.
pub fn tls(
    context: &ProfileContext,
    failure: &HandshakeFailure,
    chain: &[ShownCertificate],
    speaks_http: bool,
) -> Finding {
    let diagnosis = match failure {
        HandshakeFailure::Certificate(distrust, words) => distrusted(context, *distrust, words, chain.first()),
        _ if speaks_http => plain(context),
        HandshakeFailure::NotTls => fail(
            "tls.not_tls",
            Who::You,
            format!("the service at {} does not speak TLS", context.target_host()),
        )
        .seen("its response to the handshake is not TLS")
        .remedy(format!("check the port in {}", context.target_setting())),
        HandshakeFailure::Alert(alert) => fail(
            "tls.refused",
            Who::Operator,
            "the server aborted the handshake",
        )
        .seen(format!("it says: {alert}"))
        .remedy(match alert.as_str() {
            "protocol_version" => "the server speaks only old versions of TLS; jeton speaks 1.2 and 1.3",
            "handshake_failure" => "client and server have no cipher in common, or the server requires a client certificate",
            "unrecognized_name" => "the server does not know the requested name: is the host right?",
            _ => "the server may require a client certificate, or speak only old versions of TLS (jeton speaks 1.2 and 1.3)",
        })
        .remedy("tell the server's operator"),
        HandshakeFailure::Closed => fail(
            "tls.closed",
            Who::Either,
            "the connection was closed during the handshake",
        )
        .remedy(format!("check the port in {}", context.target_setting()))
        .remedy("a firewall, or a load balancer without a server, closes connections like this"),
        HandshakeFailure::Timeout => fail(
            "tls.timeout",
            Who::Either,
            "the server accepts the connection and does not respond to the handshake",
        )
        .remedy(format!("check the port in {}", context.target_setting()))
        .remedy("try again: the server may be overloaded"),
        HandshakeFailure::Other(words) => fail("tls.failed", Who::Either, "the handshake failed")
            .seen(words.clone())
            .remedy("try again; a proxy or load balancer may have closed the connection"),
    };
    diagnosis.seen_if(context.proxy.as_ref().map(|proxy| {
        format!(
            "the connection goes through the proxy {} ({})",
            proxy.value, proxy.origin
        )
    }))
}

/// An https URL, and what listens there speaks plain HTTP.
fn plain(context: &ProfileContext) -> Finding {
    let right = context.target.value.replacen("https:", "http:", 1);
    let local = ["//127.", "//localhost", "//[::1]"];
    let diagnosis = fail(
        "tls.speaks_http",
        Who::Either,
        "the URL says https, and the server speaks plain HTTP",
    )
    .seen("the handshake failed, and a plain HTTP request got a response");
    if local.iter().any(|start| right.contains(start)) {
        diagnosis.remedy(format!(
            "write {} = \"{right}\" ({}): plain HTTP is allowed on loopback",
            context.target_key, context.target.origin
        ))
    } else {
        diagnosis
            .remedy(format!("check the port in {}", context.target_setting()))
            .remedy("credentials are never sent over http to another machine: the operator must offer TLS")
    }
}

#[cfg(test)]
mod tests {
    use super::tls;
    use crate::context::{ProfileContext, Setting};
    use crate::diagnosis::testing::context;
    use crate::evidence::HandshakeFailure;

    fn at(url: &str) -> ProfileContext {
        let context = context();
        ProfileContext {
            target: Setting {
                value: url.to_owned(),
                ..context.target
            },
            ..context
        }
    }

    #[test]
    fn plain_http_is_told_from_silence() {
        let away = at("https://auth.example.com/realm");
        let found = tls(&away, &HandshakeFailure::Closed, &[], true);
        assert_eq!(found.code, "tls.speaks_http");
        assert!(
            found.remedy.join("\n").contains("never sent over http"),
            "{found:?}"
        );
        let local = at("https://127.0.0.1:8080");
        let found = tls(&local, &HandshakeFailure::NotTls, &[], true);
        assert!(
            found.remedy[0].contains("issuer = \"http://127.0.0.1:8080\" (config.toml:3)"),
            "{found:?}"
        );
        for (failure, code) in [
            (HandshakeFailure::Closed, "tls.closed"),
            (HandshakeFailure::NotTls, "tls.not_tls"),
            (HandshakeFailure::Timeout, "tls.timeout"),
            (HandshakeFailure::Alert("x".to_owned()), "tls.refused"),
            (HandshakeFailure::Other("x".to_owned()), "tls.failed"),
        ] {
            assert_eq!(tls(&away, &failure, &[], false).code, code);
        }
        for (alert, words) in [
            ("protocol_version", "old versions"),
            ("handshake_failure", "no cipher in common"),
            ("unrecognized_name", "does not know the requested name"),
            ("internal_error", "may require a client certificate"),
        ] {
            let found = tls(
                &away,
                &HandshakeFailure::Alert(alert.to_owned()),
                &[],
                false,
            );
            assert!(found.remedy[0].contains(words), "{found:?}");
        }
    }
}
