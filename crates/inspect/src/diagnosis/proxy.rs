//! The proxy between this machine and the server.

use super::fail;
use crate::context::{Origin, ProfileContext, Setting, host_name};
use crate::evidence::{HandshakeFailure, ProxyFailure, TunnelFailure};
use crate::finding::{Finding, Who};

/// The proxy stands in the way.
pub fn proxy(context: &ProfileContext, failure: &ProxyFailure) -> Finding {
    let fallback = Setting {
        value: "the proxy".to_owned(),
        origin: Origin::Other("the environment".to_owned()),
    };
    let Setting {
        value: proxy,
        origin,
    } = context.proxy.as_ref().unwrap_or(&fallback);
    let variable = match origin {
        Origin::Environment(name) | Origin::Flag(name) | Origin::Other(name) => name,
    };
    let host = context.target_host();
    let context_it = format!(
        "if {host} can be reached without it, exclude it: NO_PROXY={}, or unset the variable ({origin})",
        host_name(host)
    );
    let check = format!("check the proxy's address in {origin}");
    match failure {
        ProxyFailure::Unusable => fail(
            "proxy.unusable",
            Who::You,
            format!("jeton cannot use the proxy {proxy}"),
        )
        .remedy("the URL of the proxy must begin with http:// or https://")
        .remedy(context_it),
        ProxyFailure::Name(failure) => fail(
            "proxy.name",
            Who::You,
            format!("cannot resolve the name of the proxy {proxy}"),
        )
        .seen(format!("the resolver says: {}", failure.cause))
        .remedy(check)
        .remedy(context_it),
        ProxyFailure::Closed(failure) => fail(
            "proxy.closed",
            Who::Network,
            format!("the proxy {proxy} accepts no connection"),
        )
        .seen(format!("{proxy}: {failure}"))
        .remedy(check)
        .remedy(context_it),
        ProxyFailure::Tunnel(TunnelFailure::Status {
            status,
            content_type,
            server,
        }) => {
            let diagnosis = match status {
                407 => fail(
                    "proxy.auth",
                    Who::You,
                    format!("the proxy {proxy} requires a name and a password (HTTP 407)"),
                )
                .remedy(format!(
                    "put them into its URL, percent-encoded: {variable}=http://NAME:PASSWORD@HOST:PORT"
                ))
                .remedy("if they are already there, the proxy rejects them: ask its operator"),
                403 => fail(
                    "proxy.forbidden",
                    Who::Network,
                    format!("the proxy {proxy} does not allow connections to {host} (HTTP 403)"),
                )
                .remedy(format!("ask the operator of the proxy to allow {host}")),
                _ => fail(
                    "proxy.refused",
                    Who::Network,
                    format!("the proxy {proxy} opens no tunnel to {host} (HTTP {status})"),
                )
                .remedy(format!(
                    "the proxy may be unable to reach {host}: ask its operator"
                )),
            };
            diagnosis
                .seen(format!(
                    "the proxy responded to CONNECT {host} with HTTP {status}"
                ))
                .seen_if(
                    content_type
                        .as_ref()
                        .map(|kind| format!("the response is {kind}")),
                )
                .seen_if(
                    server
                        .as_ref()
                        .map(|name| format!("it calls itself {name}")),
                )
                .remedy(context_it)
        }
        ProxyFailure::Tunnel(TunnelFailure::NotHttp) => fail(
            "proxy.not_a_proxy",
            Who::You,
            format!("the service at {proxy} is not an HTTP proxy"),
        )
        .seen("its response is not HTTP")
        .remedy(check)
        .remedy(context_it),
        ProxyFailure::Tunnel(TunnelFailure::Silent) => fail(
            "proxy.silent",
            Who::Network,
            format!("the proxy {proxy} does not answer"),
        )
        .seen(format!(
            "it accepted the connection, and did not respond to CONNECT {host}"
        ))
        .remedy(check)
        .remedy(context_it),
        ProxyFailure::Tunnel(TunnelFailure::Tls(refusal)) => fail(
            "proxy.tls",
            Who::You,
            format!("no trusted TLS connection to the proxy {proxy}"),
        )
        .seen(match refusal {
            HandshakeFailure::Certificate(_, words) => words.clone(),
            other => format!("{other:?}").to_lowercase(),
        })
        .remedy("most proxies use plain HTTP: write http:// in its URL, not https://")
        .remedy("if it does use TLS, name its certificate authority with --ca-file"),
        ProxyFailure::Tunnel(TunnelFailure::Config(error)) => fail("proxy.tls", Who::You, error),
    }
}

#[cfg(test)]
mod tests {
    use super::proxy;
    use crate::context::{Origin, ProfileContext, Setting};
    use crate::diagnosis::testing::context;
    use crate::evidence::{ConnectFailure, NameFailure, ProxyFailure, TunnelFailure, Unresolved};

    #[test]
    fn each_failure_of_a_proxy_has_its_code() {
        let context = ProfileContext {
            proxy: Some(Setting {
                value: "http://proxy:3128".to_owned(),
                origin: Origin::Environment("HTTPS_PROXY".to_owned()),
            }),
            ..context()
        };
        let status = |status| {
            ProxyFailure::Tunnel(TunnelFailure::Status {
                status,
                content_type: None,
                server: None,
            })
        };
        for (failure, code) in [
            (ProxyFailure::Unusable, "proxy.unusable"),
            (
                ProxyFailure::Name(Unresolved {
                    failure: NameFailure::Silent,
                    cause: "no DNS server answered".to_owned(),
                }),
                "proxy.name",
            ),
            (
                ProxyFailure::Closed(ConnectFailure::Refused),
                "proxy.closed",
            ),
            (status(407), "proxy.auth"),
            (status(403), "proxy.forbidden"),
            (status(502), "proxy.refused"),
            (
                ProxyFailure::Tunnel(TunnelFailure::NotHttp),
                "proxy.not_a_proxy",
            ),
            (ProxyFailure::Tunnel(TunnelFailure::Silent), "proxy.silent"),
        ] {
            let found = proxy(&context, &failure);
            assert_eq!(found.code, code);
            let remedies = found.remedy.join("\n");
            assert!(remedies.contains("NO_PROXY=as.example,"), "{remedies}");
        }
        let wanted = proxy(&context, &status(407)).remedy.join("\n");
        assert!(
            wanted.contains("HTTPS_PROXY=http://NAME:PASSWORD@HOST:PORT"),
            "{wanted}"
        );
    }
}
