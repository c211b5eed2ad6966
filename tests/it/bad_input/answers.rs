//! Answers of servers: without an end, drop by drop, compressed, elsewhere, with too many headers, and no HTTP at all.

use crate::support::world::World;
use crate::support::{Answer, Fault, Run};
use serde_json::json;
use std::time::{Duration, Instant};

const METADATA: &str = "/.well-known/oauth-authorization-server";
const ENDPOINTS: [&str; 3] = ["/token", "/jwks.json", "/introspect"];

/// A scene whose profile has so much time: enough for a busy machine where an answer ends by itself, a second where it does not.
fn scene(time: &str) -> World {
    let world = World::without_profile();
    let text = world
        .profile("basic", "")
        .replace("timeout = \"5s\"", &format!("timeout = {time:?}"));
    world.env.config(&text);
    world
}

fn name_the_endpoints(world: &World) {
    let url = world.front.url();
    let [token, jwks, introspect] = ENDPOINTS.map(|path| format!("{url}{path}"));
    let metadata = json!({
        "issuer": url, "token_endpoint": token, "jwks_uri": jwks, "introspection_endpoint": introspect,
        "token_endpoint_auth_methods_supported": ["client_secret_basic"],
    });
    let answer = Answer::json(200, &metadata.to_string());
    world.front.always(METADATA, Fault::Answer(answer));
}

/// A token that nobody has signed, to ask about.
const TOKEN: &str = "eyJhbGciOiJFUzI1NiIsImtpZCI6IjEifQ.e30.AAAA";

/// Each command that reads an answer, first with this fault at all endpoints, then where the metadata should be.
fn all(fault: &Fault) -> Vec<Run> {
    all_within("30s", fault)
}

fn all_within(time: &str, fault: &Fault) -> Vec<Run> {
    let world = scene(time);
    name_the_endpoints(&world);
    for path in ENDPOINTS {
        world.front.always(path, fault.clone());
    }
    let mut runs = commands(&world);
    let world = scene(time);
    for path in [METADATA, "/.well-known/openid-configuration"] {
        world.front.always(path, fault.clone());
    }
    runs.extend(commands(&world));
    runs
}

fn commands(world: &World) -> Vec<Run> {
    let lines: [&[&str]; 4] = [
        &["token", "get"],
        &["token", "verify", "-p", "billing", TOKEN],
        &["token", "introspect", "-p", "billing", TOKEN],
        &["jwks", "test", "-p", "billing"],
    ];
    let run = |line: &[&str]| {
        let started = Instant::now();
        let run = world.cmd(line).judges().bounded().run();
        // A profile's second, the five of a document, or at once; the rest is for a machine that is busy.
        assert!(
            started.elapsed() < Duration::from_secs(20),
            "not bounded\n{run}"
        );
        run
    };
    lines.into_iter().map(run).collect()
}

fn ok(head: &str) -> String {
    format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n{head}\r\n")
}

fn all_say(fault: &Fault, code: i32, words: &str) {
    for run in all(fault) {
        run.expect(code).says(words);
    }
}

#[test]
fn security_client_7_a_body_without_an_end() {
    let endless = |head: &str, body: &str| Fault::Raw(ok(head), body.repeat(1_000));
    all_say(&endless("", "{\"a\":"), 7, "larger than 1 MiB");
    let chunk = format!("400\r\n{}\r\n", "[".repeat(1_024));
    all_say(
        &endless("transfer-encoding: chunked\r\n", &chunk),
        7,
        "larger than 1 MiB",
    );
    all_say(
        &endless("content-length: 99999999999\r\n", "[["),
        7,
        "larger than 1 MiB",
    );
}

/// A mebibyte of JSON that would take eighty in memory.
#[test]
fn security_client_7_a_body_that_grows_in_memory() {
    let objects = "{\"\":0},".repeat(130_000);
    let body = format!("{{\"keys\":[{objects}0],\"active\":true}}");
    assert!(body.len() < 1 << 20);
    for run in all(&Fault::Answer(Answer::json(200, &body))) {
        run.expect(7);
    }
}

#[test]
fn security_client_7_a_body_drop_by_drop() {
    let body = format!("{{\"a\":\"{}\"}}", "x".repeat(1_000));
    let dripping = Fault::Answer(Answer::json(200, &body).dripping());
    for run in all_within("1s", &dripping) {
        run.expect(6).says("no answer in time");
    }
}

#[test]
fn compressed_bodies_are_not_taken_apart() {
    // The beginning of 10 GB of zeros, as gzip has them.
    let gzip =
        b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xec\xc1\x01\x0d\x00\x00\x00\xc2\xa0".to_vec();
    let bomb = Answer::new(200, "application/json", gzip).header("content-encoding", "gzip");
    for run in all(&Fault::Answer(bomb)) {
        run.expect(7);
    }
    let world = World::new();
    world.raw_token();
    for request in world
        .front
        .requests(METADATA)
        .iter()
        .chain(&world.front.requests("/token"))
    {
        assert_eq!(
            request.header("accept-encoding"),
            None,
            "{}",
            request.target
        );
    }
}

#[test]
fn security_client_5_redirects_lead_nowhere_private() {
    for place in [
        "http://10.0.0.5/",
        "http://169.254.169.254/latest/meta-data/",
        "file:///etc/passwd",
        "//[",
    ] {
        for run in all(&Fault::Answer(Answer::redirect(307, place))) {
            run.expect(7).says("redirects");
        }
    }
    let world = scene("30s");
    name_the_endpoints(&world);
    let circle = format!("{}/jwks.json", world.front.url());
    world
        .front
        .always("/jwks.json", Fault::Answer(Answer::redirect(302, &circle)));
    let run = world
        .cmd(&["token", "verify", "-p", "billing", TOKEN])
        .bounded()
        .run();
    run.expect(3).says("more than 3 redirects");
    assert!(
        world.front.count("/jwks.json") <= 4,
        "{}",
        world.front.log()
    );
}

#[test]
fn more_headers_than_anybody_needs() {
    let many: String = (0..100_000).map(|n| format!("x-{n}: {n}\r\n")).collect();
    all_say(
        &Fault::Raw(ok(&many), String::new()),
        7,
        "does not speak HTTP",
    );
    let endless = Fault::Raw("HTTP/1.1 200 OK\r\n".to_owned(), "a: b\r\n".repeat(1_000));
    all_say(&endless, 7, "does not speak HTTP");
    let long = Fault::Raw("HTTP/1.1 200 OK\r\na: ".to_owned(), "b".repeat(10_000));
    all_say(&long, 7, "does not speak HTTP");
}

#[test]
fn what_is_no_http_is_no_broken_connection() {
    for head in [
        "SSH-2.0-OpenSSH_9.2p1\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\na\u{1b}[2J: b\r\n\r\n",
        "HTTP/9.9 200 OK\r\n\r\n",
        "HTTP/1.1 20 OK\r\n\r\n",
        "220 smtp.example ESMTP\r\n",
        "{\"access_token\":\"a\",\"token_type\":\"Bearer\"}\r\n",
    ] {
        all_say(
            &Fault::Raw(head.to_owned(), String::new()),
            7,
            "does not speak HTTP",
        );
    }
}
