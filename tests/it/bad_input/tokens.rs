//! Tokens: too long, too deep, not text, with a terminal's commands inside.

use crate::support::TestEnv;
use crate::support::env::Invocation;
use crate::support::keys::{EcKey, signing_input};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;

/// A machine with a key to verify with.
fn machine() -> TestEnv {
    let env = TestEnv::new();
    let key = EcKey::generate(&env.canaries);
    env.write("work/key.jwk", 0o644, &key.public_jwk("k1").to_string());
    env
}

fn decode(env: &TestEnv) -> Invocation<'_> {
    env.cmd(&["token", "decode", "-"]).bounded()
}

fn verify(env: &TestEnv) -> Invocation<'_> {
    env.cmd(&["token", "verify", "--key", "key.jwk", "-"])
        .bounded()
}

/// A token in compact form with these parts, not signed by anybody.
fn compact(header: &str, claims: &str) -> String {
    let encode = |text| URL_SAFE_NO_PAD.encode(text);
    format!("{}.{}.AQID", encode(header), encode(claims))
}

/// Text of about 700 KB, a token of which is just below 1 MiB.
fn nearly_full(piece: &str) -> String {
    piece.repeat(700_000 / piece.len())
}

#[test]
fn security_client_9_a_token_of_ten_megabytes_is_refused() {
    let env = machine();
    let long = signing_input(
        &json!({ "alg": "ES256" }),
        &json!({ "a": "x".repeat(7_500_000) }),
    );
    let long = format!("{long}.AQID");
    assert!(long.len() > 10_000_000);
    decode(&env).stdin(&long).run().expect(2).says("1 MiB");
    verify(&env).stdin(&long).run().expect(2).says("1 MiB");
    env.write("work/long", 0o600, &long);
    for line in [
        &["token", "decode", "@long"][..],
        &["token", "verify", "--key", "key.jwk", "@long"],
        &["token", "introspect", "@long"],
        &["token", "revoke", "@long"],
    ] {
        let run = env.cmd(line).bounded().run().expect(2).says("1 MiB");
        assert!(run.stderr.len() < 2_000, "{run}");
    }
    let line = ["jwks", "test", "key.jwk", "--token", "@long"];
    env.cmd(&line).bounded().run().expect(2).says("1 MiB");
}

#[test]
fn security_client_9_as_much_as_fits_into_one_mebibyte() {
    let env = machine();
    let header = r#"{"alg":"ES256","kid":"k1"}"#;
    let members: String = (0..50_000).map(|n| format!(r#""{n}":0,"#)).collect();
    let mut nested = compact(header, "{}");
    while nested.len() < 700_000 {
        nested = compact(header, &nested);
    }
    for token in [
        compact(header, &format!(r#"{{"a":{}"#, nearly_full("["))),
        compact(
            header,
            &format!(r#"{{"a":{}1{}}}"#, "[".repeat(120), "]".repeat(120)),
        ),
        compact(header, &format!("{{{members}\"z\":0}}")),
        compact(header, &format!("{{{}\"a\":0}}", nearly_full("\"a\":0,"))),
        compact(
            header,
            &format!(r#"{{"aud":[{}"a"]}}"#, nearly_full("\"a\",")),
        ),
        compact(
            header,
            &format!(r#"{{"a":[{}{{}}]}}"#, nearly_full("{\"\":0},")),
        ),
        compact(
            &format!(r#"{{"alg":[{}0]}}"#, nearly_full("{\"\":0},")),
            "{}",
        ),
        compact(header, &format!(r#"{{"exp":1{}}}"#, nearly_full("0"))),
        compact(
            header,
            &format!(r#"{{"sub":"{}"}}"#, nearly_full("\\u001b")),
        ),
        compact(&format!(r#"{{"alg":"{}"}}"#, nearly_full("ä")), "{}"),
        compact(
            &format!(r#"{{"alg":"ES256","crit":[{}"a"]}}"#, nearly_full("\"a\",")),
            "{}",
        ),
        nested,
        nearly_full("."),
        nearly_full("e30."),
        nearly_full("A"),
    ] {
        decode(&env).stdin(&token).run().success();
        decode(&env)
            .stdin(&token)
            .env("COLUMNS", "40")
            .run()
            .success();
        env.cmd(&["token", "decode", "--json", "-"])
            .bounded()
            .stdin(&token)
            .run()
            .success();
        verify(&env).stdin(&token).run().expect(8);
    }
}

#[test]
fn what_is_no_text_is_said_to_be_none() {
    let env = machine();
    for bytes in [&b"\xff\xfe\x00a"[..], b"eyJ\xc3.e30.", b"\xed\xa0\x80"] {
        decode(&env)
            .stdin(bytes)
            .run()
            .expect(2)
            .says("is not text");
        verify(&env)
            .stdin(bytes)
            .run()
            .expect(2)
            .says("is not text");
    }
    for text in ["a\0b", "\0", "a\u{1b}[2Jb", "\u{202e}a", "e30\0.e30.AAAA"] {
        decode(&env).stdin(text).run().success().shows("opaque");
        verify(&env).stdin(text).run().expect(8).says("form");
    }
}

const HOSTILE: &str = "\u{1b}]0;pwned\u{7}\u{1b}[2J\u{9b}31m\u{202e}\u{2066}\u{200b}\r\u{8}x\nFAKE  line\u{1b}]8;;https://evil.example\u{1b}\\";

fn hostile_token() -> String {
    let header = json!({ "alg": HOSTILE, "kid": HOSTILE, "typ": HOSTILE, HOSTILE: HOSTILE });
    let claims = json!({
        "iss": HOSTILE, "sub": HOSTILE, "aud": [HOSTILE, HOSTILE], "scope": HOSTILE, "jti": HOSTILE,
        "exp": 1, HOSTILE: { HOSTILE: [HOSTILE] }, "act": { "sub": HOSTILE }, "authorization_details": [{ "type": HOSTILE }],
    });
    compact(&header.to_string(), &claims.to_string())
}

/// The rules that hold for every run look for what is left of it.
#[test]
fn security_client_10_a_terminals_commands_inside_a_token_are_left_out() {
    let env = machine();
    let token = hostile_token();
    for format in ["panel", "json"] {
        let line = ["token", "decode", "-o", format, "-"];
        env.cmd(&line)
            .bounded()
            .stdin(&token)
            .run()
            .success()
            .shows("FAKE");
        let line = ["token", "verify", "--key", "key.jwk", "-o", format, "-"];
        env.cmd(&line)
            .bounded()
            .stdin(&token)
            .run()
            .expect(8)
            .says("FAKE");
    }
    env.write("work/key.json", 0o600, r#"{"keys":[]}"#);
    let line = ["jwks", "test", "key.json", "--token", "-"];
    env.cmd(&line)
        .judges()
        .bounded()
        .stdin(&token)
        .run()
        .expect(8);
}

#[test]
#[cfg(target_os = "linux")]
fn security_client_10_and_on_a_real_one() {
    let env = machine();
    env.write("work/token", 0o600, &hostile_token());
    let screen = env.cmd(&["token", "decode", "@token"]).run_on_terminal();
    assert!(screen.contains("FAKE"), "{screen:?}");
    // What is left are the colours that jeton itself sets.
    let mut rest = screen.replace('\r', "");
    while let Some(at) = rest.find("\u{1b}[") {
        let end = rest[at..].find('m').unwrap();
        let inside = &rest[at + 2..at + end];
        assert!(
            inside
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b';'),
            "{inside:?}"
        );
        rest.replace_range(at..=at + end, "");
    }
    let dangerous = |c: char| {
        (c.is_control() && c != '\n') || matches!(c, '\u{200b}'..='\u{202e}' | '\u{2066}')
    };
    assert!(!rest.contains(dangerous), "{rest:?}");
}
