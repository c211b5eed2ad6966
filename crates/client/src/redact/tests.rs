//! What a server repeats, in every form.

use super::*;

#[test]
fn an_echo_is_taken_out_in_every_form() {
    let mut redactor = Redactor::default();
    redactor.add("p&ss word");
    assert_eq!(
        redactor.clean("wrong secret p&ss word (p%26ss+word)"),
        "wrong secret [redacted] ([redacted])"
    );
    redactor.add("abc");
    assert_eq!(redactor.clean("the abc of it"), "[redacted]");
}

/// Security, client 15.
#[test]
fn client_15_every_form_of_an_echo() {
    let mut redactor = Redactor::default();
    redactor.add("s&\"<can'ary>+/é \\x");
    for echo in [
        "s&\"<can'ary>+/é \\x",
        r#"s&\"<can'ary>+\/é \\x"#,
        r#"s\u0026\u0022\u003ccan\u0027ary\u003E\u002b\/\u00E9 \u005cx"#,
        "s&amp;&quot;&lt;can&#39;ary&gt;+/é \\x",
        "s&#38;&#x22;&#x3C;can&#039;ary&#62;&#43;&#x2f;&eacute; \\x"
            .replace("&eacute;", "&#233;")
            .as_str(),
        "s%26%22%3Ccan%27ary%3E%2B%2F%C3%A9+%5Cx",
        "s%26%22%3ccan'ary%3e%2b/%c3%a9%20%5cx",
        "s&%22\\u003ccan&#39;ary&gt;%2B/é+\\x",
        // Two at once: a page in JSON, a URL in a page, JSON in JSON.
        r#"s&amp;\"&lt;can'ary&gt;+\/é \\x"#,
        "s\\u0026amp;\\u0026quot;\\u0026lt;can'ary\\u0026gt;+/é \\\\x",
        "s%26amp%3B%26quot%3B%26lt%3Bcan%27ary%26gt%3B%2B%2F%C3%A9+%5Cx",
        r#"s\\u0026\\\"<can'ary>+/é \\\\x"#,
        "cyYiPGNhbidhcnk+Ky/DqSBceA==",
        "aWQ6cyYiPGNhbidhcnk-Ky_DqSBceA",
        "eHM6cyYiPGNhbidhcnk%2BKy%2FDqSBceA%3D%3D",
        "7326223c63616e276172793e2b2fc3a9205c78",
    ] {
        let shown = redactor.clean(&format!("got [{echo}] here"));
        assert_eq!(shown, "got [[redacted]] here", "{echo}");
    }
    assert_eq!(redactor.clean("s&\"<can'ery>+/é"), "s&\"<can'ery>+/é");
}

#[test]
fn client_15_a_credential_that_the_server_cut_is_recognised() {
    let mut redactor = Redactor::default();
    redactor.add("canary-0123456789-abcdefghijkl");
    assert_eq!(
        redactor.clean("bad canary-0123456789-abc…"),
        "bad [redacted]…"
    );
    assert_eq!(redactor.clean("bad canary-01"), "bad canary-01");
}

/// As many as fit into a response. Comparing each name with each form in every reading would take minutes.
#[test]
fn many_members_are_read_in_no_time() {
    let mut redactor = Redactor::default();
    redactor.add("canary-0123456789");
    redactor.add_configured("vendor_key", "canary-of-a-vendor");
    let names: Vec<String> = (0..45_000)
        .map(|at| format!("\"member-number-{at:05}\":1"))
        .collect();
    let body = format!("{{{}}}", names.join(","));
    assert!(redactor.body(body.as_bytes()).len() <= 2_000);
    let members = json::parse_object(body.as_bytes()).expect("JSON");
    assert_eq!(redactor.object(members).len(), 45_000);
}

#[test]
fn client_15_short_configured_values_are_words() {
    let mut redactor = Redactor::default();
    redactor.add_configured("pin", "4711");
    redactor.add_configured("region", "eu");
    for (said, shown) in [
        ("no pin 4711.", "no pin [redacted]."),
        (r#"{"pin":"4711"}"#, r#"{"pin":"[redacted]"}"#),
        ("pin=47%311&x", "pin=[redacted]&x"),
        ("order 14711", "order 14711"),
        (
            "region=eu, not europe, in the eu",
            "region=[redacted], not europe, in the eu",
        ),
        (r#"\"Region\": \"eu\""#, r#"\"Region\": \"[redacted]\""#),
    ] {
        assert_eq!(redactor.clean(said), shown);
        assert_eq!(redactor.clean_keeping_words(said), said);
    }
}

/// What is sent is shown by name, so that its length does not matter.
#[test]
fn client_15_of_the_parameters_of_a_request_only_known_ones_are_shown() {
    let mut redactor = Redactor::default();
    redactor.add_configured("k", "x");
    redactor.add_configured("audience", "y");
    let mut params = Params::default();
    for (name, value) in [
        ("grant_type", "g"),
        ("k", "x"),
        ("audience", "y"),
        ("client_secret", "z"),
        ("scope", "a"),
    ] {
        params.push(name, value);
    }
    assert_eq!(
        redactor.form(&params),
        "grant_type=g&k=[redacted]&audience=[redacted]&client_secret=[redacted]&scope=a"
    );
}

/// In a page of 1 MiB the beginning of a secret at the cut must not stay.
#[test]
fn a_long_text_is_cut_and_no_secret_with_it() {
    let mut redactor = Redactor::default();
    redactor.add("canary-0123456789");
    for at in LOOKED_AT - 20..LOOKED_AT {
        let text = format!(
            "{}canary-0123456789{}",
            "x".repeat(at),
            "y".repeat(LOOKED_AT)
        );
        assert!(!redactor.clean(&text).contains("can"), "{at}");
    }
}

/// How a server might write a character.
fn written(character: char, how: u8) -> String {
    let code = u32::from(character);
    let mut utf8 = [0; 4];
    let utf8 = character.encode_utf8(&mut utf8);
    match how % 9 {
        0 => character.to_string(),
        1 => character
            .encode_utf16(&mut [0; 2])
            .iter()
            .map(|unit| format!("\\u{unit:04x}"))
            .collect(),
        2 => character
            .encode_utf16(&mut [0; 2])
            .iter()
            .map(|unit| format!("\\u{unit:04X}"))
            .collect(),
        3 => format!("&#{code};"),
        4 => format!("&#x{code:X};"),
        5 => utf8.bytes().map(|byte| format!("%{byte:02x}")).collect(),
        6 => utf8.bytes().map(|byte| format!("%{byte:02X}")).collect(),
        7 => utf8.bytes().map(|byte| format!("%25{byte:02X}")).collect(),
        _ => format!("&amp;#{code};"),
    }
}

proptest::proptest! {
    /// Beginnings of escapes without an end, in any order.
    #[test]
    fn nothing_that_a_server_says_ends_the_program(text in "[\\\\ux&#;%+0-9a-fA-F=é👋]{0,200}", secret in "[\\\\%&+a-f0-9é]{1,20}") {
        let mut redactor = Redactor::default();
        redactor.add(&secret);
        redactor.add_configured("name", &secret);
        let shown = redactor.clean(&text);
        assert!(secret.chars().count() < 4 || !shown.replace(SHOWN, "\n").contains(&secret));
    }

    #[test]
    fn client_15_any_secret_in_any_mix_of_forms(
        secret in "[ -~é世👋]{8,30}",
        how in proptest::collection::vec(proptest::prelude::any::<u8>(), 30),
        before in "[a-z ]{0,10}",
    ) {
        let mut redactor = Redactor::default();
        redactor.add(&secret);
        let mixed: String = secret.chars().zip(&how).map(|(c, how)| written(c, how % 7)).collect();
        let twice: String = secret.chars().zip(&how).map(|(c, how)| written(c, if how % 2 == 0 { 7 } else { 5 })).collect();
        let page: String = secret.chars().zip(&how).map(|(c, how)| written(c, if how % 2 == 0 { 8 } else { 3 })).collect();
        for echo in [mixed, twice, page] {
            let shown = redactor.clean(&format!("{before}|{echo}|"));
            assert_eq!(shown, format!("{before}|[redacted]|"), "{echo}");
        }
        let mut bytes = before.clone().into_bytes();
        bytes.extend_from_slice(secret.as_bytes());
        for text in [jeton_oauth::base64url::encode(&bytes), jeton_oauth::base64url::encode(&bytes).replace('-', "+").replace('_', "/")] {
            let shown = redactor.clean(&format!("<{text}>"));
            assert_eq!(shown, "<[redacted]>", "{text}");
        }
    }
}

#[test]
fn an_answer_is_shown_without_its_tokens() {
    let redactor = Redactor::default();
    let body = br#"{"access_token":"canary","token_type":"Bearer","refresh_token":"canary"}"#;
    let shown = redactor.body(body);
    assert!(
        !shown.contains("canary") && shown.contains("Bearer"),
        "{shown}"
    );
    assert_eq!(redactor.body(b"canary"), "6 bytes, not a JSON object");
    assert_eq!(
        redactor.body(br#"{"access_token":"canary"#),
        "23 bytes, not a JSON object"
    );
}

/// Security, client 1: a token under any name and at any depth, a secret in any spelling.
#[test]
fn of_an_answer_only_what_is_known_to_be_harmless_is_shown() {
    let mut redactor = Redactor::default();
    redactor.add("canary\"\\x");
    for body in [
        r#"{"accessToken":"canary","Access_Token":"canary","jwt":"canary"}"#,
        r#"{"data":{"access_token":"canary"},"tokens":["canary"]}"#,
        r#"{"error":"invalid_client","error_description":"not canary\"\\x"}"#,
        r#"{"canary\"\\x":1}"#,
    ] {
        let shown = redactor.body(body.as_bytes());
        assert!(
            !shown.contains("canary") && shown.contains(SHOWN),
            "{shown}"
        );
    }
}

#[test]
fn a_page_that_quotes_json_repeats_no_secret() {
    let mut redactor = Redactor::default();
    redactor.add("a\"canary\"");
    assert_eq!(
        redactor.clean(r#"<p>{"secret":"a\"canary\""}</p>"#),
        r#"<p>{"secret":"[redacted]"}</p>"#
    );
}

#[test]
fn a_secret_that_is_part_of_another_leaves_nothing_of_it() {
    let mut redactor = Redactor::default();
    redactor.add("canary");
    redactor.add("canary-and-its-end");
    assert_eq!(
        redactor.clean("canary-and-its-end, canary"),
        "[redacted], [redacted]"
    );
}

#[test]
fn what_looks_like_a_jwt_is_taken_out() {
    let redactor = Redactor::default();
    let text = redactor.clean("bad assertion 'eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJhIn0.sig' (eyJ)");
    assert_eq!(text, "bad assertion '[redacted]' (eyJ)");
}
