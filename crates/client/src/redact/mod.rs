//! Takes our own secrets out of what a server says: some echo the request in their errors.
//!
//! Credentials, and configured parameters and headers of 12 characters and more, are found in every form: as they are, as
//! JSON, HTML or a URL writes them, in two of these at once, in Base64 at any place of a longer text, in hexadecimal digits.
//! Shorter configured values are words which the descriptions of servers need: of 3 characters and more they are found as
//! a word, of 1 or 2 after their own name. What is sent is shown by name, whatever its length: see [`Redactor::form`].

mod needle;
mod text;

use crate::params::Params;
use jeton_oauth::{form, json};
use needle::Needle;
use serde_json::{Map, Value};
use std::ops::Range;
use text::Readings;

/// As much of an answer as is ever shown, in characters.
const LONGEST: usize = 2000;
/// As much of a text as is looked at, in bytes. A secret that is cut there is found.
const LOOKED_AT: usize = 16 * 1024;
const SHOWN: &str = "[redacted]";
/// The members of an answer whose texts are no secret (RFC 6749 5.1 and 5.2, RFC 8693 2.2.1).
const PLAIN: [&str; 7] = [
    "token_type",
    "issued_token_type",
    "expires_in",
    "scope",
    "error",
    "error_description",
    "error_uri",
];
/// The parameters of a request that are no secret, unless the configuration adds them.
const PLAIN_PARAMS: [&str; 7] = [
    "grant_type",
    "scope",
    "resource",
    "audience",
    "client_id",
    "client_assertion_type",
    "token_type_hint",
];
/// Configured values of this length may be keys.
const SHORTEST_KEY: usize = 12;
/// Configured values of this length are found as a word, shorter ones only after their name.
const SHORTEST_WORD: usize = 3;

/// The secrets of one request.
#[derive(Default)]
pub(crate) struct Redactor {
    /// What nothing may repeat.
    secrets: Vec<Needle>,
    /// Short configured values.
    words: Vec<Needle>,
    /// The names of configured parameters.
    names: Vec<String>,
}

impl Redactor {
    /// Adds a credential.
    pub(crate) fn add(&mut self, secret: &str) {
        self.add_all(secret, true);
    }

    fn add_all(&mut self, secret: &str, partly: bool) {
        if secret.is_empty() {
            return;
        }
        self.secrets.extend(Needle::anywhere(secret, partly));
        // Basic credentials are form-encoded before they are Base64 (RFC 6749 2.3.1).
        let encoded = form::encode_component(secret);
        if encoded.as_str() != secret {
            self.secrets.extend(Needle::anywhere(&encoded, partly));
        }
    }

    /// Adds a parameter or header of the configuration.
    pub(crate) fn add_configured(&mut self, name: &str, value: &str) {
        self.names.push(name.to_owned());
        for part in value.split_whitespace().chain([value]) {
            if part.len() >= SHORTEST_KEY {
                self.add_all(part, false);
            }
        }
        let length = value.chars().count();
        if length < SHORTEST_WORD {
            self.words.push(Needle::named(name, value));
        } else if value.len() < SHORTEST_KEY {
            self.words.push(Needle::word(value));
        }
    }

    /// The parameters of a request as a person reads them: those of OAuth that are no secret; of any other one its name.
    pub(crate) fn form(&self, params: &Params) -> String {
        let pairs = params.iter().map(|(name, value)| {
            let plain = PLAIN_PARAMS.contains(&name) && !self.names.iter().any(|own| own == name);
            let value = if plain {
                self.clean(value)
            } else {
                SHOWN.to_owned()
            };
            format!("{name}={value}")
        });
        pairs.collect::<Vec<_>>().join("&")
    }

    /// An answer as a person reads it: the members that RFC 6749 describes, but the token, and numbers; of any other
    /// member its name, and of anything but a JSON object its length alone, since nobody knows what is in it.
    pub(crate) fn body(&self, body: &[u8]) -> String {
        let Ok(members) = json::parse_object(body) else {
            return format!("{} bytes, not a JSON object", body.len());
        };
        let members = members.into_iter().map(|(name, value)| {
            let value = match value {
                Value::String(text) if PLAIN.contains(&name.as_str()) => self.clean(&text).into(),
                Value::String(_) | Value::Array(_) | Value::Object(_) => SHOWN.into(),
                harmless => harmless,
            };
            (self.clean(&name), value)
        });
        let text: String = Value::Object(members.collect::<Map<_, _>>()).to_string();
        self.clean(&text).chars().take(LONGEST).collect()
    }

    /// The text without our secrets and without anything that looks like a JWT; at most 16 KiB of it.
    pub(crate) fn clean(&self, text: &str) -> String {
        self.without(self.secrets.iter().chain(&self.words), text)
    }

    /// The same, but with short configured values: for what is used and not only shown, such as a scope.
    pub(crate) fn clean_keeping_words(&self, text: &str) -> String {
        self.without(self.secrets.iter(), text)
    }

    /// Members of a response that are handed out: our secrets are taken out of every text, at any depth.
    pub(crate) fn object(&self, members: json::Object) -> json::Object {
        let members = members.into_iter();
        members
            .map(|(name, value)| (self.clean_keeping_words(&name), self.value(value)))
            .collect()
    }

    fn value(&self, value: Value) -> Value {
        match value {
            Value::String(text) => self.clean_keeping_words(&text).into(),
            Value::Array(values) => values.into_iter().map(|value| self.value(value)).collect(),
            Value::Object(members) => self.object(members).into(),
            other => other,
        }
    }

    fn without<'a>(&self, needles: impl Iterator<Item = &'a Needle>, text: &str) -> String {
        let cut = text.len() > LOOKED_AT;
        let text = &text[..text.floor_char_boundary(LOOKED_AT)];
        let readings = Readings::of(text);
        let mut found = Vec::new();
        for needle in needles {
            let places = needle.find(&readings, cut);
            if needle.is_accidental() && !places.is_empty() {
                return SHOWN.to_owned();
            }
            found.extend(places);
        }
        without_jwts(&replaced(text, found))
    }
}

/// The text with each of these places replaced, those that touch by one mark.
fn replaced(text: &str, mut places: Vec<Range<usize>>) -> String {
    places.sort_unstable_by_key(|place| place.start);
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for place in places {
        if place.start >= done {
            out.push_str(&text[done..place.start]);
            out.push_str(SHOWN);
        }
        done = done.max(place.end);
    }
    out.push_str(&text[done..]);
    out
}

fn without_jwts(text: &str) -> String {
    let is_token = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("eyJ") {
        let end = rest[at..]
            .find(|c| !is_token(c))
            .map_or(rest.len(), |len| at + len);
        out.push_str(&rest[..at]);
        out.push_str(if end - at >= 24 {
            SHOWN
        } else {
            &rest[at..end]
        });
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
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
}
