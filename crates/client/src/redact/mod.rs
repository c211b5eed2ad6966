//! Takes our own secrets out of what a server says: some echo the request in their errors.
//!
//! Credentials, and configured parameters and headers of 12 characters and more, are found in every form: as they are, as
//! JSON, HTML or a URL writes them, in two of these at once, in Base64 at any place of a longer text, in hexadecimal digits.
//! Shorter configured values are words which the descriptions of servers need: of 3 characters and more they are found as
//! a word, of 1 or 2 after their own name. What is sent is shown by name, whatever its length: see [`Redactor::form`].

mod needle;
#[cfg(test)]
mod tests;
mod text;

use crate::params::Params;
use jeton_oauth::{form, json};
use needle::Needle;
use serde_json::{Map, Value};
use std::ops::Range;
use text::Readings;

/// As much of an answer as is ever shown, in characters.
const LONGEST: usize = 2000;
/// More members of an answer are not shown.
const MOST_MEMBERS: usize = 100;
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
        let members = members.into_iter().take(MOST_MEMBERS).map(|(name, value)| {
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
        let mut needles = needles
            .filter(|needle| cut || needle.fits(text.len()))
            .peekable();
        if needles.peek().is_none() {
            return without_jwts(text);
        }
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
