//! Every row says something, and the first line names the place to look at.

use super::advice;
use crate::context::{CertificateSetting, ProfileContext};
use crate::diagnosis::testing::{context, facts};
use crate::evidence::{
    BadResponse, CertificateRemark, Distrust, Endpoint, Failure, NameFailure, NetworkFailure,
    ProxyStep, RequestFacts,
};
use jeton_oauth::{AuthMethod, ErrorCode, ErrorResponse};

fn refused(code: &str, skew: Option<i64>) -> Failure {
    Failure::Refused {
        status: 400,
        error: ErrorResponse {
            error: ErrorCode::from_name(code),
            description: None,
            uri: None,
        },
        skew,
    }
}

const ENDPOINTS: [Endpoint; 3] = [Endpoint::Unknown, Endpoint::Metadata, Endpoint::Token];

#[test]
fn every_failure_of_a_request_has_advice_wherever_it_happens() {
    let mut failures: Vec<Failure> = [
        None,
        Some(200),
        Some(302),
        Some(401),
        Some(404),
        Some(429),
        Some(503),
    ]
    .into_iter()
    .flat_map(|status| {
        [true, false].map(|html| {
            Failure::Response(BadResponse {
                status,
                html,
                ..BadResponse::default()
            })
        })
    })
    .collect();
    failures.extend(
        [
            NetworkFailure::Dns(NameFailure::NotFound),
            NetworkFailure::Dns(NameFailure::NoAddress),
            NetworkFailure::Dns(NameFailure::OnlyPrivate),
            NetworkFailure::Dns(NameFailure::Silent),
            NetworkFailure::Dns(NameFailure::ServerFailed),
            NetworkFailure::Dns(NameFailure::NoServers),
            NetworkFailure::Dns(NameFailure::Other),
            NetworkFailure::Proxy(ProxyStep::Name),
            NetworkFailure::Proxy(ProxyStep::Connect),
            NetworkFailure::Proxy(ProxyStep::Silent),
            NetworkFailure::Proxy(ProxyStep::Tls),
            NetworkFailure::Proxy(ProxyStep::Credentials),
            NetworkFailure::Proxy(ProxyStep::Refused),
            NetworkFailure::Proxy(ProxyStep::Unable),
            NetworkFailure::Proxy(ProxyStep::NotHttp),
            NetworkFailure::Untrusted(Distrust::Expired),
            NetworkFailure::Untrusted(Distrust::NotYetValid),
            NetworkFailure::Untrusted(Distrust::UnknownIssuer),
            NetworkFailure::Untrusted(Distrust::OtherKey),
            NetworkFailure::Untrusted(Distrust::OtherName),
            NetworkFailure::Untrusted(Distrust::Revoked),
            NetworkFailure::Untrusted(Distrust::Other),
            NetworkFailure::NotTls,
            NetworkFailure::SpeaksTls,
            NetworkFailure::Connect,
            NetworkFailure::Tls {
                nothing_in_common: false,
            },
            NetworkFailure::Tls {
                nothing_in_common: true,
            },
            NetworkFailure::CertificateWanted,
            NetworkFailure::CertificateRefused,
            NetworkFailure::Timeout,
            NetworkFailure::Broken,
        ]
        .map(Failure::Network),
    );
    for code in [
        "invalid_request",
        "invalid_client",
        "invalid_scope",
        "unheard_of",
    ] {
        failures.push(refused(code, None));
    }
    for failure in failures {
        for endpoint in ENDPOINTS {
            let facts = RequestFacts {
                endpoint,
                ..RequestFacts::default()
            };
            let lines = advice(&context(), &failure, &facts);
            assert!(!lines.is_empty(), "{failure:?} {endpoint:?}");
            let mut once = lines.clone();
            once.dedup();
            assert_eq!(once, lines, "{failure:?} {endpoint:?}");
        }
    }
}

/// What `token get` prints: one line that says where to look.
#[test]
fn the_first_line_names_the_place() {
    let (secret, jwt, tls) = (
        AuthMethod::ClientSecretBasic,
        AuthMethod::PrivateKeyJwt,
        AuthMethod::TlsClientAuth,
    );
    for (code, method, words) in [
        ("invalid_client", secret, "file key.pem (config.toml:9)"),
        ("invalid_client", jwt, "file key.pem (config.toml:9)"),
        ("invalid_client", tls, "client.pem (config.toml:5)"),
        ("invalid_scope", secret, "\"a b\": scopes (config.toml:6)"),
        ("invalid_target", secret, "resource (config.toml:7)"),
        ("unauthorized_client", secret, "me the grant"),
    ] {
        let context = ProfileContext {
            certificate: CertificateSetting::Presented {
                place: "client.pem (config.toml:5)".to_owned(),
            },
            ..context()
        };
        let facts = RequestFacts {
            method: Some(method),
            ..RequestFacts::default()
        };
        let lines = advice(&context, &refused(code, None), &facts);
        assert!(lines[0].contains(words), "{code} {method}: {lines:?}");
    }
}

#[test]
fn a_clock_that_is_wrong_comes_first() {
    let lines = advice(
        &context(),
        &refused("invalid_client", Some(-90)),
        &facts(AuthMethod::PrivateKeyJwt),
    );
    assert!(lines[0].contains("90 s behind"), "{lines:?}");
}

#[test]
fn a_wait_and_a_certificate_come_before_the_rest() {
    let failure = Failure::Response(BadResponse {
        status: Some(400),
        certificate: CertificateRemark::Missing,
        retry_after: Some(7),
        ..BadResponse::default()
    });
    let lines = advice(&context(), &failure, &RequestFacts::default());
    assert!(lines[0].contains("mtls.cert"), "{lines:?}");
    assert!(lines[1].contains("wait 7 s"), "{lines:?}");
}

#[test]
fn certificates_by_what_is_configured() {
    let of = |certificate| {
        let context = ProfileContext {
            certificate,
            ..context()
        };
        let failure = Failure::Network(NetworkFailure::CertificateWanted);
        advice(&context, &failure, &RequestFacts::default()).remove(0)
    };
    let off = CertificateSetting::Disabled {
        origin: "config.toml:8".to_owned(),
    };
    assert!(of(off).contains("disabled (config.toml:8)"));
    assert!(of(CertificateSetting::None).contains("CC_MTLS_CERT"));
    let used = CertificateSetting::Presented {
        place: String::new(),
    };
    assert!(of(used).contains("token_endpoint"));
}

#[test]
fn what_failed_before_a_request_brings_its_own() {
    let hint = |hint: &str| Some(hint.to_owned());
    let failure = Failure::Config {
        hint: hint("set issuer"),
    };
    let none = RequestFacts::default();
    assert_eq!(advice(&context(), &failure, &none), ["set issuer"]);
    let failure = Failure::Credential {
        hints: vec!["log in".to_owned()],
    };
    assert_eq!(advice(&context(), &failure, &none), ["log in"]);
}

/// Another CA file helps only where the issuer is unknown, and a failing proxy is no matter of the server.
#[test]
fn each_network_failure_has_its_own_first_line() {
    let first = |kind| {
        let lines = advice(
            &context(),
            &Failure::Network(kind),
            &RequestFacts::default(),
        );
        (lines[0].clone(), lines.join("\n"))
    };
    for (distrust, word) in [
        (Distrust::Expired, "renewed"),
        (Distrust::NotYetValid, "clock"),
        (Distrust::OtherName, "issuer (config.toml:3)"),
        (Distrust::Revoked, "renewed"),
        (Distrust::OtherKey, "another key"),
    ] {
        let (line, all) = first(NetworkFailure::Untrusted(distrust));
        assert!(line.contains(word), "{line}");
        assert!(!all.contains("ca-file"), "{all}");
    }
    let (line, _) = first(NetworkFailure::Untrusted(Distrust::UnknownIssuer));
    assert!(line.contains("--ca-file"), "{line}");
    for step in [
        ProxyStep::Connect,
        ProxyStep::Refused,
        ProxyStep::Credentials,
    ] {
        let (line, all) = first(NetworkFailure::Proxy(step));
        assert!(line.contains("proxy"), "{line}");
        assert!(all.contains("NO_PROXY=as.example"), "{all}");
    }
}
