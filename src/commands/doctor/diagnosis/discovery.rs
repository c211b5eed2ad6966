//! The server's metadata, its name and its clock.

use super::{Around, Diagnosis, Who};
use crate::error::Error;
use jeton_client::{ClientError, NetworkKind};

/// An answer. Its texts are foreign.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::commands::doctor) struct Document {
    pub(in crate::commands::doctor) method: &'static str,
    pub(in crate::commands::doctor) url: String,
    pub(in crate::commands::doctor) status: u16,
    pub(in crate::commands::doctor) kind: Option<String>,
    pub(in crate::commands::doctor) location: Option<String>,
}

impl Document {
    pub(in crate::commands::doctor) fn is_page(&self) -> bool {
        let kind = self.kind.as_deref().unwrap_or_default();
        kind.trim_start()
            .to_ascii_lowercase()
            .starts_with("text/html")
    }

    /// `GET https://…: HTTP 200, text/html`
    pub(in crate::commands::doctor) fn told(&self) -> String {
        let method = self.method;
        let kind = self.kind.as_deref().unwrap_or("no content type");
        match &self.location {
            Some(target) => format!("{method} {}: HTTP {}, to {target}", self.url, self.status),
            None => format!("{method} {}: HTTP {}, {kind}", self.url, self.status),
        }
    }
}

/// Whether a connection brought nothing that is HTTP.
pub(in crate::commands::doctor) const fn speaks_no_http(error: &ClientError) -> bool {
    matches!(
        error,
        ClientError::Network {
            kind: NetworkKind::Broken,
            ..
        } | ClientError::Server { status: None, .. }
    )
}

/// Why there is no metadata. `told` are the words that `token get` has for the failure.
pub(in crate::commands::doctor) fn discovery(
    around: &Around,
    error: &ClientError,
    told: &Error,
    answers: &[Document],
) -> Diagnosis {
    let base = |code, who| Diagnosis {
        remedy: Vec::new(),
        ..Diagnosis::of_error(code, who, told)
    };
    let at = around.target_setting();
    let last = answers.last();
    let is_page = |answer: &Document| answer.status == 200 && answer.is_page();
    let waylaid =
        answers.iter().any(is_page) || last.is_some_and(|answer| answer.location.is_some());
    let diagnosis = match error {
        _ if answers.is_empty() && speaks_no_http(error) => network(base, NetworkKind::Broken, &at, told),
        ClientError::Network { kind, .. } => network(base, *kind, &at, told),
        ClientError::Server { status: None, .. } if answers.is_empty() => {
            network(base, NetworkKind::Broken, &at, told)
        }
        _ if waylaid => {
            let mut diagnosis = base("discovery.page", Who::Network);
            diagnosis.what = "a page for people came in place of the server's metadata".to_owned();
            diagnosis
                .remedy("a captive network or a login page may answer in the server's place: open the URL in a browser, and log in there")
                .remedy(format!("if the page is the server's own: check {at}, whose path may be missing (a realm, a tenant)"))
        }
        ClientError::Server { status: Some(429), .. } => base("discovery.limited", Who::Either)
            .remedy("wait, and ask less often: the server limits requests"),
        ClientError::Server { status: Some(500..), .. } => base("discovery.failing", Who::Operator)
            .remedy("the fault is on the server's side, or its load balancer finds no server: try again later, or tell its operator"),
        _ if last.is_some_and(|answer| answer.status == 200) => {
            let mut diagnosis = base("discovery.document", Who::Either);
            diagnosis.remedy.clone_from(&told.hints);
            diagnosis.remedy(format!("check {at}, and tell the server's operator"))
        }
        _ if !answers.is_empty() => base("discovery.missing", Who::You)
            .remedy(format!("check {at}: its path belongs to it (a realm, a tenant), and the metadata says how it is written"))
            .remedy("a server without metadata: set token_endpoint in the profile, or CC_TOKEN_ENDPOINT"),
        _ => {
            let mut diagnosis = base("discovery.failed", Who::Either);
            diagnosis.remedy.clone_from(&told.hints);
            diagnosis
        }
    };
    answers
        .iter()
        .fold(diagnosis, |diagnosis, answer| diagnosis.seen(answer.told()))
}

fn network(
    base: impl Fn(&'static str, Who) -> Diagnosis,
    kind: NetworkKind,
    at: &str,
    told: &Error,
) -> Diagnosis {
    match kind {
        NetworkKind::Timeout => base("discovery.timeout", Who::Operator)
            .remedy(
                "the server takes connections and does not answer: try again, or tell its operator",
            )
            .remedy("it may also be another service that waits for something else: check the port"),
        NetworkKind::Broken => base("discovery.broken", Who::Either)
            .remedy(format!(
                "what listens there may not speak HTTP: check the port in {at}"
            ))
            .remedy("try again; a proxy or load balancer in between may have cut the connection"),
        NetworkKind::CertificateWanted | NetworkKind::CertificateRefused => {
            let mut diagnosis = base("discovery.certificate", Who::Either);
            diagnosis.remedy.clone_from(&told.hints);
            diagnosis.remedy("`jeton mtls probe` shows the handshake, and which certificates the server asks for")
        }
        // The step before has shaken hands with the same host.
        NetworkKind::Tls => base("discovery.tls", Who::Either)
            .remedy("the handshake went through once, and did not the next time: servers behind one name may differ, or a load balancer is in between")
            .remedy("try again; if it stays, ask the server's operator"),
        NetworkKind::Dns | NetworkKind::Connect => {
            let mut diagnosis = base("discovery.network", Who::Either);
            diagnosis.remedy.clone_from(&told.hints);
            diagnosis
        }
    }
}

/// The server calls itself by another name than the one that is configured (RFC 8414 3.3).
pub(in crate::commands::doctor) fn issuer(around: &Around, said: &str) -> Diagnosis {
    let ours = around.target.as_str();
    let (difference, who) = difference(ours, said);
    let diagnosis = Diagnosis::new(
        "issuer.differs",
        who,
        format!("the server calls itself by another name: {difference}"),
    )
    .seen(format!("configured: {ours}"))
    .seen(format!("the server says: {said}"));
    let adopt = format!(
        "if this is the server that you mean: {} = {said:?} ({})",
        around.target_key, around.target_at
    );
    if who == Who::Operator {
        diagnosis
            .remedy("the server's operator must put the public URL into its configuration: a server behind a proxy that ends TLS often names itself with http or an inner host")
            .remedy(adopt)
    } else {
        diagnosis
            .remedy(adopt)
            .remedy("the two must be equal byte by byte (RFC 8414 3.3): otherwise one server could speak for another")
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
        return ("a slash at the end is all that differs", Who::You);
    }
    if a.eq_ignore_ascii_case(&b) {
        return ("upper and lower case is all that differs", Who::You);
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
        _ => ("more than one part differs", Who::Either),
    }
}

/// The clocks are apart. `skew`: the server's time minus ours, in seconds.
pub(in crate::commands::doctor) fn clock(around: &Around, skew: i64, signs: bool) -> Diagnosis {
    let (side, effect) = if skew > 0 {
        ("behind", "have ended when they arrive")
    } else {
        (
            "ahead of",
            "are issued in the future, as the server sees it",
        )
    };
    let diagnosis = Diagnosis::new(
        "clock.skewed",
        Who::You,
        format!(
            "this machine's clock is {} s {side} the server's",
            skew.abs()
        ),
    )
    .seen(format!("this machine says {}", around.now));
    let diagnosis = if signs {
        diagnosis.seen(format!("assertions that are signed now {effect}"))
    } else {
        diagnosis.seen("tokens may look ended, or not begun, to this machine")
    };
    diagnosis
        .remedy("set this machine's clock, and keep it set: `timedatectl set-ntp true`, or chrony")
        .remedy("in a virtual machine or a container the host's clock is the one to set; if this clock is right, tell the server's operator")
}

#[cfg(test)]
mod tests {
    use super::{Around, Document, Who, clock, difference, discovery, issuer};
    use crate::error::Error;
    use crate::exit::Exit;
    use jeton_client::{ClientError, NetworkKind};

    fn around() -> Around {
        Around {
            target: "https://auth.example.com".to_owned(),
            target_key: "issuer",
            target_at: "config.toml:3".to_owned(),
            ..Around::default()
        }
    }

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
                "more than one",
                Who::Either,
            ),
        ] {
            let (words, found) = difference(ours, said);
            assert!(
                words.contains(word) && found == who,
                "{ours} {said}: {words}"
            );
        }
        let found = issuer(&around(), "https://auth.example.com/");
        assert!(
            found.remedy[0].contains("issuer = \"https://auth.example.com/\" (config.toml:3)"),
            "{found:?}"
        );
    }

    #[test]
    fn a_clock_is_named_by_the_side_on_which_it_is_wrong() {
        let behind = clock(&around(), 90, true);
        assert!(behind.what.contains("90 s behind"), "{behind:?}");
        assert!(behind.seen[1].contains("have ended"), "{behind:?}");
        let ahead = clock(&around(), -90, false);
        assert!(ahead.what.contains("90 s ahead of"), "{ahead:?}");
    }

    fn server(status: u16) -> ClientError {
        ClientError::Server {
            what: "the server's metadata",
            status: Some(status),
            reason: "x".to_owned(),
            excerpt: None,
            retry_after: None,
        }
    }

    fn answer(status: u16, kind: &str, location: Option<&str>) -> Document {
        Document {
            method: "GET",
            url: "https://auth.example.com/.well-known/x".to_owned(),
            status,
            kind: Some(kind.to_owned()),
            location: location.map(str::to_owned),
        }
    }

    #[test]
    fn pages_failures_and_gaps_are_told_apart() {
        let told = Error::new(Exit::Server, "words").hint("a hint");
        let missing = ClientError::Config {
            message: String::new(),
            hint: None,
        };
        let silent = ClientError::Server {
            what: "the answer",
            status: None,
            reason: "x".to_owned(),
            excerpt: None,
            retry_after: None,
        };
        let network = |kind| ClientError::Network {
            kind,
            host: String::new(),
            cause: String::new(),
        };
        for (error, answers, code) in [
            (
                server(200),
                vec![answer(200, "Text/HTML", None)],
                "discovery.page",
            ),
            (
                missing,
                vec![answer(404, "application/json", None)],
                "discovery.missing",
            ),
            (
                server(302),
                vec![answer(302, "", Some("http://login.example/"))],
                "discovery.page",
            ),
            (
                server(502),
                vec![answer(502, "text/html", None)],
                "discovery.failing",
            ),
            (
                server(429),
                vec![answer(429, "text/plain", None)],
                "discovery.limited",
            ),
            (
                server(200),
                vec![answer(200, "application/json", None)],
                "discovery.document",
            ),
            (network(NetworkKind::Timeout), vec![], "discovery.timeout"),
            (network(NetworkKind::Broken), vec![], "discovery.broken"),
            (network(NetworkKind::Tls), vec![], "discovery.tls"),
            (
                network(NetworkKind::CertificateWanted),
                vec![],
                "discovery.certificate",
            ),
            (network(NetworkKind::Connect), vec![], "discovery.network"),
            (silent, vec![], "discovery.broken"),
            (server(200), vec![], "discovery.failed"),
        ] {
            let found = discovery(&around(), &error, &told, &answers);
            assert_eq!(found.code, code, "{found:?}");
            assert!(!found.remedy.is_empty(), "{found:?}");
        }
    }
}
