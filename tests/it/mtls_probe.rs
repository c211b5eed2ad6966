//! `jeton mtls probe`: what a server takes, shows and asks for, and what it makes of our certificate.

use crate::support::handshakes::{
    Certified, Handshake, Handshaker, Wants, Wrong, ca, client, ocsp, server,
};
use crate::support::world::nobody_listens;
use crate::support::{Run, TestEnv};
use rustls::version::{TLS12, TLS13};
use serde_json::Value;
use std::io::{Read as _, Write as _};

/// A CA with an intermediate, and a folder in which `ca.pem` names the root.
struct Lab {
    env: TestEnv,
    root: Certified,
    between: Certified,
}

impl Lab {
    fn new() -> Self {
        let env = TestEnv::new();
        let root = ca("root", None);
        let between = ca("between", Some(&root));
        env.write("work/ca.pem", 0o600, &root.pem);
        Self { env, root, between }
    }

    /// A server with a good certificate that wants this of its clients.
    fn server(&self, wants: Wants) -> Handshaker {
        let own = server(&self.root, Wrong::Nothing);
        Handshaker::new(&self.good(&[&own], wants))
    }

    fn good<'a>(&'a self, chain: &'a [&'a Certified], wants: Wants) -> Handshake<'a> {
        Handshake {
            versions: rustls::ALL_VERSIONS,
            chain,
            wants,
            clients: &self.root,
            staple: None,
            resumes: true,
        }
    }

    /// Writes our certificate and its key.
    fn own(&self, own: &Certified) {
        self.env.write("work/own.pem", 0o600, &own.pem);
        // Its beginning says what kind of key it is, and its end is public: as in the certificate.
        let line = own.key_pem.lines().nth(1).unwrap();
        self.env
            .canaries
            .secret("private key", &line[line.len() - 16..]);
        self.env.secret_file("work/own.key", &own.key_pem);
    }

    fn probe(&self, host: &str, more: &[&str]) -> Run {
        let args = [&["mtls", "probe", host, "--ca-file", "ca.pem"], more].concat();
        self.env.cmd(&args).judges().run()
    }

    fn json(&self, host: &str, more: &[&str]) -> Run {
        self.probe(host, &[&["-o", "json"], more].concat())
    }
}

const OWN: [&str; 4] = ["--cert", "own.pem", "--key", "own.key"];

/// The codes of all findings in the JSON, with their levels.
fn codes(run: &Run) -> Vec<String> {
    let json = run.json();
    [&json["findings"], &json["certificate"]["findings"]]
        .into_iter()
        .filter_map(Value::as_array)
        .flatten()
        .map(|finding| {
            let word = |name: &str| finding[name].as_str().unwrap().to_owned();
            format!("{} {}", word("level"), word("code"))
        })
        .collect()
}

#[track_caller]
fn has(run: &Run, code: &str) {
    assert!(codes(run).contains(&code.to_owned()), "no {code}\n{run}");
}

#[track_caller]
fn has_not(run: &Run, code: &str) {
    assert!(!codes(run).contains(&code.to_owned()), "{code}\n{run}");
}

/// The exchanges of a version as words: `nothing`, `certificate`, and what came of it.
fn told(json: &Value, version: &str) -> Vec<String> {
    let all = json["exchanges"].as_array().unwrap().iter();
    all.filter(|one| one["version"] == version)
        .map(|one| {
            let what = one["status"].as_u64().map_or_else(
                || one["alert"].as_str().unwrap_or("trouble").to_owned(),
                |status| format!("{status} {}", one["says"].as_str().unwrap_or_default()),
            );
            let resumed = match one["resumed"].as_bool() {
                None => "",
                Some(true) => "resumed ",
                Some(false) => "not resumed ",
            };
            format!("{resumed}{}: {what}", one["shown"].as_str().unwrap())
        })
        .collect()
}

#[test]
fn a_good_server_that_wants_nothing() {
    let lab = Lab::new();
    let server = lab.server(Wants::No);
    let run = lab.json(&server.host(), &[]).success();
    let json = run.json();
    assert_eq!(json["verdict"], "note", "{run}");
    assert_eq!(codes(&run), ["note client.not_asked"]);
    assert_eq!(json["client_certificate"], "not_asked");
    assert_eq!(json["server"]["trust"], "trusted");
    assert_eq!(json["server"]["name_fits"], true);
    assert_eq!(json["tls"]["version"], "TLS 1.3");
    assert_eq!(json["tls"]["suite"], "TLS_AES_256_GCM_SHA384");
    assert_eq!(json["tls"]["group"], "X25519");
    assert_eq!(json["connection"]["address"], server.host());
    for version in ["TLS 1.3", "TLS 1.2"] {
        let expected = [
            "nothing: 200 client false",
            "resumed nothing: 200 client false",
        ];
        assert_eq!(told(&json, version), expected, "{run}");
    }
    let accepted = |list: &str, name: &str| {
        let all = json[list].as_array().unwrap().iter();
        let accepted = all.filter(|one| one["accepted"] == true);
        accepted
            .map(|one| one[name].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(accepted("versions", "version"), ["TLS 1.3", "TLS 1.2"]);
    // Three of TLS 1.3, and of TLS 1.2 those for a key on a curve.
    assert_eq!(accepted("suites", "name").len(), 6, "{run}");
    assert_eq!(json["suites"].as_array().unwrap().len(), 9, "{run}");
}

/// The names of an object's members, sorted.
fn names(object: &Value) -> String {
    let object = object.as_object().unwrap();
    let mut names: Vec<_> = object.keys().map(String::as_str).collect();
    names.sort_unstable();
    names.join(" ")
}

#[test]
fn the_json_has_these_members() {
    let lab = Lab::new();
    let server = lab.server(Wants::Optional);
    lab.own(&client(Some(&lab.root), Wrong::Nothing));
    let run = lab.json(&server.host(), &OWN).success();
    let json = run.json();
    for (value, members) in [
        (
            &json,
            "certificate client_certificate connection counts exchanges findings server suites target tls unchecked verdict versions",
        ),
        (&json["target"], "alias host kind port url"),
        (&json["connection"], "address ms proxy proxy_passed_over"),
        (&json["connection"]["ms"], "dns proxy tcp tls"),
        (&json["tls"], "alpn group suite version"),
        (&json["versions"][0], "accepted asked version why"),
        (
            &json["versions"][0]["asked"],
            "authorities authorities_left_out schemes",
        ),
        (&json["suites"][0], "accepted name version"),
        (
            &json["server"],
            "certificates in_order name_fits staple trust",
        ),
        (
            &json["server"]["certificates"][0],
            "ca extended_key_usage fingerprint issuer key key_pin key_usage names not_after not_before self_signed serial signature subject x5t#S256",
        ),
        (&json["server"]["certificates"][0]["key"], "bits curve kind"),
        (
            &json["server"]["certificates"][0]["names"],
            "dns email ip uri",
        ),
        (
            &json["certificate"],
            "certificates findings from key_matches registration",
        ),
        (
            &json["certificate"]["registration"],
            "jwk members token_endpoint_auth_method",
        ),
        (
            &json["certificate"]["registration"]["members"][0],
            "name value",
        ),
        (
            &json["exchanges"][0],
            "alert location meaning resumed says shown status trouble version",
        ),
        (&json["findings"][0], "code level text"),
        (&json["counts"], "fail note warn"),
    ] {
        assert_eq!(names(value), members, "{run}");
    }
}

#[test]
fn a_certificate_that_is_wanted_shown_and_taken() {
    let lab = Lab::new();
    let own = client(Some(&lab.root), Wrong::Nothing);
    lab.own(&own);
    for wants in [Wants::Required, Wants::Optional] {
        let server = lab.server(wants);
        let run = lab.json(&server.host(), &OWN).success();
        let json = run.json();
        let word = if wants == Wants::Required {
            "required"
        } else {
            "optional"
        };
        assert_eq!(json["client_certificate"], word, "{run}");
        for (place, version) in ["TLS 1.3", "TLS 1.2"].into_iter().enumerate() {
            let without = match wants {
                Wants::Required => "nothing: certificate_required",
                _ => "nothing: 200 client false",
            };
            let expected = [
                without,
                "certificate: 200 client true",
                "resumed certificate: 200 client true",
            ];
            assert_eq!(told(&json, version), expected, "{run}");
            let asked = &json["versions"][place]["asked"];
            assert_eq!(asked["authorities"][0], "CN=root", "{run}");
            let schemes = asked["schemes"].as_array().unwrap();
            assert!(schemes.contains(&"ecdsa_secp256r1_sha256".into()), "{run}");
        }
        has(&run, "ok client.accepted");
        has(&run, "ok key.match");
        let ours = &json["certificate"];
        assert_eq!(ours["key_matches"], true);
        let registration = &ours["registration"];
        assert_eq!(
            registration["token_endpoint_auth_method"],
            "tls_client_auth"
        );
        let members = registration["members"].as_array().unwrap();
        let told: Vec<_> = members
            .iter()
            .map(|member| {
                format!(
                    "{}={}",
                    member["name"].as_str().unwrap(),
                    member["value"].as_str().unwrap()
                )
            })
            .collect();
        let expected = [
            "tls_client_auth_subject_dn=CN=billing",
            "tls_client_auth_san_uri=spiffe://example/billing",
        ];
        assert_eq!(told, expected);
    }
    let server = lab.server(Wants::Required);
    let run = lab.probe(&server.host(), &OWN).success();
    run.shows("required")
        .shows("CN=root")
        .shows("with our certificate")
        .shows("TLS alert certificate_required")
        .shows("tls_client_auth_subject_dn = CN=billing")
        .says("MTLS")
        .says("client_certificate=required");
}

#[test]
fn certificates_that_the_server_does_not_take() {
    let lab = Lab::new();
    let other = ca("other", None);
    for (own, alert, of_ours) in [
        (client(Some(&other), Wrong::Nothing), "unknown_ca", None),
        (
            client(Some(&lab.root), Wrong::Expired),
            "certificate_expired",
            Some("fail cert.expired"),
        ),
        (
            client(Some(&lab.root), Wrong::OtherUse),
            "",
            Some("fail cert.not_for_clients"),
        ),
        (
            client(None, Wrong::Nothing),
            "unknown_ca",
            Some("note cert.self_signed"),
        ),
    ] {
        lab.own(&own);
        let server = lab.server(Wants::Required);
        let run = lab.json(&server.host(), &OWN).expect(8);
        has(&run, "fail client.refused");
        if let Some(code) = of_ours {
            has(&run, code);
        }
        let json = run.json();
        for version in ["TLS 1.3", "TLS 1.2"] {
            let told = told(&json, version);
            assert_eq!(told.len(), 2, "{run}");
            assert!(
                told[1].starts_with(&format!("certificate: {alert}")),
                "{run}"
            );
        }
    }
}

#[test]
fn another_ca_than_those_that_are_asked_for() {
    let lab = Lab::new();
    lab.own(&client(Some(&ca("other", None)), Wrong::Nothing));
    let server = lab.server(Wants::Required);
    let run = lab.probe(&server.host(), &OWN).expect(8);
    run.shows("asks for certificates of other CAs than CN=other: CN=root")
        .shows("TLS alert unknown_ca");
}

#[test]
fn a_key_that_is_not_that_of_the_certificate_is_never_shown() {
    let lab = Lab::new();
    let own = client(Some(&lab.root), Wrong::Nothing);
    lab.own(&client(Some(&lab.root), Wrong::Nothing));
    lab.env.write("work/own.pem", 0o600, &own.pem);
    let server = lab.server(Wants::Optional);
    let run = lab.json(&server.host(), &OWN).expect(8);
    has(&run, "fail key.mismatch");
    has(&run, "fail client.not_shown");
    assert_eq!(run.json()["certificate"]["key_matches"], false);
    for version in ["TLS 1.3", "TLS 1.2"] {
        let told = told(&run.json(), version);
        assert!(told.iter().all(|one| one.contains("client false")), "{run}");
    }
}

#[test]
fn a_certificate_that_nobody_asks_for() {
    let lab = Lab::new();
    lab.own(&client(Some(&lab.root), Wrong::Nothing));
    let server = lab.server(Wants::No);
    let run = lab.json(&server.host(), &OWN).expect(8);
    has(&run, "fail client.not_asked");
    lab.probe(&server.host(), &OWN)
        .expect(8)
        .shows("mtls_endpoint_aliases");
}

#[test]
fn a_self_signed_certificate_is_registered_by_its_key() {
    let lab = Lab::new();
    let own = client(None, Wrong::Nothing);
    lab.own(&own);
    let server = lab.server(Wants::No);
    let run = lab.json(&server.host(), &OWN).expect(8);
    let registration = &run.json()["certificate"]["registration"];
    let method = &registration["token_endpoint_auth_method"];
    assert_eq!(method, "self_signed_tls_client_auth");
    assert_eq!(registration["members"].as_array().unwrap().len(), 0);
    let jwk = &registration["jwk"];
    let text: String = own
        .pem
        .lines()
        .filter(|line| !line.starts_with('-'))
        .collect();
    assert_eq!(jwk["x5c"][0], text, "{run}");
    assert_eq!(jwk["kty"], "EC");
    assert!(jwk["d"].is_null(), "{run}");
}

#[test]
fn chains_that_are_not_trusted_are_told_in_full_and_sent_nothing() {
    let lab = Lab::new();
    lab.own(&client(Some(&lab.root), Wrong::Nothing));
    let stranger = ca("stranger", None);
    let of = |by: &Certified, wrong| server(by, wrong);
    let expired = of(&lab.root, Wrong::Expired);
    let other_name = of(&lab.root, Wrong::OtherName);
    let other_use = of(&lab.root, Wrong::OtherUse);
    let unknown = of(&stranger, Wrong::Nothing);
    let below = of(&lab.between, Wrong::Nothing);
    for (chain, trust, code, links) in [
        (
            &[&expired][..],
            "outside_its_time",
            "fail server.expired",
            1,
        ),
        (&[&other_name], "other_name", "fail server.other_name", 1),
        (&[&other_use], "refused", "fail server.not_for_servers", 1),
        (&[&unknown], "unknown_issuer", "fail server.untrusted", 1),
        (
            &[&unknown, &stranger],
            "unknown_issuer",
            "fail server.untrusted",
            2,
        ),
        (&[&below], "unknown_issuer", "fail server.untrusted", 1),
    ] {
        let server = Handshaker::new(&lab.good(chain, Wants::Optional));
        let run = lab.json(&server.host(), &OWN).expect(8);
        has(&run, code);
        let json = run.json();
        assert_eq!(json["server"]["trust"], trust, "{run}");
        let certificates = json["server"]["certificates"].as_array().unwrap();
        assert_eq!(certificates.len(), links, "{run}");
        assert_eq!(json["exchanges"].as_array().unwrap().len(), 0, "{run}");
        let unchecked = json["unchecked"].as_array().unwrap().last().unwrap();
        assert!(unchecked.as_str().unwrap().contains("not shown"), "{run}");
        // Told all the same: what it asks for.
        assert_eq!(
            json["versions"][0]["asked"]["authorities"][0], "CN=root",
            "{run}"
        );
    }
    let server = Handshaker::new(&lab.good(&[&below], Wants::No));
    lab.probe(&server.host(), &[])
        .expect(8)
        .shows("its issuer CN=between is not known here: either")
        .shows("the server misses to send an intermediate");
}

#[test]
fn security_client_5_a_server_that_is_not_trusted_never_sees_the_certificate_nor_a_request() {
    let lab = Lab::new();
    lab.own(&client(Some(&lab.root), Wrong::Nothing));
    let stranger = ca("stranger", None);
    let own = server(&stranger, Wrong::Nothing);
    let seen = Handshaker::witnessed(&Handshake {
        clients: &lab.root,
        ..lab.good(&[&own], Wants::Optional)
    });
    lab.probe(&seen.0.host(), &OWN).expect(8);
    let (certificates, bytes) = seen.1.totals();
    assert_eq!((certificates, bytes), (0, 0));
    // The witness sees them where there is trust.
    let own = server(&lab.root, Wrong::Nothing);
    let seen = Handshaker::witnessed(&lab.good(&[&own], Wants::Optional));
    lab.probe(&seen.0.host(), &OWN).success();
    let (certificates, bytes) = seen.1.totals();
    assert!(certificates >= 2 && bytes > 100, "{certificates} {bytes}");
}

#[test]
fn chains_that_are_trusted_and_not_as_they_should_be() {
    let lab = Lab::new();
    let leaf = server(&lab.between, Wrong::Nothing);
    let soon = server(&lab.root, Wrong::EndsSoon);
    let staple = server(&lab.root, Wrong::MustStaple);
    for (chain, code, in_order) in [
        (
            &[&leaf, &lab.root, &lab.between][..],
            "warn server.chain_order",
            false,
        ),
        (&[&leaf, &lab.between, &lab.root], "note server.root", true),
        (&[&soon], "warn server.expires_soon", true),
        (&[&staple], "warn staple.missing", true),
    ] {
        let server = Handshaker::new(&lab.good(chain, Wants::No));
        let run = lab.json(&server.host(), &[]).success();
        has(&run, code);
        let json = run.json();
        assert_eq!(json["server"]["trust"], "trusted", "{run}");
        assert_eq!(json["server"]["in_order"], in_order, "{run}");
        if code.starts_with("warn") {
            lab.json(&server.host(), &["--strict"]).expect(8);
        }
    }
    let server = Handshaker::new(&lab.good(&[&leaf, &lab.between], Wants::No));
    let run = lab.json(&server.host(), &["--strict"]).success();
    assert_eq!(codes(&run), ["note client.not_asked"]);
}

#[test]
fn one_version_alone() {
    let lab = Lab::new();
    let own = server(&lab.root, Wrong::Nothing);
    lab.own(&client(Some(&lab.root), Wrong::Nothing));
    for (versions, name, refused) in [(&[&TLS12][..], "TLS 1.2", 0), (&[&TLS13], "TLS 1.3", 1)] {
        let server = Handshaker::new(&Handshake {
            versions,
            ..lab.good(&[&own], Wants::Required)
        });
        let run = lab.json(&server.host(), &OWN).success();
        let json = run.json();
        assert_eq!(json["tls"]["version"], name, "{run}");
        assert_eq!(json["client_certificate"], "required", "{run}");
        let other = &json["versions"][refused];
        assert_eq!(other["accepted"], false, "{run}");
        assert!(
            other["why"].as_str().unwrap().contains("protocol_version"),
            "{run}"
        );
        for old in [2, 3] {
            assert_eq!(json["versions"][old]["accepted"], false, "{run}");
        }
        let expected = [
            "nothing: certificate_required",
            "certificate: 200 client true",
            "resumed certificate: 200 client true",
        ];
        assert_eq!(told(&json, name), expected, "{run}");
        if name == "TLS 1.2" {
            has(&run, "note tls.no_1_3");
        } else {
            has_not(&run, "note tls.no_1_3");
        }
    }
}

#[test]
fn sessions_that_are_not_resumed() {
    let lab = Lab::new();
    let own = server(&lab.root, Wrong::Nothing);
    let server = Handshaker::new(&Handshake {
        resumes: false,
        ..lab.good(&[&own], Wants::No)
    });
    let run = lab.json(&server.host(), &[]).success();
    for version in ["TLS 1.3", "TLS 1.2"] {
        let told = told(&run.json(), version);
        assert_eq!(told[1], "not resumed nothing: 200 client false", "{run}");
    }
}

#[test]
fn stapled_answers() {
    let lab = Lab::new();
    let own = server(&lab.root, Wrong::MustStaple);
    let (past, future) = ("20200101000000Z", "21200101000000Z");
    for (staple, status, code) in [
        (ocsp(&own.serial(), 0, past, future), "good", None),
        (
            ocsp(&own.serial(), 1, past, future),
            "revoked",
            Some("fail staple.revoked"),
        ),
        (
            ocsp(&own.serial(), 2, past, future),
            "unknown",
            Some("warn staple.unknown"),
        ),
        (
            ocsp(&own.serial(), 0, past, past),
            "good",
            Some("warn staple.old"),
        ),
        (
            ocsp(&[1], 0, past, future),
            "good",
            Some("warn staple.other"),
        ),
        (
            b"nonsense".to_vec(),
            "unreadable",
            Some("note staple.unreadable"),
        ),
    ] {
        let server = Handshaker::new(&Handshake {
            staple: Some(staple),
            ..lab.good(&[&own], Wants::No)
        });
        let run = lab.json(&server.host(), &[]);
        let json = run.json();
        let told = &json["server"]["staple"];
        assert_eq!(told["status"], status, "{run}");
        if status != "unreadable" {
            assert_eq!(told["this_update"], "2020-01-01T00:00:00Z", "{run}");
        }
        let about: Vec<_> = codes(&run)
            .into_iter()
            .filter(|code| code.contains("staple"))
            .collect();
        assert_eq!(about, code.into_iter().collect::<Vec<_>>(), "{run}");
        let expected = if status == "revoked" { 8 } else { 0 };
        run.expect(expected);
    }
}

#[test]
fn ports_without_tls() {
    let lab = Lab::new();
    let answers = |bytes: &'static [u8]| {
        Handshaker::serve(move |mut stream| {
            let mut buffer = [0; 64];
            let _ = stream.read(&mut buffer);
            let _ = stream.write_all(bytes);
        })
    };
    let http = answers(b"HTTP/1.1 400 Bad Request\r\n\r\nno");
    let run = lab.probe(&http.host(), &[]).expect(6);
    run.says("answered in plain HTTP (HTTP/1.1 400 Bad Request)")
        .says("without TLS: name the port for https");
    let ssh = answers(b"SSH-2.0-\x1b[31mOpenSSH\r\n");
    let run = lab.probe(&ssh.host(), &[]).expect(6);
    run.says("speaks no TLS, but says \"SSH-2.0-")
        .says("another service");
    let closing = Handshaker::serve(drop);
    let run = lab.probe(&closing.host(), &["--json"]).expect(6);
    assert_eq!(run.json_error()["error"]["network"], "closed", "{run}");
    run.says("without a word");
    let nobody = nobody_listens().replace("http://", "");
    lab.probe(&nobody, &[]).expect(6).says("cannot connect");
    let run = lab.probe("no-such-host.invalid", &[]).expect(6);
    run.says("cannot resolve");
}

#[test]
fn a_port_that_is_silent_is_given_up_in_time() {
    let lab = Lab::new();
    let silent = Handshaker::serve(|mut stream| {
        let mut buffer = [0; 1024];
        while matches!(stream.read(&mut buffer), Ok(1..)) {}
    });
    let run = lab.probe(&silent.host(), &[]).expect(6);
    run.says("no answer in time").says("nothing comes on it");
}

#[test]
fn a_server_that_drips_is_given_up_in_time() {
    let lab = Lab::new();
    let dripping = Handshaker::serve(|mut stream| {
        // A record of 16 KiB, one byte of it at a time, and as slowly as the reader allows.
        let _ = stream.write_all(&[22, 3, 3, 0x40, 0]);
        stream
            .set_read_timeout(Some(std::time::Duration::from_millis(100)))
            .unwrap();
        while stream.write_all(&[0]).is_ok() {
            let _ = stream.read(&mut [0; 512]);
        }
    });
    lab.probe(&dripping.host(), &[])
        .expect(6)
        .says("no TLS handshake");
}

#[test]
fn what_names_no_server_is_exit_2() {
    let env = TestEnv::new();
    for (target, says) in [
        ("http://as.example/token", "http has no TLS handshake"),
        ("https://user:canary@as.example/", "user name or password"),
        ("not a host", "neither an https URL nor a host"),
    ] {
        env.cmd(&["mtls", "probe", target])
            .run()
            .expect(2)
            .says(says);
    }
    env.cmd(&["mtls", "probe", "as.example", "--key", "a.key"])
        .run()
        .expect(2)
        .says("--cert");
}

#[test]
fn files_that_are_no_certificate_are_exit_4_with_file_and_line() {
    let lab = Lab::new();
    let own = client(Some(&lab.root), Wrong::Nothing);
    lab.own(&own);
    lab.env.holds_secret("work");
    let damaged = own.pem.replacen("\nMII", "\nM_I", 1);
    let key = own.key_pem.as_str();
    let open_end = own.pem.replace("-----END CERTIFICATE-----", "");
    for (cert, key, says, remedy) in [
        (
            damaged.as_str(),
            key,
            "own.pem, line 2: '_' is not a character of Base64",
            "copy it anew",
        ),
        (
            open_end.as_str(),
            key,
            "own.pem, line 1: BEGIN CERTIFICATE has no END line",
            "whole",
        ),
        (
            key,
            own.pem.as_str(),
            "own.pem, line 1: it holds no certificate, but a private key",
            "swapped",
        ),
        (
            own.pem.as_str(),
            own.pem.as_str(),
            "own.key, line 1: it holds no private key, but a certificate",
            "swapped",
        ),
        ("", key, "own.pem: it is empty", "BEGIN CERTIFICATE"),
    ] {
        lab.env.write("work/own.pem", 0o600, cert);
        lab.env.write("work/own.key", 0o600, key);
        let run = lab.probe("127.0.0.1:9", &OWN).expect(4);
        run.says(says).says(remedy);
    }
    lab.env.write("work/own.pem", 0o600, &own.pem);
    let run = lab.probe("127.0.0.1:9", &["--cert", "own.pem"]).expect(4);
    run.says("no private key stands beside the certificate");
    let run = lab
        .probe("127.0.0.1:9", &["--cert", "missing.pem"])
        .expect(4);
    run.says("missing.pem cannot be read");
}

#[test]
fn a_proxy_is_gone_through_and_told() {
    let lab = Lab::new();
    let server = lab.server(Wants::No);
    let proxy = Handshaker::proxy();
    let args = [
        "mtls",
        "probe",
        &server.host(),
        "--ca-file",
        "ca.pem",
        "-o",
        "json",
    ];
    let url = format!("http://user:canary-password@{}", proxy.0.host());
    lab.env.canaries.secret("proxy password", "canary-password");
    let through = lab.env.cmd(&args).env("HTTPS_PROXY", &url).judges().run();
    let json = through.success().json();
    assert_eq!(json["connection"]["proxy"], proxy.0.host());
    assert!(json["connection"]["address"].is_null());
    let lines = proxy.1.lock().unwrap().clone();
    assert!(lines.len() > 10);
    let first = format!("CONNECT {} HTTP/1.1", server.host());
    assert!(lines.iter().all(|line| *line == first), "{lines:?}");
    let past = lab
        .env
        .cmd(&args)
        .env("HTTPS_PROXY", &url)
        .env("NO_PROXY", "127.0.0.1");
    let json = past.judges().run().success().json();
    assert!(json["connection"]["proxy"].is_null());
    let other = lab
        .env
        .cmd(&args)
        .env("HTTPS_PROXY", &url.replace("http://", "https://"));
    let json = other.judges().run().success().json();
    assert_eq!(json["connection"]["proxy_passed_over"], "https");
}
