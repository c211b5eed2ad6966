//! Security, client 15: what a server repeats of a request is shown nowhere, whatever the request was for, however short the
//! value is and in whatever form it comes back.

use crate::support::http::Request;
use crate::support::world::World;
use crate::support::{Answer, Fault};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::json;

const METADATA: &str = "/.well-known/oauth-authorization-server";
/// Short, with characters that every encoding writes differently.
const PIN: &str = "k3&y<7";
const KEY: &str = "vendor\"key&<0123456789>";
const HEADER: &str = "h3a&d\"er+0123456789/x";
/// What must not be found: the parts that no encoding changes, but for Base64.
const PARTS: [&str; 8] = [
    "k3&",
    "k3%26",
    "k3\\u0026",
    "k3&amp;",
    "0123456789",
    "MDEyMzQ1Njc4O",
    "AxMjM0NTY3OD",
    "wMTIzNDU2Nzg5",
];

fn world() -> World {
    let world = World::without_profile();
    let text = world.profile("basic", "");
    world.env.config(&format!(
        "{text}\n[profiles.billing.params]\npin = {PIN:?}\nvendor_key = {KEY:?}\n\n\
         [profiles.billing.headers]\nX-Api-Key = {HEADER:?}\n"
    ));
    world
}

/// Every value of the request in every form.
fn echo(request: &Request) -> String {
    let body = String::from_utf8_lossy(&request.body).into_owned();
    let mut values: Vec<String> = url::form_urlencoded::parse(body.as_bytes())
        .filter(|(name, _)| matches!(&**name, "pin" | "vendor_key" | "client_secret" | "token"))
        .map(|(_, value)| value.into_owned())
        .collect();
    values.extend(request.header("x-api-key").map(str::to_owned));
    let basic = request
        .header("authorization")
        .unwrap_or_default()
        .to_owned();
    let basic = basic.trim_start_matches("Basic ").to_owned();
    let decoded = STANDARD.decode(&basic).unwrap_or_default();
    values.push(String::from_utf8_lossy(&decoded).into_owned());
    values.push(basic);
    let mut out = body;
    for value in &values {
        let escaped: String = value
            .encode_utf16()
            .map(|unit| format!("\\u{unit:04x}"))
            .collect();
        let html = value
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('"', "&quot;");
        let numbers: String = value
            .chars()
            .map(|c| format!("&#{};", u32::from(c)))
            .collect();
        let percent: String = value.bytes().map(|byte| format!("%{byte:02x}")).collect();
        let form: String = url::form_urlencoded::byte_serialize(value.as_bytes()).collect();
        let some = value.replace('&', "\\u0026").replace('<', "\\u003c");
        for form in [value, &escaped, &html, &numbers, &percent, &form, &some] {
            out.push_str(&format!(" [{form}]"));
        }
        if value.len() > 6 {
            out.push_str(&format!(" [{}]", STANDARD.encode(format!("x{value}"))));
            out.push_str(&format!(" [{}]", URL_SAFE_NO_PAD.encode(value)));
        }
    }
    out
}

fn as_error(request: &Request) -> Answer {
    let body = json!({ "error": "invalid_request", "error_description": echo(request), "error_uri": echo(request) });
    Answer::json(400, &body.to_string())
}

fn as_page(request: &Request) -> Answer {
    Answer::new(
        502,
        "text/html",
        format!("<p>{}</p>", echo(request)).into_bytes(),
    )
}

fn as_text(request: &Request) -> Answer {
    Answer::new(400, "text/plain", echo(request).into_bytes())
}

fn as_redirect(request: &Request) -> Answer {
    let line: String = echo(request)
        .chars()
        .filter(char::is_ascii_graphic)
        .collect();
    Answer::redirect(302, &format!("https://x.example/{line}"))
}

fn in_a_result(request: &Request) -> Answer {
    let body = json!({ "active": true, "sub": echo(request), "deep": [{ "x": echo(request) }] });
    Answer::json(200, &body.to_string())
}

fn check(text: &str, report: &dyn std::fmt::Display) {
    for part in PARTS {
        assert!(!text.contains(part), "{part:?} is shown\n{report}");
    }
}

#[test]
fn client_15_no_request_is_repeated() {
    let world = world();
    for (made, introspected) in [
        (
            as_error as fn(&Request) -> Answer,
            as_error as fn(&Request) -> Answer,
        ),
        (as_page, as_page),
        (as_text, as_text),
        (as_redirect, in_a_result),
    ] {
        world.front.heal();
        world.front.always(METADATA, metadata(&world));
        for path in ["/token", "/revoke"] {
            world.front.always(path, Fault::Made(made));
        }
        world.front.always("/introspect", Fault::Made(introspected));
        let opaque = "an-opaque-token-abcdefghijklmnop";
        let lines: [(&[&str], &str); 6] = [
            (&["token", "get", "--fresh", "-vv"], ""),
            (&["token", "get", "--fresh", "-vv", "--json"], ""),
            (
                &["token", "introspect", "-p", "billing", "-vv", "-"],
                opaque,
            ),
            (
                &["token", "introspect", "-p", "billing", "-vv", "--json", "-"],
                opaque,
            ),
            (&["token", "revoke", "-p", "billing", "-vv", "-"], opaque),
            (&["config", "show"], ""),
        ];
        for (line, stdin) in lines {
            let run = world.cmd(line).stdin(stdin).judges().run();
            check(&run.stdout, &run);
            check(&run.stderr, &run);
            assert!(
                !run.stderr.contains(opaque) && !run.stdout.contains(opaque),
                "{run}"
            );
        }
        let bundle = ["doctor", "-vv", "--bundle", "bundle"];
        let run = world.cmd(&bundle).judges().run();
        check(&run.stdout, &run);
        check(&run.stderr, &run);
        for file in world.env.files_below("work/bundle") {
            check(&std::fs::read_to_string(&file).unwrap(), &file.display());
        }
        std::fs::remove_dir_all(world.env.path("work/bundle")).unwrap();
    }
}

fn metadata(world: &World) -> Fault {
    let url = world.front.url();
    let document = json!({
        "issuer": url, "token_endpoint": format!("{url}/token"), "jwks_uri": format!("{url}/jwks.json"),
        "introspection_endpoint": format!("{url}/introspect"), "revocation_endpoint": format!("{url}/revoke"),
        "token_endpoint_auth_methods_supported": ["client_secret_basic"],
    });
    Fault::Answer(Answer::json(200, &document.to_string()))
}
