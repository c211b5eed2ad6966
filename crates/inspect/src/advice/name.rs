//! A name without an address.

use crate::context::ProfileContext;
use crate::evidence::NameFailure;

/// What to do about it, most likely first.
pub(crate) fn advice(context: &ProfileContext, failure: NameFailure) -> Vec<String> {
    let spelling = match context.target.value.as_str() {
        "" => "check the spelling of the host name".to_owned(),
        _ => format!(
            "check the spelling of the host in {}",
            context.target_setting()
        ),
    };
    let lines: &[&str] = match failure {
        NameFailure::NotFound => &[
            spelling.as_str(),
            "if the name is right: is this machine connected to the network or the VPN that has the name?",
        ],
        NameFailure::NoAddress => &[
            "the name exists and has no address: ask who manages it in DNS",
            spelling.as_str(),
        ],
        NameFailure::OnlyPrivate => &[
            "if the server is meant to be there, name the URL yourself: token_endpoint in the profile, or --jwks",
        ],
        NameFailure::Silent => &[
            "check this machine's network and its DNS servers (/etc/resolv.conf)",
            "a VPN or a container may need another DNS server",
            PROXY,
        ],
        NameFailure::ServerFailed => &[
            "try again; if it persists, ask who runs the DNS server (/etc/resolv.conf names it)",
            spelling.as_str(),
        ],
        NameFailure::NoServers => &[
            "name a DNS server in /etc/resolv.conf (a container needs that file too), or list the host in /etc/hosts",
            PROXY,
        ],
        NameFailure::Other => &[
            "check the host name, this machine's network and its DNS servers",
            PROXY,
        ],
    };
    lines.iter().map(|line| (*line).to_owned()).collect()
}

const PROXY: &str =
    "if the network is left through a proxy, set HTTPS_PROXY: the proxy resolves names";
