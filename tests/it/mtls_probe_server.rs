//! `jeton mtls probe` against servers with every fault.

use crate::support::handshakes::{
    Certified, Handshake, Handshaker, Wants, Wrong, ca, client, ocsp, server,
};
use crate::support::lab::{Lab, OWN, codes, has, has_not, told};
use crate::support::world::{World, nobody_listens};
use rustls::version::{TLS12, TLS13};
use std::io::{Read as _, Write as _};

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
        assert!(
            unchecked.as_str().unwrap().contains("not presented"),
            "{run}"
        );
        // Told all the same: what it asks for.
        assert_eq!(
            json["versions"][0]["asked"]["authorities"][0], "CN=root",
            "{run}"
        );
    }
    let server = Handshaker::new(&lab.good(&[&below], Wants::No));
    lab.probe(&server.host(), &[])
        .expect(8)
        .shows("the issuer CN=between is not known here")
        .shows("configure the server to send the intermediate");
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
        .says("without TLS: use the port for https");
    let ssh = answers(b"SSH-2.0-\x1b[31mOpenSSH\r\n");
    let run = lab.probe(&ssh.host(), &[]).expect(6);
    run.says("speaks no TLS, but says \"SSH-2.0-")
        .says("another service");
    // The authority hangs up on a handshake, as many servers do.
    let plain = World::new();
    let host = plain.front.url().replace("http://", "");
    let run = lab.probe(&host, &[]).expect(6);
    run.says("answered in plain HTTP (when it is asked without TLS)");
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
    run.says("no answer in time").says("sends nothing");
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
fn tls_with_something_else_than_http_on_it() {
    let lab = Lab::new();
    let own = server(&lab.root, Wrong::Nothing);
    let talk = |answer: &'static [u8]| Handshaker::answering(&lab.good(&[&own], Wants::No), answer);
    let other = talk(b"220 mail.example ESMTP\r\n");
    let run = lab.json(&other.host(), &[]).success();
    has(&run, "warn http.none");
    let exchange = &run.json()["exchanges"][0];
    assert_eq!(exchange["trouble"], "what came back is not HTTP", "{run}");
    // Without an end, and longer than anybody reads.
    let endless = talk(b"HTTP/1.1 200 OK\r\n\r\n<title>a \x1b[31mpage</title>");
    let run = lab.probe(&endless.host(), &[]).success();
    run.shows("HTTP 200: a page");
}
