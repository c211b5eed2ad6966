//! The commands that look at a server step by step, at servers that want to harm.

use crate::support::env::TestEnv;
use crate::support::world::World;
use crate::support::{Answer, Fault, Run};
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::time::{Duration, Instant};

const METADATA: &str = "/.well-known/oauth-authorization-server";

/// As long as nobody hangs; how long one waits is the business of each command.
fn ends(run: impl FnOnce() -> Run) -> Run {
    let started = Instant::now();
    let run = run();
    assert!(
        started.elapsed() < Duration::from_secs(40),
        "not bounded\n{run}"
    );
    run
}

#[test]
fn the_doctor_walks_to_the_fault_and_no_further() {
    let raw = |head: &str, more: &str| {
        Fault::Raw(format!("HTTP/1.1 200 OK\r\n{head}"), more.repeat(1_000))
    };
    let grown = format!("{{\"a\":[{}0]}}", "{\"\":0},".repeat(130_000));
    let hostile = "{\"issuer\":\"\\u001b[2J\u{202e}\",\"error\":\"\\u009b31m\",\"error_description\":\"\\u0007\"}";
    let faults = [
        raw("content-type: application/json\r\n\r\n", "{\"a\":"),
        raw("", "a: b\r\n"),
        raw("no colon\r\n\r\n", ""),
        Fault::Answer(Answer::json(200, &grown)),
        Fault::Answer(Answer::json(400, hostile)),
        Fault::Answer(Answer::json(200, &" ".repeat(1_000)).dripping()),
        Fault::Answer(Answer::redirect(307, "http://169.254.169.254/")),
    ];
    for fault in faults {
        for paths in [
            &[METADATA, "/.well-known/openid-configuration"][..],
            &["/token"],
            &["/jwks.json"],
        ] {
            let world = World::without_profile();
            let text = world
                .profile("basic", "")
                .replace("timeout = \"5s\"", "timeout = \"1s\"");
            world.env.config(&text);
            for path in paths {
                world.front.always(path, fault.clone());
            }
            let run = ends(|| world.cmd(&["doctor"]).judges().bounded().run());
            assert_eq!(run.code, 8, "{paths:?} {run}");
        }
    }
}

/// A port where everybody who connects is sent these bytes, over and over, whatever they say.
fn chatterbox(bytes: Vec<u8>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let bytes = bytes.clone();
            std::thread::spawn(move || {
                let mut stream = stream;
                let _ = stream.read(&mut [0; 512]);
                while stream.write_all(&bytes).is_ok() && !bytes.is_empty() {}
            });
        }
    });
    address
}

#[test]
fn the_probe_ends_at_what_is_no_tls() {
    let mut hello = b"\x16\x03\x03\xff\xff\x02\xff\xff\xff".to_vec();
    hello.resize(9_000, 0);
    // No TLS at all is exit 6; a server that speaks TLS, but wrongly, fails a check.
    for (bytes, code) in [
        (Vec::new(), 6),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec(), 6),
        (b"\x15\x03\x03\x00\x02\x01\x00".to_vec(), 8),
        (b"\x16\x03\x03\x40\x00".repeat(2_000), 8),
        (hello, 8),
        (vec![0; 4_096], 6),
    ] {
        let env = TestEnv::new();
        let address = chatterbox(bytes);
        for format in ["panel", "json"] {
            let line = ["mtls", "probe", &address, "-o", format];
            let run = ends(|| env.cmd(&line).judges().bounded().run());
            assert_eq!(run.code, code, "{run}");
        }
    }
}

/// Certificates that are none, or too much of one.
#[test]
fn the_probe_reads_files_within_bounds() {
    let env = TestEnv::new();
    let block = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    let deep = format!(
        "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n",
        "MIAw".repeat(10_000)
    );
    for text in [
        block.repeat(20_000),
        deep,
        "\0\u{1b}[2J".repeat(1_000),
        "-----BEGIN ".repeat(5_000),
    ] {
        env.write("work/client.pem", 0o600, &text);
        let line = [
            "mtls",
            "probe",
            "127.0.0.1:1",
            "--cert",
            "client.pem",
            "--key",
            "client.pem",
        ];
        let run = ends(|| env.cmd(&line).judges().bounded().run());
        run.expect(4);
    }
}
