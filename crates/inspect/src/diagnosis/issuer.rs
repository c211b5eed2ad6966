//! The issuer that the metadata names, against the one that is configured (RFC 8414 3.3).

use super::fail;
use crate::context::ProfileContext;
use crate::finding::{Finding, Who};

/// The server's metadata names another issuer than the configured one (RFC 8414 3.3).
pub fn issuer(context: &ProfileContext, said: &str) -> Finding {
    let ours = context.target.value.as_str();
    let (difference, who) = difference(ours, said);
    let diagnosis = fail(
        "issuer.differs",
        who,
        format!("the server's metadata names another issuer: {difference}"),
    )
    .seen(format!("configured: {ours}"))
    .seen(format!("the server says: {said}"));
    let adopt = format!(
        "if this is the right server: {} = {said:?} ({})",
        context.target_key, context.target.origin
    );
    if who == Who::Operator {
        diagnosis
            .remedy("the operator must configure the public URL: a server behind a proxy that terminates TLS often names itself with http or an internal host")
            .remedy(adopt)
    } else {
        diagnosis
            .remedy(adopt)
            .remedy("the two must be identical (RFC 8414 3.3): otherwise one server could impersonate another")
    }
}

/// What differs, and who is more likely to have it wrong.
fn difference(ours: &str, said: &str) -> (&'static str, Who) {
    let trimmed = |text: &str| text.trim_end_matches('/').to_owned();
    let (a, b) = (trimmed(ours), trimmed(said));
    let split = |url: &str| {
        let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let (name, port) = host
            .rsplit_once(':')
            .filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()))
            .unwrap_or((host, ""));
        [scheme, name, port, path].map(str::to_owned)
    };
    if a == b {
        return ("they differ only in a slash at the end", Who::You);
    }
    if a.eq_ignore_ascii_case(&b) {
        return ("they differ only in upper and lower case", Who::You);
    }
    let [scheme, host, port, path] = split(&a);
    let [other_scheme, other_host, other_port, other_path] = split(&b);
    let same = |left: &str, right: &str| left.eq_ignore_ascii_case(right);
    match (
        same(&scheme, &other_scheme),
        same(&host, &other_host),
        port == other_port,
        path == other_path,
    ) {
        (false, true, _, true) if scheme == "https" => {
            ("it says http where https is configured", Who::Operator)
        }
        (false, true, _, true) => ("it says https where http is configured", Who::You),
        (true, true, false, true) => ("the port differs", Who::Either),
        (true, true, true, false) => ("the path differs", Who::You),
        (true, false, _, true) => ("the host differs", Who::Either),
        _ => ("several parts differ", Who::Either),
    }
}

#[cfg(test)]
mod tests {
    use super::{difference, issuer};
    use crate::diagnosis::testing::context;
    use crate::finding::Who;

    #[test]
    fn what_differs_between_two_names() {
        for (ours, said, word, who) in [
            (
                "https://a.example",
                "https://a.example/",
                "a slash",
                Who::You,
            ),
            (
                "https://a.example/T",
                "https://a.example/t",
                "case",
                Who::You,
            ),
            (
                "https://a.example",
                "http://a.example",
                "says http ",
                Who::Operator,
            ),
            (
                "http://localhost:1",
                "https://localhost:1",
                "says https",
                Who::You,
            ),
            (
                "https://a.example",
                "https://a.example:8443",
                "port",
                Who::Either,
            ),
            (
                "https://a.example",
                "https://a.example/realm",
                "path",
                Who::You,
            ),
            (
                "https://a.example",
                "https://b.example",
                "host",
                Who::Either,
            ),
            (
                "https://a.example",
                "http://b.example:1/x",
                "several parts",
                Who::Either,
            ),
        ] {
            let (words, found) = difference(ours, said);
            assert!(
                words.contains(word) && found == who,
                "{ours} {said}: {words}"
            );
        }
        let found = issuer(&context(), "https://auth.example.com/");
        assert!(
            found.remedy[0].contains("issuer = \"https://auth.example.com/\" (config.toml:3)"),
            "{found:?}"
        );
    }
}
