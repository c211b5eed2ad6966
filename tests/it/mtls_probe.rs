//! `jeton mtls probe`: a good server, the form of the result, what is asked for, the way there.

use crate::support::TestEnv;
use crate::support::handshakes::{Handshaker, Wants, Wrong, client, server};
use crate::support::lab::{Lab, OWN, codes, told};
use serde_json::Value;

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
        (&json["connection"], "address ms proxy"),
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
fn a_proxy_is_gone_through_and_told() {
    let lab = Lab::new();
    let named = server(&lab.root, Wrong::OtherName);
    let named = Handshaker::new(&lab.good(&[&named], Wants::No));
    let host = named.host().replace("127.0.0.1", "as.example");
    let proxy = Handshaker::proxy();
    let args = ["mtls", "probe", &host, "--ca-file", "ca.pem", "-o", "json"];
    let url = format!("http://user:canary-password@{}", proxy.0.host());
    lab.env.canaries.secret("proxy password", "canary-password");
    let through = lab.env.cmd(&args).env("HTTPS_PROXY", &url).judges().run();
    let json = through.success().json();
    let url_of_proxy = format!("http://{}/", proxy.0.host());
    assert_eq!(json["connection"]["proxy"], url_of_proxy);
    assert!(json["connection"]["address"].is_null());
    let lines = proxy.1.lock().unwrap().clone();
    assert!(lines.len() > 10);
    let first = format!("CONNECT {host} HTTP/1.1");
    assert!(lines.iter().all(|line| *line == first), "{lines:?}");
    // Loopback is reached without it.
    let near = lab.server(Wants::No);
    let near_host = near.host();
    let near = [&args[..2], &[near_host.as_str()], &args[3..]].concat();
    let past = lab.env.cmd(&near).env("HTTPS_PROXY", &url);
    let json = past.judges().run().success().json();
    assert!(json["connection"]["proxy"].is_null());
    // One that is spoken to over TLS, and does not speak it.
    let over_tls = url.replace("http://", "https://");
    let other = lab.env.cmd(&args).env("HTTPS_PROXY", &over_tls);
    other.judges().run().expect(6).says("the proxy");
    let socks = lab
        .env
        .cmd(&args)
        .env("HTTPS_PROXY", "socks5://127.0.0.1:9");
    socks.judges().run().expect(3).says("proxy");
}
