//! A secret, as it is looked for.

use super::text::{Reading, Readings};
use jeton_oauth::base64url;
use std::fmt::Write as _;
use std::ops::Range;
use zeroize::Zeroizing;

/// A credential that is shorter is found by accident.
const SHORTEST: usize = 4;
/// A shorter part of Base64 or hexadecimal digits would be found in other words.
const SHORTEST_RUN: usize = 8;

/// More of a secret than this cannot stand in what is looked at, in bytes.
const LONGEST: usize = super::LOOKED_AT;
/// So many characters of a credential are enough to recognise one that a server has cut.
const BEGINNING: usize = 16;

/// How much around a match belongs to it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Boundary {
    /// Nothing.
    Nothing,
    /// Nothing, and it must be a word: no letter, digit or underscore beside it.
    Word,
    /// Every character of Base64 beside it: it is a part of a longer text, such as a header.
    Base64,
}

/// One form of a secret.
pub(super) struct Needle {
    characters: Zeroizing<Vec<char>>,
    boundary: Boundary,
    /// Matches count only after this name.
    name: Option<String>,
    /// The beginning is enough.
    partly: bool,
}

impl Needle {
    fn new(text: &str, boundary: Boundary) -> Self {
        Self {
            characters: Zeroizing::new(text.chars().collect()),
            boundary,
            name: None,
            partly: false,
        }
    }

    /// The text anywhere, and in Base64 and hexadecimal digits; of a long one with `partly` the beginning, too.
    pub(super) fn anywhere(text: &str, partly: bool) -> Vec<Self> {
        let text = &text[..text.floor_char_boundary(LONGEST)];
        let mut needles = vec![Self {
            partly,
            ..Self::new(text, Boundary::Nothing)
        }];
        needles.extend(encoded(text.as_bytes()));
        needles
    }

    /// The text where it is a word.
    pub(super) fn word(text: &str) -> Self {
        Self::new(text, Boundary::Word)
    }

    /// The text where it is a word that follows this name, as in `name=text` or `"name": "text"`.
    pub(super) fn named(name: &str, text: &str) -> Self {
        Self {
            name: Some(name.to_ascii_lowercase()),
            ..Self::word(text)
        }
    }

    /// Whether a text of so many bytes may hold it: no encoding is shorter than what it encodes.
    pub(super) fn fits(&self, length: usize) -> bool {
        let enough = if self.partly { BEGINNING } else { usize::MAX };
        self.characters.len().min(enough) <= length
    }

    /// Whether it has fewer characters and is found anywhere: matches are accidents.
    pub(super) fn is_accidental(&self) -> bool {
        self.boundary == Boundary::Nothing && self.characters.len() < SHORTEST
    }

    /// The bytes of the text that hold the secret.
    pub(super) fn find(&self, readings: &Readings, cut: bool) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        for reading in readings.iter() {
            let enough = if self.partly { BEGINNING } else { usize::MAX };
            for units in reading.find(&self.characters, enough, cut) {
                if let Some(units) = self.accepted(reading, units) {
                    found.push(reading.bytes(&units));
                }
            }
        }
        found
    }

    fn accepted(&self, reading: &Reading, units: Range<usize>) -> Option<Range<usize>> {
        let of_word = |c: char| c.is_alphanumeric() || c == '_';
        match self.boundary {
            Boundary::Nothing => Some(units),
            Boundary::Base64 => Some(reading.widened(units, |c| {
                c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '-' | '_' | '=')
            })),
            Boundary::Word => {
                let before = reading.before(units.start).next().is_some_and(of_word);
                let after = reading.at(units.end).is_some_and(of_word);
                (!before && !after && self.follows_name(reading, units.start)).then_some(units)
            }
        }
    }

    fn follows_name(&self, reading: &Reading, unit: usize) -> bool {
        let Some(name) = &self.name else { return true };
        let is_between = |c: &char| matches!(c, ' ' | '"' | '\'' | '\\' | '=' | ':' | '`');
        let mut before = reading.before(unit).skip_while(is_between);
        name.chars().rev().all(|wanted| {
            before
                .next()
                .is_some_and(|c| c.eq_ignore_ascii_case(&wanted))
        })
    }
}

/// What is certain of Base64 and hexadecimal digits of a longer text that contains these bytes: of Base64 the characters
/// that no neighbour decides, for each of the three places at which the bytes may begin.
fn encoded(bytes: &[u8]) -> Vec<Needle> {
    let mut needles = Vec::new();
    for offset in 0..3 {
        let mut shifted = Zeroizing::new(vec![0; offset]);
        shifted.extend_from_slice(bytes);
        let text = Zeroizing::new(base64url::encode(&*shifted));
        let certain = &text[(offset * 8).div_ceil(6)..shifted.len() * 8 / 6];
        let (certain, boundary) = match certain.len() {
            SHORTEST_RUN.. => (certain, Boundary::Base64),
            _ if offset == 0 => (text.as_str(), Boundary::Word),
            _ => continue,
        };
        needles.push(Needle::new(certain, boundary));
        if certain.contains(['-', '_']) {
            let standard = Zeroizing::new(certain.replace('-', "+").replace('_', "/"));
            needles.push(Needle::new(&standard, boundary));
        }
    }
    let mut digits = Zeroizing::new(String::with_capacity(bytes.len() * 2));
    for byte in bytes {
        // Writing to a string cannot fail.
        let _ = write!(digits, "{byte:02x}");
    }
    if digits.len() >= SHORTEST_RUN {
        needles.push(Needle::new(&digits, Boundary::Nothing));
        needles.push(Needle::new(&digits.to_ascii_uppercase(), Boundary::Nothing));
    }
    needles
}
