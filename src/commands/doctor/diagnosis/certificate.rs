//! TLS that did not come about: what is wrong with the certificate, or what speaks there instead.

use super::network::host;
use super::{Around, Diagnosis, Who};
use jeton_probe::path::{Distrust, Refusal};

/// A certificate that was shown, in words. All of them are foreign.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::commands::doctor) struct Shown {
    pub(in crate::commands::doctor) subject: String,
    pub(in crate::commands::doctor) issuer: String,
    /// The names that it is for.
    pub(in crate::commands::doctor) names: Vec<String>,
    /// RFC 3339.
    pub(in crate::commands::doctor) not_before: String,
    /// RFC 3339.
    pub(in crate::commands::doctor) not_after: String,
    pub(in crate::commands::doctor) self_signed: bool,
    /// Whether it may issue others.
    pub(in crate::commands::doctor) ca: bool,
}

impl Shown {
    fn told(&self) -> [String; 3] {
        [
            format!("the certificate is for {}", named(&self.subject)),
            format!("it was issued by {}", named(&self.issuer)),
            format!("it is valid from {} to {}", self.not_before, self.not_after),
        ]
    }
}

fn named(name: &str) -> &str {
    if name.is_empty() {
        "nobody (the name is empty)"
    } else {
        name
    }
}

/// Why there is no trusted connection. `speaks_http`: a plain request is answered there.
pub(in crate::commands::doctor) fn tls(
    around: &Around,
    refusal: &Refusal,
    chain: &[Shown],
    speaks_http: bool,
) -> Diagnosis {
    let diagnosis = match refusal {
        Refusal::Certificate(distrust, words) => certificate(around, *distrust, words, chain.first()),
        _ if speaks_http => plain(around),
        Refusal::NotTls => Diagnosis::new(
            "tls.not_tls",
            Who::You,
            format!("what listens at {} does not speak TLS", host(&around.target)),
        )
        .seen("what it answered to the handshake is not TLS")
        .remedy(format!("check the port in {}", around.target_setting())),
        Refusal::Alert(alert) => Diagnosis::new(
            "tls.refused",
            Who::Operator,
            "the server broke the handshake off",
        )
        .seen(format!("it says: {alert}"))
        .remedy(match alert.as_str() {
            "protocol_version" => "the server speaks only old versions of TLS; jeton speaks 1.2 and 1.3",
            "handshake_failure" => "the two have no cipher in common, or the server wants a client certificate",
            "unrecognized_name" => "the server does not know the name that it was asked for: is the host right?",
            _ => "the server may want a client certificate, or speak only old versions of TLS (jeton speaks 1.2 and 1.3)",
        })
        .remedy("tell the server's operator"),
        Refusal::Closed => Diagnosis::new(
            "tls.closed",
            Who::Either,
            "the connection was closed in the middle of the handshake",
        )
        .remedy(format!("check the port in {}", around.target_setting()))
        .remedy("a firewall or a load balancer without a server behind it closes connections like this"),
        Refusal::Timeout => Diagnosis::new(
            "tls.timeout",
            Who::Either,
            "the server takes the connection, and says nothing to the handshake",
        )
        .remedy(format!("check the port in {}", around.target_setting()))
        .remedy("try again: the server may be overloaded"),
        Refusal::Other(words) => Diagnosis::new("tls.failed", Who::Either, "the handshake failed")
            .seen(words.clone())
            .remedy("try again; a proxy or load balancer in between may have cut the connection"),
    };
    diagnosis.seen_if(
        around.proxy.as_ref().map(|(proxy, origin)| {
            format!("the connection goes through the proxy {proxy} ({origin})")
        }),
    )
}

fn certificate(
    around: &Around,
    distrust: Distrust,
    words: &str,
    shown: Option<&Shown>,
) -> Diagnosis {
    let host = host(&around.target);
    let renew = || "tell the server's operator: the certificate has to be renewed";
    let clock = || {
        format!(
            "or is it this machine's clock? it says {}: set it if that is wrong",
            around.now
        )
    };
    let diagnosis = match distrust {
        Distrust::Expired => Diagnosis::new(
            "tls.expired",
            Who::Operator,
            format!("the certificate of {host} has expired"),
        )
        .remedy(renew())
        .remedy(clock()),
        Distrust::NotYetValid => Diagnosis::new(
            "tls.not_yet_valid",
            Who::Either,
            format!("the certificate of {host} is not valid yet"),
        )
        .remedy(clock().trim_start_matches("or "))
        .remedy("if it is right: tell the server's operator"),
        Distrust::UnknownIssuer if shown.is_some_and(|shown| shown.self_signed) => {
            return self_signed(around, words, shown);
        }
        Distrust::UnknownIssuer => return unknown_ca(around, words, shown),
        Distrust::OtherKey => {
            return unknown_ca(around, words, shown)
                .seen("an authority of that name is trusted, and it has another key: it was renewed, or somebody took its name");
        }
        Distrust::OtherName => Diagnosis::new(
            "tls.wrong_name",
            Who::You,
            format!("the certificate is not for {host}"),
        )
        .seen_if(shown.filter(|shown| !shown.names.is_empty()).map(|shown| {
            format!("the names in it: {}", shown.names.join(", "))
        }))
        .remedy(format!(
            "use the name that the certificate has in {}",
            around.target_setting()
        ))
        .remedy("if the name is right: the operator must have it in the certificate, or a proxy answers in its place"),
        Distrust::Other if shown.is_some_and(|shown| shown.self_signed) => {
            return self_signed(around, words, shown);
        }
        Distrust::Revoked => Diagnosis::new(
            "tls.revoked",
            Who::Operator,
            format!("the certificate of {host} was revoked"),
        )
        .remedy(renew()),
        Distrust::Other => Diagnosis::new(
            "tls.untrusted",
            Who::Operator,
            format!("the certificate of {host} is not trusted"),
        )
        .remedy("tell the server's operator"),
    };
    tell(diagnosis, words, shown)
}

/// A certificate that vouches for itself, as one makes for trying things.
fn self_signed(around: &Around, words: &str, shown: Option<&Shown>) -> Diagnosis {
    let diagnosis = Diagnosis::new(
        "tls.self_signed",
        Who::Either,
        format!(
            "the certificate of {} is signed by itself, and nobody vouches for it",
            host(&around.target)
        ),
    );
    let diagnosis = if shown.is_some_and(|shown| shown.ca) {
        diagnosis
            .seen("it may issue others (CA:TRUE), so no client takes it as a server's own, trusted or not")
            .remedy("make the server a certificate of its own: one without CA:TRUE (`openssl req -x509 -addext basicConstraints=critical,CA:FALSE …`), or one that a CA of yours has signed")
    } else {
        diagnosis
    };
    let trust = match &around.ca_file {
        Some(file) => {
            format!("{file} names other certificates: put this one into it if it is yours")
        }
        None => format!(
            "if the server is yours: --ca-file FILE with that certificate, or ca_file = \"FILE\" in [profiles.{}]",
            around.profile
        ),
    };
    let diagnosis = diagnosis.remedy(trust).remedy(
        "if it is not: do not trust it before you know who made it; tell the server's operator",
    );
    tell(diagnosis, words, shown)
}

/// Two causes that look alike: a private authority, and somebody in between who opens TLS.
fn unknown_ca(around: &Around, words: &str, shown: Option<&Shown>) -> Diagnosis {
    let own_ca = around.ca_file.as_ref().map_or_else(
        || {
            format!(
                "if it is your own certificate authority: --ca-file FILE, or ca_file = \"FILE\" in [profiles.{}]",
                around.profile
            )
        },
        |file| format!("the authorities in {file} are trusted, and this one is not among them: is it the right file?"),
    );
    let issuer = shown.map_or("", |shown| named(&shown.issuer));
    let diagnosis = Diagnosis::new(
        "tls.unknown_ca",
        Who::You,
        format!(
            "the certificate of {} is from an authority that this machine does not trust",
            host(&around.target)
        ),
    );
    let diagnosis = match &around.proxy {
        Some((proxy, _)) => diagnosis
            .remedy(format!(
                "the proxy {proxy} may be opening TLS with an authority of its own ({issuer}): if you trust it, name its certificate with --ca-file FILE"
            ))
            .remedy(own_ca),
        None => diagnosis.remedy(own_ca).remedy(format!(
            "if nobody here knows {issuer}: a proxy or a captive network may be opening TLS; do not trust it before you know"
        )),
    };
    tell(
        diagnosis.remedy("a server that leaves out its intermediate certificates looks the same: tell its operator"),
        words,
        shown,
    )
}

fn tell(diagnosis: Diagnosis, words: &str, shown: Option<&Shown>) -> Diagnosis {
    let diagnosis = diagnosis.seen(format!("the check of the certificate says: {words}"));
    match shown {
        Some(shown) => shown.told().into_iter().fold(diagnosis, Diagnosis::seen),
        None => diagnosis,
    }
}

/// An https URL, and what listens there speaks plain HTTP.
fn plain(around: &Around) -> Diagnosis {
    let right = around.target.replacen("https:", "http:", 1);
    let local = ["//127.", "//localhost", "//[::1]"];
    let diagnosis = Diagnosis::new(
        "tls.speaks_http",
        Who::Either,
        "the URL says https, and the server speaks plain http",
    )
    .seen("a handshake failed there, and a plain HTTP request was answered");
    if local.iter().any(|start| right.contains(start)) {
        diagnosis.remedy(format!(
            "write {} = \"{right}\" ({}): on this machine http is allowed",
            around.target_key, around.target_at
        ))
    } else {
        diagnosis
            .remedy(format!("check the port in {}", around.target_setting()))
            .remedy("credentials are never sent over http to another machine: the operator must offer TLS")
    }
}

#[cfg(test)]
mod tests {
    use super::{Around, Shown, tls};
    use jeton_probe::path::{Distrust, Refusal};

    fn around(proxy: bool) -> Around {
        Around {
            profile: "billing".to_owned(),
            target: "https://auth.example.com/realm".to_owned(),
            target_key: "issuer",
            target_at: "config.toml:3".to_owned(),
            now: "2026-11-21 08:00:00".to_owned(),
            proxy: proxy.then(|| ("http://proxy:3128".to_owned(), "env HTTPS_PROXY".to_owned())),
            ..Around::default()
        }
    }

    fn shown() -> Vec<Shown> {
        vec![Shown {
            subject: "CN=auth.example.com".to_owned(),
            issuer: "CN=Corp Inspection CA".to_owned(),
            names: vec!["other.example.com".to_owned()],
            not_before: "2019-01-01T00:00:00Z".to_owned(),
            not_after: "2020-01-01T00:00:00Z".to_owned(),
            ..Shown::default()
        }]
    }

    fn of(distrust: Distrust, proxy: bool) -> (String, String) {
        let refusal = Refusal::Certificate(distrust, "words".to_owned());
        let found = tls(&around(proxy), &refusal, &shown(), false);
        let all = [&[found.what][..], &found.seen, &found.remedy].concat();
        (found.code.to_owned(), all.join("\n"))
    }

    #[test]
    fn each_kind_of_distrust_has_its_code_and_names_the_certificate() {
        for (distrust, code, words) in [
            (Distrust::Expired, "tls.expired", "2020-01-01T00:00:00Z"),
            (
                Distrust::NotYetValid,
                "tls.not_yet_valid",
                "clock? it says 2026-11-21",
            ),
            (
                Distrust::UnknownIssuer,
                "tls.unknown_ca",
                "CN=Corp Inspection CA",
            ),
            (Distrust::OtherKey, "tls.unknown_ca", "it has another key"),
            (Distrust::OtherName, "tls.wrong_name", "other.example.com"),
            (Distrust::Revoked, "tls.revoked", "renewed"),
            (Distrust::Other, "tls.untrusted", "words"),
        ] {
            let (found, all) = of(distrust, false);
            assert_eq!(found, code);
            assert!(
                all.contains(words) && all.contains("CN=auth.example.com"),
                "{all}"
            );
        }
    }

    #[test]
    fn a_certificate_that_vouches_for_itself() {
        for (distrust, ca, words) in [
            (Distrust::UnknownIssuer, false, "--ca-file FILE"),
            (Distrust::Other, true, "CA:FALSE"),
        ] {
            let refusal = Refusal::Certificate(distrust, "words".to_owned());
            let own = [Shown {
                self_signed: true,
                ca,
                ..shown().remove(0)
            }];
            let found = tls(&around(false), &refusal, &own, false);
            assert_eq!(found.code, "tls.self_signed");
            assert!(found.remedy[0].contains(words), "{found:?}");
        }
    }

    #[test]
    fn a_proxy_is_suspected_where_there_is_one() {
        let (_, direct) = of(Distrust::UnknownIssuer, false);
        let (_, through) = of(Distrust::UnknownIssuer, true);
        assert!(!direct.contains("the proxy http"), "{direct}");
        assert!(
            through.contains("the proxy http://proxy:3128 may be opening TLS"),
            "{through}"
        );
    }

    #[test]
    fn plain_http_is_told_from_silence() {
        let found = tls(&around(false), &Refusal::Closed, &[], true);
        assert_eq!(found.code, "tls.speaks_http");
        assert!(
            found.remedy.join("\n").contains("never sent over http"),
            "{found:?}"
        );
        let local = Around {
            target: "https://127.0.0.1:8080".to_owned(),
            ..around(false)
        };
        let found = tls(&local, &Refusal::NotTls, &[], true);
        assert!(
            found.remedy[0].contains("issuer = \"http://127.0.0.1:8080\" (config.toml:3)"),
            "{found:?}"
        );
        for (refusal, code) in [
            (Refusal::Closed, "tls.closed"),
            (Refusal::NotTls, "tls.not_tls"),
            (Refusal::Timeout, "tls.timeout"),
            (Refusal::Alert("x".to_owned()), "tls.refused"),
            (Refusal::Other("x".to_owned()), "tls.failed"),
        ] {
            assert_eq!(tls(&around(false), &refusal, &[], false).code, code);
        }
        for (alert, words) in [
            ("protocol_version", "old versions"),
            ("handshake_failure", "no cipher in common"),
            ("unrecognized_name", "does not know the name"),
            ("internal_error", "may want a client certificate"),
        ] {
            let found = tls(
                &around(false),
                &Refusal::Alert(alert.to_owned()),
                &[],
                false,
            );
            assert!(found.remedy[0].contains(words), "{found:?}");
        }
    }
}
