//! A text as a sequence of characters, each with the other characters that it may stand for: a server may repeat what it
//! was sent as JSON, HTML or a URL writes it, in two of these at once, or in none.

use std::ops::Range;

/// A character, and where it stands in the text.
#[derive(Clone, Copy)]
struct Unit {
    character: char,
    start: usize,
    end: usize,
}

/// The encodings that are undone.
#[derive(Clone, Copy)]
enum Encoding {
    /// `\"`, `\u0026`, and `\x26` as in JavaScript.
    Json,
    /// `&amp;`, `&#38;`, `&#x26;`.
    Html,
    /// `%26`, and `+` for a space.
    Percent,
}

const ENCODINGS: [Encoding; 3] = [Encoding::Json, Encoding::Html, Encoding::Percent];

/// The readings of a text: as it is, and with each of the encodings undone once.
pub(super) struct Readings(Vec<Reading>);

impl Readings {
    pub(super) fn of(text: &str) -> Self {
        let plain: Vec<Unit> = text
            .char_indices()
            .map(|(start, character)| Unit {
                character,
                start,
                end: start + character.len_utf8(),
            })
            .collect();
        let mut readings = vec![];
        for (encoding, sign) in ENCODINGS.into_iter().zip(['\\', '&', '%']) {
            if text.contains(sign) {
                readings.push(Reading::new(decoded(&plain, encoding)));
            }
        }
        readings.push(Reading::new(plain));
        Self(readings)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Reading> {
        self.0.iter()
    }
}

/// One reading, with what an encoded character in it stands for.
pub(super) struct Reading {
    units: Vec<Unit>,
    /// For each unit: another character, and the unit after it.
    others: Vec<Vec<(char, usize)>>,
}

impl Reading {
    fn new(units: Vec<Unit>) -> Self {
        let others = (0..units.len())
            .map(|at| {
                let forms = ENCODINGS.into_iter();
                forms.filter_map(|form| decode(&units, at, form)).collect()
            })
            .collect();
        Self { units, others }
    }

    /// Every place where the characters stand, in any mix of encodings, as units.
    ///
    /// So many of the characters are `enough`. `cut` says that the text goes on after its end: what begins there counts as
    /// found.
    pub(super) fn find(&self, wanted: &[char], enough: usize, cut: bool) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < self.units.len() {
            match self.end_of(wanted, at, enough, cut) {
                Some(end) => {
                    found.push(at..end);
                    at = end;
                }
                None => at += 1,
            }
        }
        found
    }

    fn end_of(&self, wanted: &[char], start: usize, enough: usize, cut: bool) -> Option<usize> {
        let mut places = vec![start];
        for (matched, character) in wanted.iter().enumerate() {
            let mut next = Vec::new();
            for &place in &places {
                let Some(unit) = self.units.get(place) else {
                    // The text was cut inside of what is looked for.
                    if cut {
                        return Some(place);
                    }
                    continue;
                };
                if unit.character == *character {
                    next.push(place + 1);
                }
                let others = self.others[place].iter();
                next.extend(
                    others
                        .filter(|(other, _)| other == character)
                        .map(|(_, after)| *after),
                );
            }
            next.sort_unstable();
            next.dedup();
            if next.is_empty() {
                return places.pop().filter(|_| matched >= enough);
            }
            places = next;
        }
        places.pop()
    }

    /// The characters before a unit, the nearest first.
    pub(super) fn before(&self, unit: usize) -> impl Iterator<Item = char> {
        self.units[..unit].iter().rev().map(|unit| unit.character)
    }

    /// The character at a unit.
    pub(super) fn at(&self, unit: usize) -> Option<char> {
        self.units.get(unit).map(|unit| unit.character)
    }

    /// The bytes of the text that these units come from.
    pub(super) fn bytes(&self, units: &Range<usize>) -> Range<usize> {
        let start = self.units.get(units.start).map_or(0, |unit| unit.start);
        let last = units.end.saturating_sub(1).max(units.start);
        start..self.units.get(last).map_or(start, |unit| unit.end)
    }

    /// The units before and after that satisfy the condition, too.
    pub(super) fn widened(&self, units: Range<usize>, with: impl Fn(char) -> bool) -> Range<usize> {
        let before = self.before(units.start).take_while(|c| with(*c)).count();
        let after = self.units[units.end..].iter();
        let after = after.take_while(|unit| with(unit.character)).count();
        units.start - before..units.end + after
    }
}

fn decoded(units: &[Unit], encoding: Encoding) -> Vec<Unit> {
    let mut out = Vec::with_capacity(units.len());
    let mut at = 0;
    while let Some(unit) = units.get(at) {
        // A plus sign is left for the reading itself: it may be one.
        let form = decode(units, at, encoding).filter(|_| unit.character != '+');
        let (character, after) = form.unwrap_or((unit.character, at + 1));
        out.push(Unit {
            character,
            start: unit.start,
            end: units[after - 1].end,
        });
        at = after;
    }
    out
}

/// What is encoded at this place, and the unit after it.
fn decode(units: &[Unit], at: usize, encoding: Encoding) -> Option<(char, usize)> {
    match (encoding, units.get(at)?.character) {
        (Encoding::Json, '\\') => json(units, at + 1),
        (Encoding::Html, '&') => html(units, at + 1),
        (Encoding::Percent, '%') => percent(units, at),
        (Encoding::Percent, '+') => Some((' ', at + 1)),
        _ => None,
    }
}

/// The rest of an escape after the backslash (RFC 8259 7).
fn json(units: &[Unit], at: usize) -> Option<(char, usize)> {
    let character = match units.get(at)?.character {
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => return unicode(units, at + 1),
        'x' => return Some((char::from_u32(hex(units, at + 1, 2)?)?, at + 3)),
        same @ ('"' | '\\' | '/' | '\'') => same,
        _ => return None,
    };
    Some((character, at + 1))
}

fn unicode(units: &[Unit], at: usize) -> Option<(char, usize)> {
    let first = hex(units, at, 4)?;
    if let Some(character) = char::from_u32(first) {
        return Some((character, at + 4));
    }
    let is_escape = |at: usize, c: char| units.get(at).is_some_and(|unit| unit.character == c);
    if !is_escape(at + 4, '\\') || !is_escape(at + 5, 'u') {
        return None;
    }
    let pair = [first, hex(units, at + 6, 4)?].map(|unit| u16::try_from(unit).unwrap_or_default());
    let character = char::decode_utf16(pair).next()?.ok()?;
    Some((character, at + 10))
}

/// The rest of a character reference after the ampersand (HTML 13.5); the semicolon may be missing.
fn html(units: &[Unit], at: usize) -> Option<(char, usize)> {
    const LONGEST: usize = 10;
    let characters = units[at.min(units.len())..].iter().take(LONGEST);
    let text: String = characters.map(|unit| unit.character).collect();
    let name = |text: &str| {
        let end = text.find(|c: char| !c.is_ascii_alphanumeric());
        end.unwrap_or(text.len())
    };
    let after = |length: usize| {
        let semicolon = text[length..].starts_with(';');
        at + length + usize::from(semicolon)
    };
    if let Some(number) = text.strip_prefix('#') {
        let (digits, radix, skipped) = match number.strip_prefix(['x', 'X']) {
            Some(digits) => (digits, 16, 2),
            None => (number, 10, 1),
        };
        let length = digits
            .find(|c: char| !c.is_digit(radix))
            .unwrap_or(digits.len());
        let code = u32::from_str_radix(&digits[..length], radix).ok()?;
        return Some((char::from_u32(code)?, after(skipped + length)));
    }
    let length = name(&text);
    let (_, character) = NAMED
        .into_iter()
        .find(|(name, _)| text[..length].eq_ignore_ascii_case(name))?;
    Some((character, after(length)))
}

/// The names of the characters of ASCII that are no letter or digit.
const NAMED: [(&str, char); 37] = [
    ("amp", '&'),
    ("apos", '\''),
    ("ast", '*'),
    ("bsol", '\\'),
    ("colon", ':'),
    ("comma", ','),
    ("commat", '@'),
    ("dollar", '$'),
    ("equals", '='),
    ("excl", '!'),
    ("grave", '`'),
    ("gt", '>'),
    ("hat", '^'),
    ("lbrace", '{'),
    ("lbrack", '['),
    ("lcub", '{'),
    ("lowbar", '_'),
    ("lpar", '('),
    ("lsqb", '['),
    ("lt", '<'),
    ("nbsp", ' '),
    ("newline", '\n'),
    ("num", '#'),
    ("percnt", '%'),
    ("period", '.'),
    ("plus", '+'),
    ("quest", '?'),
    ("quot", '"'),
    ("rbrace", '}'),
    ("rbrack", ']'),
    ("rcub", '}'),
    ("rpar", ')'),
    ("rsqb", ']'),
    ("semi", ';'),
    ("sol", '/'),
    ("tab", '\t'),
    ("vert", '|'),
];

/// A character of UTF-8, each byte as `%XX` (RFC 3986 2.1).
fn percent(units: &[Unit], at: usize) -> Option<(char, usize)> {
    let mut bytes = Vec::with_capacity(4);
    let mut next = at;
    while bytes.len() < 4 && units.get(next)?.character == '%' {
        bytes.push(u8::try_from(hex(units, next + 1, 2)?).ok()?);
        next += 3;
        if let Some(character) = std::str::from_utf8(&bytes)
            .ok()
            .and_then(|text| text.chars().next())
        {
            return Some((character, next));
        }
    }
    None
}

/// So many hexadecimal digits as a number.
fn hex(units: &[Unit], at: usize, digits: usize) -> Option<u32> {
    let units = units.get(at..at + digits)?;
    units.iter().try_fold(0, |number, unit| {
        Some(number * 16 + unit.character.to_digit(16)?)
    })
}
