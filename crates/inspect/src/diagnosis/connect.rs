//! Names and connections.

use super::fail;
use crate::context::ProfileContext;
use crate::evidence::ConnectFailure;
use crate::finding::{Finding, Who};

/// A host that has no address.
pub fn dns(context: &ProfileContext, host: &str, failure: &ConnectFailure) -> Finding {
    let at = context.target_setting();
    if matches!(failure, ConnectFailure::Timeout { .. }) {
        return fail(
            "dns.timeout",
            Who::Network,
            format!("resolving {host} timed out"),
        )
        .seen(format!("the resolver gave {failure}"))
        .remedy("check this machine's network and its name servers (/etc/resolv.conf)")
        .remedy("a VPN or a container may need its own resolver");
    }
    // The C library's words: its error number is not available here.
    if failure.to_string().contains("emporary failure") {
        return fail(
            "dns.unavailable",
            Who::Network,
            format!("cannot resolve {host}: no name server answers"),
        )
        .seen(format!("the resolver says: {failure}"))
        .remedy("is this machine online? check its network and its name servers (/etc/resolv.conf)")
        .remedy(
            "if the network is left through a proxy, set HTTPS_PROXY: the proxy resolves names",
        );
    }
    fail(
        "dns.unknown",
        Who::You,
        format!("cannot resolve {host}"),
    )
    .seen(format!("the resolver says: {failure}"))
    .remedy(format!("check the spelling of the host in {at}"))
    .remedy("if the name is right: is this machine online, and connected to the VPN that has the name?")
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
    use crate::evidence::ConnectFailure::{self, Other, Refused, Timeout, Unreachable};

    #[test]
    fn names_that_do_not_exist_and_resolvers_that_do_not_answer() {
        let other = |words: &str| Other(words.to_owned());
        for (failure, code) in [
            (other("Name or service not known"), "dns.unknown"),
            (
                other("Temporary failure in name resolution"),
                "dns.unavailable",
            ),
            (Timeout { seconds: 5 }, "dns.timeout"),
        ] {
            let found = dns(&context(), "as.example", &failure);
            assert_eq!(found.code, code);
            assert!(
                found.what.contains("as.example") && found.remedy.len() > 1,
                "{found:?}"
            );
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
