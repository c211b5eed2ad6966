//! `jeton doctor` where the way to the server is broken: names, ports, proxies, certificates.

use crate::doctor::{broken, doctor, step};
use crate::support::Run;
use crate::support::front::Front;
use crate::support::proxy::{Habit, TestProxy};
use crate::support::tls::{Asks, Flaw, Tls};
use crate::support::world::{World, nobody_listens};
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::thread;

/// A scene whose profile names another issuer.
fn at(issuer: &str) -> World {
    let world = World::without_profile();
    let good = world.profile("basic", "");
    world.env.config(&good.replace(&world.front.url(), issuer));
    world
}

/// The walk with the CA of the test's own.
fn with_ca(world: &World, env: &[(&str, &str)]) -> Run {
    let ca = world.env.text("home/ca.pem");
    let mut run = world
        .cmd(&["doctor", "--json", "-q", "--ca-file", &ca])
        .judges();
    for (name, value) in env {
        run = run.env(name, value);
    }
    run.run()
}

#[test]
fn a_name_that_does_not_exist() {
    let world = at("https://auth.no-such-host.invalid");
    // Where the tests have no network, there is no name server to say that the name does not exist.
    let run = doctor(&world, &[]);
    let code = run.json()["diagnosis"]["code"].as_str().unwrap().to_owned();
    assert!(
        matches!(
            code.as_str(),
            "dns.unknown" | "dns.timeout" | "dns.failed" | "dns.no_servers"
        ),
        "{run}"
    );
    let run = broken(run, "dns", &code, &["auth.no-such-host.invalid"]);
    assert_eq!(run.json()["would_exit"], 6, "{run}");
    for name in [
        "tcp",
        "tls",
        "discovery",
        "issuer",
        "clock",
        "request",
        "audience",
    ] {
        assert_eq!(step(&run, name)["status"], "not_reached", "{name}\n{run}");
    }
}

#[test]
fn a_port_where_nobody_listens() {
    let world = at(&nobody_listens());
    let run = doctor(&world, &[]);
    let run = broken(
        run,
        "tcp",
        "tcp.refused",
        &["nothing is listening at 127.0.0.1:", "config.toml:4"],
    );
    assert_eq!(run.json()["would_exit"], 6, "{run}");
    assert_eq!(
        step(&run, "tcp")["facts"]["attempts"][0]["failure"],
        "refused",
        "{run}"
    );
}

#[test]
fn a_certificate_that_is_not_trusted_is_told_by_its_flaw() {
    for (flaw, code, words) in [
        (
            Flaw::Expired,
            "tls.expired",
            &["2020-01-01", "renewed", "clock"][..],
        ),
        (
            Flaw::NotYetValid,
            "tls.not_yet_valid",
            &["2100-01-01", "clock"],
        ),
        (
            Flaw::OtherName,
            "tls.wrong_name",
            &["auth.example.com", "127.0.0.1"],
        ),
    ] {
        let world = World::over_tls(flaw);
        let run = broken(with_ca(&world, &[]), "tls", code, words);
        assert_eq!(run.json()["would_exit"], 6, "{run}");
        let chain = &step(&run, "tls")["facts"]["chain"][0];
        assert!(
            chain["issuer"].as_str().unwrap().contains("jeton test CA"),
            "{run}"
        );
        assert!(chain["subject"].as_str().unwrap().contains("CN="), "{run}");
        assert_eq!(
            world.front.log().lines().count(),
            1,
            "nothing was sent\n{run}"
        );
    }
}

#[test]
fn an_unknown_ca_is_named() {
    let world = World::over_tls(Flaw::None);
    let words = [
        "jeton test CA",
        "--ca-file",
        "[profiles.billing]",
        "2120-01-01",
    ];
    let run = broken(doctor(&world, &[]), "tls", "tls.unknown_ca", &words);
    assert_eq!(run.json()["diagnosis"]["who"], "you", "{run}");
    let other = Tls::new(Flaw::None).ca_pem;
    world.env.write("home/ca.pem", 0o600, &other);
    broken(
        with_ca(&world, &[]),
        "tls",
        "tls.unknown_ca",
        &["is it the right file?"],
    );
}

#[test]
fn a_certificate_that_nobody_but_itself_has_signed() {
    let world = World::over_tls(Flaw::SelfSigned);
    let words = ["self-signed", "CN=127.0.0.1", "[profiles.billing]"];
    let run = broken(doctor(&world, &[]), "tls", "tls.self_signed", &words);
    assert_eq!(run.json()["would_exit"], 6, "{run}");
}

#[test]
fn a_trusted_certificate_is_told_too() {
    let world = World::over_tls(Flaw::None);
    let run = with_ca(&world, &[]).success();
    let tls = step(&run, "tls");
    assert_eq!(tls["status"], "ok", "{run}");
    assert_eq!(tls["facts"]["version"], "TLS 1.3", "{run}");
    assert_eq!(tls["facts"]["chain"][0]["names"][0], "127.0.0.1", "{run}");
}

#[test]
fn https_where_plain_http_is_spoken() {
    let world = World::without_profile();
    let wrong = world.front.url().replace("http:", "https:");
    let good = world.profile("basic", "");
    world.env.config(&good.replace(&world.front.url(), &wrong));
    let right = format!("issuer = \"{}\" (config.toml:4)", world.front.url());
    broken(doctor(&world, &[]), "tls", "tls.speaks_http", &[&right]);
}

#[test]
fn http_where_tls_is_spoken() {
    let world = World::over_tls(Flaw::None);
    let wrong = world.front.url().replace("https:", "http:");
    let good = world.profile("basic", "");
    world.env.config(&good.replace(&world.front.url(), &wrong));
    let right = format!("issuer = \"{}\" (config.toml:4)", world.front.url());
    broken(
        doctor(&world, &[]),
        "discovery",
        "discovery.speaks_tls",
        &[&right],
    );
}

#[test]
fn another_service_where_http_should_be() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let world = at(&format!("http://{}", listener.local_addr().unwrap()));
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let _ = (&stream).read(&mut [0; 1024]);
            let _ = (&stream).write_all(b"220 mail.example ESMTP\r\n");
        }
    });
    broken(
        doctor(&world, &[]),
        "discovery",
        "discovery.no_http",
        &["check the port", "does not speak HTTP"],
    );
}

#[test]
fn a_port_that_says_nothing_to_a_handshake() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let world = at(&format!("https://{}", listener.local_addr().unwrap()));
    broken(
        doctor(&world, &[]),
        "tls",
        "tls.timeout",
        &["check the port"],
    );
}

#[test]
fn a_proxy_that_is_not_there() {
    let world = World::at_a_name();
    let dead = nobody_listens();
    let run = with_ca(&world, &[("HTTPS_PROXY", &dead)]);
    let words = [
        dead.as_str(),
        "env HTTPS_PROXY",
        "NO_PROXY=auth.example.com",
    ];
    let run = broken(run, "proxy", "proxy.closed", &words);
    assert_eq!(run.json()["would_exit"], 6, "{run}");
    assert_eq!(step(&run, "dns")["status"], "not_reached", "{run}");
    let run = with_ca(
        &world,
        &[("https_proxy", "http://proxy.no-such-host.invalid:3128")],
    );
    broken(run, "proxy", "proxy.name", &["env https_proxy"]);
    let run = with_ca(&world, &[("ALL_PROXY", "socks5://127.0.0.1:1080")]);
    broken(
        run,
        "settings",
        "settings.invalid",
        &["env ALL_PROXY", "socks5"],
    );
}

/// Requests to loopback go through no proxy, so it does not matter what is wrong with it (client requirement 12).
#[test]
fn client_12_a_proxy_that_is_not_there_and_a_server_on_loopback() {
    let dead = nobody_listens();
    for world in [World::new(), World::over_tls(Flaw::None)] {
        let mut args = vec!["doctor", "--json", "-q"];
        let ca = world.env.text("home/ca.pem");
        if world.front.url().starts_with("https") {
            args.extend(["--ca-file", &ca]);
        }
        let run = world.cmd(&args).env("ALL_PROXY", &dead).judges().run();
        let run = run.success();
        let summary = step(&run, "proxy")["summary"].as_str().unwrap().to_owned();
        assert!(summary.contains("loopback"), "{run}");
    }
}

#[test]
fn a_proxy_that_wants_a_password_or_refuses() {
    let world = World::at_a_name();
    for (status, code, words) in [
        (407, "proxy.auth", &["NAME:PASSWORD", "HTTPS_PROXY="][..]),
        (403, "proxy.forbidden", &["ask the operator of the proxy"]),
        (
            502,
            "proxy.refused",
            &["HTTP 502", "test-proxy", "text/html"],
        ),
    ] {
        let proxy = TestProxy::start(&Habit::Refuse(status));
        let run = with_ca(&world, &[("HTTPS_PROXY", &proxy.url())]);
        broken(run, "proxy", code, words);
        let head = proxy.heads().remove(0);
        assert!(head.starts_with("CONNECT auth.example.com:443 "), "{head}");
    }
    let proxy = TestProxy::start(&Habit::Babble);
    let run = with_ca(&world, &[("HTTPS_PROXY", &proxy.url())]);
    broken(run, "proxy", "proxy.not_a_proxy", &["is not an HTTP proxy"]);
    assert_eq!(world.front.log().lines().count(), 1, "nothing came through");
}

/// The password of a proxy is a secret like any other.
#[test]
fn security_client_1_a_proxys_password_is_sent_and_not_shown() {
    let world = World::at_a_name();
    world
        .env
        .canaries
        .secret("proxy password", "proxy-password-0123456789");
    let proxy = TestProxy::start(&Habit::TunnelTo(world.front.address()));
    let url = proxy.url().replace("//", "//me:proxy-password-0123456789@");
    let ca = world.env.text("home/ca.pem");
    let folder = world.env.text("work/report");
    let run = world
        .cmd(&["doctor", "--json", "--ca-file", &ca, "--bundle", &folder])
        .env("HTTPS_PROXY", &url)
        .judges()
        .run()
        .success();
    assert_eq!(step(&run, "proxy")["facts"]["has_password"], true, "{run}");
    assert!(
        proxy.heads()[0]
            .to_ascii_lowercase()
            .contains("proxy-authorization: basic ")
    );
}

#[test]
fn a_proxy_that_works_and_one_that_is_excepted() {
    let world = World::at_a_name();
    let proxy = TestProxy::start(&Habit::TunnelTo(world.front.address()));
    let run = with_ca(&world, &[("HTTPS_PROXY", &proxy.url())]).success();
    assert_eq!(
        step(&run, "proxy")["facts"]["origin"],
        "env HTTPS_PROXY",
        "{run}"
    );
    assert_eq!(step(&run, "tcp")["status"], "skipped", "{run}");
    assert_eq!(step(&run, "tls")["status"], "ok", "{run}");
    let used = proxy.heads().len();
    assert!(used > 1, "the requests went through it too");
    let around = [
        ("HTTPS_PROXY", proxy.url()),
        ("NO_PROXY", "auth.example.com".to_owned()),
    ];
    let around: Vec<_> = around
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    // Without the proxy nobody knows the name.
    let run = with_ca(&world, &around);
    let summary = step(&run, "proxy")["summary"].as_str().unwrap().to_owned();
    assert!(summary.contains("env NO_PROXY excludes this host"), "{run}");
    assert_eq!(proxy.heads().len(), used, "{run}");
}

#[test]
fn a_proxy_that_opens_tls_is_suspected_by_the_issuer_of_its_certificate() {
    let world = World::at_a_name();
    let corporate = Tls::by("Example Corp Inspection CA", Flaw::OtherName, &Asks::Nobody);
    let proxy = TestProxy::start(&Habit::Intercept(corporate.config));
    let run = with_ca(&world, &[("HTTPS_PROXY", &proxy.url())]);
    let suspicion = format!("the proxy {} may intercept TLS", proxy.url());
    broken(
        run,
        "tls",
        "tls.unknown_ca",
        &["Example Corp Inspection CA", &suspicion, "--ca-file"],
    );
    assert_eq!(world.front.log().lines().count(), 1, "nothing was sent");
}

#[test]
fn a_token_endpoint_on_another_host_is_walked_to_when_it_fails() {
    let world = World::new();
    let gone = nobody_listens();
    let url = world.front.url();
    let metadata = serde_json::json!({
        "issuer": url, "token_endpoint": format!("{gone}/token"), "jwks_uri": format!("{url}/jwks.json"),
        "token_endpoint_auth_methods_supported": ["client_secret_basic"],
    });
    let answer = crate::support::Answer::json(200, &metadata.to_string());
    let fault = crate::support::Fault::Answer(answer);
    world
        .front
        .always("/.well-known/oauth-authorization-server", fault);
    let run = broken(
        doctor(&world, &[]),
        "request",
        "tcp.refused",
        &["on another host than", &gone],
    );
    assert_eq!(step(&run, "tcp")["status"], "ok", "{run}");
}

#[test]
fn a_front_that_talks_no_sense_is_no_bug() {
    let world = World::new();
    let other = Front::start(&world.env.canaries);
    let good = world.profile("basic", "");
    world
        .env
        .config(&good.replace(&world.front.url(), &other.url()));
    broken(
        doctor(&world, &[]),
        "discovery",
        "discovery.missing",
        &["HTTP 404", "token_endpoint"],
    );
}
