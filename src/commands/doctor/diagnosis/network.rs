//! Names, connections, proxies.

use super::{Around, Diagnosis, Who};
use jeton_probe::path::{Failure, NoTunnel, Refusal};

/// What is wrong with the proxy.
pub(in crate::commands::doctor) enum Proxy<'a> {
    /// Its URL is none that can be used.
    Unusable,
    /// Its name does not resolve.
    Name(&'a Failure),
    /// Nobody can be reached there.
    Closed(&'a Failure),
    /// It opens no way to the server.
    NoTunnel(&'a NoTunnel),
}

/// A host that has no address.
pub(in crate::commands::doctor) fn dns(
    around: &Around,
    host: &str,
    failure: &Failure,
) -> Diagnosis {
    let at = around.target_setting();
    if *failure == Failure::Timeout {
        return Diagnosis::new(
            "dns.timeout",
            Who::Network,
            format!("the name {host} is not resolved in time"),
        )
        .seen(format!("the resolver gave {failure}"))
        .remedy("check this machine's network and its name servers (/etc/resolv.conf)")
        .remedy("inside a VPN or a container, names may need a resolver of their own");
    }
    // The words of the C library, whose number does not come through.
    if failure.to_string().contains("emporary failure") {
        return Diagnosis::new(
            "dns.unavailable",
            Who::Network,
            format!("the name {host} cannot be looked up: no name server answers"),
        )
        .seen(format!("the resolver says: {failure}"))
        .remedy("is this machine online? check its network and its name servers (/etc/resolv.conf)")
        .remedy("where a proxy leads out of the network, name it in HTTPS_PROXY: it resolves names itself");
    }
    Diagnosis::new(
        "dns.unknown",
        Who::You,
        format!("the name {host} cannot be resolved"),
    )
    .seen(format!("the resolver says: {failure}"))
    .remedy(format!("check the spelling of the host in {at}"))
    .remedy("if the name is right: is this machine online, and in the VPN that knows it?")
}

/// No address of the host takes a connection.
pub(in crate::commands::doctor) fn tcp(
    around: &Around,
    host: &str,
    knocks: &[(String, Failure)],
) -> Diagnosis {
    let at = around.target_setting();
    let all = |wanted: &Failure| knocks.iter().all(|(_, failure)| failure == wanted);
    let diagnosis = if all(&Failure::Refused) {
        Diagnosis::new(
            "tcp.refused",
            Who::Either,
            format!("nobody listens at {host}"),
        )
        .remedy("is the server running?")
        .remedy(format!("check host and port in {at}"))
    } else if all(&Failure::Timeout) {
        Diagnosis::new(
            "tcp.timeout",
            Who::Network,
            format!("no connection to {host} in time"),
        )
        .remedy("a firewall may be in the way: is this machine meant to reach the server directly?")
        .remedy("where the network wants a proxy, name it in HTTPS_PROXY")
        .remedy(format!("check host and port in {at}"))
    } else {
        Diagnosis::new(
            "tcp.unreachable",
            Who::Network,
            format!("no connection to {host}"),
        )
        .remedy("check this machine's network, and the VPN that leads there")
        .remedy(format!("check host and port in {at}"))
    };
    knocks
        .iter()
        .fold(diagnosis, |diagnosis, (address, failure)| {
            diagnosis.seen(format!("{address}: {failure}"))
        })
}

/// The proxy stands in the way.
pub(in crate::commands::doctor) fn proxy(around: &Around, trouble: &Proxy<'_>) -> Diagnosis {
    let (proxy, origin) = around
        .proxy
        .as_ref()
        .map_or(("the proxy", "the environment"), |(proxy, origin)| {
            (proxy, origin)
        });
    let host = host(&around.target);
    let around_it = format!(
        "if {host} can be reached without it, except it: NO_PROXY={}, or unset the variable ({origin})",
        name(host)
    );
    let check = format!("check the proxy's address in {origin}");
    match trouble {
        Proxy::Unusable => Diagnosis::new(
            "proxy.unusable",
            Who::You,
            format!("the proxy {proxy} is none that jeton can use"),
        )
        .remedy("name a proxy whose URL begins with http:// or https://")
        .remedy(around_it),
        Proxy::Name(failure) => Diagnosis::new(
            "proxy.name",
            Who::You,
            format!("the name of the proxy {proxy} cannot be resolved"),
        )
        .seen(format!("the resolver says: {failure}"))
        .remedy(check)
        .remedy(around_it),
        Proxy::Closed(failure) => Diagnosis::new(
            "proxy.closed",
            Who::Network,
            format!("the proxy {proxy} takes no connection"),
        )
        .seen(format!("{proxy}: {failure}"))
        .remedy(check)
        .remedy(around_it),
        Proxy::NoTunnel(NoTunnel::Status {
            status,
            kind,
            server,
        }) => {
            let diagnosis = match status {
                407 => Diagnosis::new(
                    "proxy.auth",
                    Who::You,
                    format!("the proxy {proxy} wants a name and a password (HTTP 407)"),
                )
                .remedy(format!(
                    "put them into its URL, percent-encoded: {origin}=http://NAME:PASSWORD@HOST:PORT",
                    origin = origin.trim_start_matches("env ")
                ))
                .remedy("if they are there already, the proxy does not take them: ask whoever runs it"),
                403 => Diagnosis::new(
                    "proxy.forbidden",
                    Who::Network,
                    format!("the proxy {proxy} does not allow connections to {host} (HTTP 403)"),
                )
                .remedy(format!("ask whoever runs the proxy to allow {host}")),
                _ => Diagnosis::new(
                    "proxy.refused",
                    Who::Network,
                    format!("the proxy {proxy} opens no way to {host} (HTTP {status})"),
                )
                .remedy(format!(
                    "the proxy itself may not reach {host}: ask whoever runs it"
                )),
            };
            diagnosis
                .seen(format!("CONNECT {host} was answered with HTTP {status}"))
                .seen_if(kind.as_ref().map(|kind| format!("the answer is {kind}")))
                .seen_if(
                    server
                        .as_ref()
                        .map(|name| format!("it calls itself {name}")),
                )
                .remedy(around_it)
        }
        Proxy::NoTunnel(NoTunnel::NotHttp) => Diagnosis::new(
            "proxy.not_a_proxy",
            Who::You,
            format!("what listens at {proxy} is no HTTP proxy"),
        )
        .seen("what it answered is not HTTP")
        .remedy(check)
        .remedy(around_it),
        Proxy::NoTunnel(NoTunnel::Silent) => Diagnosis::new(
            "proxy.silent",
            Who::Network,
            format!("the proxy {proxy} does not answer"),
        )
        .seen(format!(
            "it took the connection, and said nothing to CONNECT {host}"
        ))
        .remedy(check)
        .remedy(around_it),
        Proxy::NoTunnel(NoTunnel::Tls(refusal)) => Diagnosis::new(
            "proxy.tls",
            Who::You,
            format!("no trusted TLS connection to the proxy {proxy}"),
        )
        .seen(match refusal {
            Refusal::Certificate(_, words) => words.clone(),
            other => format!("{other:?}").to_lowercase(),
        })
        .remedy("most proxies are spoken to in plain: write http:// in its URL, not https://")
        .remedy("if it does speak TLS, name its certificate authority with --ca-file"),
        Proxy::NoTunnel(NoTunnel::Config(error)) => {
            Diagnosis::new("proxy.tls", Who::You, error.to_string())
        }
    }
}

/// An http URL, and what listens there speaks TLS.
pub(in crate::commands::doctor) fn http_without_tls(around: &Around) -> Diagnosis {
    let right = around.target.replacen("http:", "https:", 1);
    Diagnosis::new(
        "discovery.speaks_tls",
        Who::You,
        "the URL says http, and the server speaks TLS",
    )
    .seen(format!(
        "a plain request to {} failed, and a TLS handshake with it went through",
        around.target
    ))
    .remedy(format!(
        "write {} = \"{right}\" ({})",
        around.target_key, around.target_at
    ))
    .remedy("the server's issuer must then read the same, byte by byte")
}

/// The host alone, as `NO_PROXY` has it.
fn name(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => {
            name.trim_matches(['[', ']'])
        }
        _ => host.trim_matches(['[', ']']),
    }
}

/// Host and port of a URL.
pub(super) fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?']).next().unwrap_or(rest)
}

#[cfg(test)]
mod tests {
    use super::{Around, Failure, NoTunnel, Proxy, dns, host, http_without_tls, proxy, tcp};

    fn around() -> Around {
        Around {
            target: "http://as.example:8443/realm".to_owned(),
            target_key: "issuer",
            target_at: "config.toml:3".to_owned(),
            proxy: Some(("http://proxy:3128".to_owned(), "env HTTPS_PROXY".to_owned())),
            ..Around::default()
        }
    }

    #[test]
    fn names_that_do_not_exist_and_resolvers_that_do_not_answer() {
        let other = |words: &str| Failure::Other(words.to_owned());
        for (failure, code) in [
            (other("Name or service not known"), "dns.unknown"),
            (
                other("Temporary failure in name resolution"),
                "dns.unavailable",
            ),
            (Failure::Timeout, "dns.timeout"),
        ] {
            let found = dns(&around(), "as.example", &failure);
            assert_eq!(found.code, code);
            assert!(
                found.what.contains("as.example") && found.remedy.len() > 1,
                "{found:?}"
            );
        }
    }

    #[test]
    fn all_addresses_decide_together() {
        let of = |failures: &[Failure]| {
            let knocks: Vec<_> = failures
                .iter()
                .map(|failure| ("1.2.3.4:443".to_owned(), failure.clone()))
                .collect();
            let found = tcp(&around(), "as.example:443", &knocks);
            assert_eq!(found.seen.len(), failures.len());
            found.code
        };
        assert_eq!(of(&[Failure::Refused, Failure::Refused]), "tcp.refused");
        assert_eq!(of(&[Failure::Timeout]), "tcp.timeout");
        assert_eq!(
            of(&[Failure::Unreachable, Failure::Timeout]),
            "tcp.unreachable"
        );
    }

    #[test]
    fn each_trouble_with_a_proxy_has_its_code() {
        let status = |status| NoTunnel::Status {
            status,
            kind: None,
            server: None,
        };
        for (trouble, code) in [
            (Proxy::Unusable, "proxy.unusable"),
            (Proxy::Name(&Failure::Timeout), "proxy.name"),
            (Proxy::Closed(&Failure::Refused), "proxy.closed"),
            (Proxy::NoTunnel(&status(407)), "proxy.auth"),
            (Proxy::NoTunnel(&status(403)), "proxy.forbidden"),
            (Proxy::NoTunnel(&status(502)), "proxy.refused"),
            (Proxy::NoTunnel(&NoTunnel::NotHttp), "proxy.not_a_proxy"),
            (Proxy::NoTunnel(&NoTunnel::Silent), "proxy.silent"),
        ] {
            let found = proxy(&around(), &trouble);
            assert_eq!(found.code, code);
            let remedies = found.remedy.join("\n");
            assert!(remedies.contains("NO_PROXY=as.example,"), "{remedies}");
        }
    }

    #[test]
    fn a_url_is_put_right_where_it_stands() {
        let found = http_without_tls(&around());
        let right = "issuer = \"https://as.example:8443/realm\" (config.toml:3)";
        assert!(found.remedy[0].contains(right), "{found:?}");
        assert_eq!(host("https://as.example:1/x?y"), "as.example:1");
        assert_eq!(host("https://[::1]:1"), "[::1]:1");
    }
}
