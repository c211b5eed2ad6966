//! A certificate that is not trusted, and why.

use super::fail;
use crate::context::ProfileContext;
use crate::evidence::{Distrust, ShownCertificate};
use crate::finding::{Finding, Who};

/// The certificate is not trusted.
pub(super) fn distrusted(
    context: &ProfileContext,
    distrust: Distrust,
    words: &str,
    shown: Option<&ShownCertificate>,
) -> Finding {
    let host = context.target_host();
    let renew = || "tell the server's operator: the certificate has to be renewed";
    let now = context.now.as_ref();
    let clock = || match now {
        Some(now) => format!("this machine's clock? it says {now}: set it if that is wrong"),
        None => "this machine's clock? set it if it is wrong".to_owned(),
    };
    let diagnosis = match distrust {
        Distrust::Expired => fail(
            "tls.expired",
            Who::Operator,
            format!("the certificate of {host} has expired"),
        )
        .remedy(renew())
        .remedy(format!("or is it {}", clock())),
        Distrust::NotYetValid => fail(
            "tls.not_yet_valid",
            Who::Either,
            format!("the certificate of {host} is not valid yet"),
        )
        .remedy(format!("is it {}", clock()))
        .remedy("if it is right: tell the server's operator"),
        Distrust::UnknownIssuer if shown.is_some_and(|shown| shown.self_signed) => {
            return self_signed(context, words, shown);
        }
        Distrust::UnknownIssuer => return unknown_ca(context, words, shown),
        Distrust::OtherKey => {
            return unknown_ca(context, words, shown)
                .seen("an authority of that name is trusted, but with another key: it was renewed, or somebody imitates it");
        }
        Distrust::OtherName => fail(
            "tls.wrong_name",
            Who::You,
            format!("the certificate is not for {host}"),
        )
        .seen_if(shown.filter(|shown| !shown.names.is_empty()).map(|shown| {
            format!("the names in it: {}", shown.names.join(", "))
        }))
        .remedy(format!(
            "use a name from the certificate in {}",
            context.target_setting()
        ))
        .remedy("if the name is right: the operator must add it to the certificate, or a proxy responds instead of the server"),
        Distrust::Other if shown.is_some_and(|shown| shown.self_signed) => {
            return self_signed(context, words, shown);
        }
        Distrust::Revoked => fail(
            "tls.revoked",
            Who::Operator,
            format!("the certificate of {host} was revoked"),
        )
        .remedy(renew()),
        Distrust::Other => fail(
            "tls.untrusted",
            Who::Operator,
            format!("the certificate of {host} is not trusted"),
        )
        .remedy("tell the server's operator"),
    };
    tell(diagnosis, words, shown)
}

/// A self-signed certificate, as often used for testing.
fn self_signed(context: &ProfileContext, words: &str, shown: Option<&ShownCertificate>) -> Finding {
    let diagnosis = fail(
        "tls.self_signed",
        Who::Either,
        format!(
            "the certificate of {} is self-signed, and not trusted here",
            context.target_host()
        ),
    );
    let diagnosis = if shown.is_some_and(|shown| shown.ca) {
        diagnosis
            .seen("it is a CA certificate (CA:TRUE), so clients do not accept it for a server, trusted or not")
            .remedy("give the server a certificate without CA:TRUE (`openssl req -x509 -addext basicConstraints=critical,CA:FALSE …`), or one signed by your own CA")
    } else {
        diagnosis
    };
    let trust = match &context.ca_file {
        Some(file) => {
            format!("{file} has other certificates: add this one if it is yours")
        }
        None => format!(
            "if the server is yours: --ca-file FILE with that certificate, or ca_file = \"FILE\" in [profiles.{}]",
            context.profile
        ),
    };
    let diagnosis = diagnosis.remedy(trust).remedy(
        "if it is not: do not trust it unless you know who made it; tell the server's operator",
    );
    tell(diagnosis, words, shown)
}

/// Two causes that look alike: a private authority, and a proxy that intercepts TLS.
fn unknown_ca(context: &ProfileContext, words: &str, shown: Option<&ShownCertificate>) -> Finding {
    let own_ca = context.ca_file.as_ref().map_or_else(
        || {
            format!(
                "if it is your own certificate authority: --ca-file FILE, or ca_file = \"FILE\" in [profiles.{}]",
                context.profile
            )
        },
        |file| format!("{file} does not contain this authority: is it the right file?"),
    );
    let issuer = shown.map_or("", |shown| named(&shown.issuer));
    let diagnosis = fail(
        "tls.unknown_ca",
        Who::You,
        format!(
            "the certificate of {} was issued by an authority that this machine does not trust",
            context.target_host()
        ),
    );
    let diagnosis = match &context.proxy {
        Some(proxy) => diagnosis
            .remedy(format!(
                "the proxy {} may intercept TLS with its own authority ({issuer}): if you trust it, name its certificate with --ca-file FILE",
                proxy.value
            ))
            .remedy(own_ca),
        None => diagnosis.remedy(own_ca).remedy(format!(
            "if you do not know {issuer}: a proxy or a captive network may be intercepting TLS; do not trust it unless you know it"
        )),
    };
    tell(
        diagnosis.remedy(
            "a server that omits its intermediate certificates looks the same: tell its operator",
        ),
        words,
        shown,
    )
}

fn tell(diagnosis: Finding, words: &str, shown: Option<&ShownCertificate>) -> Finding {
    let diagnosis = diagnosis.seen(format!("certificate verification says: {words}"));
    match shown {
        Some(shown) => facts(shown).into_iter().fold(diagnosis, Finding::seen),
        None => diagnosis,
    }
}

/// What the certificate says of itself.
fn facts(shown: &ShownCertificate) -> [String; 3] {
    let (start, end) = (&shown.not_before, &shown.not_after);
    [
        format!("the certificate is for {}", named(&shown.subject)),
        format!("it was issued by {}", named(&shown.issuer)),
        format!("it is valid from {start} to {end}"),
    ]
}

fn named(name: &str) -> &str {
    if name.is_empty() {
        "nobody (the name is empty)"
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use crate::context::{Origin, ProfileContext, Setting};
    use crate::diagnosis::{testing, tls};
    use crate::evidence::{Distrust, HandshakeFailure, ShownCertificate};

    fn context(proxy: bool) -> ProfileContext {
        ProfileContext {
            proxy: proxy.then(|| Setting {
                value: "http://proxy:3128".to_owned(),
                origin: Origin::Environment("HTTPS_PROXY".to_owned()),
            }),
            ..testing::context()
        }
    }

    fn shown() -> ShownCertificate {
        ShownCertificate {
            subject: "CN=auth.example.com".to_owned(),
            issuer: "CN=Corp Inspection CA".to_owned(),
            names: vec!["other.example.com".to_owned()],
            not_before: "2019-01-01T00:00:00Z".to_owned(),
            not_after: "2020-01-01T00:00:00Z".to_owned(),
            ..ShownCertificate::default()
        }
    }

    fn of(distrust: Distrust, proxy: bool) -> (String, String) {
        let failure = HandshakeFailure::Certificate(distrust, "words".to_owned());
        let found = tls(&context(proxy), &failure, &[shown()], false);
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
            (Distrust::OtherKey, "tls.unknown_ca", "with another key"),
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
    fn a_self_signed_certificate() {
        for (distrust, ca, words) in [
            (Distrust::UnknownIssuer, false, "--ca-file FILE"),
            (Distrust::Other, true, "CA:FALSE"),
        ] {
            let failure = HandshakeFailure::Certificate(distrust, "words".to_owned());
            let own = ShownCertificate {
                self_signed: true,
                ca,
                ..shown()
            };
            let found = tls(&context(false), &failure, &[own], false);
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
            through.contains("the proxy http://proxy:3128 may intercept TLS"),
            "{through}"
        );
    }
}
