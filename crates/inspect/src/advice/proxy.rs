//! A proxy in the way. The failure itself says where the proxy is configured.

use crate::context::{ProfileContext, host_name};
use crate::evidence::ProxyStep;

/// What to do about it, most likely first.
pub(super) fn advice(context: &ProfileContext, step: ProxyStep) -> Vec<String> {
    let (host, name) = (context.target_host(), host_name(context.target_host()));
    let mut lines: Vec<String> = match step {
        ProxyStep::Name | ProxyStep::Connect | ProxyStep::Silent | ProxyStep::NotHttp => {
            vec!["check the address of the proxy where it is set, and whether the proxy is running".to_owned()]
        }
        ProxyStep::Credentials => vec![
            "put name and password into the URL of the proxy, percent-encoded: http://NAME:PASSWORD@HOST:PORT".to_owned(),
            "if they are already there, the proxy rejects them: ask its operator".to_owned(),
        ],
        ProxyStep::Refused => vec![match host {
            "" => "ask the operator of the proxy to allow the host".to_owned(),
            host => format!("ask the operator of the proxy to allow {host}"),
        }],
        ProxyStep::Unable => vec![match host {
            "" => "the proxy may be unable to reach the host: ask its operator".to_owned(),
            host => format!("the proxy may be unable to reach {host}: check the host name, and ask the operator of the proxy"),
        }],
        ProxyStep::Tls => vec![
            "most proxies use plain HTTP: write http:// in the URL of the proxy, not https://".to_owned(),
            "if it does use TLS, name its certificate authority with --ca-file".to_owned(),
        ],
    };
    if !name.is_empty() {
        lines.push(format!(
            "if {host} can be reached without the proxy, exclude it: NO_PROXY={name}"
        ));
    }
    lines
}
