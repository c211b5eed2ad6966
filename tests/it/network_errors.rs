//! A connection that fails: `token get` says which part of the way it was, and what to do about that part.

use crate::support::front::Front;
use crate::support::mtls::METADATA;
use crate::support::proxy::{Habit, TestProxy};
use crate::support::tls::{Asks, Flaw, Tls};
use crate::support::world::{World, nobody_listens};
use crate::support::{Answer, Fault, Run};
use std::net::TcpListener;

/// `token get` at a name, through this proxy.
fn through(proxy: &str) -> Run {
    let world = World::at_a_name();
    let ca = world.env.text("home/ca.pem");
    let get = world.cmd(&["token", "get", "--ca-file", &ca]);
    get.env("HTTPS_PROXY", proxy).run().expect(6)
}

#[track_caller]
fn says_none_of(run: Run, words: &[&str]) {
    words
        .iter()
        .fold(run, |run, word| run.says_nothing_of(word));
}

#[test]
fn a_failing_proxy_is_not_reported_as_a_failing_server() {
    let dead = nobody_listens();
    let run = through(&dead);
    let run = run
        .says(&format!(
            "cannot connect to the proxy {dead} (env HTTPS_PROXY)"
        ))
        .says("check the address of the proxy")
        .says("jeton doctor");
    says_none_of(run, &["host name", "is the server running"]);
    let run = through("http://me:canary@proxy.no-such-host.invalid:3128");
    let run = run.says("the proxy http://proxy.no-such-host.invalid:3128 (env HTTPS_PROXY)");
    says_none_of(run, &["canary", "spelling of the host"]);
    for (status, words, hint) in [
        (
            407,
            "a name and a password are required by the proxy",
            "NAME:PASSWORD",
        ),
        (
            403,
            "no connection through the proxy",
            "ask the operator of the proxy to allow auth.example.com",
        ),
        (
            502,
            "HTTP 502 for CONNECT auth.example.com:443",
            "ask the operator of the proxy",
        ),
    ] {
        let proxy = TestProxy::start(&Habit::Refuse(status));
        through(&proxy.url()).says(words).says(hint);
    }
    let proxy = TestProxy::start(&Habit::Babble);
    through(&proxy.url()).says("its answer to a CONNECT request is not HTTP");
    // One that accepts connections and never answers.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", silent.local_addr().unwrap());
    through(&url).says("no answer in time from the proxy");
    // One that is spoken to over TLS, and does not speak it.
    let proxy = TestProxy::start(&Habit::Babble);
    let run = through(&proxy.url().replace("http:", "https:"));
    run.says("no trusted TLS connection to the proxy")
        .says("http:// in the URL of the proxy");
}

#[test]
fn a_server_behind_a_proxy_that_works_is_not_reported_as_the_proxy() {
    let world = World::at_a_name();
    let proxy = TestProxy::start(&Habit::TunnelTo(world.front.address()));
    let run = world
        .cmd(&["token", "get"])
        .env("HTTPS_PROXY", &proxy.url());
    let run = run.run().expect(6);
    run.says("no trusted TLS connection to auth.example.com:443")
        .says("--ca-file");
}

#[test]
fn each_flaw_of_a_certificate_has_its_own_words() {
    for (flaw, words, hint) in [
        (Flaw::Expired, "expired on Wed, 01 Jan 2020", "renewed"),
        (
            Flaw::NotYetValid,
            "not valid before Fri, 01 Jan 2100",
            "clock",
        ),
        (
            Flaw::OtherName,
            "for another name: auth.example.com",
            "check the host in issuer",
        ),
    ] {
        let world = World::over_tls(flaw);
        let ca = world.env.text("home/ca.pem");
        let run = world
            .cmd(&["token", "get", "--ca-file", &ca])
            .run()
            .expect(6);
        let run = run.says(words).says(hint).says("jeton doctor");
        says_none_of(run, &["ca-file", "UNIX", "4102444800", "1577836800"]);
    }
    let run = World::over_tls(Flaw::None);
    let run = run.cmd(&["token", "get"]).run().expect(6);
    run.says("an authority that is not trusted here")
        .says("--ca-file");
}

#[test]
fn https_to_a_port_that_speaks_http_and_the_other_way_round() {
    let world = World::new();
    let at = |issuer: &str| {
        let profile = world.profile("basic", "");
        world
            .env
            .config(&profile.replace(&world.front.url(), issuer));
        world.cmd(&["token", "get"]).run().expect(6)
    };
    let https = world.front.url().replace("http:", "https:");
    let run = at(&https).says("plain HTTP on this port");
    let run = run.says("check the scheme and the port in issuer");
    says_none_of(run, &["eof", "ca-file"]);
    let tls = Tls::asking(Flaw::None, &Asks::Nobody);
    let front = Front::start_tls(&world.env.canaries, &tls.config);
    let run = at(&front.url().replace("https:", "http:"));
    run.says("the server speaks TLS on this port")
        .says("write https:// in issuer");
}

#[test]
fn a_redirect_is_named_where_the_place_that_it_leads_to_fails() {
    let redirected = |location: &str| {
        let world = World::new();
        let asked = format!("{}{METADATA}", world.front.url());
        let location = location.replace("FRONT", &world.front.url());
        let redirect = Answer::redirect(302, &location);
        world.front.always(METADATA, Fault::Answer(redirect));
        world
            .front
            .always("/page", Fault::Answer(Answer::html(500)));
        (world.cmd(&["token", "get"]).run(), asked)
    };
    let (run, asked) = redirected(&format!("{}/metadata", nobody_listens()));
    run.expect(6).says(&format!("(redirected from {asked})"));
    let (run, asked) = redirected("FRONT/page");
    run.expect(7).says(&format!("(redirected from {asked})"));
    let (run, asked) = redirected("http://as.example/metadata");
    let words = format!("{asked} redirects to http://as.example/metadata, which is not https");
    run.expect(7).says(&words);
}
