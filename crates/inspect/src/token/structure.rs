//! The structure of a token, read leniently: to look at, never to rely on. Verification uses the strict reader in
//! `jeton_oauth::jwt`.

use base64::alphabet;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use base64::engine::{DecodePaddingMode, Engine};
use jeton_oauth::{base64url, json};
use serde::de::IgnoredAny;
use std::fmt;
use zeroize::Zeroizing;

/// Deeper documents are not read.
const DEEPEST: usize = 64;

/// Reads last bits that are not zero, which a strict reader refuses; padding is taken off before.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::URL_SAFE,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::RequireNone),
);

/// The parts of a token.
#[derive(Debug)]
pub enum Structure {
    /// Three parts whose first is a JSON object (RFC 7515).
    Jws {
        /// The protected header.
        header: Part,
        /// What it carries.
        payload: Payload,
        /// Bytes of the signature, by the length of its text.
        signature: usize,
        /// Whether all three parts are base64url in the one form that is allowed.
        canonical: bool,
    },
    /// Five parts whose first is a JSON object (RFC 7516).
    Jwe {
        /// The protected header.
        header: Part,
        /// Whether the header is base64url in the one form that is allowed.
        canonical: bool,
    },
    /// Anything else: only the authorization server can read it.
    Opaque,
}

/// What a signed token carries. `Debug` shows nothing of it.
pub enum Payload {
    /// Claims.
    Claims(Part),
    /// Another token, signed or encrypted on its own: a nested JWT (RFC 7519 5.2).
    Nested {
        /// The token inside.
        token: Zeroizing<String>,
        /// Its structure.
        structure: Box<Structure>,
    },
    /// Neither, or nested too deep.
    Other,
}

impl fmt::Debug for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Claims(part) => f.debug_tuple("Claims").field(part).finish(),
            Self::Nested { structure, .. } => f
                .debug_struct("Nested")
                .field("structure", structure)
                .finish_non_exhaustive(),
            Self::Other => f.write_str("Other"),
        }
    }
}

/// The text of a JSON object, as it stood in the token. `Debug` shows its length.
pub struct Part(Zeroizing<String>);

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Part({} bytes)", self.0.len())
    }
}

impl Part {
    /// The JSON text.
    #[must_use]
    pub fn json(&self) -> &str {
        &self.0
    }
}

impl Structure {
    /// Splits a token into its parts. Never fails: what is no JWT is opaque.
    #[must_use]
    pub fn of(token: &str) -> Self {
        let mut parts = token.split('.');
        let parts: [Option<&str>; 6] = std::array::from_fn(|_| parts.next());
        match parts {
            [Some(header), Some(claims), Some(signature), None, ..] => {
                let Some(header_part) = part(header) else {
                    return Self::Opaque;
                };
                Self::Jws {
                    header: header_part,
                    payload: payload(claims),
                    signature: signature.trim_end_matches('=').len() * 3 / 4,
                    canonical: [header, claims, signature].into_iter().all(is_canonical),
                }
            }
            [Some(header), Some(_), Some(_), Some(_), Some(_), None] => match part(header) {
                Some(header_part) => Self::Jwe {
                    header: header_part,
                    canonical: is_canonical(header),
                },
                None => Self::Opaque,
            },
            _ => Self::Opaque,
        }
    }
}

/// The kind of a token in few words: `JWT · ES256 · kid 2026-10`, `JWE · ECDH-ES`, `opaque`. Foreign text in it is
/// not cleaned.
#[must_use]
pub fn kind(token: &str) -> String {
    let (word, header) = match Structure::of(token) {
        Structure::Jws { header, .. } => ("JWT", header),
        Structure::Jwe { header, .. } => ("JWE", header),
        Structure::Opaque => return "opaque".to_owned(),
    };
    let mut kind = word.to_owned();
    let Ok(header) = json::parse_object(header.json().as_bytes()) else {
        return kind;
    };
    let text = |name| header.get(name).and_then(|value| value.as_str());
    if let Some(algorithm) = text("alg") {
        kind = format!("{kind} · {algorithm}");
    }
    if let Some(kid) = text("kid") {
        kind = format!("{kind} · kid {kid}");
    }
    kind
}

fn is_canonical(part: &str) -> bool {
    base64url::decode(part).is_ok()
}

fn payload(text: &str) -> Payload {
    if let Some(claims) = part(text) {
        return Payload::Claims(claims);
    }
    let Some(token) = decoded(text) else {
        return Payload::Other;
    };
    // Each is a quarter shorter than the one around it, so they come to an end soon.
    match Structure::of(&token) {
        Structure::Opaque => Payload::Other,
        structure => Payload::Nested {
            token,
            structure: Box::new(structure),
        },
    }
}

/// The text in a part of a token.
fn decoded(text: &str) -> Option<Zeroizing<String>> {
    let bytes = LENIENT.decode(text.trim_end_matches('=')).ok()?;
    Some(Zeroizing::new(String::from_utf8(bytes).ok()?))
}

/// The JSON object in a part of a token.
fn part(text: &str) -> Option<Part> {
    let text = decoded(text)?;
    let is_object = text
        .trim_start_matches([' ', '\t', '\r', '\n'])
        .starts_with('{');
    let sound =
        is_object && depth(&text) <= DEEPEST && serde_json::from_str::<IgnoredAny>(&text).is_ok();
    sound.then_some(Part(text))
}

/// How deep arrays and objects are nested; text that is no JSON has some depth too.
fn depth(json: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let (mut in_string, mut escaped) = (false, false);
    for byte in json.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = in_string,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'{' | b'[' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

#[cfg(test)]
pub(super) mod tests {
    use super::{Payload, Structure, kind};
    use jeton_oauth::base64url::encode;
    use proptest::prelude::{any, proptest};

    /// A token with the given header and claims, and a signature of three bytes.
    pub(in crate::token) fn jws(header: &str, claims: &str) -> String {
        format!("{}.{}.AQID", encode(header), encode(claims))
    }

    #[test]
    fn kinds() {
        assert_eq!(
            kind(&jws(r#"{"alg":"ES256","kid":"k1"}"#, "{}")),
            "JWT · ES256 · kid k1"
        );
        assert_eq!(kind(&jws(r#"{"typ":"JWT"}"#, "{}")), "JWT");
        let header = encode(r#"{"alg":"ECDH-ES","enc":"A256GCM"}"#);
        assert_eq!(kind(&format!("{header}....")), "JWE · ECDH-ES");
        for opaque in [
            "",
            "abc",
            "a.b.c",
            "..",
            "....",
            &format!("{header}.x"),
            &format!("{header}......"),
        ] {
            assert_eq!(kind(opaque), "opaque", "{opaque}");
        }
    }

    #[test]
    fn lenient_and_says_so() {
        let header = encode(r#"{"alg":"none"}"#);
        // `e30` are the claims `{}`; `e31` has the same bytes and other last bits, `e30=` is padded.
        for (claims, strict) in [("e30", true), ("e31", false), ("e30=", false)] {
            let structure = Structure::of(&format!("{header}.{claims}."));
            let Structure::Jws {
                payload: Payload::Claims(claims),
                canonical,
                signature: 0,
                ..
            } = structure
            else {
                panic!("{structure:?}");
            };
            assert_eq!(claims.json(), "{}");
            assert_eq!(canonical, strict);
        }
    }

    #[test]
    fn what_is_no_object_is_no_part() {
        let deep = format!("{{\"a\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
        for claims in ["[]", "1", "{", "{}{}", "\"{}\"", deep.as_str()] {
            let structure = Structure::of(&jws(r#"{"alg":"ES256"}"#, claims));
            assert!(matches!(
                structure,
                Structure::Jws {
                    payload: Payload::Other,
                    ..
                }
            ));
        }
    }

    #[test]
    fn a_token_inside_a_token() {
        let inner = jws(r#"{"alg":"ES256"}"#, "{}");
        let outer = jws(r#"{"alg":"RS256","cty":"JWT"}"#, &inner);
        let Structure::Jws {
            payload: Payload::Nested { token, structure },
            ..
        } = Structure::of(&outer)
        else {
            panic!("{outer}");
        };
        assert_eq!(*token, inner);
        assert!(matches!(*structure, Structure::Jws { .. }));
    }

    proptest! {
        #[test]
        fn any_text_has_a_structure(text in any::<String>(), dotted in "[A-Za-z0-9_.=-]{0,80}") {
            let _ = (kind(&text), kind(&dotted));
        }
    }
}
