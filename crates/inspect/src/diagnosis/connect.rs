//! Names and connections.

use super::fail;
use crate::advice::name;
use crate::context::ProfileContext;
use crate::evidence::{ConnectFailure, NameFailure, Unresolved};
use crate::finding::{Finding, Who};

/// A host that has no address.
pub fn dns(context: &ProfileContext, host: &str, failure: &Unresolved) -> Finding {
    let (code, who, what) = match failure.failure {
        NameFailure::NotFound => (
            "dns.unknown",
            Who::You,
            format!("cannot resolve {host}: there is no such name"),
        ),
        NameFailure::NoAddress => (
            "dns.no_address",
            Who::Operator,
            format!("cannot resolve {host}: it has no address"),
        ),
        NameFailure::OnlyPrivate => (
            "dns.private",
            Who::Operator,
            format!("{host} has private addresses only"),
        ),
        NameFailure::Silent => (
            "dns.timeout",
            Who::Network,
            format!("cannot resolve {host}: no DNS server answers"),
        ),
        NameFailure::ServerFailed => (
            "dns.failed",
            Who::Network,
            format!("cannot resolve {host}: the DNS server failed"),
        ),
        NameFailure::NoServers => (
            "dns.no_servers",
            Who::You,
            format!("cannot resolve {host}: no DNS server is known"),
        ),
        NameFailure::Other => (
            "dns.unavailable",
            Who::Network,
            format!("cannot resolve {host}"),
        ),
    };
    let finding = fail(code, who, what).seen(format!("the resolver says: {}", failure.cause));
    let lines = name::advice(context, failure.failure).into_iter();
    lines.fold(finding, Finding::remedy)
}

/// No address of the host accepts a connection.
pub fn tcp(context: &ProfileContext, host: &str, attempts: &[(String, ConnectFailure)]) -> Finding {
    let at = context.target_setting();
    let diagnosis = if attempts
        .iter()
        .all(|(_, failure)| *failure == ConnectFailure::Refused)
    {
        fail(
            "tcp.refused",
            Who::Either,
            format!("nothing is listening at {host}"),
        )
        .remedy("is the server running?")
        .remedy(format!("check host and port in {at}"))
    } else if attempts
        .iter()
        .all(|(_, failure)| matches!(failure, ConnectFailure::Timeout { .. }))
    {
        fail(
            "tcp.timeout",
            Who::Network,
            format!("connecting to {host} timed out"),
        )
        .remedy("a firewall may be in the way: is this machine meant to reach the server directly?")
        .remedy("if the network requires a proxy, set HTTPS_PROXY")
        .remedy(format!("check host and port in {at}"))
    } else {
        fail(
            "tcp.unreachable",
            Who::Network,
            format!("cannot connect to {host}"),
        )
        .remedy("check this machine's network, and its VPN")
        .remedy(format!("check host and port in {at}"))
    };
    attempts
        .iter()
        .fold(diagnosis, |diagnosis, (address, failure)| {
            diagnosis.seen(format!("{address}: {failure}"))
        })
}

/// An http URL, and what listens there speaks TLS.
pub fn http_without_tls(context: &ProfileContext) -> Finding {
    let right = context.target.value.replacen("http:", "https:", 1);
    fail(
        "discovery.speaks_tls",
        Who::You,
        "the URL says http, and the server speaks TLS",
    )
    .seen(format!(
        "a plain request to {} failed, and a TLS handshake succeeded",
        context.target.value
    ))
    .remedy(format!(
        "write {} = \"{right}\" ({})",
        context.target_key, context.target.origin
    ))
    .remedy("the issuer in the server's metadata must be identical")
}

#[cfg(test)]
mod tests {
    use super::{dns, http_without_tls, tcp};
    use crate::diagnosis::testing::context;
    use crate::evidence::ConnectFailure::{self, Refused, Timeout, Unreachable};
    use crate::evidence::{NameFailure, Unresolved};

    #[test]
    fn each_failure_of_names_has_its_code_and_says_what_to_do() {
        for (failure, code, advice) in [
            (NameFailure::NotFound, "dns.unknown", "spelling"),
            (NameFailure::NoAddress, "dns.no_address", "no address"),
            (NameFailure::OnlyPrivate, "dns.private", "token_endpoint"),
            (NameFailure::Silent, "dns.timeout", "resolv.conf"),
            (NameFailure::ServerFailed, "dns.failed", "try again"),
            (NameFailure::NoServers, "dns.no_servers", "resolv.conf"),
            (NameFailure::Other, "dns.unavailable", "DNS servers"),
        ] {
            let cause = "as it said".to_owned();
            let found = dns(&context(), "as.example", &Unresolved { failure, cause });
            assert_eq!(found.code, code);
            assert!(found.what.contains("as.example"), "{found:?}");
            assert!(found.remedy[0].contains(advice), "{found:?}");
            assert!(found.seen[0].contains("as it said"), "{found:?}");
        }
    }

    #[test]
    fn all_addresses_decide_together() {
        let of = |failures: &[ConnectFailure]| {
            let attempts: Vec<_> = failures
                .iter()
                .map(|failure| ("1.2.3.4:443".to_owned(), failure.clone()))
                .collect();
            let found = tcp(&context(), "as.example:443", &attempts);
            assert_eq!(found.seen.len(), failures.len());
            found.code
        };
        assert_eq!(of(&[Refused, Refused]), "tcp.refused");
        assert_eq!(of(&[Timeout { seconds: 5 }]), "tcp.timeout");
        assert_eq!(
            of(&[Unreachable, Timeout { seconds: 5 }]),
            "tcp.unreachable"
        );
    }

    #[test]
    fn a_url_is_corrected_where_it_is_set() {
        let found = http_without_tls(&context());
        let right = "issuer = \"https://as.example:8443/realm\" (config.toml:3)";
        assert!(found.remedy[0].contains(right), "{found:?}");
    }
}
